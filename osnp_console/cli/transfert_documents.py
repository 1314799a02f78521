"""The JSON of transfers."""

from __future__ import annotations

from datetime import datetime

from osnp_console.app.transfer.spoken import Record, Spoken, spoken_text
from osnp_console.cli.documents import Document, instant
from osnp_console.domain.clock import in_paris
from osnp_console.domain.transfer.transfer import Actor, Passage, Transfer


def listed_transfer(one: Transfer) -> Document:
    """One entry of `transfert lister`: which call, never who the patient is."""
    return {
        "id": one.id,
        "appel": one.call or None,
        "appel_de_la_ligne": one.line_call or None,
        "dispositif": one.line.dispositif,
        "ligne": one.line.name,
        "etat": one.state.value,
        "depuis": _at(one.since),
        "prepare_a": _at(one.prepared_at),
        "prepare_par": _actor(one.prepared_by),
        "sas": one.sas or None,
        "annonce": one.announced,
        "pris": {**_actor(one.taken.by), "a": _at(one.taken.at)} if one.taken is not None else None,
        "patient_parti_a": _at(one.patient_left_at),
    }


def transfer_document(one: Transfer) -> Document:
    """`transfert montrer`, and what every move answers: all of it, and what may come next."""
    conditions = one.conditions
    return {
        **listed_transfer(one),
        "telephone": one.line.number or None,
        "etapes": [step.value for step in one.line.steps],
        "etape_suivante": one.next_step.value if one.next_step is not None else None,
        "gestes": [move.value for move in one.moves],
        "conditions": {
            "non_reunies": list(conditions.unmet),
            "a_verifier": list(conditions.to_check),
            "ligne_fermee": conditions.closed or None,
            "motif": conditions.reason or None,
        },
        "creneau": one.slot or None,
        "rendez_vous": one.appointment or None,
        "joint_a": one.joined_to or None,
        "passages": [_passage(passage) for passage in one.history],
    }


def spoken_document(reading: Spoken, record: Record) -> Document:
    """`transfert dire`: the reading, and what the line records."""
    return {
        "ouverture": reading.opening,
        "lignes": [
            {
                "libelle": line.label,
                "texte": line.text,
                "connu": line.is_known,
                "a_demander": line.ask or None,
                "precision": line.precision or None,
            }
            for line in reading.lines
        ],
        "rappels": [{"texte": one.text, "source": one.source} for one in reading.reminders],
        "a_inscrire": {"etiquette": record.tag or None, "motif": record.reason or None},
        "texte": spoken_text(reading),
    }


def _passage(one: Passage) -> Document:
    return {
        "geste": one.move.value,
        "etat": one.state.value,
        "a": _at(one.at),
        **_actor(one.by),
        "motif": one.reason or None,
        "texte": one.text or None,
    }


def _actor(one: Actor) -> Document:
    return {"poste": one.desk, "nom": one.person or None}


def _at(moment: datetime | None) -> str | None:
    return instant(in_paris(moment)) if moment is not None else None

"""`demonstration`: the Redon call of S5 page 14, told answer by answer."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TextIO

from osnp_console.app.check_eligibility import CheckEligibility, Eligibility
from osnp_console.cli.program import Folders, Program
from osnp_console.cli.telling import WORDS, tell_counts, tell_one
from osnp_console.domain import facts
from osnp_console.domain.clock import PARIS
from osnp_console.domain.states import Verdict

REDON = "44-pays-de-redon-mg"
INSTANT = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
# What an invented caller says to each question; what is not here the caller does not know.
ANSWERS: dict[str, tuple[str, dict[str, object]]] = {
    facts.RESIDENCE: ("« J’habite Pipriac. »", {"patient": {"commune": "35219"}}),
    facts.REASON: ("« C’est pour une otite. »", {"besoin": {"motif": "otite"}}),
    facts.REGULAR_DOCTOR: (
        "« Mon médecin ne peut pas me prendre cette semaine. »",
        {"medecin_traitant": {"statut": "indisponible"}},
    ),
    facts.DELAY: ("« Il faudrait me voir d’ici après-demain. »", {"besoin": {"delai_heures": 48}}),
    facts.TECHNICAL_PLATFORM: ("Ni urgences ni plateau technique.", {"besoin": {"plateau_technique": False}}),
    facts.CAN_TRAVEL: ("« Oui, je peux venir au cabinet. »", {"deplacement_possible": True}),
    facts.PRESENT_PLACE: ("« Je suis chez moi. »", {"patient": {"commune_actuelle": "domicile"}}),
}


def run(program: Program, folders: Folders, options: argparse.Namespace) -> int:
    """Tell the call; each answer shows what it changed, and the question that comes next."""
    check = CheckEligibility(program.catalogue(folders), program.gazetteer())
    out = program.stdout
    out.write("Démonstration : un appel pour le Pays de Redon (S5 p. 14). Personnes inventées.\n")
    document: dict[str, object] = {
        "poste": {"role": "osnp", "sas": "35"},
        "besoin": {"offre": "medecine_generale"},
    }
    out.write("\nUn poste du SAS 35 prend l’appel ; rien n’est encore su.\n")
    answer = check.judge(check.read(document), INSTANT)
    before = _tell_step(answer, None, out)
    asked: list[object] = []
    while answer.question is not None and answer.question.fact not in asked:
        said, fields = ANSWERS.get(answer.question.fact, ("« Je ne sais pas. »", {}))
        asked.append(answer.question.fact)
        _fill(document, fields or {"demandes": list(asked)})
        answer = check.judge(check.read(document), INSTANT)
        out.write(f"\n{said}\n")
        before = _tell_step(answer, before, out)
    out.write("\nLa fiche de Redon, à la fin :\n")
    tell_one(check.judge(check.read(document), INSTANT, (REDON,)).answers[0], out)
    return 0


def _tell_step(answer: Eligibility, before: dict[str, Verdict] | None, out: TextIO) -> dict[str, Verdict]:
    """One step: the counts, what changed, what to ask next; returns the verdicts by id."""
    verdicts = {one.judgement.dispositif.id: one.judgement.verdict for one in answer.answers}
    tell_counts(answer, out)
    if before is not None:
        changed = sum(1 for name, verdict in verdicts.items() if before[name] is not verdict)
        out.write(f"    Verdicts changés : {changed} ; Pays de Redon : {WORDS[verdicts[REDON]]}\n")
    question = answer.question
    if question is not None:
        out.write(f"    À demander : {question.text} (pèse sur : {question.decides_for})\n")
    return verdicts


def _fill(document: dict[str, object], fields: dict[str, object]) -> None:
    for name, value in fields.items():
        known = document.get(name)
        document[name] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value

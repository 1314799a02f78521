"""The JSON of local agendas, and forms read from JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.edit import Preview
from osnp_console.app.local_agenda.forms import (
    AGENDA_FIELDS,
    CLOSURE_FIELDS,
    OPENING_FIELDS,
    AgendaForm,
    ClosureForm,
    OpeningForm,
    form_of_agenda,
    form_of_closure,
    form_of_opening,
)
from osnp_console.app.local_agenda.import_openings import OpeningsImport
from osnp_console.cli.documents import Document
from osnp_console.cli.slot_documents import instant
from osnp_console.domain.agenda.booking import Booking
from osnp_console.domain.agenda.plan import Agenda, Plan
from osnp_console.domain.agenda.slots import PlannedSlot

_LISTS = frozenset({"dispositifs", "types", "modalities"})


def read_agenda_document(document: object) -> AgendaForm:
    """An agenda as the commands give it; raises Refusal."""
    return AgendaForm(**_said(document, AGENDA_FIELDS))


def read_opening_document(document: object) -> OpeningForm:
    """An opening as the commands give it; raises Refusal."""
    return OpeningForm(**_said(document, OPENING_FIELDS))


def read_closure_document(document: object) -> ClosureForm:
    """A closure as the commands give it; raises Refusal."""
    return ClosureForm(**_said(document, CLOSURE_FIELDS))


def _said(document: object, fields: Mapping[str, str]) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise Refusal("valeur_invalide", "Un objet JSON est attendu.", "donnees")
    attributes = {name: attribute for attribute, name in fields.items()}
    said: dict[str, Any] = {}
    for name, value in document.items():
        if name not in attributes:
            raise Refusal("champ_inconnu", f"Le champ «\u00a0{name}\u00a0» n’existe pas.", name)
        attribute = attributes[name]
        said[attribute] = _texts(name, value) if attribute in _LISTS else _text(name, value)
    return said


def _text(name: str, value: object) -> str:
    """As it would be typed: a number or a truth value means what it says."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, str | int):
        return str(value)
    raise Refusal("valeur_invalide", "Un texte, un nombre, true ou false est attendu.", name)


def _texts(name: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Refusal("valeur_invalide", "Une liste de textes est attendue.", name)
    return tuple(value)


def agenda_document(agenda: Agenda) -> Document:
    """An agenda, as `creer` takes it."""
    return _document(asdict(form_of_agenda(agenda)), AGENDA_FIELDS)


def plan_document(plan: Plan) -> Document:
    """An agenda with its openings and closures, each as `ouvrir` and `fermer` take it."""
    forms = [*map(form_of_opening, plan.weekly), *map(form_of_opening, plan.singles)]
    return {
        **agenda_document(plan.agenda),
        "ouvertures": [_document(asdict(form), OPENING_FIELDS) for form in forms],
        "fermetures": [_document(asdict(form_of_closure(one)), CLOSURE_FIELDS) for one in plan.closures],
    }


def _document(said: Mapping[str, object], fields: Mapping[str, str]) -> Document:
    return {
        fields[attribute]: list(value) if isinstance(value, tuple) else value or None
        for attribute, value in said.items()
    }


def slot_document(slot: PlannedSlot, bookings: list[Booking]) -> Document:
    """One planned slot and who holds it."""
    offer, room = slot.offer, slot.room
    return {
        "reference": slot.reference,
        "debut": instant(slot.start),
        "fin": instant(slot.end),
        "praticien": {"nom": offer.practitioner.name, "rpps": offer.practitioner.rpps},
        "places": offer.places,
        "libres": room.left,
        "surnombre": offer.over_booking,
        "surnombre_libres": room.over_left,
        "sans_rendez_vous": offer.walk_in,
        "ouverture": slot.opening,
        "reservations": [booking_document(one) for one in bookings],
    }


def booking_document(booking: Booking) -> Document:
    """One booking: a call, never a name."""
    return {
        "cle": booking.key,
        "debut": instant(booking.start),
        "place": booking.seat,
        "en_surnombre": booking.over_booking,
        "etat": booking.state.value,
        "depuis": instant(booking.state_since),
        "appel": booking.call,
        "poste": booking.desk,
    }


def change_document(entry: str, preview: Preview, only_tried: bool) -> Document:
    """What a change does to the four weeks to come."""
    return {
        "id": entry or None,
        "essai": only_tried,
        "ajoutes": [_span(one) for one in preview.added],
        "retires": [_span(one) for one in preview.removed],
        "offerts": preview.offered,
        "sans_creneau": [booking_document(one) for one in preview.stranded],
    }


def _span(slot: PlannedSlot) -> Document:
    return {
        "debut": instant(slot.start),
        "fin": instant(slot.end),
        "praticien": slot.offer.practitioner.name,
        "places": slot.offer.places,
        "surnombre": slot.offer.over_booking,
    }


def import_document(report: OpeningsImport, only_tried: bool) -> Document:
    """The report of an import."""
    return {
        "essai": only_tried,
        "ajoutees": len(report.taken),
        "deja_la": report.repeated,
        "refusees": [
            {"ligne": one.line, "texte": one.text, "champ": one.field, "raison": one.why}
            for one in report.refused
        ],
    }

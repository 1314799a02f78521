"""Agendas, openings and closures as JSON text, and back; instants are in UTC."""

from __future__ import annotations

import json
from datetime import date, time

from osnp_console.domain.agenda.plan import (
    Agenda,
    Closure,
    Offer,
    Parity,
    SingleOpening,
    WeeklyOpening,
)
from osnp_console.domain.dates import Validity
from osnp_console.storage.slot_documents import (
    Document,
    instant_text,
    place_document,
    practitioner_document,
    read_instant,
    read_place,
    read_practitioner,
    text_of,
)


def agenda_text(agenda: Agenda) -> str:
    """An agenda, without what is in it."""
    return text_of(
        {
            "id": agenda.id,
            "name": agenda.name,
            "place": place_document(agenda.place),
            "dispositifs": agenda.dispositifs,
            "types": sorted(agenda.types),
            "modalities": sorted(agenda.modalities),
            "note": agenda.note,
        }
    )


def read_agenda(text: str) -> Agenda:
    """The agenda of `agenda_text`."""
    document: Document = json.loads(text)
    return Agenda(
        id=document["id"],
        name=document["name"],
        place=read_place(document["place"]),
        dispositifs=tuple(document["dispositifs"]),
        types=frozenset(document["types"]),
        modalities=frozenset(document["modalities"]),
        note=document["note"],
    )


def weekly_text(opening: WeeklyOpening) -> str:
    """A weekly opening."""
    return text_of(
        {
            "id": opening.id,
            "weekdays": sorted(opening.weekdays),
            "start": opening.start.isoformat(),
            "end": opening.end.isoformat(),
            "offer": _offer(opening.offer),
            "parity": opening.parity.value,
            "since": _day(opening.validity.start),
            "until": _day(opening.validity.end),
            "on_holidays": opening.on_holidays,
        }
    )


def read_weekly(text: str) -> WeeklyOpening:
    """The opening of `weekly_text`."""
    document: Document = json.loads(text)
    return WeeklyOpening(
        id=document["id"],
        weekdays=frozenset(document["weekdays"]),
        start=time.fromisoformat(document["start"]),
        end=time.fromisoformat(document["end"]),
        offer=_read_offer(document["offer"]),
        parity=Parity(document["parity"]),
        validity=Validity(_read_day(document["since"]), _read_day(document["until"])),
        on_holidays=document["on_holidays"],
    )


def single_text(opening: SingleOpening) -> str:
    """An opening on one date."""
    return text_of(
        {
            "id": opening.id,
            "start": instant_text(opening.start),
            "end": instant_text(opening.end),
            "offer": _offer(opening.offer),
        }
    )


def read_single(text: str) -> SingleOpening:
    """The opening of `single_text`."""
    document: Document = json.loads(text)
    return SingleOpening(
        document["id"],
        read_instant(document["start"]),
        read_instant(document["end"]),
        _read_offer(document["offer"]),
    )


def closure_text(closure: Closure) -> str:
    """A closure."""
    whose = closure.practitioner
    return text_of(
        {
            "id": closure.id,
            "start": instant_text(closure.start),
            "end": instant_text(closure.end),
            "why": closure.why,
            "practitioner": practitioner_document(whose) if whose is not None else None,
        }
    )


def read_closure(text: str) -> Closure:
    """The closure of `closure_text`."""
    document: Document = json.loads(text)
    whose = document["practitioner"]
    return Closure(
        document["id"],
        read_instant(document["start"]),
        read_instant(document["end"]),
        document["why"],
        read_practitioner(whose) if whose is not None else None,
    )


def _offer(offer: Offer) -> Document:
    return {
        "minutes": offer.minutes,
        "places": offer.places,
        "over_booking": offer.over_booking,
        "practitioner": practitioner_document(offer.practitioner),
        "walk_in": offer.walk_in,
    }


def _read_offer(document: Document) -> Offer:
    return Offer(
        document["minutes"],
        document["places"],
        document["over_booking"],
        read_practitioner(document["practitioner"]),
        document["walk_in"],
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None

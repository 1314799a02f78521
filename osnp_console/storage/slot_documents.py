"""Slots, sources and effecteurs as JSON text, and back: the same value, instants in UTC.

Each field is named here: what the base holds does not change when a class of the program does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.slot import BookingMode, Capacity, Origin, Place, Practitioner, Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind, TlsFiles

Document = dict[str, Any]


def text_of(document: object) -> str:
    """JSON text, the same for the same value; raises ValueError for a number that JSON has not."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def instant_text(instant: datetime) -> str:
    """An instant in UTC; raises ValueError for a naive one, whose zone nobody knows."""
    if instant.tzinfo is None:
        raise ValueError("an instant kept in the base is aware")
    return instant.astimezone(UTC).isoformat()


def read_instant(text: str) -> datetime:
    """The instant of `instant_text`."""
    return datetime.fromisoformat(text).astimezone(UTC)


def slots_text(slots: Sequence[Slot]) -> str:
    """Slots as one text. A source's thousands of slots are at a few places: each is written once."""
    places = {place: number for number, place in enumerate(dict.fromkeys(slot.place for slot in slots))}
    people = {who: number for number, who in enumerate(dict.fromkeys(slot.practitioner for slot in slots))}
    return text_of(
        {
            "places": [_said(place_document(place)) for place in places],
            "practitioners": [_said(practitioner_document(who)) for who in people],
            "slots": [_slot(slot, people[slot.practitioner], places[slot.place]) for slot in slots],
        }
    )


def read_slots(text: str) -> tuple[Slot, ...]:
    """The slots of `slots_text`."""
    document: Document = json.loads(text)
    places = [read_place(place) for place in document["places"]]
    people = [read_practitioner(who) for who in document["practitioners"]]
    return tuple(
        _read_slot(slot, people[slot["practitioner"]], places[slot["place"]]) for slot in document["slots"]
    )


def slot_text(slot: Slot) -> str:
    """One slot."""
    return slots_text((slot,))


def read_slot(text: str) -> Slot:
    """The slot of `slot_text`."""
    (slot,) = read_slots(text)
    return slot


def source_text(source: AgendaSource) -> str:
    """A declared source; its options are JSON values."""
    return text_of(
        {
            "id": source.id,
            "kind": source.kind.value,
            "name": source.name,
            "url": source.url,
            "practitioners": source.practitioners,
            "structures": source.structures,
            "dispositifs": source.dispositifs,
            "options": dict(source.options),
            "tls": {
                "certificate": source.tls.certificate,
                "key": source.tls.key,
                "authority": source.tls.authority,
            },
        }
    )


def read_source(text: str) -> AgendaSource:
    """The source of `source_text`."""
    document: Document = json.loads(text)
    return AgendaSource(
        id=document["id"],
        kind=SourceKind(document["kind"]),
        name=document["name"],
        url=document["url"],
        practitioners=tuple(document["practitioners"]),
        structures=tuple(document["structures"]),
        dispositifs=tuple(document["dispositifs"]),
        options=document["options"],
        tls=TlsFiles(**document["tls"]),
    )


def effecteur_text(effecteur: Effecteur) -> str:
    """An entry of the directory."""
    return text_of(
        {
            "id": effecteur.id,
            "name": effecteur.name,
            "profession": effecteur.profession,
            "dispositifs": effecteur.dispositifs,
            "sources": effecteur.sources,
            "place": place_document(effecteur.place),
            "phone": effecteur.phone,
            "note": effecteur.note,
        }
    )


def read_effecteur(text: str) -> Effecteur:
    """The entry of `effecteur_text`."""
    document: Document = json.loads(text)
    return Effecteur(
        id=document["id"],
        name=document["name"],
        profession=document["profession"],
        dispositifs=tuple(document["dispositifs"]),
        sources=tuple(document["sources"]),
        place=read_place(document["place"]),
        phone=document["phone"],
        note=document["note"],
    )


def place_document(place: Place) -> Document:
    """A place."""
    return {
        "id": place.id,
        "name": place.name,
        "address": place.address,
        "postcode": place.postcode,
        "city": place.city,
        "phone": place.phone,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def read_place(document: Mapping[str, Any]) -> Place:
    """The place of `place_document`."""
    return Place(**document)


def practitioner_document(practitioner: Practitioner) -> Document:
    """A practitioner."""
    return {"name": practitioner.name, "rpps": practitioner.rpps}


def read_practitioner(document: Mapping[str, Any]) -> Practitioner:
    """The practitioner of `practitioner_document`."""
    return Practitioner(**document)


def _said(document: Document) -> Document:
    """Only what is said: what is absent is read back as None, empty or no."""
    return {name: value for name, value in document.items() if value is not None and value is not False}


def _slot(slot: Slot, practitioner: int, place: int) -> Document:
    document: Document = {
        "id": slot.id,
        "start": instant_text(slot.start),
        "end": instant_text(slot.end),
        "practitioner": practitioner,
        "place": place,
        "origins": [_origin(origin) for origin in slot.origins],
    }
    for name, codes in (
        ("types", slot.types),
        ("modalities", slot.modalities),
        ("cpts", slot.cpts),
        ("dispositifs", slot.dispositifs),
    ):
        if codes:
            document[name] = sorted(codes)
    for name, texts in (("reasons", slot.reasons), ("specialties", slot.specialties)):
        if texts:
            document[name] = texts
    if slot.walk_in:
        document["walk_in"] = True
    if slot.over_booking:
        document["over_booking"] = True
    if slot.capacity is not None:
        document["capacity"] = [slot.capacity.places, slot.capacity.taken]
    return document


def _read_slot(document: Document, practitioner: Practitioner, place: Place) -> Slot:
    said = document.get
    capacity = said("capacity")
    return Slot(
        id=document["id"],
        start=read_instant(document["start"]),
        end=read_instant(document["end"]),
        practitioner=practitioner,
        place=place,
        origins=tuple(_read_origin(origin) for origin in document["origins"]),
        types=frozenset(said("types", ())),
        modalities=frozenset(said("modalities", ())),
        walk_in=said("walk_in", False),
        reasons=tuple(said("reasons", ())),
        specialties=tuple(said("specialties", ())),
        cpts=frozenset(said("cpts", ())),
        dispositifs=frozenset(said("dispositifs", ())),
        capacity=Capacity(*capacity) if capacity is not None else None,
        over_booking=said("over_booking", False),
    )


def _origin(origin: Origin) -> Document:
    document: Document = {
        "source": origin.source,
        "reference": origin.reference,
        "seen_at": instant_text(origin.seen_at),
    }
    if origin.mode is not None:
        document["mode"] = origin.mode.value
    if origin.url is not None:
        document["url"] = origin.url
    return document


def _read_origin(document: Document) -> Origin:
    mode = document.get("mode")
    return Origin(
        source=document["source"],
        reference=document["reference"],
        seen_at=read_instant(document["seen_at"]),
        mode=BookingMode(mode) if mode is not None else None,
        url=document.get("url"),
    )

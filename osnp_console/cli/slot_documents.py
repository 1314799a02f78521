"""The contract's JSON of slots and of what sources answered."""

from __future__ import annotations

from datetime import datetime

from osnp_console.cli.documents import Document
from osnp_console.cli.documents import instant as aware
from osnp_console.domain.clock import in_paris
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.ranking import RankedSlot
from osnp_console.domain.slots.slot import CPTS, PRO, PUBLIC, SNP, Slot

_TYPES = (SNP, PRO, PUBLIC, CPTS)


def instant(moment: datetime | None) -> str | None:
    """An instant on Paris's clock, to the second."""
    return aware(in_paris(moment)) if moment is not None else None


def source_answer(answer: SourceAnswer) -> Document:
    """One line of `sources`."""
    return {
        "id": answer.source,
        "etat": answer.state.value,
        "a": instant(answer.at),
        "duree_ms": answer.took_ms,
        "creneaux": answer.read,
        "rejets": answer.rejected,
        "message": answer.message,
    }


def slot_document(ranked: RankedSlot) -> Document:
    """One line of `creneaux`."""
    slot, ruling = ranked.slot, ranked.ruling
    place = slot.place
    return {
        "id": slot.id,
        "debut": instant(slot.start),
        "fin": instant(slot.end),
        "praticien": {"nom": slot.practitioner.name, "rpps": slot.practitioner.rpps},
        "lieu": {
            "nom": place.name,
            "adresse": place.address,
            "commune": place.city,
            "code_postal": place.postcode,
        },
        "telephone": place.phone,
        "types": types_of(slot),
        "modalites": sorted(slot.modalities),
        "dispositifs": list(ruling.dispositifs),
        "motifs": list(slot.reasons),
        "reservation": _booking(slot),
        "sans_rendez_vous": slot.walk_in,
        "ferme_a": instant(ruling.closes_at),
        "reprise_a": instant(ruling.take_back_at),
        "sources": list(slot.sources),
    }


def types_of(slot: Slot) -> list[str]:
    """The slot's types: those of the nomenclature first, then what else was received."""
    known = [code for code in _TYPES if code in slot.types]
    return known + sorted(slot.types.difference(_TYPES))


def _booking(slot: Slot) -> Document:
    """How it is booked: directly where one of its sources can, else on a page, else not said."""
    origins = [origin for origin in slot.origins if origin.mode is not None]
    if not origins:
        return {"mode": None, "url": None}
    best = min(origins, key=lambda origin: (origin.url is not None, origin.source))
    return {"mode": best.mode.value if best.mode is not None else None, "url": best.url}

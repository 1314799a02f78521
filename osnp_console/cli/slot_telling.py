"""Slots and what sources answered, told on a terminal in French."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from osnp_console.cli.slot_documents import types_of
from osnp_console.domain.clock import in_paris
from osnp_console.domain.date_words import WEEKDAYS
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.ranking import Group, RankedSlot

STATE_WORDS = {
    SourceState.ANSWERED: "répondu",
    SourceState.EMPTY: "répondu, rien de libre",
    SourceState.LATE: "pas de réponse",
    SourceState.REFUSED: "accès refusé",
    SourceState.FAILED: "erreur",
    SourceState.STALE: "données anciennes",
}
_GROUPS = {
    Group.USABLE: "Créneaux",
    Group.TO_CHECK: "Sous réserve",
    Group.OVER_BOOKING: "Surnuméraires",
}


def tell_slots(answers: Sequence[SourceAnswer], ranked: Sequence[RankedSlot], out: TextIO) -> None:
    """Each source's state, then the slots by group."""
    for answer in answers:
        count = f" · {answer.read} créneau{'x' if answer.read > 1 else ''}" if answer.read else ""
        why = f" · {answer.message}" if answer.message else ""
        state, at = STATE_WORDS[answer.state], in_paris(answer.at)
        out.write(f"{answer.source}\u202f: {state}{count}{why} · {at:%H:%M:%S}\n")
    for group, title in _GROUPS.items():
        of_group = [one for one in ranked if one.group is group]
        if of_group:
            out.write(f"\n{title}\n")
        for one in of_group:
            out.write(f"  {_line(one)}\n")
    if not ranked:
        out.write("\nAucun créneau à proposer.\n")


def _line(one: RankedSlot) -> str:
    slot, start = one.slot, in_paris(one.slot.start)
    parts = [
        f"{WEEKDAYS[start.weekday()]} {start:%d/%m %H:%M}",
        slot.practitioner.name or slot.place.name or "praticien non nommé",
        slot.place.city or "",
        ", ".join(types_of(slot)),
        ", ".join(one.ruling.dispositifs),
        f"ferme à {in_paris(one.ruling.closes_at):%H:%M}" if one.ruling.closes_at else "",
        f"reprise dès {in_paris(one.ruling.take_back_at):%H:%M}" if one.ruling.take_back_at else "",
        ", ".join(slot.sources),
    ]
    return " · ".join(part for part in parts if part)

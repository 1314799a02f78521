"""What is asked of each source, and how its slots get the dispositifs that the directory knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from osnp_console.app.effecteurs.directory import Directory, whom_to_ask
from osnp_console.app.slots.search_slots import Queries, Tie
from osnp_console.app.sources.agendas import SlotQuery
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource

AROUND = timedelta(minutes=1)
"""How far around a slot's start it is looked for again: some agendas round, or exclude a bound."""


def queries_for(
    sources: Iterable[AgendaSource], directory: Directory, start: datetime, end: datetime
) -> Queries:
    """Each source with what to ask it: whom it declares and whom the directory names, in that window."""
    found = []
    for source in sources:
        practitioners, structures = whom_to_ask(source, directory.effecteurs)
        found.append((source, SlotQuery(start, end, practitioners, structures)))
    return found


def query_again(slot: Slot, source: AgendaSource, directory: Directory) -> SlotQuery:
    """What to ask a source about one slot: around its start, of its practitioner alone where known."""
    practitioners, structures = whom_to_ask(source, directory.effecteurs)
    rpps = slot.practitioner.rpps
    if rpps is not None and rpps in practitioners:
        practitioners, structures = (rpps,), ()
    return SlotQuery(slot.start - AROUND, slot.start + AROUND, practitioners, structures)


def tied_by(directory: Directory) -> Tie:
    """Gives a slot the dispositifs of its effecteur, else those its source declares; and where it is."""

    def tie(slot: Slot, source: AgendaSource) -> Slot:
        dispositifs, place = directory.dispositifs_of(slot, source), directory.place_of(slot)
        if dispositifs == slot.dispositifs and place is slot.place:
            return slot
        return replace(slot, dispositifs=dispositifs, place=place)

    return tie

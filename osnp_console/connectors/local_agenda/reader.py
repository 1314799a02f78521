"""Reads the free slots of a local agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from osnp_console.app.local_agenda.agenda import free_slots
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.sources.agendas import Deadline, Found, Reading, SlotQuery, SourceFailure, SourceTools
from osnp_console.connectors.http_failures import late
from osnp_console.connectors.local_agenda.waiting import AgendaBase, Overdue
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource

GONE = "ce carnet n’est plus dans la base"
BASE_FAILS = "la base du poste ne peut pas être lue"


class LocalReader:
    """One local agenda (`app.agendas.SlotReader`). The desk's own: read whole, whoever is asked for."""

    def __init__(self, source: AgendaSource, tools: SourceTools) -> None:
        """Raises SourceFailure."""
        self._source = source
        self._clock = tools.clock
        self._base = AgendaBase(source, tools)

    def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        """Hand over the free slots of the window; raises SourceFailure, LATE when the base is."""
        seen_at = self._clock()
        try:
            slots = self._base.ask(lambda units: self._slots(units, query, seen_at), deadline)
        except Overdue:
            raise late(deadline.seconds) from None
        except StoreFailure as failure:
            gone = failure.code == "introuvable"
            raise SourceFailure(SourceState.FAILED, GONE if gone else BASE_FAILS) from failure
        found(slots)
        return Reading(len(slots))

    def _slots(self, units: OpenUnit, query: SlotQuery, seen_at: datetime) -> Sequence[Slot]:
        with units() as unit:
            agenda = self._base.agenda
            slots = free_slots(unit, agenda, query.start, query.end, self._source.id, seen_at)
        declared = frozenset(self._source.dispositifs)
        return [replace(slot, dispositifs=declared) for slot in slots] if declared else slots

    def close(self) -> None:
        """Nothing to let go of: the base is the console's."""

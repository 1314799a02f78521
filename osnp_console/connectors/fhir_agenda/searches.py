"""The requests for an agenda's free slots, as the shared-agenda guide has them."""

from __future__ import annotations

from collections.abc import Sequence

from osnp_console.app.sources.agendas import SlotQuery
from osnp_console.connectors.fhir.batches import cut
from osnp_console.connectors.fhir.client import Search
from osnp_console.connectors.fhir.instants import written_instant
from osnp_console.connectors.fhir.national_ids import asked_practitioner
from osnp_console.domain.slots.source import AgendaSource

MOST_PRACTITIONERS = 25


def searches(source: AgendaSource, query: SlotQuery) -> Sequence[Search]:
    """One request a batch of practitioners; one for all that the agenda has where none is named."""
    wanted = query.practitioners or source.practitioners
    common = [
        ("_include", "Slot:schedule"),
        ("_include:iterate", "Schedule:actor"),
        ("start", f"ge{written_instant(query.start)}"),
        ("start", f"le{written_instant(query.end)}"),
        ("status", "free"),
    ]
    if not wanted:
        return [Search("Slot", common)]
    return [
        Search("Slot", [*common, ("schedule.actor:Practitioner.identifier", _tokens(batch))])
        for batch in cut(wanted, MOST_PRACTITIONERS)
    ]


def _tokens(batch: Sequence[str]) -> str:
    return ",".join(asked_practitioner(number) for number in batch)

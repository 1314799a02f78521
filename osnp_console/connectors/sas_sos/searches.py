"""The requests for the sites of SOS Médecins: at most 10 associations each (SAS protocol note, section 4).

`_has` chooses schedules and `_revinclude` may bring all of their slots, busy or at other hours too: the
reader keeps those of the window that are free, as it does for every source.
"""

from __future__ import annotations

from collections.abc import Sequence

from osnp_console.app.sources.agendas import SlotQuery
from osnp_console.connectors.fhir.batches import cut
from osnp_console.connectors.fhir.client import Search
from osnp_console.connectors.fhir.instants import written_instant
from osnp_console.connectors.fhir.national_ids import asked_structure
from osnp_console.connectors.http_failures import failed
from osnp_console.domain.slots.source import AgendaSource

MOST_ASSOCIATIONS = 10


def searches(source: AgendaSource, query: SlotQuery) -> Sequence[Search]:
    """One request a batch. Raises SourceFailure without an association to ask for."""
    wanted = query.structures or source.structures
    if not wanted:
        raise failed("aucune association à chercher n’est déclarée")
    return [Search("Schedule", params(batch, query)) for batch in cut(wanted, MOST_ASSOCIATIONS)]


def params(associations: Sequence[str], query: SlotQuery) -> list[tuple[str, str]]:
    """The parameters of one batch."""
    return [
        ("_revinclude", "Slot:schedule"),
        ("_include", "Schedule:actor:Location"),
        ("_include:iterate", "Location:organization"),
        ("_has:Slot:schedule:start", f"ge{written_instant(query.start)}"),
        ("_has:Slot:schedule:start", f"le{written_instant(query.end)}"),
        ("_has:Slot:schedule:status", "free"),
        (
            "actor:Location.organization.identifier",
            ",".join(asked_structure(number) for number in associations),
        ),
    ]

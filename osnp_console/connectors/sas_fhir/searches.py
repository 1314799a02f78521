"""The requests of INT_R01 and INT_R04: at most 25 practitioners each (SAS protocol note, section 2.1)."""

from __future__ import annotations

from collections.abc import Sequence

from osnp_console.app.sources.agendas import SlotQuery
from osnp_console.connectors.fhir.batches import cut
from osnp_console.connectors.fhir.client import Search
from osnp_console.connectors.fhir.declaration import flag
from osnp_console.connectors.fhir.instants import written_instant
from osnp_console.connectors.fhir.national_ids import asked_practitioner
from osnp_console.connectors.http_failures import failed
from osnp_console.domain.slots.source import AgendaSource

MOST_PRACTITIONERS = 25


def searches(source: AgendaSource, query: SlotQuery) -> Sequence[Search]:
    """One request a batch. The form of INT_R04 reads both, unless `options.cpts` says no (section 3).

    Raises SourceFailure without a practitioner: these agendas cannot be asked for everyone.
    """
    wanted = query.practitioners or source.practitioners
    if not wanted:
        raise failed("aucun praticien à chercher n’est déclaré")
    return [
        Search("Slot", params(batch, query, cpts=flag(source, "cpts", True)))
        for batch in cut(wanted, MOST_PRACTITIONERS)
    ]


def params(practitioners: Sequence[str], query: SlotQuery, cpts: bool) -> list[tuple[str, str]]:
    """The parameters of one batch."""
    tokens = ",".join(asked_practitioner(number) for number in practitioners)
    asked = [
        ("_include", "Slot:schedule"),
        ("_include:iterate", "Schedule:actor"),
        ("start", f"ge{written_instant(query.start)}"),
        ("start", f"le{written_instant(query.end)}"),
        ("schedule.actor:Practitioner.identifier", tokens),
        ("status", "free"),
    ]
    if cpts:
        asked += [
            ("_include", "Slot:service-type-reference"),
            ("_include:iterate", "HealthcareService:organization"),
        ]
    return asked

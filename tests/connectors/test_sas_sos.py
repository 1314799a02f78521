from __future__ import annotations

from dataclasses import replace

import pytest

from osnp_console.app.sources.agendas import SlotQuery, SourceFailure
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.connectors.asked import QUERY, params_of, read, requests_of
from tests.connectors.misbehaving_server import Asked, MisbehavingServer, Reply, answering
from tests.connectors.searchsets import bundle, schedule, searchset, slot, written


def many(count: int) -> tuple[str, ...]:
    return tuple(f"3334173{number:07d}" for number in range(count))


def declare(address: str) -> AgendaSource:
    return AgendaSource("sos", SourceKind.SAS_SOS, "SOS", url=address, structures=many(1))


def asking(count: int) -> SlotQuery:
    return replace(QUERY, structures=many(count))


def identifiers(asked: Asked) -> list[str]:
    return dict(params_of(asked))["actor:Location.organization.identifier"].split(",")


def test_the_request_asks_for_the_schedules_of_an_association_and_their_slots() -> None:
    (asked,) = requests_of(declare, QUERY, Reply(searchset()))
    assert asked.target == (
        "/fhir/Schedule?_revinclude=Slot:schedule&_include=Schedule:actor:Location"
        "&_include:iterate=Location:organization"
        "&_has:Slot:schedule:start=ge2026-11-24T09:00:00.000%2B01:00"
        "&_has:Slot:schedule:start=le2026-11-26T09:00:00.000%2B01:00"
        "&_has:Slot:schedule:status=free"
        f"&actor:Location.organization.identifier=urn:oid:1.2.250.1.71.4.2.2%7C3{many(1)[0]}"
    )


@pytest.mark.parametrize(("count", "batches"), [(10, [10]), (11, [10, 1]), (25, [10, 10, 5])])
def test_at_most_ten_associations_go_in_one_request(count: int, batches: list[int]) -> None:
    asked = requests_of(declare, asking(count), Reply(searchset()))
    assert sorted(len(identifiers(one)) for one in asked) == sorted(batches)


def test_slots_that_come_along_busy_or_at_other_hours_are_not_shown() -> None:
    site = {"resourceType": "Location", "id": "site", "name": "Centre de consultation"}
    resources = [
        slot(0),
        slot(1, status="busy"),
        slot(2, start="2026-12-24T10:00:00+01:00", end="2026-12-24T10:20:00+01:00"),
        schedule(actor=[{"reference": "Location/site"}]),
        site,
    ]
    slots: list[Slot] = []
    with MisbehavingServer(answering(Reply(written(bundle(resources, total=3))))) as server:
        reading = read(declare(server.address), slots=slots)
    assert (reading.read, [one.origins[0].reference for one in slots]) == (3, ["Slot/c0"])
    assert slots[0].place.name == "Centre de consultation"
    assert slots[0].practitioner.rpps is None


def test_no_association_to_ask_for_is_a_failure() -> None:
    with pytest.raises(SourceFailure, match="aucune association"):
        read(replace(declare("https://127.0.0.1:1"), structures=()))

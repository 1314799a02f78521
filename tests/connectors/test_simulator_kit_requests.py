"""How an editor takes a request: bounds, identifiers, media types (SAS protocol note, sections 2 and 12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import requests

from osnp_console.connectors.simulator.server import Simulator
from osnp_console.connectors.simulator.territory import invented_world
from tests.connectors import kit
from tests.connectors.kit import NOBODY, NOW, ONE_PLACE, ask, bundle_of, slots_of

WORLD = invented_world(NOW)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with Simulator(WORLD, lambda: NOW) as simulator:
        yield simulator.address


def test_twenty_five_identifiers_are_answered_and_one_more_is_refused(address: str) -> None:
    many = [f"1999999{number:04d}" for number in range(24)]
    assert bundle_of(ask(address, slots_of(ONE_PLACE, *many)))["total"] > 0
    response = ask(address, slots_of(ONE_PLACE, NOBODY, *many))
    assert response.status_code == 400
    assert kit.outcome_of(response)["code"] == "too-costly"


def test_a_narrower_window_keeps_its_bounds(address: str) -> None:
    whole = kit.resources(bundle_of(ask(address, slots_of(ONE_PLACE))), "Slot")
    starts = [datetime.fromisoformat(slot["start"]) for slot in whole]
    bounds = kit.window(starts[1], starts[2])
    found = kit.resources(bundle_of(ask(address, slots_of(ONE_PLACE, bounds=bounds))), "Slot")
    assert [datetime.fromisoformat(slot["start"]) for slot in found] == starts[1:3]


def test_the_same_window_written_in_utc_finds_the_same(address: str) -> None:
    bounds = kit.window(NOW.astimezone(UTC), kit.LATER.astimezone(UTC))
    local = bundle_of(ask(address, slots_of(ONE_PLACE)))
    assert bundle_of(ask(address, slots_of(ONE_PLACE, bounds=bounds)))["entry"] == local["entry"]


def test_a_window_that_labels_the_local_clock_as_utc_is_answered(address: str) -> None:
    shifted = kit.window(NOW.replace(tzinfo=UTC), kit.LATER.replace(tzinfo=UTC))
    found = kit.resources(bundle_of(ask(address, slots_of(ONE_PLACE, bounds=shifted))), "Slot")
    assert all(datetime.fromisoformat(slot["start"]) >= NOW + timedelta(hours=1) for slot in found)
    assert found


def test_a_window_of_days_without_offset_is_of_paris(address: str) -> None:
    found = kit.resources(
        bundle_of(ask(address, slots_of(ONE_PLACE, bounds=("ge2026-11-25", "le2026-11-25")))), "Slot"
    )
    assert {slot["start"][:10] for slot in found} == {"2026-11-25"}


def test_a_plus_that_was_not_coded_is_refused(address: str) -> None:
    asked = kit.encoded(slots_of(ONE_PLACE)).replace("%2B", "+")
    response = requests.get(f"{address}/fhir/Slot?{asked}", timeout=kit.SECONDS)
    assert response.status_code == 400
    assert kit.outcome_of(response)["code"] == "value"


@pytest.mark.parametrize("missing", ["start", "status", "schedule.actor:Practitioner.identifier"])
def test_a_request_without_a_required_parameter_is_refused_with_an_outcome(
    address: str, missing: str
) -> None:
    response = ask(address, [one for one in slots_of(ONE_PLACE) if one[0] != missing])
    assert response.status_code == 400
    assert kit.outcome_of(response)["severity"] == "error"


@pytest.mark.parametrize(
    "bounds",
    [
        ("ge2026-11-24",),
        ("ge2026-11-24", "ge2026-11-25"),
        ("2026-11-24", "le2026-11-25"),
        ("ge2026-11-24", "le2026-11-25", "le2026-11-26"),
        ("ge2026-13-24", "le2026-11-25"),
        ("gedemain", "le2026-11-25"),
    ],
)
def test_a_window_is_one_lower_and_one_upper_bound(address: str, bounds: tuple[str, ...]) -> None:
    assert ask(address, slots_of(ONE_PLACE, bounds=bounds)).status_code == 400


def test_an_identifier_without_its_system_is_refused(address: str) -> None:
    asked = [
        (name, value.replace(f"{kit.PERSON}|", "") if "identifier" in name else value)
        for name, value in slots_of(ONE_PLACE)
    ]
    assert ask(address, asked).status_code == 400


@pytest.mark.parametrize(
    "accepted",
    ["application/fhir+json", "application/json+fhir", "application/json;q=0.8", "*/*", "text/html, */*"],
)
def test_every_spelling_of_json_is_answered(address: str, accepted: str) -> None:
    assert ask(address, slots_of(ONE_PLACE), headers={"Accept": accepted}).status_code == 200


def test_xml_is_not_to_be_had(address: str) -> None:
    response = ask(address, slots_of(ONE_PLACE), headers={"Accept": "application/fhir+xml"})
    assert response.status_code == 406
    assert kit.outcome_of(response)["code"] == "not-supported"


def test_the_server_says_what_it_can_do(address: str) -> None:
    response = requests.get(f"{address}/fhir/metadata", timeout=kit.SECONDS)
    statement = response.json()
    assert (statement["resourceType"], statement["fhirVersion"]) == ("CapabilityStatement", "4.0.1")
    assert statement["format"] == ["application/fhir+json"]
    resources = {one["type"]: one for one in statement["rest"][0]["resource"]}
    assert {"code": "search-type"} in resources["Slot"]["interaction"]
    assert resources["Practitioner"]["conditionalUpdate"]
    assert resources["Practitioner"]["updateCreate"]
    assert list(kit.empty_parts(statement)) == []


def test_what_is_not_there_is_told_apart_from_what_cannot_be_done(address: str) -> None:
    gone = requests.get(f"{address}/fhir/Slot/absent", timeout=kit.SECONDS)
    assert (gone.status_code, kit.outcome_of(gone)["code"]) == (404, "not-found")
    deleted = requests.delete(f"{address}/fhir/Slot/absent", timeout=kit.SECONDS)
    assert (deleted.status_code, kit.outcome_of(deleted)["code"]) == (405, "not-supported")
    nothing = requests.get(f"{address}/fhir/Patient", timeout=kit.SECONDS)
    assert (nothing.status_code, kit.outcome_of(nothing)["code"]) == (404, "not-found")


def test_a_slot_that_has_started_is_no_longer_told() -> None:
    clock = [NOW]
    with Simulator(WORLD, lambda: clock[0]) as simulator:
        before = kit.resources(bundle_of(ask(simulator.address, slots_of(ONE_PLACE))), "Slot")
        clock[0] = datetime.fromisoformat(before[0]["start"]) + timedelta(seconds=1)
        after = kit.resources(bundle_of(ask(simulator.address, slots_of(ONE_PLACE))), "Slot")
    assert after == before[1:]

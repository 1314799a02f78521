"""The kit's checks of INT_R01 (SAS protocol note, sections 2 and 5), against the simulator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import requests

from osnp_console.connectors.simulator.server import Simulator
from osnp_console.connectors.simulator.territory import invented_world
from tests.connectors import kit
from tests.connectors.kit import NOBODY, NOW, ONE_PLACE, THREE_PLACES, TWO_PLACES, ask, bundle_of, slots_of

PS = "http://sas.fr/fhir/StructureDefinition"
PROFILES = {
    "Slot": f"{PS}/FrSlotAgregateur",
    "Schedule": f"{PS}/FrScheduleAgregateur",
    "Practitioner": f"{PS}/FrPractitionerAgregateur",
    "PractitionerRole": f"{PS}/FrPractitionerRoleExerciceAgregateur",
}
WORLD = invented_world(NOW)
EVERYBODY = tuple(doctor.rpps for doctor in WORLD.doctors)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with Simulator(WORLD, lambda: NOW) as simulator:
        yield simulator.address


@pytest.fixture(scope="module")
def everything(address: str) -> kit.Json:
    return bundle_of(ask(address, slots_of(*EVERYBODY)))


def test_a_practitioner_of_one_place_has_one_agenda(address: str) -> None:
    bundle = bundle_of(ask(address, slots_of(ONE_PLACE)))
    assert len(kit.resources(bundle, "Schedule")) == len(kit.resources(bundle, "PractitionerRole")) == 1
    assert len(kit.resources(bundle, "Practitioner")) == 1
    assert bundle["total"] == len(kit.resources(bundle, "Slot")) > 1


@pytest.mark.parametrize(("rpps", "places"), [(TWO_PLACES, 2), (THREE_PLACES, 3)])
def test_a_practitioner_of_several_places_has_an_agenda_for_each(
    address: str, rpps: str, places: int
) -> None:
    bundle = bundle_of(ask(address, slots_of(rpps)))
    roles = kit.resources(bundle, "PractitionerRole")
    assert len(roles) == len(kit.resources(bundle, "Schedule")) == places
    assert len({role["contained"][0]["address"]["line"][0] for role in roles}) == places
    assert len(kit.resources(bundle, "Practitioner")) == 1


def test_several_practitioners_are_answered_together_and_nobody_else(address: str) -> None:
    bundle = bundle_of(ask(address, slots_of(ONE_PLACE, NOBODY, TWO_PLACES)))
    found = {one["identifier"][0]["value"] for one in kit.resources(bundle, "Practitioner")}
    assert found == {f"8{ONE_PLACE}", f"8{TWO_PLACES}"}


def test_someone_unknown_is_no_error_but_an_answer_without_entry(address: str) -> None:
    response = ask(address, slots_of(NOBODY))
    bundle = bundle_of(response)
    assert bundle["total"] == 0
    assert "entry" not in bundle
    assert bundle["meta"]["profile"] == [f"{PS}/BundleAgregateur"]
    assert [link["relation"] for link in bundle["link"]] == ["self"]


def test_someone_known_with_nothing_free_is_answered_alike(address: str) -> None:
    bundle = bundle_of(ask(address, slots_of("19900001041")))
    assert (bundle["total"], "entry" in bundle) == (0, False)


def test_twenty_five_identifiers_are_answered_and_one_more_is_refused(address: str) -> None:
    many = [f"1999999{number:04d}" for number in range(24)]
    assert bundle_of(ask(address, slots_of(ONE_PLACE, *many)))["total"] > 0
    response = ask(address, slots_of(ONE_PLACE, NOBODY, *many))
    assert response.status_code == 400
    assert kit.outcome_of(response)["code"] == "too-costly"


def test_every_resource_says_its_profile(everything: kit.Json) -> None:
    assert everything["meta"]["profile"] == [f"{PS}/BundleAgregateur"]
    for resource in kit.resources(everything):
        assert resource["meta"]["profile"] == [PROFILES[resource["resourceType"]]]
    for role in kit.resources(everything, "PractitionerRole"):
        assert role["contained"][0]["meta"]["profile"] == [f"{PS}/FrLocationAgregateur"]


def test_total_counts_the_slots_which_are_the_matches(everything: kit.Json) -> None:
    matches = [entry for entry in everything["entry"] if entry["search"]["mode"] == "match"]
    assert {entry["resource"]["resourceType"] for entry in matches} == {"Slot"}
    assert everything["total"] == len(matches) == len(kit.resources(everything, "Slot"))
    assert {entry["search"]["mode"] for entry in everything["entry"]} == {"match", "include"}


def test_each_resource_comes_once_under_its_own_full_address(everything: kit.Json, address: str) -> None:
    addresses = [entry["fullUrl"] for entry in everything["entry"]]
    assert len(set(addresses)) == len(addresses)
    for entry in everything["entry"]:
        resource = entry["resource"]
        assert entry["fullUrl"] == f"{address}/fhir/{resource['resourceType']}/{resource['id']}"


def test_every_slot_leads_to_a_practitioner_and_to_one_place(everything: kit.Json) -> None:
    known = kit.by_reference(everything)
    for slot in kit.resources(everything, "Slot"):
        schedule = known[slot["schedule"]["reference"]]
        practitioner, role = (known[actor["reference"]] for actor in schedule["actor"])
        assert (practitioner["resourceType"], role["resourceType"]) == ("Practitioner", "PractitionerRole")
        assert known[role["practitioner"]["reference"]] is practitioner
        (location,), (contained,) = role["location"], role["contained"]
        assert location["reference"] == f"#{contained['id']}"


def test_identifiers_have_the_shapes_of_the_kit(everything: kit.Json) -> None:
    for one in kit.resources(everything, "Practitioner"):
        (identifier,) = one["identifier"]
        assert identifier["type"]["coding"][0]["code"] == "IDNPS"
        assert identifier["system"] == kit.PERSON
        assert re.fullmatch(r"8\d{11}", identifier["value"])
    structures = set()
    for role in kit.resources(everything, "PractitionerRole"):
        identifier = role["organization"]["identifier"]
        assert identifier["type"]["coding"][0]["code"] == "IDNST"
        assert identifier["system"] == kit.STRUCTURE
        assert re.fullmatch(r"1\d{9}|3\d{14}|4\d{14}", identifier["value"])
        structures.add(identifier["value"][0])
    assert structures == {"1", "3", "4"}


def test_places_have_an_address_and_a_telephone_where_they_have_one(everything: kit.Json) -> None:
    with_phone = []
    for role in kit.resources(everything, "PractitionerRole"):
        address = role["contained"][0]["address"]
        assert len(address["line"]) == 1
        assert address["city"]
        assert re.fullmatch(r"\d{5}", address["postalCode"])
        for telecom in role.get("telecom", ()):
            assert telecom["system"] == "phone"
            assert re.fullmatch(r"\+(33|262|590|596|594)\d{9}", telecom["value"])
        with_phone.append("telecom" in role)
    assert set(with_phone) == {True, False}


def test_instants_have_milliseconds_and_an_offset_and_lie_ahead(everything: kit.Json) -> None:
    for slot in kit.resources(everything, "Slot"):
        for name in ("start", "end"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", slot[name])
        start, end = (datetime.fromisoformat(slot[name]) for name in ("start", "end"))
        assert NOW <= start < end
        assert start <= kit.LATER
        assert slot["status"] == "free"


def test_types_modalities_and_kinds_are_the_published_codes_and_one_unknown(everything: kit.Json) -> None:
    slots = kit.resources(everything, "Slot")
    assert {code for slot in slots for code in kit.codes_in(slot)} == {
        "PUBLIC",
        "PRO",
        "SNP",
        "CPTS",
        "private",
    }
    assert {code for slot in slots for code in kit.modalities_in(slot)} == {"AMB", "VR", "HH"}
    assert {kit.appointment_kind(slot) for slot in slots} == {"ROUTINE", "WALKIN"}


def test_a_bookable_slot_has_a_page_and_a_walk_in_slot_has_none(everything: kit.Json) -> None:
    for slot in kit.resources(everything, "Slot"):
        if kit.appointment_kind(slot) == "WALKIN":
            assert "comment" not in slot
        else:
            assert requests.get(slot["comment"], timeout=kit.SECONDS).status_code == 200


def test_a_practitioner_is_never_at_two_places_at_once(everything: kit.Json) -> None:
    known = kit.by_reference(everything)
    seen = set()
    for slot in kit.resources(everything, "Slot"):
        who = known[slot["schedule"]["reference"]]["actor"][0]["reference"]
        assert (who, slot["start"]) not in seen
        seen.add((who, slot["start"]))


def test_nothing_empty_is_sent(everything: kit.Json) -> None:
    assert list(kit.empty_parts(everything)) == []


@pytest.mark.parametrize(
    ("includes", "further", "kinds"),
    [
        ((), (), {"Slot"}),
        (("Slot:schedule",), (), {"Slot", "Schedule"}),
        (("Slot:schedule",), ("Schedule:actor",), {"Slot", "Schedule", "Practitioner", "PractitionerRole"}),
    ],
)
def test_only_what_is_asked_for_is_included(
    address: str, includes: tuple[str, ...], further: tuple[str, ...], kinds: set[str]
) -> None:
    bundle = bundle_of(ask(address, slots_of(ONE_PLACE, includes=includes, further=further)))
    assert {one["resourceType"] for one in kit.resources(bundle)} == kinds


def test_the_self_link_is_the_search_as_it_was_understood(address: str) -> None:
    asked = [*slots_of(ONE_PLACE), ("_count", "1000"), ("fantaisie", "oui")]
    bundle = bundle_of(ask(address, asked))
    (link,) = bundle["link"]
    assert link["relation"] == "self"
    query = urlsplit(link["url"]).query
    assert "fantaisie" not in query
    assert query == kit.encoded(asked[:-1])
    again = bundle_of(requests.get(link["url"], timeout=kit.SECONDS))
    assert again == bundle


def test_a_count_does_not_shorten_the_answer(address: str) -> None:
    whole = bundle_of(ask(address, slots_of(ONE_PLACE)))
    assert bundle_of(ask(address, [*slots_of(ONE_PLACE), ("_count", "1")]))["entry"] == whole["entry"]


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


def test_every_resource_of_an_answer_can_be_read_by_its_address(everything: kit.Json) -> None:
    kinds = {entry["resource"]["resourceType"]: entry for entry in everything["entry"]}
    for entry in kinds.values():
        assert requests.get(entry["fullUrl"], timeout=kit.SECONDS).json() == entry["resource"]


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

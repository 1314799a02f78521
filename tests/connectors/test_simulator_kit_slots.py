"""The kit's checks of INT_R01 (SAS protocol note, sections 2 and 5), against the simulator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
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


def test_every_resource_of_an_answer_can_be_read_by_its_address(everything: kit.Json) -> None:
    kinds = {entry["resource"]["resourceType"]: entry for entry in everything["entry"]}
    for entry in kinds.values():
        assert requests.get(entry["fullUrl"], timeout=kit.SECONDS).json() == entry["resource"]

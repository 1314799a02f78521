"""The checks of SOS Médecins searches (SAS protocol note, section 4), against the simulator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest

from osnp_console.connectors.simulator.server import Simulator
from osnp_console.connectors.simulator.territory import invented_world
from tests.connectors import kit
from tests.connectors.kit import NOW, SOS, bundle_of, sos_slots_of

SAS = "https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition"
WORLD = invented_world(NOW)
ASSOCIATIONS = tuple(one.siret for one in WORLD.associations)


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(WORLD, lambda: NOW) as running:
        yield running


def found(simulator: Simulator, *siret: str) -> kit.Json:
    return bundle_of(kit.ask(simulator.address, sos_slots_of(*siret), "Schedule"))


def test_agendas_are_the_matches_and_the_rest_is_included(simulator: Simulator) -> None:
    bundle = found(simulator, *ASSOCIATIONS)
    modes = {(entry["resource"]["resourceType"], entry["search"]["mode"]) for entry in bundle["entry"]}
    assert modes == {
        ("Schedule", "match"),
        ("Slot", "include"),
        ("Location", "include"),
        ("Organization", "include"),
    }
    assert bundle["total"] == len(kit.resources(bundle, "Schedule")) == 3
    assert bundle["meta"]["profile"] == [f"{SAS}/sas-sos-bundle-aggregator"]
    assert len(bundle["link"]) == 1


def test_each_agenda_is_that_of_one_site_of_an_association(simulator: Simulator) -> None:
    bundle = found(simulator, *ASSOCIATIONS)
    known = kit.by_reference(bundle)
    for schedule in kit.resources(bundle, "Schedule"):
        (actor,) = schedule["actor"]
        location = known[actor["reference"]]
        assert location["resourceType"] == "Location"
        assert location["name"]
        assert len(location["address"]["line"]) == 1
        assert re.fullmatch(r"\d{5}", location["address"]["postalCode"])
        (hours,) = location["hoursOfOperation"]
        assert set(hours["daysOfWeek"]) <= {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
        organization = known[location["managingOrganization"]["reference"]]
        assert re.fullmatch(r"3[0-9]{14}", organization["identifier"][0]["value"])
        assert organization["identifier"][0]["system"] == kit.STRUCTURE


def test_slots_name_no_practitioner_and_have_the_types_of_sos(simulator: Simulator) -> None:
    bundle = found(simulator, *ASSOCIATIONS)
    slots = kit.resources(bundle, "Slot")
    assert kit.resources(bundle, "Practitioner") == []
    assert {code for slot in slots for code in kit.codes_in(slot)} == {"PUBLIC", "SNP"}
    assert {code for slot in slots for code in kit.modalities_in(slot)} <= {"AMB", "HH", "VR"}
    assert all("specialty" not in slot for slot in slots)
    for slot in slots:
        assert NOW <= datetime.fromisoformat(slot["start"]) < datetime.fromisoformat(slot["end"])
        assert slot["status"] == "free"


def test_the_page_of_a_slot_leads_to_the_slot_itself(simulator: Simulator) -> None:
    kinds = set()
    for slot in kit.resources(found(simulator, *ASSOCIATIONS), "Slot"):
        kind = kit.appointment_kind(slot)
        kinds.add(kind)
        assert ("comment" in slot) == (kind == "ROUTINE")
        assert kind == "WALKIN" or str(slot["id"]) in slot["comment"]
    assert kinds == {"ROUTINE", "WALKIN"}


def test_the_inclusion_of_associations_is_read_in_both_spellings(simulator: Simulator) -> None:
    asked = sos_slots_of(SOS, organization="Location:Organization")
    bundle = bundle_of(kit.ask(simulator.address, asked, "Schedule"))
    assert len(kit.resources(bundle, "Organization")) == 1


def test_without_inclusions_only_the_agendas_come(simulator: Simulator) -> None:
    asked = [one for one in sos_slots_of(SOS) if "include" not in one[0]]
    bundle = bundle_of(kit.ask(simulator.address, asked, "Schedule"))
    assert {one["resourceType"] for one in kit.resources(bundle)} == {"Schedule"}


def test_associations_come_only_when_they_are_asked_for(simulator: Simulator) -> None:
    asked = [one for one in sos_slots_of(SOS) if one[0] != "_include:iterate"]
    bundle = bundle_of(kit.ask(simulator.address, asked, "Schedule"))
    assert kit.resources(bundle, "Location")
    assert kit.resources(bundle, "Organization") == []


def test_an_association_nobody_knows_is_an_answer_without_entry(simulator: Simulator) -> None:
    bundle = found(simulator, "99999999999999")
    assert (bundle["total"], "entry" in bundle) == (0, False)


def test_one_association_is_told_without_the_other(simulator: Simulator) -> None:
    names = {one["identifier"][0]["value"] for one in kit.resources(found(simulator, SOS), "Organization")}
    assert names == {f"3{SOS}"}


def test_more_than_twenty_five_associations_are_refused(simulator: Simulator) -> None:
    many = [f"9999999999{number:04d}" for number in range(25)]
    assert kit.ask(simulator.address, sos_slots_of(*many), "Schedule").status_code == 200
    assert kit.ask(simulator.address, sos_slots_of(SOS, *many), "Schedule").status_code == 400


@pytest.mark.parametrize(
    "missing",
    ["_has:Slot:schedule:start", "_has:Slot:schedule:status", "actor:Location.organization.identifier"],
)
def test_a_request_without_a_required_parameter_is_refused(simulator: Simulator, missing: str) -> None:
    asked = [one for one in sos_slots_of(SOS) if one[0] != missing]
    assert kit.ask(simulator.address, asked, "Schedule").status_code == 400


def test_nothing_empty_is_sent(simulator: Simulator) -> None:
    assert list(kit.empty_parts(found(simulator, *ASSOCIATIONS))) == []

"""The kit's checks of INT_R04 (SAS protocol note, section 3), against the simulator."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from osnp_console.connectors.simulator.server import Simulator
from osnp_console.connectors.simulator.territory import invented_world
from tests.connectors import kit
from tests.connectors.kit import NOBODY, NOW, ONE_PLACE, TWO_PLACES, ask, bundle_of, cpts_slots_of, slots_of

SAS = "https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition"
WORLD = invented_world(NOW)
EVERYBODY = tuple(doctor.rpps for doctor in WORLD.doctors)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with Simulator(WORLD, lambda: NOW) as simulator:
        yield simulator.address


@pytest.fixture(scope="module")
def everything(address: str) -> kit.Json:
    return bundle_of(ask(address, cpts_slots_of(*EVERYBODY)))


def test_the_answer_says_the_profiles_of_the_cpts(everything: kit.Json) -> None:
    assert everything["meta"]["profile"] == [f"{SAS}/sas-cpts-bundle-aggregator"]
    for kind, name in (("HealthcareService", "healthcareservice"), ("Organization", "organization")):
        for one in kit.resources(everything, kind):
            assert one["meta"]["profile"] == [f"{SAS}/sas-cpts-{name}-aggregator"]


def test_a_slot_of_a_cpts_is_marked_and_tied_and_another_is_neither(everything: kit.Json) -> None:
    marked = set()
    for slot in kit.resources(everything, "Slot"):
        of_a_cpts = "CPTS" in kit.codes_in(slot)
        marked.add(of_a_cpts)
        assert bool(kit.community_links(slot)) == of_a_cpts
        assert (slot["meta"]["profile"] == [f"{SAS}/sas-cpts-slot-aggregator"]) == of_a_cpts
    assert marked == {True, False}


def test_each_tie_has_the_code_of_a_cpts_and_the_extension(everything: kit.Json) -> None:
    ties = [
        one for slot in kit.resources(everything, "Slot") for one in slot["serviceType"] if "extension" in one
    ]
    assert ties
    for tie in ties:
        (extension,), (coding,) = tie["extension"], tie["coding"]
        assert extension["url"] == "http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType"
        assert coding["code"] == "604"
        assert "TRE_R66" in coding["system"]


def test_every_tie_leads_to_one_organization_with_a_finess(everything: kit.Json) -> None:
    known = kit.by_reference(everything)
    for slot in kit.resources(everything, "Slot"):
        for link in kit.community_links(slot):
            organization = known[known[link]["providedBy"]["reference"]]
            (identifier,) = organization["identifier"]
            assert identifier["type"]["coding"][0]["code"] == "IDNST"
            assert identifier["system"] == kit.STRUCTURE
            assert re.fullmatch(r"1[0-9]{9}", identifier["value"])
            assert organization["name"]


def test_two_slots_are_each_shown_by_two_cpts(address: str) -> None:
    bundle = bundle_of(ask(address, cpts_slots_of(TWO_PLACES)))
    twice = [slot for slot in kit.resources(bundle, "Slot") if len(kit.community_links(slot)) == 2]
    assert len(twice) == 2
    assert len(set(kit.community_links(twice[0]))) == 2
    known = kit.by_reference(bundle)
    finess = {
        known[known[link]["providedBy"]["reference"]]["identifier"][0]["value"]
        for link in kit.community_links(twice[0])
    }
    assert finess == {"1950047225", "1950046227"}


def test_each_organization_comes_once(everything: kit.Json) -> None:
    ids = [one["id"] for one in kit.resources(everything, "Organization")]
    assert len(ids) == len(set(ids)) == len(kit.resources(everything, "HealthcareService")) > 2


def test_without_the_inclusions_the_answer_is_exactly_that_of_practitioners(address: str) -> None:
    plain = bundle_of(ask(address, slots_of(TWO_PLACES)))
    assert kit.resources(plain, "HealthcareService") == kit.resources(plain, "Organization") == []
    for slot in kit.resources(plain, "Slot"):
        assert kit.community_links(slot) == []
        assert slot["meta"]["profile"] == ["http://sas.fr/fhir/StructureDefinition/FrSlotAgregateur"]
    # The types are all told nevertheless.
    assert any("CPTS" in kit.codes_in(slot) for slot in kit.resources(plain, "Slot"))


def test_organizations_come_only_when_they_are_asked_for(address: str) -> None:
    asked = slots_of(
        TWO_PLACES, includes=("Slot:schedule", "Slot:service-type-reference"), further=("Schedule:actor",)
    )
    bundle = bundle_of(ask(address, asked))
    assert kit.resources(bundle, "HealthcareService")
    assert kit.resources(bundle, "Organization") == []


def test_a_practitioner_without_slots_of_a_cpts_is_answered_by_both(address: str) -> None:
    both = [bundle_of(ask(address, asked(ONE_PLACE))) for asked in (slots_of, cpts_slots_of)]
    ids = [[slot["id"] for slot in kit.resources(one, "Slot")] for one in both]
    assert ids[0] == ids[1]


def test_nobody_known_is_an_answer_without_entry(address: str) -> None:
    bundle = bundle_of(ask(address, cpts_slots_of(NOBODY)))
    assert (bundle["total"], "entry" in bundle, len(bundle["link"])) == (0, False, 1)


def test_nothing_empty_is_sent(everything: kit.Json) -> None:
    assert list(kit.empty_parts(everything)) == []

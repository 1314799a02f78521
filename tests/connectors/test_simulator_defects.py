"""Each defect of section 12 of the SAS protocol note can be switched on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import requests

from osnp_console.connectors.simulator.faults import KNOWN
from osnp_console.connectors.simulator.server import Simulator
from osnp_console.connectors.simulator.territory import invented_world
from tests.connectors import kit
from tests.connectors.kit import (
    NOBODY,
    NOW,
    ONE_PLACE,
    SOS,
    THREE_PLACES,
    TWO_PLACES,
    ask,
    bundle_of,
    cpts_slots_of,
    resources,
    sos_slots_of,
)

WORLD = invented_world(NOW, territories=("essai",))
ABOUT_ANSWERS = tuple(KNOWN)[tuple(KNOWN).index("sans_inclusions") :]
"""Names of what changes the content of a searchset of practitioners."""


@pytest.fixture(scope="module")
def running() -> Iterator[Simulator]:
    with Simulator(WORLD, lambda: NOW) as simulator:
        yield simulator


@pytest.fixture
def simulator(running: Simulator) -> Iterator[Simulator]:
    yield running
    running.set_faults()


def look(simulator: Simulator, *rpps: str) -> requests.Response:
    return ask(simulator.address, cpts_slots_of(*(rpps or (ONE_PLACE, TWO_PLACES, THREE_PLACES))))


def look_sos(simulator: Simulator, *siret: str) -> requests.Response:
    return ask(simulator.address, sos_slots_of(*(siret or (SOS,))), "Schedule")


def spoiled(simulator: Simulator, *faults: str) -> kit.Json:
    simulator.set_faults(*faults)
    bundle = look(simulator).json()
    assert isinstance(bundle, dict)
    return bundle


def spoiled_sos(simulator: Simulator, *faults: str) -> kit.Json:
    simulator.set_faults(*faults)
    bundle = look_sos(simulator).json()
    assert isinstance(bundle, dict)
    return bundle


@pytest.mark.parametrize("name", ABOUT_ANSWERS)
def test_every_defect_shows_and_goes_away_again(simulator: Simulator, name: str) -> None:
    about = (NOBODY,) if name == "entree_vide" else ()
    right = look(simulator, *about)
    simulator.set_faults(name)
    wrong = look(simulator, *about)
    assert wrong.status_code == 200
    assert (wrong.content, wrong.headers["Content-Type"]) != (right.content, right.headers["Content-Type"])
    simulator.set_faults()
    assert look(simulator, *about).content == right.content


@pytest.mark.parametrize("name", ABOUT_ANSWERS)
def test_every_defect_bears_an_empty_answer_and_the_sites_of_sos(simulator: Simulator, name: str) -> None:
    simulator.set_faults(name, "sans_self")
    assert look(simulator, NOBODY).status_code == 200
    assert look_sos(simulator).status_code == 200
    assert look_sos(simulator, "99999999999999").status_code == 200


def test_all_defects_of_resources_go_together(simulator: Simulator) -> None:
    simulator.set_faults(*ABOUT_ANSWERS)
    assert look(simulator).status_code == 200


def test_a_defect_of_one_practitioner_is_in_what_is_theirs_only(simulator: Simulator) -> None:
    bundle = spoiled(simulator, f"type_inconnu@{TWO_PLACES}", f"sans_search_mode@{TWO_PLACES}")
    known = kit.by_reference(bundle)
    for slot in resources(bundle, "Slot"):
        who = known[slot["schedule"]["reference"]]["actor"][0]["reference"]
        assert (who == f"Practitioner/{TWO_PLACES}") <= ("private" in kit.codes_in(slot))
        if who == f"Practitioner/{ONE_PLACE}":
            assert "private" not in kit.codes_in(slot)
    assert {"search" in entry for entry in bundle["entry"]} == {True, False}


def test_1_the_unregistered_media_type(simulator: Simulator) -> None:
    simulator.set_faults("type_json_fhir")
    answer = look(simulator)
    assert answer.headers["Content-Type"] == "application/json+fhir; charset=utf-8"
    assert answer.json()["total"] > 0


def test_2_no_search_mode(simulator: Simulator) -> None:
    assert not any("search" in entry for entry in spoiled(simulator, "sans_search_mode")["entry"])


def test_3_a_total_that_counts_something_else(simulator: Simulator) -> None:
    bundle = spoiled(simulator, "total_faux")
    assert bundle["total"] == 1 < len(resources(bundle, "Slot"))
    sites = spoiled_sos(simulator, "total_faux")
    assert sites["total"] == len(resources(sites, "Slot")) > len(resources(sites, "Schedule"))


def test_4_an_empty_answer_with_an_empty_list(simulator: Simulator) -> None:
    simulator.set_faults("entree_vide")
    assert look(simulator, NOBODY).json()["entry"] == []


def test_5_full_addresses_that_are_placeholders(simulator: Simulator) -> None:
    for entry in spoiled(simulator, "fullurl_gabarit")["entry"]:
        resource = entry["resource"]
        assert entry["fullUrl"] == f"https://<base_URl>/{resource['resourceType']}/{resource['id']}"


def test_6_a_page_for_a_walk_in_or_for_nobody(simulator: Simulator) -> None:
    assert all("comment" in slot for slot in resources(spoiled(simulator, "walkin_avec_lien"), "Slot"))
    assert not any("comment" in slot for slot in resources(spoiled(simulator, "sans_lien"), "Slot"))


def test_7_a_structure_with_a_value_only(simulator: Simulator) -> None:
    for role in resources(spoiled(simulator, "organisation_sans_type"), "PractitionerRole"):
        assert list(role["organization"]["identifier"]) == ["value"]


def test_8_identifier_types_in_every_spelling(simulator: Simulator) -> None:
    bundle = spoiled(simulator, "types_varies")
    spelled = {
        role["organization"]["identifier"]["type"]["coding"][0]["system"]
        for role in resources(bundle, "PractitionerRole")
    }
    assert len(spelled) == 4
    assert {
        role["organization"]["identifier"]["system"] for role in resources(bundle, "PractitionerRole")
    } == {kit.STRUCTURE}


def test_9_the_category_of_a_cpts_in_three_spellings(simulator: Simulator) -> None:
    spelled = {
        coding["system"]
        for slot in resources(spoiled(simulator, "tre_r66_varie"), "Slot")
        for service in slot["serviceType"]
        for coding in service.get("coding", ())
        if coding["code"] == "604"
    }
    assert len(spelled) == 3
    assert all("TRE_R66" in system for system in spelled)


def test_10_a_self_link_that_forgets_an_inclusion(simulator: Simulator) -> None:
    bundle = spoiled(simulator, "self_incomplet")
    assert "HealthcareService" not in bundle["link"][0]["url"]
    assert "Slot:service-type-reference" in bundle["link"][0]["url"]
    assert resources(bundle, "HealthcareService")


def test_11_a_reason_beside_the_modality(simulator: Simulator) -> None:
    bundle = spoiled(simulator, "motif_avec_modalite")
    beside = [slot for slot in resources(bundle, "Slot") if {"coding", "text"} <= set(slot["serviceType"][0])]
    assert beside
    assert {slot["serviceType"][0]["text"] for slot in beside} <= {
        "Consultation de soins non programmés",
        "Fièvre",
        "Petite plaie",
        "Visite à domicile",
    }


def test_12_a_specialty_in_words(simulator: Simulator) -> None:
    shapes = {
        tuple(sorted(one))
        for slot in resources(spoiled(simulator, "specialite_en_texte"), "Slot")
        for one in slot.get("specialty", ())
    }
    assert shapes == {("text",), ("coding", "text")}


def test_13_instants_labelled_utc_are_the_same_instants(simulator: Simulator) -> None:
    right = [datetime.fromisoformat(slot["start"]) for slot in resources(look(simulator).json(), "Slot")]
    written = [slot["start"] for slot in resources(spoiled(simulator, "heures_utc"), "Slot")]
    assert all(text.endswith("+00:00") for text in written)
    assert [datetime.fromisoformat(text) for text in written] == right
    assert right[0].astimezone(UTC).hour != right[0].hour


def test_14_a_self_link_of_sos_that_is_mistyped(simulator: Simulator) -> None:
    url = spoiled_sos(simulator, "self_sept_c")["link"][0]["url"]
    assert "%7C" not in url
    assert "2.27C3" in url
    assert SOS not in url


def test_14_at_most_ten_associations(simulator: Simulator) -> None:
    many = [f"9999999999{number:04d}" for number in range(9)]
    simulator.set_faults("sos_dix")
    assert look_sos(simulator, SOS, *many).status_code == 200
    assert look_sos(simulator, SOS, "99999999999999", *many).status_code == 400


def test_16_the_profile_of_another_flow(simulator: Simulator) -> None:
    for one in resources(spoiled(simulator, "profil_sos"), "Organization"):
        assert one["meta"]["profile"][0].endswith("sas-sos-organization-aggregator")


def test_19_a_type_of_slot_that_no_list_has(simulator: Simulator) -> None:
    slots = resources(spoiled(simulator, "type_inconnu"), "Slot")
    assert all("private" in kit.codes_in(slot) for slot in slots)
    slots = resources(spoiled(simulator, "types_minuscules"), "Slot")
    assert {code for slot in slots for code in kit.codes_in(slot)} <= {
        "public",
        "pro",
        "snp",
        "cpts",
        "private",
    }


def test_an_editor_of_the_first_flow_refuses_the_inclusions_of_the_fourth(simulator: Simulator) -> None:
    simulator.set_faults("r01_seul")
    assert (look(simulator).status_code, kit.outcome_of(look(simulator))["code"]) == (400, "not-supported")
    assert bundle_of(ask(simulator.address, kit.slots_of(ONE_PLACE)))["total"] > 0


def test_a_whole_agenda_comes_with_what_is_busy_or_past() -> None:
    clock = [NOW]
    world = invented_world(NOW, territories=("essai",))
    with Simulator(world, lambda: clock[0]) as simulator:
        right = resources(look_sos(simulator).json(), "Slot")
        simulator.take(right[-1]["id"])
        clock[0] = datetime.fromisoformat(right[1]["start"])
        assert resources(look_sos(simulator).json(), "Slot") == right[1:-1]
        whole = resources(spoiled_sos(simulator, "creneaux_occupes"), "Slot")
    assert [slot["id"] for slot in whole] == [slot["id"] for slot in right]
    assert [slot["status"] for slot in whole] == ["free"] * (len(right) - 1) + ["busy"]


def test_nothing_included(simulator: Simulator) -> None:
    assert {one["resourceType"] for one in resources(spoiled(simulator, "sans_inclusions"))} == {"Slot"}
    assert {one["resourceType"] for one in resources(spoiled_sos(simulator, "sans_inclusions"))} == {
        "Schedule"
    }


@pytest.mark.parametrize("name", ["creneau_abime", "creneau_illisible", "creneau_orphelin"])
def test_one_bad_slot_leaves_the_others_as_they_are(simulator: Simulator, name: str) -> None:
    right = resources(look(simulator).json(), "Slot")
    wrong = resources(spoiled(simulator, name), "Slot")
    assert wrong[0] != right[0]
    assert wrong[1:] == right[1:]


def test_no_profile_no_link_and_another_order(simulator: Simulator) -> None:
    right = look(simulator).json()
    bundle = spoiled(simulator, "sans_profil", "sans_self", "ordre_inverse")
    assert "meta" not in bundle
    assert "link" not in bundle
    assert not any("profile" in one.get("meta", {}) for one in resources(bundle))
    assert [one["id"] for one in resources(bundle)] == [one["id"] for one in resources(right)][::-1]


def test_every_entry_twice(simulator: Simulator) -> None:
    right = look(simulator).json()["entry"]
    assert spoiled(simulator, "doublons")["entry"] == [entry for entry in right for _ in range(2)]


def test_empty_elements_are_sent(simulator: Simulator) -> None:
    assert list(kit.empty_parts(look(simulator).json())) == []
    assert len(list(kit.empty_parts(spoiled(simulator, "champs_vides")))) > 3


def next_of(bundle: kit.Json) -> str:
    (url,) = (link["url"] for link in bundle["link"] if link["relation"] == "next")
    return str(url)


def test_two_pages_are_the_whole_answer_between_them(simulator: Simulator) -> None:
    right = look(simulator).json()["entry"]
    first = spoiled(simulator, "suite")
    second = requests.get(next_of(first), timeout=kit.SECONDS).json()
    assert first["entry"] + second["entry"] == right
    assert first["entry"]
    assert second["entry"]
    assert [link["relation"] for link in second["link"]] == ["self"]


def test_a_next_page_elsewhere(simulator: Simulator) -> None:
    url = next_of(spoiled(simulator, "suite_ailleurs"))
    assert urlsplit(url).netloc != urlsplit(simulator.address).netloc


def test_a_next_page_that_never_ends(simulator: Simulator) -> None:
    first = spoiled(simulator, "suite_sans_fin")
    second = requests.get(next_of(first), timeout=kit.SECONDS).json()
    assert second["entry"] == first["entry"]
    assert next_of(second) == next_of(first)

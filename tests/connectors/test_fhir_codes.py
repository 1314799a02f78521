from __future__ import annotations

import pytest

from osnp_console.domain.slots.slot import BookingMode
from tests.connectors.searchset_readings import only, read_pages
from tests.connectors.searchsets import ACT_CODE, STRUCTURES, TYPES, Json, bundle, party, slot, written


def test_one_comes_to_a_walk_in_without_booking() -> None:
    walk_in = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0276", "code": "WALKIN"}]}
    found = only(slot(0, appointmentType=walk_in), *party())
    assert (found.walk_in, found.origins[0].mode, found.origins[0].url) == (True, None, None)


@pytest.mark.parametrize("comment", [None, "", "Apporter sa carte", "javascript:alert(1)"])
def test_a_comment_that_is_no_page_books_nowhere(comment: str | None) -> None:
    found = only(slot(0, comment=comment), *party())
    assert (found.walk_in, found.origins[0].mode, found.origins[0].url) == (False, None, None)


def test_an_agenda_that_books_by_itself_needs_no_page() -> None:
    resources = bundle([slot(0, comment=None), *party()])
    found = read_pages(written(resources), mode=BookingMode.DIRECT)[1][0]
    assert found.origins[0].mode is BookingMode.DIRECT


def test_all_types_are_kept_unknown_ones_and_small_letters_too() -> None:
    labels = [{"system": TYPES, "code": code} for code in ("public", "SNP", "PRIVATE")]
    labels += [
        {"code": "CPTS"},
        {"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"},
    ]
    found = only(slot(0, meta={"security": labels}), *party())
    assert found.types == {"PUBLIC", "SNP", "PRIVATE", "CPTS"}


def test_a_slot_that_says_nothing_of_its_types_and_ways_has_none() -> None:
    found = only(slot(0, meta=None, serviceType=None), *party())
    assert not found.types | found.modalities
    assert not found.reasons + found.specialties


def test_reasons_stand_alone_or_beside_a_modality() -> None:
    services = [
        {"coding": [{"system": ACT_CODE, "code": "AMB"}], "text": "Consultation"},
        {"coding": [{"system": ACT_CODE, "code": "VR", "display": "virtual"}]},
        {"text": "Visite de contrôle"},
        {"text": "Consultation"},
    ]
    found = only(slot(0, serviceType=services), *party())
    assert found.modalities == {"AMB", "VR"}
    assert found.reasons == ("Consultation", "Visite de contrôle")


def test_a_specialty_is_its_code_else_its_text() -> None:
    specialties = [
        {"coding": [{"code": "SM54"}], "text": "Médecine générale"},
        {"text": "Pneumologie"},
    ]
    assert only(slot(0, specialty=specialties), *party()).specialties == ("SM54", "Pneumologie")


@pytest.mark.parametrize(
    "system",
    [
        "https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement",
        "https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/TRE_R66-CategorieEtablissement",
        "https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement",
        None,
    ],
)
def test_a_cpts_is_found_whatever_the_spelling_of_its_marker(system: str | None) -> None:
    found = only(slot(0, serviceType=[cpts_link("1", system)]), *party(), *cpts("1", "1350000027"))
    assert found.cpts == {"350000027"}
    assert (len(found.modalities), found.reasons) == (0, ())


def test_a_slot_may_be_shown_by_several_cpts() -> None:
    links = [cpts_link("1"), cpts_link("2"), cpts_link("absent")]
    found = only(slot(0, serviceType=links), *party(), *cpts("1", "1350000027"), *cpts("2", "12A0000035"))
    assert found.cpts == {"350000027", "2A0000035"}


def cpts_link(name: str, system: str | None = "x/TRE_R66-CategorieEtablissement") -> Json:
    url = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType"
    pointer = {"url": url, "valueReference": {"reference": f"HealthcareService/s{name}"}}
    coding = {"code": "604"} if system is None else {"code": "604", "system": system}
    return {"extension": [pointer], "coding": [coding], "text": "CPTS"}


def cpts(name: str, finess: str) -> list[Json]:
    return [
        {
            "resourceType": "HealthcareService",
            "id": f"s{name}",
            "providedBy": {"reference": f"Organization/o{name}"},
        },
        {
            "resourceType": "Organization",
            "id": f"o{name}",
            "identifier": [{"system": STRUCTURES, "value": finess}],
            "name": "CPTS des Essais",
        },
    ]

from __future__ import annotations

from typing import Any

import pytest

from osnp_console.domain.slots.slot import Slot
from tests.connectors.searchset_readings import only, read
from tests.connectors.searchsets import (
    PRACTITIONERS,
    RPPS,
    STRUCTURES,
    Json,
    party,
    practitioner,
    role,
    schedule,
    slot,
)


def with_place(**location: Any) -> Slot:
    contained = {"resourceType": "Location", "id": "lieu", **location}
    return only(slot(0), schedule(), practitioner(), role(contained=[contained]))


@pytest.mark.parametrize(
    ("identifiers", "rpps"),
    [
        ([{"system": PRACTITIONERS, "value": f"8{RPPS}"}], RPPS),
        ([{"system": PRACTITIONERS, "value": RPPS}], RPPS),
        ([{"system": "https://rpps.esante.gouv.fr", "value": RPPS}], RPPS),
        ([{"value": f"8{RPPS}"}], RPPS),
        (
            [{"system": "urn:autre", "value": "12345678901"}, {"system": PRACTITIONERS, "value": f"8{RPPS}"}],
            RPPS,
        ),
        ([{"system": PRACTITIONERS, "value": "0359912345"}], None),
        ([{"system": PRACTITIONERS, "value": "3456780581/11242343"}], None),
        ([], None),
    ],
)
def test_an_rpps_is_its_eleven_digits(identifiers: list[Json], rpps: str | None) -> None:
    found = only(slot(0), schedule(), practitioner(identifier=identifiers), role())
    assert (found.practitioner.rpps, found.practitioner.name) == (rpps, "Anne Bréhault")


def test_a_practitioner_may_be_named_by_reference_alone() -> None:
    pointer = {"identifier": {"system": PRACTITIONERS, "value": f"8{RPPS}"}, "display": "Dr Anne Bréhault"}
    found = only(slot(0), schedule(actor=[{"reference": "PractitionerRole/r1"}]), role(practitioner=pointer))
    assert (found.practitioner.name, found.practitioner.rpps) == ("Dr Anne Bréhault", RPPS)


@pytest.mark.parametrize(
    ("organization", "identifiers", "place"),
    [
        ({"system": STRUCTURES, "value": "1350000019"}, None, "1350000019"),
        ({"value": "412345678912345"}, None, "412345678912345"),
        (
            {"value": "à part"},
            [{"system": "https://editeur.invalid", "value": "77"}],
            "https://editeur.invalid|77",
        ),
        ({"system": STRUCTURES, "value": "12A0000019"}, None, "12A0000019"),
        ({"system": "https://finess.esante.gouv.fr", "value": "350000019"}, None, "1350000019"),
        (
            {"system": STRUCTURES, "value": "333417374800020"},
            [
                {"system": STRUCTURES, "value": "1350000019"},
                {"system": STRUCTURES, "value": "333417374800020"},
            ],
            "1350000019",
        ),
    ],
)
def test_a_place_is_known_by_its_national_number_else_by_the_editors(
    organization: Json, identifiers: list[Json] | None, place: str
) -> None:
    contained: Json = {"resourceType": "Location", "id": "lieu"}
    if identifiers is not None:
        contained["identifier"] = identifiers
    made = role(contained=[contained], organization={"identifier": organization})
    assert only(slot(0), schedule(), practitioner(), made).place.id == place


def test_an_address_of_several_lines_is_one() -> None:
    place = with_place(address={"line": ["Bâtiment B", " ", "3 rue du Port"], "city": "Redon"}).place
    assert (place.address, place.city, place.postcode) == ("Bâtiment B, 3 rue du Port", "Redon", None)


def test_one_contained_location_is_the_place_even_when_the_pointer_is_wrong() -> None:
    made = role(location=[{"reference": "#autre"}])
    assert only(slot(0), schedule(), practitioner(), made).place.city == "Redon"


def test_a_site_of_sos_medecins_is_a_place_without_practitioner() -> None:
    site: Json = {
        "resourceType": "Location",
        "id": "site",
        "identifier": [{"system": "https://editeur.invalid", "value": "7"}],
        "name": "Centre de consultation",
        "address": {"line": ["1 place des Essais"], "city": "Rennes", "postalCode": "35000"},
        "telecom": [{"system": "phone", "value": "+33299000000"}],
        "managingOrganization": {"reference": "Organization/sos"},
    }
    association: Json = {
        "resourceType": "Organization",
        "id": "sos",
        "name": "Association",
        "identifier": [{"system": STRUCTURES, "value": "333417374800020"}],
    }
    found = only(slot(0), schedule(actor=[{"reference": "Location/site"}]), site, association)
    assert (found.practitioner.name, found.practitioner.rpps) == (None, None)
    # The association has several sites: its number is not the site's.
    assert found.place.id == "https://editeur.invalid|7"
    assert (found.place.name, found.place.phone) == ("Centre de consultation", "+33299000000")


def test_two_places_of_one_practitioner_are_two_schedules() -> None:
    other = role(id="r2", organization={"identifier": {"system": STRUCTURES, "value": "1350000027"}})
    second = schedule(id="a2", actor=[{"reference": "Practitioner/p1"}, {"reference": "PractitionerRole/r2"}])
    _, slots = read([slot(0), slot(1, schedule={"reference": "Schedule/a2"}), *party(), other, second])
    assert [one.place.id for one in slots] == ["1350000019", "1350000027"]

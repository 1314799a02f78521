"""The kit’s checks of INT_R02, regulators’ accounts (SAS protocol note, section 7), on the simulator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from urllib.parse import quote

import pytest
import requests

from osnp_console.connectors.simulator.server import Simulator
from osnp_console.connectors.simulator.world import World
from tests.connectors import kit
from tests.connectors.kit import NOW, PERSON

TECHNICAL = "urn:oid:1.2.250.1.213.3.6"
FIRST, SECOND = "3456780581/11242343", "3456780581/11242344"
UUID = "0b7a2c55-4d1e-4f0a-9a36-1f7f3c2b9d10"
FHIR = {"Content-Type": "application/fhir+json"}


@pytest.fixture
def base() -> Iterator[str]:
    with Simulator(World(NOW), lambda: NOW) as simulator:
        yield f"{simulator.address}/fhir"


def account(value: str = FIRST, system: str = PERSON, code: str = "IDNPS") -> kit.Json:
    return {
        "resourceType": "Practitioner",
        "meta": {"source": TECHNICAL},
        "identifier": [{"type": {"coding": [{"code": code}]}, "system": system, "value": value}],
        "active": True,
        "name": [{"family": "ESSAI", "given": ["Camille"]}],
        "telecom": [{"system": "email", "value": "camille@essai.invalid"}],
    }


def create(base: str, body: kit.Json) -> requests.Response:
    return requests.post(f"{base}/Practitioner", json=body, headers=FHIR, timeout=kit.SECONDS)


def change(base: str, body: kit.Json, value: str = FIRST, system: str = PERSON) -> requests.Response:
    url = f"{base}/Practitioner?identifier={system}%7C{quote(value, safe='')}"
    return requests.put(url, json=body, headers=FHIR, timeout=kit.SECONDS)


def test_an_account_is_created_where_its_location_says(base: str) -> None:
    created = create(base, account())
    assert created.status_code == 201
    read = requests.get(created.headers["Location"], timeout=kit.SECONDS).json()
    assert created.headers["Location"] == f"{base}/Practitioner/{read['id']}"
    assert read == {**account(), "id": read["id"]}


def test_a_technical_identifier_creates_an_account_too(base: str) -> None:
    assert create(base, account(UUID, TECHNICAL, "INTRN")).status_code == 201


def test_the_same_account_twice_is_refused(base: str) -> None:
    assert create(base, account()).status_code == 201
    again = create(base, account())
    assert (again.status_code, kit.outcome_of(again)["code"]) == (422, "duplicate")


def _without(name: str) -> Callable[[kit.Json], None]:
    return lambda body: body.pop(name)


def _empty_family(body: kit.Json) -> None:
    body["name"][0]["family"] = " "


def _no_given(body: kit.Json) -> None:
    body["name"][0]["given"] = []


def _empty_mail(body: kit.Json) -> None:
    body["telecom"][0]["value"] = ""


def _telephone(body: kit.Json) -> None:
    body["telecom"][0]["system"] = "phone"


def _type_of_another_system(body: kit.Json) -> None:
    body["identifier"][0]["type"]["coding"][0]["code"] = "INTRN"


def _system_of_another_type(body: kit.Json) -> None:
    body["identifier"][0]["system"] = TECHNICAL


def _active_in_words(body: kit.Json) -> None:
    body["active"] = "true"


@pytest.mark.parametrize(
    "spoil",
    [
        _without("identifier"),
        _without("name"),
        _without("telecom"),
        _without("active"),
        _empty_family,
        _no_given,
        _empty_mail,
        _telephone,
        _type_of_another_system,
        _system_of_another_type,
        _active_in_words,
    ],
    ids=lambda spoil: spoil.__name__,
)
def test_an_incomplete_account_is_refused_when_created_and_when_changed(
    base: str, spoil: Callable[[kit.Json], None]
) -> None:
    body = deepcopy(account())
    spoil(body)
    refused = create(base, body)
    assert (refused.status_code, kit.outcome_of(refused)["severity"]) == (422, "error")
    assert create(base, account()).status_code == 201
    assert change(base, body).status_code == 422


def test_a_technical_identifier_that_is_no_uuid_is_refused(base: str) -> None:
    assert create(base, account("essai", TECHNICAL, "INTRN")).status_code == 422


@pytest.mark.parametrize("sent", [b"", b"{", b"[]", b'{"resourceType": "Patient"}', b"[" * 5000])
def test_what_is_no_practitioner_is_malformed(base: str, sent: bytes) -> None:
    response = requests.post(f"{base}/Practitioner", data=sent, headers=FHIR, timeout=kit.SECONDS)
    assert (response.status_code, kit.outcome_of(response)["code"]) == (400, "structure")


def test_a_change_is_kept_under_the_same_address(base: str) -> None:
    created = create(base, account())
    body = account()
    body["name"][0]["family"] = "AUTRE"
    changed = change(base, body)
    assert changed.status_code == 200
    assert changed.headers["Location"] == created.headers["Location"]
    read = requests.get(created.headers["Location"], timeout=kit.SECONDS).json()
    assert read["name"][0]["family"] == "AUTRE"


def test_changing_somebody_unknown_creates_the_account(base: str) -> None:
    changed = change(base, account())
    assert changed.status_code in (200, 201)
    assert requests.get(changed.headers["Location"], timeout=kit.SECONDS).status_code == 200


def test_the_slash_of_an_identifier_may_be_coded_or_not(base: str) -> None:
    created = create(base, account())
    url = f"{base}/Practitioner?identifier={PERSON}%7C{FIRST}"
    changed = requests.put(url, json=account(), headers=FHIR, timeout=kit.SECONDS)
    assert changed.headers["Location"] == created.headers["Location"]


def test_an_identifier_is_changed_by_a_request_under_the_old_one(base: str) -> None:
    created = create(base, account())
    assert change(base, account(SECOND), FIRST).headers["Location"] == created.headers["Location"]
    assert change(base, account(SECOND), SECOND).headers["Location"] == created.headers["Location"]
    assert create(base, account(FIRST)).status_code == 201


def test_the_identifier_of_another_active_account_cannot_be_taken(base: str) -> None:
    create(base, account(FIRST))
    create(base, account(SECOND))
    assert change(base, account(FIRST), SECOND).status_code == 422


def test_a_deactivated_account_is_kept_and_its_identifier_can_be_given_again(base: str) -> None:
    created = create(base, account())
    assert change(base, {**account(), "active": False}).status_code == 200
    assert requests.get(created.headers["Location"], timeout=kit.SECONDS).json()["active"] is False
    again = create(base, account())
    assert again.status_code == 201
    assert again.headers["Location"] != created.headers["Location"]
    # From now on the identifier is that of the active account.
    assert change(base, account()).headers["Location"] == again.headers["Location"]


def test_an_identifier_leads_to_the_active_account_even_where_another_had_it_later(base: str) -> None:
    first, second = create(base, account(FIRST)), create(base, account(SECOND))
    # The second takes over the first's identifier, but is no longer active.
    assert change(base, {**account(FIRST), "active": False}, SECOND).status_code == 200
    assert change(base, account(FIRST)).headers["Location"] == first.headers["Location"]
    assert first.headers["Location"] != second.headers["Location"]


def test_there_is_no_deletion(base: str) -> None:
    created = create(base, account())
    assert requests.delete(created.headers["Location"], timeout=kit.SECONDS).status_code == 405


def test_a_change_without_an_identifier_is_refused(base: str) -> None:
    refused = requests.put(f"{base}/Practitioner", json=account(), headers=FHIR, timeout=kit.SECONDS)
    assert (refused.status_code, kit.outcome_of(refused)["code"]) == (400, "required")


def test_a_body_of_another_type_is_refused(base: str) -> None:
    sent = requests.post(
        f"{base}/Practitioner", data=b"{}", headers={"Content-Type": "text/plain"}, timeout=kit.SECONDS
    )
    assert sent.status_code == 415

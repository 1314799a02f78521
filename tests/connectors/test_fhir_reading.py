from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osnp_console.app.sources.agendas import Deadline, Reading, SourceFailure
from osnp_console.connectors.fhir.reading import SlotReading
from osnp_console.connectors.fhir.translation import SlotSource
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.slot import BookingMode
from tests.connectors.searchset_readings import NOW, QUERY, only, read, read_pages
from tests.connectors.searchsets import (
    FIRST,
    RPPS,
    Json,
    bundle,
    outcome,
    party,
    practitioner,
    role,
    schedule,
    searchset,
    slot,
    written,
)


def test_a_slot_says_who_where_when_and_how_to_book() -> None:
    found = only(slot(0), *party())
    assert found.start == FIRST
    assert found.end == FIRST + timedelta(minutes=20)
    assert (found.practitioner.name, found.practitioner.rpps) == ("Anne Bréhault", RPPS)
    place = found.place
    assert (place.id, place.address, place.postcode, place.city) == (
        "1350000019",
        "3 rue du Port",
        "35600",
        "Redon",
    )
    assert place.phone == "+33261910000"
    origin = found.origins[0]
    assert (origin.source, origin.reference, origin.seen_at) == ("sas", "Slot/c0", NOW)
    assert (origin.mode, origin.url) == (BookingMode.PORTAL, "https://rdv.exemple.invalid/agenda")
    assert (found.types, found.modalities, found.dispositifs) == (
        frozenset({"SNP"}),
        frozenset({"AMB"}),
        frozenset({"35-redon-mg"}),
    )


def test_the_order_of_entries_changes_nothing() -> None:
    resources = [slot(0), slot(1), *party()]
    forward, backward = read(resources), read(resources[::-1])
    assert forward[0] == backward[0]
    assert {one.id for one in forward[1]} == {one.id for one in backward[1]}


def test_search_modes_totals_and_profiles_are_not_believed() -> None:
    plain = bundle([slot(0), *party()])
    lying: Json = copy.deepcopy(plain)
    lying["total"] = 0
    for number, entry in enumerate(lying["entry"]):
        entry["search"] = {"mode": "match" if number % 2 else "include"}
        entry["resource"]["meta"] = {**entry["resource"].get("meta", {}), "profile": ["urn:autre"]}
    assert read_pages(written(lying))[1] == read_pages(written(plain))[1]


@pytest.mark.parametrize(
    ("full_url", "reference"),
    [
        ("https://<base_URl>/Schedule/a1", "Schedule/a1"),
        (
            "https://agenda.exemple.invalid/fhir/Schedule/a1",
            "https://agenda.exemple.invalid/fhir/Schedule/a1",
        ),
        ("https://agenda.exemple.invalid/fhir/Schedule/a1", "https://autre.exemple.invalid/Schedule/a1"),
        ("https://agenda.exemple.invalid/fhir/Schedule/a1/_history/3", "Schedule/a1"),
        ("https://agenda.exemple.invalid/fhir/Schedule/a1", "Schedule/a1/_history/3"),
        ("urn:uuid:6f0c7a4e-0000-4000-8000-000000000001", "urn:uuid:6f0c7a4e-0000-4000-8000-000000000001"),
        (None, "Schedule/a1"),
    ],
)
def test_a_reference_is_followed_however_it_is_written(full_url: str | None, reference: str) -> None:
    document = bundle([slot(0, schedule={"reference": reference}), practitioner(), role()])
    entry: Json = {"resource": schedule()}
    if full_url is not None:
        entry["fullUrl"] = full_url
    document["entry"].append(entry)
    assert read_pages(written(document))[0] == Reading(1)


def test_a_resource_is_found_by_its_address_when_it_has_no_id() -> None:
    made = schedule()
    del made["id"]
    document = bundle([slot(0), practitioner(), role()])
    document["entry"].append({"fullUrl": "https://x.invalid/Schedule/a1", "resource": made})
    assert read_pages(written(document))[0] == Reading(1)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"start": None},
        {"end": None},
        {"status": None},
        {"schedule": None},
        {"schedule": {"reference": "Schedule/absent"}},
        {"start": "demain"},
        {"start": "2026-11-24"},
        {"end": 12},
        {"schedule": [{"reference": "Schedule/a1"}]},
        {"meta": {"security": {"code": "SNP"}}},
        {"serviceType": {"text": "Consultation"}},
    ],
)
def test_one_slot_that_cannot_be_read_is_lost_alone(spoiled: dict[str, Any]) -> None:
    reading, slots = read([slot(0), slot(1, **spoiled), slot(2), *party()])
    assert (reading, [one.origins[0].reference for one in slots]) == (Reading(2, 1), ["Slot/c0", "Slot/c2"])


@pytest.mark.parametrize(
    "strange", [None, 12, "Slot", [], {}, {"resourceType": "Basic", "id": "b"}, {"id": "x"}]
)
def test_a_resource_that_nobody_knows_is_counted_and_harms_nothing(strange: object) -> None:
    assert read([slot(0), strange, *party()])[0] == Reading(1, 1)


def test_an_entry_that_is_no_object_is_counted_and_harms_nothing() -> None:
    document = bundle([slot(0), *party()])
    document["entry"] += [None, "x", []]
    assert read_pages(written(document))[0] == Reading(1, 3)


def test_nothing_that_could_be_read_is_never_an_empty_agenda() -> None:
    reading, slots = read([slot(0, start=None), slot(1, end=None)])
    assert (reading, slots) == (Reading(0, 2), [])


def test_what_the_server_says_beside_the_slots_is_told() -> None:
    document = bundle([slot(0), *party()])
    said = {"resourceType": "OperationOutcome", "issue": [{"diagnostics": "réponse partielle"}]}
    document["entry"].append({"resource": said, "search": {"mode": "outcome"}})
    assert read_pages(written(document))[0] == Reading(1, 0, "réponse partielle")


def test_a_practitioner_that_cannot_be_read_costs_its_name_not_the_slot() -> None:
    reading, slots = read([slot(0), schedule(), practitioner(name="Bréhault"), role()])
    assert reading == Reading(1, 1)
    assert (slots[0].practitioner.name, slots[0].place.city) == (None, "Redon")


def test_a_slot_of_nobody_nowhere_is_lost() -> None:
    assert read([slot(0), schedule()])[0] == Reading(0, 1)


@pytest.mark.parametrize("status", ["busy", "busy-tentative", "entered-in-error"])
def test_a_slot_that_is_not_free_is_read_but_not_shown(status: str) -> None:
    assert read([slot(0, status=status), *party()]) == (Reading(1), [])


@pytest.mark.parametrize("end", ["2026-11-24T10:00:00+01:00", "2026-11-24T09:00:00+01:00"])
def test_a_slot_that_does_not_end_after_it_starts_is_not_shown(end: str) -> None:
    assert read([slot(0, end=end), *party()]) == (Reading(1), [])


def test_both_ends_of_the_window_are_in_it() -> None:
    first, last = QUERY.start, QUERY.end
    hours = [first, last, first - timedelta(seconds=1), last + timedelta(seconds=1)]
    slots = [
        slot(number, start=hour.isoformat(), end=(hour + timedelta(minutes=20)).isoformat())
        for number, hour in enumerate(hours)
    ]
    reading, found = read([*slots, *party()])
    assert (reading.read, [one.start for one in found]) == (4, [first, last])


def test_what_a_slot_points_to_may_come_with_the_next_page() -> None:
    more = [{"relation": "next", "url": "https://x.invalid/2"}]
    pages = [slot(0), schedule()], [practitioner()], [slot(1), role()]
    first, second, last = pages
    reading, slots = read_pages(
        written(bundle(first, link=more)), written(bundle(second, link=more)), written(bundle(last))
    )
    assert (reading, len(slots)) == (Reading(2), 2)
    assert {(one.practitioner.name, one.place.city) for one in slots} == {("Anne Bréhault", "Redon")}


def test_agendas_without_one_slot_are_not_an_empty_agenda() -> None:
    with pytest.raises(SourceFailure, match="des agendas sans leurs créneaux"):
        read(party())


def test_the_address_of_the_next_page_is_told() -> None:
    links = [
        {"relation": "self", "url": "https://x.invalid/1"},
        {"relation": "next", "url": "https://x.invalid/2"},
    ]
    reading = SlotReading(SlotSource("s", frozenset(), NOW), QUERY, Deadline(60), lambda slots: None)
    assert reading.page(written(bundle([], link=links))) == "https://x.invalid/2"
    assert reading.page(written(bundle([], link=None))) is None


def test_slots_are_handed_over_in_small_lists() -> None:
    lists: list[int] = []
    reading = SlotReading(
        SlotSource("s", frozenset(), NOW), QUERY, Deadline(60), lambda slots: lists.append(len(slots))
    )
    hour = FIRST.isoformat()
    reading.page(
        written(bundle([*party(), *(slot(0, id=f"c{number}", start=hour) for number in range(650))]))
    )
    assert (sum(lists), max(lists)) == (650, 200)


def test_a_reading_stops_when_its_time_is_over() -> None:
    reading = SlotReading(SlotSource("s", frozenset(), NOW), QUERY, Deadline(0), lambda slots: None)
    with pytest.raises(SourceFailure) as raised:
        reading.page(searchset())
    assert raised.value.state is SourceState.LATE


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "réponse illisible"),
        (searchset()[:-40], "réponse illisible"),
        (b"[]", "réponse illisible (ce n’est pas une liste de créneaux)"),
        (
            b'{"resourceType": "Bundle", "entry": {}}',
            "réponse illisible (ce n’est pas une liste de créneaux)",
        ),
        (written(slot(0)), "réponse illisible (ce n’est pas une liste de créneaux)"),
        (b"{}", "réponse illisible (ce n’est pas une liste de créneaux)"),
        (outcome("certificat inconnu"), "réponse illisible (certificat inconnu)"),
    ],
)
def test_what_is_no_searchset_is_a_failure(body: bytes, said: str) -> None:
    with pytest.raises(SourceFailure) as raised:
        read_pages(body)
    assert (raised.value.state, raised.value.message) == (SourceState.FAILED, said)


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
WHERE = st.sampled_from(
    [
        (kind, name)
        for kind, made in (("Slot", slot(0)), *((one["resourceType"], one) for one in party()))
        for name in made
    ]
)


@settings(max_examples=300)
@given(WHERE, JUNK)
def test_whatever_stands_in_one_element_the_other_slot_is_read(where: tuple[str, str], junk: object) -> None:
    kind, name = where
    spoiled = [copy.deepcopy(one) for one in (slot(0), *party())]
    for one in spoiled:
        if one["resourceType"] == kind:
            one[name] = junk
            one["id"] = f"autre-{one['id']}" if name != "id" else junk
    whole = [slot(1), *party()]
    reading, slots = read([*whole, *spoiled])
    assert "Slot/c1" in [found.origins[0].reference for found in slots]
    assert reading.read >= 1


@given(st.binary(max_size=200))
def test_bytes_of_nothing_are_a_failure(body: bytes) -> None:
    with pytest.raises(SourceFailure) as raised:
        read_pages(body)
    assert raised.value.state is SourceState.FAILED


@pytest.mark.parametrize("deep", [b"[" * 100_000, b'{"resourceType":"Bundle","entry":[' + b"[" * 100_000])
def test_nesting_without_end_is_a_failure(deep: bytes) -> None:
    with pytest.raises(SourceFailure):
        read_pages(deep)

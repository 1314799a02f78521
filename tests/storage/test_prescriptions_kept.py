"""Prescriptions in the base: kept whole, found by what is known of them, numbered without a gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from osnp_console.app.ports import Conflict, StoreFailure
from osnp_console.app.prescription.records import ArchivedPaper, PrescriptionQuery, SettledFiness
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.hours import Hours
from osnp_console.domain.prescription.content import OrderedAct
from osnp_console.domain.prescription.moves import PrescriptionMove, PrescriptionState
from osnp_console.domain.prescription.nurses import Nurse, NurseAnswer
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.storage.store import Store
from tests.storage.places import StorePlace
from tests.unit.prescriptions import CONTENT, NOW, PATIENT, after, draft, other, validated

DESKS, EACH = 4, 5


def put(store: Store, prescription: Prescription) -> Prescription:
    """Keep it."""
    with store.unit() as unit:
        saved = unit.prescriptions.save(prescription)
        unit.commit()
    return saved


def whole() -> Prescription:
    """A prescription that has something in each of its fields."""
    born = PartialDate.parse("1950")
    patient = replace(PATIENT, birth=born, used_name="D’ŒUVRE", address="1, rue « B »\nLe Mans", phone="06")
    acts = (OrderedAct("autre", "Pansement", "2 fois par semaine", "15 jours"), OrderedAct("perfusion"))
    one = after(validated(other(patient=patient, acts=acts, call_reference="c-1")), PrescriptionMove.PRINT)
    tried = one.tried("n-1", "Cabinet", NOW).answered(NurseAnswer.ACCEPTED, NOW).tried("n-2", "Autre", NOW)
    return replace(tried.reported("Vu", NOW), replaces="72-x-2026-00001")


def test_a_prescription_comes_back_whole_and_unchanged(store: Store) -> None:
    saved = put(store, whole())
    with store.unit() as unit:
        assert unit.prescriptions.get("p-1") == saved
        assert unit.prescriptions.by_number("72-sarthe-ide-2026-00017") == saved
        assert list(unit.prescriptions.of_call("call-1")) == [saved]
        assert saved.is_intact
        for missing in (unit.prescriptions.get, unit.prescriptions.by_number):
            with pytest.raises(StoreFailure):
                missing("p-404")


def test_a_prescription_that_another_desk_changed_is_not_written_over(store: Store) -> None:
    first = put(store, draft())
    put(store, first.written(other(at_home=False)))
    for stale in (first, draft()):
        with pytest.raises(Conflict):
            put(store, stale)


@pytest.mark.parametrize(
    "query",
    [
        PrescriptionQuery(patient="d'oeuvre"),
        PrescriptionQuery(patient="Léa mart"),
        PrescriptionQuery(nurse="n-1"),
        PrescriptionQuery(since=NOW.date(), until=NOW.date()),
        PrescriptionQuery(finess="29 199 10 81"),
        PrescriptionQuery(number="72-sarthe-ide-2026-00017"),
        PrescriptionQuery(act="perfusion"),
        PrescriptionQuery(states=frozenset({PrescriptionState.PRINTED})),
        PrescriptionQuery(dispositif="72-sarthe-ide", patient="martin", act="autre"),
    ],
)
def test_it_is_found_by_each_thing_that_is_known_of_it(store: Store, query: PrescriptionQuery) -> None:
    wanted = put(store, whole())
    elsewhere = replace(
        CONTENT,
        dispositif="85-vendee-ide",
        finess="850000019",
        patient=replace(PATIENT, birth_name="MARTINEAU", first_names="Paul"),
        written_at=NOW - timedelta(days=1),
    )
    put(store, replace(draft(elsewhere), id="p-2"))
    with store.unit() as unit:
        assert list(unit.prescriptions.find(query, 10)) == [wanted]


def test_the_latest_come_first_and_no_more_than_asked_for(store: Store) -> None:
    for number in range(3):
        put(store, replace(draft(), id=f"p-{number}", made_at=NOW + timedelta(minutes=number)))
    with store.unit() as unit:
        found = unit.prescriptions.find(PrescriptionQuery(), 2)
        assert [one.id for one in found] == ["p-2", "p-1"]
        assert unit.prescriptions.find(PrescriptionQuery(patient="%"), 2) == found, "no word at all"
        assert unit.prescriptions.find(PrescriptionQuery(act="%"), 2) == []


def test_desks_that_validate_at_once_get_numbers_without_gap_or_double_even_when_some_fail(
    store: Store, place: StorePlace
) -> None:
    together, given = Barrier(DESKS), list[int]()

    def validate(desk: int) -> None:
        own = place.open()
        try:
            together.wait()
            for turn in range(EACH):
                with own.unit() as unit:
                    number = unit.prescriptions.next_number("72-sarthe-ide", 2026)
                    if (desk + turn) % 3 == 0:
                        continue  # left without a commit: a full disk, a document that cannot be made
                    unit.commit()
                    given.append(number.rank)
        finally:
            own.close()

    desks = [Thread(target=validate, args=(desk,)) for desk in range(DESKS)]
    for one in desks:
        one.start()
    for one in desks:
        one.join()
    assert sorted(given) == list(range(1, len(given) + 1))
    with store.unit() as unit:
        assert unit.prescriptions.next_number("72-sarthe-ide", 2027).rank == 1
        assert unit.prescriptions.next_number("85-vendee-ide", 2026).rank == 1


def test_an_original_is_never_written_over_and_a_signed_one_may_be_made_again(store: Store) -> None:
    original = ArchivedPaper("p-1", "original", NOW, b"\0%PDF", "sha256:a")
    signed = replace(original, kind="signee", content=b"s")
    with store.unit() as unit:
        unit.prescriptions.archive(original)
        unit.prescriptions.archive(signed)
        unit.prescriptions.archive(replace(signed, content=b"t"))
        unit.commit()
    with store.unit() as unit, pytest.raises(Conflict):
        unit.prescriptions.archive(replace(original, content=b"x"))
    with store.unit() as unit:
        assert unit.prescriptions.paper("p-1", "original") == original
        found = unit.prescriptions.paper("p-1", "signee")
        assert found is not None
        assert found.content == b"t"
        assert unit.prescriptions.paper("p-2", "original") is None


def test_what_the_site_settled_stays_until_it_settles_otherwise(store: Store) -> None:
    first = SettledFiness("85-vendee-ide", "850000019", "courrier", False, "Claude", NOW)
    with store.unit() as unit:
        assert unit.prescriptions.settled("85-vendee-ide") is None
        unit.prescriptions.settle(first)
        unit.prescriptions.settle(replace(first, finess="850000027"))
        unit.commit()
    with store.unit() as unit:
        assert unit.prescriptions.settled("85-vendee-ide") == replace(first, finess="850000027")


def test_the_directory_of_nurses_is_kept(store: Store) -> None:
    nurse = Nurse(
        "n-1", "Cabinet", "10002909371", "Cabinet", "02", "a@example.org", frozenset({"72181"}), "72181",
        Hours("Mo-Fr 08:00-19:00", "en semaine"),
    )  # fmt: skip
    with store.unit() as unit:
        unit.nurses.put(replace(nurse, name="Avant"))
        unit.nurses.put(nurse)
        unit.nurses.put(Nurse("n-2", "Aline"))
        unit.commit()
    with store.unit() as unit:
        assert unit.nurses.all() == [Nurse("n-2", "Aline"), nurse]
        assert unit.nurses.remove("n-2")
        assert not unit.nurses.remove("n-2")

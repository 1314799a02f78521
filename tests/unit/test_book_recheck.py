"""Before a slot is booked its agendas are asked again: free, taken, or not to be known."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from osnp_console.app.effecteurs.directory import Directory
from osnp_console.app.slots.recheck_slot import Checked, Recheck, SlotRecheck, is_same
from osnp_console.app.slots.search_queries import queries_for, query_again, tied_by
from osnp_console.app.slots.search_slots import SlotSearch
from osnp_console.app.sources.agendas import (
    Connector,
    Deadline,
    Found,
    Reading,
    SlotQuery,
    SourceFailure,
)
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.merging import merge_slots
from osnp_console.domain.slots.slot import Capacity, Place, Slot
from osnp_console.domain.slots.source import SourceKind
from tests.unit.slot_doubles import (
    PRACTICE,
    WINDOW,
    HandTurned,
    Heard,
    ManyAgendas,
    Step,
    made_slot,
    made_source,
)
from tests.unit.strategies import INSTANT

DOWN = SourceFailure(SourceState.FAILED, "pas de connexion")
NOBODY = Directory()


class Bench:
    """A re-check over scripted agendas, one after the other."""

    def __init__(self) -> None:
        self.hand = HandTurned()
        self.agendas = ManyAgendas()
        portal = Connector(SourceKind.PORTAL, "Portail", (), open=None)
        self.search = SlotSearch(
            {SourceKind.FHIR_AGENDA: self.agendas.connector(), SourceKind.PORTAL: portal},
            self.hand.tools(),
            spawn=self.hand.spawn,
            later=self.hand.later,
        )
        self.sources = {name: made_source(name) for name in ("a", "b")}
        self.sources["web"] = made_source("web", SourceKind.PORTAL)

    def check(self, slot: Slot) -> Recheck:
        """Ask again; each origin answers at once, as scripted."""
        recheck = SlotRecheck(self.search, self.hand.tools(), spawn=lambda work: work())
        return recheck.check(slot, self.sources, NOBODY)


def from_both() -> Slot:
    """One slot that both sources announced."""
    return merge_slots([made_slot(source="a"), made_slot(source="b")])[0]


def test_a_slot_that_is_still_announced_is_free_and_its_source_says_so() -> None:
    bench = Bench()
    again = replace(made_slot(), reasons=("changé",))
    bench.agendas["a"].then([made_slot(0, rpps="10000000002"), again], Reading(2))
    found = bench.check(made_slot())
    assert (found.state, found.said_by, found.slot) == (Checked.FREE, ("a",), again)


def test_one_origin_that_still_announces_it_is_enough() -> None:
    bench = Bench()
    bench.agendas["b"].then([made_slot(source="b")], Reading(1))
    found = bench.check(from_both())
    assert (found.state, found.said_by) == (Checked.FREE, ("b",))


def test_what_was_announced_before_the_line_broke_counts() -> None:
    bench = Bench()
    bench.agendas["a"].then([made_slot()], DOWN)
    assert bench.check(made_slot()).state is Checked.FREE


def test_a_slot_is_taken_once_an_origin_answered_in_full_without_it() -> None:
    bench = Bench()
    bench.agendas["a"].then(DOWN)
    found = bench.check(from_both())
    assert (found.state, found.said_by) == (Checked.TAKEN, ("b",))
    assert [answer.state.value for answer in found.answers] == ["erreur", "vide"]


def test_silence_a_failure_and_an_answer_with_unreadable_parts_are_no_proof_that_it_is_taken() -> None:
    for ending in (DOWN, Reading(3, 1), RuntimeError()):
        bench = Bench()
        script: tuple[Step, ...] = (ending,)
        bench.agendas["a"].then(*script)
        found = bench.check(made_slot())
        assert (found.state, found.said_by) == (Checked.NOT_KNOWN, ())


def test_a_slot_of_a_portal_or_of_a_source_that_is_gone_cannot_be_verified() -> None:
    bench = Bench()
    assert bench.check(made_slot(source="web")).state is Checked.NOT_KNOWN
    assert bench.check(made_slot(source="gone")).state is Checked.NOT_KNOWN


def test_a_resting_source_is_not_asked_again() -> None:
    bench = Bench()
    for _ in range(3):
        bench.agendas["a"].then(DOWN)
        bench.search.start([(bench.sources["a"], WINDOW)], Heard())
        bench.hand.turn_all()
    asked = len(bench.agendas["a"].asked)
    assert bench.check(made_slot()).state is Checked.NOT_KNOWN
    assert len(bench.agendas["a"].asked) == asked


def test_a_range_that_is_full_by_now_is_taken() -> None:
    bench = Bench()
    bench.agendas["a"].then([made_slot(capacity=Capacity(3, 3))], Reading(1))
    assert bench.check(made_slot(capacity=Capacity(3, 2))).state is Checked.TAKEN


@pytest.mark.parametrize(
    ("again", "same"),
    [
        (made_slot(), True),
        (made_slot(reference="Slot/renamed"), True),
        (made_slot(rpps=None, name=None, reference="Slot/a-40"), True),
        (made_slot(60, reference="Slot/a-40"), False),
        (made_slot(reference="x", place=Place("1440000002", "Ailleurs", "2 rue", "44000", "Nantes")), False),
        (made_slot(reference="x", rpps="10000000002"), False),
    ],
)
def test_the_same_slot_is_recognised_by_its_key_else_by_who_where_and_when(again: Slot, same: bool) -> None:
    assert is_same(again, made_slot()) is same


def test_only_the_slots_own_practitioner_is_asked_for_around_its_start() -> None:
    source = made_source("a", practitioners=("10000000001", "10000000002"), structures=("33417374840002",))
    query = query_again(made_slot(), source, NOBODY)
    assert (query.practitioners, query.structures) == (("10000000001",), ())
    assert query.start < made_slot().start < query.end
    whole = query_again(made_slot(rpps=None), source, NOBODY)
    assert (whole.practitioners, whole.structures) == (source.practitioners, source.structures)


def test_the_directory_adds_whom_to_ask_and_ties_their_dispositifs() -> None:
    entry = Effecteur("10000000001", "Camille ESSAI", dispositifs=("44-lande-mg",), sources=("a",))
    directory, source = Directory([entry]), made_source("a", dispositifs=("44-autre",))
    ((asked, query),) = queries_for([source], directory, INSTANT, INSTANT + timedelta(hours=48))
    assert (asked, query.practitioners) == (source, ("10000000001",))
    assert query.end - query.start == timedelta(hours=48)
    tie = tied_by(directory)
    assert tie(made_slot(), source).dispositifs == {"44-lande-mg"}
    assert tie(made_slot(rpps="10000000009", place=PRACTICE), source).dispositifs == {"44-autre"}


def test_an_origin_that_hangs_is_waited_for_until_the_deadline_only() -> None:
    let_go = threading.Event()

    class Hangs:
        def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
            let_go.wait(60)
            return Reading(0)

        def close(self) -> None:
            """Nothing is open."""

    hand = HandTurned()
    connector = Connector(SourceKind.FHIR_AGENDA, "Essai", (), open=lambda source, tools: Hangs())
    search = SlotSearch({SourceKind.FHIR_AGENDA: connector}, hand.tools())
    found = SlotRecheck(search, hand.tools()).check(made_slot(), {"a": made_source("a")}, NOBODY, 0.05)
    assert (found.state, found.answers) == (Checked.NOT_KNOWN, ())
    let_go.set()

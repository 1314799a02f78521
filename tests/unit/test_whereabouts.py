"""Where communes are is asked for beside the work, each once, and only where the desk allows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar, cast

import pytest

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.people.session import UNNAMED
from osnp_console.app.places.commune_names import CommuneNames
from osnp_console.app.places.position_records import KnownCentre
from osnp_console.app.places.whereabouts import (
    ASK_AGAIN,
    MOST_FAILURES,
    REST,
    CommuneCentres,
    Positions,
    code_among,
)
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.sources.agendas import Deadline, SourceFailure
from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME
from osnp_console.domain.call_sheet import ASKED, ELSEWHERE, Answer
from osnp_console.domain.commune import Alias, Commune, Gazetteer
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.ranking import Whereabouts
from tests.unit.desk_calls import NOW, DeskAtWork
from tests.unit.slot_records import MemoryPositions
from tests.unit.strategies import INSTANT, LANDE, MARAIS

T = TypeVar("T")
FAR = tuple(Commune(f"9700{n}", f"Lointaine {n}", "97", (f"9700{n}",)) for n in range(MOST_FAILURES + 2))
REDON = Commune("35236", "Redon", "35", ("35600",))
BAINS = Commune("35013", "Bains-sur-Oust", "35", ("35600",))
NANTES = Commune("44109", "Nantes", "44", ("44000", "44100"))
TWINS = (Commune("01001", "Saint-Essai", "01", ("01400",)), Commune("01002", "Saint-Essai", "01", ("01400",)))
GAZETTEER = Gazetteer.of(
    (REDON, BAINS, NANTES, *TWINS, *FAR), (Alias("Saint-Perreux-Essai", "35999", "35236", "deleguee"),)
)
AT_REDON = Whereabouts(47.65, -2.08, is_centre=True)
AT_NANTES = Whereabouts(47.21, -1.55, is_centre=True)


class SimpleUnit:
    """A transaction over the centres of communes only."""

    session = UNNAMED

    def __init__(self, desk: Desk) -> None:
        self.positions = desk.records
        self.commit = desk.keep


class Desk:
    """A desk with its directory, its base, its clock; threads run when the test says so."""

    def __init__(self, *, allowed: bool = True) -> None:
        self.known: dict[str, Whereabouts | SourceFailure] = {"35236": AT_REDON, "44109": AT_NANTES}
        self.asked: list[str] = []
        self.works: list[Callable[[], None]] = []
        self.records = MemoryPositions()
        self.base_is_open = True
        self.commits = self.told = self.opened = 0
        self.now: datetime = INSTANT
        self.allowed = allowed
        self.positions = self.start()

    def start(self) -> Positions:
        """The console starts again: memory is gone, the base is there."""
        self.positions = Positions(
            self._open,
            code_among(GAZETTEER, CommuneNames(GAZETTEER)),
            self,
            lambda: self.now,
            lambda: self.allowed,
            self.works.append,
        )
        self.positions.changed = self._hear
        return self.positions

    def turn(self) -> None:
        """Let the threads run."""
        while self.works:
            self.works.pop(0)()

    def _hear(self) -> None:
        self.told += 1

    @contextmanager
    def _open(self) -> Iterator[CommuneCentres]:
        self.opened += 1
        yield self

    def centre(self, commune: str, deadline: Deadline) -> Whereabouts | None:
        assert deadline.seconds == 5
        self.asked.append(commune)
        found = self.known.get(commune)
        if isinstance(found, SourceFailure):
            raise found
        return found

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        future: Future[T] = Future()
        if self.base_is_open:
            future.set_result(work(cast(OpenUnit, self._unit)))
        else:
            future.set_exception(StoreFailure("base_verrouillee", "fermée"))
        return future

    @contextmanager
    def _unit(self) -> Iterator[object]:
        yield SimpleUnit(self)

    def keep(self) -> None:
        self.commits += 1


def late() -> SourceFailure:
    return SourceFailure(SourceState.LATE, "pas de réponse")


def test_nothing_is_asked_where_the_desk_does_not_allow_it_and_nothing_is_known() -> None:
    desk = Desk(allowed=False)
    assert desk.positions.of_place("35600", "Redon") is None
    assert desk.positions.of_patient(patient(LANDE.code)) is None
    desk.turn()
    assert (desk.asked, desk.opened, desk.told) == ([], 0, 0)


def test_what_is_missing_is_asked_for_beside_and_known_from_then_on() -> None:
    desk = Desk()
    assert desk.positions.of_place("35600", "REDON") is None
    assert desk.asked == [], "whoever asks does not wait"
    desk.turn()
    assert desk.told == 1
    assert desk.positions.of_place("35600", "REDON") == AT_REDON
    assert desk.positions.of_place("35600", "Redon") is None, "another name, still to be read"
    desk.turn()
    assert desk.positions.of_place("35600", "Redon") == AT_REDON
    assert desk.asked == ["35236"]
    assert desk.positions.is_idle


def test_each_commune_is_asked_for_once_though_many_places_are_in_it() -> None:
    desk = Desk()
    for _ in range(3):
        for city in ("Redon", "redon", "Saint-Perreux-Essai"):
            desk.positions.of_place("35600", city)
        desk.positions.of_place("44100", "Nantes")
    desk.turn()
    assert desk.asked == ["35236", "44109"]
    assert desk.opened == 1


def test_what_names_no_single_commune_of_that_postcode_is_never_sent() -> None:
    desk = Desk()
    names = [("35600", "12 rue du Port"), ("35600", "Nantes"), ("44602", "Redon"), ("01400", "Saint-Essai")]
    for name in names:
        desk.positions.of_place(*name)
    desk.turn()
    assert desk.asked == []
    assert [desk.positions.of_place(*name) for name in names] == [None] * 4
    assert desk.works == [], "nor read again"


def test_a_commune_that_is_not_known_there_is_not_asked_for_again_before_long() -> None:
    desk = Desk()
    del desk.known["35236"]
    for _ in range(2):
        desk.positions.of_place("35600", "Redon")
        desk.turn()
    assert desk.records.kept == {"35236": KnownCentre(None, INSTANT)}
    desk.start()
    desk.now += ASK_AGAIN
    desk.positions.of_place("35600", "Redon")
    desk.turn()
    assert desk.asked == ["35236"]
    desk.now += timedelta(seconds=1)
    desk.start()
    desk.positions.of_place("35600", "Redon")
    desk.turn()
    assert desk.asked == ["35236"] * 2


def test_what_the_base_keeps_is_not_asked_for_again_after_a_start() -> None:
    desk = Desk()
    desk.positions.of_place("35600", "Redon")
    desk.turn()
    assert desk.records.kept == {"35236": KnownCentre(AT_REDON, INSTANT)}
    desk.start()
    desk.now += 20 * ASK_AGAIN
    desk.positions.of_place("35600", "Redon")
    desk.turn()
    assert desk.positions.of_place("35600", "Redon") == AT_REDON
    assert desk.asked == ["35236"]


def test_a_base_that_is_not_open_keeps_nothing_from_being_known() -> None:
    desk = Desk()
    desk.base_is_open = False
    desk.positions.of_place("35600", "Redon")
    desk.turn()
    assert desk.positions.of_place("35600", "Redon") == AT_REDON


def test_a_failure_is_no_answer_it_is_not_kept_and_the_others_are_asked_all_the_same() -> None:
    desk = Desk()
    desk.known["35236"] = late()
    desk.positions.of_place("35600", "Redon")
    desk.positions.of_place("44000", "Nantes")
    desk.turn()
    assert desk.positions.of_place("35600", "Redon") is None
    assert desk.positions.of_place("44000", "Nantes") == AT_NANTES
    desk.turn()
    assert desk.records.kept.keys() == {"44109"}
    assert desk.asked == ["35236", "44109"]


def test_after_a_failure_it_is_asked_for_again_in_a_while_and_not_before() -> None:
    desk = Desk()
    desk.known["35236"] = late()
    desk.positions.of_place("35600", "Redon")
    desk.turn()
    desk.known["35236"] = AT_REDON
    desk.now += REST - timedelta(seconds=1)
    desk.positions.of_place("35600", "Redon")
    desk.turn()
    assert desk.asked == ["35236"]
    desk.now += timedelta(seconds=1)
    desk.positions.of_place("35600", "Redon")
    desk.turn()
    assert desk.positions.of_place("35600", "Redon") == AT_REDON


def test_a_directory_that_fails_several_times_in_a_row_is_left_alone_for_a_while() -> None:
    desk = Desk()
    cities = [(one.codes_postaux[0], one.nom) for one in FAR]
    desk.known |= {one.code: late() for one in FAR}
    for name in cities:
        desk.positions.of_place(*name)
    desk.turn()
    assert len(desk.asked) == MOST_FAILURES < len(FAR)
    assert desk.positions.is_idle
    for name in cities:
        desk.positions.of_place(*name)
    desk.turn()
    assert len(desk.asked) == MOST_FAILURES
    desk.known |= {one.code: AT_NANTES for one in FAR}
    desk.now += REST
    for _ in range(2):
        for name in cities:
            desk.positions.of_place(*name)
        desk.turn()
    assert [desk.positions.of_place(*name) for name in cities] == [AT_NANTES] * len(FAR)


def test_failures_between_answers_do_not_stop_the_others() -> None:
    desk = Desk()
    bad, good = FAR[: MOST_FAILURES - 1], FAR[MOST_FAILURES - 1]
    more_bad = Commune("97100", "Lointaine encore", "97", ("97100",))
    desk.known |= {one.code: late() for one in (*bad, more_bad)} | {good.code: AT_NANTES}
    for one in (*bad, good, more_bad):
        desk.positions.of_place(one.codes_postaux[0], one.nom)
    desk.positions.of_place("44000", "Nantes")
    desk.turn()
    assert desk.positions.of_place("44000", "Nantes") == AT_NANTES


def test_what_the_desk_no_longer_allows_is_not_asked_though_it_was_wanted() -> None:
    desk = Desk()
    desk.positions.of_place("35600", "Redon")
    desk.allowed = False
    desk.turn()
    assert desk.asked == []
    desk.allowed = True
    desk.positions.of_place("35600", "Redon")
    desk.turn()
    assert desk.positions.of_place("35600", "Redon") == AT_REDON


def test_once_closed_nothing_is_asked_nor_told() -> None:
    desk = Desk()
    desk.positions.of_place("35600", "Redon")
    desk.positions.close()
    desk.turn()
    desk.positions.of_place("44000", "Nantes")
    desk.turn()
    assert (desk.asked, desk.told) == ([], 0)


def patient(lives: str | None, present: Answer = None) -> OpenCall:
    """A call of somebody who lives in a commune of that code, and is somewhere now."""
    at_work = DeskAtWork()
    call = at_work.in_hand.take(NOW)
    at_work.in_hand.answer(call, facts.RESIDENCE, lives)
    at_work.in_hand.answer(call, facts.PRESENT_PLACE, present)
    return call


@pytest.mark.parametrize(
    ("lives", "present", "asked"),
    [
        (LANDE.code, None, [LANDE.code]),
        (LANDE.code, AT_HOME, [LANDE.code]),
        (LANDE.code, MARAIS.code, [MARAIS.code]),
        (None, MARAIS.code, [MARAIS.code]),
        (LANDE.code, ELSEWHERE, []),
        (LANDE.code, ASKED, []),
        (None, None, []),
        (None, AT_HOME, []),
    ],
)
def test_the_patient_is_where_they_are_now_else_at_home_and_nowhere_when_that_is_not_known(
    lives: str | None, present: Answer, asked: list[str]
) -> None:
    desk, call = Desk(), patient(lives, present)
    for code in asked:
        desk.known[code] = AT_REDON
    assert desk.positions.of_patient(call) is None
    desk.turn()
    assert desk.asked == asked
    assert desk.positions.of_patient(call) == (AT_REDON if asked else None)

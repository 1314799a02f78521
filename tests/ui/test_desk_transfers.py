"""Transfers as the window has them: on screen at once, in the store in order, nothing lost in between."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from osnp_console.app.base.live import Change, Subject
from osnp_console.app.people.session import NOBODY
from osnp_console.app.ports import OpenUnit, StoreFailure, Unit
from osnp_console.app.transfer import acts
from osnp_console.app.transfer.acts import Late, MoveAsked
from osnp_console.domain.permissions import OSNP
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.ui.background import OnBehalf, StoreDoor
from osnp_console.ui.live import Live
from osnp_console.ui.transfer.desk_transfers import DeskTransfers
from tests.unit.transfer_doubles import TransferStore
from tests.unit.transfers import ACCESS, NOON, transfer_to

M, S = TransferMove, TransferState
T = TypeVar("T")
HERE, THERE = "35-1", "ligne-1"


class Store:
    """A store that does its work when the test says so, or fails as told."""

    def __init__(self) -> None:
        self.kept = TransferStore()
        self.fails: deque[StoreFailure] = deque()
        self.held: deque[Callable[[], None]] = deque()
        self.holds = False

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        future: Future[T] = Future()

        def do() -> None:
            if self.fails:
                future.set_exception(self.fails.popleft())
                return
            try:
                future.set_result(work(self.kept.unit))
            except Exception as error:  # the future carries it, as a thread's would
                future.set_exception(error)

        if self.holds:
            self.held.append(do)
        else:
            do()
        return future

    def state(self) -> TransferState:
        return self.kept.transfers.kept["t-1"].state


class World:
    """A desk with its transfers; the instants it tells go on by a second at each look."""

    def __init__(self) -> None:
        self.store, self.live, self._now = Store(), Live(), NOON
        self.door = StoreDoor(self.store)
        self.desk = DeskTransfers(self.door, self.live, lambda: HERE, self._clock)
        self.late: list[Late] = []
        self.failed: list[StoreFailure] = []
        self.taken: list[Transfer] = []
        self.desk.late.connect(self.late.append)
        self.desk.failed.connect(self.failed.append)
        self.desk.taken.connect(self.taken.append)

    def _clock(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now

    def shown(self) -> TransferState | None:
        transfer = self.desk.get("t-1")
        return transfer.state if transfer is not None else None


@pytest.fixture
def world(qapp: object) -> World:
    """A desk that has prepared a transfer."""
    made = World()
    made.desk.prepare(transfer_to())
    return made


def test_a_step_is_on_screen_before_the_store_has_it_and_goes_there_in_order(
    world: World, qtbot: QtBot
) -> None:
    world.store.holds = True
    assert world.desk.move("t-1", M.DIAL)
    assert world.desk.move("t-1", M.ANSWER)
    assert world.desk.move("t-1", M.PRESENT)
    assert (world.shown(), world.store.state()) == (S.PRESENTED, S.PREPARED)
    while world.store.held:
        world.store.held.popleft()()
        qtbot.waitUntil(lambda: world.door.is_idle or bool(world.store.held), timeout=10_000)
    assert world.store.state() is S.PRESENTED
    assert not world.desk.waits
    kept = world.store.kept.transfers.kept["t-1"]
    assert world.desk.get("t-1") == kept


def test_what_the_transfer_does_not_allow_is_not_even_asked(world: World) -> None:
    assert not world.desk.move("t-1", M.AGREE)
    assert not world.desk.move("t-1", M.REFUSE)
    assert (world.shown(), len(world.store.kept.journal)) == (S.PREPARED, 1)


def test_a_store_that_fails_keeps_nothing_off_the_screen_and_gets_it_all_later(world: World) -> None:
    world.store.fails.append(StoreFailure("reseau", "Le serveur ne répond plus."))
    world.desk.move("t-1", M.DIAL)
    world.store.fails.append(StoreFailure("reseau", "Le serveur ne répond plus."))
    world.desk.move("t-1", M.ANSWER)
    assert (world.shown(), world.store.state()) == (S.ANSWERED, S.PREPARED)
    assert world.desk.waits
    assert [one.code for one in world.failed] == ["reseau", "reseau"]
    world.live.linked.emit(True)
    assert world.store.state() is S.ANSWERED
    assert not world.desk.waits


def test_what_waits_is_written_for_whoever_marked_it_once_the_desk_is_locked(qapp: object) -> None:
    world = World()
    kept = world.store.kept
    kept.signed("Inès", OSNP)

    def on_behalf() -> OnBehalf:
        session = kept.session

        def signed(units: OpenUnit) -> OpenUnit:
            @contextmanager
            def opened() -> Iterator[Unit]:
                with units() as unit:
                    unit.session = session  # type: ignore[misc]  # the double's may be set
                    yield unit

            return opened

        return signed

    desk = DeskTransfers(world.door, world.live, lambda: HERE, world._clock, on_behalf=on_behalf)
    desk.prepare(transfer_to())
    world.store.fails.extend([StoreFailure("reseau", "Le serveur ne répond plus.")] * 2)
    desk.move("t-1", M.ANSWER)
    desk.move("t-1", M.REFUSE, reason="autre", text="pas de médecin avant lundi")
    assert len(world.store.kept.journal) == 1, "nothing but the preparation is written yet"
    kept.session = NOBODY
    world.live.linked.emit(True)
    assert not desk.waits
    history = kept.transfers.kept["t-1"].history
    assert [(one.move, one.by.person) for one in history] == [(M.ANSWER, "Inès"), (M.REFUSE, "Inès")]
    assert history[-1].text == "pas de médecin avant lundi"


def test_what_happened_at_the_other_desk_meanwhile_is_told_and_nothing_is_written_over(
    world: World, qtbot: QtBot
) -> None:
    elsewhere = world.store.kept
    acts.take("t-1", THERE, NOON)(elsewhere.unit)
    acts.move(MoveAsked("t-1", M.REFUSE, THERE, NOON, "complet"))(elsewhere.unit)
    assert world.desk.move("t-1", M.DIAL), "the screen does not know yet"
    assert world.late[0].sentence.startswith("« Appeler » n’a pas été noté")
    assert (world.shown(), world.store.state()) == (S.REFUSED, S.REFUSED)


def test_another_transfer_of_the_desk_is_not_held_back_by_one_that_was_late(world: World) -> None:
    world.desk.prepare(replace(transfer_to(), id="t-2", call="call-2"))
    acts.move(MoveAsked("t-1", M.CANCEL, THERE, NOON))(world.store.kept.unit)
    world.store.holds = True
    world.desk.move("t-1", M.DIAL)
    world.desk.move("t-2", M.DIAL)
    while world.store.held:
        world.store.held.popleft()()
    assert world.store.kept.transfers.kept["t-2"].state is S.CALLING
    assert len(world.late) == 1


def test_a_change_at_another_desk_is_on_this_screen(world: World, qtbot: QtBot) -> None:
    world.desk.watch({ACCESS.dispositif})
    acts.take("t-1", THERE, NOON)(world.store.kept.unit)
    with qtbot.waitSignal(world.desk.changed, timeout=10_000):
        world.live.changed.emit(Change(Subject.TRANSFER, "t-1"))
    assert world.shown() is S.ANSWERED


def test_the_queue_of_a_line_says_when_somebody_comes(world: World, qtbot: QtBot) -> None:
    world.desk.watch({ACCESS.dispositif})
    assert [one.id for one in world.desk.queue] == ["t-1"]
    world.store.kept.transfers.save(replace(transfer_to(), id="t-2", call="call-2"))
    with qtbot.waitSignal(world.desk.queue_changed, timeout=10_000):
        world.live.changed.emit(Change(Subject.TRANSFER, "t-2"))
    assert [one.id for one in world.desk.queue] == ["t-1", "t-2"]


def test_the_second_desk_that_takes_a_transfer_is_told_who_has_it(world: World) -> None:
    acts.take("t-1", THERE, NOON)(world.store.kept.unit)
    world.desk.take("t-1")
    assert world.taken == []
    assert world.late[0].sentence == "Le poste 1 (ligne) l’a pris à 12:00:00."
    world.desk.take("t-1", over=True)
    assert [one.id for one in world.taken] == ["t-1"]


def test_a_second_transfer_of_a_call_shows_the_one_that_goes_on(world: World) -> None:
    world.desk.prepare(replace(transfer_to(), id="t-2"))
    assert world.desk.get("t-2") is None
    found = world.desk.of_call("call-1")
    assert found is not None
    assert found.id == "t-1"
    assert world.late[0].sentence == "Cet appel a déjà un transfert en cours."


def test_the_call_of_the_other_desk_is_not_a_second_call_of_the_patient(world: World, qtbot: QtBot) -> None:
    own = transfer_to().call
    world.desk.take("t-1")
    world.desk.keep_line_call("t-1", "l-1")
    qtbot.waitUntil(lambda: world.desk.calls_with(own) == {own, "l-1"})
    assert world.desk.calls_with("l-1") == {own, "l-1"}
    assert world.desk.calls_with("appel-9") == frozenset()


def test_after_a_stop_the_desk_goes_on_with_what_it_had(world: World) -> None:
    world.desk.move("t-1", M.DIAL)
    again = DeskTransfers(world.door, world.live, lambda: HERE, world._clock)
    again.recover()
    found = again.get("t-1")
    assert found is not None
    assert found.state is S.CALLING


def test_a_transfer_that_may_not_be_prepared_is_not_left_on_screen(qapp: object) -> None:
    world = World()
    changed: list[str] = []
    world.desk.changed.connect(changed.append)
    world.store.fails.append(StoreFailure("interdit", "Seul un opérateur transfère un appel."))
    world.desk.prepare(transfer_to())
    assert world.desk.get("t-1") is None
    assert changed == ["t-1", "t-1"]
    assert [one.code for one in world.failed] == ["interdit"]

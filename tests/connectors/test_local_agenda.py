"""The local agenda as a source: read, booked, verified and cancelled in the console's own encrypted base."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import time, timedelta
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest

from osnp_console.app.local_agenda.agenda import move_booking
from osnp_console.app.ports import Background, OpenUnit, StoreFailure, Unit
from osnp_console.app.sources.agendas import (
    Booker,
    BookingRequest,
    Canceller,
    Cancelling,
    Deadline,
    Outcome,
    SlotQuery,
    SlotReader,
    SourceFailure,
    SourceTools,
)
from osnp_console.connectors.local_agenda.booker import NOT_BEGUN, NOT_KNOWN, OTHER_STATE
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.domain.agenda.plan import Offer
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.storage.store import create_store
from osnp_console.storage.thread import StoreThread
from tests.unit.agendas import CSNP, MAURY, NOW, weekly

T = TypeVar("T")
KEY = bytes(range(32))
SOURCE = AgendaSource("carnet", SourceKind.LOCAL_AGENDA, "Carnet du Port", options={"agenda": CSNP.id})
QUERY = SlotQuery(NOW, NOW + timedelta(hours=48))
SHORT, LONG = 0.2, 60.0


@pytest.fixture
def base(tmp_path: Path) -> Iterator[StoreThread]:
    """A base with an afternoon of Dr Maury on each working day: 14:00 to 14:40, one place, one beyond."""
    thread = StoreThread(lambda: create_store(tmp_path / "console.base", KEY))

    def lay_out(units: OpenUnit) -> None:
        with units() as unit:
            unit.agendas.put(CSNP)
            unit.agendas.put_weekly(CSNP.id, weekly(time(14), time(14, 40), Offer(20, 1, 1, MAURY)))
            unit.commit()

    thread.submit(lay_out).result()
    yield thread
    thread.close()


class Busy:
    """Keeps the base's thread from anything else until it is let go."""

    def __init__(self, base: StoreThread) -> None:
        self._release, began = Event(), Event()

        def wait(units: OpenUnit) -> None:
            began.set()
            self._release.wait()

        self._done = base.submit(wait)
        began.wait()

    def let_go(self) -> None:
        self._release.set()
        self._done.result()


class LostAnswers:
    """The base by a link that loses the answer to each commit, or the commit itself."""

    def __init__(self, base: StoreThread, *, arrives: bool) -> None:
        self._base = base
        self._arrives = arrives

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        return self._base.submit(lambda units: work(self._losing(units)))

    def _losing(self, units: OpenUnit) -> OpenUnit:
        @contextmanager
        def opened() -> Iterator[Unit]:
            with units() as unit:
                commit = unit.commit

                def lost() -> None:
                    if self._arrives:
                        commit()
                    raise StoreFailure("reseau", "Le serveur ne répond plus.")

                setattr(unit, "commit", lost)  # noqa: B010  # a method, which mypy lets nobody assign
                yield unit

        return opened


def tools(base: Background | None) -> SourceTools:
    return SourceTools(clock=lambda: NOW, secret=lambda name: None, background=base)


def reader(base: StoreThread | None, source: AgendaSource = SOURCE) -> SlotReader:
    connector = CONNECTORS[SourceKind.LOCAL_AGENDA]
    assert connector.open is not None
    return connector.open(source, tools(base))


def booker(base: Background) -> Booker:
    connector = CONNECTORS[SourceKind.LOCAL_AGENDA]
    assert connector.book is not None
    return connector.book(SOURCE, tools(base))


def read(base: StoreThread, source: AgendaSource = SOURCE, query: SlotQuery = QUERY) -> list[Slot]:
    slots: list[Slot] = []
    reading = reader(base, source).read(query, Deadline(LONG), slots.extend)
    assert (reading.read, reading.rejected) == (len(slots), 0)
    return slots


def request(slot: Slot, key: str = "essai") -> BookingRequest:
    return BookingRequest(key, slot, SOURCE.id, slot.origins[0].reference, by="44-3")


def test_a_booking_whose_answer_was_lost_is_not_known_until_the_agenda_is_asked(base: StoreThread) -> None:
    slot = read(base)[0]
    done = booker(LostAnswers(base, arrives=True)).book(request(slot), Deadline(LONG))
    assert (done.outcome, done.message) == (Outcome.UNKNOWN, NOT_KNOWN)
    assert booker(base).verify(request(slot), Deadline(LONG)).outcome is Outcome.BOOKED


def test_a_booking_that_was_lost_on_its_way_is_not_known_until_the_agenda_is_asked(base: StoreThread) -> None:
    slot = read(base)[0]
    done = booker(LostAnswers(base, arrives=False)).book(request(slot), Deadline(LONG))
    assert (done.outcome, done.message) == (Outcome.UNKNOWN, NOT_KNOWN)
    assert booker(base).verify(request(slot), Deadline(LONG)).outcome is Outcome.REFUSED


def test_free_slots_of_the_window_come_with_this_source_as_their_only_origin(base: StoreThread) -> None:
    slots = read(base)
    assert [slot.start - NOW for slot in slots] == [
        timedelta(hours=hours, minutes=minutes) for hours in (4, 28) for minutes in (0, 20)
    ]
    for slot in slots:
        assert [origin.source for origin in slot.origins] == ["carnet"]
        assert slot.dispositifs == frozenset(CSNP.dispositifs)


def test_dispositifs_of_the_declaration_win_over_those_of_the_agenda(base: StoreThread) -> None:
    declared = AgendaSource("carnet", SourceKind.LOCAL_AGENDA, "x", None, (), (), ("44-x",), SOURCE.options)
    assert {slot.dispositifs for slot in read(base, declared)} == {frozenset({"44-x"})}


def test_an_agenda_where_nothing_is_free_is_no_failure(base: StoreThread) -> None:
    assert read(base, query=SlotQuery(NOW, NOW + timedelta(hours=1))) == []


def test_an_agenda_that_is_no_longer_in_the_base_is_a_failure(base: StoreThread) -> None:
    gone = AgendaSource("carnet", SourceKind.LOCAL_AGENDA, "x", options={"agenda": "ancien"})
    with pytest.raises(SourceFailure, match="n’est plus dans la base") as raised:
        read(base, gone)
    assert raised.value.state is SourceState.FAILED


@pytest.mark.parametrize("options", [{}, {"agenda": ""}, {"agenda": 3}])
def test_a_declaration_without_agenda_cannot_be_opened(base: StoreThread, options: dict[str, object]) -> None:
    with pytest.raises(SourceFailure, match="quel carnet"):
        reader(base, AgendaSource("carnet", SourceKind.LOCAL_AGENDA, "x", options=options))


def test_without_a_base_nothing_can_be_read(base: StoreThread) -> None:
    with pytest.raises(SourceFailure, match="n’est pas ouverte"):
        reader(None)


def test_a_base_that_failed_is_a_failure_never_an_empty_agenda(base: StoreThread) -> None:
    base.close()
    with pytest.raises(SourceFailure, match="ne peut pas être lue") as raised:
        read(base)
    assert raised.value.state is SourceState.FAILED


def test_a_base_that_is_busy_is_late(base: StoreThread) -> None:
    busy = Busy(base)
    with pytest.raises(SourceFailure) as raised:
        reader(base).read(QUERY, Deadline(SHORT), lambda slots: None)
    busy.let_go()
    assert (raised.value.state, raised.value.message) == (SourceState.LATE, "pas de réponse après 0,2 s")


def test_a_booking_takes_the_place_out_of_the_agenda(base: StoreThread) -> None:
    slot = read(base)[0]
    result = booker(base).book(request(slot), Deadline(LONG))
    assert (result.outcome, result.reference) == (Outcome.BOOKED, "essai")
    again = read(base)[0]
    assert (again.start, again.over_booking) == (slot.start, True)


def test_the_same_attempt_sent_again_books_nothing_more(base: StoreThread) -> None:
    slot = read(base)[0]
    results = {booker(base).book(request(slot), Deadline(LONG)).outcome for _ in range(3)}
    assert results == {Outcome.BOOKED}
    assert read(base)[0].over_booking is True


def test_a_slot_that_somebody_took_is_told_as_taken_and_over_booking_waits_for_the_doctor(
    base: StoreThread,
) -> None:
    slot = read(base)[0]
    booker(base).book(request(slot), Deadline(LONG))
    assert booker(base).book(request(slot, "autre"), Deadline(LONG)).outcome is Outcome.TAKEN
    beyond = read(base)[0]
    assert booker(base).book(request(beyond, "autre"), Deadline(LONG)).outcome is Outcome.WAITING


def test_a_booking_that_the_base_had_not_begun_is_withdrawn_for_good(base: StoreThread) -> None:
    slot = read(base)[0]
    busy = Busy(base)
    result = booker(base).book(request(slot), Deadline(SHORT))
    busy.let_go()
    assert (result.outcome, result.message) == (Outcome.REFUSED, NOT_BEGUN)
    assert read(base)[0] == slot
    assert booker(base).verify(request(slot), Deadline(LONG)).outcome is Outcome.REFUSED


class Slow:
    """A base whose work has begun when the deadline falls, and ends later."""

    def __init__(self, base: StoreThread) -> None:
        self._base = base
        self.release = Event()

    def submit(self, work: object) -> object:
        began = Event()

        def slowly(units: OpenUnit) -> object:
            began.set()
            self.release.wait()
            return work(units)  # type: ignore[operator]  # any work on the base

        future = self._base.submit(slowly)
        began.wait()
        return future


def test_a_booking_that_the_base_had_begun_is_of_unknown_outcome_until_it_is_verified(
    base: StoreThread,
) -> None:
    slot = read(base)[0]
    slow = Slow(base)
    connector = CONNECTORS[SourceKind.LOCAL_AGENDA]
    assert connector.book is not None
    slowed = SourceTools(lambda: NOW, lambda name: None, slow)  # type: ignore[arg-type]  # one method of it
    result = connector.book(SOURCE, slowed).book(request(slot), Deadline(SHORT))
    assert (result.outcome, result.message) == (Outcome.UNKNOWN, NOT_KNOWN)
    slow.release.set()
    assert booker(base).verify(request(slot), Deadline(LONG)).outcome is Outcome.BOOKED
    assert booker(base).book(request(slot), Deadline(LONG)).outcome is Outcome.BOOKED


def test_an_attempt_that_cannot_be_verified_stays_unknown(base: StoreThread) -> None:
    slot = read(base)[0]
    busy = Busy(base)
    assert booker(base).verify(request(slot), Deadline(SHORT)).outcome is Outcome.UNKNOWN
    busy.let_go()


def test_a_base_that_fails_books_nothing_and_says_why(base: StoreThread) -> None:
    slot = read(base)[0]
    base.close()
    result = booker(base).book(request(slot), Deadline(LONG))
    assert result.outcome is Outcome.REFUSED
    assert result.message
    assert booker(base).verify(request(slot), Deadline(LONG)).outcome is Outcome.UNKNOWN


def test_a_cancelled_booking_gives_its_place_back_and_stays_cancelled(base: StoreThread) -> None:
    slot = read(base)[0]
    agenda = booker(base)
    assert isinstance(agenda, Canceller)
    agenda.book(request(slot), Deadline(LONG))
    for _ in range(2):
        assert agenda.cancel(request(slot), "essai", Deadline(LONG)) == Cancelling(True)
    assert read(base)[0] == slot
    assert agenda.book(request(slot), Deadline(LONG)).outcome is Outcome.REFUSED


def test_what_cannot_be_cancelled_is_told(base: StoreThread) -> None:
    slot = read(base)[0]
    agenda = booker(base)
    assert isinstance(agenda, Canceller)
    nothing = agenda.cancel(request(slot), "rien", Deadline(LONG))
    assert (nothing.is_cancelled, nothing.message) == (False, "Cette réservation n’est pas dans le carnet.")
    agenda.book(request(slot), Deadline(LONG))

    def fulfil(units: OpenUnit) -> None:
        with units() as unit:
            move_booking(unit, "essai", AppointmentState.FULFILLED, NOW)
            unit.commit()

    base.submit(fulfil).result()
    assert agenda.cancel(request(slot), "essai", Deadline(LONG)) == Cancelling(False, OTHER_STATE)
    busy = Busy(base)
    assert agenda.cancel(request(slot), "essai", Deadline(SHORT)).is_cancelled is False
    busy.let_go()

"""Two desks on one base: what one proposes to its patient is seen at the other, which may still book it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from osnp_console.app.base.live import Change, Subject
from osnp_console.app.slots.proposals import proposals_elsewhere, propose, withdraw
from osnp_console.app.slots.words import hour_word
from osnp_console.domain.slots.proposal import LASTS, Elsewhere, slot_key
from osnp_console.domain.slots.slot import Slot
from osnp_console.ui.agendas.deal import Stage
from osnp_console.ui.frame.call_place import SLOTS
from tests.journeys.operator import Operator, pressed
from tests.journeys.slots_desk import REDON_CALL, SlotsDesk
from tests.journeys.test_other_desks import HandFeed
from tests.journeys.town import Town
from tests.journeys.workstation import DESK, NOON

OTHER = "44-5"
UNTIL = f"{NOON + LASTS:%H:%M}"
SENTENCE = f"Le poste 5 propose ce créneau jusqu’à {UNTIL}."


class OtherDesk:
    """Another desk on the base of this one, as far as it proposes slots."""

    def __init__(self, desk: SlotsDesk) -> None:
        self._here = desk.operator

    def proposes(self, slot: Slot) -> None:
        """It proposes a slot now, and this desk hears of it."""
        self._do(propose(slot, OTHER, self._here.window.calls.clock()))

    def withdraws(self) -> None:
        """It proposes nothing any more, and this desk hears of it."""
        self._do(withdraw(OTHER, self._here.window.calls.clock()))

    def sees(self) -> Elsewhere:
        """What it would be shown."""
        return self._here.read_base(proposals_elsewhere(OTHER, self._here.window.calls.clock()))

    def _do(self, work: Callable[..., Elsewhere]) -> None:
        self._here.read_base(work)
        self._here.window.agendas.proposals.refresh()
        self._here.qtbot.waitUntil(lambda: self._here.window.door.is_idle)


@pytest.fixture
def linked(town: Town) -> Town:
    """The SAS and a local agenda."""
    town.open_local_agenda()
    town.declare(town.sas, town.local)
    return town


@pytest.fixture
def desk(linked: Town, operator: Operator) -> SlotsDesk:
    return SlotsDesk(operator)


@pytest.fixture
def found(desk: SlotsDesk) -> SlotsDesk:
    """A call with its slots."""
    desk.take_redon_call()
    desk.wait_found()
    return desk


def slot_at(desk: SlotsDesk, hour: str) -> Slot:
    """The slot of an hour."""
    board = desk.operator.window.agendas.searches.slots_of(desk.operator.call).board
    return next(row.one.slot for row in board.column().rows if hour_word(row.one.slot.start) == hour)


def words_at_the_right(desk: SlotsDesk, hour: str) -> list[str]:
    """What stands at the right of the row of an hour."""
    board = desk.operator.window.agendas.searches.slots_of(desk.operator.call).board
    row = board.row(slot_at(desk, hour).id)
    assert row is not None
    return [clock.words for clock in desk.panel.view.model.look(row).right]


def wait_seen(desk: SlotsDesk, other: OtherDesk, hour: str | None) -> None:
    """Wait until the other desk is shown that this one proposes the slot of an hour, or none."""
    key = slot_key(slot_at(desk, hour)) if hour is not None else None

    def is_seen() -> bool:
        seen = other.sees().proposals
        return [(one.desk, one.slot) for one in seen] == ([(DESK.code, key)] if key is not None else [])

    desk.operator.qtbot.waitUntil(is_seen)


def test_the_chosen_slot_is_seen_at_the_other_desk_until_the_call_is_left(found: SlotsDesk) -> None:
    other = OtherDesk(found)
    assert found.book_button == ("Réserver 10:40", True)
    wait_seen(found, other, "10:40")
    found.choose("15:00")
    wait_seen(found, other, "15:00")
    pressed("F2")
    wait_seen(found, other, None)
    pressed("Ctrl+Tab")
    wait_seen(found, other, "15:00")
    found.operator.window.calls.close("conseil")
    assert found.operator.window.calls.current is not None, "the other call"
    found.operator.qtbot.waitUntil(lambda: not other.sees().proposals)


def test_a_window_that_closes_leaves_nothing_proposed(found: SlotsDesk) -> None:
    other = OtherDesk(found)
    wait_seen(found, other, "10:40")
    found.operator.window.close()
    assert not other.sees().proposals


def test_a_slot_known_to_be_proposed_elsewhere_is_not_the_one_the_program_chooses(found: SlotsDesk) -> None:
    other = OtherDesk(found)
    other.proposes(slot_at(found, "10:40"))
    assert found.book_button == ("Réserver 10:40", True), "what is chosen stays so"
    found.operator.window.calls.close("conseil")
    found.take_redon_call()
    found.wait_found()
    assert words_at_the_right(found, "10:40") == ["proposé au poste 5"]
    assert found.book_button == ("Réserver 11:20", True)
    wait_seen(found, other, "11:20")


def test_what_is_proposed_elsewhere_is_read_when_a_search_begins(desk: SlotsDesk) -> None:
    operator = desk.operator
    desk.take_redon_call()
    desk.wait_found()
    slot = slot_at(desk, "10:40")
    operator.window.calls.close("conseil")
    pressed("F2")
    operator.qtbot.waitUntil(lambda: operator.window.door.is_idle)
    operator.read_base(propose(slot, OTHER, operator.window.calls.clock()))
    for code, answer in REDON_CALL.items():
        operator.window.calls.answer(code, answer)
    operator.window.calls.settle()
    desk.wait_found()
    assert desk.book_button == ("Réserver 11:20", True)


def test_a_slot_proposed_elsewhere_is_booked_with_a_second_key(found: SlotsDesk) -> None:
    other, operator = OtherDesk(found), found.operator
    operator.go_to_pane(SLOTS)
    slot = slot_at(found, "15:00")
    other.proposes(slot)
    assert words_at_the_right(found, "15:00") == ["proposé au poste 5"]
    found.choose("15:00")
    assert SENTENCE in found.words
    wait_seen(found, other, "15:00")
    pressed("F9")
    assert found.book_button == ("Réserver 15:00 quand même", True)
    assert any(SENTENCE in words for words in operator.words_in(operator.frame.bar))
    assert not found.deal.busy
    pressed("F9")
    assert not found.deal.busy, "a key pressed twice by mistake books nothing"
    found.advance(seconds=1)
    pressed("F9")
    operator.qtbot.waitUntil(lambda: found.deal.stage is Stage.BOOKED and not found.deal.busy)
    wait_seen(found, other, None)


def test_the_words_go_when_the_other_desk_is_done_or_its_time_is_over(found: SlotsDesk) -> None:
    other, before = OtherDesk(found), words_at_the_right(found, "11:20")
    slot = slot_at(found, "11:20")
    other.proposes(slot)
    assert words_at_the_right(found, "11:20") == ["proposé au poste 5"]
    other.withdraws()
    assert words_at_the_right(found, "11:20") == before
    other.proposes(slot)
    found.choose("11:20")
    pressed("F9")
    assert found.book_button == ("Réserver 11:20 quand même", True)
    found.advance(seconds=LASTS.total_seconds())
    assert "proposé au poste 5" not in words_at_the_right(found, "11:20")
    assert SENTENCE not in found.words
    assert found.book_button == ("Réserver 11:20", True)


def test_what_another_desk_commits_is_on_screen_once_it_is_heard(found: SlotsDesk) -> None:
    operator, feed = found.operator, HandFeed()
    operator.window.live.follow(feed)
    wait_seen(found, OtherDesk(found), "10:40")
    operator.read_base(propose(slot_at(found, "11:20"), OTHER, NOON))
    feed.say(Change(Subject.PROPOSAL, OTHER))
    operator.qtbot.waitUntil(lambda: words_at_the_right(found, "11:20") == ["proposé au poste 5"])

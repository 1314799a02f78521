"""A slot that stays chosen is proposed to the other desks; theirs are said here, and nothing moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from osnp_console.app.ports import StoreFailure
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.slots.proposal import LASTS, RENEWED_AFTER, Elsewhere, Proposal, proposed, slot_key
from osnp_console.domain.slots.slot import Slot
from osnp_console.ui.agendas.proposals import NOT_TWICE, DeskProposals
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.slots.detail_pane import FollowLine, SlotDetailPane
from osnp_console.ui.theme.theme import Theme
from tests.ui.checklist_desk import real_catalogue, real_gazetteer
from tests.ui.doubles import invented_desk
from tests.ui.showing import in_grey, spoken_name
from tests.ui.slots_desk import AT_1040, AT_1120, SlotsOnScreen
from tests.ui.stores import HandedBackground, ListedStore
from tests.unit.booking_cards import appointment

OWN, FIFTH, SEVENTH = "44-3", "44-5", "44-7"


class ProposingDesk:
    """A desk with a call, whose slots are chosen by the test; rests are ended by it too."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.desk = invented_desk(real_catalogue(), real_gazetteer())
        self.calls, self.clock = self.desk.calls, self.desk.clock
        self.store = ListedStore()
        self.background = HandedBackground(self.store)
        self.booked: Appointment | None = None
        self.door = StoreDoor(self.background)
        self.proposals = DeskProposals(self.calls, self.door, lambda: self.booked)
        self.proposals._rest.setInterval(0)
        self.calls.take()
        self.home()

    def home(self) -> None:
        """Let every answer come home."""
        self.qtbot.waitUntil(lambda: self.door.is_idle)

    def choose(self, slot: Slot | None) -> None:
        """Choose a slot, and let it rest."""
        self.proposals.choose(slot)
        self.qtbot.waitUntil(lambda: not self.proposals._rest.isActive())
        self.home()

    def go(self, length: timedelta) -> None:
        """Let time pass."""
        self.clock.now += length
        self.calls.ticked.emit(self.clock.now)
        self.home()

    def elsewhere(self, desk: str, slot: Slot = AT_1040, person: str = "") -> Proposal:
        """Another desk proposes a slot now, and it is heard here."""
        one = proposed(slot, desk, person, self.clock.now)
        self.store.proposals.put(one, self.clock.now)
        self.proposals.refresh()
        self.home()
        return one

    @property
    def own(self) -> str | None:
        """What the others see this desk propose."""
        kept = self.store.proposals.kept.get(OWN)
        return kept.slot if kept is not None and kept.until > self.clock.now else None


@pytest.fixture
def here(qtbot: QtBot) -> ProposingDesk:
    return ProposingDesk(qtbot)


# --- what this desk proposes ----------------------------------------------------------------------------


def test_a_slot_that_stays_chosen_is_proposed_to_the_others(here: ProposingDesk) -> None:
    here.choose(AT_1040)
    assert here.own == slot_key(AT_1040)


def test_going_through_the_list_proposes_nothing(here: ProposingDesk) -> None:
    here.proposals._rest.setInterval(600_000)
    here.proposals.choose(AT_1040)
    here.proposals.choose(AT_1120)
    here.home()
    assert not here.own


def test_another_slot_takes_the_place_of_the_first(here: ProposingDesk) -> None:
    here.choose(AT_1040)
    here.choose(AT_1120)
    assert here.own == slot_key(AT_1120)


def test_a_slot_that_is_no_longer_chosen_is_withdrawn_at_once(here: ProposingDesk) -> None:
    here.choose(AT_1040)
    here.proposals._rest.setInterval(600_000)
    here.proposals.choose(None)
    here.home()
    assert not here.own


def test_a_call_that_is_ended_withdraws_its_slot(here: ProposingDesk) -> None:
    here.choose(AT_1040)
    here.calls.close("conseil")
    here.home()
    assert not here.own


def test_a_window_that_closes_withdraws_its_slot(here: ProposingDesk) -> None:
    here.choose(AT_1040)
    here.proposals.close()
    assert not here.own


def test_a_slot_is_renewed_while_it_stays_chosen_and_not_at_every_second(here: ProposingDesk) -> None:
    here.choose(AT_1040)
    first = here.store.proposals.kept[OWN].until
    here.go(RENEWED_AFTER - timedelta(seconds=1))
    assert here.store.proposals.kept[OWN].until == first
    for _minute in range(4):
        here.go(RENEWED_AFTER)
    assert here.own == slot_key(AT_1040)


def test_a_call_that_is_forgotten_holds_its_slot_for_twenty_minutes_and_no_longer(
    here: ProposingDesk,
) -> None:
    here.choose(AT_1040)
    for _minute in range(19):
        here.go(timedelta(minutes=1))
    assert here.own == slot_key(AT_1040)
    here.go(timedelta(minutes=1))
    assert not here.own
    here.choose(AT_1120)
    here.go(timedelta(minutes=1))
    assert here.own == slot_key(AT_1120)


def test_what_is_booked_is_proposed_no_more_nor_chosen_again(here: ProposingDesk) -> None:
    here.choose(AT_1040)
    here.booked = appointment(AppointmentState.UNKNOWN, AT_1040)
    here.proposals.look_at_booking()
    here.home()
    assert here.own == slot_key(AT_1040)
    here.booked = appointment(AppointmentState.BOOKED, AT_1040)
    here.proposals.look_at_booking()
    here.home()
    assert not here.own
    here.choose(None)
    here.choose(AT_1040)
    assert not here.own
    here.choose(AT_1120)
    assert here.own == slot_key(AT_1120)


def test_a_store_that_fails_says_nothing_and_is_asked_again_later(here: ProposingDesk) -> None:
    here.store.failure = StoreFailure("reseau", "Le serveur ne répond pas.")
    here.choose(AT_1040)
    here.proposals.refresh()
    here.home()
    here.store.failure = None
    here.go(timedelta(seconds=1))
    assert not here.own
    here.go(RENEWED_AFTER)
    assert here.own == slot_key(AT_1040)


def test_one_question_at_a_time_waits_at_a_slow_store_and_the_last_choice_is_kept(
    here: ProposingDesk,
) -> None:
    here.background.at_once = False
    here.proposals.choose(AT_1040)
    here.qtbot.waitUntil(lambda: len(here.background.waiting) == 1)
    for slot in (AT_1120, AT_1040, AT_1120):
        here.proposals.choose(slot)
        here.qtbot.waitUntil(lambda: not here.proposals._rest.isActive())
        here.proposals.refresh()
    assert len(here.background.waiting) == 1
    here.background.at_once = True
    here.background.waiting.pop()()
    here.home()
    assert here.own == slot_key(AT_1120)


# --- what the others propose ----------------------------------------------------------------------------


def test_what_the_others_propose_is_read_with_every_choice_and_never_ones_own(here: ProposingDesk) -> None:
    one = proposed(AT_1120, FIFTH, "", here.clock.now)
    here.store.proposals.put(one, here.clock.now)
    with here.qtbot.waitSignal(here.proposals.changed) as told:
        here.choose(AT_1040)
    assert told.args == [Elsewhere(OWN, (one,))]


def test_nothing_is_told_while_the_others_propose_the_same(here: ProposingDesk) -> None:
    here.elsewhere(FIFTH)
    with here.qtbot.assertNotEmitted(here.proposals.changed):
        here.proposals.refresh()
        here.home()


def test_the_first_key_says_who_proposes_the_slot_and_the_second_books(here: ProposingDesk) -> None:
    here.elsewhere(FIFTH)
    until = f"{here.clock.now + LASTS:%H:%M}"
    assert not here.proposals.is_told(AT_1040)
    assert here.proposals.before_booking(AT_1040) == f"Le poste 5 propose ce créneau jusqu’à {until}."
    assert here.proposals.is_told(AT_1040)
    assert here.proposals.before_booking(AT_1040) != "", "a key pressed twice at once"
    here.go(NOT_TWICE)
    assert here.proposals.before_booking(AT_1040) == ""
    assert here.proposals.before_booking(AT_1120) == ""


def test_a_further_desk_is_said_before_booking_too(here: ProposingDesk) -> None:
    here.elsewhere(FIFTH)
    here.proposals.before_booking(AT_1040)
    here.go(NOT_TWICE)
    here.elsewhere(SEVENTH)
    assert not here.proposals.is_told(AT_1040)
    assert "Les postes 5 et 7" in here.proposals.before_booking(AT_1040)
    here.go(NOT_TWICE)
    assert here.proposals.before_booking(AT_1040) == ""


def test_another_choice_forgets_what_was_said(here: ProposingDesk) -> None:
    here.choose(AT_1040)
    here.elsewhere(FIFTH)
    here.proposals.before_booking(AT_1040)
    here.go(NOT_TWICE)
    here.choose(AT_1120)
    here.choose(AT_1040)
    assert here.proposals.before_booking(AT_1040) != ""


def test_nothing_is_said_of_a_proposal_that_is_over(here: ProposingDesk) -> None:
    here.elsewhere(FIFTH)
    here.proposals.before_booking(AT_1040)
    here.go(LASTS)
    assert not here.proposals.is_told(AT_1040)
    assert here.proposals.before_booking(AT_1040) == ""


# --- on screen ------------------------------------------------------------------------------------------


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> SlotsOnScreen:
    return SlotsOnScreen(qtbot, theme)


def by_fifth(screen: SlotsOnScreen, slot: Slot = AT_1040, person: str = "") -> Elsewhere:
    return Elsewhere(OWN, (proposed(slot, FIFTH, person, screen.desk.clock()),))


def right_of(screen: SlotsOnScreen, slot: Slot) -> list[str]:
    row = screen.board.row(slot.id)
    assert row is not None
    return [clock.words for clock in screen.view.model.look(row).right]


def line(screen: SlotsOnScreen) -> FollowLine:
    return screen.view.follows


def test_a_row_says_which_desk_proposes_it_and_says_so_no_more_once_it_is_over(
    screen: SlotsOnScreen,
) -> None:
    before = right_of(screen, AT_1040)
    screen.panel.show_elsewhere(by_fifth(screen))
    assert right_of(screen, AT_1040) == ["proposé au poste 5"]
    screen.go(seconds=LASTS.total_seconds() - 1)
    assert right_of(screen, AT_1040) == ["proposé au poste 5"]
    screen.go(seconds=1)
    assert right_of(screen, AT_1040) != ["proposé au poste 5"]
    assert len(right_of(screen, AT_1040)) == len(before)


def test_nothing_moves_when_another_desk_proposes_the_chosen_slot(screen: SlotsOnScreen) -> None:
    screen.panel.select(AT_1040.id)
    screen.focus(screen.view.list)
    view = screen.view
    before = (screen.hours(), screen.place_of(AT_1120), view.list.geometry(), view.follows.geometry())
    picture = in_grey(view.list)
    screen.panel.show_elsewhere(by_fifth(screen))
    after = (screen.hours(), screen.place_of(AT_1120), view.list.geometry(), view.follows.geometry())
    assert after == before
    assert screen.panel.chosen_row is not None
    assert screen.panel.chosen_row.one.slot == AT_1040
    assert view.list.hasFocus()
    assert in_grey(view.list) != picture


def test_under_the_list_the_sentence_takes_the_place_of_what_follows(screen: SlotsOnScreen) -> None:
    screen.panel.select(AT_1040.id)
    assert line(screen).isVisible()
    follows = line(screen).words.text()
    until = f"{screen.desk.clock() + LASTS:%H:%M}"
    sentence = f"Le poste 5 propose ce créneau jusqu’à {until}."
    screen.panel.show_elsewhere(by_fifth(screen))
    assert line(screen).words.text() == sentence
    assert spoken_name(line(screen)).startswith(sentence)
    assert follows in spoken_name(line(screen))
    screen.go(seconds=LASTS.total_seconds())
    assert line(screen).words.text() == follows
    assert "propose" not in spoken_name(line(screen))


def test_the_detail_has_one_more_line_while_another_desk_proposes_the_slot(
    qtbot: QtBot, theme: Theme
) -> None:
    screen = SlotsOnScreen(qtbot, theme, height=900)
    screen.panel.select(AT_1040.id)
    pane: SlotDetailPane = screen.view.detail
    assert pane.isVisible()
    before = pane.words
    screen.panel.show_elsewhere(by_fifth(screen, person="É. Tessier"))
    assert pane.words[:-1] == before
    assert pane.words[-1].startswith("Le poste 5 propose ce créneau jusqu’à ")
    assert pane.words[-1].endswith(" Poste 5\u202f: É. Tessier.")
    screen.go(seconds=LASTS.total_seconds())
    assert pane.words == before

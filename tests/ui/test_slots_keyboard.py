"""The slots by keyboard and pointer: choosing, looking again, what is announced, the way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.slots.detail import RecheckState
from osnp_console.app.slots.rows import SlotRow
from osnp_console.app.slots.search_events import Finished, Landed
from osnp_console.domain.slots.bands import BANDS
from osnp_console.ui.theme.theme import Theme
from tests.ui.slots_desk import AT_1040, AT_1120, AT_1400, LATER, SAS, UNSURE, SlotsOnScreen, settled
from tests.unit.slot_world import slot

AT_1050 = slot("10:50", "Dr Nouveau", "Redon", source=SAS, dispositifs=("44-pays-de-redon-mg",))


def test_once_all_have_answered_the_first_sure_slot_is_chosen_and_told(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme, None)
    with qtbot.waitSignal(screen.panel.chosen) as told:
        screen.search((settled(SAS, AT_1120, AT_1040), settled("citana"), settled("cpts-rdv")))
        screen.land(Finished(()))
    assert told.args == [AT_1040]
    row = screen.panel.chosen_row
    assert row is not None
    assert row.id == AT_1040.id


def test_arrows_choose_and_the_slot_at_rest_is_looked_at_again(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    asked: list[str] = []
    screen.panel.recheck_wanted.connect(asked.append)
    screen.focus(screen.view.list)
    screen.keys(Qt.Key.Key_Down, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [AT_1400.id]
    look = screen.view.model.look(_chosen(screen))
    assert [clock.words for clock in look.right][-1] == "revérification…"
    screen.panel.show_recheck(AT_1400.id, RecheckState.FREE, LATER)
    look = screen.view.model.look(_chosen(screen))
    assert [clock.words for clock in look.right] == ["dans 3 h 58", "revérifié 10:02:31"]


def test_arrows_go_over_the_titles_and_home_and_end_reach_the_ends(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    screen.focus(screen.view.list)
    screen.keys(Qt.Key.Key_End)
    assert screen.board.selected == UNSURE.id
    screen.keys(Qt.Key.Key_Up)
    assert screen.board.selected == AT_1400.id
    screen.keys(Qt.Key.Key_Home)
    assert screen.board.selected == AT_1040.id


def test_what_lands_while_the_list_has_the_keyboard_waits_behind_a_line_that_moves_nothing(
    qtbot: QtBot, theme: Theme
) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    screen.focus(screen.view.list)
    before = screen.place_of(AT_1120)
    top = screen.view.list.mapTo(screen.panel, before.topLeft())
    screen.land(Landed("cpts-rdv", (AT_1050,)))
    assert screen.view.news.words == "1 nouveau créneau"
    assert screen.hours() == ["10:40", "11:20", "14:00", "14:30"]
    assert screen.view.list.mapTo(screen.panel, screen.place_of(AT_1120).topLeft()) == top
    screen.panel.refresh_search()
    assert screen.hours() == ["10:40", "10:50", "11:20", "14:00", "14:30"]


def test_it_takes_its_place_when_the_keyboard_leaves_and_the_chosen_row_keeps_its_height(
    qtbot: QtBot, theme: Theme
) -> None:
    screen = SlotsOnScreen(qtbot, theme, height=300)
    screen.click(AT_1120)
    screen.land(Landed("cpts-rdv", (AT_1050,)))
    height = screen.place_of(AT_1120).top()
    screen.focus(screen.elsewhere)
    assert "10:50" in screen.hours()
    assert screen.place_of(AT_1120).top() == height
    assert screen.board.selected == AT_1120.id


def test_f5_shows_what_waits_and_with_nothing_waiting_asks_again(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    asked: list[bool] = []
    screen.panel.search_wanted.connect(lambda: asked.append(True))
    screen.focus(screen.view.list)
    screen.land(Landed("cpts-rdv", (AT_1050,)))
    screen.panel.refresh_search()
    assert not asked
    screen.panel.refresh_search()
    assert asked


def test_enter_opens_the_detail_and_escape_leads_back_to_the_row(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    screen.focus(screen.view.list)
    screen.keys(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert screen.view.detail.hasFocus()
    assert "Cabinet Plessé" in screen.view.detail.words[0]
    screen.keys(Qt.Key.Key_Escape)
    assert screen.view.list.hasFocus()
    assert not screen.view.detail.isVisible()
    assert screen.board.selected == AT_1120.id


def test_bands_go_left_and_right_and_a_filter_is_chosen_and_cleared_in_place(
    qtbot: QtBot, theme: Theme
) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    screen.focus(screen.view.bands.buttons)
    screen.keys(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert screen.board.filters.band == BANDS[1]
    assert screen.hours() == ["14:30"]
    screen.keys(Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert screen.hours() == ["10:40", "11:20", "14:00", "14:30"]
    screen.panel.toggle_filters()
    choice = screen.view.filters.lists["dispositif"]
    screen.focus(choice)
    screen.keys(Qt.Key.Key_Down)
    assert screen.hours() == ["10:40", "11:20", "14:00"]
    screen.keys(Qt.Key.Key_Backspace)
    assert screen.hours() == ["10:40", "11:20", "14:00", "14:30"]
    assert screen.view.filters.isVisible()
    screen.keys(Qt.Key.Key_Escape)
    assert not screen.view.filters.isVisible()
    assert screen.view.list.hasFocus()


def test_filters_that_hide_everything_say_so_and_are_one_key_away(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    screen.view.bands.chosen.emit(BANDS[5])
    assert screen.view.empty.sentence.text() == "4 créneaux lus, tous écartés par les filtres."
    assert screen.view.empty.remedy.isVisible()
    screen.view.empty.remedy.click()
    assert screen.hours() == ["10:40", "11:20", "14:00", "14:30"]


def test_a_lost_slot_stays_in_place_and_cannot_be_chosen(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    told: list[object] = []
    screen.panel.chosen.connect(told.append)
    screen.panel.mark_lost(AT_1040.id, LATER, "SAS 44")
    assert told == [None]
    assert screen.hours() == ["10:40", "11:20", "14:00", "14:30"]
    screen.click(AT_1040)
    assert screen.panel.chosen_row is None
    look = screen.view.model.look(screen.board.column().rows[0])
    assert look.is_struck
    assert look.parts[0].text == "pris entre-temps · 10:02:31 · SAS 44"


class PlainCard(QWidget):
    """A card that remembers the keys it got."""

    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton("Proposer", self)
        column = QVBoxLayout(self)
        column.addWidget(self.button)
        self.setMinimumHeight(80)
        self.got: list[int] = []

    def take_focus(self) -> None:
        """The keyboard goes to the button."""
        self.button.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep the keys."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.got.append(event.key())
            return True
        return super().event(event)


def test_a_card_takes_the_keyboard_and_gets_escape_from_anywhere_in_the_column(
    qtbot: QtBot, theme: Theme
) -> None:
    screen, card = SlotsOnScreen(qtbot, theme), PlainCard()
    screen.panel.show_card(card)
    assert card.button.hasFocus()
    screen.focus(screen.view.list)
    screen.keys(Qt.Key.Key_Escape)
    assert card.got == [Qt.Key.Key_Escape]
    screen.panel.take_focus()
    assert card.button.hasFocus()
    assert screen.panel.close_card() is card
    assert screen.view.list.hasFocus()
    assert screen.view.card is None
    card.deleteLater()


def test_the_chosen_slot_is_the_one_that_f9_books_and_whose_number_is_copied(
    qtbot: QtBot, theme: Theme
) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    wanted: list[str] = []
    screen.panel.book_wanted.connect(wanted.append)
    screen.click(AT_1120)
    screen.panel.book()
    assert wanted == [AT_1120.id]
    assert screen.panel.select(AT_1400.id)
    screen.panel.book()
    assert wanted[-1] == AT_1400.id
    assert not screen.panel.select("no such slot")


def test_the_sources_open_by_key_and_one_can_be_asked_again(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    again: list[str] = []
    screen.panel.retry_wanted.connect(again.append)
    strip = screen.view.strip
    screen.focus(strip.list)
    screen.keys(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert strip.details.isVisible()
    assert "Pas de réponse après 7 s." in strip.details.words.text()
    assert strip.details.retry.hasFocus()
    QTest.keyClick(strip.details.retry, Qt.Key.Key_Return)
    assert again == ["cpts-rdv"]
    assert not strip.details.isVisible()


def test_a_line_s_number_is_copied_where_there_is_no_slot(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme, None)
    said: list[str] = []
    screen.panel.copied.connect(said.append)
    screen.panel.copy_number()
    assert QGuiApplication.clipboard().text().replace("\u202f", " ") == "02 30 30 34 34"
    assert said


def _chosen(screen: SlotsOnScreen) -> SlotRow:
    row = screen.panel.chosen_row
    assert row is not None
    return row


def test_when_the_last_row_goes_the_keyboard_stays_in_the_column(qtbot: QtBot, theme: Theme) -> None:
    screen = SlotsOnScreen(qtbot, theme)
    screen.focus(screen.view.list)
    screen.panel.view.bands.chosen.emit(BANDS[5])
    focused = screen.window.focusWidget()
    assert focused is not None
    assert screen.panel.isAncestorOf(focused)
    assert focused.isVisible()
    screen.view.empty.remedy.setFocus()
    screen.view.empty.remedy.click()
    focused = screen.window.focusWidget()
    assert focused is not None
    assert screen.panel.isAncestorOf(focused)
    assert screen.panel.slot_count == 4

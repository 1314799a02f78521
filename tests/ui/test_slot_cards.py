"""The cards of a booking in doubt (taken, not known, an answer missing), and what holds for every card."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.slots.cards import (
    NextState,
    UnknownState,
    conflict_shown,
    next_slot,
    unknown_shown,
)
from osnp_console.domain import facts
from osnp_console.domain.slots.slot import NO_PLACE
from osnp_console.ui.slots.cards.conflict import CHECKING, ConflictCard
from osnp_console.ui.slots.cards.reserve import ReserveCard
from osnp_console.ui.slots.cards.unknown import NO_NUMBER
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import PlainLabel
from tests.ui.booking_cards import (
    CARDS,
    CONTROL,
    NUMBER,
    conflict,
    conflict_without_next,
    press,
    reserve_for,
    unknown,
)
from tests.ui.showing import shown, spoken_description, spoken_name
from tests.unit.booking_cards import NEXT, NOW, TAKEN, appointment, ranked

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


# --- every card ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize(("width", "scale"), [(380, 1.0), (462, 1.0), (430, 2.0), (752, 1.5)])
def test_nothing_of_a_card_is_cut_in_a_narrow_column_or_at_large_text(
    qtbot: QtBot, qapp: object, name: str, width: int, scale: float
) -> None:
    theme = Theme.of(dark=scale > 1, scale=scale)
    card = CARDS[name](theme)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    window.show()
    for _each in range(2):  # rows of buttons take their height once they have their width
        window.resize(width, max(column.heightForWidth(width), 1))
        QGuiApplication.processEvents()
    assert card.width() == width
    for part in card.findChildren(QWidget):
        if not part.isVisible():
            continue
        around = part.parentWidget()
        assert around is not None
        assert around.rect().contains(part.geometry()), (type(part).__name__, part.accessibleName())
        if isinstance(part, QLabel) and part.wordWrap():
            needed = part.heightForWidth(part.width())
            assert part.height() >= needed, part.text()


@pytest.mark.parametrize("name", CARDS)
def test_a_card_has_one_solid_button_at_most_and_no_red_one(qtbot: QtBot, theme: Theme, name: str) -> None:
    card = CARDS[name](theme)
    shown(qtbot, card, width=462, height=900)
    kinds = [button._kind for button in card.findChildren(ActionButton) if button.isVisible()]
    assert kinds.count("primary") <= 1
    assert "danger" not in kinds
    if card.solid is not None:
        assert card.solid._kind == "primary"
        assert card.solid.isVisible()


@pytest.mark.parametrize("name", CARDS)
def test_every_control_of_a_card_is_named_and_received_text_is_never_markup(
    qtbot: QtBot, theme: Theme, name: str
) -> None:
    card = CARDS[name](theme)
    shown(qtbot, card, width=462, height=900)
    assert spoken_name(card)
    assert spoken_description(card)
    for part in card.findChildren(QWidget):
        if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and not part.focusProxy():
            assert spoken_name(part), type(part).__name__
        if isinstance(part, PlainLabel):
            assert part.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("name", CARDS)
def test_escape_leaves_a_card_from_wherever_the_keyboard_is(qtbot: QtBot, theme: Theme, name: str) -> None:
    card = CARDS[name](theme)
    shown(qtbot, card, width=462, height=900)
    card.take_focus()
    if name == "unknown, reason missing":
        press(card, ESCAPE)  # closes the reason first
    with qtbot.waitSignal(card.dismissed):
        press(card, ESCAPE)


# --- taken meanwhile -------------------------------------------------------------------------------------


def test_enter_proposes_the_next_slot(qtbot: QtBot, theme: Theme) -> None:
    card = conflict(theme)
    shown(qtbot, card, width=462)
    card.take_focus()
    with qtbot.waitSignal(card.proposed) as told:
        press(card, ENTER)
    assert told.args == [NEXT.id]
    assert card.propose.text() == "Proposer 11:20"


def test_enter_does_nothing_while_the_next_slot_is_being_checked_then_proposes_it(
    qtbot: QtBot, theme: Theme
) -> None:
    card = conflict(theme, NextState.CHECKING)
    shown(qtbot, card, width=462)
    card.take_focus()
    proposed: list[str] = []
    card.proposed.connect(proposed.append)
    with qtbot.assertNotEmitted(card.dismissed):
        press(card, ENTER)
    assert proposed == []
    assert spoken_description(card.propose).startswith(CHECKING)
    free = next_slot(ranked(NEXT), NOW, NextState.FREE, NOW)
    card.show_conflict(conflict_shown(TAKEN, NOW, "SAS 44", proposed=free))
    press(card, ENTER)
    assert proposed == [NEXT.id]


def test_checked_again_the_card_keeps_the_keyboard_and_never_gives_it_to_the_way_back(
    qtbot: QtBot, theme: Theme
) -> None:
    card = conflict(theme)
    shown(qtbot, card, width=462)
    card.take_focus()
    assert card.propose.hasFocus()
    checking = next_slot(ranked(NEXT), NOW, NextState.CHECKING)
    card.show_conflict(conflict_shown(TAKEN, NOW, "SAS 44", proposed=checking))
    assert card.hasFocus()


def test_without_a_next_slot_enter_goes_back_to_the_list(qtbot: QtBot, theme: Theme) -> None:
    card = conflict_without_next(theme)
    shown(qtbot, card, width=462)
    card.take_focus()
    assert not card.propose.isVisible()
    assert not card.next_box.isVisible()
    with qtbot.waitSignal(card.dismissed):
        press(card, ENTER)


def test_what_a_source_sends_is_shown_letter_for_letter(qtbot: QtBot, theme: Theme) -> None:
    card = ConflictCard(theme, conflict_shown(TAKEN, NOW, "SAS 44", message="<b>pris</b>"))
    shown(qtbot, card, width=462)
    assert card.body.text().startswith("<b>pris</b> ")
    assert card.body.textFormat() == Qt.TextFormat.PlainText


# --- not known -------------------------------------------------------------------------------------------


def test_enter_verifies_and_is_dead_while_it_is_being_verified(qtbot: QtBot, theme: Theme) -> None:
    card = unknown(theme)
    shown(qtbot, card, width=462)
    card.take_focus()
    asked: list[None] = []
    card.verify_wanted.connect(lambda: asked.append(None))
    press(card, ENTER)
    card.show_unknown(unknown_shown(appointment(), "Agenda Redon", NOW, UnknownState.VERIFYING))
    press(card, ENTER)
    assert len(asked) == 1
    assert card.hasFocus()


def test_the_practice_is_phoned_by_ctrl_t_with_its_number_copied_and_its_answer_given_by_a_letter(
    qtbot: QtBot, theme: Theme
) -> None:
    card = unknown(theme)
    shown(qtbot, card, width=462)
    card.take_focus()
    assert not card.answers.isVisible()
    with qtbot.waitSignal(card.call_wanted) as told:
        press(card, Qt.Key.Key_T, CONTROL)
    assert told.args == [NUMBER]
    assert QGuiApplication.clipboard().text() == "02 99 71 00 00"
    with qtbot.waitSignal(card.told) as said:
        press(card, Qt.Key.Key_P)
    assert said.args == [False]


def test_without_a_number_the_card_says_so_and_calls_nobody(qtbot: QtBot, theme: Theme) -> None:
    card = unknown(theme, replace(TAKEN, place=NO_PLACE))
    shown(qtbot, card, width=462)
    assert card.no_number.isVisible()
    assert spoken_description(card.call).startswith(NO_NUMBER)
    with qtbot.assertNotEmitted(card.call_wanted):
        card.call_practice()


def test_going_on_wants_a_typed_reason_and_says_so_under_its_field(qtbot: QtBot, theme: Theme) -> None:
    card = unknown(theme)
    shown(qtbot, card, width=462, height=600)
    card.override.click()
    with qtbot.assertNotEmitted(card.overridden):
        press(card, ENTER)
    assert card.form.field.message.words.startswith("Il faut un motif")
    QTest.keyClicks(card.form.field.line_edit, "cabinet joint hier")
    assert card.form.field.message.words == ""
    with qtbot.waitSignal(card.overridden) as told:
        press(card, ENTER)
    assert told.args == ["cabinet joint hier"]


def test_a_reason_that_was_begun_outlives_escape_and_another_theme(qtbot: QtBot, theme: Theme) -> None:
    card = unknown(theme)
    shown(qtbot, card, width=462, height=600)
    drafts: list[str] = []
    card.draft_changed.connect(drafts.append)
    card.override.click()
    QTest.keyClicks(card.form.field.line_edit, "cab")
    with qtbot.assertNotEmitted(card.dismissed):
        press(card, ESCAPE)
    assert not card.form.isVisible()
    assert card.hasFocus()
    card.override.click()
    assert card.form.field.text() == "cab"
    again = unknown(theme, draft=drafts[-1])
    assert again.form.field.text() == "cab"
    assert again.form.isVisibleTo(again)


def test_once_it_is_known_nothing_is_left_to_verify_and_the_keyboard_stays(
    qtbot: QtBot, theme: Theme
) -> None:
    card = unknown(theme)
    shown(qtbot, card, width=462, height=600)
    card.override.click()
    card.show_unknown(unknown_shown(appointment(), "Agenda Redon", NOW, UnknownState.NOT_BOOKED))
    assert [button.isVisible() for button in (card.verify, card.call, card.override)] == [False] * 3
    assert not card.form.isVisible()
    with qtbot.waitSignal(card.dismissed):
        press(card, ENTER)


def test_the_keys_of_a_card_come_before_those_of_the_window(qtbot: QtBot, theme: Theme) -> None:
    card = unknown(theme)
    other = QLineEdit()
    window = shown(qtbot, other, card, width=462, height=600)
    taken: list[str] = []
    shortcut = QShortcut(QKeySequence("Ctrl+T"), window)
    shortcut.activated.connect(lambda: taken.append("window"))
    card.call_wanted.connect(taken.append)
    card.override.click()
    press(card, Qt.Key.Key_T, CONTROL)
    assert taken == [NUMBER]
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_T, CONTROL)
    assert taken == [NUMBER, "window"]


# --- under reserve ---------------------------------------------------------------------------------------


def test_the_missing_answer_is_given_by_its_letter(qtbot: QtBot, theme: Theme) -> None:
    card = ReserveCard(theme, reserve_for(facts.PRESCRIPTION))
    shown(qtbot, card, width=462)
    card.take_focus()
    with qtbot.waitSignal(card.answered) as told:
        press(card, Qt.Key.Key_N)
    fact, offered = told.args
    assert (fact, offered.answer) == (facts.PRESCRIPTION, False)


def test_an_answer_that_is_typed_leads_to_its_field(qtbot: QtBot, theme: Theme) -> None:
    card = ReserveCard(theme, reserve_for(facts.BIRTH))
    shown(qtbot, card, width=462)
    card.take_focus()
    with qtbot.waitSignal(card.question_wanted) as told:
        press(card, ENTER)
    assert told.args == [facts.BIRTH]


def test_the_next_missing_answer_takes_the_place_of_the_first_with_the_keyboard(
    qtbot: QtBot, theme: Theme
) -> None:
    card = ReserveCard(theme, reserve_for(facts.PRESCRIPTION, facts.BIRTH))
    shown(qtbot, card, width=462)
    card.take_focus()
    card.show_reserve(reserve_for(facts.BIRTH))
    assert card.hasFocus()
    with qtbot.waitSignal(card.question_wanted):
        press(card, ENTER)

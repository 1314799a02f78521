"""Every shortcut fires whatever has the keyboard, and no letter typed in a field fires anything."""

from __future__ import annotations

import string
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallState
from osnp_console.ui.frame.shortcuts import SHORTCUTS, Act
from tests.journeys.operator import Operator, focused, pressed, typed

EVERY_KEY = [(one.act, keys) for one in SHORTCUTS for keys in one.keys]
LETTERS = string.ascii_letters + "éèàùçÉ'’?!,.;:-+=/ 0123456789"


@pytest.fixture
def fired(operator: Operator) -> list[Act]:
    """The acts whose shortcuts fire; they are noted in the place of being done."""
    acts: list[Act] = []
    for action in operator.window.actions():
        action.triggered.disconnect()
        action.triggered.connect(partial(acts.append, action.data()))
    return acts


@pytest.mark.parametrize(
    "code", [fields.BIRTH_NAME, facts.OFFER, facts.SEX, facts.RESIDENCE, fields.NOTE, ""]
)
def test_every_shortcut_fires_over_line_edit_combo_segments_type_ahead_note_and_list(
    operator: Operator, fired: list[Act], code: str
) -> None:
    operator.frame.take_call()
    desk = operator.frame.call_desk
    if code:
        assert desk.intake.focus_field(code)
    else:
        desk.checklist.focus_list()
    where = focused()
    for act, keys in EVERY_KEY:
        fired.clear()
        pressed(keys)
        assert fired == [act], f"{keys} over {where.accessibleName()}"
        assert QApplication.activePopupWidget() is None, f"{keys} opened a list"
        assert focused() is where


def test_f4_over_a_combo_holds_the_call_and_alt_down_opens_the_list(operator: Operator) -> None:
    pressed("F2")
    operator.tab_to("Offre")
    pressed("F4")
    assert operator.call.record.state is CallState.HELD
    assert QApplication.activePopupWidget() is None
    pressed("Alt+Down")
    assert QApplication.activePopupWidget() is not None
    pressed("Escape")
    assert QApplication.activePopupWidget() is None


def text_fields(root: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    lines: list[QLineEdit | QPlainTextEdit] = [
        field
        for field in root.findChildren(QLineEdit)
        if field.isVisible() and field.isEnabled() and not isinstance(field.parentWidget(), QComboBox)
    ]
    return lines + [field for field in root.findChildren(QPlainTextEdit) if field.isVisible()]


def text_of(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def try_the_alphabet(fired: list[Act], field: QLineEdit | QPlainTextEdit) -> None:
    """Type every letter into a field: it holds them, it keeps the keyboard, nothing else happens."""
    field.clear()
    field.setFocus()
    fired.clear()
    for letter in LETTERS:
        typed(letter)
        assert focused() is field, f"{letter!r} took the keyboard away from {field.accessibleName()}"
    assert fired == []
    assert text_of(field) == LETTERS, field.accessibleName()


def test_the_whole_alphabet_typed_into_each_field_of_a_call_is_text_and_nothing_else(
    operator: Operator, fired: list[Act]
) -> None:
    operator.frame.take_call()
    numbers = [call.record.number for call in operator.window.calls.calls]
    found = text_fields(operator.frame.call_desk)
    assert len(found) >= 8
    for field in found:
        try_the_alphabet(fired, field)
    assert [call.record.number for call in operator.window.calls.calls] == numbers


@pytest.mark.parametrize("act", [Act.FOLLOW_UP_PLACE, Act.DISPOSITIFS_PLACE, Act.HELP])
def test_the_whole_alphabet_is_text_in_the_fields_of_the_other_workspaces_and_of_the_help(
    operator: Operator, fired: list[Act], act: Act
) -> None:
    operator.frame.do(act)
    found = text_fields(operator.frame)
    assert found
    for field in found:
        try_the_alphabet(fired, field)


def test_the_whole_alphabet_is_text_in_the_reason_of_an_alarm_and_in_the_hour_of_a_call_back(
    operator: Operator, fired: list[Act]
) -> None:
    operator.frame.take_call()
    operator.frame.do(Act.CLOSE_CALL)
    typed("A")
    try_the_alphabet(fired, operator.frame.call_desk.outcomes.time.line_edit)
    pressed("Escape")
    operator.frame.do(Act.EMERGENCY)
    operator.frame.alarm.ask_reason()
    try_the_alphabet(fired, operator.frame.alarm.reason.line_edit)


def test_f1_filters_the_keys_and_runs_the_one_that_is_left(operator: Operator) -> None:
    pressed("F1")
    operator.capture("aide")
    typed("nouvel appel")
    assert operator.frame.help.rows.count() == 1
    pressed("Return")
    assert not operator.frame.help.isVisible()
    assert operator.here == "Rappeler au"
    assert operator.call.record.number == 1


def test_the_help_gives_the_keyboard_back_where_it_was(operator: Operator) -> None:
    pressed("F2")
    operator.tab_to("Motif")
    pressed("F1")
    assert operator.here == "Filtrer les touches"
    pressed("Escape")
    assert operator.here == "Motif"

"""Each key of the window does what the list of F1 says of it."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from osnp_console.ui.frame.armed_shortcuts import ArmedShortcuts
from osnp_console.ui.frame.shortcuts import SHORTCUTS, Act, Shortcut

KEYS = [(one, keys) for one in SHORTCUTS for keys in one.keys]


@pytest.mark.parametrize(("shortcut", "keys"), KEYS, ids=[keys for _, keys in KEYS])
def test_a_key_does_its_act_while_somebody_types_in_a_field(
    qtbot: QtBot, shortcut: Shortcut, keys: str
) -> None:
    done: list[Act] = []
    field = QLineEdit()
    qtbot.addWidget(field)
    ArmedShortcuts(field, done.append)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    combination = QKeySequence(keys)[0]  # type: ignore[index]  # PySide's types forget the operator
    QTest.keyClick(field, combination.key(), combination.keyboardModifiers())
    assert done == [shortcut.act]


def test_no_key_stands_for_two_acts() -> None:
    twice = [keys for keys, times in Counter(keys for _, keys in KEYS).items() if times > 1]
    assert twice == []

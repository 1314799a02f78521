"""The version of PySide6 that is pinned keeps the reference counts of Python 3.11 right."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

CALLS = 1000
SLACK = 50


def test_a_void_call_of_qt_takes_nothing_from_none(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        widget.update()
        widget.setToolTip("")
    assert abs(sys.getrefcount(None) - before) <= SLACK

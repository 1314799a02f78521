"""Columns stay as wide as the operator made them, on these screens and with this text size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter

from tests.journeys.operator import Operator, pressed
from tests.journeys.turns import all_in_place


def splitter(operator: Operator) -> QSplitter:
    (found,) = operator.frame.call_desk.place.findChildren(QSplitter)
    return found


def widths(operator: Operator) -> list[int]:
    """Of form, checklist and slots; what stands over the last two has none."""
    return splitter(operator).sizes()[:3]


def drag(operator: Operator, by: int) -> None:
    """Drag the handle between form and checklist with the mouse."""
    handle = splitter(operator).handle(1)
    middle = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, middle + QPoint(by, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle + QPoint(by, 0))


def take_a_call(operator: Operator) -> list[int]:
    pressed("F2")
    all_in_place()
    return widths(operator)


def test_the_first_widths_are_those_of_the_interface(operator: Operator) -> None:
    form, checklist, slots = take_a_call(operator)
    assert form >= 352
    assert checklist >= 380
    assert slots >= 400
    assert form < checklist <= slots


def test_columns_that_were_moved_are_as_wide_at_the_next_start(operator: Operator) -> None:
    before = take_a_call(operator)
    drag(operator, 24)
    moved = widths(operator)
    assert moved[0] > before[0]
    operator.stop()
    operator.start()
    pressed("Return")
    operator.qtbot.waitUntil(lambda: widths(operator) == moved)


def test_other_screens_start_with_the_usual_widths(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = take_a_call(operator)
    drag(operator, 24)
    operator.stop()
    monkeypatch.setattr("osnp_console.ui.frame.layout_memory.screens_key", lambda scale: "3840x2160+0+0|100")
    operator.start()
    pressed("Return")
    operator.qtbot.waitUntil(lambda: widths(operator) == before)


def test_moved_columns_are_kept_when_the_text_grows_and_comes_back(operator: Operator) -> None:
    take_a_call(operator)
    drag(operator, 24)
    moved = widths(operator)
    pressed("Ctrl++")
    all_in_place()
    pressed("Ctrl+-")
    operator.qtbot.waitUntil(lambda: widths(operator) == moved)

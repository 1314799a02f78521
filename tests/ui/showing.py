"""Puts widgets on a screen that nobody sees, and says what a screen reader and a colour-blind eye get."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


def shown(qtbot: QtBot, *widgets: QWidget, width: int = 300, height: int = 400) -> QWidget:
    """An active window with the widgets one above the other."""
    window = QWidget()

    def hide(_closing: QWidget) -> None:
        # pytest-qt keeps a weak reference only: this function keeps the window until the end of the test.
        window.hide()

    qtbot.addWidget(window, before_close_func=hide)
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch()
    window.resize(width, height)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def focused(qtbot: QtBot, widget: QWidget) -> None:
    """Gives a widget the focus, and waits until it has it."""
    widget.setFocus()
    target = widget.focusProxy() or widget
    qtbot.waitUntil(target.hasFocus)


def spoken_name(widget: QWidget) -> str:
    """The name a screen reader gets."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def spoken_description(widget: QWidget) -> str:
    """The description a screen reader gets."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def in_grey(widget: QWidget) -> QImage:
    """The widget as it is painted, without colour."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def strokes(greys: Sequence[int], darker_than: int = 200) -> int:
    """How many separate dark strokes there are along a line of pixels."""
    return sum(dark for dark, _run in groupby(grey < darker_than for grey in greys))


def top_edge(widget: QWidget) -> list[int]:
    """The greys along the top edge of a widget, corners left out."""
    image = in_grey(widget)
    return [image.pixelColor(x, 0).lightness() for x in range(6, image.width() - 6)]

"""What the pages of Ordonnances have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from osnp_console.ui.preferences.page import Page
from osnp_console.ui.reading.two_lines import ROW_HEIGHT, TwoLineList
from osnp_console.ui.widgets.action_button import ActionButton


def align_with_list(page: Page) -> None:
    """Put the title of a page beside a list at the height of the list's own."""
    theme = page.theme
    page.column.setContentsMargins(theme.px(6), 0, theme.px(14), theme.px(12))


def fit_rows(rows: TwoLineList, most: int) -> None:
    """As high as the rows of a list, which is scrolled past `most`."""
    count = min(max(len(rows.rows), 1), most)
    rows.setFixedHeight(rows.theme.px(ROW_HEIGHT) * count + rows.theme.px(4))


def at_left(button: ActionButton, parent: QWidget) -> QWidget:
    """A button as wide as its words, at the left of a row."""
    holder = QWidget(parent)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(button)
    row.addStretch(1)
    return holder

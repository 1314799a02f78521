"""Where the cards stand: as high as they are, scrolled where height lacks, the keyboard never lost."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.slot_cards import NextState
from osnp_console.ui.slots.cards.place import CardPlace
from osnp_console.ui.slots.cards.portal import PortalCard
from osnp_console.ui.theme.theme import Theme
from tests.ui.booking_cards import PORTAL, conflict, conflict_without_next, read_line


def column_of(qtbot: QtBot, theme: Theme, height: int) -> tuple[CardPlace, QListWidget]:
    """A column of the window: the place, and the list under it."""
    window = QWidget()
    place, rows = CardPlace(theme, window), QListWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(place)
    column.addWidget(rows, 1)

    def hide(_closing: QWidget) -> None:
        window.hide()

    qtbot.addWidget(window, before_close_func=hide)
    window.resize(462, height)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return place, rows


def test_a_card_takes_its_own_height_and_none_when_it_is_gone(qtbot: QtBot, theme: Theme) -> None:
    place, rows = column_of(qtbot, theme, 700)
    before = rows.height()
    card = conflict(theme)
    place.show_card(card)
    qtbot.waitUntil(lambda: place.height() == card.height() == card.heightForWidth(card.width()))
    assert place.verticalScrollBar().maximum() == 0
    place.show_card(None)
    qtbot.waitUntil(lambda: rows.height() == before)
    assert not place.isVisible()


def test_a_card_that_says_more_grows(qtbot: QtBot, theme: Theme) -> None:
    place, _rows = column_of(qtbot, theme, 700)
    card = PortalCard(theme, PORTAL, read_line)
    place.show_card(card)
    qtbot.waitUntil(lambda: place.height() == card.heightForWidth(card.width()))
    before = place.height()
    card.taken.save()
    qtbot.waitUntil(lambda: place.height() > before and place.verticalScrollBar().maximum() == 0)


def test_where_height_lacks_the_card_is_scrolled_to_where_the_keyboard_is(qtbot: QtBot, theme: Theme) -> None:
    place, rows = column_of(qtbot, theme, 330)
    rows.setMinimumHeight(120)
    card = PortalCard(theme, PORTAL, read_line)
    place.show_card(card)
    qtbot.waitUntil(lambda: place.verticalScrollBar().maximum() > 0)
    card.take_focus()
    card.taken.field.setFocus()
    line = card.taken.field.line_edit

    def seen() -> bool:
        top = line.mapTo(place.viewport(), line.rect().topLeft()).y()
        return top >= 0 and top + line.height() <= place.viewport().height()

    qtbot.waitUntil(seen)


def test_another_card_takes_the_keyboard_over_only_from_the_card_that_had_it(
    qtbot: QtBot, theme: Theme
) -> None:
    place, rows = column_of(qtbot, theme, 700)
    rows.setFocus()
    assert place.show_card(conflict(theme, NextState.CHECKING)) is False
    assert rows.hasFocus()
    first = place.card
    assert first is not None
    first.take_focus()
    assert place.holds_focus
    second = conflict_without_next(theme)
    assert place.show_card(second) is True
    assert second.back.hasFocus()
    assert place.show_card(None) is True

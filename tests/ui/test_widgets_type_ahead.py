"""A field that proposes: what counts as chosen, what stays pending, what comes back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.domain.call_sheet import ASKED
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.suggestions import MOST_ROWS, Row, Suggestions
from osnp_console.ui.widgets.type_ahead import TypeAhead
from tests.ui.showing import focused, in_grey, shown, spoken_description

COMMUNES = (
    Row("35236", "Redon", "35600 · Ille-et-Vilaine"),
    Row("35145", "Langon", "35660 · Ille-et-Vilaine"),
    Row("33225", "Langon", "33210 · Gironde"),
    Row("41110", "Langon-sur-Cher", "41320 · Loir-et-Cher"),
    Row("44067", "Guémené-Penfao", "44290 · Loire-Atlantique"),
)


def search(text: str) -> Sequence[Row]:
    return [row for row in COMMUNES if row.name.casefold().startswith(text.casefold())]


def resolve(text: str) -> object | None:
    found = [row.key for row in COMMUNES if row.name.casefold() == text.casefold()]
    return found[0] if len(found) == 1 else None


class Listener:
    """Writes down what a field tells, in order."""

    def __init__(self, field: TypeAhead) -> None:
        self.told: list[tuple[str, object]] = []
        field.chosen.connect(self._chosen)
        field.cleared.connect(self._cleared)
        field.restored.connect(self._restored)

    def _chosen(self, key: object) -> None:
        self.told.append(("chosen", key))

    def _cleared(self) -> None:
        self.told.append(("cleared", None))

    def _restored(self) -> None:
        self.told.append(("restored", None))


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> TypeAhead:
    """A commune field, shown, with the focus; another field stands below."""
    field = TypeAhead(
        theme, "Commune", search, resolve=resolve, nothing_found="Aucune commune ne ressemble à « {} »."
    )
    shown(qtbot, field, LineField(theme, "Après"))
    focused(qtbot, field)
    return field


def typed(field: TypeAhead, text: str) -> None:
    QTest.keyClicks(field.line_edit, text)


def press(field: TypeAhead, key: Qt.Key) -> None:
    QTest.keyClick(field.line_edit, key)


def test_typing_opens_the_list_and_decides_nothing(qtbot: QtBot, field: TypeAhead) -> None:
    with qtbot.assertNotEmitted(field.chosen), qtbot.assertNotEmitted(field.committed):
        typed(field, "lan")
    assert field.suggestions.isVisible()
    assert field.line_edit.hasFocus(), "the list never takes the focus"
    assert [row.key for row in field.suggestions.rows] == ["35145", "33225", "41110"]
    assert field.pending


def test_enter_takes_the_lit_row_then_asks_for_the_next_question(qtbot: QtBot, field: TypeAhead) -> None:
    listener = Listener(field)
    typed(field, "red")
    with qtbot.waitSignals([field.chosen, field.committed, field.next_wanted], order="strict"):
        press(field, Qt.Key.Key_Return)
    assert listener.told == [("chosen", "35236")]
    assert not field.suggestions.isVisible()
    assert not field.pending


def test_tab_takes_the_lit_row_and_goes_on(qtbot: QtBot, field: TypeAhead) -> None:
    listener = Listener(field)
    typed(field, "gu")
    press(field, Qt.Key.Key_Tab)
    assert listener.told == [("chosen", "44067")]
    assert not field.line_edit.hasFocus()


def test_a_click_takes_a_row_and_leaves_the_focus_in_the_field(qtbot: QtBot, field: TypeAhead) -> None:
    listener = Listener(field)
    typed(field, "lan")
    QTest.mouseClick(field.suggestions, Qt.MouseButton.LeftButton, pos=QPoint(40, 4 + 28 + 14))
    assert listener.told == [("chosen", "33225")]
    assert field.line_edit.hasFocus()


def test_communes_of_one_name_are_never_chosen_by_their_order(qtbot: QtBot, field: TypeAhead) -> None:
    listener = Listener(field)
    typed(field, "langon")
    with qtbot.assertNotEmitted(field.next_wanted):
        press(field, Qt.Key.Key_Return)
    assert listener.told == []
    assert field.suggestions.isVisible(), "the rows stay, to be told apart"
    press(field, Qt.Key.Key_Down)
    press(field, Qt.Key.Key_Down)
    press(field, Qt.Key.Key_Return)
    assert listener.told == [("chosen", "33225")]


def test_an_exact_and_unique_name_left_in_the_field_is_taken(qtbot: QtBot, field: TypeAhead) -> None:
    listener = Listener(field)
    typed(field, "redon")
    press(field, Qt.Key.Key_Escape)
    press(field, Qt.Key.Key_Backtab)
    assert listener.told == [("chosen", "35236")]


def test_a_lit_row_is_not_taken_by_leaving_with_the_mouse(qtbot: QtBot, theme: Theme) -> None:
    field, other = TypeAhead(theme, "Commune", search, resolve=resolve), LineField(theme, "Nom")
    shown(qtbot, field, other)
    focused(qtbot, field)
    listener = Listener(field)
    typed(field, "red")
    focused(qtbot, other)
    assert listener.told == []
    assert field.pending
    assert field.text() == "red", "what was typed stays"
    assert not field.suggestions.isVisible()


def test_escape_gives_the_former_value_back(qtbot: QtBot, field: TypeAhead) -> None:
    field.set_value("Redon", "35600 · 35")
    listener = Listener(field)
    field.line_edit.selectAll()
    typed(field, "lan")
    assert field.annotation == "", "the annotation of another commune does not stay"
    press(field, Qt.Key.Key_Escape)
    assert (field.text(), field.annotation, field.pending) == ("Redon", "35600 · 35", False)
    assert listener.told == [("restored", None)]
    assert not field.suggestions.isVisible()


def test_escape_without_a_former_value_keeps_what_was_typed(qtbot: QtBot, field: TypeAhead) -> None:
    typed(field, "lan")
    press(field, Qt.Key.Key_Escape)
    assert not field.suggestions.isVisible()
    assert field.text() == "lan"


def test_escape_with_nothing_to_give_back_goes_on_to_the_window(qtbot: QtBot, field: TypeAhead) -> None:
    shortcut = QShortcut(QKeySequence("Escape"), field.window())
    with qtbot.waitSignal(shortcut.activated):
        press(field, Qt.Key.Key_Escape)


def test_a_value_replaced_by_a_text_that_is_no_row_no_longer_stands(qtbot: QtBot, field: TypeAhead) -> None:
    field.set_value("Redon", "35600 · 35")
    listener = Listener(field)
    field.line_edit.selectAll()
    typed(field, "lieu-dit")
    press(field, Qt.Key.Key_Tab)
    assert listener.told == [("cleared", None)]
    assert field.text() == "lieu-dit"
    assert field.pending


def test_an_emptied_field_tells_it_once_on_leaving(qtbot: QtBot, field: TypeAhead) -> None:
    field.set_value("Redon", "35600 · 35")
    listener = Listener(field)
    field.line_edit.selectAll()
    press(field, Qt.Key.Key_Delete)
    assert listener.told == []
    press(field, Qt.Key.Key_Tab)
    focused(qtbot, field)
    press(field, Qt.Key.Key_Tab)
    assert listener.told == [("cleared", None)]
    assert not field.pending


def test_a_question_mark_alone_means_asked_and_not_known(qtbot: QtBot, field: TypeAhead) -> None:
    listener = Listener(field)
    typed(field, "?")
    assert not field.suggestions.isVisible()
    press(field, Qt.Key.Key_Tab)
    assert listener.told == [("chosen", ASKED)]
    assert field.answer is ASKED


def test_a_name_that_resembles_nothing_is_said_and_lets_enter_go_on(qtbot: QtBot, field: TypeAhead) -> None:
    listener = Listener(field)
    typed(field, "zzz")
    assert field.suggestions.isVisible()
    assert field.suggestions.rows == ()
    with qtbot.waitSignal(field.next_wanted):
        press(field, Qt.Key.Key_Return)
    assert listener.told == []
    assert field.text() == "zzz"


def test_setting_a_value_or_a_pending_text_says_nothing(qtbot: QtBot, field: TypeAhead) -> None:
    signals = (field.typed, field.chosen, field.cleared, field.committed, field.restored)
    with qtbot.assertNotEmitted(signals[0]), qtbot.assertNotEmitted(signals[1]):
        field.set_value("Redon", "35600 · 35")
        field.set_pending("lan")
        field.set_answer(ASKED)
        field.set_answer(None)
    assert field.answer is None


def test_at_most_eight_rows_stand_under_the_field(qtbot: QtBot, theme: Theme) -> None:
    many = [
        Row(number, f"Commune {number}", section="Autres offres" if number > 4 else "")
        for number in range(20)
    ]
    field = TypeAhead(theme, "Commune", lambda _text: many)
    shown(qtbot, field)
    focused(qtbot, field)
    typed(field, "c")
    assert len(field.suggestions.rows) == MOST_ROWS == 8
    below = field.mapTo(field.window(), QPoint(0, field.height())).y()
    assert field.suggestions.y() >= below
    for _press in range(12):
        press(field, Qt.Key.Key_Down)
    assert field.suggestions.index == 7
    press(field, Qt.Key.Key_Up)
    assert field.suggestions.index == 6


def test_the_lit_row_is_read_aloud(qtbot: QtBot, field: TypeAhead) -> None:
    typed(field, "lan")
    assert spoken_description(field.line_edit) == "3 propositions"
    press(field, Qt.Key.Key_Down)
    assert spoken_description(field.line_edit) == "1 sur 3, Langon, 35660 · Ille-et-Vilaine"


def test_the_list_follows_a_form_that_scrolls_and_goes_with_its_field(qtbot: QtBot, theme: Theme) -> None:
    form = QWidget()
    column = QVBoxLayout(form)
    field = TypeAhead(theme, "Commune", search)
    column.addSpacing(100)
    column.addWidget(field)
    column.addSpacing(900)
    area = QScrollArea()
    area.setWidget(form)
    area.setWidgetResizable(True)
    shown(qtbot, area)
    focused(qtbot, field)
    typed(field, "lan")
    before = field.suggestions.y()
    area.verticalScrollBar().setValue(40)
    assert field.suggestions.y() == before - 40
    field.hide()
    assert field.suggestions.isHidden()


def test_a_former_name_shows_and_says_what_it_stands_for(qtbot: QtBot, theme: Theme) -> None:
    rows = [Row("1", "Saint-Just → Val d’Anast", "35330 · Ille-et-Vilaine"), Row("2", "Saint-Just", "12")]
    field = TypeAhead(theme, "Commune", lambda _text: rows)
    shown(qtbot, field, width=420)
    focused(qtbot, field)
    typed(field, "saint")
    assert spoken_description(field.line_edit).startswith(
        "1 sur 2, Saint-Just aujourd’hui Val d’Anast, 35330"
    )
    assert field.suggestions.width() <= field.window().width()
    assert in_grey(field.suggestions).height() >= 2 * 28


def test_what_was_there_is_kept_when_the_question_brings_the_focus(qtbot: QtBot, theme: Theme) -> None:
    field = LineField(theme, "Cabinet")
    other = LineField(theme, "Nom")
    shown(qtbot, other, field)
    focused(qtbot, other)
    field.set_text("Dr Hamon")
    focused(qtbot, field)
    QTest.keyClicks(field.line_edit, ", Redon")
    assert field.text() == "Dr Hamon, Redon"


def test_an_open_list_goes_when_the_form_is_rebuilt(qtbot: QtBot, theme: Theme) -> None:
    field, other = TypeAhead(theme, "Commune", search), LineField(theme, "Nom")
    window = shown(qtbot, field, other)
    focused(qtbot, field)
    typed(field, "lan")
    assert window.findChild(Suggestions) is not None
    field.deleteLater()
    qtbot.waitUntil(lambda: window.findChild(Suggestions) is None)
    window.resize(500, 500)
    focused(qtbot, other)

"""Text from 100 to 200 %, on a small and a large screen: the same call, the same field, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from osnp_console.domain import call_sheet as fields
from osnp_console.ui.frame.rail import Place, RailButton
from osnp_console.ui.frame.reflow import Arrangement
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel
from tests.journeys.operator import Operator, focused, label_of, pressed, typed
from tests.journeys.test_redon_call import talk
from tests.journeys.turns import all_in_place


def cut(root: QWidget) -> Iterator[str]:
    """The texts that are seen and not whole, without a mark that says so."""
    for label in root.findChildren(QLabel):
        if not label.isVisible() or isinstance(label, ElidedLabel | MarkLabel) or not label.text():
            continue
        if label.wordWrap():
            short = label.height() < label.heightForWidth(label.width())
        else:
            short = label.width() < label.sizeHint().width() or label.height() < label.sizeHint().height()
        if short:
            yield f"{label.text()!r} {label.width()}x{label.height()} of {label.sizeHint()}"
    for button in root.findChildren(QAbstractButton):
        if button.isVisible() and isinstance(button, ActionButton | RailButton):
            wanted = button.sizeHint()
            if button.width() < wanted.width() or button.height() < wanted.height():
                yield f"{button.accessibleName()!r} {button.size()} of {wanted}"


def out_of_sight(root: QWidget) -> Iterator[str]:
    """The buttons that hang over the edge of the window or of what holds them."""
    window = root.window().rect()
    for button in root.findChildren(ActionButton):
        if button.isVisible() and not button.visibleRegion().isEmpty():
            place = button.rect().translated(button.mapTo(root.window(), button.rect().topLeft()))
            if not window.contains(place):
                yield f"{button.accessibleName()!r} at {place}"


def arrangement(operator: Operator) -> Arrangement | None:
    return operator.frame.call_desk.place.arrangement


def test_larger_and_larger_text_goes_from_three_columns_to_one_with_the_same_call_and_field(
    operator: Operator,
) -> None:
    pressed("F2")
    operator.answer("Rappeler au", "0639984107", then="Tab")
    operator.answer("Nom", "martin", then="Tab")
    operator.tab_to("Commune")
    typed("guém")
    call, sheet = operator.call, operator.sheet
    seen = [arrangement(operator)]
    for _step in range(10):
        pressed("Ctrl++")
        all_in_place()
        assert operator.here == "Commune"
        assert operator.call is call
        assert operator.sheet == sheet
        seen.append(arrangement(operator))
    assert list(dict.fromkeys(seen)) == [
        Arrangement.THREE_COLUMNS, Arrangement.TWO_COLUMNS, Arrangement.ONE_COLUMN,
    ]  # fmt: skip
    assert operator.window.theme.scale == 2.0
    typed("ené")
    assert operator.frame.call_desk.intake.controls.residence.text() == "guémené"
    operator.capture("texte-200-fiche")
    pressed("Ctrl+-")
    assert operator.window.theme.scale == 1.9
    assert operator.here == "Commune"
    assert operator.frame.call_desk.intake.controls.name.text() == "MARTIN"
    assert operator.sheet.text(fields.CALLER_PHONE).endswith("07")


def test_text_stops_growing_at_200_and_shrinking_at_100(operator: Operator) -> None:
    pressed("Ctrl+-")
    assert operator.window.theme.scale == 1.0
    operator.stop()
    operator.workstation.install(text=200)
    operator.start()
    pressed("Ctrl+=")
    assert operator.window.theme.scale == 2.0


@pytest.mark.parametrize(
    ("size", "text", "theme"),
    [
        ((1366, 768), 100, "clair"),
        ((1366, 768), 150, "sombre"),
        ((1366, 768), 200, "clair"),
        ((1920, 1080), 100, "sombre"),
        ((1920, 1080), 200, "clair"),
        ((1024, 640), 100, "clair"),
        ((1024, 640), 200, "sombre"),
    ],
)
def test_no_text_is_cut_without_a_mark_in_any_workspace(
    seated: Operator, size: tuple[int, int], text: int, theme: str
) -> None:
    seated.workstation.install(text=text, theme=theme)
    seated.start(*size)
    talk(seated)
    found: dict[str, list[str]] = {}
    for place in Place:
        seated.frame.show_place(place)
        seated.wait_saved()
        seated.capture(f"{place.value}-{theme}-{size[0]}x{size[1]}-{text}")
        found[place.value] = [*cut(seated.window), *out_of_sight(seated.window)]
        if place is Place.CALL:
            for _pane in range(3):
                pressed("F6")
                all_in_place()
                found[place.value] += cut(seated.frame.call_desk)
    assert {place: texts for place, texts in found.items() if texts} == {}
    assert seated.window.width() == size[0], "the window had to grow"


@pytest.mark.parametrize("text", [100, 200])
def test_no_text_is_cut_in_what_covers_a_call(seated: Operator, text: int) -> None:
    seated.workstation.install(text=text)
    seated.start()
    pressed("F2")
    for number, keys in enumerate(("F1", "Ctrl+G", "F12")):
        pressed(keys)
        if keys == "F12":
            seated.frame.alarm.ask_reason()
        seated.capture(f"couvre-{number}-{text}")
        assert [*cut(seated.window), *out_of_sight(seated.window)] == [], keys
        pressed("Escape")


@pytest.mark.parametrize("text", [100, 200])
def test_with_seven_calls_the_tabs_shrink_before_anything_on_the_right(seated: Operator, text: int) -> None:
    seated.workstation.install(text=text)
    seated.start()
    for _call in range(7):
        pressed("F2")
    seated.capture(f"sept-appels-{text}")
    top = seated.frame.top
    assert [*cut(top), *out_of_sight(top)] == []
    assert top.tabs.more.isVisible()
    shown = [tab for tab in top.tabs.tabs if tab.isVisible()]
    assert shown
    assert shown[-1].isChecked()
    assert all(tab.width() >= tab.sizeHint().width() for tab in shown)
    assert top.tabs.more.text() == f"+{7 - len(shown)}"
    assert top.tabs.more.mapTo(top, top.tabs.more.rect().topRight()).x() < top.new_call.x()
    pressed("Ctrl+Tab")
    # The call on screen has its tab.
    seated.qtbot.waitUntil(lambda: next(tab for tab in top.tabs.tabs if tab.isChecked()).isVisible())
    assert top.emergency.geometry().right() <= top.width()


def test_the_pane_of_the_question_comes_on_screen_where_there_is_one_column(seated: Operator) -> None:
    seated.workstation.install(text=200)
    seated.start()
    pressed("F2")
    pressed("F6")
    assert not seated.frame.call_desk.intake.isVisible()
    pressed("F3")
    assert seated.here == "Commune"
    assert seated.frame.call_desk.intake.isVisible()
    assert label_of(focused()) == "Commune"
    assert focused().focusPolicy() is not Qt.FocusPolicy.NoFocus

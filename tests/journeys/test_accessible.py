"""What a screen reader gets of every workspace, and where the keyboard can go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from osnp_console.ui.frame.call_place import CHECKLIST, INTAKE, SLOTS
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.frame.shortcuts import Act
from osnp_console.ui.widgets.segments import Segments
from tests.journeys.operator import NARROW, Operator, focused, label_of, pressed, typed
from tests.journeys.test_redon_call import talk
from tests.ui.showing import spoken_name

WORKSPACES = list(Place)
REACHED_AT_MOST = 150


def stops(root: QWidget) -> list[QWidget]:
    """What of a part of the window can have the keyboard now."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
    ]


def show_everything(operator: Operator, place: Place) -> None:
    """A settled call with an alarm on another one, and the workspace over it."""
    pressed("F2")
    pressed("F12")
    talk(operator)
    operator.frame.show_place(place)
    operator.wait_saved()


def rows_of(view: QAbstractItemView) -> Iterator[str]:
    """What is said of each row of a list."""
    model = view.model()
    for row in range(model.rowCount(QModelIndex())):
        index = model.index(row, 0)
        said = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
        yield str(said or model.data(index, Qt.ItemDataRole.DisplayRole) or "")


@pytest.mark.parametrize("place", WORKSPACES)
def test_everything_that_can_have_the_keyboard_has_a_name_and_every_row_is_a_sentence(
    operator: Operator, place: Place
) -> None:
    show_everything(operator, place)
    found = stops(operator.window)
    assert len(found) > 5
    nameless = [type(widget).__name__ for widget in found if not spoken_name(widget).strip()]
    assert nameless == []
    for view in operator.frame.findChildren(QAbstractItemView):
        if view.isVisible():
            assert all(said.strip() for said in rows_of(view)), view.accessibleName()


def nameless(root: QWidget) -> list[str]:
    """The kinds of what can have the keyboard and says nothing."""
    return [type(widget).__name__ for widget in stops(root) if not spoken_name(widget).strip()]


@pytest.mark.parametrize("keys", [("F1",), ("Ctrl+G",), ("Ctrl+G", "A"), ("F6", "Ctrl+I")], ids="-".join)
def test_what_covers_a_call_has_names_too(operator: Operator, keys: tuple[str, ...]) -> None:
    talk(operator)
    for key in keys:
        pressed(key)
    assert nameless(operator.window) == []
    frame = operator.frame
    covers = (frame.help, frame.call_desk.outcomes, frame.call_desk.source)
    assert [cover.accessibleName() for cover in covers if cover.isVisible()] != []


@pytest.mark.parametrize(
    "heading",
    [
        "Ce poste",
        "Apparence",
        "Urgence vitale",
        "Ordonnances",
        "Infirmiers",
        "Base",
        "Journal",
    ],
)
def test_every_heading_of_the_settings_has_names(operator: Operator, heading: str) -> None:
    operator.frame.show_place(Place.PREFERENCES)
    operator.frame.places.show_heading(heading)
    assert nameless(operator.window) == []


def test_a_question_says_its_state_and_value_after_its_label(operator: Operator) -> None:
    talk(operator)
    said = {label_of(one): one for one in operator.frame.call_desk.intake.findChildren(Segments)}
    assert spoken_name(said["Peut venir"]) == f"Peut venir{NARROW}: Oui"
    assert spoken_name(said["Lien"]) == f"Lien{NARROW}: pas demandé"
    for segments in said.values():
        assert NARROW + ":" in spoken_name(segments), "a value is always said"


def test_no_two_controls_of_the_form_share_a_name(operator: Operator) -> None:
    talk(operator)
    names = Counter(label_of(widget) for widget in stops(operator.frame.call_desk.intake))
    assert [name for name, count in names.items() if count > 1] == []


def test_the_tree_that_a_screen_reader_walks_holds_the_form_and_the_list(operator: Operator) -> None:
    talk(operator)
    root = QAccessible.queryAccessibleInterface(operator.window)
    names = set()
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if one.isValid():
            names.add(one.text(QAccessible.Text.Name))
            waiting += [one.child(number) for number in range(one.childCount())]
    assert {"Fiche de l’appel", "Rappeler au", "Dispositifs", "Terminer"} <= names
    assert any(name.startswith("Pays de Redon, médecine générale, éligible") for name in names)


def walk(key: str) -> list[QWidget]:
    """Where a key leads until it is back where it began."""
    found = [focused()]
    for _ in range(REACHED_AT_MOST):
        pressed(key)
        if focused() is found[0]:
            return found
        assert focused() not in found, (
            f"{key} goes round without coming back, at {focused().accessibleName()}"
        )
        found.append(focused())
    raise AssertionError("Tab never comes back")


@pytest.mark.parametrize("place", WORKSPACES)
def test_tab_reaches_every_control_of_a_workspace_and_comes_back_both_ways(
    operator: Operator, place: Place
) -> None:
    show_everything(operator, place)
    forth = walk("Tab")
    back = walk("Shift+Tab")
    assert back == [forth[0], *reversed(forth[1:])]
    rail = list(operator.frame.rail.buttons.values())
    missed = [widget for widget in stops(operator.window) if widget not in forth and widget not in rail]
    assert [widget.accessibleName() for widget in missed] == []


def test_tab_goes_in_the_order_of_reading_form_question_list_detail_slots_bars_rail(
    operator: Operator,
) -> None:
    talk(operator)
    frame, desk = operator.frame, operator.frame.call_desk
    desk.intake.focus_first()
    pressed("Shift+Tab")
    parts = [
        desk.intake, desk.checklist.view.strip, desk.checklist.view.counts, desk.checklist.view.list,
        desk.checklist.view.detail, desk.slots, frame.bar, frame.top, frame.rail,
    ]  # fmt: skip
    order: list[QWidget] = []
    for widget in walk("Tab"):
        part = next(one for one in parts if widget is one or one.isAncestorOf(widget))
        if not order or order[-1] is not part:
            order.append(part)
    assert order == parts


@pytest.mark.parametrize("pane", [INTAKE, CHECKLIST, SLOTS])
def test_f6_goes_round_the_panes_in_both_directions(operator: Operator, pane: int) -> None:
    talk(operator)
    place = operator.frame.call_desk.place
    operator.go_to_pane(pane)
    pressed("F6")
    assert place.pane_of(focused()) == (pane + 1) % 3
    pressed("Shift+F6")
    assert place.pane_of(focused()) == pane


def test_the_keyboard_is_never_lost_when_what_had_it_goes_away(operator: Operator) -> None:
    talk(operator)
    pressed("F12")
    operator.tab_into(operator.frame.alarm.seen)
    pressed("Space")
    assert focused().isVisible()
    operator.frame.alarm.ask_reason()
    typed("essai")
    pressed("Return")
    assert operator.frame.call_desk.isAncestorOf(focused()), "back to work"
    operator.tab_into(operator.frame.top.tabs.tabs[0])
    pressed("Ctrl+G")
    pressed("Return")
    assert focused() is operator.frame.call_desk.no_call.take
    pressed("F2")
    pressed("F2")
    operator.tab_into(operator.frame.top.tabs.tabs[0])
    pressed("F2")
    assert operator.here == "Rappeler au"


def test_the_keyboard_is_never_lost_when_a_row_of_the_form_closes(operator: Operator) -> None:
    pressed("F2")
    operator.tab_to("À voir sous")
    typed("P")
    pressed("Tab")
    assert operator.here == "Nombre de jours"
    typed("5")
    operator.window.calls.answer("besoin.delai_heures", 24)
    operator.window.calls.settle()
    assert focused().isVisible()
    pressed("Tab")
    assert QApplication.focusWidget() is not None


def test_leaving_a_workspace_by_its_key_leaves_the_keyboard_in_the_next_one(operator: Operator) -> None:
    pressed("F2")
    operator.tab_to("Motif")
    for keys, place in (
        ("Alt+S", Place.FOLLOW_UP),
        ("Alt+D", Place.DISPOSITIFS),
        ("Alt+R", Place.PREFERENCES),
    ):
        pressed(keys)
        workspace = operator.frame.places.workspace(place)
        assert workspace.isAncestorOf(focused())
    pressed("Alt+A")
    assert operator.here == "Motif", "back where one was"


def test_f6_goes_on_in_every_workspace(operator: Operator) -> None:
    for act in (Act.FOLLOW_UP_PLACE, Act.DISPOSITIFS_PLACE, Act.PREFERENCES_PLACE):
        operator.frame.do(act)
        before = focused()
        pressed("F6")
        assert focused() is not before

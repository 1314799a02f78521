"""Nothing moves under the eye: rows, form, selection and scroll stay while somebody types or looks.

That nothing moves cannot be waited for: all that was posted is let happen, and then it is looked at.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint

from osnp_console.ui.frame.call_place import CHECKLIST, INTAKE
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.test_redon_call import talk
from tests.journeys.turns import all_in_place


def rows(operator: Operator) -> list[str]:
    """The names of the rows, from top to bottom."""
    model = operator.frame.call_desk.checklist.view.model
    return [str(line) for line in model.lines]


def tops(operator: Operator) -> dict[str, int]:
    """Where each row of the form that is seen stands."""
    view = operator.frame.call_desk.intake.view
    return {name: row.mapTo(view, QPoint(0, 0)).y() for name, row in view.rows if row.isVisible()}


def test_rows_do_not_change_place_while_a_text_is_typed_only_once_it_is_an_answer(
    operator: Operator,
) -> None:
    pressed("F2")
    operator.tab_to("Commune")
    before = rows(operator)
    for letter in "guémené":
        typed(letter)
        all_in_place()
        assert rows(operator) == before, f"a row moved at {letter!r}"
    pressed("Return")
    assert rows(operator) != before


def test_rows_do_not_move_under_the_selection_while_the_list_has_the_keyboard(operator: Operator) -> None:
    talk(operator)
    operator.go_to_pane(CHECKLIST)
    pressed("Home")
    pressed("Down")
    view = operator.frame.call_desk.checklist.view
    here, top, before = operator.row, view.list.visualRect(view.list.currentIndex()).top(), rows(operator)
    operator.window.calls.answer("besoin.plateau_technique", True)
    operator.window.calls.settle()
    all_in_place()
    assert rows(operator) == before, "the order waits until the list is left"
    assert operator.row.split(",")[0] == here.split(",")[0]
    assert view.list.visualRect(view.list.currentIndex()).top() == top
    operator.go_to_pane(INTAKE)
    operator.qtbot.waitUntil(lambda: rows(operator) != before)


def test_no_row_of_the_form_above_the_keyboard_moves_during_a_whole_call(operator: Operator) -> None:
    pressed("F2")
    for field, keys in (
        ("Rappeler au", "0639984107"), ("Nom", "martin"), ("Prénom", "léa"), ("Né(e) le", "12051990"),
        ("Sexe", "F"), ("Commune", "guémené"), ("Se trouve", "D"), ("Motif", "otite"), ("À voir sous", "4"),
    ):  # fmt: skip
        operator.tab_to(field)
        before = tops(operator)
        typed(keys)
        all_in_place()
        after = tops(operator)
        shift = {after[name] - before[name] for name in before if name in after}
        assert shift == {0}, f"{field} moved the form by {shift}"
        pressed("Tab")


def test_the_clocks_tick_without_moving_the_tabs(operator: Operator) -> None:
    pressed("F2")
    pressed("F2")
    all_in_place()
    places = [tab.geometry() for tab in operator.frame.top.tabs.tabs]
    operator.workstation.hand_clock.go(minutes=59, seconds=59)
    operator.window.calls.ticked.emit(operator.workstation.clock())
    operator.workstation.hand_clock.go(hours=1)
    operator.window.calls.ticked.emit(operator.workstation.clock())
    all_in_place()
    assert [tab.clock for tab in operator.frame.top.tabs.tabs] == ["1:59:59", "1:59:59"]
    assert [tab.geometry() for tab in operator.frame.top.tabs.tabs] == places

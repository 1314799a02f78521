"""Several calls at once: each keeps its sheet and its clock; how they end, and how they are found again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallState
from osnp_console.domain.clock import PARIS
from osnp_console.ui.follow_up.workspace import FollowUpWorkspace
from osnp_console.ui.frame.rail import Place
from tests.journeys.operator import NARROW, Operator, focused, pressed, typed


def states(operator: Operator) -> list[CallState]:
    return [call.record.state for call in operator.window.calls.calls]


def clocks(operator: Operator) -> list[str]:
    return [tab.clock for tab in operator.frame.top.tabs.tabs]


def follow_up(operator: Operator) -> FollowUpWorkspace:
    workspace = operator.frame.places.workspace(Place.FOLLOW_UP)
    assert isinstance(workspace, FollowUpWorkspace)
    return workspace


def test_a_second_call_holds_the_first_and_each_keeps_what_was_typed(operator: Operator) -> None:
    pressed("F2")
    operator.answer("Rappeler au", "0639984107", then="Tab")
    operator.answer("Nom", "martin", then="")
    pressed("F2")
    assert operator.here == "Rappeler au"
    assert operator.frame.call_desk.intake.controls.name.text() == ""
    operator.answer("Rappeler au", "0612345678", then="")
    assert states(operator) == [CallState.HELD, CallState.ACTIVE]
    pressed("Ctrl+Tab")
    assert operator.call.record.number == 1
    assert operator.frame.call_desk.intake.controls.name.text() == "MARTIN"
    assert states(operator) == [CallState.HELD, CallState.ACTIVE], "looking is not resuming"
    pressed("F4")
    assert states(operator) == [CallState.ACTIVE, CallState.HELD]
    pressed("Ctrl+PgDown")
    assert operator.frame.call_desk.intake.controls.phone.text().startswith("06")
    assert operator.sheet.text(fields.BIRTH_NAME) == ""
    pressed("Ctrl+Shift+Tab")
    assert operator.sheet.text(fields.BIRTH_NAME) == "MARTIN"
    pressed("F4")
    assert states(operator) == [CallState.HELD, CallState.HELD]
    operator.capture("deux-appels")


def test_each_call_has_its_own_clock_that_goes_on_while_it_is_held(operator: Operator) -> None:
    pressed("F2")
    operator.workstation.hand_clock.go(minutes=2, seconds=5)
    pressed("F2")
    operator.workstation.hand_clock.go(seconds=9)
    operator.qtbot.waitUntil(lambda: clocks(operator) == ["02:14", "00:09"])
    operator.workstation.hand_clock.go(hours=1)
    operator.qtbot.waitUntil(lambda: clocks(operator) == ["1:02:14", "1:00:09"])


def test_a_call_ends_with_an_outcome_chosen_by_its_letter_and_the_other_one_comes_back(
    operator: Operator,
) -> None:
    pressed("F2")
    operator.answer("Rappeler au", "0639984107", then="")
    pressed("F2")
    pressed("Ctrl+G")
    typed("C")
    operator.capture("issues")
    pressed("Return")
    assert [call.record.number for call in operator.window.calls.calls] == [1]
    assert operator.call.record.number == 1
    assert operator.here == "Rappeler au"
    operator.stop()
    kept = operator.workstation.kept_calls()
    assert [record.number for record in kept] == [1]
    assert operator.workstation.faults() == ()


def test_escape_from_the_outcomes_gives_the_keyboard_back_where_it_was(operator: Operator) -> None:
    pressed("F2")
    pressed("Tab")
    assert operator.here == "Nom"
    pressed("Ctrl+G")
    pressed("Escape")
    assert operator.here == "Nom"
    assert states(operator) == [CallState.ACTIVE]


def test_when_the_last_call_ends_the_keyboard_is_on_the_way_to_the_next_one(operator: Operator) -> None:
    pressed("F2")
    pressed("Ctrl+G")
    pressed("Return")
    assert operator.window.calls.calls == []
    assert focused() is operator.frame.call_desk.no_call.take


@pytest.mark.both_bases
def test_a_call_to_call_back_is_found_first_in_the_follow_up_and_taken_up_again(operator: Operator) -> None:
    pressed("F2")
    operator.answer("Rappeler au", "0639984107", then="Tab")
    operator.answer("Nom", "martin", then="")
    pressed("Ctrl+G")
    typed("A")
    typed("14h30")
    pressed("Return")
    operator.wait_saved()
    pressed("Alt+S")
    table = follow_up(operator).table
    operator.qtbot.waitUntil(lambda: len(table.rows) == 1)
    assert table.rows[0].to_do == "rappeler à 14:30"
    operator.workstation.hand_clock.go(hours=5)
    pressed("Down")
    assert focused() is table
    operator.capture("suivi")
    pressed("Return")
    operator.qtbot.waitUntil(lambda: operator.window.calls.calls != [])
    assert operator.sheet.text(fields.BIRTH_NAME) == "MARTIN"
    assert operator.call.record.state is CallState.ACTIVE
    assert operator.here == "Rappeler au"


def test_the_hour_of_a_call_back_is_asked_until_it_is_understood(operator: Operator) -> None:
    pressed("F2")
    pressed("Ctrl+G")
    typed("A")
    typed("bientôt")
    pressed("Return")
    outcomes = operator.frame.call_desk.outcomes
    assert outcomes.isVisible()
    assert outcomes.time.message.words
    for _ in "bientôt":
        pressed("Backspace")
    typed("demain 9h")
    call = operator.call
    pressed("Return")
    assert call.record.call_back_at == datetime(2026, 11, 25, 9, 0, tzinfo=PARIS)


def test_somebody_who_called_before_is_recognised_and_the_earlier_call_is_one_key_away(
    operator: Operator,
) -> None:
    for _call in range(2):
        pressed("F2")
        pressed("Tab")
        operator.answer("Nom", "martin", then="Tab")
        operator.answer("Prénom", "léa", then="Tab")
        operator.answer("Né(e) le", "12051990", then="Tab")
        if not _call:
            pressed("Ctrl+G")
            pressed("Return")
            operator.wait_saved()
            operator.workstation.hand_clock.go(minutes=50)
    known = operator.frame.call_desk.intake.view.known
    said = f"Déjà appelé aujourd’hui 10:02{NARROW}: même nom, même date."
    operator.qtbot.waitUntil(lambda: known.words == said and known.isVisible())
    operator.capture("deja-appele")
    operator.tab_into(known)
    pressed("Return")
    operator.qtbot.waitUntil(lambda: operator.call.record.number == 1)
    assert operator.sheet.text(facts.BIRTH) == "12/05/1990"
    assert [call.record.number for call in operator.window.calls.calls] == [2, 1]


def test_a_search_line_finds_the_call_by_name_and_each_word_can_be_taken_off(operator: Operator) -> None:
    for name in ("martin", "le goff"):
        pressed("F2")
        pressed("Tab")
        operator.answer("Nom", name, then="")
        pressed("Ctrl+G")
        pressed("Return")
    operator.wait_saved()
    pressed("Ctrl+F")
    table = follow_up(operator).table
    operator.qtbot.waitUntil(lambda: len(table.rows) == 2)
    typed("martin")
    operator.qtbot.waitUntil(lambda: [row.person for row in table.rows] == ["MARTIN"])
    operator.capture("suivi-recherche")
    pressed("Tab")
    pressed("Return")
    operator.qtbot.waitUntil(lambda: len(table.rows) == 2)
    assert follow_up(operator).search.field.text().strip() == ""


def test_numbers_go_on_after_a_restart_and_never_name_two_calls_of_a_day(operator: Operator) -> None:
    pressed("F2")
    pressed("Ctrl+G")
    pressed("Return")
    operator.stop()
    operator.start()
    pressed("F2")
    assert operator.call.record.number == 2
    assert operator.call.record.taken_at - operator.workstation.clock() < timedelta(seconds=1)
    assert QApplication.activeWindow() is not None
    assert operator.window.windowTitle() == "OSNP Console"

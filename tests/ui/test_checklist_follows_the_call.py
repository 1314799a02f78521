"""The checklist of a real call: what it shows, what stays in place while one types, what moves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from osnp_console.domain import facts
from osnp_console.domain.states import Verdict
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets import held_list
from tests.ui.checklist_desk import ANCENIS, REDON, REDON_CALL, TELE, ChecklistOnScreen


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> ChecklistOnScreen:
    """The call of a child with an earache at Guémené-Penfao."""
    return ChecklistOnScreen(qtbot, theme)


def test_the_call_of_the_picture_finds_its_dispositifs_and_has_nothing_left_to_ask(
    screen: ChecklistOnScreen,
) -> None:
    assert screen.order()[:3] == ["g:ELIGIBLE", REDON, TELE]
    assert screen.counts() == "2 éligibles, 11 à vérifier, 56 refusés, 24 hors service"
    assert screen.panel.view.strip.texts == (
        "Plus rien à demander",
        "11 restent à vérifier\u202f: aucune source ne décrit leur territoire.",
    )
    assert screen.heard(REDON) == (
        "Pays de Redon, médecine générale, éligible, transfert à AccèsS, ouvert jusqu’à 19 heures, 10 doutes"
    )


def test_the_program_selects_the_first_eligible_row_and_shows_it(screen: ChecklistOnScreen) -> None:
    answer = screen.panel.current_answer()
    assert answer is not None
    assert answer.judgement.dispositif.id == REDON.removeprefix("d:")
    assert screen.panel.view.detail.heads == (
        "Pays de Redon · médecine générale",
        "AccèsS 02 30 30 34 34",
        "ouvert · ferme dans 8 h 58",
    )


def test_a_new_call_asks_where_the_patient_lives_and_selects_nothing(qtbot: QtBot, theme: Theme) -> None:
    screen = ChecklistOnScreen(qtbot, theme, {})
    title, second = screen.panel.view.strip.texts
    assert title == "Dans quelle commune le patient habite-t-il\u202f?"
    assert second.startswith("décide pour ")
    assert screen.panel.current_answer() is None


def test_without_a_call_the_checklist_says_how_to_take_one(qtbot: QtBot, theme: Theme) -> None:
    screen = ChecklistOnScreen(qtbot, theme, None)
    assert screen.panel.view.strip.texts == ("Aucun appel ouvert", "F2 pour prendre un appel")
    assert screen.lines() == ()


def test_typing_changes_verdicts_and_counts_in_place_and_moves_nothing(screen: ChecklistOnScreen) -> None:
    before = screen.order()
    screen.calls.answer(facts.REGULAR_DOCTOR, "disponible")
    assert screen.order() == before
    assert screen.heard(REDON).startswith("Pays de Redon, médecine générale, refusé, ")
    assert screen.counts().startswith("1 éligible, ")
    screen.calls.settle()
    assert screen.order()[:2] == ["g:ELIGIBLE", TELE]


def test_an_answer_given_while_the_list_has_the_keyboard_moves_its_rows_once_it_is_left(
    screen: ChecklistOnScreen,
) -> None:
    screen.focus(screen.rows)
    before = screen.order()
    screen.say({facts.RESIDENCE: "85109"})
    assert screen.order() == before
    assert screen.heard("g:ELIGIBLE") == "Éligibles, 2, déplié, ordre à rafraîchir"
    screen.focus(screen.elsewhere)
    assert screen.order() != before
    assert "ordre à rafraîchir" not in screen.heard(screen.order()[0])


def test_a_pointer_at_work_over_the_list_holds_its_rows(screen: ChecklistOnScreen) -> None:
    before = screen.order()
    screen.point_at(TELE)
    screen.qtbot.waitUntil(lambda: screen.panel.view.list.is_held)
    screen.say({facts.REGULAR_DOCTOR: "disponible"})
    assert screen.order() == before
    assert screen.heard("g:ELIGIBLE").endswith("ordre à rafraîchir")
    assert screen.panel.view.model.selected == TELE


def test_a_pointer_forgotten_over_the_list_does_not(
    screen: ChecklistOnScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.point_at(TELE)
    screen.qtbot.waitUntil(lambda: screen.panel.view.list.is_held)
    monkeypatch.setattr(held_list, "POINTER_RESTS_MS", 0)
    screen.say({facts.REGULAR_DOCTOR: "disponible"})
    assert screen.order()[:2] == ["g:ELIGIBLE", TELE]


def test_the_waiting_order_is_taken_by_a_click_on_its_notice(screen: ChecklistOnScreen) -> None:
    screen.focus(screen.rows)
    screen.say({facts.REGULAR_DOCTOR: "disponible"})
    point = screen.middle_of("g:ELIGIBLE")
    point.setX(screen.panel.view.list.viewport().width() - 40)
    screen.click("g:ELIGIBLE", point)
    assert screen.order()[:2] == ["g:ELIGIBLE", TELE]


def test_the_operator_s_choice_stays_selected_and_at_its_height(screen: ChecklistOnScreen) -> None:
    chosen = "d:44-sevre-loire-mg"
    screen.panel.view.list.go_to(chosen)
    screen.click(chosen)
    screen.focus(screen.elsewhere)
    height = screen.panel.view.list.height_on_screen(chosen)
    before = screen.order()
    screen.say({facts.REGULAR_DOCTOR: "disponible", facts.RESIDENCE: "44036"})
    assert screen.order() != before
    assert screen.panel.view.model.selected == chosen
    assert screen.panel.view.list.height_on_screen(chosen) == height


def test_a_chosen_row_that_is_refused_later_is_still_shown(screen: ChecklistOnScreen) -> None:
    screen.click(REDON)
    screen.focus(screen.elsewhere)
    screen.say({facts.RESIDENCE: "85109"})
    assert screen.panel.view.model.selected == REDON
    assert REDON in screen.order()
    assert screen.panel.view.list.height_on_screen(REDON) is not None


def test_each_call_keeps_its_own_choice_and_folds(screen: ChecklistOnScreen) -> None:
    first = screen.calls.current
    assert first is not None
    screen.click(TELE)
    screen.click("g:TERRITORY")
    screen.focus(screen.elsewhere)
    screen.calls.take()
    assert screen.panel.current_answer() is None
    screen.calls.show(first)
    assert screen.panel.view.model.selected == TELE
    assert f"t:{ANCENIS}" not in screen.order()


def test_a_selection_is_told_once_and_again_when_its_verdict_changes(
    screen: ChecklistOnScreen, qtbot: QtBot
) -> None:
    told: list[Verdict] = []
    screen.panel.selection_changed.connect(lambda answer: told.append(answer.judgement.verdict))
    screen.calls.answer("patient.nom_naissance", "LE GOFF")
    assert told == []
    screen.calls.answer(facts.REGULAR_DOCTOR, "disponible")
    assert told == [Verdict.NOT_ELIGIBLE]


def test_a_vital_emergency_refuses_everything_and_leaves_nothing_to_ask(screen: ChecklistOnScreen) -> None:
    screen.calls.raise_alarm()
    assert screen.panel.view.strip.texts[0].startswith("Urgence vitale")
    assert screen.panel.view.strip.buttons == ()
    assert screen.counts() == "0 éligible, 0 à vérifier, 69 refusés, 24 hors service"
    call = screen.calls.current
    assert call is not None
    screen.calls.drop_alarm(call, "erreur de touche")
    assert screen.counts().startswith("2 éligibles, ")


def test_hours_follow_the_clock_by_the_minute(screen: ChecklistOnScreen) -> None:
    screen.desk.clock.go(hours=8, minutes=44)
    screen.calls.ticked.emit(screen.desk.clock())
    assert "ferme dans 14 min" in screen.heard(REDON)
    assert screen.panel.view.detail.heads[2] == "ouvert · ferme dans 14 min"
    screen.desk.clock.go(minutes=20)
    screen.calls.ticked.emit(screen.desk.clock())
    assert "fermé, ouvre" in screen.heard(REDON)
    assert "éligible" in screen.heard(REDON)


def test_a_change_of_verdicts_is_announced_at_most_once_in_two_seconds(
    screen: ChecklistOnScreen, qtbot: QtBot
) -> None:
    live = screen.panel.view.live
    assert live.said == "2 dispositifs éligibles, 11 à vérifier."
    screen.say({facts.REGULAR_DOCTOR: "disponible"})
    assert live.said == "Un dispositif éligible, 10 à vérifier."
    screen.say({facts.REGULAR_DOCTOR: None})
    screen.say({facts.REGULAR_DOCTOR: "indisponible"})
    assert live.said == "Un dispositif éligible, 10 à vérifier."
    qtbot.waitUntil(lambda: live.said == "2 dispositifs éligibles, 11 à vérifier.", timeout=5_000)


def test_qt_finds_nothing_wrong_with_the_model_while_the_call_goes_on(
    screen: ChecklistOnScreen, qtbot: QtBot
) -> None:
    model = screen.panel.view.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    screen.say({facts.RESIDENCE: "85109"})
    screen.click(screen.order()[0])
    screen.say({**REDON_CALL})
    screen.calls.take()
    assert tester.model() is model
    roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
    assert all(model.index(row).data(role) for row in range(model.rowCount()) for role in roles)

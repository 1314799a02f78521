"""The checklist without a mouse: rows, folds, territory, detail, source, question."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from osnp_console.app.checklist.criterion_words import SourceSheet
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import ASKED, ELSEWHERE
from osnp_console.domain.states import Verdict
from osnp_console.ui.checklist.source_panel import SourcePanel
from osnp_console.ui.theme.theme import Theme
from tests.ui.checklist_desk import ANCENIS, REDON, REDON_CALL, TELE, ChecklistOnScreen

Key = Qt.Key


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> ChecklistOnScreen:
    """The call of a child with an earache at Guémené-Penfao."""
    return ChecklistOnScreen(qtbot, theme)


def _current(screen: ChecklistOnScreen) -> str:
    line = screen.panel.view.model.line(screen.panel.view.list.currentIndex().row())
    assert line is not None
    return line.key


def _answer(screen: ChecklistOnScreen, code: str) -> object:
    call = screen.calls.current
    assert call is not None
    return call.record.sheet.answer(code)


def test_arrows_go_from_row_to_row_and_choose(screen: ChecklistOnScreen) -> None:
    screen.panel.focus_list()
    assert _current(screen) == REDON
    screen.keys(Key.Key_Down)
    assert screen.panel.view.model.selected == TELE
    screen.keys(Key.Key_Down)
    assert _current(screen) == "g:TERRITORY"
    assert screen.panel.view.model.selected == TELE
    screen.keys(Key.Key_Home)
    assert _current(screen) == "g:ELIGIBLE"
    screen.keys(Key.Key_End)
    assert _current(screen) == "g:OUT_OF_SERVICE"


def test_tab_leaves_the_list_at_once(screen: ChecklistOnScreen) -> None:
    screen.panel.focus_list()
    screen.keys(Key.Key_Tab)
    assert screen.panel.view.detail.list.hasFocus()


def test_left_folds_the_group_around_and_right_unfolds_it(screen: ChecklistOnScreen) -> None:
    screen.panel.focus_list()
    screen.keys(Key.Key_Left)
    assert REDON not in screen.order()
    assert _current(screen) == "g:ELIGIBLE"
    screen.keys(Key.Key_Right)
    assert REDON in screen.order()


def test_out_of_service_unfolds_with_its_reasons(screen: ChecklistOnScreen) -> None:
    screen.panel.focus_list()
    screen.keys(Key.Key_End, Key.Key_Return)
    key = "d:44-ancenis-kine"
    assert screen.heard(key) == "Ancenis, kinésithérapie, hors service, expérimentation terminée"


def test_the_rest_of_equal_reasons_opens_with_the_right_arrow(screen: ChecklistOnScreen) -> None:
    fold = next(line for line in screen.lines() if line.key.startswith("f:"))
    screen.panel.focus_list()
    screen.panel.view.list.go_to(fold.key)
    before = len(screen.lines())
    screen.keys(Key.Key_Right)
    assert len(screen.lines()) > before
    screen.keys(Key.Key_Left)
    assert len(screen.lines()) == before


def test_first_letters_find_a_cpts_without_its_accents(screen: ChecklistOnScreen) -> None:
    screen.panel.focus_list()
    for letter in "sev":
        screen.panel.view.list.keyboardSearch(letter)
    assert _current(screen) == "d:44-sevre-loire-mg"


def test_a_letter_on_a_territory_places_the_cpts_for_all_its_dispositifs(screen: ChecklistOnScreen) -> None:
    screen.panel.focus_territory("CPTS Atlantique Nord Loire")
    screen.keys(Key.Key_O)
    assert _answer(screen, "territoire:CPTS Atlantique Nord Loire") is True
    assert "appartient au territoire, dit à ce poste" in screen.heard("t:CPTS Atlantique Nord Loire")
    assert screen.counts() == "4 éligibles, 9 à vérifier, 56 refusés, 24 hors service"
    screen.keys(Key.Key_N)
    assert _answer(screen, "territoire:CPTS Atlantique Nord Loire") is False
    screen.keys(Key.Key_Backspace)
    assert _answer(screen, "territoire:CPTS Atlantique Nord Loire") is None
    assert screen.counts() == "2 éligibles, 11 à vérifier, 56 refusés, 24 hors service"


def test_an_answered_territory_joins_its_group_once_the_list_is_left(screen: ChecklistOnScreen) -> None:
    screen.panel.focus_territory(ANCENIS)
    screen.keys(Key.Key_O)
    assert f"t:{ANCENIS}" in screen.order()
    screen.focus(screen.elsewhere)
    assert f"t:{ANCENIS}" not in screen.order()
    assert screen.order().index("d:44-ancenis-mg") < screen.order().index("g:TERRITORY")


def test_a_territory_placed_by_mistake_is_taken_back_from_its_criterion(screen: ChecklistOnScreen) -> None:
    screen.say({f"territoire:{ANCENIS}": True})
    screen.panel.focus_list()
    screen.panel.view.list.setCurrentIndex(
        screen.panel.view.model.index(screen.order().index("d:44-ancenis-mg"))
    )
    screen.keys(Key.Key_Return)
    detail = screen.panel.view.detail.list
    labels = [line.label for line in screen.panel.view.detail.shown]
    detail.setCurrentIndex(detail.lines.index(labels.index("Réside sur le territoire")))
    screen.keys(Key.Key_Backspace)
    assert _answer(screen, f"territoire:{ANCENIS}") is None


def test_a_click_on_a_territory_s_button_answers_too(screen: ChecklistOnScreen) -> None:
    key = f"t:{ANCENIS}"
    point = screen.middle_of(key)
    point.setX(screen.panel.view.list.viewport().width() - 40)
    screen.click(key, point)
    assert _answer(screen, f"territoire:{ANCENIS}") is False


def test_a_count_jumps_to_its_group(screen: ChecklistOnScreen) -> None:
    screen.focus(screen.panel.view.counts)
    screen.keys(Key.Key_Right, Key.Key_Right, Key.Key_Return)
    assert screen.rows.hasFocus()
    assert _current(screen) == "g:REFUSED"
    screen.panel.jump_to(Verdict.OUT_OF_SERVICE)
    assert "d:44-ancenis-kine" in screen.order()


def test_enter_goes_into_the_detail_and_escape_comes_back(screen: ChecklistOnScreen) -> None:
    screen.panel.focus_list()
    screen.keys(Key.Key_Return)
    assert screen.panel.view.detail.list.hasFocus()
    screen.keys(Key.Key_Escape)
    assert screen.rows.hasFocus()


def test_enter_on_a_criterion_shows_its_source_and_closing_gives_the_keyboard_back(
    screen: ChecklistOnScreen, theme: Theme
) -> None:
    sheets: list[SourceSheet] = []
    screen.panel.source_wanted.connect(sheets.append)
    screen.panel.focus_list()
    screen.keys(Key.Key_Return, Key.Key_Down, Key.Key_Return)
    (sheet,) = sheets
    assert sheet.rule == "Réside sur le territoire"
    assert sheet.document.startswith("S5 · Recensement des dispositifs")
    assert sheet.place == "page 14 · document du 01/12/2025"
    assert any("Avesnac" in doubt.text and "Avessac" in (doubt.reading or "") for doubt in sheet.doubts)
    screen.focus(screen.elsewhere)
    screen.panel.return_from_source()
    assert screen.panel.view.detail.list.hasFocus()


def test_the_source_panel_says_document_page_rule_and_both_readings(
    screen: ChecklistOnScreen, qtbot: QtBot, theme: Theme
) -> None:
    panel = SourcePanel(theme)
    qtbot.addWidget(panel)
    screen.panel.source_wanted.connect(panel.fill)
    screen.panel.focus_list()
    screen.keys(Key.Key_Return, Key.Key_Down, Key.Key_Return)
    labels = panel.findChildren(QLabel)
    said = [label.text() for label in labels]
    for words in (
        "page 14 · document du 01/12/2025",
        "Réside sur le territoire",
        "Lu\u202f: Avessac (44007).",
    ):
        assert words in said or words.replace("\u202f", " ") in said, said
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels if label.text())
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(panel, Key.Key_Escape)


def test_the_source_of_the_dispositif_itself_is_shown_from_the_list(screen: ChecklistOnScreen) -> None:
    sheets: list[SourceSheet] = []
    screen.panel.source_wanted.connect(sheets.append)
    screen.panel.focus_list()
    screen.panel.show_source()
    assert len(sheets[0].doubts) == 10
    assert sheets[0].title == "Pays de Redon · médecine générale"


def test_criteria_keep_their_place_while_they_are_on_show(screen: ChecklistOnScreen) -> None:
    screen.click(REDON)
    before = [line.key for line in screen.panel.view.detail.shown]
    screen.say({facts.REGULAR_DOCTOR: "disponible", facts.CAN_TRAVEL: None})
    assert [line.key for line in screen.panel.view.detail.shown] == before


def test_met_criteria_fold_where_others_lack_room(screen: ChecklistOnScreen) -> None:
    screen.click(REDON)
    screen.say({facts.CAN_TRAVEL: None})
    screen.click(TELE)
    screen.click(REDON)
    detail = screen.panel.view.detail.list
    words = [detail.lines.index(row).data() for row in range(detail.lines.rowCount())]
    assert words[:2] == ["Peut venir au cabinet du médecin volontaire", "7 conditions réunies"]
    screen.focus(detail)
    detail.setCurrentIndex(detail.lines.index(1))
    screen.keys(Key.Key_Right)
    assert detail.lines.rowCount() == len(screen.panel.view.detail.shown) + 1


def _asking(qtbot: QtBot, theme: Theme, *left_out: str) -> ChecklistOnScreen:
    return ChecklistOnScreen(
        qtbot, theme, {code: answer for code, answer in REDON_CALL.items() if code not in left_out}
    )


def test_a_letter_answers_the_question_of_the_strip(qtbot: QtBot, theme: Theme) -> None:
    screen = _asking(qtbot, theme, facts.CAN_TRAVEL)
    strip = screen.panel.view.strip
    assert strip.texts == ("Peut-il se déplacer jusqu’au cabinet\u202f?", "décide pour 1 dispositif")
    strip.take_focus()
    screen.keys(Key.Key_N)
    assert _answer(screen, facts.CAN_TRAVEL) is False
    assert strip.texts[0] == "Plus rien à demander"
    assert strip.hasFocus()


def test_not_knowing_is_kept_and_the_question_waits_behind_the_others(qtbot: QtBot, theme: Theme) -> None:
    screen = _asking(qtbot, theme, facts.CAN_TRAVEL, facts.PRESENT_PLACE)
    screen.panel.view.strip.take_focus()
    asked = screen.calls.current
    assert asked is not None
    assert asked.question is not None
    first = asked.question.fact
    screen.keys(Key.Key_S)
    assert _answer(screen, first) is ASKED
    assert asked.question.fact != first


def test_elsewhere_leads_on_to_the_field_of_the_commune(qtbot: QtBot, theme: Theme) -> None:
    screen = _asking(qtbot, theme, facts.PRESENT_PLACE)
    screen.panel.view.strip.take_focus()
    with qtbot.waitSignal(screen.panel.question_focus_wanted):
        screen.keys(Key.Key_A)
    assert _answer(screen, facts.PRESENT_PLACE) == ELSEWHERE
    assert screen.panel.view.strip.buttons == ()


def test_a_typed_question_leads_to_its_field(qtbot: QtBot, theme: Theme) -> None:
    screen = ChecklistOnScreen(qtbot, theme, {})
    screen.focus(screen.panel.view.strip)
    assert not screen.panel.take_question()
    with qtbot.waitSignal(screen.panel.question_focus_wanted):
        screen.keys(Key.Key_Return)


def test_when_only_territories_are_left_the_question_key_leads_to_the_list(screen: ChecklistOnScreen) -> None:
    screen.focus(screen.panel.view.strip)
    screen.keys(Key.Key_Return)
    assert screen.rows.hasFocus()
    assert _current(screen).startswith("t:CPTS")

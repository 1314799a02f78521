"""The checklist at every text size: heights, what gives way, what is never cut, what is read aloud."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from osnp_console.app.checklist.in_hand import ChecklistInHand
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import ASKED, Answer
from osnp_console.ui.checklist.row_style import plain_tip
from osnp_console.ui.theme.theme import Theme
from tests.ui.checklist_desk import ANCENIS, REDON, TELE, ChecklistOnScreen, real_catalogue

SCALES = (1.0, 1.5, 2.0)
ANSWERS: tuple[tuple[str, tuple[Answer, ...]], ...] = (
    (facts.RESIDENCE, ("44067", "85109", "44036", None)),
    (facts.REGULAR_DOCTOR, ("aucun", "disponible", "indisponible", ASKED, None)),
    (facts.CAN_TRAVEL, (True, False, ASKED, None)),
    (facts.DELAY, (24, 48, 72, None)),
    (facts.OFFER, ("medecine_generale", "kinesitherapie", None)),
    (f"territoire:{ANCENIS}", (True, False, None)),
)


def _at(qtbot: QtBot, qapp: QApplication, scale: float, *, dark: bool = False) -> ChecklistOnScreen:
    theme = Theme.of(dark=dark, scale=scale)
    theme.apply(qapp)
    return ChecklistOnScreen(qtbot, theme)


@pytest.mark.parametrize("scale", SCALES)
def test_rows_are_as_high_as_the_interface_says_at_every_text_size(
    qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    screen = _at(qtbot, qapp, scale)
    model, view = screen.panel.view.model, screen.panel.view.list
    heights = {key: view.visualRect(model.index(model.row_of(key) or 0)).height() for key in screen.order()}
    assert heights[REDON] == round(44 * scale)
    assert heights["d:44-sevre-loire-mg"] == round(26 * scale)
    assert heights["g:TERRITORY"] == round(24 * scale)


def test_with_room_the_detail_stands_under_the_list(qtbot: QtBot, qapp: QApplication) -> None:
    screen = _at(qtbot, qapp, 1.0)
    view = screen.panel.view
    assert view.list.isVisible()
    assert view.detail.isVisible()
    assert view.detail.height() / (view.detail.height() + view.list.height()) == pytest.approx(0.44, abs=0.03)


def test_at_twice_the_size_the_detail_takes_the_list_s_place_and_gives_it_back(
    qtbot: QtBot, qapp: QApplication
) -> None:
    screen = _at(qtbot, qapp, 2.0)
    view = screen.panel.view
    assert view.list.isVisible()
    assert not view.detail.isVisible()
    screen.panel.focus_list()
    screen.keys(Qt.Key.Key_Return)
    assert view.detail.list.hasFocus()
    assert not view.list.isVisible()
    screen.keys(Qt.Key.Key_Escape)
    assert view.list.hasFocus()
    assert not view.detail.isVisible()


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("dark", [False, True])
def test_every_line_paints_itself_in_both_themes(
    qtbot: QtBot, qapp: QApplication, scale: float, dark: bool
) -> None:
    screen = _at(qtbot, qapp, scale, dark=dark)
    plain = screen.panel.view.list.grab().toImage()
    screen.calls.answer(facts.REGULAR_DOCTOR, "disponible")
    assert screen.panel.view.list.grab().toImage() != plain


def test_the_counts_stay_whole_in_the_narrowest_column(qtbot: QtBot, theme: Theme) -> None:
    screen = ChecklistOnScreen(qtbot, theme)
    screen.panel.setFixedWidth(380)
    screen.panel.view.resize(380, screen.panel.height())
    counts = screen.panel.view.counts
    qtbot.waitUntil(lambda: counts.width() <= 380)
    assert counts.sizeHint().width() - theme.px(12) <= 380


def test_the_question_stays_on_two_lines_where_height_lacks(qtbot: QtBot, qapp: QApplication) -> None:
    screen = _at(qtbot, qapp, 2.0)
    screen.panel.setFixedWidth(1200)
    screen.say({facts.CAN_TRAVEL: None})
    strip = screen.panel.view.strip
    one_line, buttons = 2 * 24, 2 * 28
    qtbot.waitUntil(lambda: strip.width() > 1000 and strip.height() < one_line + buttons + 2 * 20)


def test_a_screen_reader_gets_the_rows_as_sentences(qtbot: QtBot, theme: Theme) -> None:
    screen = ChecklistOnScreen(qtbot, theme)
    interface = QAccessible.queryAccessibleInterface(screen.panel.view.list)
    names = [
        interface.child(row).text(QAccessible.Text.Name) for row in range(min(interface.childCount(), 4))
    ]
    assert names[0].startswith("Éligibles, 2")
    assert names[1].startswith("Pays de Redon, médecine générale, éligible")


def test_a_tool_tip_shows_received_text_letter_for_letter() -> None:
    assert plain_tip("<b>Redon</b>\n14:00") == "<p>&lt;b&gt;Redon&lt;/b&gt;<br>14:00</p>"
    assert plain_tip("Erdre & Cens") == "Erdre & Cens"


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_typed_rows_move_at_an_answer_only_and_then_stand_as_if_just_arranged(
    qtbot: QtBot, theme: Theme, seed: int
) -> None:
    screen, chance = ChecklistOnScreen(qtbot, theme), random.Random(seed)
    screen.click(TELE)
    screen.focus(screen.elsewhere)
    for _ in range(12):
        before = screen.order()
        for code, answers in chance.sample(ANSWERS, 2):
            screen.calls.answer(code, chance.choice(answers))
            assert screen.order() == before
        screen.calls.settle()
        call = screen.calls.current
        assert call is not None
        fresh = ChecklistInHand(call, real_catalogue().facts).arrange(screen.desk.clock()).keys()
        shown = [key for key in screen.order() if key[0] in "dt"]
        assert shown == [key for key in fresh if key in shown]
        assert screen.panel.view.model.selected is not None
        assert screen.panel.view.model.selected in screen.order()
        answer = screen.panel.current_answer()
        assert answer is not None
        assert f"d:{answer.judgement.dispositif.id}" == TELE


def test_a_call_with_every_answer_asks_no_more_than_its_territories(qtbot: QtBot, theme: Theme) -> None:
    screen = ChecklistOnScreen(qtbot, theme)
    territories = [key for key in screen.order() if key.startswith("t:")]
    for key in territories:
        screen.say({f"territoire:{key.removeprefix('t:')}": False})
    assert screen.panel.view.strip.texts == ("Plus rien à demander", "")
    assert not [key for key in screen.order() if key.startswith("t:")]

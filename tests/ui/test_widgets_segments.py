"""Answers side by side: keys, mouse, the three looks, what is read aloud."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from osnp_console.domain.call_sheet import ASKED
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.segments import Segments, three_state
from tests.ui.showing import focused, in_grey, shown, spoken_name, strokes, top_edge

LINK = (
    Choice("patient", "Patient", "P"),
    Choice("proche", "Proche", "P"),
    Choice("pro", "Pro", "P"),
    Choice("autre", "Autre", "A"),
)
DOCTOR = (
    Choice("aucun", "Aucun", "A"),
    Choice("en_a_un", "En a un", "E"),
    Choice("disponible", "Disponible", "D"),
    Choice("indisponible", "Indispo.", "I", spoken="indisponible"),
    Choice(ASKED, "?", "S"),
)
NARROW = "\u202f"


@pytest.mark.parametrize(
    ("key", "answer"), [("o", True), ("O", True), ("n", False), ("s", ASKED), ("?", ASKED)]
)
def test_a_letter_answers_in_either_case(qtbot: QtBot, theme: Theme, key: str, answer: object) -> None:
    segments = three_state(theme, "Peut venir")
    shown(qtbot, segments)
    with qtbot.waitSignal(segments.answered) as signal:
        QTest.keyClicks(segments, key)
    assert signal.args == [answer]
    assert segments.answer is answer


def test_backspace_goes_back_to_not_asked(qtbot: QtBot, theme: Theme) -> None:
    segments = three_state(theme, "Peut venir")
    shown(qtbot, segments)
    segments.set_answer(False)
    with qtbot.waitSignal(segments.answered) as signal:
        QTest.keyClick(segments, Qt.Key.Key_Backspace)
    assert signal.args == [None]
    assert segments.answer is None


def test_arrows_move_from_answer_to_answer_and_stop_at_the_ends(qtbot: QtBot, theme: Theme) -> None:
    segments = Segments(theme, "Lien", LINK)
    shown(qtbot, segments)
    seen: list[object] = []
    segments.answered.connect(seen.append)
    for _press in range(5):
        QTest.keyClick(segments, Qt.Key.Key_Right)
    QTest.keyClick(segments, Qt.Key.Key_Left)
    assert seen == ["patient", "proche", "pro", "autre", "pro"]


def test_choices_that_share_a_letter_are_gone_through_in_turn(qtbot: QtBot, theme: Theme) -> None:
    segments = Segments(theme, "Lien", LINK)
    shown(qtbot, segments)
    seen: list[object] = []
    segments.answered.connect(seen.append)
    QTest.keyClicks(segments, "ppppa")
    assert seen == ["patient", "proche", "pro", "patient", "autre"]


def test_enter_asks_for_the_next_question_and_changes_nothing(qtbot: QtBot, theme: Theme) -> None:
    segments = three_state(theme, "Peut venir")
    shown(qtbot, segments)
    with qtbot.waitSignal(segments.next_wanted), qtbot.assertNotEmitted(segments.answered):
        QTest.keyClick(segments, Qt.Key.Key_Return)
    assert segments.answer is None


def test_a_shortcut_of_the_window_does_not_take_a_letter_from_the_focused_control(
    qtbot: QtBot, theme: Theme
) -> None:
    segments = three_state(theme, "Peut venir")
    window = shown(qtbot, segments)
    focused(qtbot, segments)
    rival = QShortcut(QKeySequence("O"), window)
    with qtbot.assertNotEmitted(rival.activated):
        QTest.keyClicks(segments, "o")
    assert segments.answer is True


def test_a_letter_with_alt_is_left_to_the_window(qtbot: QtBot, theme: Theme) -> None:
    segments = three_state(theme, "Peut venir")
    window = shown(qtbot, segments)
    focused(qtbot, segments)
    workspace = QShortcut(QKeySequence("Alt+S"), window)
    with qtbot.waitSignal(workspace.activated):
        QTest.keyClick(segments, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert segments.answer is None


def test_a_click_answers_only_where_the_button_came_up(qtbot: QtBot, theme: Theme) -> None:
    segments = three_state(theme, "Peut venir")
    shown(qtbot, segments)
    left, right = QPoint(8, 14), QPoint(segments.width() - 8, 14)
    QTest.mouseClick(segments, Qt.MouseButton.LeftButton, pos=left)
    assert spoken_name(segments).endswith("Oui")
    QTest.mousePress(segments, Qt.MouseButton.LeftButton, pos=right)
    QTest.mouseRelease(segments, Qt.MouseButton.LeftButton, pos=left)
    assert spoken_name(segments).endswith("Oui")
    QTest.mouseClick(segments, Qt.MouseButton.RightButton, pos=right)
    assert spoken_name(segments).endswith("Oui")
    QTest.mouseClick(segments, Qt.MouseButton.LeftButton, pos=right)
    assert segments.answer is ASKED


def test_setting_an_answer_says_nothing_and_asks_for_a_known_one(qtbot: QtBot, theme: Theme) -> None:
    segments = three_state(theme, "Peut venir")
    qtbot.addWidget(segments)
    with qtbot.assertNotEmitted(segments.answered):
        segments.set_answer(True)
        segments.set_answer(ASKED)
        segments.set_answer(None)
    with pytest.raises(ValueError, match="choix"):
        segments.set_answer(1)


def test_giving_the_same_answer_twice_is_told_once(qtbot: QtBot, theme: Theme) -> None:
    segments = three_state(theme, "Peut venir")
    shown(qtbot, segments)
    seen: list[object] = []
    segments.answered.connect(seen.append)
    QTest.keyClicks(segments, "oo")
    assert seen == [True]


def test_two_ways_of_not_knowing_are_refused(qtbot: QtBot, theme: Theme) -> None:
    with pytest.raises(ValueError, match="un seul"):
        Segments(theme, "Peut venir", [Choice(ASKED, "?"), Choice(ASKED, "Ne sait pas")])


def test_the_name_read_aloud_carries_the_state(qtbot: QtBot, theme: Theme) -> None:
    segments = Segments(theme, "Médecin traitant", DOCTOR)
    qtbot.addWidget(segments)
    assert spoken_name(segments) == f"Médecin traitant{NARROW}: pas demandé"
    segments.set_answer(ASKED)
    assert spoken_name(segments) == f"Médecin traitant{NARROW}: ne sait pas"
    segments.set_answer("indisponible")
    assert spoken_name(segments) == f"Médecin traitant{NARROW}: indisponible"


def test_the_three_states_differ_without_colour(qtbot: QtBot, theme: Theme) -> None:
    segments = three_state(theme, "Peut venir")
    shown(qtbot, segments)
    not_asked, dashes = in_grey(segments), strokes(top_edge(segments))
    segments.set_answer(ASKED)
    not_known, solid = in_grey(segments), strokes(top_edge(segments))
    segments.set_answer(True)
    value = in_grey(segments)
    assert dashes > 10, "the edge is dashed"
    assert solid == 1, "the edge is one stroke"
    assert strokes(top_edge(segments)) == 1
    assert not_asked != not_known
    assert not_known != value
    assert not_asked != value


def test_the_focus_is_seen_in_each_state(qtbot: QtBot, theme: Theme) -> None:
    segments, other = three_state(theme, "Peut venir"), three_state(theme, "Appelé ?")
    shown(qtbot, segments, other)
    for answer in (None, ASKED, True):
        segments.set_answer(answer)
        focused(qtbot, other)
        without = in_grey(segments)
        focused(qtbot, segments)
        assert in_grey(segments) != without
    segments.set_answer(None)
    assert strokes(top_edge(segments)) > 10, "still dashed under the ring"


def test_each_segment_can_be_hit_and_the_whole_is_one_focus_stop(qtbot: QtBot, theme: Theme) -> None:
    sex = Segments(theme, "Sexe", [Choice(letter, letter, letter) for letter in "FMI"])
    after = three_state(theme, "Peut venir")
    shown(qtbot, sex, after)
    assert sex.minimumSizeHint().width() >= 3 * 24
    assert sex.height() == 28
    focused(qtbot, sex)
    QTest.keyClick(sex, Qt.Key.Key_Tab)
    assert after.hasFocus()


KEYS = st.sampled_from(
    [
        Qt.Key.Key_A,
        Qt.Key.Key_E,
        Qt.Key.Key_D,
        Qt.Key.Key_I,
        Qt.Key.Key_S,
        Qt.Key.Key_Z,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Return,
        Qt.Key.Key_Space,
        Qt.Key.Key_Question,
    ]
)


@given(keys=st.lists(KEYS, max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_keys_are_pressed_the_answer_is_allowed_and_told(theme: Theme, keys: list[Qt.Key]) -> None:
    segments = Segments(theme, "Médecin traitant", DOCTOR)
    told: list[object] = [None]
    segments.answered.connect(told.append)
    segments.show()
    for key in keys:
        QTest.keyClick(segments, key)
        assert segments.answer in (None, *(choice.value for choice in DOCTOR))
        assert told[-1] is segments.answer
    segments.deleteLater()

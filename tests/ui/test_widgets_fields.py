"""Fields: what is typed, what is left empty, what is asked in vain, what is wrong."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from osnp_console.domain.call_sheet import ASKED
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message
from osnp_console.ui.widgets.note_field import NoteField
from osnp_console.ui.widgets.segments import three_state
from tests.ui.showing import focused, in_grey, shown, spoken_description, spoken_name, strokes, top_edge

PLACES = (Choice("domicile", "À son domicile"), Choice("ailleurs", "Ailleurs…"))
NARROW = "\u202f"


def test_each_edit_is_told_and_setting_the_text_is_not(qtbot: QtBot, theme: Theme) -> None:
    field = LineField(theme, "Nom")
    shown(qtbot, field)
    typed: list[str] = []
    field.typed.connect(typed.append)
    with qtbot.assertNotEmitted(field.committed):
        field.set_text("LE GOFF")
        field.set_answer(ASKED)
        field.set_answer(None)
    QTest.keyClicks(field.line_edit, "Riou")
    assert typed == ["R", "Ri", "Rio", "Riou"]
    assert field.answer == "Riou"


def test_enter_commits_once_then_asks_for_the_next_question(qtbot: QtBot, theme: Theme) -> None:
    field, other = LineField(theme, "Nom"), LineField(theme, "Prénom")
    shown(qtbot, field, other)
    focused(qtbot, field)
    order: list[str] = []
    field.committed.connect(lambda: order.append("committed"))
    field.next_wanted.connect(lambda: order.append("next"))
    QTest.keyClicks(field.line_edit, "Riou")
    QTest.keyClick(field.line_edit, Qt.Key.Key_Return)
    focused(qtbot, other)
    focused(qtbot, field)
    QTest.keyClick(field.line_edit, Qt.Key.Key_Enter)
    assert order == ["committed", "next", "next"]


def test_tab_and_leaving_commit_what_was_typed(qtbot: QtBot, theme: Theme) -> None:
    field, other = LineField(theme, "Nom"), LineField(theme, "Prénom")
    shown(qtbot, field, other)
    focused(qtbot, field)
    QTest.keyClicks(field.line_edit, "Riou")
    with qtbot.waitSignal(field.committed):
        QTest.keyClick(field.line_edit, Qt.Key.Key_Tab)
    assert other.line_edit.hasFocus()
    with qtbot.assertNotEmitted(other.committed):
        focused(qtbot, field)


def test_a_question_mark_alone_means_asked_and_not_known(qtbot: QtBot, theme: Theme) -> None:
    field = LineField(theme, "Rappeler au")
    shown(qtbot, field)
    field.set_annotation("mobile")
    answers = [field.answer]
    QTest.keyClicks(field.line_edit, "?")
    answers.append(field.answer)
    assert field.annotation == "ne sait pas"
    QTest.keyClicks(field.line_edit, "06")
    answers.append(field.answer)
    assert answers == [None, ASKED, "?06"]
    assert field.annotation == "mobile"


def test_an_empty_field_is_dashed_and_an_optional_one_is_not(qtbot: QtBot, theme: Theme) -> None:
    field, optional = LineField(theme, "Nom"), LineField(theme, "Cabinet", optional=True)
    shown(qtbot, field, optional)
    assert strokes(top_edge(field)) > 10
    assert strokes(top_edge(optional)) == 1
    field.set_answer(ASKED)
    assert strokes(top_edge(field)) == 1


def test_a_warning_and_an_error_are_told_apart_without_colour_and_read_aloud(
    qtbot: QtBot, theme: Theme
) -> None:
    field = LineField(theme, "Né(e) le")
    shown(qtbot, field)
    field.set_text("31/02/2019")
    field.set_warning("Avant 1900 : à relire avec l’appelant.")
    amber = in_grey(field)
    assert spoken_description(field.line_edit).startswith("À vérifier")
    field.set_error("Cette date n’existe pas.")
    assert spoken_description(field.line_edit) == f"Erreur{NARROW}: Cette date n’existe pas."
    assert in_grey(field) != amber
    field.set_warning(None)
    assert field.message.kind is Message.ERROR, "taking a warning away leaves the error"
    field.set_error(None)
    assert field.message.isHidden()
    assert spoken_description(field.line_edit) == ""


def test_the_annotation_never_covers_the_text(qtbot: QtBot, theme: Theme) -> None:
    field = LineField(theme, "Rappeler au")
    shown(qtbot, field)
    field.set_annotation("un numéro de l’étranger, à vérifier avec l’appelant")
    QTest.keyClicks(field.line_edit, "0639984107 et un autre")
    aside = next(label for label in field.findChildren(QLabel) if label.text().startswith("un numéro"))
    assert not aside.geometry().intersects(field.line_edit.geometry())
    assert aside.geometry().right() < field.width()
    assert aside.toolTip() == "un numéro de l’étranger, à vérifier avec l’appelant"


def test_the_name_read_aloud_is_the_visible_label(qtbot: QtBot, theme: Theme) -> None:
    field = LineField(theme, "Rappeler au")
    qtbot.addWidget(field)
    field.set_placeholder("06 12 34 56 78")
    assert spoken_name(field.line_edit) == "Rappeler au"


def test_function_keys_reach_the_window_from_every_field(qtbot: QtBot, theme: Theme) -> None:
    controls = (LineField(theme, "Nom"), Combo(theme, "Se trouve", PLACES), NoteField(theme, "Note"))
    window = shown(qtbot, *controls)
    for key in ("F3", "F4", "F5", "F8", "F9", "F12", "Ctrl+Space"):
        shortcut = QShortcut(QKeySequence(key), window)
        for control in controls:
            focused(qtbot, control)
            with qtbot.waitSignal(shortcut.activated):
                QTest.keySequence(control.focus_target(), QKeySequence(key))


def test_f4_never_opens_the_list_and_alt_down_does(qtbot: QtBot, theme: Theme) -> None:
    combo = Combo(theme, "Se trouve", PLACES)
    shown(qtbot, combo)
    focused(qtbot, combo)
    QTest.keyClick(combo.combo_box, Qt.Key.Key_F4)
    assert not combo.combo_box.view().isVisible()
    QTest.keyClick(combo.combo_box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(combo.combo_box.view().isVisible)
    combo.combo_box.hidePopup()


def test_the_combo_answers_like_the_segments(qtbot: QtBot, theme: Theme) -> None:
    combo = Combo(theme, "Se trouve", PLACES)
    shown(qtbot, combo)
    assert combo.answer is None
    assert spoken_name(combo.combo_box) == f"Se trouve{NARROW}: pas demandé"
    assert strokes(top_edge(combo)) > 10
    with qtbot.assertNotEmitted(combo.answered):
        combo.set_answer("domicile")
    # Under Linux Qt gives a combo's text as its name, and its label through the buddy of its row.
    assert spoken_name(combo.combo_box).endswith("À son domicile")
    assert combo.combo_box.accessibleName() == f"Se trouve{NARROW}: À son domicile"
    told: list[object] = []
    combo.answered.connect(told.append)
    QTest.keyClick(combo.combo_box, Qt.Key.Key_Down)
    QTest.keyClick(combo.combo_box, Qt.Key.Key_Backspace)
    assert told == ["ailleurs", None]
    with qtbot.waitSignal(combo.next_wanted):
        QTest.keyClick(combo.combo_box, Qt.Key.Key_Return)
    with pytest.raises(ValueError, match="choix"):
        combo.set_answer("hôtel")
    combo.set_answer("ailleurs")
    assert combo.toolTip() == "Ailleurs…", "said in full where the list is narrow"
    combo.set_tip("Où il faut aller le voir")
    combo.set_answer("domicile")
    assert combo.toolTip() == spoken_description(combo.combo_box) == "Où il faut aller le voir"


def test_a_combo_that_always_has_a_value_ignores_backspace(qtbot: QtBot, theme: Theme) -> None:
    combo = Combo(theme, "Offre", PLACES, clearable=False)
    shown(qtbot, combo)
    combo.set_answer("domicile")
    with qtbot.assertNotEmitted(combo.answered):
        QTest.keyClick(combo.combo_box, Qt.Key.Key_Backspace)
    assert combo.answer == "domicile"


def test_new_choices_keep_the_answer_that_is_still_among_them(qtbot: QtBot, theme: Theme) -> None:
    combo = Combo(theme, "Se trouve", PLACES)
    qtbot.addWidget(combo)
    combo.set_answer("ailleurs")
    with qtbot.assertNotEmitted(combo.answered):
        combo.set_choices((*PLACES[1:], Choice("hotel", "À l’hôtel")))
        assert combo.answer == "ailleurs"
        combo.set_choices(PLACES[:1])
        assert combo.answer is None


def test_the_note_grows_to_four_lines_takes_enter_and_lets_tab_go(qtbot: QtBot, theme: Theme) -> None:
    note, after = NoteField(theme, "Note"), LineField(theme, "Nom")
    shown(qtbot, note, after)
    focused(qtbot, note)
    heights = [note.height()]
    for _line in range(5):
        QTest.keyClicks(note.text_edit, "x")
        QTest.keyClick(note.text_edit, Qt.Key.Key_Return)
        heights.append(note.height())
    assert heights[0] < heights[1] < heights[2] < heights[3]
    assert heights[3] == heights[4] == heights[5]
    assert note.text() == "x\n" * 5
    QTest.keyClick(note.text_edit, Qt.Key.Key_Tab)
    assert after.line_edit.hasFocus()


def test_setting_the_note_says_nothing_and_typing_does(qtbot: QtBot, theme: Theme) -> None:
    note = NoteField(theme, "Note")
    shown(qtbot, note)
    with qtbot.assertNotEmitted(note.typed):
        note.set_text("Fièvre")
    with qtbot.waitSignal(note.typed) as signal:
        QTest.keyClicks(note.text_edit, "!")
    assert signal.args == ["!Fièvre"]


def test_a_row_marks_the_control_the_next_question_is_about(qtbot: QtBot, theme: Theme) -> None:
    control = three_state(theme, "Peut venir")
    row = FormRow(theme, "Peut venir", control)
    shown(qtbot, row)
    before, place = in_grey(row), control.geometry()
    control.wanted = True
    assert in_grey(row) != before
    assert control.geometry() == place, "nothing moves"
    control.wanted = False
    assert in_grey(row) == before


def test_a_sentence_pushes_what_is_below_and_nothing_above(qtbot: QtBot, theme: Theme) -> None:
    above, row, below = (
        FormRow(theme, name, LineField(theme, name)) for name in ("Nom", "Né(e) le", "Motif")
    )
    shown(qtbot, above, row, below)
    tops = [widget.y() for widget in (above, row, below)]
    row.set_message("Cette date n’existe pas.")
    qtbot.waitUntil(lambda: below.y() > tops[2])
    assert [above.y(), row.y()] == tops[:2]


def test_a_row_is_twenty_eight_high_and_its_label_is_bound_to_its_control(qtbot: QtBot, theme: Theme) -> None:
    field = LineField(theme, "Nom")
    row = FormRow(theme, "Nom", field)
    shown(qtbot, row)
    assert row.height() == 28
    assert field.mapTo(row, field.rect().topLeft()).x() == 100
    assert row.label.buddy() is field.line_edit


@pytest.mark.parametrize("early", [True, False])
def test_a_settled_value_stays_bold_wherever_its_field_is_moved(
    qtbot: QtBot, theme: Theme, early: bool
) -> None:
    field = LineField(theme, "Nom")
    if early:
        field.set_strong(True)
        field.set_text("LE GOFF")
    first = shown(qtbot, field)
    field.set_strong(True)
    second = shown(qtbot, LineField(theme, "Prénom"))
    column = second.layout()
    assert column is not None
    column.addWidget(field)
    assert first.findChild(LineField) is None
    qtbot.waitUntil(field.isVisible)
    assert field.line_edit.font().bold()


def test_a_sentence_keeps_its_weight_when_its_row_is_moved(qtbot: QtBot, theme: Theme) -> None:
    row = FormRow(theme, "Né(e) le", LineField(theme, "Né(e) le"))
    shown(qtbot, row)
    row.set_message("Cette date n’existe pas.")
    other = shown(qtbot, LineField(theme, "Prénom"))
    column = other.layout()
    assert column is not None
    column.addWidget(row)
    qtbot.waitUntil(row.isVisible)
    words = next(label for label in row.findChildren(PlainLabel) if label.text().startswith("Cette date"))
    assert words.font().bold()


def test_a_letter_chooses_in_a_list_whose_question_shows_letters(qtbot: QtBot, theme: Theme) -> None:
    lettered = (
        Choice("domicile", "À son domicile", "D"),
        Choice("ailleurs", "Ailleurs…", "A"),
        Choice(ASKED, "Ne sait pas", "S"),
    )
    combo = Combo(theme, "Se trouve", lettered)
    shown(qtbot, combo)
    answers: list[object] = []
    combo.answered.connect(answers.append)
    for letter in ("d", "A", "?"):
        QTest.keyClicks(combo.combo_box, letter)
    QTest.keyClick(combo.combo_box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert answers == ["domicile", "ailleurs", ASKED]

"""The form without a mouse: the order of Tab, Entrée to the next question, what is read aloud."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import ASKED, ELSEWHERE, LATER
from osnp_console.ui.widgets.control import Control
from tests.ui.intake_world import ALONE, LANDE, Intake, press
from tests.ui.showing import spoken_name


def tab(intake: Intake) -> str:
    """Press Tab; returns the name of what has the keyboard then."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    after = QApplication.focusWidget()
    assert after is not None
    # On Unix Qt says a list's value as its name, and its label beside it.
    return after.accessibleName().partition("\u202f:")[0]


def test_tab_goes_down_the_form_as_it_is_read(intake: Intake) -> None:
    intake.go_to(fields.CALLER_LINK)
    names = [tab(intake) for _ in range(15)]
    assert names == [
        "Rappeler au", "Nom", "Prénom", "Né(e) le", "Sexe", "Commune", "Se trouve", "Offre", "Motif",
        "À voir sous", "Plateau tech.", "Médecin traitant, statut", "Médecin traitant, cabinet",
        "Médecin traitant, appelé\u202f?", "Peut venir",
    ]  # fmt: skip
    assert tab(intake) == "Note"


def test_tab_goes_through_what_opens(intake: Intake) -> None:
    intake.choose(facts.PRESENT_PLACE, ELSEWHERE)
    assert tab(intake) == "Commune où se trouve le patient"
    intake.choose(facts.DELAY, LATER)
    assert tab(intake) == "Nombre de jours"


def test_a_whole_call_is_typed_with_the_keyboard_alone(intake: Intake) -> None:
    intake.panel.focus_first()
    for typed in ("0639984107", "martin", "Léa", "12/05/1990"):
        focused = QApplication.focusWidget()
        assert focused is not None
        press(focused, typed)
        tab(intake)
    for key, answer_of in (("F", facts.SEX),):
        press(intake.segments(answer_of), key)
    tab(intake)
    focused = QApplication.focusWidget()
    assert focused is not None
    press(focused, "lande")
    tab(intake)
    press(intake.panel.controls.place.combo_box, "À")
    tab(intake)
    tab(intake)
    press(intake.panel.controls.reason.line_edit, "oti")
    tab(intake)
    press(intake.segments(facts.DELAY), "4")
    tab(intake)
    press(intake.segments(facts.TECHNICAL_PLATFORM), "N")
    tab(intake)
    press(intake.segments(facts.REGULAR_DOCTOR), "I")
    intake.panel.focus_field(facts.CAN_TRAVEL)
    press(intake.segments(facts.CAN_TRAVEL), "O")
    sheet = intake.sheet
    assert sheet.text(fields.BIRTH_NAME) == "MARTIN"
    assert sheet.text(facts.SEX) == "F"
    assert intake.fact(facts.RESIDENCE) == LANDE
    assert sheet.text(facts.REASON) == "otite"
    assert sheet.answer(facts.DELAY) == 48
    assert sheet.answer(facts.TECHNICAL_PLATFORM) is False
    assert sheet.text(facts.REGULAR_DOCTOR) == "indisponible"
    assert sheet.answer(facts.CAN_TRAVEL) is True


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("A", "aucun"),
        ("E", "declare"),
        ("D", "disponible"),
        ("I", "indisponible"),
        ("S", ASKED),
        ("?", ASKED),
    ],
)
def test_each_status_of_the_doctor_has_its_letter(intake: Intake, key: str, answer: object) -> None:
    press(intake.go_to(facts.REGULAR_DOCTOR), key)
    assert intake.sheet.answer(facts.REGULAR_DOCTOR) == answer


@pytest.mark.parametrize(
    "code", [fields.CALLER_PHONE, facts.BIRTH, facts.RESIDENCE, facts.SEX, facts.PRESENT_PLACE]
)
def test_enter_wants_the_next_question(intake: Intake, code: str) -> None:
    target = intake.go_to(code)
    with intake.qtbot.waitSignal(intake.panel.next_wanted):
        QTest.keyClick(target, Qt.Key.Key_Return)


def test_enter_commits_before_it_asks_for_the_next_question(intake: Intake) -> None:
    seen: list[object] = []
    intake.panel.next_wanted.connect(lambda: seen.append(intake.sheet.text(facts.BIRTH)))
    QTest.keyClick(intake.type(facts.BIRTH, "14032019"), Qt.Key.Key_Return)
    assert seen == ["14/03/2019"]


def test_enter_is_a_new_line_in_the_note(intake: Intake) -> None:
    target = intake.type(fields.NOTE, "Mère")
    with intake.qtbot.assertNotEmitted(intake.panel.next_wanted):
        QTest.keyClick(target, Qt.Key.Key_Return)
    press(target, "là")
    assert intake.sheet.text(fields.NOTE) == "Mère\nlà"


def test_the_arrow_stands_before_the_field_that_answers_the_next_question(intake: Intake) -> None:
    assert intake.call.question is not None
    assert intake.call.question.fact == facts.RESIDENCE
    assert intake.line(facts.RESIDENCE).wanted
    assert intake.panel.focus_question()
    assert intake.line(facts.RESIDENCE).line_edit.hasFocus()
    intake.write(facts.RESIDENCE, "lande-le-bourg")
    assert not intake.line(facts.RESIDENCE).wanted
    assert intake.call.question is not None
    wanted = intake.panel.control(intake.call.question.fact)
    assert wanted is not None
    assert wanted.wanted


def test_an_age_is_answered_in_the_field_of_the_birth(intake: Intake) -> None:
    intake.panel.show_wanted(facts.AGE)
    assert intake.line(facts.BIRTH).wanted
    intake.panel.show_wanted(None)
    assert not intake.line(facts.BIRTH).wanted
    assert not intake.panel.focus_question()


def test_a_territory_is_not_answered_in_the_form(intake: Intake) -> None:
    intake.panel.show_wanted("territoire:CPTS de la Lande")
    assert not intake.panel.focus_question()


def test_away_from_home_the_question_leads_to_the_second_commune(intake: Intake) -> None:
    intake.choose(facts.PRESENT_PLACE, ELSEWHERE)
    intake.panel.show_wanted(facts.PRESENT_PLACE)
    assert intake.panel.focus_question()
    assert intake.panel.controls.elsewhere.line_edit.hasFocus()


def test_the_question_opens_its_row(intake: Intake) -> None:
    assert not intake.open(facts.PREGNANT)
    assert intake.panel.focus_field(facts.PREGNANT)
    assert intake.open(facts.PREGNANT)
    assert intake.segments(facts.PREGNANT).hasFocus()


def controls(intake: Intake) -> list[Control]:
    return [one for one in vars(intake.panel.controls).values() if isinstance(one, Control)]


def test_every_control_has_a_name_for_screen_readers(intake: Intake) -> None:
    intake.write(facts.RESIDENCE, "lande-le-bourg")
    for control in controls(intake):
        said = QAccessible.queryAccessibleInterface(control.focus_target())
        assert said.text(QAccessible.Text.Name), control.label
    assert spoken_name(intake.segments(ALONE)) == "Vit-il seul ?\u202f: pas demandé"


def test_no_two_controls_have_one_name(intake: Intake) -> None:
    names = [spoken_name(control.focus_target()) for control in controls(intake)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("answer", "said"),
    [(None, "pas demandé"), (ASKED, "ne sait pas"), (True, "Oui"), (False, "Non")],
)
def test_the_three_states_are_read_aloud(intake: Intake, answer: object, said: str) -> None:
    intake.segments(facts.CAN_TRAVEL).set_answer(answer)
    assert spoken_name(intake.segments(facts.CAN_TRAVEL)) == f"Peut venir\u202f: {said}"


def test_the_usual_practitioner_is_named_by_the_offer(intake: Intake) -> None:
    intake.choose(facts.OFFER, "orthophonie")
    assert spoken_name(intake.segments(facts.USUAL_PRACTITIONER)).startswith("Orthophoniste habituel, statut")
    assert spoken_name(intake.line(fields.USUAL_PRACTICE).line_edit) == "Orthophoniste habituel, cabinet"

"""Rows open and close only below the place where one types; the rest waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.call_sheet import ELSEWHERE, LATER
from osnp_console.domain.same_person import KnownPerson, Person
from osnp_console.ui.intake.view import KNOWN
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.form_row import FormRow
from tests.ui.doubles import NOW
from tests.ui.intake_world import Intake, press


def tops(intake: Intake, above: str) -> list[int]:
    """Where the rows down to one of them stand on screen."""
    found = []
    for name, row in intake.panel.view.rows:
        found.append(row.mapTo(intake.window, QPoint(0, 0)).y() if row.isVisible() else -1)
        if name == above:
            return found
    raise AssertionError(above)


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        (fields.CALLER_PHONE, "0639"),
        (facts.BIRTH, "31/02/2019"),
        (facts.RESIDENCE, "val-clair"),
        (facts.REASON, "dysphagie"),
        (fields.DOCTOR_PRACTICE, "Dr Hamon"),
    ],
)
def test_nothing_above_the_focus_moves_while_one_types(intake: Intake, code: str, typed: str) -> None:
    target = intake.go_to(code)
    before = tops(intake, code)
    for letter in typed:
        press(target, letter)
        QApplication.processEvents()
        assert tops(intake, code) == before


def test_a_row_above_the_focus_waits_until_the_focus_is_higher(intake: Intake) -> None:
    """The reason makes pregnancy matter, and its row stands above the reason's."""
    intake.choose(facts.SEX, "F")
    target = intake.type(facts.REASON, "écho")
    before = tops(intake, facts.REASON)
    QTest.keyClick(target, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert intake.sheet.text(facts.REASON) == "echo"
    assert not intake.open(facts.PREGNANT)
    assert tops(intake, facts.REASON) == before
    intake.panel.focus_first()
    assert intake.open(facts.PREGNANT)


def test_a_row_below_the_focus_opens_at_once(intake: Intake) -> None:
    intake.choose(facts.PRESENT_PLACE, ELSEWHERE)
    assert intake.open(ELSEWHERE)
    intake.choose(facts.DELAY, LATER)
    assert intake.open(fields.DELAY_DAYS)


def test_no_doctor_closes_the_practice_and_the_call_to_it(intake: Intake) -> None:
    assert intake.open(fields.DOCTOR_PRACTICE)
    intake.choose(facts.REGULAR_DOCTOR, "aucun")
    assert not intake.open(fields.DOCTOR_PRACTICE)
    assert not intake.open(fields.DOCTOR_CALLED)
    intake.choose(facts.REGULAR_DOCTOR, "declare")
    assert intake.open(fields.DOCTOR_CALLED)


def test_a_hidden_field_keeps_its_answer(intake: Intake) -> None:
    intake.choose(facts.TECHNICAL_PLATFORM, False)
    intake.choose(facts.OFFER, "orthophonie")
    assert not intake.open(facts.TECHNICAL_PLATFORM)
    assert intake.sheet.answer(facts.TECHNICAL_PLATFORM) is False
    intake.choose(facts.OFFER, "medecine_generale")
    assert intake.segments(facts.TECHNICAL_PLATFORM).answer is False


def test_the_offer_chooses_the_fields(intake: Intake) -> None:
    intake.choose(facts.OFFER, "orthophonie")
    assert intake.open(facts.PRESCRIPTION)
    assert intake.open(facts.ONSET)
    assert intake.open(facts.USUAL_PRACTITIONER)
    assert not intake.open(facts.REGULAR_DOCTOR)
    assert not intake.open(fields.DOCTOR_PRACTICE)


def test_what_a_dispositif_hangs_on_is_marked_until_it_is_answered(intake: Intake) -> None:
    def label(code: str) -> str:
        row = next(row for name, row in intake.panel.view.rows if name == code)
        assert isinstance(row, FormRow)
        return row.label.text()

    assert label(facts.CAN_TRAVEL) == "Peut venir •"
    intake.choose(facts.CAN_TRAVEL, True)
    assert label(facts.CAN_TRAVEL) == "Peut venir"


def test_the_focus_is_always_in_sight(qtbot: QtBot, theme: Theme) -> None:
    intake = Intake(qtbot, theme, height=240)
    viewport = intake.panel.view.viewport()
    for code in (fields.NOTE, fields.CALLER_LINK, facts.REASON, facts.CAN_TRAVEL):
        target = intake.go_to(code)
        top = target.mapTo(viewport, QPoint(0, 0)).y()
        assert top >= 0
        assert top + target.height() <= viewport.height()


def test_the_form_never_scrolls_sideways(qtbot: QtBot, theme: Theme) -> None:
    intake = Intake(qtbot, theme, height=240)
    intake.window.resize(352, 240)
    intake.go_to(facts.REGULAR_DOCTOR)
    assert intake.panel.view.horizontalScrollBar().maximum() == 0
    assert intake.panel.view.horizontalScrollBar().value() == 0


# --- who already called -----------------------------------------------------------------------------------


def known(call: str, name: str, first: str = "") -> KnownPerson:
    return KnownPerson(Person(name, first), call, NOW - timedelta(minutes=50))


def asked(intake: Intake, count: int) -> None:
    intake.qtbot.waitUntil(lambda: len(intake.directory.asked) == count)


def test_a_person_of_a_past_call_is_shown_with_the_way_to_it(intake: Intake) -> None:
    intake.write(fields.BIRTH_NAME, "martin")
    intake.write(fields.FIRST_NAMES, "Léa")
    asked(intake, 1)
    assert intake.directory.asked == [("MARTIN", "")]
    intake.directory.answers[0]([known("ancien", "MARTIN", "Léa")])
    line = intake.panel.view.known
    assert line.words == "Déjà appelé aujourd’hui 09:12\u202f: même nom."
    assert intake.open(KNOWN)
    with intake.qtbot.waitSignal(intake.panel.open_wanted) as wanted:
        line.action_wanted.emit()
    assert wanted.args == ["ancien"]
    intake.qtbot.waitUntil(lambda: intake.calls.is_saved)
    told = [entry for entry in intake.desk.memory.entries if entry.kind == journal.SEARCHED]
    assert [(one.call, one.facts) for one in told] == [
        (intake.call.record.id, {"ou": "fiche", "termes": ["nom"], "fiches": 1})
    ]


def test_two_letters_are_too_few_to_look_somebody_up(intake: Intake) -> None:
    intake.write(fields.BIRTH_NAME, "ma")
    intake.write(fields.CALLER_PHONE, "0639984107")
    asked(intake, 1)
    assert intake.directory.asked == [("", "0639984107")]


def test_a_number_alone_finds_who_called_from_it(intake: Intake) -> None:
    intake.write(fields.CALLER_PHONE, "0639984107")
    asked(intake, 1)
    person = Person("DURAND", "Paul", None, frozenset({"0639984107"}))
    intake.directory.answers[0]([KnownPerson(person, "ancien", NOW - timedelta(days=3))])
    assert intake.panel.view.known.words == "Déjà appelé le 21/11 à 10:02\u202f: même numéro."


def test_an_answer_that_comes_too_late_is_dropped(intake: Intake) -> None:
    intake.write(fields.BIRTH_NAME, "martin")
    asked(intake, 1)
    intake.write(fields.BIRTH_NAME, "durand")
    asked(intake, 2)
    intake.directory.answers[0]([known("ancien", "MARTIN")])
    assert intake.panel.view.known.words == ""


def test_the_call_in_hand_is_nobody_known(intake: Intake) -> None:
    intake.write(fields.BIRTH_NAME, "martin")
    asked(intake, 1)
    intake.directory.answers[0]([known(intake.call.record.id, "MARTIN")])
    assert intake.panel.view.known.words == ""


def test_another_call_forgets_who_was_found(intake: Intake) -> None:
    intake.write(fields.BIRTH_NAME, "martin")
    asked(intake, 1)
    intake.directory.answers[0]([known("ancien", "MARTIN")])
    intake.calls.take()
    assert not intake.open(KNOWN)
    assert intake.panel.view.known.words == ""


def test_a_sentence_of_three_lines_is_whole_in_the_narrowest_form(intake: Intake) -> None:
    intake.window.resize(352, 900)
    intake.write(fields.CALLER_PHONE, "0639")
    QApplication.processEvents()
    message = intake.line(fields.CALLER_PHONE).message
    assert message.height() >= message.heightForWidth(message.width())


def test_who_called_before_is_looked_up_for_what_was_answered_elsewhere(intake: Intake) -> None:
    intake.answer_elsewhere(fields.BIRTH_NAME, "MARTIN")
    asked(intake, 1)
    assert intake.directory.asked == [("MARTIN", "")]

"""Leaving a call and coming back to it shows it exactly as it was left; looking writes nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import ASKED, ELSEWHERE, LATER
from osnp_console.ui.intake.panel import IntakePanel
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.message_line import Message
from tests.ui.intake_world import ALONE, LANDE, Intake, press


def go_and_come_back(intake: Intake) -> None:
    """Take another call, then show this one again."""
    first, sheet = intake.call, intake.sheet
    intake.calls.take()
    intake.calls.show(first)
    assert intake.sheet == sheet, "showing a call writes nothing"


def test_another_call_begins_empty(intake: Intake) -> None:
    intake.write(fields.BIRTH_NAME, "martin")
    intake.write(facts.RESIDENCE, "lande-le-bourg")
    intake.choose(facts.SEX, "F")
    intake.calls.take()
    assert intake.line(fields.BIRTH_NAME).text() == ""
    assert intake.line(facts.RESIDENCE).text() == ""
    assert intake.segments(facts.SEX).answer is None
    assert intake.combo(facts.OFFER).answer == "medecine_generale"


def test_every_answer_comes_back(intake: Intake) -> None:
    intake.choose(fields.CALLER_LINK, "proche")
    intake.write(fields.CALLER_PHONE, "0639984107")
    intake.write(fields.BIRTH_NAME, "martin")
    intake.write(facts.BIRTH, "14/3/19")
    intake.choose(facts.SEX, "I")
    intake.write(facts.RESIDENCE, "lande-le-bourg")
    intake.choose(facts.DELAY, LATER)
    intake.write(fields.DELAY_DAYS, "12")
    intake.choose(facts.TECHNICAL_PLATFORM, ASKED)
    intake.choose(facts.REGULAR_DOCTOR, "indisponible")
    intake.write(fields.DOCTOR_PRACTICE, "Dr Hamon")
    intake.choose(ALONE, False)
    QTest.keyClick(intake.type(fields.NOTE, "Mère"), Qt.Key.Key_Return)
    press(intake.panel.controls.note.text_edit, "au téléphone")
    go_and_come_back(intake)
    assert intake.segments(fields.CALLER_LINK).answer == "proche"
    assert intake.line(fields.CALLER_PHONE).text() == "06\u202f39\u202f98\u202f41\u202f07"
    assert intake.line(fields.CALLER_PHONE).annotation == "mobile"
    assert intake.line(fields.BIRTH_NAME).text() == "MARTIN"
    assert intake.line(facts.BIRTH).text() == "14/3/19"
    assert intake.line(facts.BIRTH).annotation == "7 ans"
    assert intake.segments(facts.SEX).answer == "I"
    assert intake.line(facts.RESIDENCE).text() == "Lande-le-Bourg"
    assert intake.segments(facts.DELAY).answer == LATER
    assert intake.open(fields.DELAY_DAYS)
    assert intake.line(fields.DELAY_DAYS).text() == "12"
    assert intake.segments(facts.TECHNICAL_PLATFORM).answer is ASKED
    assert intake.segments(facts.REGULAR_DOCTOR).answer == "indisponible"
    assert intake.line(fields.DOCTOR_PRACTICE).text() == "Dr Hamon"
    assert intake.segments(ALONE).answer is False
    assert intake.panel.controls.note.text() == "Mère\nau téléphone"


def test_what_was_asked_in_vain_comes_back_as_such(intake: Intake) -> None:
    intake.write(facts.RESIDENCE, "?")
    intake.write(facts.BIRTH, "?")
    go_and_come_back(intake)
    assert intake.line(facts.RESIDENCE).text() == "?"
    assert intake.line(facts.RESIDENCE).annotation == "ne sait pas"
    assert intake.line(facts.BIRTH).annotation == "ne sait pas"


def test_a_wrong_date_comes_back_with_its_sentence(intake: Intake) -> None:
    intake.write(facts.BIRTH, "31/02/2019")
    go_and_come_back(intake)
    assert intake.line(facts.BIRTH).text() == "31/02/2019"
    assert intake.line(facts.BIRTH).message.kind is Message.ERROR


def test_a_text_that_was_not_chosen_comes_back_with_its_doubt(intake: Intake) -> None:
    intake.write(facts.RESIDENCE, "val-clair")
    intake.choose(facts.PRESENT_PLACE, ELSEWHERE)
    intake.write(facts.PRESENT_PLACE, "zzqx")
    go_and_come_back(intake)
    assert intake.line(facts.RESIDENCE).text() == "val-clair"
    assert intake.line(facts.RESIDENCE).annotation == "2 communes de ce nom"
    assert intake.open(ELSEWHERE)
    assert intake.line(facts.PRESENT_PLACE).text() == "zzqx"


def test_a_text_typed_over_a_commune_comes_back_and_escape_gives_the_commune_back(intake: Intake) -> None:
    intake.write(facts.RESIDENCE, "lande-le-bourg")
    intake.type(facts.RESIDENCE, "mar")
    go_and_come_back(intake)
    assert intake.line(facts.RESIDENCE).text() == "mar"
    assert intake.fact(facts.RESIDENCE) == LANDE
    QTest.keyClick(intake.go_to(facts.RESIDENCE), Qt.Key.Key_Escape)
    assert intake.line(facts.RESIDENCE).text() == "Lande-le-Bourg"


def test_a_call_is_never_answered_by_what_was_typed_in_another(intake: Intake) -> None:
    """Switching with the keyboard leaves the focus in the field: leaving it then writes nothing elsewhere."""
    first = intake.call
    intake.type(fields.BIRTH_NAME, "martin")
    intake.calls.take()
    second = intake.call
    intake.panel.focus_note()
    intake.panel.focus_field(facts.BIRTH)
    assert second.record.sheet.answer(fields.BIRTH_NAME) is None
    assert first.record.sheet.answer(fields.BIRTH_NAME) == "martin"


def test_the_questions_of_a_call_come_back_with_it(intake: Intake) -> None:
    intake.write(facts.RESIDENCE, "lande-le-bourg")
    assert intake.panel.control(ALONE) is not None
    first = intake.call
    intake.calls.take()
    assert intake.panel.control(ALONE) is None
    intake.calls.show(first)
    assert intake.panel.control(ALONE) is not None


def test_without_a_call_the_form_is_empty_and_takes_nothing(intake: Intake) -> None:
    intake.write(fields.BIRTH_NAME, "martin")
    intake.calls.close("conseil")
    assert intake.calls.current is None
    assert intake.panel.controls.name.text() == ""
    assert not intake.panel.view.isEnabled()


def test_a_form_made_anew_shows_the_call_on_screen(intake: Intake, theme: Theme) -> None:
    """The window makes its panels again when the theme or the text size changes."""
    intake.write(fields.BIRTH_NAME, "martin")
    intake.type(facts.RESIDENCE, "mar")
    again = IntakePanel(theme, intake.calls, intake.sources, None, intake.window)
    assert again.controls.name.text() == "MARTIN"
    assert again.controls.residence.text() == "mar"


def test_persons_found_for_a_form_that_was_made_anew_meanwhile_are_dropped(
    intake: Intake, theme: Theme
) -> None:
    again = intake.make_panel(theme)
    intake.answer_elsewhere(fields.BIRTH_NAME, "MARTIN")
    intake.qtbot.waitUntil(lambda: len(intake.directory.answers) == 2)
    again.deleteLater()
    QApplication.sendPostedEvents(again, QEvent.Type.DeferredDelete.value)
    for answer in intake.directory.answers:
        answer([])
    assert not isValid(again)
    assert not intake.panel.view.known.isVisible()


def test_what_is_being_typed_is_finished_before_another_call_is_shown(intake: Intake) -> None:
    first = intake.call
    intake.type(fields.BIRTH_NAME, "martin")
    intake.panel.finish_typing()
    intake.calls.take()
    assert first.record.sheet.text(fields.BIRTH_NAME) == "MARTIN"
    intake.type(facts.RESIDENCE, "lande-le-bourg")
    intake.panel.finish_typing()
    assert intake.fact(facts.RESIDENCE) == LANDE

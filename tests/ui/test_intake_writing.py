"""Whatever is typed in the form is in the sheet at once, and the facts follow."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import ASKED, ELSEWHERE, LATER
from osnp_console.domain.dates import PartialDate
from osnp_console.ui.widgets.message_line import Message
from tests.ui.intake_world import ALONE, HERE, LANDE, MARAIS, Intake, press


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (fields.CALLER_LINK, "proche"),
        (facts.SEX, "F"),
        (facts.DELAY, 48),
        (facts.DELAY, LATER),
        (facts.DELAY, ASKED),
        (facts.TECHNICAL_PLATFORM, False),
        (facts.REGULAR_DOCTOR, "declare"),
        (facts.REGULAR_DOCTOR, ASKED),
        (fields.DOCTOR_CALLED, True),
        (facts.CAN_TRAVEL, ASKED),
        (facts.PRESENT_PLACE, "domicile"),
        (facts.OFFER, "orthophonie"),
    ],
)
def test_a_chosen_answer_is_in_the_sheet_and_settled(intake: Intake, code: str, answer: object) -> None:
    with intake.qtbot.waitSignal(intake.calls.settled):
        intake.choose(code, answer)
    assert intake.sheet.answer(code) == answer


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        (fields.CALLER_PHONE, "0639984107"),
        (fields.BIRTH_NAME, "Le Goff"),
        (fields.FIRST_NAMES, "Noé"),
        (facts.BIRTH, "14/3/19"),
        (fields.DOCTOR_PRACTICE, "Dr Hamon"),
        (fields.NOTE, "Mère au téléphone."),
    ],
)
def test_each_letter_is_in_the_sheet_before_the_field_is_left(intake: Intake, code: str, typed: str) -> None:
    target = intake.type(code, typed[:-1])
    assert intake.sheet.text(code) == typed[:-1]
    press(target, typed[-1])
    assert intake.sheet.text(code) == typed


def test_each_letter_is_handed_to_the_store(intake: Intake) -> None:
    intake.type(fields.FIRST_NAMES, "Léa")
    intake.qtbot.waitUntil(lambda: intake.calls.is_saved)
    assert intake.desk.memory.records[intake.call.record.id].sheet.text(fields.FIRST_NAMES) == "Léa"


def test_facts_follow_what_is_typed(intake: Intake) -> None:
    intake.write(facts.BIRTH, "14032019")
    intake.choose(facts.SEX, "F")
    intake.write(facts.RESIDENCE, "lande-le-bourg")
    intake.write(facts.REASON, "otite")
    intake.choose(facts.DELAY, 24)
    born = date(2019, 3, 14)
    assert intake.fact(facts.BIRTH) == PartialDate(born, born)
    assert intake.fact(facts.SEX) == "F"
    assert intake.fact(facts.RESIDENCE) == LANDE
    assert intake.fact(facts.REASON) == "otite"
    assert intake.fact(facts.DELAY) == 24


def test_a_question_mark_alone_was_asked_and_is_not_known(intake: Intake) -> None:
    for code in (facts.BIRTH, facts.RESIDENCE, facts.REASON, fields.CALLER_PHONE):
        intake.write(code, "?")
        assert intake.sheet.answer(code) is ASKED
        assert intake.line(code).annotation == "ne sait pas"


def test_an_emptied_field_is_not_asked_again(intake: Intake) -> None:
    for code in (facts.BIRTH, facts.RESIDENCE, facts.REASON, fields.CALLER_PHONE):
        intake.write(code, "?")
        intake.write(code, "")
        assert intake.sheet.answer(code) is None


def test_backspace_takes_an_answer_back(intake: Intake) -> None:
    intake.choose(facts.CAN_TRAVEL, True)
    QTest.keyClick(intake.segments(facts.CAN_TRAVEL), Qt.Key.Key_Backspace)
    assert intake.sheet.answer(facts.CAN_TRAVEL) is None


@pytest.mark.parametrize(
    ("typed", "shown", "kind"),
    [
        ("0639984107", "06\u202f39\u202f98\u202f41\u202f07", "mobile"),
        ("+33 2.40.01.02.03", "02\u202f40\u202f01\u202f02\u202f03", "fixe"),
        ("Mme X 06 39 98 41 07", "06\u202f39\u202f98\u202f41\u202f07", "mobile"),
    ],
)
def test_a_phone_is_grouped_once_it_is_left(intake: Intake, typed: str, shown: str, kind: str) -> None:
    intake.write(fields.CALLER_PHONE, typed)
    phone = intake.line(fields.CALLER_PHONE)
    assert phone.text() == shown
    assert phone.annotation == kind
    assert intake.sheet.text(fields.CALLER_PHONE) == shown


def test_a_wrong_phone_warns_once_it_is_left_and_is_kept(intake: Intake) -> None:
    intake.type(fields.CALLER_PHONE, "0639")
    phone = intake.line(fields.CALLER_PHONE)
    assert phone.message.words == ""
    intake.write(fields.CALLER_PHONE, "0639")
    assert phone.message.kind is Message.WARNING
    assert "gardé tel quel" in phone.message.words
    assert intake.sheet.text(fields.CALLER_PHONE) == "0639"


def test_the_name_is_in_capitals_once_it_is_left(intake: Intake) -> None:
    intake.write(fields.BIRTH_NAME, " le goffé ")
    assert intake.line(fields.BIRTH_NAME).text() == "LE GOFFÉ"
    assert intake.sheet.text(fields.BIRTH_NAME) == "LE GOFFÉ"


@pytest.mark.parametrize(
    ("typed", "left_as", "age", "note"),
    [
        ("14032019", "14/03/2019", "7 ans", ""),
        ("14/3/19", "14/3/19", "7 ans", "lu 14/03/2019"),
        ("7 ans", "7 ans", "7 ans", ""),
        ("8 mois", "8 mois", "8 mois", ""),
        ("2019", "2019", "6 ou 7 ans", ""),
    ],
)
def test_a_birth_is_read_while_it_is_typed(
    intake: Intake, typed: str, left_as: str, age: str, note: str
) -> None:
    intake.type(facts.BIRTH, typed)
    birth = intake.line(facts.BIRTH)
    assert birth.annotation == age
    intake.write(facts.BIRTH, typed)
    assert birth.text() == left_as
    assert birth.annotation == age
    assert birth.message.words == note


def test_a_wrong_date_is_told_and_nothing_of_it_is_lost(intake: Intake) -> None:
    birth = intake.line(facts.BIRTH)
    intake.type(facts.BIRTH, "31/02/20")
    assert birth.message.words == "Cette date n’existe pas."
    intake.write(facts.BIRTH, "31/02/2019")
    assert birth.message.kind is Message.ERROR
    assert birth.text() == "31/02/2019"
    assert intake.sheet.text(facts.BIRTH) == "31/02/2019"
    assert intake.fact(facts.BIRTH) is None
    intake.type(facts.BIRTH, "28/02/2019")
    assert birth.message.words == ""


def test_an_unfinished_date_is_told_only_once_it_is_left(intake: Intake) -> None:
    birth = intake.line(facts.BIRTH)
    intake.type(facts.BIRTH, "14/03")
    assert birth.message.words == ""
    intake.write(facts.BIRTH, "14/03")
    assert birth.message.kind is Message.ERROR


def test_more_than_three_days_opens_a_number_of_days(intake: Intake) -> None:
    assert not intake.open(fields.DELAY_DAYS)
    intake.choose(facts.DELAY, LATER)
    assert intake.open(fields.DELAY_DAYS)
    intake.write(fields.DELAY_DAYS, "10")
    assert intake.fact(facts.DELAY) == 240
    intake.write(fields.DELAY_DAYS, "dix")
    assert intake.line(fields.DELAY_DAYS).message.kind is Message.ERROR
    assert intake.sheet.text(fields.DELAY_DAYS) == "dix"
    assert intake.fact(facts.DELAY) is None


def test_the_end_of_the_delay_is_said_and_follows_the_clock(intake: Intake) -> None:
    intake.choose(facts.DELAY, 48)
    delay = intake.segments(facts.DELAY)
    assert delay.toolTip() == "Jusqu’au jeudi 26/11 à 10:02"
    intake.desk.clock.go(minutes=1)
    intake.calls.ticked.emit(intake.desk.clock.now)
    assert delay.toolTip() == "Jusqu’au jeudi 26/11 à 10:03"


def test_a_commune_is_a_fact_only_once_it_is_chosen(intake: Intake) -> None:
    target = intake.type(facts.RESIDENCE, "land")
    assert intake.fact(facts.RESIDENCE) is None
    assert intake.sheet.pending[facts.RESIDENCE] == "land"
    QTest.keyClick(target, Qt.Key.Key_Return)
    assert intake.fact(facts.RESIDENCE) == LANDE
    assert facts.RESIDENCE not in intake.sheet.pending
    assert intake.line(facts.RESIDENCE).text() == "Lande-le-Bourg"
    assert intake.line(facts.RESIDENCE).annotation == "44990 · 44"


def test_homonyms_are_never_chosen_by_themselves(intake: Intake) -> None:
    intake.write(facts.RESIDENCE, "val-clair")
    field = intake.line(facts.RESIDENCE)
    assert intake.fact(facts.RESIDENCE) is None
    assert field.annotation == "2 communes de ce nom"
    assert field.message.words == "2 communes portent ce nom\u202f: choisir avec le département."
    assert intake.sheet.pending[facts.RESIDENCE] == "val-clair"
    intake.write(facts.RESIDENCE, "49994")
    assert intake.sheet.answer(facts.RESIDENCE) == "49930"
    assert field.message.words == ""


def test_a_commune_that_is_none_says_so_and_stays_typed(intake: Intake) -> None:
    intake.write(facts.RESIDENCE, "zzqx")
    field = intake.line(facts.RESIDENCE)
    assert field.message.words == "Aucune commune ne ressemble à «\u202fzzqx\u202f»."
    assert field.text() == "zzqx"
    assert intake.sheet.pending[facts.RESIDENCE] == "zzqx"


def test_another_text_over_a_commune_takes_it_back_once_the_field_is_left(intake: Intake) -> None:
    intake.write(facts.RESIDENCE, "lande-le-bourg")
    intake.type(facts.RESIDENCE, "zzqx")
    assert intake.fact(facts.RESIDENCE) == LANDE
    intake.write(facts.RESIDENCE, "zzqx")
    assert intake.fact(facts.RESIDENCE) is None
    assert intake.sheet.pending[facts.RESIDENCE] == "zzqx"


def test_escape_gives_the_former_commune_back(intake: Intake) -> None:
    intake.write(facts.RESIDENCE, "lande-le-bourg")
    target = intake.type(facts.RESIDENCE, "mar")
    QTest.keyClick(target, Qt.Key.Key_Escape)
    assert intake.line(facts.RESIDENCE).text() == "Lande-le-Bourg"
    assert facts.RESIDENCE not in intake.sheet.pending
    assert intake.fact(facts.RESIDENCE) == LANDE


def test_elsewhere_opens_a_second_commune(intake: Intake) -> None:
    intake.choose(facts.PRESENT_PLACE, ELSEWHERE)
    assert intake.open(ELSEWHERE)
    assert intake.sheet.answer(facts.PRESENT_PLACE) == ELSEWHERE
    intake.write(facts.PRESENT_PLACE, "marais-sur-mer")
    assert intake.sheet.answer(facts.PRESENT_PLACE) == "44920"
    assert intake.fact(facts.PRESENT_PLACE) == MARAIS


def test_a_wrong_line_of_the_list_does_not_lose_the_second_commune(intake: Intake) -> None:
    place = intake.panel.controls.place.combo_box
    intake.choose(facts.PRESENT_PLACE, ELSEWHERE)
    intake.write(facts.PRESENT_PLACE, "marais-sur-mer")
    place.activated.emit(0)
    assert intake.sheet.answer(facts.PRESENT_PLACE) == "domicile"
    place.activated.emit(1)
    assert intake.sheet.answer(facts.PRESENT_PLACE) == "44920"


def test_away_and_nobody_knows_where(intake: Intake) -> None:
    intake.choose(facts.PRESENT_PLACE, ELSEWHERE)
    intake.write(facts.PRESENT_PLACE, "?")
    assert intake.sheet.answer(facts.PRESENT_PLACE) == ELSEWHERE
    assert intake.line(facts.PRESENT_PLACE).text() == "?"


def test_a_reason_of_another_offer_changes_the_offer_and_says_so(intake: Intake) -> None:
    with intake.qtbot.waitSignal(intake.panel.said) as said:
        intake.write(facts.REASON, "dysph")
    assert intake.sheet.text(facts.OFFER) == "orthophonie"
    assert intake.combo(facts.OFFER).answer == "orthophonie"
    assert said.args == ["Offre changée pour ce motif\u202f: orthophonie"]


def test_a_reason_of_the_offer_leaves_the_offer(intake: Intake) -> None:
    intake.write(facts.REASON, "angine")
    assert intake.sheet.text(facts.REASON) == "angine"
    assert intake.sheet.text(facts.OFFER) == "medecine_generale"


def test_all_offers_is_no_offer(intake: Intake) -> None:
    intake.choose(facts.OFFER, "")
    assert intake.sheet.answer(facts.OFFER) is None
    assert intake.combo(facts.OFFER).answer == ""


def test_a_further_question_is_answered_in_its_own_row(intake: Intake) -> None:
    intake.write(facts.RESIDENCE, "lande-le-bourg")
    assert intake.panel.control(ALONE) is not None
    intake.choose(ALONE, True)
    assert intake.fact(ALONE) is True


def test_the_note_is_settled_when_it_is_left(intake: Intake) -> None:
    intake.type(fields.NOTE, "Rappeler à 18 h")
    with intake.qtbot.waitSignal(intake.calls.settled):
        intake.panel.focus_first()


def test_an_answer_given_elsewhere_is_shown(intake: Intake) -> None:
    intake.answer_elsewhere(facts.CAN_TRAVEL, True)
    intake.answer_elsewhere(facts.RESIDENCE, "44901")
    intake.answer_elsewhere("territoire:" + HERE.cpts, True)
    assert intake.segments(facts.CAN_TRAVEL).answer is True
    assert intake.line(facts.RESIDENCE).text() == "Lande-le-Bourg"

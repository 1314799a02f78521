"""The cards of agendas read by a person, and of a slot once booked: what is typed, copied, phoned, ticked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from osnp_console.app.booking.booked_card import booked_shown, to_warn
from osnp_console.app.booking.by_hand_cards import (
    TAKEN_MISSING,
    PhoneShown,
    Try,
    TryAnswer,
    waiting_shown,
)
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.dispositif import Notice
from osnp_console.domain.sources import Source
from osnp_console.ui.slots.cards.parts import EXAMPLE, NOT_READ_YET
from osnp_console.ui.slots.cards.phone import LAST_ONE, PhoneCard
from osnp_console.ui.slots.cards.portal import PortalCard
from osnp_console.ui.slots.cards.waiting import WaitingCard
from osnp_console.ui.theme.theme import Theme
from tests.ui.booking_cards import (
    CONTROL,
    CONTROL_SHIFT,
    FULL,
    NO_HOUR,
    NUMBER,
    PHONES,
    PORTAL,
    booked,
    press,
    read_line,
)
from tests.ui.showing import shown, spoken_description
from tests.unit.booking_cards import NOW, appointment

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape
LINE = "demain 14h20 Dr Maury"


# --- portal ----------------------------------------------------------------------------------------------


def test_the_exact_words_are_copied_by_one_key_from_anywhere_in_the_card(qtbot: QtBot, theme: Theme) -> None:
    card = PortalCard(theme, PORTAL, read_line)
    shown(qtbot, card, width=462, height=700)
    card.taken.field.setFocus()
    with qtbot.waitSignal(card.copied) as told:
        press(card, Qt.Key.Key_C, CONTROL_SHIFT)
    assert QGuiApplication.clipboard().text() == "SNP Pays de Redon"
    assert told.args == ["mots à chercher copiés"]


def test_enter_opens_the_page_then_the_keyboard_waits_in_the_line(qtbot: QtBot, theme: Theme) -> None:
    card = PortalCard(theme, PORTAL, read_line)
    shown(qtbot, card, width=462, height=700)
    card.take_focus()
    assert card.solid is card.open
    with qtbot.waitSignal(card.open_wanted) as told:
        press(card, ENTER)
    assert told.args == ["https://portail.example/prendre"]
    assert card.taken.field.line_edit.hasFocus()
    assert card.solid is card.save


def test_the_line_is_read_in_full_as_it_is_typed_and_kept_by_enter(qtbot: QtBot, theme: Theme) -> None:
    card = PortalCard(theme, PORTAL, read_line)
    shown(qtbot, card, width=462, height=700)
    card.taken.field.setFocus()
    assert card.taken.reading == EXAMPLE
    QTest.keyClicks(card.taken.field.line_edit, "demain")
    assert card.taken.reading == NOT_READ_YET
    QTest.keyClicks(card.taken.field.line_edit, " 14h20 Dr Maury")
    assert card.taken.reading == FULL
    with qtbot.waitSignal(card.saved) as told:
        press(card, ENTER)
    assert told.args == [LINE]


@pytest.mark.parametrize(("typed", "sentence"), [("", TAKEN_MISSING), ("demain", NO_HOUR)])
def test_a_line_that_cannot_be_read_is_not_kept_and_says_why_under_the_field(
    qtbot: QtBot, theme: Theme, typed: str, sentence: str
) -> None:
    card = PortalCard(theme, PORTAL, read_line)
    shown(qtbot, card, width=462, height=700)
    card.taken.field.setFocus()
    QTest.keyClicks(card.taken.field.line_edit, typed)
    with qtbot.assertNotEmitted(card.saved):
        card.save.click()
    assert card.taken.field.message.words == sentence
    assert card.taken.field.line_edit.hasFocus()
    assert card.taken.draft == typed
    QTest.keyClicks(card.taken.field.line_edit, " ")
    assert card.taken.field.message.words == ""


def test_a_line_that_was_begun_comes_back_with_the_card(qtbot: QtBot, theme: Theme) -> None:
    card = PortalCard(theme, PORTAL, read_line)
    shown(qtbot, card, width=462, height=700)
    drafts: list[str] = []
    card.draft_changed.connect(drafts.append)
    QTest.keyClicks(card.taken.field.line_edit, LINE)
    again = PortalCard(theme, PORTAL, read_line, drafts[-1])
    assert again.taken.draft == LINE
    assert again.taken.reading == FULL
    assert again.solid is again.save


def test_the_practice_of_a_portal_is_phoned_by_its_key(qtbot: QtBot, theme: Theme) -> None:
    card = PortalCard(theme, PORTAL, read_line)
    shown(qtbot, card, width=462, height=700)
    card.take_focus()
    with qtbot.waitSignal(card.call_wanted) as told:
        press(card, Qt.Key.Key_T, CONTROL)
    assert told.args == [NUMBER]


def test_a_portal_of_which_little_is_known_shows_only_what_is_known(qtbot: QtBot, theme: Theme) -> None:
    bare = replace(
        PORTAL, search_words=None, account=None, needed=(), page=None, warned=None, phone=None, steps=()
    )
    card = PortalCard(theme, bare, read_line)
    shown(qtbot, card, width=462, height=500)
    hidden = (card.steps, card.search, card.account, card.needed, card.open, card.warned)
    assert not any(part.isVisible() for part in hidden)
    assert card.solid is card.save
    QGuiApplication.clipboard().setText("avant")
    with qtbot.assertNotEmitted(card.copied):
        card.copy_search_words()
        card.call_number()
        card.open_page()
    assert QGuiApplication.clipboard().text() == "avant"


# --- phone -----------------------------------------------------------------------------------------------


def test_a_call_is_dialled_by_its_key_and_what_it_gave_is_said_by_a_letter(
    qtbot: QtBot, theme: Theme
) -> None:
    card = PhoneCard(theme, PHONES, read_line)
    shown(qtbot, card, width=462, height=800)
    card.take_focus()
    with qtbot.waitSignal(card.call_wanted) as called:
        press(card, Qt.Key.Key_T, CONTROL)
    assert called.args == ["02\u202f40\u202f56\u202f00\u202f00"]
    assert QGuiApplication.clipboard().text() == "02 40 56 00 00"
    with qtbot.waitSignal(card.tried) as told:
        press(card, Qt.Key.Key_A)
    assert told.args == ["0240560000", TryAnswer.ACCEPTED]
    assert card.taken.field.line_edit.hasFocus()


def test_each_try_is_written_with_its_time_and_the_number_shown_stays(qtbot: QtBot, theme: Theme) -> None:
    card = PhoneCard(theme, PHONES, read_line, at=1)
    shown(qtbot, card, width=462, height=800)
    assert not card.log.isVisible()
    lines = (PHONES.lines[0], replace(PHONES.lines[1], tries=(Try(NOW, TryAnswer.SILENT),)))
    card.show_phone(replace(PHONES, lines=lines))
    assert card.line.name == "Cabinet Coudrais"
    assert card.log.text() == "10:02:31 · pas de réponse"


def test_the_next_number_is_one_key_away_even_from_the_line_and_what_is_typed_stays(
    qtbot: QtBot, theme: Theme
) -> None:
    card = PhoneCard(theme, PHONES, read_line)
    shown(qtbot, card, width=462, height=800)
    card.taken.field.setFocus()
    QTest.keyClicks(card.taken.field.line_edit, "demain")
    with qtbot.waitSignal(card.line_changed) as told:
        press(card, Qt.Key.Key_PageDown)
    assert told.args == [1]
    assert card.number.text() == "02\u202f40\u202f56\u202f00\u202f01"
    assert card.taken.draft == "demain"
    assert spoken_description(card.next_one).startswith(LAST_ONE)
    with qtbot.assertNotEmitted(card.line_changed):
        press(card, Qt.Key.Key_PageDown)
    press(card, Qt.Key.Key_PageUp)
    assert card.line.name == "Cabinet Maury"


def test_what_was_taken_by_phone_is_kept_with_its_number(qtbot: QtBot, theme: Theme) -> None:
    card = PhoneCard(theme, PHONES, read_line, LINE, at=1)
    shown(qtbot, card, width=462, height=800)
    assert card.solid is card.save
    with qtbot.waitSignal(card.saved) as told:
        card.save.click()
    assert told.args == ["0240560001", LINE]


def test_a_phone_card_without_a_number_is_refused(theme: Theme) -> None:
    with pytest.raises(ValueError, match="aucun numéro"):
        PhoneCard(theme, PhoneShown("Demander", ()), read_line)


# --- to be confirmed -------------------------------------------------------------------------------------


def test_what_is_to_be_confirmed_keeps_its_line_and_takes_it_back(qtbot: QtBot, theme: Theme) -> None:
    pending = replace(appointment(AppointmentState.PENDING), typed=LINE)
    card = WaitingCard(theme, waiting_shown(pending, "Doctolib", NOW), read_line)
    shown(qtbot, card, width=462)
    card.take_focus()
    assert card.taken.reading == FULL
    with qtbot.waitSignal(card.saved) as told:
        press(card, ENTER)
    assert told.args == [LINE]
    with qtbot.waitSignal(card.nothing_taken):
        card.nothing.click()


# --- booked ----------------------------------------------------------------------------------------------


def test_the_text_for_the_patient_is_copied_and_printed_and_the_journal_never_holds_it(
    qtbot: QtBot, theme: Theme
) -> None:
    card = booked(theme)
    shown(qtbot, card, width=462, height=700)
    card.take_focus()
    with qtbot.waitSignal(card.copied) as told:
        press(card, Qt.Key.Key_C, CONTROL_SHIFT)
    assert QGuiApplication.clipboard().text() == card.text
    assert "aujourd’hui, mercredi 25 novembre, à 10:40" in card.text
    assert told.args == ["texte pour le patient copié"]
    with qtbot.waitSignal(card.print_wanted) as printed:
        press(card, Qt.Key.Key_P, CONTROL)
    assert printed.args == [card.text]


def test_while_the_practice_is_to_be_told_enter_phones_it_then_the_tick_is_one_key_away(
    qtbot: QtBot, theme: Theme
) -> None:
    card = booked(theme)
    shown(qtbot, card, width=462, height=700)
    card.take_focus()
    with qtbot.waitSignal(card.call_wanted) as called:
        press(card, ENTER)
    assert called.args == [NUMBER]
    with qtbot.waitSignal(card.warned) as told:
        press(card, Qt.Key.Key_Space)
    assert told.args == [True]


def test_once_the_practice_is_told_the_time_stands_beside_the_tick_and_enter_ends_the_call(
    qtbot: QtBot, theme: Theme
) -> None:
    card = booked(theme)
    shown(qtbot, card, width=462, height=700)
    notices = (Notice("osnp", Source("S5", 6), doctor=False),)
    done = to_warn(notices, "osnp", "0299710000", NOW)
    with qtbot.assertNotEmitted(card.warned):  # shown, not ticked by anybody
        card.show_booked(booked_shown(appointment(AppointmentState.BOOKED), NOW, "Carnet", done))
    assert card.warn.tick.isChecked()
    assert card.warn.tick.text() == "Prévenu à 10:02"
    card.take_focus()
    with qtbot.waitSignal(card.close_wanted):
        press(card, ENTER)


def test_an_agenda_that_tells_the_practice_itself_asks_nobody_to_phone(qtbot: QtBot, theme: Theme) -> None:
    card = booked(theme, told=True)
    shown(qtbot, card, width=462, height=700)
    assert not card.warn.tick.isVisible()
    assert card.solid is card.close_call


def test_a_move_is_confirmed_in_place_and_escape_takes_it_back(qtbot: QtBot, theme: Theme) -> None:
    card = booked(theme)
    shown(qtbot, card, width=462, height=700)
    absent = card.moves.answers.buttons[1]
    absent.setFocus()
    with qtbot.assertNotEmitted(card.moved):
        press(card, ENTER)
        press(card, ENTER)  # twice the same key never confirms
    assert card.moves.text == "Rendez-vous\u202f: réservé"
    card.moves.answers.buttons[1].setFocus()
    press(card, ENTER)
    assert card.moves.text.startswith("Noter «\u202fabsent\u202f»")
    with qtbot.assertNotEmitted(card.dismissed):
        press(card, ESCAPE)
    card.moves.answers.buttons[1].setFocus()
    press(card, ENTER)
    with qtbot.waitSignal(card.moved) as told:
        press(card, Qt.Key.Key_O)
    assert told.args == [AppointmentState.NO_SHOW]


def test_a_cancelled_appointment_has_nothing_to_read_out_and_no_move(qtbot: QtBot, theme: Theme) -> None:
    card = booked(theme, state=AppointmentState.CANCELLED)
    shown(qtbot, card, width=462, height=700)
    assert not card.read_out.isVisible()
    assert card.moves.answers.buttons == []
    QGuiApplication.clipboard().setText("avant")
    with qtbot.assertNotEmitted(card.print_wanted):
        card.copy_read_out()
        card.print_read_out()
    assert QGuiApplication.clipboard().text() == "avant"


def test_a_document_that_cannot_be_made_says_why(qtbot: QtBot, theme: Theme) -> None:
    card = booked(theme)
    shown(qtbot, card, width=462, height=700)
    why = "Il manque la date de naissance."
    state = booked_shown(
        appointment(AppointmentState.BOOKED), NOW, "Carnet", to_warn((), "osnp", None), export_missing=why
    )
    card.show_booked(state)
    assert spoken_description(card.export).startswith(why)
    with qtbot.waitSignal(card.sheet_wanted):
        card.sheet.click()

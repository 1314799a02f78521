"""The cards of a booking say what happened, what was kept and what to do, and never more than is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from osnp_console.app.booking.booked_card import (
    PERHAPS_WARNED,
    TO_BE_WARNED,
    WARNED_BY_ITSELF,
    booked_shown,
    read_out_lines,
    to_warn,
)
from osnp_console.app.booking.by_hand_cards import PhoneLine, Try, TryAnswer, read_taken, waiting_shown
from osnp_console.app.slots.cards import (
    NextState,
    UnknownState,
    WayOn,
    conflict_shown,
    day_words,
    next_slot,
    nothing_else,
    reserve_shown,
    slot_words,
    unknown_sentence,
    unknown_shown,
)
from osnp_console.domain import facts
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.dispositif import Notice
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.slot import NO_PLACE, Place
from osnp_console.domain.sources import Source
from tests.unit.booking_cards import NEXT, NOW, REDON, TAKEN, TOMORROW, appointment, ranked, slot_at

NARROW, NO_BREAK = "\u202f", "\u00a0"


def answer(state: SourceState) -> SourceAnswer:
    return SourceAnswer(state.value, state, NOW)


def test_a_taken_slot_is_named_with_the_source_the_second_and_what_is_kept() -> None:
    card = conflict_shown(TAKEN, NOW, "SAS 44", message="Le SAS l’annonce occupé depuis 10:02:24.")
    assert card.title == "10:40 vient d’être pris"
    assert card.aside == "SAS 44 · 10:02:31"
    assert card.body == (
        "Le SAS l’annonce occupé depuis 10:02:24. Rien n’a été réservé. La fiche est gardée."
    )


def test_without_a_message_the_source_and_the_time_say_what_happened() -> None:
    card = conflict_shown(TAKEN, NOW, "SAS 44")
    assert card.body.startswith("SAS 44 l’annonce pris à 10:02:31. Rien n’a été réservé.")


def test_the_next_slot_says_when_it_was_checked_again_and_nothing_before() -> None:
    free = next_slot(ranked(NEXT), NOW, NextState.FREE, NOW + timedelta(seconds=2))
    assert (free.hour, free.day, free.who) == ("11:20", "", "Dr Coudrais · Plessé")
    assert free.state_words == "revérifié libre à 10:02:33"
    checking = next_slot(ranked(TOMORROW), NOW, NextState.CHECKING)
    assert (checking.day, checking.state_words) == ("demain", "revérification…")
    assert "libre" not in next_slot(ranked(NEXT), NOW, NextState.SILENT).state_words


def test_the_ways_on_are_there_only_when_nothing_can_be_proposed() -> None:
    ways = (WayOn("Transférer à AccèsS", "F8"),)
    with_next = conflict_shown(
        TAKEN, NOW, "SAS 44", proposed=next_slot(ranked(NEXT), NOW, NextState.FREE), ways=ways
    )
    assert (with_next.rest, with_next.ways) == ("", ())
    without = conflict_shown(TAKEN, NOW, "SAS 44", answers=[answer(SourceState.EMPTY)], ways=ways)
    assert without.rest == "Rien d’autre de libre dans l’agenda."
    assert without.ways == ways


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        ((), "Aucun autre créneau dans la liste."),
        (("vide", "repondu"), f"Rien d’autre de libre dans les 2{NO_BREAK}agendas."),
        (
            ("vide", "repondu", "en_retard", "refuse"),
            f"Rien d’autre dans les 2{NO_BREAK}agendas qui ont répondu. "
            f"2{NO_BREAK}n’ont pas répondu{NARROW}: il peut y avoir des créneaux.",
        ),
        (
            ("vide", "erreur"),
            f"Rien d’autre dans l’agenda qui a répondu. "
            f"1{NO_BREAK}n’a pas répondu{NARROW}: il peut y avoir des créneaux.",
        ),
        (
            ("en_retard", "perime"),
            "Aucun agenda n’a répondu. On ne sait pas s’il y a d’autres créneaux.",
        ),
    ],
)
def test_a_silent_agenda_is_never_an_empty_one(states: tuple[str, ...], sentence: str) -> None:
    assert nothing_else([answer(SourceState(state)) for state in states]) == sentence


def test_an_unknown_outcome_says_what_to_verify_before_trying_again() -> None:
    card = unknown_shown(appointment(), "Agenda Redon", NOW)
    assert card.title == "On ne sait pas si 10:40 est réservé"
    assert card.body == (
        "L’agenda n’a pas confirmé. Vérifier avant d’en prendre un autre. Vérifier ne réserve rien."
    )
    assert "aujourd’hui 10:40, Dr Bréhault, Redon" in card.to_verify
    assert card.phone == f"02{NARROW}99{NARROW}71{NARROW}00{NARROW}00"
    assert not card.is_settled
    assert unknown_sentence(TAKEN) == (
        f"L’agenda n’a pas confirmé{NARROW}: on ne sait pas si 10:40 est réservé. "
        "Vérifier avant d’en prendre un autre."
    )


def test_the_practices_number_of_the_directory_comes_before_the_sources() -> None:
    assert unknown_shown(appointment(), "A", NOW, phone="15").phone == "15"
    nowhere = appointment(slot=replace(TAKEN, place=NO_PLACE))
    assert unknown_shown(nowhere, "A", NOW).phone is None


def test_once_verified_the_title_says_which_of_the_two_it_is() -> None:
    booked = unknown_shown(appointment(), "Agenda Redon", NOW, UnknownState.BOOKED)
    assert (booked.title, booked.is_settled) == ("10:40 est réservé", True)
    lost = unknown_shown(appointment(), "Agenda Redon", NOW, UnknownState.NOT_BOOKED)
    assert lost.title == "10:40 n’est pas réservé"
    assert "Rien n’a été réservé" in lost.state_words
    assert "Rien n’a été réservé" not in booked.state_words


def test_verified_in_vain_it_stays_unknown_and_leads_to_the_phone() -> None:
    card = unknown_shown(
        appointment(), "Agenda Redon", NOW + timedelta(seconds=40), UnknownState.STILL_UNKNOWN
    )
    assert card.title == "On ne sait pas si 10:40 est réservé"
    assert card.state_words == (f"10:03:11{NARROW}: Agenda Redon ne le dit toujours pas. Appeler le cabinet.")
    assert not card.is_settled


def test_a_slot_under_reserve_asks_its_first_missing_fact_and_counts_the_others() -> None:
    slot = ranked(NEXT, facts.TECHNICAL_PLATFORM, facts.PRESCRIPTION)
    card = reserve_shown(slot, "Relève-t-il des urgences\u202f?", CallSheet(), NOW, "Nord Estuaire")
    assert card is not None
    assert card.title == "Avant de réserver 11:20, il manque 2 réponses"
    assert card.fact == facts.TECHNICAL_PLATFORM
    assert [one.letter for one in card.answers] == ["O", "N", "S"]
    assert card.left == "Puis une autre question."


def test_a_missing_fact_that_is_typed_has_no_button_and_a_territory_has_two() -> None:
    typed = reserve_shown(ranked(NEXT, facts.BIRTH), "Quel âge\u202f?", CallSheet(), NOW, "x")
    territory = reserve_shown(ranked(NEXT, "territoire:CPTS X"), "?", CallSheet(), NOW, "x")
    assert typed is not None
    assert territory is not None
    assert typed.answers == ()
    assert typed.left == ""
    assert [one.answer for one in territory.answers] == [True, False]


def test_a_slot_that_lacks_nothing_is_not_under_reserve() -> None:
    assert reserve_shown(ranked(NEXT), "?", CallSheet(), NOW, "x") is None


def test_a_booked_slot_is_said_in_the_words_of_the_interface() -> None:
    card = booked_shown(appointment(AppointmentState.BOOKED), NOW, "Carnet", to_warn((), "osnp", REDON.phone))
    assert card.title == f"Réservé{NARROW}: aujourd’hui 10:40, Dr Bréhault, Redon."
    assert [move.state for move in card.moves] == [
        AppointmentState.FULFILLED,
        AppointmentState.NO_SHOW,
        AppointmentState.CANCELLED,
    ]


def test_a_cancelled_appointment_is_not_said_booked_and_moves_no_more() -> None:
    card = booked_shown(appointment(AppointmentState.CANCELLED), NOW, "Carnet", to_warn((), "osnp", None))
    assert card.title.startswith(f"Annulé{NARROW}: ")
    assert card.moves == ()


def test_who_is_warned_comes_from_the_notice_of_the_role_and_a_silence_is_not_a_yes() -> None:
    page = Source("S5", 6)
    notices = (Notice("telesecretariat", page, doctor=True), Notice("osnp", page, doctor=False))
    silent = to_warn(notices, "osnp", "0299710000")
    assert (silent.needed, silent.sentence, silent.source) == (True, TO_BE_WARNED, "S5 p. 6")
    told = to_warn(notices, "telesecretariat", None)
    assert (told.needed, told.sentence, told.phone) == (False, WARNED_BY_ITSELF, None)
    unsaid = to_warn((Notice("tous", page),), "osnp", None)
    assert (unsaid.needed, unsaid.sentence) == (None, PERHAPS_WARNED)
    assert to_warn((), "osnp", None).needed is None


def test_what_is_read_to_the_patient_holds_the_day_in_full_and_the_address() -> None:
    assert read_out_lines(TAKEN, NOW) == (
        f"Votre rendez-vous{NARROW}: aujourd’hui, mercredi 25 novembre, à 10:40.",
        "Avec Dr Bréhault.",
        f"Adresse{NARROW}: Cabinet du Canal, 12 quai Jean Bart, 35600 Redon.",
        f"Téléphone du cabinet{NARROW}: 02{NARROW}99{NARROW}71{NARROW}00{NARROW}00.",
    )


def test_a_teleconsultation_is_read_out_without_an_address() -> None:
    remote = slot_at(TAKEN.start, remote=True)
    assert read_out_lines(remote, NOW)[2:] == ("En téléconsultation.",)


def test_a_slot_without_a_named_practitioner_is_named_by_its_place_once() -> None:
    center = slot_at(TAKEN.start, None, Place(name="Centre SNP"))
    assert slot_words(center, NOW) == "aujourd’hui 10:40, Centre SNP"
    assert slot_words(slot_at(TAKEN.start, None, NO_PLACE), NOW).endswith("Praticien non nommé")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (25, "aujourd’hui"),
        (26, "demain"),
        (24, "hier"),
        (27, "vendredi 27 novembre"),
        (30, "lundi 30 novembre"),
    ],
)
def test_days_near_by_are_said_as_people_say_them(day: int, words: str) -> None:
    assert day_words(datetime(2026, 11, day, 22, 30, tzinfo=UTC), NOW) == words


def test_a_day_of_another_year_says_its_year_and_midnight_is_that_of_paris() -> None:
    assert day_words(datetime(2027, 1, 2, 9, 0, tzinfo=UTC), NOW) == "samedi 2 janvier 2027"
    assert day_words(datetime(2026, 11, 25, 23, 30, tzinfo=UTC), NOW) == "demain"
    assert day_words(datetime(2026, 12, 1, 9, 0, tzinfo=UTC), NOW) == "mardi 1er décembre"


def test_what_was_taken_is_read_back_in_full_or_refused_with_a_sentence() -> None:
    read = read_taken("demain 14h20 Dr Maury", NOW)
    assert (read.said, read.error) == ("jeudi 26 novembre 2026 à 14:20, Dr Maury", None)
    refused = read_taken("demain", NOW)
    assert refused.said == ""
    assert refused.error is not None
    assert refused.error.endswith(".")


def test_a_portal_to_confirm_keeps_what_was_typed() -> None:
    pending = replace(appointment(AppointmentState.PENDING), typed="demain 14h20")
    card = waiting_shown(pending, "Doctolib", NOW)
    assert card.sentence == f"À confirmer sur Doctolib{NARROW}: noter ici ce qui a été pris."
    assert card.draft == "demain 14h20"


def test_each_try_says_its_time_and_its_answer_and_each_answer_has_its_letter() -> None:
    assert Try(NOW, TryAnswer.SILENT).words == "10:02:31 · pas de réponse"
    assert len({one.letter for one in TryAnswer}) == len(TryAnswer)
    assert PhoneLine("Dr Maury", "0240000000").shown.replace(NARROW, " ") == "02 40 00 00 00"

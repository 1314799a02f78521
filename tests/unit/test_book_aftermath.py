"""After a booking the patient knows where to go, and the desk whom to phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from osnp_console.app.booking.after_booking import after_booking, patient_text, warned_at, warned_entry
from osnp_console.app.booking.decision import Why
from osnp_console.app.ports import PastEntry
from osnp_console.domain.access import Access, Mode, Reception
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.dispositif import Notice, notice_for
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.journal import JournalLine
from osnp_console.domain.slots.slot import NO_PLACE, REMOTE, Slot
from osnp_console.domain.sources import Source
from tests.unit.booking_doubles import BookingDesk, made_dispositif
from tests.unit.slot_doubles import made_slot
from tests.unit.strategies import INSTANT

S5 = Source("S5", 6)
TELE_SECRETARY = Notice("telesecretariat", S5, doctor=True)
CENTRE_15 = Notice("sas", S5, doctor=False, patient=True)
ANYBODY = Notice("tous", S5, doctor=True, patient=True)


def booked(slot: Slot | None = None) -> Appointment:
    """An appointment made today for 10:40."""
    return Appointment(
        "rdv-1", "appel-1", "44-3", "a", slot or made_slot(), AppointmentState.BOOKED, INSTANT, INSTANT
    )


def test_the_patient_is_told_when_who_where_and_whom_to_call() -> None:
    text = patient_text(made_slot(24 * 60), INSTANT)
    assert text.text.replace("\u202f", " ").splitlines() == [
        "Votre rendez-vous : demain, mercredi 25 novembre, à 10:00.",
        "Avec Dr Camille ESSAI.",
        "Adresse : Cabinet des Essais, 1 rue du Test, 44990 Lande-le-Bourg.",
        "Pour annuler ou prévenir d’un retard : 02 61 91 00 01.",
    ]


def test_a_teleconsultation_sends_nobody_to_an_address() -> None:
    text = patient_text(made_slot(modalities=frozenset({REMOTE})), INSTANT)
    assert text.title == (
        "Votre rendez-vous en téléconsultation\u202f: aujourd’hui, mardi 24 novembre, à 10:40."
    )
    assert "rue du Test" not in text.text


def test_where_one_comes_without_appointment_the_hours_are_told_and_nothing_is_booked() -> None:
    slot = replace(made_slot(240), walk_in=True)
    slot = replace(slot, end=slot.start + timedelta(hours=4))
    text = patient_text(slot, INSTANT)
    assert text.title == "Sans rendez-vous\u202f: aujourd’hui, mardi 24 novembre, de 14:00 à 18:00."
    assert "rendez-vous" not in "\n".join(text.lines)
    done = BookingDesk().book(slot)
    assert done.refusal is not None
    assert done.refusal.why is Why.WALK_IN


def test_what_no_source_says_is_not_made_up() -> None:
    text = patient_text(made_slot(name=None, place=NO_PLACE), INSTANT)
    assert text.lines == ()


@pytest.mark.parametrize(
    ("role", "needed"),
    [("osnp", True), ("arm", True), ("medecin_regulateur", True), ("telesecretariat", False), ("iao", None)],
)
def test_the_centre_15_has_to_phone_the_doctor_and_the_tele_secretary_has_not(
    role: str, needed: bool | None
) -> None:
    dispositif = replace(made_dispositif("44-anl"), notices=(TELE_SECRETARY, CENTRE_15))
    entry = Effecteur("10000000001", "Camille ESSAI", phone="02 61 91 00 99")
    after = after_booking(booked(), role, INSTANT, dispositif, entry)
    assert after.warn is not None
    assert after.warn.needed is needed
    assert (after.warn.phone or "").replace("\u202f", " ") == "02 61 91 00 99"
    assert "00\u202f99" not in after.patient.text
    if needed:
        assert after.warn.sentence == "Prévenir le cabinet\u202f: cet agenda ne lui envoie rien."
        assert after.warn.source == "S5 p. 6"


def test_what_is_said_of_a_role_goes_before_what_is_said_of_all() -> None:
    assert notice_for([ANYBODY, CENTRE_15], "osnp") is CENTRE_15
    assert notice_for([ANYBODY, CENTRE_15], "pharmacien") is ANYBODY
    assert notice_for([CENTRE_15], "pharmacien") is None


def test_the_operator_reads_what_the_source_says_of_what_follows() -> None:
    book = Access(Mode.AGENDA, S5, roles=frozenset({"sas"}), afterwards=("Le patient reçoit un SMS",))
    line = Access(Mode.LINE, S5, afterwards=("Autre voie",))
    dispositif = replace(
        made_dispositif("x"), accesses=(line, book), reception=Reception(place="au cabinet", source=S5)
    )
    after = after_booking(booked(), "osnp", INSTANT, dispositif)
    assert [(one.text, one.source) for one in after.to_know] == [
        ("Le patient reçoit un SMS", "S5 p. 6"),
        ("Les patients sont vus\u202f: au cabinet", "S5 p. 6"),
    ]
    assert after_booking(booked(), "osnp", INSTANT).to_know == ()


def test_that_the_practice_was_phoned_is_kept_and_found_again() -> None:
    entry = warned_entry(booked(), INSTANT)
    past = PastEntry(JournalLine("44-3", 1, entry.at, entry.kind, entry.call, "", ""), dict(entry.facts))
    assert warned_at([past], "rdv-1") == INSTANT
    assert warned_at([past], "rdv-2") is None
    assert warned_at([replace(past, facts=None)], "rdv-1") is None

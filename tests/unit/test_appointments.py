"""What becomes of appointments: after a stop of the program, in the follow-up, when they are cancelled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.booking.appointments import (
    BookingCancelled,
    cancel_at_agenda,
    follow,
    lift,
    recover,
    unsettled,
)
from osnp_console.app.booking.by_hand import (
    confirmed_by_hand,
    taken_by_hand,
    taken_reader,
    tries_of,
    try_entry,
)
from osnp_console.app.booking.by_hand_cards import TryAnswer
from osnp_console.app.booking.journal import booking_words
from osnp_console.app.booking.next import MOST_CHECKS, next_best
from osnp_console.app.booking.order import person_of
from osnp_console.app.booking.records import saving
from osnp_console.app.calls.journal_words import JournalWords
from osnp_console.app.ports import PastEntry
from osnp_console.app.slots.recheck_slot import Checked, Recheck
from osnp_console.app.sources.agendas import (
    Booker,
    Cancelling,
    Connector,
    Connectors,
    SourceFailure,
    SourceTools,
)
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.appointment import (
    MOVES,
    Appointment,
    AppointmentState,
    IllegalAppointmentMove,
)
from osnp_console.domain.call import Call
from osnp_console.domain.call_sheet import EMPTY_SHEET
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.journal import JournalLine
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.portal_line import LineRefused
from osnp_console.domain.slots.ranking import rank
from osnp_console.domain.slots.slot import BookingMode, Place, Slot
from osnp_console.domain.slots.source import SourceKind
from osnp_console.domain.states import Verdict
from tests.unit.booking_doubles import BookingAgenda, MemoryBase, admits, ruling_of
from tests.unit.slot_doubles import HandTurned, made_slot, made_source
from tests.unit.strategies import INSTANT

LANDE = frozenset({"44-lande-mg"})


def made(
    state: AppointmentState, name: str = "rdv-1", desk: str = "44-3", slot: Slot | None = None
) -> Appointment:
    """An appointment that stands there."""
    return Appointment(name, "appel-1", desk, "a", slot or made_slot(), state, INSTANT, INSTANT)


# After a stop -------------------------------------------------------------------------------------------


def test_what_was_sent_before_a_stop_is_of_unknown_outcome_at_the_next_start() -> None:
    base = MemoryBase()
    for one in (
        made(AppointmentState.ASKED, "sent"),
        made(AppointmentState.ASKED, "elsewhere", desk="44-5"),
        made(AppointmentState.UNKNOWN, "known as unknown"),
        made(AppointmentState.BOOKED, "booked"),
        made(AppointmentState.PENDING, "portal"),
    ):
        base.submit(saving(one)).result()
    found = base.submit(recover("44-3", INSTANT)).result()
    assert sorted(one.id for one in found) == ["known as unknown", "sent"]
    states = {one.id: one.state.value for one in base.appointments.saved.values()}
    assert states == {
        "sent": "inconnu",
        "elsewhere": "demande",
        "known as unknown": "inconnu",
        "booked": "reserve",
        "portal": "a_confirmer",
    }
    assert base.kinds == [journal.BOOKING_UNKNOWN]
    assert len(base.submit(recover("44-3", INSTANT)).result()) == 2
    assert base.kinds == [journal.BOOKING_UNKNOWN]
    assert len(base.submit(unsettled).result()) == 4


# Follow-up ----------------------------------------------------------------------------------------------


@given(st.sampled_from(AppointmentState), st.sampled_from(AppointmentState))
def test_an_appointment_makes_legal_moves_and_each_is_in_the_journal(
    before: AppointmentState, after: AppointmentState
) -> None:
    appointment = made(before)
    if after not in MOVES[before]:
        with pytest.raises(IllegalAppointmentMove):
            follow(appointment, after, INSTANT)
        return
    moved, entry = follow(appointment, after, INSTANT, "dit par le cabinet")
    assert (moved.state, entry.facts["etat"]) == (after, after.value)
    assert entry.facts["motif"] == "dit par le cabinet"


def test_going_past_an_unknown_outcome_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="sans motif"):
        lift(made(AppointmentState.UNKNOWN), "  ", INSTANT)
    assert lift(made(AppointmentState.UNKNOWN), "cabinet fermé", INSTANT).kind == journal.FOLLOWED


# Cancelling ---------------------------------------------------------------------------------------------


class OnlyBooks:
    """An agenda that cannot cancel."""

    def __init__(self, agenda: BookingAgenda) -> None:
        self.book, self.verify = agenda.book, agenda.verify


def cancelled(agenda: Booker | None, appointment: Appointment | None = None) -> BookingCancelled:
    """Cancel at that agenda."""

    def book(source: object, tools: SourceTools) -> Booker:
        assert agenda is not None
        return agenda

    kind = SourceKind.FHIR_AGENDA
    connectors: Connectors = {kind: Connector(kind, "Essai", (), open=None, book=book if agenda else None)}
    booked = appointment or made(AppointmentState.BOOKED)
    return cancel_at_agenda(booked, made_source("a"), connectors, HandTurned().tools(), "patient guéri")


def test_an_agenda_that_can_cancels_and_the_appointment_is_cancelled() -> None:
    agenda = BookingAgenda()
    done = cancelled(agenda, replace(made(AppointmentState.BOOKED), reference="Appointment/1"))
    assert (done.is_cancelled, done.sentence) == (True, "Annulé\u202f: 10:40, Agenda a l’a confirmé.")
    assert agenda.asked[0][0] == "cancel Appointment/1"
    assert done.kept is not None
    assert done.kept.state is AppointmentState.CANCELLED
    assert done.entry is not None
    assert (done.entry.kind, done.entry.facts["motif"]) == (journal.CANCELLED, "patient guéri")


@pytest.mark.parametrize(
    ("answer", "is_cancelled", "sentence"),
    [
        (Cancelling(False, "délai dépassé."), False,
         "Agenda a refuse d’annuler 10:40 (délai dépassé)\u202f: appeler le 02 61 91 00 01."),
        (Cancelling(None), None, "On ne sait pas si 10:40 est annulé\u202f: appeler le 02 61 91 00 01."),
        (SourceFailure(SourceState.FAILED, "pas de connexion"), None,
         "On ne sait pas si 10:40 est annulé (pas de connexion)\u202f: appeler le 02 61 91 00 01."),
        (RuntimeError(), None, "On ne sait pas si 10:40 est annulé\u202f: appeler le 02 61 91 00 01."),
    ],
)  # fmt: skip
def test_nothing_is_said_to_be_cancelled_that_the_agenda_may_still_hold(
    answer: Cancelling | Exception, is_cancelled: bool | None, sentence: str
) -> None:
    agenda = BookingAgenda()
    agenda.cancels = answer
    done = cancelled(agenda)
    assert (done.is_cancelled, done.sentence) == (is_cancelled, sentence)
    assert (done.kept, done.by_hand) == (None, True)


def test_where_no_program_can_cancel_the_place_is_phoned() -> None:
    for agenda in (None, OnlyBooks(BookingAgenda())):
        done = cancelled(agenda)
        assert done.sentence == "Cet agenda ne s’annule pas d’ici\u202f: appeler le 02 61 91 00 01."
        assert done.by_hand
    with pytest.raises(IllegalAppointmentMove):
        cancelled(BookingAgenda(), made(AppointmentState.FULFILLED))


# By hand ------------------------------------------------------------------------------------------------


def pending(slot: Slot | None = None) -> Appointment:
    """A slot asked for at a portal."""
    return made(AppointmentState.PENDING, slot=slot or made_slot(mode=BookingMode.PORTAL))


def test_the_line_that_names_the_slot_that_was_asked_for_books_it_as_it_was() -> None:
    asked = pending()
    booked, entry = confirmed_by_hand(asked, " 10h40 Dr Essai, Lande-le-Bourg ", INSTANT)
    assert (booked.state, booked.slot) == (AppointmentState.BOOKED, asked.slot)
    assert booked.typed == "10h40 Dr Essai, Lande-le-Bourg"
    assert entry.kind == journal.BOOKED


def test_what_was_taken_instead_takes_the_place_of_what_was_asked_for() -> None:
    asked = pending()
    booked, _ = confirmed_by_hand(asked, "demain 9h Dr Maury, Savenay", INSTANT)
    slot = booked.slot
    assert (slot.practitioner.name, slot.practitioner.rpps, slot.place) == (
        "Dr Maury",
        None,
        Place(name="Savenay"),
    )
    assert f"{slot.start:%d %H:%M}" == "25 08:00"
    assert slot.end - slot.start == asked.slot.end - asked.slot.start
    assert slot.id != asked.slot.id
    later, _ = confirmed_by_hand(asked, "11h", INSTANT)
    assert (later.slot.practitioner, later.slot.place) == (asked.slot.practitioner, asked.slot.place)


def test_what_was_taken_without_any_slot_shown_is_an_appointment_too() -> None:
    source = made_source("web", SourceKind.PORTAL)
    booked, entry = taken_by_hand(
        "demain 14h20 Dr Maury, Savenay", source, "appel-1", "44-3", INSTANT, lambda: "rdv-9", "44-lande-mg"
    )
    assert (booked.id, booked.state, booked.source) == ("rdv-9", AppointmentState.BOOKED, "web")
    assert (booked.slot.practitioner.name, booked.slot.place.name) == ("Dr Maury", "Savenay")
    assert (booked.slot.dispositifs, booked.slot.origins[0].mode) == (LANDE, BookingMode.PORTAL)
    assert entry.kind == journal.BOOKED
    with pytest.raises(LineRefused):
        taken_by_hand("Dr Maury", source, "appel-1", "44-3", INSTANT, lambda: "x")


def test_the_line_is_read_back_as_it_is_typed() -> None:
    read = taken_reader(lambda: INSTANT)
    assert read("demain 14h20 Dr Maury").said == "mercredi 25 novembre 2026 à 14:20, Dr Maury"
    assert read("demain").error == "Il manque le jour et l’heure\u202f: demain 14h20 Dr Maury."


def test_each_phone_call_is_kept_with_what_it_gave() -> None:
    entries = [
        try_entry("02 61 91 00 01", TryAnswer.SILENT, "phone", "appel-1", "44-3", INSTANT),
        try_entry("02 61 91 00 02", TryAnswer.BUSY, "phone", "appel-1", "44-3", INSTANT),
        try_entry("02 61 91 00 01", TryAnswer.ACCEPTED, "phone", "appel-1", "44-3", INSTANT),
    ]
    past = [
        PastEntry(JournalLine("44-3", n, entry.at, entry.kind, entry.call, "", ""), dict(entry.facts))
        for n, entry in enumerate(entries, 1)
    ]
    purged = PastEntry(past[0].line, None)
    found = tries_of([purged, *past], "02 61 91 00 01")
    assert [one.answer for one in found] == [TryAnswer.SILENT, TryAnswer.ACCEPTED]


# The next best ------------------------------------------------------------------------------------------


def proposal(
    answers: dict[int, Checked], minutes: list[int], lost: set[int], closed: bool = False
) -> int | None:
    """The minutes of the slot proposed, of slots so many minutes away with those answers; None without."""
    slots = [made_slot(one, dispositifs=LANDE) for one in minutes]
    ruling = ruling_of(admits("44-lande-mg", Verdict.NOT_ELIGIBLE if closed else Verdict.ELIGIBLE))
    ranked = rank([(slot, ruling_of(admits("44-lande-mg")).decide(slot, INSTANT)) for slot in slots])

    def check(slot: Slot) -> Recheck:
        away = round((slot.start - INSTANT).total_seconds() / 60)
        return Recheck(answers.get(away, Checked.NOT_KNOWN), INSTANT, slot)

    gone = {made_slot(one, dispositifs=LANDE).id for one in lost}
    found = next_best(ranked, gone, ruling, lambda: INSTANT, check)
    return None if found is None else round((found.ranked.slot.start - INSTANT).total_seconds() / 60)


def test_the_soonest_that_its_agenda_confirms_is_proposed() -> None:
    free, taken = Checked.FREE, Checked.TAKEN
    assert proposal({60: free, 80: free}, [80, 60, 40], lost={40}) == 60
    assert proposal({40: taken, 60: free}, [40, 60], lost=set()) == 60
    assert proposal({60: free}, [40, 60], lost=set()) == 60
    assert proposal({}, [40, 60], lost=set()) == 40
    assert proposal({40: taken, 60: taken}, [40, 60], lost=set()) is None
    assert proposal({40: free}, [40], lost={40}) is None
    assert proposal({40: free}, [40], lost=set(), closed=True) is None


def test_only_a_few_slots_are_asked_for_again_before_the_operator_chooses() -> None:
    many = [40 + 20 * n for n in range(MOST_CHECKS + 2)]
    answers = dict.fromkeys(many[:MOST_CHECKS], Checked.TAKEN) | {many[-1]: Checked.FREE}
    assert proposal(answers, many, lost=set()) is None


def always_free(slot: Slot) -> Recheck:
    """Its agenda still announces it."""
    return Recheck(Checked.FREE, INSTANT, slot)


def test_neither_slots_under_reserve_nor_over_bookings_are_proposed_by_themselves() -> None:
    checks = ruling_of(admits("44-lande-mg", Verdict.TO_CHECK, "patient.age_ans"))
    sure = ruling_of(admits("44-lande-mg"))
    for slot, ruling in ((made_slot(dispositifs=LANDE), checks),
                         (made_slot(dispositifs=LANDE, over_booking=True), sure)):  # fmt: skip
        ranked = rank([(slot, ruling.decide(slot, INSTANT))])
        found = next_best(
            ranked, (), ruling, lambda: INSTANT, lambda one: Recheck(Checked.FREE, INSTANT, one)
        )
        assert found is None


# Who is booked for, and what the journal says ------------------------------------------------------------


def test_the_agenda_is_told_who_comes_as_far_as_it_is_known() -> None:
    sheet = EMPTY_SHEET.put(fields.BIRTH_NAME, "ESSAI").put(fields.FIRST_NAMES, "Camille")
    call = Call({facts.BIRTH: PartialDate.parse("1994-05-02"), facts.SEX: "F"})
    person = person_of(sheet.put(fields.CALLER_PHONE, "0261910001"), call)
    assert person is not None
    assert (person.birth_name, person.birth_date, person.sex, person.phone) == (
        "ESSAI",
        "1994-05-02",
        "F",
        "0261910001",
    )
    by_age = person_of(sheet, Call({facts.BIRTH: PartialDate.parse("1994")}))
    assert by_age is not None
    assert (by_age.birth_date, by_age.phone) == (None, None)
    assert person_of(EMPTY_SHEET, call) is None


def test_the_journal_says_in_a_few_words_what_was_booked() -> None:
    words = JournalWords({}, {}, lambda code: None, lambda name: name)
    booked, entry = confirmed_by_hand(pending(), "10h40", INSTANT)
    assert words.say(entry.kind, entry.facts) == (
        "rendez-vous pris\u202f: 24/11 10:40, Dr Camille ESSAI, Lande-le-Bourg"
    )
    _, honoured = follow(booked, AppointmentState.FULFILLED, INSTANT)
    assert words.say(honoured.kind, honoured.facts).startswith("rendez-vous honoré\u202f: 24/11 10:40")
    tried = try_entry("02 61 91 00 01", TryAnswer.SILENT, "phone", "c", "d", INSTANT)
    assert words.say(tried.kind, tried.facts) == "appel au 02 61 91 00 01\u202f: pas de réponse"
    assert words.say(journal.BOOKED, None) == "rendez-vous pris (données effacées)"
    assert booking_words("rendez-vous pris", {"debut": "illisible"}) == "rendez-vous pris"

"""Booking: nothing is sent that may not be, nothing is sent twice, and no attempt is ever lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from osnp_console.app.booking.decision import Why
from osnp_console.app.booking.outcome import BookingDone
from osnp_console.app.booking.sending import send
from osnp_console.app.ports import StoreFailure
from osnp_console.app.sources.agendas import (
    BookingRequest,
    BookingResult,
    Deadline,
    Outcome,
    Reading,
    SourceFailure,
)
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.dispositif import SlotClocks
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.merging import merge_slots
from osnp_console.domain.slots.slot import BookingMode, Capacity, Slot
from osnp_console.domain.states import Verdict
from tests.unit.booking_doubles import DISK_FULL, NO_ANSWER, BookingDesk, admits, ruling_of
from tests.unit.slot_doubles import made_slot
from tests.unit.strategies import SOURCE

LANDE = frozenset({"44-lande-mg"})
SLOT = made_slot(40, dispositifs=LANDE)
"""10:40 today."""
UNKNOWN = BookingResult(Outcome.UNKNOWN)
DOWN = SourceFailure(SourceState.FAILED, "pas de connexion")


def ready(slot: Slot = SLOT) -> BookingDesk:
    """A desk whose agenda still announces the slot."""
    desk = BookingDesk()
    for origin in slot.origins:
        desk.read[origin.source].then([slot], Reading(1))
    return desk


def why_unsaved(done: BookingDone) -> tuple[str, str] | None:
    """The code and the sentence of what kept an outcome from being written."""
    return (done.unsaved.code, done.unsaved.message) if done.unsaved is not None else None


def test_a_slot_is_asked_for_again_written_down_sent_and_settled() -> None:
    desk = ready()
    states_when_sent: list[AppointmentState] = []
    desk.booking.then(
        lambda: states_when_sent.extend(one.state for one in desk.kept),
        BookingResult(Outcome.BOOKED, "Appointment/7", None),
    )
    done = desk.book(SLOT)
    assert (done.outcome, done.sentence) == (
        Outcome.BOOKED,
        "Réservé\u202f: aujourd’hui 10:40, Dr Camille ESSAI, Lande-le-Bourg.",
    )
    assert states_when_sent == [AppointmentState.ASKED]
    (kept,) = desk.kept
    assert (kept.state, kept.reference, kept.dispositif) == (
        AppointmentState.BOOKED,
        "Appointment/7",
        "44-lande-mg",
    )
    assert done.appointment == kept
    assert desk.base.kinds == ["rdv_demande", "rdv_pris"] == [entry.kind for entry in done.entries]
    ((act, request),) = desk.booking.asked
    assert (act, request.key, request.reference, request.by) == ("book", kept.id, "Slot/a-40", "44-3")


@pytest.mark.parametrize(
    ("slot", "verdict", "minutes", "sentence"),
    [
        (SLOT, Verdict.NOT_ELIGIBLE, 0,
         "Le dispositif de 10:40 ne prend pas ce patient avec les réponses actuelles."),
        (SLOT, Verdict.ELIGIBLE, 40, "10:40 est passé."),
        (SLOT, Verdict.ELIGIBLE, 20, "10:40 n’est plus réservable depuis 10:10."),
        (made_slot(40, dispositifs=LANDE, types=frozenset({"CPTS"})), Verdict.OUT_OF_SERVICE, 0,
         "10:40 est réservé à d’autres adresseurs que ce poste."),
        (made_slot(40, dispositifs=LANDE, capacity=Capacity(2, 2)), Verdict.ELIGIBLE, 0,
         "La plage de 10:40 est complète."),
    ],
)  # fmt: skip
def test_a_slot_that_cannot_be_had_is_refused_before_anybody_is_asked(
    slot: Slot, verdict: Verdict, minutes: int, sentence: str
) -> None:
    desk = ready(slot)
    desk.hand.now += timedelta(minutes=minutes)
    admission = admits("44-lande-mg", verdict, clocks=SlotClocks(SOURCE, closing_minutes=30))
    refers = verdict is not Verdict.OUT_OF_SERVICE
    done = desk.book(slot, ruling_of(replace(admission, may_refer=refers)))
    assert (done.outcome, done.sentence) == (Outcome.REFUSED, sentence)
    assert done.refusal is not None
    assert done.refusal.why is Why.RULING
    assert not desk.read["a"].asked
    assert not desk.kept


def test_under_reserve_the_missing_answer_comes_first() -> None:
    desk, checks = ready(), ruling_of(admits("44-lande-mg", Verdict.TO_CHECK, "patient.age_ans", "x"))
    done = desk.book(SLOT, checks)
    assert done.sentence == "Avant de réserver 10:40, il manque une réponse."
    assert done.refusal is not None
    assert (done.refusal.why, done.refusal.fact) == (Why.ANSWER_MISSING, "patient.age_ans")
    assert not desk.booking.asked


def test_one_who_goes_on_without_the_answer_says_why_and_the_journal_keeps_it() -> None:
    desk, checks = ready(), ruling_of(admits("44-lande-mg", Verdict.TO_CHECK, "patient.age_ans"))
    assert desk.book(SLOT, checks, go_on="  ").outcome is Outcome.REFUSED
    desk.read["a"].then([SLOT], Reading(1))
    assert desk.book(SLOT, checks, go_on="l’appelant ne sait pas").outcome is Outcome.BOOKED
    assert desk.base.journal[0].facts["motif"] == "l’appelant ne sait pas"


def test_a_slot_of_which_no_dispositif_is_known_may_be_booked() -> None:
    slot = made_slot(40)
    assert ready(slot).book(slot, ruling_of()).outcome is Outcome.BOOKED


def test_a_slot_that_is_gone_when_asked_for_again_is_a_conflict_and_nothing_is_sent() -> None:
    desk = BookingDesk()
    done = desk.book(SLOT)
    assert (done.outcome, done.sentence) == (
        Outcome.TAKEN,
        "10:40 vient d’être pris. Rien n’a été réservé. La fiche est gardée.",
    )
    assert done.appointment is None
    assert not desk.booking.asked
    assert desk.base.kinds == ["rdv_conflit"]


def test_a_slot_that_cannot_be_verified_is_sent_the_agenda_has_the_last_word() -> None:
    desk = BookingDesk()
    desk.read["a"].then(DOWN)
    desk.booking.then(BookingResult(Outcome.TAKEN, message="créneau occupé"))
    done = desk.book(SLOT)
    assert done.outcome is Outcome.TAKEN
    assert [one.state for one in desk.kept] == [AppointmentState.LOST]
    assert desk.base.kinds == ["rdv_demande", "rdv_conflit"]


def test_a_slot_that_closes_while_it_is_asked_for_again_is_not_sent() -> None:
    desk = BookingDesk()

    def time_passes() -> None:
        desk.hand.now += timedelta(minutes=25)

    desk.read["a"].then([SLOT], time_passes, Reading(1))
    closing = ruling_of(admits("44-lande-mg", clocks=SlotClocks(SOURCE, closing_minutes=30)))
    done = desk.book(SLOT, closing)
    assert done.sentence == "10:40 n’est plus réservable depuis 10:10."
    assert not desk.booking.asked


def test_what_the_agenda_refuses_is_said_with_its_reason() -> None:
    desk = ready()
    desk.booking.then(BookingResult(Outcome.REFUSED, message="patient déjà suivi."))
    done = desk.book(SLOT)
    assert done.sentence == (
        "Agenda a refuse de réserver 10:40\u202f: patient déjà suivi. "
        "Rien n’a été réservé. La fiche est gardée."
    )
    assert desk.base.kinds == ["rdv_demande", "rdv_refuse"]


def test_an_agenda_that_cannot_even_be_opened_has_booked_nothing() -> None:
    desk = ready()
    desk.refuses_to_open = SourceFailure(SourceState.REFUSED, "certificat expiré le 20/11")
    done = desk.book(SLOT)
    assert done.outcome is Outcome.REFUSED
    assert [one.state for one in desk.kept] == [AppointmentState.LOST]


@pytest.mark.parametrize("answer", [UNKNOWN, DOWN, RuntimeError("x")])
def test_without_an_answer_nobody_knows_and_another_booking_waits(answer: BookingResult | Exception) -> None:
    desk = ready()
    desk.booking.then(answer)
    done = desk.book(SLOT)
    assert done.sentence == (
        "L’agenda n’a pas confirmé\u202f: on ne sait pas si 10:40 est réservé. "
        "Vérifier avant d’en prendre un autre."
    )
    assert [one.state for one in desk.kept] == [AppointmentState.UNKNOWN]
    other = made_slot(80, dispositifs=LANDE)
    held = desk.book(other)
    assert held.refusal is not None
    assert (held.refusal.why, held.refusal.held_by) == (Why.OUTCOME_UNKNOWN, desk.kept[0])
    assert len(desk.booking.asked) == 1


def test_one_who_goes_past_an_unknown_outcome_says_why() -> None:
    desk = ready()
    desk.booking.then(UNKNOWN)
    desk.book(SLOT)
    other = made_slot(80, dispositifs=LANDE)
    desk.read["a"].then([other], Reading(1))
    done = desk.book(other, override="cabinet appelé, rien de noté")
    assert done.outcome is Outcome.BOOKED
    assert desk.base.journal[-2].facts["motif"] == "cabinet appelé, rien de noté"


def test_a_call_that_has_an_appointment_does_not_get_a_second_one_unawares() -> None:
    desk = ready()
    desk.book(SLOT)
    done = desk.book(made_slot(80, dispositifs=LANDE))
    assert done.sentence == "10:40 est déjà réservé pour cet appel."


def test_verifying_asks_with_the_same_key_and_settles_what_the_agenda_says() -> None:
    desk = ready()
    desk.booking.then(UNKNOWN, UNKNOWN, BookingResult(Outcome.BOOKED, "Appointment/9"))
    unknown = desk.book(SLOT).appointment
    assert unknown is not None
    still = desk.use.verify(unknown, desk.agendas)
    assert (still.outcome, still.appointment) == (Outcome.UNKNOWN, unknown)
    done = desk.use.verify(unknown, desk.agendas)
    assert (done.outcome, done.appointment) == (Outcome.BOOKED, desk.kept[0])
    assert [act for act, _ in desk.booking.asked] == ["book", "verify", "verify"]
    assert len({request.key for _, request in desk.booking.asked}) == 1


def test_verifying_may_find_that_nothing_was_booked() -> None:
    desk = ready()
    desk.booking.then(UNKNOWN, BookingResult(Outcome.TAKEN))
    unknown = desk.book(SLOT).appointment
    assert unknown is not None
    assert desk.use.verify(unknown, desk.agendas).outcome is Outcome.TAKEN
    assert desk.kept[0].state is AppointmentState.LOST


def test_trying_again_sends_the_same_key() -> None:
    desk = ready()
    desk.booking.then(UNKNOWN)
    unknown = desk.book(SLOT).appointment
    assert unknown is not None
    assert desk.use.try_again(unknown, desk.agendas).outcome is Outcome.BOOKED
    assert [(act, request.key) for act, request in desk.booking.asked] == [("book", "rdv-1")] * 2


def test_a_failure_to_open_leaves_an_older_attempt_as_unknown_as_it_was() -> None:
    desk = ready()
    desk.booking.then(UNKNOWN)
    unknown = desk.book(SLOT).appointment
    assert unknown is not None
    desk.refuses_to_open = DOWN
    assert desk.use.verify(unknown, desk.agendas).outcome is Outcome.UNKNOWN
    assert desk.kept[0].state is AppointmentState.UNKNOWN


def test_nothing_is_sent_that_could_not_be_written_down() -> None:
    desk = ready()
    desk.base.fails = 1
    with pytest.raises(StoreFailure):
        desk.book(SLOT)
    assert not desk.booking.asked


def test_an_outcome_that_cannot_be_written_is_said_and_written_later() -> None:
    desk = ready()

    def disk_fills() -> None:
        desk.base.fails = 2

    desk.booking.then(disk_fills, BookingResult(Outcome.BOOKED, "Appointment/1"))
    done = desk.book(SLOT)
    assert (done.outcome, why_unsaved(done)) == (Outcome.BOOKED, ("disque", DISK_FULL))
    assert desk.states == ["demande"]
    still = desk.use.write_again(done)
    assert why_unsaved(still) == ("disque", DISK_FULL)
    written = desk.use.write_again(still)
    assert written.unsaved is None
    assert desk.states == ["reserve"]
    assert desk.base.kinds == ["rdv_demande", "rdv_pris"]


def test_an_outcome_that_was_written_though_the_answer_was_lost_is_not_written_twice() -> None:
    desk = ready()

    def link_goes() -> None:
        desk.base.loses = 1

    desk.booking.then(link_goes, BookingResult(Outcome.BOOKED, "Appointment/1"))
    done = desk.book(SLOT)
    assert (done.outcome, why_unsaved(done)) == (Outcome.BOOKED, ("reseau", NO_ANSWER))
    written = desk.use.write_again(done)
    assert (written.outcome, written.unsaved) == (Outcome.BOOKED, None)
    assert written.appointment == desk.kept[0]
    assert desk.base.kinds == ["rdv_demande", "rdv_pris"]


def test_an_outcome_that_another_desk_wrote_first_is_told_as_it_is_kept() -> None:
    desk = ready()

    def link_goes() -> None:
        desk.base.fails = 1

    desk.booking.then(link_goes, BookingResult(Outcome.UNKNOWN))
    done = desk.book(SLOT)
    assert done.unsaved is not None
    desk.booking.then(BookingResult(Outcome.BOOKED, "Appointment/1"))
    desk.use.verify(desk.kept[0], desk.agendas)
    written = desk.use.write_again(done)
    assert (written.outcome, written.unsaved) == (Outcome.BOOKED, None)
    assert desk.base.kinds == ["rdv_demande", "rdv_pris"]
    assert [entry.kind for entry in written.entries] == ["rdv_demande"]


def test_a_slot_taken_meanwhile_is_journaled_once_though_the_answer_was_lost() -> None:
    desk = BookingDesk()
    desk.read["a"].then([], Reading(0))
    desk.base.loses = 1
    done = desk.book(SLOT)
    assert (done.outcome, why_unsaved(done)) == (Outcome.TAKEN, ("reseau", NO_ANSWER))
    assert desk.use.write_again(done).unsaved is None
    assert desk.base.kinds == ["rdv_conflit"]


def test_two_confirmations_close_together_make_one_attempt() -> None:
    desk = ready()
    second: list[Outcome] = []

    def meanwhile() -> None:
        desk.read["a"].then([SLOT], Reading(1))
        second.append(desk.book(SLOT).outcome)

    desk.booking.then(meanwhile)
    first = desk.book(SLOT)
    assert (first.outcome, second) == (Outcome.BOOKED, [Outcome.REFUSED])
    assert len(desk.kept) == 1
    assert [act for act, _ in desk.booking.asked] == ["book"]


def test_a_second_confirmation_that_passed_the_first_look_is_held_when_it_is_written_down() -> None:
    desk = BookingDesk()

    def another_is_faster() -> None:
        desk.read["a"].then([SLOT], Reading(1))
        desk.book(SLOT)

    # The other booking happens after this one's last look at the call, within its transaction's wait.
    desk.read["a"].then([SLOT], Reading(1))
    original = desk.base.submit
    looks = 0

    def submit(work: Callable[..., object]) -> object:
        nonlocal looks
        looks += 1
        if looks == 3:
            another_is_faster()
        return original(work)

    desk.base.submit = submit  # type: ignore[method-assign, assignment]  # a double that looks elsewhere
    done = desk.book(SLOT)
    assert done.outcome is Outcome.REFUSED
    assert len(desk.kept) == 1


def test_a_portal_is_booked_by_a_person_and_waits_for_the_line() -> None:
    slot = made_slot(40, source="web", mode=BookingMode.PORTAL, dispositifs=LANDE)
    desk = BookingDesk()
    done = desk.book(slot)
    assert (done.outcome, done.sentence) == (
        Outcome.WAITING,
        "À confirmer sur Agenda web\u202f: noter ici ce qui a été pris.",
    )
    assert [one.state for one in desk.kept] == [AppointmentState.PENDING]
    assert done.way is not None
    assert not done.way.is_automatic
    assert not desk.booking.asked
    assert desk.base.kinds == ["rdv_demande"]


def test_of_several_origins_the_one_that_books_by_itself_is_used() -> None:
    both = [made_slot(source=name, dispositifs=LANDE) for name in ("web", "b")]
    (slot,) = merge_slots(both)
    desk = BookingDesk()
    desk.read["b"].then(both[1:], Reading(1))
    done = desk.book(slot)
    assert done.outcome is Outcome.BOOKED
    assert (desk.opened[0].id, desk.kept[0].source) == ("b", "b")
    assert done.slot.sources == ("b", "web")


def test_a_slot_whose_source_is_no_longer_declared_says_so() -> None:
    done = BookingDesk().book(made_slot(source="gone", dispositifs=LANDE))
    assert done.sentence == "L’agenda de 10:40 n’est plus relié à ce poste."
    assert done.refusal is not None
    assert done.refusal.why is Why.NO_WAY


REQUEST = BookingRequest("k", SLOT, "a", "Slot/1")


def test_an_agenda_that_never_answers_is_given_up_and_its_late_answer_is_not_lost() -> None:
    let_go, told = threading.Event(), threading.Event()
    late: list[BookingResult] = []

    def hangs(request: BookingRequest, deadline: Deadline) -> BookingResult:
        let_go.wait(60)
        return BookingResult(Outcome.BOOKED, "Appointment/1")

    def came(result: BookingResult) -> None:
        late.append(result)
        told.set()

    def spawn(work: Callable[[], None]) -> None:
        threading.Thread(target=work, daemon=True).start()

    assert send(hangs, REQUEST, spawn, came, seconds=-1.0) == UNKNOWN
    let_go.set()
    assert told.wait(30)
    assert late == [BookingResult(Outcome.BOOKED, "Appointment/1")]


def test_a_late_answer_settles_the_attempt_and_is_told() -> None:
    desk = ready()
    desk.booking.then(UNKNOWN)
    desk.book(SLOT)
    desk.use._came_late("rdv-1", desk.agendas.sources["a"], BookingResult(Outcome.BOOKED, "Appointment/1"))
    assert [one.state for one in desk.kept] == [AppointmentState.BOOKED]
    assert [done.outcome for done in desk.late] == [Outcome.BOOKED]
    desk.use._came_late("rdv-1", desk.agendas.sources["a"], BookingResult(Outcome.TAKEN))
    assert [one.state for one in desk.kept] == [AppointmentState.BOOKED]
    assert len(desk.late) == 1


def test_an_attempt_settled_elsewhere_meanwhile_is_told_as_it_stands() -> None:
    desk = ready()

    def late_answer_is_faster() -> None:
        source = desk.agendas.sources["a"]
        desk.use._came_late("rdv-1", source, BookingResult(Outcome.BOOKED, "Appointment/1"))

    desk.booking.then(late_answer_is_faster, UNKNOWN)
    done = desk.book(SLOT)
    assert (done.outcome, done.unsaved) == (Outcome.BOOKED, None)
    assert done.appointment == desk.kept[0]
    assert desk.kept[0].state is AppointmentState.BOOKED

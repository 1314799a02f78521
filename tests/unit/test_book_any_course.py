"""Whatever fails, and whenever the program stops, the base never knows less than the agenda has booked."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from osnp_console.app.booking.appointments import follow, recover
from osnp_console.app.booking.records import saving
from osnp_console.app.ports import StoreFailure
from osnp_console.app.sources.agendas import BookingRequest, BookingResult, Deadline, Outcome, Reading
from osnp_console.domain.appointment import Appointment, AppointmentState
from tests.unit.booking_doubles import BookingAgenda, BookingDesk
from tests.unit.slot_doubles import made_slot

MINUTES = (40, 60, 80)
MOODS = ("answers", "loses the request", "loses the answer", "cuts before", "cuts after")
LANDE = frozenset({"44-lande-mg"})
_S = AppointmentState
MAY_BE_BOOKED = frozenset({_S.ASKED, _S.UNKNOWN, _S.BOOKED, _S.FULFILLED, _S.NO_SHOW})


class PowerCut(BaseException):
    """The program stops here."""


@dataclass
class Ledger(BookingAgenda):
    """An agenda with a memory: one booking a key, one a slot; its answers get lost as it is told."""

    booked: dict[str, str] = field(default_factory=dict)
    mood: str = "answers"

    def __post_init__(self) -> None:
        super().__init__()

    def book(self, request: BookingRequest, deadline: Deadline) -> BookingResult:
        self.asked.append(("book", request))
        if self.mood == "loses the request":
            return BookingResult(Outcome.UNKNOWN)
        if self.mood == "cuts before":
            raise PowerCut
        result = self._booked(request)
        if self.mood == "loses the answer":
            return BookingResult(Outcome.UNKNOWN)
        if self.mood == "cuts after":
            raise PowerCut
        return result

    def verify(self, request: BookingRequest, deadline: Deadline) -> BookingResult:
        self.asked.append(("verify", request))
        if self.mood != "answers":
            return BookingResult(Outcome.UNKNOWN)
        return BookingResult(Outcome.BOOKED if request.key in self.booked else Outcome.TAKEN)

    def _booked(self, request: BookingRequest) -> BookingResult:
        if request.key not in self.booked:
            if request.slot.id in self.booked.values():
                return BookingResult(Outcome.TAKEN)
            self.booked[request.key] = request.slot.id
        return BookingResult(Outcome.BOOKED, f"Appointment/{request.key}")


class AnyCourse(RuleBasedStateMachine):
    """One call, three slots, an agenda that loses requests and answers, a disk that fills, power cuts."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = BookingDesk()
        self.ledger = Ledger()
        self.desk.booking = self.ledger
        self.overridden = 0

    @rule(
        mood=st.sampled_from(
            ["answers", "loses the request", "loses the answer", "cuts before", "cuts after"]
        )
    )
    def the_agenda_changes(self, mood: str) -> None:
        self.ledger.mood = mood

    @rule()
    def the_disk_fills(self) -> None:
        self.desk.base.fails = 1

    @rule(minutes=st.sampled_from(MINUTES), override=st.sampled_from(["", "", "cabinet appelé"]))
    def book(self, minutes: int, override: str) -> None:
        slot = made_slot(minutes, dispositifs=LANDE)
        self.desk.read["a"].then([slot], Reading(1))
        sent = len(self.ledger.asked)
        try:
            done = self.desk.book(slot, override=override)
        except StoreFailure:
            assert len(self.ledger.asked) == sent
        except PowerCut:
            self.start_again()
        else:
            if done.outcome is Outcome.BOOKED:
                assert slot.id in self.ledger.booked.values()
        self.desk.read["a"].script.clear()
        self.overridden += bool(override) and len(self.ledger.asked) > sent

    @rule()
    def start_again(self) -> None:
        """The next start: what was sent is of unknown outcome, and nothing is sent again by itself."""
        sent = len(self.ledger.asked)
        self.desk.base.fails = 0
        self.desk.base.submit(recover("44-3", self.desk.hand.now)).result()
        assert len(self.ledger.asked) == sent
        assert all(one.state is not _S.ASKED for one in self.desk.kept)

    def _unknown(self) -> Appointment | None:
        return next((one for one in self.desk.kept if one.state is _S.UNKNOWN), None)

    @precondition(lambda self: self._unknown() is not None)
    @rule(again=st.booleans())
    def find_out(self, again: bool) -> None:
        unknown = self._unknown()
        assert unknown is not None
        try:
            use = self.desk.use
            done = (use.try_again if again else use.verify)(unknown, self.desk.agendas)
        except PowerCut:
            self.start_again()
            return
        if done.unsaved is None and done.appointment is not None and done.outcome is Outcome.BOOKED:
            assert unknown.id in self.ledger.booked

    @precondition(lambda self: any(one.state is _S.BOOKED for one in self.desk.kept))
    @rule()
    def the_patient_came(self) -> None:
        booked = next(one for one in self.desk.kept if one.state is _S.BOOKED)
        self.desk.base.fails = 0
        moved, entry = follow(booked, _S.FULFILLED, self.desk.hand.now)
        self.desk.base.submit(saving(moved, entry)).result()

    @invariant()
    def what_the_agenda_booked_is_in_the_base_as_booked_or_not_known(self) -> None:
        states = {one.id: one.state for one in self.desk.kept}
        for key in self.ledger.booked:
            assert states[key] in MAY_BE_BOOKED

    @invariant()
    def what_the_base_calls_booked_is_booked(self) -> None:
        for one in self.desk.kept:
            if one.state in (_S.BOOKED, _S.FULFILLED):
                assert one.id in self.ledger.booked

    @invariant()
    def without_a_reason_typed_a_call_has_one_attempt_open_at_a_time(self) -> None:
        still_open = [one for one in self.desk.kept if one.state in (_S.ASKED, _S.UNKNOWN, _S.BOOKED)]
        assert len(still_open) <= 1 + self.overridden

    @invariant()
    def every_attempt_has_its_line_in_the_journal(self) -> None:
        told = [entry.facts["rendez_vous"] for entry in self.desk.base.journal if entry.kind == "rdv_demande"]
        assert sorted(map(str, told)) == sorted(one.id for one in self.desk.kept)


TestAnyCourse = AnyCourse.TestCase

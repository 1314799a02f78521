"""Books an appointment once, and finds out what became of an attempt.

The attempt's key is the appointment's own identifier and the condition of its creation: sent again, the
same attempt is the same appointment. A person is in the body of the request only, and no answer to it is
quoted. Every 5xx is an outcome that is not known: the agenda may have booked before it failed.
"""

from __future__ import annotations

from http import HTTPStatus

from osnp_console.app.sources.agendas import (
    BookingRequest,
    BookingResult,
    Cancelling,
    Deadline,
    Outcome,
    SourceFailure,
    SourceTools,
)
from osnp_console.connectors.fhir.client import ACCEPT, base_of
from osnp_console.connectors.fhir.declaration import flag
from osnp_console.connectors.fhir_agenda import REQUEST
from osnp_console.connectors.fhir_agenda.appointment import (
    Appointment,
    is_free,
    issue_codes,
    of_attempt,
    read_appointment,
    token_of,
    written_appointment,
)
from osnp_console.connectors.fhir_agenda.cancelling import cancel_appointment
from osnp_console.connectors.http import HttpSession, Received
from osnp_console.connectors.http_failures import HttpFailure
from osnp_console.domain.slots.source import AgendaSource

ANSWERED = tuple(range(100, 600))
# The connection is for this request: a booking must not be lost on one that the server is closing.
_ONCE = {**ACCEPT, "Connection": "close"}
_TAKEN_CODES = frozenset({"conflict", "duplicate", "business-rule"})
_MAYBE_TAKEN = frozenset({HTTPStatus.PRECONDITION_FAILED, HTTPStatus.UNPROCESSABLE_ENTITY})
_NOTHING = "Rien n’a été réservé."


class FhirBooker:
    """A Booker over `POST Appointment`."""

    def __init__(self, source: AgendaSource, tools: SourceTools, session: HttpSession) -> None:
        self._source = source
        self._tools = tools
        self._session = session
        self._as_request = flag(source, REQUEST, False)

    def book(self, request: BookingRequest, deadline: Deadline) -> BookingResult:
        """Book once; see Booker."""
        try:
            answer = self._session.post(
                f"{base_of(self._source)}/Appointment",
                deadline=deadline,
                body=written_appointment(request, self._as_request, self._tools.clock()),
                headers={
                    **_ONCE,
                    "Content-Type": "application/fhir+json; charset=utf-8",
                    "If-None-Exist": f"identifier={token_of(request)}",
                    "Prefer": "return=representation",
                },
                accepted=ANSWERED,
                quiet=True,
            )
        except HttpFailure as failure:
            if not failure.reached:
                return BookingResult(
                    Outcome.REFUSED, message=f"{self._source.name}\u202f: {failure.message}. {_NOTHING}"
                )
            return BookingResult(Outcome.UNKNOWN, message=failure.message)
        except SourceFailure as failure:
            # An answer of another kind than FHIR (a web page): somebody answered, not known who.
            return BookingResult(Outcome.UNKNOWN, message=failure.message)
        return self._result(answer, request, deadline)

    def verify(self, request: BookingRequest, deadline: Deadline) -> BookingResult:
        """Look for the appointment by its key, then at the slot itself; see Booker."""
        try:
            answer = self._session.get(
                f"{base_of(self._source)}/Appointment",
                params=[("identifier", token_of(request))],
                deadline=deadline,
                headers=_ONCE,
                quiet=True,
            )
        except SourceFailure as failure:
            return BookingResult(Outcome.UNKNOWN, message=failure.message)
        found = of_attempt(answer.body, request.key)
        if found is None:
            return BookingResult(Outcome.UNKNOWN, message=self._session.unreadable().message)
        for appointment in found:
            if appointment.outcome is not Outcome.REFUSED:
                return _of(appointment)
        if found:
            return _of(found[0])
        return self._not_booked(request, deadline)

    def cancel(self, request: BookingRequest, reference: str, deadline: Deadline) -> Cancelling:
        """Cancel what was booked; see Canceller."""
        return cancel_appointment(self._session, self._source, request, deadline)

    def _not_booked(self, request: BookingRequest, deadline: Deadline) -> BookingResult:
        """The agenda has no such appointment: is the slot still there to be tried again?"""
        if self._is_free(request, deadline) is False:
            return BookingResult(Outcome.TAKEN)
        said = f"{self._source.name} n’a pas ce rendez-vous. {_NOTHING}"
        return BookingResult(Outcome.REFUSED, message=said)

    def _is_free(self, request: BookingRequest, deadline: Deadline) -> bool | None:
        if not request.reference.startswith("Slot/"):
            return None
        try:
            url = f"{base_of(self._source)}/{request.reference}"
            return is_free(self._session.get(url, deadline=deadline, headers=_ONCE, quiet=True).body)
        except SourceFailure:
            return None

    def _result(self, answer: Received, request: BookingRequest, deadline: Deadline) -> BookingResult:
        status = answer.status
        if status in (HTTPStatus.OK, HTTPStatus.CREATED):
            return self._made(answer)
        taken = _TAKEN_CODES.intersection(issue_codes(answer.body))
        if status == HTTPStatus.CONFLICT or (status in _MAYBE_TAKEN and taken):
            return self._taken(request, deadline)
        if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.PRECONDITION_FAILED):
            return BookingResult(Outcome.UNKNOWN)
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            why = "n’accepte pas la réservation"
            if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
                why = "ne laisse pas ce poste réserver"
            elif status == HTTPStatus.TOO_MANY_REQUESTS:
                why = "demande d’attendre"
            return BookingResult(Outcome.REFUSED, message=f"{self._source.name} {why}. {_NOTHING}")
        return BookingResult(Outcome.UNKNOWN)

    def _taken(self, request: BookingRequest, deadline: Deadline) -> BookingResult:
        """A conflict may be with this very attempt, sent before and booked: the agenda is asked."""
        if not deadline.is_over:
            verified = self.verify(request, deadline)
            if verified.outcome in (Outcome.BOOKED, Outcome.WAITING):
                return verified
        return BookingResult(Outcome.TAKEN)

    def _made(self, answer: Received) -> BookingResult:
        appointment = read_appointment(answer.body)
        if appointment is not None:
            return _of(appointment)
        if answer.status == HTTPStatus.CREATED and not answer.body.strip():
            outcome = Outcome.WAITING if self._as_request else Outcome.BOOKED
            return BookingResult(outcome, _located(answer.headers.get("Location", "")))
        return BookingResult(Outcome.UNKNOWN, message=self._session.unreadable().message)


def _of(appointment: Appointment) -> BookingResult:
    message = "Ce rendez-vous a été annulé." if appointment.outcome is Outcome.REFUSED else None
    return BookingResult(appointment.outcome, appointment.reference, message)


def _located(location: str) -> str | None:
    """`Appointment/<id>` of a Location header."""
    parts = location.partition("/_history/")[0].rstrip("/").split("/")
    return "/".join(parts[-2:]) if len(parts) >= 2 and parts[-2] == "Appointment" else None

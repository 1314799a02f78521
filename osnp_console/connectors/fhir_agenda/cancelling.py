"""Cancels an appointment at an agenda: read by its key, sent back whole with its new status.

GAP guide, flow 6b: a change is a PUT of the appointment. What it holds besides is left as the agenda has it.
"""

from __future__ import annotations

import json
from http import HTTPStatus

from osnp_console.app.sources.agendas import BookingRequest, Cancelling, Deadline, SourceFailure
from osnp_console.connectors.fhir.client import ACCEPT, base_of
from osnp_console.connectors.fhir_agenda.appointment import raw_of_attempt, token_of
from osnp_console.connectors.http import HttpSession
from osnp_console.domain.slots.source import AgendaSource

_ANSWERED = tuple(range(100, 600))
_ONCE = {**ACCEPT, "Connection": "close"}
_WRITTEN = "application/fhir+json; charset=utf-8"
CANCELLED = "cancelled"


def cancel_appointment(
    session: HttpSession, source: AgendaSource, request: BookingRequest, deadline: Deadline
) -> Cancelling:
    """Cancel the appointment of that attempt; not known when the agenda does not answer, or not clearly."""
    base = base_of(source)
    try:
        found = session.get(
            f"{base}/Appointment",
            params=[("identifier", token_of(request))],
            deadline=deadline,
            headers=_ONCE,
            quiet=True,
        )
    except SourceFailure as failure:
        return Cancelling(None, failure.message)
    resource = raw_of_attempt(found.body, request.key)
    if resource is None:
        return Cancelling(False, "ce rendez-vous n’y est pas")
    if resource.get("status") == CANCELLED:
        return Cancelling(True)
    name = resource.get("id")
    if not isinstance(name, str) or not name:
        return Cancelling(False, "ce rendez-vous ne peut pas être changé")
    try:
        answer = session.request(
            "PUT",
            f"{base}/Appointment/{name}",
            deadline=deadline,
            body=json.dumps({**resource, "status": CANCELLED}, ensure_ascii=False).encode(),
            headers={**_ONCE, "Content-Type": _WRITTEN},
            accepted=_ANSWERED,
            quiet=True,
        )
    except SourceFailure as failure:
        return Cancelling(None, failure.message)
    if answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return Cancelling(True)
    if HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Cancelling(False, "l’agenda ne l’accepte pas")
    return Cancelling(None)

"""Sending one booking to an agenda: a deadline that nobody outlives, and no answer that is lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial

from osnp_console.app.slots.search_threads import Work
from osnp_console.app.sources.agendas import (
    SECONDS,
    BookingRequest,
    BookingResult,
    Deadline,
    Outcome,
    SourceFailure,
)
from osnp_console.domain.slots.answers import SourceState

LOG = logging.getLogger(__name__)
GRACE = 1.0
"""Seconds that a booker is waited for beyond its own deadline."""

Send = Callable[[BookingRequest, Deadline], BookingResult]
Late = Callable[[BookingResult], None]


class _Answer:
    """One answer that is waited for, or comes late."""

    def __init__(self, late: Late) -> None:
        self._late = late
        self._news = threading.Condition()
        self._result: BookingResult | None = None
        self._is_given_up = False

    def came(self, result: BookingResult) -> None:
        with self._news:
            self._result = result
            self._news.notify_all()
            is_late = self._is_given_up
        if is_late:
            self._late(result)

    def wait(self, seconds: float) -> BookingResult:
        with self._news:
            self._news.wait_for(lambda: self._result is not None, seconds)
            self._is_given_up = self._result is None
            return self._result or BookingResult(Outcome.UNKNOWN)


def send(
    ask: Send, request: BookingRequest, spawn: Callable[[Work], None], late: Late, seconds: float = SECONDS
) -> BookingResult:
    """The outcome within the deadline and a second more, else UNKNOWN: the agenda may have booked.

    `ask` runs on another thread. What it answers after that is handed to `late`, on that thread.
    """
    answer = _Answer(late)
    spawn(partial(_ask, ask, request, seconds, answer))
    return answer.wait(seconds + GRACE)


def _ask(ask: Send, request: BookingRequest, seconds: float, answer: _Answer) -> None:
    try:
        result = ask(request, Deadline(seconds))
    except SourceFailure as failure:
        # Not let in: nothing was booked. Any other failure may have come after the agenda booked.
        refused = failure.state is SourceState.REFUSED
        result = BookingResult(Outcome.REFUSED if refused else Outcome.UNKNOWN, message=failure.message)
    except Exception as error:  # whatever broke, the request may have reached the agenda
        LOG.error("réservation, agenda %s : %s", request.source, type(error).__name__)
        result = BookingResult(Outcome.UNKNOWN)
    answer.came(result)

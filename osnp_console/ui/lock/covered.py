"""What stays visible when the screen is covered: no name, no number, no reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.clock_words import clock_words
from osnp_console.domain.call_record import CallState
from osnp_console.domain.transfer.clocks import waiting_since
from osnp_console.domain.transfer.transfer import Transfer


@dataclass(frozen=True, slots=True)
class CoveredCall:
    """`Appel 14 en cours` with its clock."""

    words: str
    clock: str
    is_running: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """The open calls, those on the line first, and the alarms in one sentence, empty without any."""

    calls: tuple[CoveredCall, ...]
    alarms: str


def covered(calls: Sequence[OpenCall], now: datetime, waiting: Sequence[Transfer] = ()) -> Covered:
    """What may be seen by whoever passes by: of the open calls, and that transfers wait for this desk.

    `waiting` are those that nobody of the line has answered, the longest waiting first.
    """
    shown = [
        CoveredCall(
            f"{one.record.title} {'en cours' if _runs(one) else 'en attente'}",
            clock_words(one.record.lasted(now)),
            _runs(one),
        )
        for one in sorted(calls, key=_runs, reverse=True)
    ]
    alarms = ", ".join(one for one in (_alarms(calls, now), _waiting(waiting, now)) if one)
    return Covered(tuple(shown), alarms)


def _runs(call: OpenCall) -> bool:
    return call.record.state is CallState.ACTIVE


def _waiting(transfers: Sequence[Transfer], now: datetime) -> str:
    """`1 transfert attend · 03:10` (interface, §2.2)."""
    since = waiting_since(transfers[0]) if transfers else None
    if since is None:
        return ""
    count = "1 transfert attend" if len(transfers) == 1 else f"{len(transfers)} transferts attendent"
    return f"{count} · {clock_words(now - since)}"


def _alarms(calls: Sequence[OpenCall], now: datetime) -> str:
    since = [one.record.alarm_at for one in calls if one.record.alarm_at is not None]
    if not since:
        return ""
    count = "1 urgence vitale" if len(since) == 1 else f"{len(since)} urgences vitales"
    return f"{count} · {clock_words(now - min(since))}"

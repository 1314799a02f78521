"""What stays visible when the screen is covered: no name, no number, no reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.domain.call_record import CallState
from osnp_console.ui.frame.call_tabs import clock_words


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


def covered(calls: Sequence[OpenCall], now: datetime) -> Covered:
    """What may be seen of the open calls by whoever passes by."""
    shown = [
        CoveredCall(
            f"{one.record.title} {'en cours' if _runs(one) else 'en attente'}",
            clock_words(one.record.lasted(now)),
            _runs(one),
        )
        for one in sorted(calls, key=_runs, reverse=True)
    ]
    return Covered(tuple(shown), _alarms(calls, now))


def _runs(call: OpenCall) -> bool:
    return call.record.state is CallState.ACTIVE


def _alarms(calls: Sequence[OpenCall], now: datetime) -> str:
    since = [one.record.alarm_at for one in calls if one.record.alarm_at is not None]
    if not since:
        return ""
    count = "1 urgence vitale" if len(since) == 1 else f"{len(since)} urgences vitales"
    return f"{count} · {clock_words(now - min(since))}"

"""What every criterion is, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from osnp_console.domain.call import Call
from osnp_console.domain.clock import in_paris
from osnp_console.domain.states import State


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant a call is judged at, on the clock of Paris, and its day."""

    instant: datetime
    day: date

    @classmethod
    def at(cls, instant: datetime) -> Moment:
        """The moment of an instant; a naive one is Paris time."""
        local = in_paris(instant)
        return cls(local, local.date())


class Finding(NamedTuple):
    """What a criterion finds: its state, a French sentence, the fact it rests on.

    `missing` are the facts whose answer could still settle it; empty when it is settled, and also
    when nobody who could be asked knows more (a sex recorded as I, a desk without a SAS).

    A named tuple: thousands are made at a keystroke, and a frozen dataclass costs three times as much.
    """

    state: State
    text: str | None = None
    fact: str | None = None
    missing: tuple[str, ...] = ()


class Criterion(Protocol):
    """One condition of a dispositif, of one of the kinds of this package."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Codes of every fact that `judge` reads."""
        ...

    @property
    def label(self) -> str:
        """The condition in a few French words, for the checklist."""
        ...

    def judge(self, call: Call, moment: Moment) -> Finding:
        """What the criterion finds with what is known of the call at that moment."""
        ...


NOT_ASKED = "Pas encore demandé"


def not_known(fact: str, text: str = NOT_ASKED) -> Finding:
    """The finding of a criterion that only lacks `fact`."""
    return Finding(State.UNKNOWN, text, fact, (fact,))

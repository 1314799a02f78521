"""A call as the desk keeps it: its number, its clock, its state, what was typed, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from osnp_console.domain import facts
from osnp_console.domain.call_sheet import EMPTY_SHEET, Answer, CallSheet


class CallState(Enum):
    """Where a call stands at its desk."""

    ACTIVE = "en_ligne"
    HELD = "en_attente"
    CLOSED = "clos"


class Move(Enum):
    """What can be done to a call as a whole."""

    HOLD = "attente"
    RESUME = "reprise"
    CLOSE = "cloture"
    REOPEN = "reouverture"


MOVES: Mapping[tuple[CallState, Move], CallState] = {
    (CallState.ACTIVE, Move.HOLD): CallState.HELD,
    (CallState.HELD, Move.RESUME): CallState.ACTIVE,
    (CallState.ACTIVE, Move.CLOSE): CallState.CLOSED,
    (CallState.HELD, Move.CLOSE): CallState.CLOSED,
    (CallState.CLOSED, Move.REOPEN): CallState.ACTIVE,
}

# How a call can end; the order is the one of the list on screen, the letter chooses in it.
OUTCOMES: Mapping[str, str] = {
    "rendez_vous": "Rendez-vous pris",
    "transfere": "Transféré à une ligne",
    "oriente": "Orienté, le patient s’en charge",
    "ordonnance": "Infirmier envoyé",
    "a_rappeler": "À rappeler",
    "conseil": "Conseil donné",
    "rendu_arm": "Rendu à l’ARM ou au médecin",
    "sans_solution": "Aucune solution trouvée",
    "raccroche": "A raccroché",
    "doublon": "Doublon d’un autre appel",
    "erreur": "Appel par erreur",
}


class IllegalMove(Exception):
    """A move that the call's state does not allow."""


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call. Instants are aware, in UTC.

    `desk` took it, and `number` counts that desk's calls of the day; `owner` is the desk that took it over
    since, empty while none did. `version` is the store's (0 before the first save).
    `call_back_at` is set when the outcome is `a_rappeler`. `alarm_at` is when a vital emergency was
    declared, None when there is none (any more); `alarm_seen` once the operator said to have seen it.
    """

    id: str
    number: int
    desk: str
    taken_at: datetime
    state: CallState = CallState.ACTIVE
    state_since: datetime | None = None
    sheet: CallSheet = EMPTY_SHEET
    outcome: str | None = None
    call_back_at: datetime | None = None
    closed_at: datetime | None = None
    alarm_at: datetime | None = None
    alarm_seen: bool = False
    owner: str = ""
    version: int = 0

    @property
    def title(self) -> str:
        """`Appel 14`: no name, since it stands in tabs and in the journal."""
        return f"Appel {self.number}"

    @property
    def owned_by(self) -> str:
        """The code of the desk that has the call in hand, or had it last."""
        return self.owner or self.desk

    @property
    def is_open(self) -> bool:
        """True until it is closed."""
        return self.state is not CallState.CLOSED

    def put(self, code: str, answer: Answer) -> CallRecord:
        """The call with one field of its sheet answered."""
        return replace(self, sheet=self.sheet.put(code, answer))

    def may(self, move: Move) -> bool:
        """Whether the state allows a move."""
        return (self.state, move) in MOVES

    def moved(self, move: Move, now: datetime) -> CallRecord:
        """The call after a move; raises IllegalMove where the state does not allow it."""
        after = MOVES.get((self.state, move))
        if after is None:
            raise IllegalMove(f"{self.state.value} : {move.value}")
        closed = replace(self, state=after, state_since=now)
        if move is Move.REOPEN:
            return replace(closed, outcome=None, closed_at=None, call_back_at=None)
        return closed

    def taken_over(self, desk: str, now: datetime) -> CallRecord:
        """The call at another desk, on its line; raises IllegalMove when it is closed."""
        if not self.is_open:
            raise IllegalMove(f"{self.state.value} : reprise par {desk}")
        return replace(self, owner=desk, state=CallState.ACTIVE, state_since=now)

    def closed(self, outcome: str, now: datetime, call_back_at: datetime | None = None) -> CallRecord:
        """The call ended with one of OUTCOMES; raises IllegalMove when it is closed already."""
        if outcome not in OUTCOMES:
            raise ValueError(outcome)
        moved = self.moved(Move.CLOSE, now)
        back = call_back_at if outcome == "a_rappeler" else None
        return replace(moved, outcome=outcome, closed_at=now, call_back_at=back)

    def raise_alarm(self, now: datetime) -> CallRecord:
        """The call with a vital emergency declared; declaring it twice keeps the first instant."""
        if self.alarm_at is not None:
            return self
        return replace(self.put(facts.VITAL_EMERGENCY, True), alarm_at=now, alarm_seen=False)

    def drop_alarm(self) -> CallRecord:
        """The call without its vital emergency: not declared any more, which is not a "no"."""
        return replace(self.put(facts.VITAL_EMERGENCY, None), alarm_at=None, alarm_seen=False)

    def lasted(self, now: datetime) -> timedelta:
        """Since it was taken, until it was closed; never negative, whatever a clock set back says."""
        return max(timedelta(), (self.closed_at or now) - self.taken_at)

"""Somebody on a waiting list: registered where the list is kept, or on one that the console keeps itself.

What the lists ask and how long one stays comes from their sources (`waiting_list`); what may become of an
entry is a convention of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from osnp_console.domain.clock import in_paris


class EntryState(Enum):
    """Where an entry stands. `EXPIRED` is never written: the day says it."""

    PREPARED = "a_inscrire"
    REGISTERED = "inscrit"
    CONTACTED = "contacte"
    HONOURED = "honore"
    REFUSED = "refuse"
    WITHDRAWN = "retire"
    EXPIRED = "expire"


class EntryMove(Enum):
    """What is done to an entry; the value is its name in commands and the journal."""

    REGISTER = "inscrire"
    CONTACT = "contacter"
    HONOUR = "honorer"
    REFUSE = "refuser"
    WITHDRAW = "retirer"


_S, _M = EntryState, EntryMove
MOVES: Mapping[EntryState, Mapping[EntryMove, EntryState]] = {
    _S.PREPARED: {
        _M.REGISTER: _S.REGISTERED,
        _M.REFUSE: _S.REFUSED,
        _M.WITHDRAW: _S.WITHDRAWN,
    },
    _S.REGISTERED: {
        _M.CONTACT: _S.CONTACTED,
        _M.HONOUR: _S.HONOURED,
        _M.REFUSE: _S.REFUSED,
        _M.WITHDRAW: _S.WITHDRAWN,
    },
    # Somebody who was called and could not come is called again.
    _S.CONTACTED: {
        _M.CONTACT: _S.CONTACTED,
        _M.HONOUR: _S.HONOURED,
        _M.REFUSE: _S.REFUSED,
        _M.WITHDRAW: _S.WITHDRAWN,
    },
    _S.HONOURED: {},
    _S.REFUSED: {},
    _S.WITHDRAWN: {},
    _S.EXPIRED: {},
}
"""Every legal move, and where it leads."""
WAITING = frozenset({_S.REGISTERED, _S.CONTACTED})
"""States in which somebody waits on the list, and can expire."""


class IllegalEntryMove(Exception):
    """A move that the entry's state does not allow."""


class NotConsented(Exception):
    """Somebody cannot be put on a list kept here without having consented to it."""


@dataclass(frozen=True, slots=True)
class Registered:
    """The patient as the list needs them, typed as they are; empty where not known.

    `birth` is as typed, `commune` an INSEE code, `phone` in E.164 or as typed.
    """

    name: str
    first_names: str = ""
    birth: str = ""
    commune: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class EntryStep:
    """One move that was made: when, at which desk, by whom (empty without accounts), and what was typed."""

    move: EntryMove
    at: datetime
    desk: str
    person: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """One person on one list. Instants are aware.

    `kept_here` for a list that the console keeps; otherwise the entry only follows what was registered in
    the list's own tool. `consented_at` is when the patient said yes to being kept on it. `need` is what for,
    as typed, `priority` one of the list's, empty without. From `ends_on` the patient is no longer on the
    list, None where no end is known. `sessions` counts those that were given.
    """

    id: str
    dispositif: str
    call: str
    person: Registered
    desk: str
    made_at: datetime
    kept_here: bool = False
    state: EntryState = EntryState.PREPARED
    state_since: datetime | None = None
    consented_at: datetime | None = None
    need: str = ""
    priority: str = ""
    ends_on: date | None = None
    steps: tuple[EntryStep, ...] = ()
    version: int = 0

    @property
    def since(self) -> datetime:
        """Since when it is in its state."""
        return self.state_since or self.made_at

    @property
    def registered_at(self) -> datetime | None:
        """When it was put on the list; None while it still is to be."""
        return next((step.at for step in self.steps if step.move is EntryMove.REGISTER), None)

    def state_on(self, day: date) -> EntryState:
        """Its state on a day (in Paris): who still waits on the day the registration ends has expired."""
        if self.state in WAITING and self.ends_on is not None and day >= self.ends_on:
            return EntryState.EXPIRED
        return self.state

    def moves_on(self, day: date) -> Mapping[EntryMove, EntryState]:
        """What may be done on a day, and where each leads."""
        return MOVES[self.state_on(day)]

    def moved(
        self,
        move: EntryMove,
        now: datetime,
        desk: str,
        person: str = "",
        text: str = "",
        ends_on: date | None = None,
    ) -> WaitingEntry:
        """The entry after a move; raises IllegalEntryMove, NotConsented.

        `ends_on` is given with the registration: the list's rule counted from that day.
        """
        after = self.moves_on(in_paris(now).date()).get(move)
        if after is None:
            raise IllegalEntryMove(f"{self.state.value} : {move.value}")
        if move is EntryMove.REGISTER and self.kept_here and self.consented_at is None:
            raise NotConsented(self.id)
        step = EntryStep(move, now, desk, person, text.strip())
        moved = replace(self, state=after, state_since=now, steps=(*self.steps, step))
        return replace(moved, ends_on=ends_on) if move is EntryMove.REGISTER else moved

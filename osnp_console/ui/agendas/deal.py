"""What is under way between an agenda and one call: the card on screen is made from it, in any theme."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from osnp_console.app.booking.by_hand_cards import Try
from osnp_console.app.booking.next import NextBest
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.slots.cards import UnknownState
from osnp_console.domain.appointment import Appointment
from osnp_console.domain.slots.ranking import RankedSlot
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource


class Stage(Enum):
    """Which card stands at the top of the column."""

    NONE = "aucune"
    RESERVE = "sous réserve"
    CONFLICT = "pris entre-temps"
    UNKNOWN = "issue inconnue"
    WAITING = "à confirmer"
    PORTAL = "portail"
    PHONE = "téléphone"
    BOOKED = "réservé"


HOLDING_BACK = frozenset({Stage.RESERVE, Stage.CONFLICT, Stage.UNKNOWN})
"""Stages in which no other slot is booked before the card was answered."""


@dataclass(slots=True, eq=False)
class Deal:
    """One call's. Lives on the window's thread.

    `slot` is the one the card speaks of; `at` and `said_by` say when, and by which source, it was found
    taken. `best` is the slot to propose instead, None while it is looked for (`is_looking`) and when there is
    none. `source` is the portal or the phone that was opened. `busy` says what is under way, empty when
    nothing is. `override` is the reason typed to go past an attempt, kept for the next one.
    """

    call: OpenCall
    stage: Stage = Stage.NONE
    slot: Slot | None = None
    ranked: RankedSlot | None = None
    at: datetime | None = None
    said_by: str = ""
    message: str | None = None
    best: NextBest | None = None
    is_looking: bool = False
    appointment: Appointment | None = None
    unknown: UnknownState = UnknownState.TO_VERIFY
    source: AgendaSource | None = None
    busy: str = ""
    override: str = ""
    warned_at: datetime | None = None
    tries: dict[str, tuple[Try, ...]] = field(default_factory=dict)

    @property
    def holds_back(self) -> bool:
        """Whether another slot must not be booked before the card is answered."""
        return self.stage in HOLDING_BACK

    def close(self) -> None:
        """Take the card away; what was booked stays booked."""
        self.stage = Stage.NONE
        self.slot = self.ranked = self.best = self.message = None
        self.is_looking = False

    def settle_on(self, stage: Stage, appointment: Appointment) -> None:
        """Show the card of an appointment."""
        self.close()
        self.stage, self.appointment, self.slot = stage, appointment, appointment.slot
        self.unknown = UnknownState.TO_VERIFY

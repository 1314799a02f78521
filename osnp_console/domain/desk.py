"""The desk a call is taken at: its role decides what it may refer to, its number names its calls."""

from __future__ import annotations

from dataclasses import dataclass

from osnp_console.domain.roles import NAMES

LINE = "ligne"
"""The room of a desk that belongs to no SAS."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who takes the calls here.

    `role`, `sas` (a département) and `cpts` are `poste.*` of the contract; `number` tells the desks of one
    room apart; `offer` is the offer a new call starts with, None for all of them.
    """

    role: str = "osnp"
    sas: str | None = None
    cpts: tuple[str, ...] = ()
    number: int = 1
    offer: str | None = "medecine_generale"

    @property
    def code(self) -> str:
        """The desk's own key in the journal, free of any person's name: `44-3`."""
        return f"{self.sas or LINE}-{self.number}"

    @property
    def shown(self) -> str:
        """`SAS 44 · poste 3`, or the line's CPTS and the number."""
        place = f"SAS {self.sas}" if self.sas else (self.cpts[0] if self.cpts else NAMES[self.role])
        return f"{place} · poste {self.number}"

    def document(self) -> dict[str, object]:
        """`poste` of `appel.json`."""
        return {"role": self.role, "sas": self.sas, "cpts": list(self.cpts)}


def desk_told(code: str, own: str) -> str:
    """How a desk is named at another, after the word `poste`: `5`; in another room `5 (SAS 35)`, `5 (ligne)`.

    Both are codes as `Desk.code` makes them.
    """
    room, _, number = code.rpartition("-")
    if not room or room == own.rpartition("-")[0]:
        return number
    return f"{number} ({room if room == LINE else f'SAS {room}'})"

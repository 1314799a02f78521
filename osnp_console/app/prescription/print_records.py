"""What is kept of sheets that were sent to a printer and are not known to be out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from osnp_console.app.prescription.site_records import PaperSize

INTERRUPTED = "La console s’est arrêtée pendant l’impression\u202f: regarder si la feuille est sortie."


class PrintOutcome(Enum):
    """What came of a sheet: out, not out for sure, or nobody knows."""

    PRINTED = "imprimee"
    NOT_PRINTED = "non_imprimee"
    UNKNOWN = "inconnue"


@dataclass(frozen=True, slots=True)
class WaitingPrint:
    """A sheet that was asked for and is not known to be out.

    `prescription` is its id, `printer` the name of the one it was sent to, empty where there was none.
    """

    id: str
    prescription: str
    desk: str
    size: PaperSize
    printer: str
    asked_at: datetime
    outcome: PrintOutcome = PrintOutcome.UNKNOWN
    sentence: str = INTERRUPTED


class PrintRecords(Protocol):
    """The sheets that wait."""

    def put(self, waiting: WaitingPrint) -> None:
        """Keep it, or what became of it."""

    def remove(self, waiting: str) -> bool:
        """Let it go; False when there is none of that id."""

    def of_desk(self, desk: str) -> Sequence[WaitingPrint]:
        """Those of a desk, oldest first."""

"""The documents a booking or a transfer leaves, as the window asks for them."""

from __future__ import annotations

from typing import Protocol

from osnp_console.app.booking.after_booking import PatientText
from osnp_console.app.booking.proof import ProofOfRegulation
from osnp_console.app.transfer.sheet import TransferSheet
from osnp_console.domain.appointment import Appointment
from osnp_console.domain.regulator import Regulator
from osnp_console.domain.slots.source import SourceKind


class Papers(Protocol):
    """Makes documents and keeps each in a file of its own, whose name says nothing of anybody.

    Every method returns the file's path; raises OSError when it cannot be written. The files are removed
    when the console ends, and at its next start should it have been cut short.
    """

    def proof(self, proof: ProofOfRegulation) -> str:
        """The proof of regulation, as PDF."""

    def patient(self, text: PatientText) -> str:
        """What the patient is told, as PDF, ready to be printed."""

    def transfer(self, sheet: TransferSheet) -> str:
        """The sheet of a transfer to a line, as PDF."""

    def message(self, appointment: Appointment, regulator: Regulator, kind: SourceKind | None) -> str:
        """The appointment as RS-SAS-RDV, in JSON; raises Refusal when the message cannot be made."""

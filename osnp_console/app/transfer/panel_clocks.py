"""The clocks of a transfer on the sending side: with the line, and how long the patient has waited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from osnp_console.app.clock_words import clock_words
from osnp_console.app.transfer.panel_words import the
from osnp_console.domain.call_record import CallRecord, CallState
from osnp_console.domain.transfer.clocks import PATIENT_AMBER, on_line_since, step_at, tries
from osnp_console.domain.transfer.moves import TransferState
from osnp_console.domain.transfer.transfer import Transfer


@dataclass(frozen=True, slots=True)
class ClockShown:
    """One clock: its mark, its words, since when it counts (None: it does not), and from when it is amber."""

    mark: str
    words: str
    since: datetime | None
    amber_after: timedelta | None = None

    def is_amber(self, now: datetime) -> bool:
        """Whether it has counted too long."""
        return (
            self.since is not None and self.amber_after is not None and now - self.since >= self.amber_after
        )

    def counted(self, now: datetime) -> str:
        """`01:09`, from an hour on `1:02:14`; empty while it does not count."""
        return clock_words(now - self.since) if self.since is not None else ""


def line_clock(transfer: Transfer) -> tuple[ClockShown, ...]:
    """How long the line has been on the phone, or has been called; none once that is over."""
    name = transfer.line.name
    since = on_line_since(transfer)
    if since is not None:
        return (ClockShown("phone", f"En ligne avec {name}", since),)
    if transfer.state is TransferState.CALLING:
        return (ClockShown("phone", f"Appel vers {name}", tries(transfer)[-1].dialled_at),)
    if transfer.is_settled or transfer.state is TransferState.HANDED_OVER:
        return ()
    return (ClockShown("phone", f"Pas en ligne avec {name}", None),)


def patient_clock(transfer: Transfer | None, record: CallRecord, patient: str) -> ClockShown:
    """Where the patient is, and since when; amber once on hold for two minutes."""
    name = patient.capitalize()
    if transfer is not None:
        handed = step_at(transfer, TransferState.HANDED_OVER)
        if handed is not None and transfer.state in (TransferState.HANDED_OVER, TransferState.REGISTERED):
            return ClockShown("hand-over", f"{name} avec {transfer.line.name}", handed)
        if transfer.patient_left_at is not None:
            left = the(patient)
            return ClockShown("off", f"{left[:1].upper()}{left[1:]} a raccroché", transfer.patient_left_at)
    if record.state is CallState.HELD:
        return ClockShown("pause", f"{name} en attente", record.state_since, PATIENT_AMBER)
    return ClockShown("person", f"{name} en ligne", record.state_since)

"""A transfer as one row of the queue: who, from where, how long it waits, who has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.app.transfer.queue_groups import Group
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import LINE, desk_told
from osnp_console.domain.transfer.clocks import (
    QUEUE_AMBER,
    Try,
    on_line_since,
    step_at,
    tries,
    waiting_since,
)
from osnp_console.domain.transfer.moves import STATE_STEPS, TransferMove, TransferState
from osnp_console.domain.transfer.steps import STEP_NAMES
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.domain.typed_dates import DateRefused, age_said, read_birth

NOT_NOTED = "identité non notée"
UNREAD = "lecture de la fiche…"
YOURS, FREE, ANNOUNCED, RINGING = "À vous", "À prendre", "Annoncé", "Appelle"
_TITLES: Mapping[str, str] = {"F": "Mme", "M": "M."}
_TRIED: Mapping[TransferMove, str] = {
    TransferMove.GET_NO_ANSWER: "sans réponse",
    TransferMove.FIND_ENGAGED: "ligne occupée",
}
_ASIDE: Mapping[TransferState, str] = {
    TransferState.NO_ANSWER: "Sans réponse",
    TransferState.ENGAGED: "Occupé",
}
_ENDS: Mapping[TransferState, str] = {
    TransferState.REGISTERED: "Inscrit",
    TransferState.REFUSED: "Refusé",
    TransferState.NO_SLOT: "Rien de libre",
    TransferState.FAILED: "Échec",
    TransferState.CANCELLED: "Annulé",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """The word at the right of a row; `kind` is one of the chips of the window, empty for plain words."""

    words: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class RowClock:
    """What a row counts from: `label` stands under it (`depuis`, `en ligne`).

    `since` None is for what is over, whose hour `hour` says. `amber_after` is when it turns, None for never.
    """

    label: str
    since: datetime | None = None
    hour: str = ""
    amber_after: timedelta | None = None

    def words(self, now: datetime) -> str:
        """`01:12`, `1:01:12` from one hour on; never negative, whatever another desk's clock says."""
        if self.since is None:
            return self.hour
        seconds = int(max(now - self.since, timedelta()).total_seconds())
        hours, minutes = divmod(seconds // 60, 60)
        return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes:02}:{seconds % 60:02}"

    def is_amber(self, now: datetime) -> bool:
        """Whether it has waited so long that it is said in amber."""
        return (
            self.since is not None and self.amber_after is not None and now - self.since >= self.amber_after
        )


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A row. `third` is empty for most: a row that has it is higher."""

    id: str
    group: Group
    clock: RowClock
    title: str
    second: str
    third: str
    chip: Chip
    third_since: datetime | None = None

    @property
    def third_clock(self) -> RowClock | None:
        """What the third line counts from, where it counts."""
        return RowClock("", self.third_since) if self.third_since is not None else None

    def third_words(self, now: datetime) -> str:
        """The third line, with its own clock where it has one."""
        clock = self.third_clock
        return f"{self.third} {clock.words(now)}" if clock is not None else self.third

    def sentence(self, now: datetime) -> str:
        """The row as it is read aloud."""
        clock = f"{self.clock.label} {self.clock.words(now)}"
        parts = (self.chip.words, self.title, self.second, clock, self.third_words(now))
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Patient:
    """Who a transfer is about, in the words of a row; empty where nothing was noted."""

    name: str = ""
    age: str = ""
    commune: str = ""
    reason: str = ""

    @property
    def words(self) -> str:
        """`Léa MARTIN, 32 ans · Pipriac · cystite`."""
        who = ", ".join(part for part in (self.name or NOT_NOTED, self.age) if part)
        return " · ".join(part for part in (who, self.commune, self.reason) if part)


def patient_of(record: CallRecord, words: CallSheetWords) -> Patient:
    """The patient of a call, whichever desk keeps it."""
    sheet, day = record.sheet, in_paris(record.taken_at).date()
    reason = words.reason(sheet.text(facts.REASON) or None)
    return Patient(
        name_of(sheet),
        age_of(sheet, day),
        words.commune(sheet.text(facts.RESIDENCE) or None),
        reason[:1].lower() + reason[1:] if reason[1:2].islower() else reason,
    )


def name_of(sheet: CallSheet) -> str:
    """`Léa MARTIN`; `Mme MARTIN` where no given name is noted; empty without a name."""
    surname, first = sheet.text(fields.BIRTH_NAME), sheet.text(fields.FIRST_NAMES)
    if surname and not first:
        first = _TITLES.get(sheet.text(facts.SEX).upper(), "")
    return " ".join(part for part in (first, surname) if part)


def age_of(sheet: CallSheet, day: date) -> str:
    """The age as it was typed, or counted on that day; empty while no date can be read."""
    text = sheet.text(facts.BIRTH)
    if not text:
        return ""
    try:
        birth = read_birth(text, day)
    except DateRefused:
        return ""
    return age_said(birth.date, birth.age_years, day)


def sender_words(transfer: Transfer) -> str:
    """Which desk sends: `SAS 35 · poste 1`; for nobody's announcement, which SAS it is said to be."""
    if not transfer.announced:
        return f"Sans annonce · SAS {transfer.sas}" if transfer.sas else "Sans annonce"
    room, _, number = transfer.prepared_by.desk.rpartition("-")
    place = f"SAS {transfer.sas or room}" if room != LINE or transfer.sas else "Ligne"
    return f"{place} · poste {number}"


def queue_row(
    transfer: Transfer, group: Group, desk: str, patient: Patient | None, *, answers: bool = True
) -> QueueRow:
    """A transfer's row under a title, as a desk sees it; `patient` is None while the call is not read.

    A desk that answers no line (`answers` False) sees which line it sent to, and how far that has come.
    """
    third, since = _third(transfer, desk)
    return QueueRow(
        transfer.id,
        group,
        _clock(transfer),
        sender_words(transfer) if answers else transfer.line.name,
        patient.words if patient is not None else UNREAD,
        third,
        _chip(transfer, desk) if answers else _sent_chip(transfer),
        since,
    )


def _clock(transfer: Transfer) -> RowClock:
    if transfer.is_settled:
        return RowClock("fini", hour=f"{in_paris(transfer.since):%H:%M}")
    if transfer.state is TransferState.HANDED_OVER:
        return RowClock("en ligne", step_at(transfer, TransferState.ANSWERED) or transfer.since)
    since = on_line_since(transfer)
    if since is not None:
        return RowClock("en ligne", since)
    return RowClock("depuis", waiting_since(transfer), amber_after=QUEUE_AMBER)


def _chip(transfer: Transfer, desk: str) -> Chip:
    if transfer.is_settled:
        return Chip("Joint" if transfer.joined_to else _ENDS[transfer.state])
    taken = transfer.taken
    if taken is not None and taken.by.desk == desk:
        return Chip(YOURS, "accent")
    if taken is not None:
        number = desk_told(taken.by.desk, desk)
        first = taken.by.person.split(" ")[0] if taken.by.person else ""
        return Chip(f"{first}, poste {number}" if first else f"Poste {number}")
    if transfer.is_on_the_line:
        return Chip(FREE, "tint")
    return Chip(RINGING if transfer.state is TransferState.CALLING else ANNOUNCED, "verify")


def _sent_chip(transfer: Transfer) -> Chip:
    """How far what this desk sends has come."""
    if transfer.is_settled:
        return Chip(_ENDS[transfer.state])
    aside = _ASIDE.get(transfer.state)
    return Chip(aside) if aside is not None else Chip(STEP_NAMES[STATE_STEPS[transfer.state]])


def _third(transfer: Transfer, desk: str) -> tuple[str, datetime | None]:
    """What more there is to say, and what it counts from where it counts."""
    if transfer.is_settled:
        return "", None
    if transfer.patient_left_at is not None:
        return "le patient n’est plus en ligne depuis", transfer.patient_left_at
    if transfer.is_on_the_line:
        mine = transfer.taken is not None and transfer.taken.by.desk == desk
        waits = mine and transfer.announced
        return ("patient en attente côté SAS depuis", transfer.prepared_at) if waits else ("", None)
    made = tries(transfer)
    return (_tried(made[-1]), None) if made else ("", None)


def _tried(last: Try) -> str:
    if last.outcome is None:
        return f"appelle depuis {in_paris(last.dialled_at):%H:%M:%S}"
    said = _TRIED.get(last.outcome)
    return f"dernier essai {in_paris(last.dialled_at):%H:%M}\u202f: {said}" if said else ""

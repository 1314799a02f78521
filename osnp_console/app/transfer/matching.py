"""Whether a caller whom nobody announced is the patient of an announcement: proposed, never decided.

What is compared is a convention of the console: no source says how a line recognises a patient. The
operator joins the two, or says that they are not the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from osnp_console.app.transfer.queue_rows import name_of
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import fold
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.phone import phone_digits
from osnp_console.domain.transfer.moves import TransferState
from osnp_console.domain.transfer.transfer import Transfer
from osnp_console.domain.typed_dates import DateRefused, read_birth

FIRST_LETTERS = 3
_SHORTEST_PHONE = 8


class Sameness(IntEnum):
    """What two calls have in common; a greater one says more."""

    NONE = 0
    LETTERS_AND_COMMUNE = 1
    PHONE = 2
    NAME_AND_BIRTH = 3


@dataclass(frozen=True, slots=True)
class Caller:
    """What a call says of its patient; an empty text, None or no phone is not known.

    `phones` are national digits. `name` is folded, `born` is set for a date that names one day.
    """

    name: str = ""
    born: PartialDate | None = None
    commune: str = ""
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """An announcement that may be the caller's, with the patient's name as its desk typed it."""

    transfer: Transfer
    patient: str
    sameness: Sameness

    def sentence(self, now: datetime) -> str:
        """`Le SAS 35 a annoncé Léa MARTIN il y a 2 min. Joindre ?` (interface, §7)."""
        who = f"Le SAS {self.transfer.sas}" if self.transfer.sas else "Un autre poste"
        minutes = int((now - self.transfer.prepared_at).total_seconds()) // 60
        ago = f"il y a {minutes} min" if minutes > 0 else "à l’instant"
        return f"{who} a annoncé {self.patient or 'un patient sans nom'} {ago}. Joindre\u202f?"


def caller_of(record: CallRecord) -> Caller:
    """What a call says of its patient."""
    sheet = record.sheet
    phones = {phone_digits(sheet.text(code)) for code in (fields.CALLER_PHONE, fields.PATIENT_PHONE)}
    return Caller(
        fold(sheet.text(fields.BIRTH_NAME)),
        _day_of_birth(sheet.text(facts.BIRTH), in_paris(record.taken_at).date()),
        sheet.text(facts.RESIDENCE),
        frozenset(one for one in phones if len(one) >= _SHORTEST_PHONE),
    )


def sameness(one: Caller, other: Caller) -> Sameness:
    """How much two calls seem to be about one person; birth dates that differ contradict all the rest."""
    if one.born is not None and other.born is not None and one.born != other.born:
        return Sameness.NONE
    if one.name and one.name == other.name and one.born is not None and one.born == other.born:
        return Sameness.NAME_AND_BIRTH
    if one.phones & other.phones:
        return Sameness.PHONE
    begins = min(len(one.name), len(other.name)) >= FIRST_LETTERS
    alike = begins and one.name[:FIRST_LETTERS] == other.name[:FIRST_LETTERS]
    if alike and one.commune and one.commune == other.commune:
        return Sameness.LETTERS_AND_COMMUNE
    return Sameness.NONE


def announcement_of(
    own: CallRecord,
    transfers: Iterable[Transfer],
    records: Mapping[str, CallRecord],
    desk: str,
    dropped: frozenset[str] = frozenset(),
) -> Match | None:
    """The announcement that is most likely the caller's, the latest of several; None where none is.

    `records` are the calls of the sending desks, by id. Not proposed are one that another desk of the line
    has in hand, that is over or with the line already, and those that the operator said are somebody else's
    (`dropped`).
    """
    caller = caller_of(own)
    found: list[Match] = []
    for one in transfers:
        record = records.get(one.call)
        if record is None or one.id in dropped or not _may_be_joined(one, desk):
            continue
        likeness = sameness(caller, caller_of(record))
        if likeness is not Sameness.NONE:
            found.append(Match(one, name_of(record.sheet), likeness))
    return max(found, key=lambda match: (match.sameness, match.transfer.prepared_at), default=None)


def _may_be_joined(transfer: Transfer, desk: str) -> bool:
    if not transfer.announced or transfer.is_settled or transfer.state is TransferState.HANDED_OVER:
        return False
    # One that this desk has taken has a call of its own already.
    return transfer.taken is None or (transfer.taken.by.desk == desk and not transfer.line_call)


def _day_of_birth(text: str, today: date) -> PartialDate | None:
    """The date of birth, where a single day was typed: an age or a year says too little."""
    if not text:
        return None
    try:
        born = read_birth(text, today).date
    except DateRefused:
        return None
    return born if born is not None and born.first == born.last else None

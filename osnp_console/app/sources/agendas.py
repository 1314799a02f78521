"""What agenda sources promise: how they present themselves, are read, and book."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol, runtime_checkable

from osnp_console.app.ports import Background
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind

SECONDS = 7.0
"""How long a source may take, counted from the search's start (national platform; SAS guide, annexes)."""


class Deadline:
    """When to give up, on the monotonic clock: `seconds` after it began."""

    def __init__(self, seconds: float, began: float | None = None) -> None:
        """`began` is a reading of `time.monotonic()`, now when it is None."""
        self.seconds = seconds
        self._ends = (time.monotonic() if began is None else began) + seconds

    def left(self) -> float:
        """Seconds left, never below zero."""
        return max(self._ends - time.monotonic(), 0.0)

    @property
    def is_over(self) -> bool:
        """True once nothing is left."""
        return self.left() <= 0.0


class SourceFailure(Exception):
    """A source did not answer as it should: the contract's state, and a French sentence.

    `state` is `REFUSED`, `LATE` or `FAILED`; `rest` is how long the source asked to be left alone. The
    sentence holds no address, no secret and nothing about a person.
    """

    def __init__(self, state: SourceState, message: str, rest: timedelta | None = None) -> None:
        super().__init__(message)
        self.state = state
        self.message = message
        self.rest = rest


@dataclass(frozen=True, slots=True)
class SlotQuery:
    """What is asked of a source: slots that start from `start` (included) to `end` (included).

    `practitioners` are RPPS (11 digits), `structures` SIRET or FINESS: those of the source's declaration and
    of the directory. Both empty: all that the source has.
    """

    start: datetime
    end: datetime
    practitioners: tuple[str, ...] = ()
    structures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a reading went: slots `read`, resources `rejected`, a French sentence where there is one to say."""

    read: int
    rejected: int = 0
    message: str | None = None


Found = Callable[[Sequence[Slot]], None]


class SlotReader(Protocol):
    """One source, opened. Used by one thread at a time."""

    def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        """Hand slots to `found` as they are decoded, then say how it went; raises SourceFailure.

        Each slot has this source as its only origin, and `dispositifs` as the source declares them. Slots
        outside the query's window, not free, or whose end is not after their start are counted as read but
        not handed over.
        """

    def close(self) -> None:
        """Let go of connections; the reader is not used afterwards."""


class Outcome(Enum):
    """How a booking ended."""

    BOOKED = "reserve"
    TAKEN = "pris_entre_temps"
    WAITING = "a_confirmer"
    UNKNOWN = "inconnu"
    REFUSED = "refuse"


@dataclass(frozen=True, slots=True)
class BookingPerson:
    """What an agenda that books directly is told of the patient; None is not known."""

    birth_name: str
    first_names: str
    birth_date: str | None = None
    sex: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """One attempt to book. `key` is the attempt's own: sent again, it never books twice.

    `reason` is the label of the reason, `by` the desk's code; neither names a person.
    """

    key: str
    slot: Slot
    source: str
    reference: str
    person: BookingPerson | None = None
    reason: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class BookingResult:
    """The outcome, the agenda's own key of the appointment, and a French sentence where there is one."""

    outcome: Outcome
    reference: str | None = None
    message: str | None = None


class Booker(Protocol):
    """A source that books by itself: direct agendas and the local one."""

    def book(self, request: BookingRequest, deadline: Deadline) -> BookingResult:
        """Book once. A time-out or a cut line is UNKNOWN, never an exception: the agenda may have booked."""

    def verify(self, request: BookingRequest, deadline: Deadline) -> BookingResult:
        """What became of an attempt whose outcome is not known; UNKNOWN when the agenda does not say."""


@dataclass(frozen=True, slots=True)
class Cancelling:
    """Whether the agenda cancelled: True, False when it refuses, None when it does not say; a sentence."""

    is_cancelled: bool | None
    message: str | None = None


@runtime_checkable
class Canceller(Protocol):
    """A booker that can also cancel what it booked; not every agenda can."""

    def cancel(self, request: BookingRequest, reference: str, deadline: Deadline) -> Cancelling:
        """Cancel the appointment of that key. A time-out is None, never an exception."""


class FieldKind(Enum):
    """How a field of a source's form is typed and checked."""

    TEXT = "texte"
    URL = "adresse"
    FILE = "fichier"
    SECRET = "secret"
    FLAG = "oui_non"
    LIST = "liste"


@dataclass(frozen=True, slots=True)
class SourceField:
    """One field of a source's form. `name` is its path in the declaration (`url`, `options.origine`)."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SourceTools:
    """What a source is opened with. `secret` reads the keyring: a name of the source's, None without one."""

    clock: Callable[[], datetime]
    secret: Callable[[str], str | None]
    background: Background | None = None


@dataclass(frozen=True, slots=True)
class Connector:
    """How a kind of agenda presents itself: the settings' form and the program read nothing else.

    `open` makes a reader of a declared source; raises SourceFailure when its declaration cannot work (a
    certificate that is missing or expired, say). `book` makes what books there; None where nothing books.
    `looks_itself` is False for the kinds that a person reads: portal and phone.
    """

    kind: SourceKind
    title: str
    fields: tuple[SourceField, ...]
    open: Callable[[AgendaSource, SourceTools], SlotReader] | None
    book: Callable[[AgendaSource, SourceTools], Booker] | None = None
    hosts: Callable[[AgendaSource], Sequence[str]] = field(default=lambda source: ())

    @property
    def looks_itself(self) -> bool:
        """True when the program asks the agenda; False for portal and phone."""
        return self.open is not None


Connectors = Mapping[SourceKind, Connector]

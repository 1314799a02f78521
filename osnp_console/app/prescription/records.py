"""What is kept of prescriptions, of nurses, and of the FINESS that the site settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from osnp_console.domain.prescription.moves import PrescriptionState
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.domain.prescription.prescription import Number, Prescription


@dataclass(frozen=True, slots=True)
class ArchivedPaper:
    """A document of a prescription as it was made: PDF bytes, and their hash (`sha256:…`).

    `kind` is `original`, `signee` for the one that bears an electronic signature, or `annulee`.
    """

    prescription: str
    kind: str
    made_at: datetime
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class PrescriptionQuery:
    """What is looked for; each part that is given must match. Days are those of Paris, both included.

    `patient` matches the beginning of a word of their names, without regard to accents; `nurse` is a
    directory id, `act` an act's code, `number` a whole number as printed.
    """

    patient: str = ""
    nurse: str = ""
    since: date | None = None
    until: date | None = None
    finess: str = ""
    number: str = ""
    act: str = ""
    states: frozenset[PrescriptionState] = frozenset()
    dispositif: str = ""


@dataclass(frozen=True, slots=True)
class SettledFiness:
    """The FINESS of a dispositif as the site settled it: entered with its source, or its prefix accepted.

    `finess` is what is printed; `prefix_accepted` that the administrator confirmed a prefix of another
    département. `person` and `at` say who and when.
    """

    dispositif: str
    finess: str
    source: str
    prefix_accepted: bool
    person: str
    at: datetime


class PrescriptionRecords(Protocol):
    """The prescriptions of the store."""

    def hold(self, name: str) -> None:
        """Be the only one to change what bears that name until the transaction ends."""

    def save(self, prescription: Prescription) -> Prescription:
        """Insert it (version 0) or update it; returns it with its new version. Raises Conflict."""

    def get(self, prescription: str) -> Prescription:
        """The prescription of that id; raises StoreFailure (`introuvable`)."""

    def by_number(self, number: str) -> Prescription:
        """The one that bears a number as printed; raises StoreFailure (`introuvable`)."""

    def of_call(self, call: str) -> Sequence[Prescription]:
        """Those of a call, oldest first."""

    def find(self, query: PrescriptionQuery, limit: int) -> Sequence[Prescription]:
        """Those that match, latest first."""

    def next_number(self, dispositif: str, year: int) -> Number:
        """The number after the last one given; nobody else is given it if this transaction commits.

        A transaction that does not commit leaves no gap.
        """

    def archive(self, paper: ArchivedPaper) -> None:
        """Keep a document; an `original` is never written over."""

    def paper(self, prescription: str, kind: str) -> ArchivedPaper | None:
        """A document that is kept, None when there is none of that kind."""

    def settled(self, dispositif: str) -> SettledFiness | None:
        """What the site settled of a dispositif's FINESS, None while it did not."""

    def settle(self, settled: SettledFiness) -> None:
        """Keep it, in place of what was settled before."""


class NurseRecords(Protocol):
    """The directory of nurses."""

    def all(self) -> Sequence[Nurse]:
        """Everybody, by name."""

    def put(self, nurse: Nurse) -> None:
        """Add them, or replace the entry of that id."""

    def remove(self, nurse: str) -> bool:
        """Remove them; False when there is no entry of that id."""

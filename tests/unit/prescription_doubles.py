"""Prescriptions and nurses of a store that is only memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from osnp_console.app.people.session import UNNAMED, Session, Standing
from osnp_console.app.ports import Conflict, OpenUnit, StoreFailure
from osnp_console.app.prescription.print_records import WaitingPrint
from osnp_console.app.prescription.records import ArchivedPaper, PrescriptionQuery, SettledFiness
from osnp_console.app.prescription.site_records import SitePapers
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.domain.prescription.prescription import Number, Prescription
from tests.unit.desk_calls import MemoryJournal


class MemoryPrescriptions:
    """Prescriptions in a dictionary, with optimistic versions; what is written shows at once."""

    def __init__(self) -> None:
        self.kept: dict[str, Prescription] = {}
        self.numbers: dict[tuple[str, int], int] = {}
        self.papers: dict[tuple[str, str], ArchivedPaper] = {}
        self.finess: dict[str, SettledFiness] = {}

    def copy(self) -> MemoryPrescriptions:
        """The same, changed apart."""
        made = MemoryPrescriptions()
        made.kept, made.numbers = dict(self.kept), dict(self.numbers)
        made.papers, made.finess = dict(self.papers), dict(self.finess)
        return made

    def hold(self, name: str) -> None:
        """Nobody else is here."""

    def save(self, prescription: Prescription) -> Prescription:
        known = self.kept.get(prescription.id)
        if (known.version if known is not None else 0) != prescription.version:
            raise Conflict(prescription.call)
        self.kept[prescription.id] = replace(prescription, version=prescription.version + 1)
        return self.kept[prescription.id]

    def get(self, prescription: str) -> Prescription:
        if prescription not in self.kept:
            raise StoreFailure("introuvable", "Cette ordonnance n’est pas dans la base.")
        return self.kept[prescription]

    def by_number(self, number: str) -> Prescription:
        for one in self.kept.values():
            if one.number is not None and one.number.text == number:
                return one
        raise StoreFailure("introuvable", "Cette ordonnance n’est pas dans la base.")

    def of_call(self, call: str) -> Sequence[Prescription]:
        return [one for one in self.kept.values() if one.call == call]

    def find(self, query: PrescriptionQuery, limit: int) -> Sequence[Prescription]:
        """Only by state and number: the store's own tests are about the rest."""
        found = [one for one in self.kept.values() if not query.states or one.state in query.states]
        if query.number:
            found = [one for one in found if one.number is not None and one.number.text == query.number]
        return found[::-1][:limit]

    def next_number(self, dispositif: str, year: int) -> Number:
        rank = self.numbers.get((dispositif, year), 0) + 1
        self.numbers[dispositif, year] = rank
        return Number(dispositif, year, rank)

    def archive(self, paper: ArchivedPaper) -> None:
        if paper.kind == "original" and (paper.prescription, paper.kind) in self.papers:
            raise Conflict(paper.prescription)
        self.papers[paper.prescription, paper.kind] = paper

    def paper(self, prescription: str, kind: str) -> ArchivedPaper | None:
        return self.papers.get((prescription, kind))

    def settled(self, dispositif: str) -> SettledFiness | None:
        return self.finess.get(dispositif)

    def settle(self, settled: SettledFiness) -> None:
        self.finess[settled.dispositif] = settled


class MemoryNurses:
    """A directory of nurses in a dictionary."""

    def __init__(self, nurses: Sequence[Nurse] = ()) -> None:
        self.entries = {one.id: one for one in nurses}

    def all(self) -> Sequence[Nurse]:
        return sorted(self.entries.values(), key=lambda one: (one.name, one.id))

    def put(self, nurse: Nurse) -> None:
        self.entries[nurse.id] = nurse

    def remove(self, nurse: str) -> bool:
        return self.entries.pop(nurse, None) is not None


class MemorySitePapers:
    """What the site settled of its papers."""

    def __init__(self, kept: SitePapers | None = None) -> None:
        self.kept = kept

    def get(self) -> SitePapers | None:
        return self.kept

    def put(self, papers: SitePapers) -> None:
        self.kept = papers


class MemoryPrints:
    """Sheets that wait, in a dictionary."""

    def __init__(self, waiting: Sequence[WaitingPrint] = ()) -> None:
        self.waiting = {one.id: one for one in waiting}

    def put(self, waiting: WaitingPrint) -> None:
        self.waiting[waiting.id] = waiting

    def remove(self, waiting: str) -> bool:
        return self.waiting.pop(waiting, None) is not None

    def of_desk(self, desk: str) -> Sequence[WaitingPrint]:
        return [one for one in self.waiting.values() if one.desk == desk]


class PrescriptionStore:
    """A store of prescriptions, their papers, nurses and a journal, for whoever is signed in as `session`."""

    def __init__(self) -> None:
        self.prescriptions = MemoryPrescriptions()
        self.nurses = MemoryNurses()
        self.site_papers = MemorySitePapers()
        self.prints = MemoryPrints()
        self.journal: list[JournalEntry] = []
        self.session = UNNAMED

    def signed(self, person: str, *roles: str) -> None:
        """Whoever acts from now on."""
        self.session = Session(Standing.SIGNED_IN, person=person, name=person, roles=frozenset(roles))

    @property
    def unit(self) -> OpenUnit:
        """Opens a transaction that knows prescriptions, nurses and the journal."""
        return cast(OpenUnit, self._unit)

    @contextmanager
    def _unit(self) -> Iterator[PrescriptionUnit]:
        yield PrescriptionUnit(self)


class PrescriptionUnit:
    """One transaction: leaving it without `commit` writes nothing."""

    def __init__(self, store: PrescriptionStore) -> None:
        self._store = store
        self.session = store.session
        self.prescriptions = store.prescriptions.copy()
        self.nurses = MemoryNurses(store.nurses.all())
        self.site_papers = MemorySitePapers(store.site_papers.kept)
        self.prints = MemoryPrints(tuple(store.prints.waiting.values()))
        self.journal = MemoryJournal(store.journal)

    def commit(self) -> None:
        """Write for good."""
        self._store.prescriptions, self._store.nurses = self.prescriptions, self.nurses
        self._store.site_papers, self._store.prints = self.site_papers, self.prints
        self._store.journal += self.journal.waiting

"""A desk with a small invented catalogue, for tests that take calls without a window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import cast

from osnp_console.app.calls.calls_in_hand import CallsInHand
from osnp_console.app.calls.write_behind import WriteBehind
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.people.session import UNNAMED
from osnp_console.app.ports import Conflict, OpenUnit, PastEntry, StoreFailure
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.need import (
    CanTravel,
    NeededWithin,
    NoVitalEmergency,
    OfferServed,
    ReasonAmong,
)
from osnp_console.domain.criteria.person import AgeWithin
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.criteria.usual_care import RegularDoctor
from osnp_console.domain.desk import Desk
from osnp_console.domain.dispositif import Dispositif, Rule, Status
from osnp_console.domain.journal import JournalEntry, JournalLine
from tests.unit.strategies import COMMUNES, DEFINED, INSTANT, LISTED, REASONS, SOURCE, UNLISTED

DESK = Desk(role="osnp", sas="44", number=3)
NOW = INSTANT


def rule(name: str, criterion: Criterion) -> Rule:
    """A rule of one criterion."""
    return Rule(name, criterion, name, SOURCE)


LANDE_MG = Dispositif(
    "44-lande-mg", LISTED.cpts, "44", "medecine_generale", Status.IN_SERVICE, "Créneaux", SOURCE,
    rules=(
        rule("offre", OfferServed("medecine_generale")),
        rule("urgence_vitale", NoVitalEmergency()),
        rule("territoire", InTerritory(LISTED)),
        rule("motif", ReasonAmong(frozenset({"angine", "entorse"}), True)),
        rule("delai", NeededWithin(48)),
        rule("medecin_traitant", RegularDoctor(or_unavailable=True)),
        rule("deplacement", CanTravel()),
    ),
)  # fmt: skip
BOCAGE_ENFANTS = Dispositif(
    "44-bocage-enfants", UNLISTED.cpts, "44", "medecine_generale", Status.IN_SERVICE, "Enfants", SOURCE,
    rules=(
        rule("offre", OfferServed("medecine_generale")),
        rule("urgence_vitale", NoVitalEmergency()),
        rule("territoire", InTerritory(UNLISTED)),
        rule("age", AgeWithin(None, 15)),
    ),
)  # fmt: skip
CATALOGUE = Catalogue(
    "essai",
    "sha256:essai",
    (LANDE_MG, BOCAGE_ENFANTS),
    {one.cpts: one for one in (LISTED, UNLISTED)},
    DEFINED,
    {reason: reason.capitalize() for reason in REASONS},
)
GAZETTEER = Gazetteer.of(COMMUNES)


def check() -> CheckEligibility:
    """The use case over the small catalogue."""
    return CheckEligibility(CATALOGUE, GAZETTEER)


class DeskAtWork:
    """Calls in hand with what they kept and wrote in the journal."""

    def __init__(self) -> None:
        self.kept = WriteBehind()
        self.journal: list[JournalEntry] = []
        names = count(1)
        self.in_hand = CallsInHand(
            DESK, check(), self.kept, lambda: f"appel-{next(names)}", self.journal.append
        )

    @property
    def kinds(self) -> list[str]:
        """What the journal holds, by kind."""
        return [entry.kind for entry in self.journal]


class MemoryCalls:
    """The calls of a store that is a dictionary, with optimistic versions."""

    def __init__(self, saved: dict[str, CallRecord]) -> None:
        self._saved = saved
        self.waiting: dict[str, CallRecord] = {}

    def save(self, record: CallRecord) -> CallRecord:
        """As the port says."""
        held = self._saved.get(record.id)
        if (held.version if held is not None else 0) != record.version:
            raise Conflict(record.id)
        self.waiting[record.id] = replace(record, version=record.version + 1)
        return self.waiting[record.id]

    def get(self, call: str) -> CallRecord:
        """As the port says."""
        return self._saved[call]

    def held(self, call: str) -> CallRecord:
        """As the port says; nobody else is there."""
        return self.get(call)


class MemoryJournal:
    """A journal that is a list."""

    def __init__(self, written: list[JournalEntry]) -> None:
        self._written = written
        self.waiting: list[JournalEntry] = []

    def append(self, entry: JournalEntry) -> None:
        """As the port says."""
        self.waiting.append(entry)

    def of_call(self, call: str) -> list[PastEntry]:
        """As the port says; the lines are not sealed."""
        numbered = enumerate((*self._written, *self.waiting), 1)
        return [
            PastEntry(JournalLine(one.desk, number, one.at, one.kind, one.call, "", ""), dict(one.facts))
            for number, one in numbered
            if one.call == call
        ]


class MemoryStore:
    """A store in memory.

    `fails` makes the next commits fail, as a full disk does; `loses` loses the answers of the next ones
    that are done.
    """

    def __init__(self) -> None:
        self.calls: dict[str, CallRecord] = {}
        self.journal: list[JournalEntry] = []
        self.fails = 0
        self.loses = 0
        self.commits = 0

    @property
    def unit(self) -> OpenUnit:
        """Opens a transaction that can save and write, which is all that saving needs."""
        return cast(OpenUnit, self._unit)

    @contextmanager
    def _unit(self) -> Iterator[MemoryUnit]:
        yield MemoryUnit(self)


class MemoryUnit:
    """One transaction of the store in memory."""

    session = UNNAMED

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.calls = MemoryCalls(store.calls)
        self.journal = MemoryJournal(store.journal)

    def commit(self) -> None:
        """Write for good, or fail as a full disk does."""
        if self._store.fails:
            self._store.fails -= 1
            raise StoreFailure("disque", "Disque plein.")
        self._store.commits += 1
        self._store.calls.update(self.calls.waiting)
        self._store.journal.extend(self.journal.waiting)
        if self._store.loses:
            self._store.loses -= 1
            raise StoreFailure("reseau", "Le serveur ne répond plus.")


TOMORROW = NOW + timedelta(days=1)
TODAY: date = NOW.date()

"""Waiting lists read: the entries of a call, those of a list, and the list as a table to take away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from osnp_console.app.csv_table import table_text
from osnp_console.app.ports import OpenUnit
from osnp_console.app.waiting.words import LIST, STATE_WORDS
from osnp_console.domain import journal
from osnp_console.domain.clock import in_paris
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.waiting_entry import EntryState, WaitingEntry

Entries = tuple[WaitingEntry, ...]
COLUMNS = (
    "liste", "etat", "depuis", "jusqu_au", "nom", "prenoms", "naissance", "commune", "telephone", "courriel",
    "besoin", "priorite", "accord", "inscrit_le",
)  # fmt: skip
_OPEN = (EntryState.PREPARED, EntryState.REGISTERED, EntryState.CONTACTED)


def of_call(call: str) -> Callable[[OpenUnit], Entries]:
    """Work for the store: the entries made in a call, oldest first. Raises Forbidden."""

    def work(open_unit: OpenUnit) -> Entries:
        with open_unit() as unit:
            unit.session.require(Act.READ_CALLS)
            return tuple(unit.waiting.of_call(call))

    return work


def of_list(
    dispositif: str, desk: str, now: datetime, seen: Collection[str] | None = None
) -> Callable[[OpenUnit], Entries]:
    """Work for the store: everybody on a list, which is a reading of each of them: the journal says so.

    `seen` are the entries that this list showed here already, when it is read again to follow it: only
    those that came since are a reading. Who waits comes first, the one who has waited longest before the
    others. Raises Forbidden.
    """

    def work(open_unit: OpenUnit) -> Entries:
        with open_unit() as unit:
            unit.session.require(Act.READ_CALLS)
            entries = unit.waiting.of_list(dispositif)
            new = [one for one in entries if seen is None or one.id not in seen]
            if new or seen is None:
                told = {LIST: dispositif, "nombre": len(new)}
                unit.journal.append(JournalEntry(desk, now, journal.WAITING_READ, None, told))
                unit.commit()
        return in_order(entries, in_paris(now).date())

    return work


@dataclass(frozen=True, slots=True)
class ListCount:
    """How many of a list are still to be registered, wait, and have expired without anything else."""

    prepared: int = 0
    waiting: int = 0
    expired: int = 0


def counts(day: date) -> Callable[[OpenUnit], Mapping[str, ListCount]]:
    """Work for the store: how many wait on each list on a day; nobody is named. Raises Forbidden."""

    def work(open_unit: OpenUnit) -> Mapping[str, ListCount]:
        with open_unit() as unit:
            if not unit.session.may(Act.EXPORT):
                unit.session.require(Act.READ_CALLS)
            states: dict[str, Counter[EntryState]] = {}
            for one in unit.waiting.all():
                states.setdefault(one.dispositif, Counter())[one.state_on(day)] += 1
        return {
            key: ListCount(
                found[EntryState.PREPARED],
                found[EntryState.REGISTERED] + found[EntryState.CONTACTED],
                found[EntryState.EXPIRED],
            )
            for key, found in states.items()
        }

    return work


def by_id(entry: str) -> Callable[[OpenUnit], WaitingEntry]:
    """Work for the store: an entry as it stands. Raises StoreFailure (`introuvable`), Forbidden."""

    def work(open_unit: OpenUnit) -> WaitingEntry:
        with open_unit() as unit:
            unit.session.require(Act.READ_CALLS)
            return unit.waiting.get(entry)

    return work


def in_order(entries: Sequence[WaitingEntry], day: date) -> Entries:
    """Who is to be registered or waits, longest first; who expired; then the others, latest first."""
    waiting = [one for one in entries if one.state_on(day) in _OPEN]
    over = [one for one in entries if one.state_on(day) not in _OPEN]
    waiting.sort(key=lambda one: one.made_at)
    over.sort(key=lambda one: (one.state_on(day) is EntryState.EXPIRED, one.since), reverse=True)
    return (*waiting, *over)


@dataclass(frozen=True, slots=True)
class Table:
    """A list as CSV text, and how many people are in it."""

    text: str
    count: int


def export_list(
    dispositif: str, desk: str, now: datetime, commune: Callable[[str], str]
) -> Callable[[OpenUnit], Table]:
    """Work for the store: a list as CSV text, for whoever may take data away; the journal says who did.

    `commune` gives a name by its INSEE code, the code itself where it knows none. Raises Forbidden.
    """

    def work(open_unit: OpenUnit) -> Table:
        with open_unit() as unit:
            unit.session.require(Act.EXPORT)
            entries = unit.waiting.of_list(dispositif)
            told = {"quoi": "liste d’attente", LIST: dispositif, "nombre": len(entries)}
            unit.journal.append(JournalEntry(desk, now, journal.EXPORTED, None, told))
            unit.commit()
        day = in_paris(now).date()
        return Table(as_csv(in_order(entries, day), day, commune), len(entries))

    return work


def as_csv(entries: Sequence[WaitingEntry], day: date, commune: Callable[[str], str]) -> str:
    """Entries as CSV (semicolons, a heading); a cell that a spreadsheet would take for a formula is text."""
    return table_text(COLUMNS, (_row(one, day, commune) for one in entries))


def _row(one: WaitingEntry, day: date, commune: Callable[[str], str]) -> tuple[str, ...]:
    person = one.person
    return (
        one.dispositif,
        STATE_WORDS[one.state_on(day)],
        f"{in_paris(one.since):%Y-%m-%d %H:%M}",
        one.ends_on.isoformat() if one.ends_on is not None else "",
        person.name,
        person.first_names,
        person.birth,
        commune(person.commune) if person.commune else "",
        person.phone,
        person.mail,
        one.need,
        one.priority,
        f"{in_paris(one.consented_at):%Y-%m-%d}" if one.consented_at is not None else "",
        f"{in_paris(one.registered_at):%Y-%m-%d}" if one.registered_at is not None else "",
    )

"""Waiting lists read: the entries of a call, those of a list, and the list as a table to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from osnp_console.app.csv_table import guarded
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


def of_list(dispositif: str, desk: str, now: datetime) -> Callable[[OpenUnit], Entries]:
    """Work for the store: everybody on a list, which is a reading of each of them: the journal says so.

    Who waits comes first, the one who has waited longest before the others. Raises Forbidden.
    """

    def work(open_unit: OpenUnit) -> Entries:
        with open_unit() as unit:
            unit.session.require(Act.READ_CALLS)
            entries = unit.waiting.of_list(dispositif)
            told = {LIST: dispositif, "nombre": len(entries)}
            unit.journal.append(JournalEntry(desk, now, journal.WAITING_READ, None, told))
            unit.commit()
        return in_order(entries, in_paris(now).date())

    return work


def in_order(entries: Sequence[WaitingEntry], day: date) -> Entries:
    """Who is still to be registered or waits, longest first; then the others, latest first."""
    waiting = [one for one in entries if one.state_on(day) in _OPEN]
    over = [one for one in entries if one.state_on(day) not in _OPEN]
    waiting.sort(key=lambda one: one.made_at)
    over.sort(key=lambda one: one.since, reverse=True)
    return (*waiting, *over)


def export_list(
    dispositif: str, desk: str, now: datetime, communes: Mapping[str, str]
) -> Callable[[OpenUnit], str]:
    """Work for the store: a list as CSV text, for whoever may take data away; the journal says who did.

    `communes` are names by INSEE code. Raises Forbidden.
    """

    def work(open_unit: OpenUnit) -> str:
        with open_unit() as unit:
            unit.session.require(Act.EXPORT)
            entries = unit.waiting.of_list(dispositif)
            told = {"quoi": "liste d’attente", LIST: dispositif, "nombre": len(entries)}
            unit.journal.append(JournalEntry(desk, now, journal.EXPORTED, None, told))
            unit.commit()
        return as_csv(in_order(entries, in_paris(now).date()), in_paris(now).date(), communes)

    return work


def as_csv(entries: Sequence[WaitingEntry], day: date, communes: Mapping[str, str]) -> str:
    """Entries as CSV (semicolons, a heading); a cell that a spreadsheet would take for a formula is text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in entries:
        writer.writerow([guarded(text) for text in _row(one, day, communes)])
    return out.getvalue()


def _row(one: WaitingEntry, day: date, communes: Mapping[str, str]) -> tuple[str, ...]:
    person = one.person
    return (
        one.dispositif,
        STATE_WORDS[one.state_on(day)],
        f"{in_paris(one.since):%Y-%m-%d %H:%M}",
        one.ends_on.isoformat() if one.ends_on is not None else "",
        person.name,
        person.first_names,
        person.birth,
        communes.get(person.commune, person.commune),
        person.phone,
        person.mail,
        one.need,
        one.priority,
        f"{in_paris(one.consented_at):%Y-%m-%d}" if one.consented_at is not None else "",
        f"{in_paris(one.made_at):%Y-%m-%d}",
    )

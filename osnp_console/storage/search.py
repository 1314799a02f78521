"""The search line over past calls, and the persons of past calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence

from sqlalchemy import ColumnElement, Connection, false, or_, select

from osnp_console.app.ports import CallSummary
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_search import CallSearch, SearchKind, Term
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import fold
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.phone import phone_digits
from osnp_console.domain.same_person import KnownPerson, Person
from osnp_console.domain.typed_dates import DateRefused, read_birth
from osnp_console.storage import tables
from osnp_console.storage.rows import SUMMARY, AnyRow, summary_of
from osnp_console.storage.word_search import Clue, Span, find_keys
from osnp_console.storage.words import (
    BEGINNING,
    COMMUNE,
    NAME,
    OUTCOME,
    PHONE,
    REASON,
    SHORT,
    SHORTEST_PIECE,
    word,
)

CommuneCodes = Callable[[str], Collection[str]]
"""The INSEE codes that a search line's commune stands for (homonyms: all of them)."""

_c = tables.calls.c


def find_calls(
    connection: Connection, search: CallSearch, commune_codes: CommuneCodes, limit: int
) -> Sequence[CallSummary]:
    """The calls that match every term, most recent first; none for a line that says nothing."""
    if not search.terms:
        return []
    clues = [clue for term in search.terms for clue in _clues(term, commune_codes)]
    return _summaries(connection, find_keys(connection, clues, limit))


def _summaries(connection: Connection, keys: Sequence[int]) -> list[CallSummary]:
    statement = select(*SUMMARY).where(_c.key.in_(keys)).order_by(_c.taken_at.desc(), _c.key.desc())
    return [summary_of(row) for row in connection.execute(statement)]


def _clues(term: Term, commune_codes: CommuneCodes) -> list[Clue]:
    value = term.value
    if term.kind is SearchKind.NAME:
        # Folded, `o'brien` is two words.
        return [name_clue(part) for part in str(value).split()]
    if term.kind is SearchKind.DATE:
        assert isinstance(value, PartialDate)
        return [Clue((), _c.day.between(value.first, value.last), by_day=True)]
    if term.kind is SearchKind.PHONE:
        return [phone_clue(str(value))]
    if term.kind is SearchKind.COMMUNE:
        return [_one_of(COMMUNE, commune_codes(str(value)))]
    assert isinstance(value, tuple)
    if term.kind is SearchKind.REASON:
        return [_one_of(REASON, value)]
    return [_one_of(OUTCOME, value or ("",))]


def name_clue(name: str) -> Clue:
    """Calls of whose person a name begins so; `name` is folded, and one word."""
    holds = _has(word(NAME, name), whole=False)
    if len(name) <= SHORT:
        return Clue((Span(word(BEGINNING, name), whole=True),), holds)
    return Clue((Span(word(NAME, name), whole=False),), holds)


def phone_clue(digits: str) -> Clue:
    """Calls with a phone number that has these digits anywhere; `digits` is made of digits only."""
    # Numbers are the last of the sorted words, so that nothing else follows the first of them.
    inside = _c.found_by.like(f"% {PHONE}:%{digits}%")
    if len(digits) < SHORTEST_PIECE:
        return Clue((), inside)
    return Clue((Span(word(PHONE, digits), whole=False),), inside)


def _one_of(kind: str, texts: Collection[str]) -> Clue:
    if not texts:
        return Clue((), false())
    spans = tuple(Span(word(kind, text), whole=True) for text in sorted(texts))
    return Clue(spans, or_(*(_has(span.first, whole=True) for span in spans)))


def _has(text: str, *, whole: bool) -> ColumnElement[bool]:
    return _c.found_by.contains(f" {text} " if whole else f" {text}", autoescape=True)


def find_persons(connection: Connection, name: str, phone: str, limit: int) -> list[KnownPerson]:
    """Persons whose name begins so (every word of it), or who called from that phone; latest call first.

    `phone` is a whole number's national digits. An empty name or phone looks for nothing.
    """
    keys: set[int] = set()
    parts = fold(name).split()
    if parts:
        keys.update(find_keys(connection, [name_clue(part) for part in parts], limit))
    if phone:
        keys.update(find_keys(connection, [_one_of(PHONE, (phone,))], limit))
    statement = (
        select(_c.id, _c.taken_at, _c.sheet_values)
        .where(_c.key.in_(keys))
        .order_by(_c.taken_at.desc(), _c.key.desc())
        .limit(limit)
    )
    return [_person(row) for row in connection.execute(statement)]


def _person(row: AnyRow) -> KnownPerson:
    sheet = CallSheet(json.loads(row.sheet_values))
    numbers = (phone_digits(sheet.text(code)) for code in (fields.CALLER_PHONE, fields.PATIENT_PHONE))
    try:
        born = read_birth(sheet.text(facts.BIRTH), in_paris(row.taken_at).date()).date
    except DateRefused:
        born = None
    person = Person(
        sheet.text(fields.BIRTH_NAME), sheet.text(fields.FIRST_NAMES), born, frozenset(filter(None, numbers))
    )
    return KnownPerson(person, row.id, row.taken_at)

"""Finds calls by clues, whatever the number of past calls: a few steps through indexes.

A clue that few calls have is gathered whole, and the calls so found are asked for the other clues. Where
every clue is frequent, calls are walked from the most recent one, and enough of them are soon found.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from sqlalchemy import ColumnElement, Connection, and_, select

from osnp_console.storage import tables

FEW = 3000
_STEP = 400
_c, _w = tables.calls.c, tables.words.c


@dataclass(frozen=True, slots=True)
class Span:
    """The words of the index that begin with `first`, or that word alone."""

    first: str
    whole: bool

    @property
    def condition(self) -> ColumnElement[bool]:
        """The span as SQL: ranges, which every database can look up in an index."""
        if self.whole:
            return _w.word == self.first
        after = self.first[:-1] + chr(ord(self.first[-1]) + 1)
        return and_(_w.word >= self.first, _w.word < after)


@dataclass(frozen=True, slots=True)
class Clue:
    """What a call must have: a word in one of the spans, which is what `holds` says of its row.

    Without spans it can only be asked of a row.
    """

    spans: tuple[Span, ...]
    holds: ColumnElement[bool]

    @property
    def is_walkable(self) -> bool:
        """Whether the index has its calls in order."""
        return bool(self.spans) and all(span.whole for span in self.spans)


def find_keys(connection: Connection, clues: Sequence[Clue], limit: int) -> list[int]:
    """The calls that have every clue, most recent first."""
    few: set[int] | None = None
    frequent: list[Clue] = []
    for clue in clues:
        gathered = _gathered(connection, clue)
        if gathered is None:
            frequent.append(clue)
        else:
            few = gathered if few is None else few & gathered
            if not few:
                return []
    walkable = next((clue for clue in frequent if clue.is_walkable), None)
    if few is not None:
        walked: Iterator[int] = iter(sorted(few, reverse=True))
    elif walkable is not None:
        frequent.remove(walkable)
        walked = _walk(connection, walkable)
    else:
        return _newest(connection, frequent, limit)
    return list(islice(_having(connection, walked, frequent), limit))


def _gathered(connection: Connection, clue: Clue) -> set[int] | None:
    """Every call that has the clue; None when there are more than a few, or no index of it."""
    if not clue.spans:
        return None
    keys: set[int] = set()
    for span in clue.spans:
        found = connection.execute(select(_w.key).where(span.condition).limit(FEW + 1)).scalars().all()
        keys.update(found)
        if len(found) > FEW or len(keys) > FEW:
            return None
    return keys


def _walk(connection: Connection, clue: Clue) -> Iterator[int]:
    """Every call that has a walkable clue, most recent first, read a step at a time."""
    merged = heapq.merge(*(_walk_word(connection, span.first) for span in clue.spans), reverse=True)
    return (key for key, _ in groupby(merged))


def _walk_word(connection: Connection, word: str) -> Iterator[int]:
    statement = select(_w.key).where(_w.word == word).order_by(_w.key.desc()).limit(_STEP)
    keys = connection.execute(statement).scalars().all()
    while keys:
        yield from keys
        keys = connection.execute(statement.where(_w.key < keys[-1])).scalars().all()


def _newest(connection: Connection, clues: Sequence[Clue], limit: int) -> list[int]:
    statement = select(_c.key).where(*(clue.holds for clue in clues)).order_by(_c.key.desc()).limit(limit)
    return list(connection.execute(statement).scalars())


def _having(connection: Connection, keys: Iterable[int], clues: Sequence[Clue]) -> Iterator[int]:
    """Those of the calls that have every clue too, in the same order."""
    if not clues:
        yield from keys
        return
    rest = iter(keys)
    while step := list(islice(rest, _STEP)):
        statement = select(_c.key).where(_c.key.in_(step), *(clue.holds for clue in clues))
        has = set(connection.execute(statement).scalars())
        yield from (key for key in step if key in has)

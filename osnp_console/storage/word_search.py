"""Finds calls by clues, whatever the number of past calls: a few steps through indexes.

Calls that have a very rare clue are found in the index and asked for the other ones. Without a rare clue
the newest calls are asked, which mostly finds enough. Else the indexes of all clues are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import ColumnElement, Connection, Select, and_, func, intersect, or_, select

from osnp_console.storage import tables

FEW = 3000
"""Calls up to which a clue is rare: its calls are found in the index at once."""
STEP, RECENT = 400, 2000
"""Rows read at most before the search turns to the indexes: of a rare clue's calls, of the newest calls."""
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

    Where `holds` is a span of days (`by_day`), the calls' own index of days has them. Without either, rows
    must be asked.
    """

    spans: tuple[Span, ...]
    holds: ColumnElement[bool]
    by_day: bool = False

    @property
    def is_indexed(self) -> bool:
        """Whether an index has its calls."""
        return bool(self.spans) or self.by_day

    @property
    def is_one_word(self) -> bool:
        """Whether the index has its calls in order and each once."""
        return len(self.spans) == 1 and self.spans[0].whole

    @property
    def keys(self) -> Select[int]:
        """The calls that have it, as a query on an index alone; a call may come several times."""
        if self.by_day:
            return select(_c.key).where(self.holds)
        return select(_w.key).where(or_(*(span.condition for span in self.spans)))


def find_keys(connection: Connection, clues: Sequence[Clue], limit: int) -> list[int]:
    """The most recent calls that have every clue."""
    counts: dict[Clue, int] = {}
    for clue in clues:
        count = _count(connection, clue)
        if count == 0:
            return []
        if count is not None:
            counts[clue] = count
    rare, frequent = list(counts), [clue for clue in clues if clue not in counts]
    if not rare:
        everywhere = not any(clue.is_indexed for clue in frequent)
        found = _newest(connection, frequent, limit, everywhere=everywhere)
        enough = everywhere or len(found) == limit
        return found if enough else _through_indexes(connection, clues, limit)
    if frequent and min(counts.values()) > STEP:
        return _through_indexes(connection, clues, limit)
    keys = _common(connection, rare, None if frequent else limit)
    return list(islice(_having(connection, keys, frequent), limit))


def _count(connection: Connection, clue: Clue) -> int | None:
    """How often the index has the clue; None when that is more than a few times, or unknown."""
    if not clue.is_indexed:
        return None
    first = clue.keys.limit(FEW + 1).subquery()
    count = connection.execute(select(func.count()).select_from(first)).scalar() or 0
    return count if count <= FEW else None


def _common(connection: Connection, clues: Sequence[Clue], limit: int | None) -> Sequence[int]:
    """The most recent calls that have every one of some indexed clues, found in indexes alone."""
    if len(clues) == 1 and clues[0].is_one_word:
        (only,) = clues
        statement = only.keys.order_by(_w.key.desc()).limit(limit)
    else:
        both = intersect(*(clue.keys for clue in clues)) if len(clues) > 1 else clues[0].keys.distinct()
        found = both.subquery()
        statement = select(found.c.key).order_by(found.c.key.desc()).limit(limit)
    return connection.execute(statement).scalars().all()


def _newest(connection: Connection, clues: Sequence[Clue], limit: int, *, everywhere: bool) -> list[int]:
    """Calls that have every clue among the most recent ones, or among all of them."""
    statement = select(_c.key).where(*(clue.holds for clue in clues))
    if not everywhere:
        newest = connection.execute(select(func.max(_c.key))).scalar() or 0
        statement = statement.where(_c.key > newest - RECENT)
    return list(connection.execute(statement.order_by(_c.key.desc()).limit(limit)).scalars())


def _through_indexes(connection: Connection, clues: Sequence[Clue], limit: int) -> list[int]:
    """Where frequent clues seldom meet: the indexes are read whole, the rows of what they have in common."""
    others = [clue for clue in clues if not clue.is_indexed]
    keys = _common(connection, [clue for clue in clues if clue.is_indexed], None if others else limit)
    return list(islice(_having(connection, keys, others), limit))


def _having(connection: Connection, keys: Iterable[int], clues: Sequence[Clue]) -> Iterator[int]:
    """Those of the calls that have every clue too, in the same order."""
    if not clues:
        yield from keys
        return
    rest = iter(keys)
    while step := list(islice(rest, STEP)):
        statement = select(_c.key).where(_c.key.in_(step), *(clue.holds for clue in clues))
        has = set(connection.execute(statement).scalars())
        yield from (key for key in step if key in has)

"""A directory taken from a table, with a report line by line; what its columns mean is each directory's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from osnp_console.app.errors import Refusal
from osnp_console.domain.commune import fold

T = TypeVar("T")
Said = Mapping[str, str]
"""A line's cells by the names of their columns."""

NO_COLUMN = "La première ligne ne nomme pas de colonne «\u00a0{}\u00a0»."


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """A line of the table: what became of it, whose it is, and what to know.

    `outcome` is `ajoute`, `remplace` or `refuse`; `id` is the number of the person, None without one; `field`
    is the column that is wrong; `messages` are French sentences: why it was refused, or what to read again.
    """

    line: int
    outcome: str
    id: str | None = None
    name: str = ""
    field: str | None = None
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableImport(Generic[T]):
    """What can be taken, and the report on every line that holds something."""

    entries: tuple[T, ...]
    lines: tuple[ImportedLine, ...]
    ignored_columns: tuple[str, ...] = ()

    def count(self, outcome: str) -> int:
        """How many lines ended so."""
        return sum(one.outcome == outcome for one in self.lines)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the first line names: a known column or None for each cell, and the cells that name none."""

    names: tuple[str | None, ...]
    ignored: tuple[str, ...]


def read_columns(
    rows: Iterator[tuple[int, Sequence[str]]],
    headings: Mapping[str, Sequence[str]],
    needed: Iterable[tuple[str, str]],
) -> Columns:
    """Take the first line off a table as its heading.

    `headings` are what each column may be called, folded: no accents, no case, no punctuation; `needed` are
    the columns that must be there, each with what to call it. Raises Refusal where one of them is not.
    """
    by_heading = {heading: name for name, called in headings.items() for heading in called}
    _, cells = next(rows, (0, ()))
    names = tuple(by_heading.get(fold(cell)) for cell in cells)
    for name, what in needed:
        if name not in names:
            raise Refusal("champ_manquant", NO_COLUMN.format(what), name)
    return Columns(
        names, tuple(cell for cell, name in zip(cells, names, strict=True) if name is None and cell)
    )


@dataclass(frozen=True, slots=True)
class LineRead(Generic[T]):
    """What a line means: an entry, its key in the directory, its number (None without) and its name.

    `messages` are French sentences on what to read again.
    """

    entry: T
    key: str
    number: str | None
    name: str
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineReader(Generic[T]):
    """How a directory reads its lines.

    `read` raises Refusal; `named` is the name that a line says, also where it is refused; `twice` is the
    column to look at where an entry was said before, and the sentence, with room for that line's number.
    """

    read: Callable[[Said], LineRead[T]]
    named: Callable[[Said], str]
    twice: tuple[str, str]


def take_lines(
    lines: Iterable[tuple[int, Said]], reader: LineReader[T], there: Collection[str], ignored: tuple[str, ...]
) -> TableImport[T]:
    """Every line, with its number in the file; an entry said twice is taken once, the first time.

    `there` are the keys of the directory: a line of one of them replaces. Nothing is written.
    """
    report: list[ImportedLine] = []
    taken: dict[str, tuple[int, T]] = {}
    for number, said in lines:
        try:
            one = reader.read(said)
        except Refusal as refusal:
            name, told = reader.named(said), (refusal.message,)
            report.append(ImportedLine(number, "refuse", None, name, refusal.field, told))
            continue
        if one.key in taken:
            field, sentence = reader.twice
            told = (sentence.format(taken[one.key][0]),)
            report.append(ImportedLine(number, "refuse", one.number, reader.named(said), field, told))
            continue
        outcome = "remplace" if one.key in there else "ajoute"
        report.append(ImportedLine(number, outcome, one.number, one.name, None, one.messages))
        taken[one.key] = number, one.entry
    return TableImport(tuple(entry for _, entry in taken.values()), tuple(report), ignored)

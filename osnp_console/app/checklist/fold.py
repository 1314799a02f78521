"""Which lines of an arranged checklist are on screen: headings, entries, and what is folded."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from osnp_console.app.checklist.arrangement import Arrangement, Entry, Group, Run, Section

FOLDED_AT_FIRST = frozenset({Group.OUT_OF_SERVICE})


@dataclass(frozen=True, slots=True)
class Heading:
    """A group's title and how many entries stand under it."""

    group: Group
    count: int
    folded: bool

    @property
    def key(self) -> str:
        """Its place in the list across re-arrangements."""
        return f"g:{self.group.name}"

    @property
    def title(self) -> str:
        """The group's title; `Éligible` when there is one only."""
        agrees = self.count == 1 and self.group in (Group.ELIGIBLE, Group.REFUSED)
        return self.group.value.removesuffix("s") if agrees else self.group.value


@dataclass(frozen=True, slots=True)
class Fold:
    """`10 autres, même raison`: the rest of a run, shown or not."""

    group: Group
    run: str
    count: int
    opened: bool

    @property
    def key(self) -> str:
        """Its place in the list across re-arrangements."""
        return f"f:{self.run}"

    @property
    def words(self) -> str:
        """What the line says."""
        return f"{self.count} autres, même raison" if self.count > 1 else "1 autre, même raison"


Line = Heading | Fold | Entry


@dataclass(frozen=True, slots=True)
class Folding:
    """What the operator folded and opened in one call."""

    folded: Set[Group] = FOLDED_AT_FIRST
    opened: Set[str] = frozenset()

    def fold(self, group: Group) -> Folding:
        """With that group folded."""
        return Folding(self.folded | {group}, self.opened)

    def unfold(self, group: Group) -> Folding:
        """With that group unfolded."""
        return Folding(self.folded - {group}, self.opened)

    def open(self, run: str) -> Folding:
        """With the rest of that run shown."""
        return Folding(self.folded, self.opened | {run})

    def close(self, run: str) -> Folding:
        """With the rest of that run hidden."""
        return Folding(self.folded, self.opened - {run})

    def showing(self, arrangement: Arrangement, key: str) -> Folding:
        """The same, opened just as much as it takes to show an entry."""
        for section in arrangement.sections:
            for number, run in enumerate(section.runs):
                place = next((at for at, entry in enumerate(run.entries) if entry.key == key), None)
                if place is None:
                    continue
                folding = self.unfold(section.group) if section.group in self.folded else self
                if run.shown is not None and place >= run.shown:
                    folding = folding.open(_run_key(section, number))
                return folding
        return self


def lines(arrangement: Arrangement, folding: Folding) -> tuple[Line, ...]:
    """The lines on screen, in order."""
    return tuple(line for section in arrangement.sections for line in _section(section, folding))


def _section(section: Section, folding: Folding) -> Iterator[Line]:
    folded = section.group in folding.folded
    yield Heading(section.group, sum(len(run.entries) for run in section.runs), folded)
    if not folded:
        for number, run in enumerate(section.runs):
            yield from _run(section, number, run, folding)


def _run(section: Section, number: int, run: Run, folding: Folding) -> Iterator[Line]:
    if run.shown is None:
        yield from run.entries
        return
    key = _run_key(section, number)
    opened = key in folding.opened
    yield from run.entries[: run.shown]
    yield Fold(section.group, key, len(run.entries) - run.shown, opened)
    if opened:
        yield from run.entries[run.shown :]


def _run_key(section: Section, number: int) -> str:
    """The group, the reason, and which of several runs with that reason (one a département)."""
    reason = section.runs[number].reason
    before = sum(1 for run in section.runs[:number] if run.reason == reason)
    return f"{section.group.name}:{before}:{reason}"

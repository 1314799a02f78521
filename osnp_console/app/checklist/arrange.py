"""The checklist in the order an operator reads it: groups, rows, equal reasons together."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from osnp_console.app.checklist.access_words import serving
from osnp_console.app.checklist.arrangement import (
    Arrangement,
    DispositifEntry,
    Entry,
    Group,
    Run,
    Section,
    TerritoryEntry,
)
from osnp_console.app.checklist.check_eligibility import Answer
from osnp_console.app.checklist.deciding_reason import Reasons
from osnp_console.app.checklist.questions_left import only_territory, questions_of
from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Checklist, Node, Row
from osnp_console.domain.criteria.base import Finding
from osnp_console.domain.criteria.place import InTerritory, residence
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.facts import Fact
from osnp_console.domain.hours import Opening
from osnp_console.domain.natures import cpts_name, nature_name
from osnp_console.domain.states import State

FOLDED_FROM = {"refused": 5, "to_check": 9}
SHOWN_OF_A_FOLD = 3

Judge = Callable[[Dispositif], Answer]


class _Placed(NamedTuple):
    """Where a dispositif stands: its group, what places it there (smaller first), its entry.

    `cpts` is that of a territory that nobody lists, when that alone keeps the row from a verdict.
    """

    group: Group
    order: tuple[object, ...]
    entry: DispositifEntry
    cpts: str | None = None


class _Named(NamedTuple):
    """A row and its criteria of territory, ready for every order."""

    row: Row
    territories: tuple[Node, ...]


class Arranger:
    """Puts one checklist in order, as often as an answer is given.

    `out` are the dispositifs out of service with why; `defined` the facts the catalogue defines. Rows are
    sorted by name once: an order keeps it among equals. A row is placed anew only when one of its criteria
    finds something else than at the last order, or when its hours may have changed.
    """

    def __init__(
        self, checklist: Checklist, out: Iterable[tuple[Dispositif, str]], defined: Mapping[str, Fact]
    ) -> None:
        self._checklist = checklist
        self._defined = defined
        rows = sorted(checklist.rows, key=lambda row: _by_name(row.dispositif))
        self._rows = [_Named(row, _territories(row)) for row in rows]
        self._number = {id(row): number for number, row in enumerate(rows)}
        self._out = sorted(out, key=lambda one: (one[1], _by_name(one[0])))
        self._placed: list[_Placed | None] = [None] * len(rows)
        self._found: dict[int, Finding] = {}
        self._base: tuple[object, ...] = ()
        self._minute: datetime | None = None

    def arrange(self, judge: Judge, minute: datetime | None = None) -> Arrangement:
        """The order now; `judge` gives the ways in and hours of an eligible dispositif.

        Hours are told by the `minute`: within one, an eligible row keeps its place.
        """
        call = self._checklist.call
        here, reasons = departement_here(call), Reasons(call)
        self._displace((residence(call), here, call.text(facts.ROLE)))
        known = minute is not None and minute == self._minute
        self._minute = minute
        groups: dict[Group, dict[tuple[object, ...], list[_Placed]]] = {group: {} for group in Group}
        for number, (row, places) in enumerate(self._rows):
            placed = self._placed[number]
            if placed is None or (placed.group is Group.ELIGIBLE and not known):
                placed = self._placed[number] = self._place(row, places, here, reasons, judge)
            groups[placed.group].setdefault(placed.order, []).append(placed)
        for dispositif, why in self._out:
            order = (dispositif.departement != here, why)
            one = _Placed(Group.OUT_OF_SERVICE, order, DispositifEntry(dispositif, why))
            groups[Group.OUT_OF_SERVICE].setdefault(order, []).append(one)
        return Arrangement(tuple(_sections(groups)))

    def _displace(self, base: tuple[object, ...]) -> None:
        """Forget the place of each row that a criterion judges otherwise than at the last order."""
        if base != self._base:
            # Where the patient lives says how hard each refusal is, and which département comes first; the
            # role says which ways in there are.
            self._base = base
            self._placed = [None] * len(self._rows)
        for node in self._checklist.nodes:
            found = node.finding
            before = self._found.get(id(node))
            if found is not before:
                self._found[id(node)] = found
                if found != before:
                    self._displace_rows(node, before)

    def _displace_rows(self, node: Node, before: Finding | None) -> None:
        """A refused row stands where its unmet criteria and its territory put it, whatever else is found."""
        unmet = State.UNMET in (node.finding.state, before.state if before is not None else None)
        every = unmet or isinstance(node.criterion, InTerritory)
        for row in node.rows:
            if every or not row.unmet:
                self._placed[self._number[id(row)]] = None

    def _place(
        self, row: Row, places: tuple[Node, ...], here: str | None, reasons: Reasons, judge: Judge
    ) -> _Placed:
        dispositif = row.dispositif
        outside = not any(node.finding.state is State.MET for node in places)
        if row.unmet:
            hardness, words = reasons.of(row)
            away = dispositif.departement != here
            order: tuple[object, ...] = (away, -hardness, words, outside)
            return _Placed(Group.REFUSED, order, DispositifEntry(dispositif, words))
        if not row.unknown:
            order = (*opening_order(serving(judge(dispositif))), outside)
            return _Placed(Group.ELIGIBLE, order, DispositifEntry(dispositif))
        if (cpts := only_territory(row)) is not None:
            return _Placed(Group.TERRITORY, (), DispositifEntry(dispositif), cpts)
        asked = questions_of(row, self._defined)
        return _Placed(
            _to_check(len(asked)), (len(asked), asked, outside), DispositifEntry(dispositif, " ".join(asked))
        )


def departement_here(call: Call) -> str | None:
    """The patient's département, else that of the desk's SAS."""
    home = residence(call)
    return home.departement if home is not None else call.text(facts.SAS)


def opening_order(opening: Opening) -> tuple[int, float]:
    """Open now first, then the next opening, what is closed without an hour, what nobody says."""
    if opening.open:
        return (0, 0.0)
    if opening.open is None:
        return (3, 0.0)
    return (1, opening.opens_at.timestamp()) if opening.opens_at is not None else (2, 0.0)


def _to_check(questions: int) -> Group:
    if questions == 0:
        return Group.NOTHING_TO_ASK
    return Group.ONE_QUESTION if questions == 1 else Group.MORE_QUESTIONS


def _territories(row: Row) -> tuple[Node, ...]:
    return tuple(node for node in row.nodes if isinstance(node.criterion, InTerritory))


def _by_name(dispositif: Dispositif) -> tuple[str, str, str]:
    return _name(dispositif.cpts), nature_name(dispositif.nature), dispositif.id


@cache
def _name(cpts: str) -> str:
    """The name as it sorts: accents and capitals do not count."""
    plain = unicodedata.normalize("NFKD", cpts_name(cpts).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _sections(groups: Mapping[Group, Mapping[tuple[object, ...], list[_Placed]]]) -> Iterable[Section]:
    for group, orders in groups.items():
        if group is Group.TERRITORY and orders:
            yield Section(group, (Run("", _territory_entries(orders[()])),))
        elif orders:
            placed = [one for order in sorted(orders) for one in orders[order]]
            yield Section(group, _runs(group, placed))


def _territory_entries(placed: Iterable[_Placed]) -> tuple[Entry, ...]:
    territories: dict[str, list[Dispositif]] = {}
    for one in placed:
        if one.cpts is not None:
            territories.setdefault(one.cpts, []).append(one.entry.dispositif)
    entries = [TerritoryEntry(cpts, tuple(held)) for cpts, held in territories.items()]
    return tuple(sorted(entries, key=lambda entry: (_name(entry.cpts), entry.cpts)))


def _runs(group: Group, placed: list[_Placed]) -> tuple[Run, ...]:
    entries = [one.entry for one in placed]
    if group is Group.ELIGIBLE:
        return (Run("", tuple(entries)),)
    refused = group in (Group.REFUSED, Group.OUT_OF_SERVICE)
    least = FOLDED_FROM["refused" if refused else "to_check"]
    runs: list[Run] = []
    for reason, group_of in groupby(entries, key=attrgetter("reason")):
        same = tuple(group_of)
        runs.append(Run(reason, same, SHOWN_OF_A_FOLD if len(same) >= least else None))
    return tuple(runs)

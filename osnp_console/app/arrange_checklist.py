"""The checklist in the order an operator reads it: groups, rows, equal reasons together."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from osnp_console.app.access_words import serving
from osnp_console.app.arrangement import (
    Arrangement,
    DispositifEntry,
    Entry,
    Group,
    Run,
    Section,
    TerritoryEntry,
)
from osnp_console.app.check_eligibility import Answer
from osnp_console.app.deciding_reason import Reasons
from osnp_console.app.questions_left import only_territory, questions_of
from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Checklist, Node, Row
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
    """What places a dispositif in its group (smaller first), and what it folds on."""

    order: tuple[object, ...]
    dispositif: Dispositif
    reason: str


class _Named(NamedTuple):
    """A row and its criteria of territory, ready for every order."""

    row: Row
    territories: tuple[Node, ...]


class Arranger:
    """Puts one checklist in order, as often as an answer is given.

    `out` are the dispositifs out of service with why; `defined` the facts the catalogue defines. Rows are
    sorted by name once: an order keeps it among equals.
    """

    def __init__(
        self, checklist: Checklist, out: Iterable[tuple[Dispositif, str]], defined: Mapping[str, Fact]
    ) -> None:
        self._checklist = checklist
        self._defined = defined
        rows = sorted(checklist.rows, key=lambda row: _by_name(row.dispositif))
        self._rows = [_Named(row, _territories(row)) for row in rows]
        self._out = sorted(out, key=lambda one: (one[1], _by_name(one[0])))

    def arrange(self, judge: Judge) -> Arrangement:
        """The order now; `judge` gives the ways in and hours of an eligible dispositif."""
        call = self._checklist.call
        here, reasons = departement_here(call), Reasons(call)
        groups: dict[Group, list[_Placed]] = {group: [] for group in Group}
        territories: dict[str, list[_Placed]] = {}
        for row, places in self._rows:
            dispositif = row.dispositif
            outside = not any(node.finding.state is State.MET for node in places)
            if row.unmet:
                hardness, words = reasons.of(row)
                order: tuple[object, ...] = (dispositif.departement != here, -hardness, words, outside)
                groups[Group.REFUSED].append(_Placed(order, dispositif, words))
            elif not row.unknown:
                order = (*opening_order(serving(judge(dispositif))), outside)
                groups[Group.ELIGIBLE].append(_Placed(order, dispositif, ""))
            elif (cpts := only_territory(row)) is not None:
                territories.setdefault(cpts, []).append(_Placed((), dispositif, ""))
            else:
                asked = questions_of(row, self._defined)
                order = (len(asked), asked, outside)
                groups[_to_check(len(asked))].append(_Placed(order, dispositif, " ".join(asked)))
        groups[Group.OUT_OF_SERVICE] = [
            _Placed((dispositif.departement != here, why), dispositif, why) for dispositif, why in self._out
        ]
        return Arrangement(tuple(_sections(groups, territories)))


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


def _sections(
    groups: Mapping[Group, list[_Placed]], territories: Mapping[str, list[_Placed]]
) -> Iterable[Section]:
    for group, placed in groups.items():
        if group is Group.TERRITORY and territories:
            yield Section(group, (Run("", _territory_entries(territories)),))
        elif placed:
            placed.sort(key=itemgetter(0))
            yield Section(group, _runs(group, placed))


def _territory_entries(territories: Mapping[str, list[_Placed]]) -> tuple[Entry, ...]:
    entries = [
        TerritoryEntry(cpts, tuple(one.dispositif for one in placed)) for cpts, placed in territories.items()
    ]
    return tuple(sorted(entries, key=lambda entry: (_name(entry.cpts), entry.cpts)))


def _runs(group: Group, placed: list[_Placed]) -> tuple[Run, ...]:
    if group is Group.ELIGIBLE:
        return (Run("", tuple(DispositifEntry(one.dispositif) for one in placed)),)
    refused = group in (Group.REFUSED, Group.OUT_OF_SERVICE)
    least = FOLDED_FROM["refused" if refused else "to_check"]
    runs: list[Run] = []
    same: list[Entry] = []
    for number, one in enumerate(placed):
        same.append(DispositifEntry(one.dispositif, one.reason))
        if number + 1 == len(placed) or placed[number + 1].reason != one.reason:
            runs.append(Run(one.reason, tuple(same), SHOWN_OF_A_FOLD if len(same) >= least else None))
            same = []
    return tuple(runs)

"""The checklist in the order an operator reads it: groups, rows, equal reasons together."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from osnp_console.app.access_words import serving
from osnp_console.app.check_eligibility import Answer
from osnp_console.app.deciding_reason import deciding_reason
from osnp_console.app.questions_left import only_territory, questions_of
from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Checklist, Row
from osnp_console.domain.criteria.place import InTerritory, residence
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.facts import Fact
from osnp_console.domain.hours import Opening
from osnp_console.domain.natures import cpts_name, nature_name
from osnp_console.domain.states import State, Verdict

FOLDED_FROM = {"refused": 5, "to_check": 9}
SHOWN_OF_A_FOLD = 3


class Group(Enum):
    """The groups of the checklist, in their order; the value is the title on screen."""

    ELIGIBLE = "Éligibles"
    ONE_QUESTION = "À vérifier · une question"
    MORE_QUESTIONS = "À vérifier · plus d’une question"
    NOTHING_TO_ASK = "À vérifier · rien à demander à l’appelant"
    TERRITORY = "Territoire à confirmer"
    REFUSED = "Refusés"
    OUT_OF_SERVICE = "Hors service"


@dataclass(frozen=True, slots=True)
class DispositifEntry:
    """One dispositif; `reason` is what rows fold on."""

    dispositif: Dispositif
    reason: str = ""

    @property
    def key(self) -> str:
        """Its place in the list across re-arrangements."""
        return f"d:{self.dispositif.id}"


@dataclass(frozen=True, slots=True)
class TerritoryEntry:
    """A CPTS whose territory nobody lists, and its dispositifs that hang on that alone."""

    cpts: str
    dispositifs: tuple[Dispositif, ...]

    @property
    def key(self) -> str:
        """Its place in the list across re-arrangements."""
        return f"t:{self.cpts}"

    @property
    def fact(self) -> str:
        """The fact that the operator's gesture answers."""
        return facts.TERRITORY_PREFIX + self.cpts


Entry = DispositifEntry | TerritoryEntry


@dataclass(frozen=True, slots=True)
class Run:
    """Entries that follow each other for one same reason; long ones fold after the first `shown`."""

    reason: str
    entries: tuple[Entry, ...]
    shown: int | None = None

    @property
    def folds(self) -> bool:
        """Whether there are enough of them to fold."""
        return self.shown is not None


@dataclass(frozen=True, slots=True)
class Section:
    """A group that has entries."""

    group: Group
    runs: tuple[Run, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All its entries, folded or not."""
        return tuple(entry for run in self.runs for entry in run.entries)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The whole checklist in order."""

    sections: tuple[Section, ...] = ()

    def group_of(self, key: str) -> Group | None:
        """The group an entry stands in."""
        for section in self.sections:
            if any(entry.key == key for run in section.runs for entry in run.entries):
                return section.group
        return None

    def key_of(self, dispositif: str) -> str | None:
        """The key of the entry that holds the dispositif of that id: its own, or its CPTS's."""
        for section in self.sections:
            for run in section.runs:
                for entry in run.entries:
                    held = entry.dispositifs if isinstance(entry, TerritoryEntry) else (entry.dispositif,)
                    if any(one.id == dispositif for one in held):
                        return entry.key
        return None

    def first_eligible(self) -> Dispositif | None:
        """The dispositif to look at first."""
        for section in self.sections:
            entry = section.entries[0]
            if section.group is Group.ELIGIBLE and isinstance(entry, DispositifEntry):
                return entry.dispositif
        return None

    def keys(self) -> tuple[str, ...]:
        """The keys of all entries, in order."""
        return tuple(entry.key for section in self.sections for entry in section.entries)


Judge = Callable[[Dispositif], Answer]


@dataclass(slots=True)
class _Sorted:
    """What sorts one dispositif within its group: smaller first."""

    order: tuple[object, ...]
    dispositif: Dispositif
    reason: str = ""


def arrange(
    checklist: Checklist, out: Iterable[tuple[Dispositif, str]], defined: Mapping[str, Fact], judge: Judge
) -> Arrangement:
    """Put a checklist in order.

    `out` are the dispositifs out of service with why; `defined` the facts the catalogue defines; `judge`
    gives the ways in and hours of an eligible dispositif now (asked for eligible ones only).
    """
    call = checklist.call
    here = departement_here(call)
    groups: dict[Group, list[_Sorted]] = {group: [] for group in Group}
    territories: dict[str, list[_Sorted]] = {}
    for row in checklist.rows:
        dispositif = row.dispositif
        verdict = row.verdict
        if verdict is Verdict.NOT_ELIGIBLE:
            reason = deciding_reason(row, call)
            order: tuple[object, ...] = (dispositif.departement != here, -reason.hardness, reason.words)
            groups[Group.REFUSED].append(_sorted(row, order, reason.words))
        elif verdict is Verdict.ELIGIBLE:
            groups[Group.ELIGIBLE].append(_sorted(row, opening_order(serving(judge(dispositif)))))
        elif (cpts := only_territory(row)) is not None:
            territories.setdefault(cpts, []).append(_sorted(row, ()))
        else:
            asked = questions_of(row, defined)
            groups[_to_check(len(asked))].append(_sorted(row, (len(asked), asked), " ".join(asked)))
    for dispositif, why in out:
        order = (dispositif.departement != here, why, *_by_name(dispositif))
        groups[Group.OUT_OF_SERVICE].append(_Sorted(order, dispositif, why))
    sections = []
    for group, rows in groups.items():
        if group is Group.TERRITORY and territories:
            sections.append(Section(group, (Run("", _territory_entries(territories)),)))
        elif rows:
            sections.append(Section(group, _runs(group, rows)))
    return Arrangement(tuple(sections))


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


def _sorted(row: Row, order: tuple[object, ...], reason: str = "") -> _Sorted:
    dispositif = row.dispositif
    inside = any(
        node.finding.state is State.MET and isinstance(node.criterion, InTerritory) for node in row.nodes
    )
    return _Sorted((*order, not inside, *_by_name(dispositif)), dispositif, reason)


def _by_name(dispositif: Dispositif) -> tuple[str, str, str]:
    return _name(dispositif.cpts), nature_name(dispositif.nature), dispositif.id


@cache
def _name(cpts: str) -> str:
    """The name as it sorts: accents and capitals do not count."""
    plain = unicodedata.normalize("NFKD", cpts_name(cpts).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _territory_entries(territories: Mapping[str, list[_Sorted]]) -> tuple[Entry, ...]:
    entries = [
        TerritoryEntry(cpts, tuple(one.dispositif for one in sorted(rows, key=_order)))
        for cpts, rows in territories.items()
    ]
    return tuple(sorted(entries, key=lambda entry: (_name(entry.cpts), entry.cpts)))


def _order(one: _Sorted) -> tuple[object, ...]:
    return one.order


def _runs(group: Group, rows: list[_Sorted]) -> tuple[Run, ...]:
    rows.sort(key=_order)
    if group is Group.ELIGIBLE:
        return (Run("", tuple(DispositifEntry(one.dispositif) for one in rows)),)
    refused = group in (Group.REFUSED, Group.OUT_OF_SERVICE)
    least = FOLDED_FROM["refused" if refused else "to_check"]
    runs: list[Run] = []
    same: list[Entry] = []
    for number, one in enumerate(rows):
        same.append(DispositifEntry(one.dispositif, one.reason))
        if number + 1 == len(rows) or rows[number + 1].reason != one.reason:
            runs.append(Run(one.reason, tuple(same), SHOWN_OF_A_FOLD if len(same) >= least else None))
            same = []
    return tuple(runs)

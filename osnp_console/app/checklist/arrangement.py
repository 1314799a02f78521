"""An arranged checklist: groups of entries in order, and runs of entries that stand there for one reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from osnp_console.domain import facts
from osnp_console.domain.dispositif import Dispositif


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

"""The rows of the column of slots: what each one is, in which section it stands, whether it can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from osnp_console.app.slots.filters import BandCount
from osnp_console.app.slots.words import AGREEMENT, closed_words
from osnp_console.domain.clock import in_paris
from osnp_console.domain.facts import TERRITORY_PREFIX
from osnp_console.domain.slots.ranking import Group, RankedSlot
from osnp_console.domain.slots.ruling import Standing


class Section(Enum):
    """The groups of the column in their order, the second by its cause: title, mark, its colour, a note."""

    USABLE = ("Dispositif éligible", "eligible", "eligible", "")
    MISSING_ANSWER = ("Sous réserve\u202f: il manque une réponse", "verify", "verify", "")
    UNVERIFIED = ("Sous réserve\u202f: dispositif à vérifier", "verify", "verify", "")
    OVER_BOOKING = ("Surnuméraires", "plus", "muted", AGREEMENT)

    @property
    def title(self) -> str:
        """What the heading says."""
        return self.value[0]

    @property
    def mark(self) -> str:
        """The mark before the title."""
        return self.value[1]

    @property
    def role(self) -> str:
        """The colour of mark and title."""
        return self.value[2]

    @property
    def note(self) -> str:
        """What stands after the title."""
        return self.value[3]


_ORDER = {section: place for place, section in enumerate(Section)}


def section_of(one: RankedSlot) -> Section:
    """The section of a slot that can be had.

    A territory that nobody lists is the dispositif's doubt, not an answer of the caller's.
    """
    if one.group is Group.OVER_BOOKING:
        return Section.OVER_BOOKING
    if one.group is Group.USABLE:
        return Section.USABLE
    asked = [fact for fact in one.ruling.missing if not fact.startswith(TERRITORY_PREFIX)]
    return Section.MISSING_ANSWER if asked else Section.UNVERIFIED


def place_of(one: RankedSlot, section: Section) -> tuple[int, bool, datetime, float, str]:
    """What orders a row: section, regular doctor's own, soonest, nearest known."""
    far = one.km if one.km is not None else float("inf")
    return (_ORDER[section], not one.own_doctor, one.slot.start, far, one.slot.id)


class RowState(Enum):
    """What became of a row since it was put in its place."""

    FREE = "libre"
    CLOSED = "fermé"
    STARTED = "commencé"
    FULL = "complet"
    LOST = "pris"
    GONE = "plus annoncé"
    UNFIT = "ne convient plus"
    OTHER_DESK = "réservé à d’autres adresseurs"


_STATES = {
    Standing.FREE: RowState.FREE,
    Standing.TO_CHECK: RowState.FREE,
    Standing.CLOSED: RowState.CLOSED,
    Standing.STARTED: RowState.STARTED,
    Standing.FULL: RowState.FULL,
    Standing.REFUSED: RowState.UNFIT,
    Standing.NOT_THIS_DESK: RowState.OTHER_DESK,
}


def state_of(standing: Standing) -> RowState:
    """The state of a row whose slot is still announced."""
    return _STATES[standing]


@dataclass(frozen=True, slots=True)
class Loss:
    """When a slot was found taken, and the name of who said so."""

    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One row in its place. `loss` goes with `LOST` only."""

    one: RankedSlot
    section: Section
    state: RowState = RowState.FREE
    loss: Loss | None = None

    @property
    def id(self) -> str:
        """The slot's id."""
        return self.one.slot.id

    @property
    def can_be_chosen(self) -> bool:
        """Whether it may be selected and booked."""
        return self.state is RowState.FREE

    @property
    def state_words(self) -> str:
        """At the right of a row that can no longer be had; empty for one that can."""
        closes_at = self.one.ruling.closes_at
        if self.state is RowState.CLOSED and closes_at is not None:
            return closed_words(closes_at)
        return _WORDS[self.state]

    @property
    def loss_words(self) -> str:
        """Its second line once lost: `pris entre-temps · 10:02:24 · SAS 44`; else empty."""
        if self.loss is None:
            return ""
        return f"pris entre-temps · {in_paris(self.loss.at):%H:%M:%S} · {self.loss.source}"


_WORDS = {
    RowState.FREE: "",
    RowState.CLOSED: "fermé",
    RowState.STARTED: "déjà commencé",
    RowState.FULL: "complet",
    RowState.LOST: "n’est plus libre",
    RowState.GONE: "n’est plus annoncé",
    RowState.UNFIT: "ne convient plus",
    RowState.OTHER_DESK: "autre adresseur",
}


@dataclass(frozen=True, slots=True)
class RowGroup:
    """A section with its rows, in their order; `total` counts the slots it has, shown or not."""

    section: Section
    rows: tuple[SlotRow, ...]
    total: int = 0

    @property
    def note(self) -> str:
        """What stands after the title: that only the first are shown, else the section's own."""
        if self.total > len(self.rows):
            return f"les {len(self.rows)} premiers sur {self.total}, resserrer par les bandes"
        return self.section.note


def grouped(rows: Iterable[SlotRow], totals: Mapping[Section, int] | None = None) -> tuple[RowGroup, ...]:
    """The rows by section, each section once; the order of the rows is kept."""
    found: dict[Section, list[SlotRow]] = {}
    for row in rows:
        found.setdefault(row.section, []).append(row)
    known = totals or {}
    return tuple(
        RowGroup(section, tuple(found[section]), known.get(section, 0))
        for section in Section
        if section in found
    )


@dataclass(frozen=True, slots=True)
class Column:
    """What the column shows.

    `news` counts the slots that landed and wait to be shown; `is_stale` is True when the rows shown would
    stand otherwise. `selected` is the id of the chosen slot.
    """

    groups: tuple[RowGroup, ...]
    bands: tuple[BandCount, ...]
    news: int
    is_stale: bool
    selected: str | None

    @property
    def rows(self) -> tuple[SlotRow, ...]:
        """All rows, in order."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def notice(self) -> str:
        """What waits: `2 nouveaux créneaux`, `ordre à rafraîchir`; empty when nothing does."""
        if self.news:
            return "1 nouveau créneau" if self.news == 1 else f"{self.news} nouveaux créneaux"
        return "ordre à rafraîchir" if self.is_stale else ""

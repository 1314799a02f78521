"""Whether a slot can be had: the one function that decides it, for the list, the choice and the booking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from osnp_console.domain.checklist import Checklist, Row
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.slots.slot import CPTS, PRO, PUBLIC, SNP, Slot
from osnp_console.domain.states import State, Verdict

REFERRAL_RULE = "adressage"


class Standing(Enum):
    """What can be done with a slot for this patient, at this desk, now."""

    FREE = "libre"
    TO_CHECK = "sous_reserve"
    FULL = "complet"
    CLOSED = "ferme"
    STARTED = "commence"
    REFUSED = "refuse"
    NOT_THIS_DESK = "autre_adresseur"


PROPOSED = frozenset({Standing.FREE, Standing.TO_CHECK})
"""Standings of slots that are proposed."""


@dataclass(frozen=True, slots=True)
class Rights:
    """Which slot types this desk may use, a setting of the site.

    `territory` says whether a slot shown by a CPTS alone may be used when this desk may refer to a
    dispositif of it (SAS protocol note, section 15.4).
    """

    types: frozenset[str] = frozenset({PUBLIC, PRO, SNP})
    territory: bool = True


USUAL_RIGHTS = Rights()
KNOWN_TYPES = frozenset({PUBLIC, PRO, SNP, CPTS})


@dataclass(frozen=True, slots=True)
class Admission:
    """What a dispositif says of this call: its verdict, the facts it lacks, whether this desk may refer."""

    dispositif: Dispositif
    verdict: Verdict
    missing: tuple[str, ...] = ()
    may_refer: bool | None = None

    @property
    def takes(self) -> bool:
        """True unless it refuses or is out of service."""
        return self.verdict in (Verdict.ELIGIBLE, Verdict.TO_CHECK)


Admissions = Mapping[str, Admission]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided of a slot.

    `dispositifs` are the ids through which it may be had, those that take the patient for sure first.
    `closes_at` and `take_back_at` are the earliest of their clocks; None where no source gives one.
    `missing` are the facts to ask before booking.
    """

    standing: Standing
    dispositifs: tuple[str, ...] = ()
    closes_at: datetime | None = None
    take_back_at: datetime | None = None
    missing: tuple[str, ...] = ()

    @property
    def is_proposed(self) -> bool:
        """Whether the slot is in the list as one that can be had, for sure or under reserve."""
        return self.standing in PROPOSED


def admissions_of(checklist: Checklist) -> dict[str, Admission]:
    """Every dispositif's admission, as the checklist stands."""
    found = {one.id: Admission(one, Verdict.OUT_OF_SERVICE, may_refer=False) for one in checklist.dispositifs}
    for row in checklist.rows:
        found[row.dispositif.id] = Admission(row.dispositif, row.verdict, _missing(row), _may_refer(row))
    return found


def _missing(row: Row) -> tuple[str, ...]:
    lacking = (node.finding.missing for node in row.nodes if node.finding.state is State.UNKNOWN)
    return tuple(dict.fromkeys(fact for facts in lacking for fact in facts))


def _may_refer(row: Row) -> bool | None:
    states = {
        node.finding.state
        for rule, node in zip(row.rules, row.nodes, strict=True)
        if rule.id == REFERRAL_RULE
    }
    if State.UNMET in states:
        return False
    return None if State.UNKNOWN in states else True


class SlotRuling:
    """Decides slots for one call at one desk."""

    def __init__(self, admissions: Admissions, rights: Rights = USUAL_RIGHTS) -> None:
        self._admissions = admissions
        self._rights = rights
        self._ways: dict[frozenset[str], tuple[Admission, ...]] = {}

    def decide(self, slot: Slot, now: datetime) -> Ruling:
        """Whether the slot can be had at that instant, through which dispositifs, and until when.

        A slot of which no dispositif is known stays to check: not known is not refused.
        """
        if now >= slot.start:
            return Ruling(Standing.STARTED)
        tied = self._tied(slot.dispositifs)
        if self._may_use(slot, tied) is False:
            return Ruling(Standing.NOT_THIS_DESK)
        open_ways = [one for one in tied if one.takes]
        if tied and not open_ways:
            refers = [one for one in tied if one.may_refer is not False]
            return Ruling(Standing.REFUSED if refers else Standing.NOT_THIS_DESK)
        return self._decide_open(slot, open_ways, now)

    def _decide_open(self, slot: Slot, ways: list[Admission], now: datetime) -> Ruling:
        sure = [one for one in ways if one.verdict is Verdict.ELIGIBLE]
        closes_at, take_back_at = clocks_of(slot.start, [one.dispositif for one in sure or ways])
        ids = tuple(one.dispositif.id for one in (*sure, *(one for one in ways if one not in sure)))
        missing = () if sure else tuple(dict.fromkeys(fact for one in ways for fact in one.missing))
        if slot.capacity is not None and slot.capacity.left == 0:
            standing = Standing.FULL
        elif closes_at is not None and now >= closes_at:
            standing = Standing.CLOSED
        else:
            standing = Standing.FREE if sure else Standing.TO_CHECK
        return Ruling(standing, ids, closes_at, take_back_at, missing)

    def _tied(self, dispositifs: frozenset[str]) -> tuple[Admission, ...]:
        found = self._ways.get(dispositifs)
        if found is None:
            known = (self._admissions.get(name) for name in sorted(dispositifs))
            found = self._ways[dispositifs] = tuple(one for one in known if one is not None)
        return found

    def _may_use(self, slot: Slot, tied: tuple[Admission, ...]) -> bool | None:
        """Whether this desk may use a slot of those types; None where a code or the CPTS is not known."""
        if not slot.types or slot.types & self._rights.types:
            return True
        if CPTS in slot.types and self._rights.territory:
            refers = {one.may_refer for one in tied}
            if True in refers:
                return True
            if not tied or None in refers:
                return None
        return None if slot.types - KNOWN_TYPES else False


def clocks_of(start: datetime, dispositifs: Iterable[Dispositif]) -> tuple[datetime | None, datetime | None]:
    """When a slot closes and when the doctor may take it back: of several dispositifs, the earliest.

    None where no source gives a delay (contract, `ferme_a` and `reprise_a`).
    """
    said = [one.clocks for one in dispositifs if one.clocks is not None]
    closing = [clocks.closing_minutes for clocks in said if clocks.closing_minutes is not None]
    take_back = [clocks.take_back_minutes for clocks in said if clocks.take_back_minutes is not None]
    return (
        _before(start, max(closing)) if closing else None,
        _before(start, max(take_back)) if take_back else None,
    )


def _before(start: datetime, minutes: int) -> datetime:
    """So many minutes that pass, over a change of the clocks too."""
    return (start.astimezone(UTC) - timedelta(minutes=minutes)).astimezone(start.tzinfo)

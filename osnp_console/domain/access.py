"""How a dispositif is reached, by whom, and when it answers and sees patients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from osnp_console.domain.hours import NOT_SAID, Hours, Opening
from osnp_console.domain.roles import SAS_GROUP, SAS_ROLES, also_counts_as
from osnp_console.domain.sources import Source
from osnp_console.domain.transfer.line import Line


class Mode(Enum):
    """What the desk does to reach the dispositif (`acces.mode` of the contract)."""

    AGENDA = "agenda"
    TRANSFER = "transfert"
    LINE = "ligne"
    DIRECTION = "orientation"
    REGISTRATION = "inscription"
    PRESCRIPTION = "ordonnance"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in E.164; `for_patients` is None where the source does not say whether to give it."""

    number: str
    for_patients: bool | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """One way in: its mode, tool, line and hours, and the roles it is for (none named: all).

    `line` is there when somebody answers who is called for a patient; `steps` are the values of the steps
    that the source gives it, `to_say` and `afterwards` what the source says in words.
    """

    mode: Mode | None
    source: Source
    roles: frozenset[str] = frozenset()
    name: str | None = None
    tool: str | None = None
    phone: Phone | None = None
    hours: Hours | None = None
    search_words: str | None = None
    account: str | None = None
    steps: tuple[str, ...] = ()
    to_say: tuple[str, ...] = ()
    afterwards: tuple[str, ...] = ()
    line: Line | None = None

    def is_for(self, role: str | None) -> bool:
        """True when this way is for that role; a role that is not known may use every way."""
        if role is None or not self.roles:
            return True
        titles = (*also_counts_as(role), *((SAS_GROUP,) if role in SAS_ROLES else ()))
        return not self.roles.isdisjoint(titles)

    def opening(self, instant: datetime) -> Opening:
        """Whether the line answers at that instant; not known where no source gives its hours."""
        return self.hours.at(instant) if self.hours is not None else NOT_SAID


@dataclass(frozen=True, slots=True)
class Reception:
    """Where and when patients are seen, or nurses go out."""

    place: str | None = None
    commune: str | None = None
    hours: Hours | None = None
    source: Source | None = None

    def opening(self, instant: datetime) -> Opening:
        """Whether patients are seen at that instant."""
        return self.hours.at(instant) if self.hours is not None else NOT_SAID


NOWHERE_SAID = Reception()


def ways_in(accesses: Iterable[Access], role: str | None) -> tuple[Access, ...]:
    """The ways open to a role, best first (the catalogue's order)."""
    return tuple(access for access in accesses if access.is_for(role))

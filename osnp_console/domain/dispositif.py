"""A dispositif: its rules, ways in, hours, slots' clocks, doubts, each with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from osnp_console.domain.access import NOWHERE_SAID, Access, Reception
from osnp_console.domain.criteria.base import Criterion, Finding
from osnp_console.domain.dates import ALWAYS, Validity
from osnp_console.domain.roles import SAS_GROUP, SAS_ROLES, also_counts_as
from osnp_console.domain.sources import Doubt, Source
from osnp_console.domain.states import State
from osnp_console.domain.waiting_list import WaitingList


class Status(Enum):
    """What the source says of the dispositif's life (`statut` of `dispositifs.csv`)."""

    IN_SERVICE = "en_service"
    TRIAL = "experimentation"
    TRIAL_CLOSED = "experimentation_close"
    PLANNED = "prevu"
    CONSIDERED = "en_reflexion"
    NONE_KNOWN = "aucun_connu"
    NOT_DESCRIBED = "non_renseigne"


EVERYBODY = "tous"
SERVING = frozenset({Status.IN_SERVICE, Status.TRIAL})

WHY_OUT_OF_SERVICE: Mapping[Status, str] = {
    Status.TRIAL_CLOSED: "Expérimentation terminée.",
    Status.PLANNED: "Prévu, pas encore ouvert.",
    Status.CONSIDERED: "En réflexion, pas ouvert.",
    Status.NONE_KNOWN: "Aucun dispositif connu à ce jour.",
    Status.NOT_DESCRIBED: "Non décrit par la source.",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One criterion of a dispositif: what is judged, how it is called, where it comes from, when in force."""

    id: str
    criterion: Criterion
    label: str
    source: Source | None
    refusal: str | None = None
    validity: Validity = ALWAYS

    def said(self, finding: Finding) -> str | None:
        """The finding's sentence, or the rule's own refusal when it is unmet."""
        return self.refusal if finding.state is State.UNMET and self.refusal else finding.text


@dataclass(frozen=True, slots=True)
class SlotClocks:
    """What a source says of the slots; minutes before the start, days ahead. Absent is not said."""

    source: Source
    closing_minutes: int | None = None
    take_back_minutes: int | None = None
    horizon_days: int | None = None
    duration_minutes: int | None = None
    sessions: int | None = None
    volume: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Who is told when a slot is booked by `booked_by` (a role, `sas`, or `tous`)."""

    booked_by: str
    source: Source
    doctor: bool | None = None
    patient: bool | None = None


def notice_for(notices: Iterable[Notice], role: str) -> Notice | None:
    """Who is told when a desk of that role books: what is said of the role, of its group, then of all.

    None where the source says nothing of such a desk: whether anybody is told is then not known.
    """
    titles = (*also_counts_as(role), *((SAS_GROUP,) if role in SAS_ROLES else ()), EVERYBODY)
    said = list(notices)
    return next((one for title in titles for one in said if one.booked_by == title), None)


@dataclass(frozen=True, slots=True)
class NurseVisit:
    """A nurse dispositif: regime (`jour`, `astreinte`, `propre`), delay, places, acts, FINESS.

    `headings` are the lines that its source's form has under the title; none where it shows no form.
    """

    source: Source
    regime: str
    delay_hours: int | None = None
    places: tuple[str, ...] = ()
    then: str | None = None
    acts: tuple[str, ...] = ()
    finess: str | None = None
    report: str | None = None
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """Advice of the source that is no criterion."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Dispositif:
    """One row of the catalogue. Of several rules with one id only the one in force is judged."""

    id: str
    cpts: str
    departement: str
    nature: str
    status: Status
    summary: str
    source: Source
    validity: Validity = ALWAYS
    rules: tuple[Rule, ...] = ()
    accesses: tuple[Access, ...] = ()
    reception: Reception = NOWHERE_SAID
    clocks: SlotClocks | None = None
    notices: tuple[Notice, ...] = ()
    waiting_list: WaitingList | None = None
    nurse_visit: NurseVisit | None = None
    advice: tuple[Advice, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    website: str | None = None

    def out_of_service(self, day: date) -> str | None:
        """Why nothing is in service on that day, in French; None when it serves.

        An experiment counts as in service (contract, `verdict`).
        """
        if self.status not in SERVING:
            return WHY_OUT_OF_SERVICE[self.status]
        if self.validity.covers(day):
            return None
        if self.validity.start is not None and day < self.validity.start:
            return f"Ouvre le {self.validity.start:%d/%m/%Y}."
        return f"Terminé depuis le {self.validity.end:%d/%m/%Y}."

    def rules_in_force(self, day: date) -> tuple[Rule, ...]:
        """The rules that count on that day."""
        return tuple(rule for rule in self.rules if rule.validity.covers(day))

"""From the resources of a searchset to slots. Knows no network.

`Searchset.add` takes the entries of one page after the other, in any order; `Searchset.slots` gives the
slots, those whose schedule, practitioner or place may still come with another page last. One resource that
cannot be read loses itself, and is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from osnp_console.connectors.fhir import resources as fhir
from osnp_console.connectors.fhir.codes import UNREADABLE, SlotCodes
from osnp_console.connectors.fhir.instants import read_instant
from osnp_console.connectors.fhir.national_ids import structure_of
from osnp_console.connectors.fhir.parties import Party, party_of
from osnp_console.connectors.fhir.references import References
from osnp_console.domain.slots.slot import BookingMode, Origin, Slot, slot_id

FREE = "free"
_WEB = ("http://", "https://")


@dataclass(slots=True)
class Tally:
    """What was met: slots `read`, resources `rejected`, and what an OperationOutcome among them `said`."""

    read: int = 0
    rejected: int = 0
    said: str | None = None


@dataclass(frozen=True, slots=True)
class SlotSource:
    """What every slot of a source has: whose it is, when it was seen, how it is booked."""

    id: str
    dispositifs: frozenset[str]
    seen_at: datetime
    mode: BookingMode = BookingMode.PORTAL


@dataclass(frozen=True, slots=True)
class Window:
    """Starts from `start` to `end`, both included."""

    start: datetime
    end: datetime


class Searchset:
    """One answer, over all its pages."""

    def __init__(self, source: SlotSource, window: Window) -> None:
        self.tally = Tally()
        self._source = source
        self._window = window
        self._references = References()
        self._codes = SlotCodes()
        self._parties: dict[str, Party] = {}
        self._waiting: list[tuple[str, fhir.SlotResource]] = []
        self._seen: set[str] = set()
        self._has_schedules = False

    def add(self, entries: Iterable[msgspec.Raw]) -> None:
        """Read raw entries: slots wait to be asked for, what they point to is remembered."""
        for raw in entries:
            resource: fhir.Known | None = None
            try:
                entry = fhir.ENTRY.decode(raw)
                resource = fhir.RESOURCE.decode(entry.resource)
            except UNREADABLE:
                self.tally.rejected += 1
                continue
            if isinstance(resource, fhir.SlotResource):
                name = f"Slot/{resource.id}" if resource.id else entry.full_url or ""
                self._waiting.append((name, resource))
            elif isinstance(resource, fhir.OperationOutcome):
                self.tally.said = self.tally.said or said_by(resource)
            else:
                self._has_schedules = self._has_schedules or isinstance(resource, fhir.Schedule)
                self._references.add(entry.full_url, resource)

    def slots(self, most: int, *, more_to_come: bool) -> Iterator[list[Slot]]:
        """The slots to show among those that wait, in lists made of at most `most` resources.

        With `more_to_come` those that point to something which is not there yet go on waiting.
        """
        waiting, self._waiting = self._waiting, []
        for first in range(0, len(waiting), most):
            made = []
            for name, resource in waiting[first : first + most]:
                if more_to_come and not self._is_whole(resource):
                    self._waiting.append((name, resource))
                    continue
                slot = self._read(name, resource)
                if slot is not None:
                    made.append(slot)
            yield made

    @property
    def has_agendas_only(self) -> bool:
        """Whether there were schedules and not one slot of theirs."""
        return self._has_schedules and not (self.tally.read or self.tally.rejected)

    def _is_whole(self, resource: fhir.SlotResource) -> bool:
        schedule = self._references.get(resource.schedule, fhir.Schedule)
        if schedule is None:
            return False
        try:
            links = self._codes.service(resource.service_type).cpts
        except UNREADABLE:
            links = ()
        return all(self._references.has(one) for one in (*(schedule.actor or ()), *links))

    def _read(self, name: str, resource: fhir.SlotResource) -> Slot | None:
        """The slot, when it is free, within the window, and ends after it starts; counts it either way.

        A slot that comes twice (on two pages, say) is one.
        """
        if name in self._seen:
            return None
        try:
            slot = self._slot(name, resource)
        except UNREADABLE:
            self.tally.rejected += 1
            return None
        self._seen.add(name)
        self.tally.read += 1
        if resource.status != FREE or slot.end <= slot.start:
            return None
        return slot if self._window.start <= slot.start <= self._window.end else None

    def _slot(self, name: str, resource: fhir.SlotResource) -> Slot:
        if not (resource.start and resource.end and resource.status and name):
            raise ValueError("a mandatory element is missing")
        party = self._party(resource.schedule)
        start = read_instant(resource.start)
        service = self._codes.service(resource.service_type)
        walk_in = self._codes.is_walk_in(resource.appointment_type)
        comment = (resource.comment or "").strip()
        url = comment if not walk_in and comment.lower().startswith(_WEB) else None
        source = self._source
        mode = source.mode if url or source.mode is not BookingMode.PORTAL else None
        return Slot(
            id=slot_id(party.practitioner, party.place, start),
            start=start,
            end=read_instant(resource.end),
            practitioner=party.practitioner,
            place=party.place,
            origins=(Origin(source.id, name, source.seen_at, None if walk_in else mode, url),),
            types=self._codes.types(resource.meta.security if resource.meta is not None else fhir.NOTHING),
            modalities=service.modalities,
            walk_in=walk_in,
            reasons=service.reasons,
            specialties=self._codes.specialties(resource.specialty),
            cpts=self._shown_by(service.cpts) if service.cpts else frozenset(),
            dispositifs=source.dispositifs,
        )

    def _party(self, pointer: fhir.Reference | None) -> Party:
        name = (pointer.reference if pointer is not None else None) or ""
        party = self._parties.get(name)
        if party is None:
            schedule = self._references.get(pointer, fhir.Schedule)
            if schedule is None:
                raise ValueError("no schedule")
            party = self._parties[name] = party_of(schedule, self._references)
        if not party.is_known:
            raise ValueError("neither practitioner nor place")
        return party

    def _shown_by(self, links: Sequence[fhir.Reference]) -> frozenset[str]:
        """The FINESS numbers, without prefix, of the CPTS that the links lead to."""
        found = set()
        for link in links:
            service = self._references.get(link, fhir.HealthcareService)
            provider = service.provided_by if service is not None else None
            organization = self._references.get(provider, fhir.Organization)
            if organization is None:
                organization = self._references.get(link, fhir.Organization)
            number = structure_of(organization.identifier) if organization is not None else None
            if number is not None and number.startswith("1"):
                found.add(number[1:])
        return frozenset(found)


def said_by(outcome: fhir.OperationOutcome) -> str | None:
    """What an OperationOutcome says; None where it says nothing."""
    for issue in outcome.issue or ():
        text = issue.diagnostics or (issue.details.text if issue.details is not None else None)
        if text and text.strip():
            return text.strip()
    return None

"""The invented editor as a whole: which request is answered by what."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from osnp_console.connectors.simulator import capability, codes, writing
from osnp_console.connectors.simulator.accounts import Accounts
from osnp_console.connectors.simulator.asking import Answer, Asked, Json, Refused, accepts_json
from osnp_console.connectors.simulator.bookings import Bookings, slot_of
from osnp_console.connectors.simulator.searching import Place, search_schedules, search_slots
from osnp_console.connectors.simulator.world import Opening, World

DIRECT = "agenda"
"""First part of the base address under which a search need not name practitioners: `/agenda/fhir`."""
_KINDS = frozenset(
    {
        "Appointment",
        "HealthcareService",
        "Location",
        "Organization",
        "Practitioner",
        "PractitionerRole",
        "Schedule",
        "Slot",
    }
)


@dataclass(frozen=True, slots=True)
class _Target:
    """A request's address taken apart: base, kind of resource (or `metadata`), id."""

    base: tuple[str, ...]
    kind: str
    id: str | None


class Editor:
    """Answers requests about one world, one after the other."""

    def __init__(self, world: World, clock: Callable[[], datetime], address: str) -> None:
        self.world, self._clock, self._address = world, clock, address
        self._lock = threading.RLock()
        self._bookings = Bookings(world, self._is_to_come)
        self._accounts = Accounts()

    def take(self, slot: str) -> None:
        """Somebody else takes a slot; raises KeyError where there is none of that id."""
        with self._lock:
            self._bookings.take(slot)

    def answer(self, asked: Asked, quirks: frozenset[str] = frozenset()) -> Answer:
        """Do what is asked; a refusal is an answer too."""
        try:
            if not accepts_json(asked):
                raise Refused(406, "not-supported", "Seul le JSON FHIR est produit.")
            target = _target(asked.route)
            base = "/".join((self._address, *target.base))
            with self._lock:
                return self._route(asked, target, base, quirks)
        except Refused as refused:
            return refused.answer

    def owners(self, asked: Asked) -> frozenset[str]:
        """The RPPS and SIRET that a request is about: named in it, or of the slot that it books."""
        named = {
            token.rpartition("|")[2][1:]
            for name, value in asked.query
            if name.endswith("identifier")
            for token in value.split(",")
        }
        if asked.method in ("POST", "PUT") and "Appointment" in asked.route:
            named |= self._owners_of_slot(self.booked_slot(asked))
        elif "Slot" in asked.route[-2:-1]:
            named |= self._owners_of_slot(asked.route[-1])
        return frozenset(named)

    def booked_slot(self, asked: Asked) -> str | None:
        """The slot that a request books, None where it names none that exists."""
        try:
            found = json.loads(asked.body)
            slot = slot_of(found) if isinstance(found, dict) else None
        except (ValueError, RecursionError, Refused):
            return None
        return slot if slot in self.world.opening else None

    def _owners_of_slot(self, slot: str | None) -> set[str]:
        opening = self.world.opening.get(slot or "")
        return {self.world.owner(opening.agenda)} if opening is not None else set()

    def _is_to_come(self, opening: Opening) -> bool:
        return opening.start >= self._clock()

    def _route(self, asked: Asked, target: _Target, base: str, quirks: Collection[str]) -> Answer:
        place = Place(
            base=base,
            pages=f"{self._address}/rdv",
            is_free=self._bookings.is_free,
            is_to_come=self._is_to_come,
            everybody=target.base[:1] == (DIRECT,),
            quirks=frozenset(quirks),
        )
        match asked.method, target.kind, target.id:
            case "GET", "metadata", None:
                return Answer(200, capability.statement(self.world.made_at, base))
            case "GET", "Slot", None:
                return search_slots(self.world, asked, place)
            case "GET", "Schedule", None:
                return search_schedules(self.world, asked, place)
            case "POST", "Practitioner", None:
                return self._accounts.create(asked, base)
            case "PUT", "Practitioner", None:
                return self._accounts.update(asked, base)
            case "GET", "Appointment", None:
                return self._bookings.search(asked, base)
            case "POST", "Appointment", None:
                return self._bookings.create(asked, base)
            case "PUT", "Appointment", id_:
                return self._bookings.update(asked, base, id_)
            case "GET", "Appointment", str(id_):
                return self._bookings.read(id_)
            case "GET", "Practitioner", str(id_) if self._accounts.has(id_):
                return self._accounts.read(id_)
            case "GET", kind, str(id_):
                return Answer(200, self._resource(kind, id_, place))
        raise Refused(405, "not-supported", "Cette interaction n’existe pas ici.")

    def _resource(self, kind: str, id_: str, place: Place) -> Json:
        world = self.world
        match kind:
            case "Slot" if id_ in world.opening:
                opening = world.opening[id_]
                profile = codes.PS_SLOT if opening.agenda in world.practice else codes.SOS_SLOT
                status = "free" if place.is_free(opening) else "busy"
                return writing.write_slot(opening, opening.agenda, profile, place.pages, status=status)
            case "Schedule" if id_ in world.practice:
                return writing.practice_schedule(world.practice[id_])
            case "Schedule" if id_ in world.site:
                return writing.site_schedule(world.site[id_])
            case "Practitioner" if id_ in world.doctor:
                return writing.write_practitioner(world.doctor[id_])
            case "PractitionerRole" if id_ in world.practice:
                return writing.write_role(world.practice[id_])
            case "HealthcareService" if id_ in world.community:
                return writing.write_service(world.community[id_])
            case "Organization" if id_ in world.community:
                return writing.write_community(world.community[id_])
            case "Organization" if id_ in world.association:
                return writing.write_association(world.association[id_])
            case "Location" if id_ in world.site:
                return writing.write_site(world.site[id_])
        raise Refused(404, "not-found", "Cette ressource n’existe pas.")


def _target(route: tuple[str, ...]) -> _Target:
    """The base is whatever comes before the resource: one editor serves many addresses."""
    if route[-1:] == ("metadata",):
        return _Target(route[:-1], "metadata", None)
    if route and route[-1] in _KINDS:
        return _Target(route[:-1], route[-1], None)
    if len(route) > 1 and route[-2] in _KINDS:
        return _Target(route[:-2], route[-2], route[-1])
    raise Refused(404, "not-found", "Rien à cette adresse.")

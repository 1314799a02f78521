"""Searches: slots of practitioners and CPTS, slots of SOS Médecins sites (SAS note, sections 2 to 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from osnp_console.connectors.simulator import codes, writing
from osnp_console.connectors.simulator.asking import (
    Answer,
    Asked,
    Json,
    Refused,
    read_identifiers,
    read_window,
)
from osnp_console.connectors.simulator.world import Opening, World

MOST = 25
"""Identifiers in one search (SAS note, sections 2.1 and 4)."""
MOST_SITES_WRITTEN = 10
"""What the functional page says of SOS Médecins; an editor may hold to it (section 12.14)."""

_BY_PRACTITIONER = "schedule.actor:Practitioner.identifier"
_BY_ASSOCIATION = "actor:Location.organization.identifier"
_HAS_START, _HAS_STATUS = "_has:Slot:schedule:start", "_has:Slot:schedule:status"
_OF_SLOTS = ("_include", "_include:iterate", "start", _BY_PRACTITIONER, "status", "_count", "_format")
_OF_SCHEDULES = (
    "_revinclude",
    "_include",
    "_include:iterate",
    _HAS_START,
    _HAS_STATUS,
    _BY_ASSOCIATION,
    "_count",
    "_format",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a search is answered: the base address, that of the booking pages, and who is still free.

    `everybody` lets a search name no practitioner, as an agenda that books directly does. `quirks` are names
    of faults that change what is found.
    """

    base: str
    pages: str
    is_free: Callable[[Opening], bool]
    is_to_come: Callable[[Opening], bool]
    everybody: bool = False
    quirks: frozenset[str] = frozenset()


class _Found:
    """Entries in order: matches, then what is included, each resource once."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._entries: dict[tuple[str, str], tuple[Json, str | None]] = {}

    def add(self, resource: Json, mode: str, owner: str | None) -> None:
        kind, id_ = resource["resourceType"], resource["id"]
        entry = {
            "fullUrl": f"{self._base}/{kind}/{id_}",
            "resource": resource,
            "search": {"mode": mode},
        }
        self._entries.setdefault((kind, id_), (entry, owner))

    def answer(self, profile: str, address: str) -> Answer:
        """The searchset; without anything found it has no entry at all (SAS note, section 2.2)."""
        entries = [entry for entry, _ in self._entries.values()]
        bundle: Json = {
            "resourceType": "Bundle",
            "meta": {"profile": [profile]},
            "type": "searchset",
            "total": sum(entry["search"]["mode"] == "match" for entry in entries),
            "link": [{"relation": "self", "url": address}],
        }
        if entries:
            bundle["entry"] = entries
        return Answer(200, bundle, owners=[owner for _, owner in self._entries.values()])


def search_slots(world: World, asked: Asked, place: Place) -> Answer:
    """Free slots of practitioners that start in a window; raises Refused for a request that is none."""
    includes, further = asked.values("_include"), asked.values("_include:iterate")
    with_communities = "Slot:service-type-reference" in includes
    if with_communities and "r01_seul" in place.quirks:
        raise Refused(400, "not-supported", "L’inclusion Slot:service-type-reference n’est pas connue ici.")
    window = read_window(asked.values("start"))
    if asked.values("status") != ["free"]:
        raise Refused(400, "value", "Il faut status=free.")
    found = _Found(place.base)
    openings = [
        opening
        for opening in world.of_owners(_practitioners(asked, place))
        if opening.agenda in world.practice and place.is_free(opening) and _starts_within(opening, window)
    ]
    for opening in openings:
        shown = with_communities and bool(opening.communities)
        profile = codes.CPTS_SLOT if shown else codes.PS_SLOT
        slot = writing.write_slot(opening, opening.agenda, profile, place.pages)
        found.add(slot, "match", world.owner(opening.agenda))
    if "sans_inclusions" not in place.quirks:
        _include_practices(world, openings, includes, further, found)
        if with_communities:
            _include_communities(world, openings, further, found)
    profile = codes.CPTS_BUNDLE if with_communities else codes.PS_BUNDLE
    return found.answer(profile, _self_link(place.base, "Slot", asked, _OF_SLOTS))


def _practitioners(asked: Asked, place: Place) -> frozenset[str] | None:
    """RPPS without prefix; an identifier of another kind is of nobody here."""
    texts = asked.values(_BY_PRACTITIONER)
    if place.everybody and not texts:
        return None
    values = read_identifiers(texts, codes.PERSON_SYSTEM, MOST)
    return frozenset(value[1:] for value in values if len(value) == 12 and value.startswith("8"))


def _starts_within(opening: Opening, window: tuple[datetime, datetime]) -> bool:
    return window[0] <= opening.start <= window[1]


def _include_practices(
    world: World, openings: Sequence[Opening], includes: Sequence[str], further: Sequence[str], found: _Found
) -> None:
    if "Slot:schedule" not in includes:
        return
    for id_ in _once(opening.agenda for opening in openings):
        practice = world.practice[id_]
        found.add(writing.practice_schedule(practice), "include", practice.rpps)
        if "Schedule:actor" in further:
            doctor = world.doctor[practice.rpps]
            found.add(writing.write_practitioner(doctor), "include", practice.rpps)
            found.add(writing.write_role(practice), "include", practice.rpps)


def _include_communities(
    world: World, openings: Sequence[Opening], further: Sequence[str], found: _Found
) -> None:
    for id_ in _once(id_ for opening in openings for id_ in opening.communities):
        found.add(writing.write_service(world.community[id_]), "include", None)
        if "HealthcareService:organization" in further:
            found.add(writing.write_community(world.community[id_]), "include", None)


def search_schedules(world: World, asked: Asked, place: Place) -> Answer:
    """Agendas of SOS Médecins sites with a free slot in a window, and what the request includes."""
    window = read_window(asked.values(_HAS_START))
    if asked.values(_HAS_STATUS) != ["free"]:
        raise Refused(400, "value", f"Il faut {_HAS_STATUS}=free.")
    most = MOST_SITES_WRITTEN if "sos_dix" in place.quirks else MOST
    values = read_identifiers(asked.values(_BY_ASSOCIATION), codes.STRUCTURE_SYSTEM, most)
    owners = frozenset(value[1:] for value in values if len(value) == 15 and value.startswith("3"))
    theirs = [opening for opening in world.of_owners(owners) if opening.agenda in world.site]
    free = [one for one in theirs if place.is_free(one) and _starts_within(one, window)]
    sites = [world.site[id_] for id_ in _once(opening.agenda for opening in free)]
    found = _Found(place.base)
    for site in sites:
        found.add(writing.site_schedule(site), "match", world.owner(site.id))
    if "sans_inclusions" not in place.quirks:
        # What _revinclude brings need not be what _has asked for: a whole agenda may come (section 4).
        whole = "creneaux_occupes" in place.quirks
        shown = [one for one in theirs if world.site[one.agenda] in sites] if whole else free
        _include_site_slots(world, shown, asked, place, found)
        _include_places(world, [site.id for site in sites], asked, found)
    return found.answer(codes.SOS_BUNDLE, _self_link(place.base, "Schedule", asked, _OF_SCHEDULES))


def _include_site_slots(
    world: World, openings: Sequence[Opening], asked: Asked, place: Place, found: _Found
) -> None:
    if "Slot:schedule" not in asked.values("_revinclude"):
        return
    for opening in openings:
        status = "free" if place.is_free(opening) or not place.is_to_come(opening) else "busy"
        slot = writing.write_slot(opening, opening.agenda, codes.SOS_SLOT, place.pages, status=status)
        found.add(slot, "include", world.owner(opening.agenda))


def _include_places(world: World, sites: Sequence[str], asked: Asked, found: _Found) -> None:
    if not {"Schedule:actor:Location", "Schedule:actor"} & set(asked.values("_include")):
        return
    # Spelled both ways on the same page (SAS note, section 12.14).
    with_owner = "location:organization" in [text.lower() for text in asked.values("_include:iterate")]
    for id_ in sites:
        found.add(writing.write_site(world.site[id_]), "include", world.owner(id_))
    for id_ in _once(world.site[id_].association for id_ in sites) if with_owner else ():
        association = world.association[id_]
        found.add(writing.write_association(association), "include", association.siret)


def _self_link(base: str, kind: str, asked: Asked, honoured: Iterable[str]) -> str:
    """The search as it was understood: parameters that mean nothing here are not in it."""
    known = frozenset(honoured)
    query = "&".join(
        f"{quote(name, safe=':.')}={quote(value, safe=':,.')}" for name, value in asked.query if name in known
    )
    return f"{base}/{kind}?{query}"


def _once(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))

"""The same slot from several sources is one slot with several origins."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from osnp_console.domain.slots.slot import Place, Slot

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def merge_slots(slots: Iterable[Slot]) -> list[Slot]:
    """One slot for each practitioner (or site), place and start; the order of `slots` changes nothing.

    Two places are the same when their identifiers are, or their postcode and address; a place that nothing
    is said of is the one place known for that practitioner at that hour, if there is one only.
    """
    groups: dict[tuple[str, datetime], Slot | list[Slot]] = {}
    for slot in slots:
        key = (_who(slot), slot.start)
        there = groups.get(key)
        if there is None:
            groups[key] = slot
        elif isinstance(there, list):
            there.append(slot)
        else:
            groups[key] = [there, slot]
    merged: list[Slot] = []
    for group in groups.values():
        if isinstance(group, list):
            merged += _by_place(group)
        else:
            merged.append(group)
    return merged


def _who(slot: Slot) -> str:
    return slot.practitioner.rpps or slot.id


def _by_place(group: list[Slot]) -> list[Slot]:
    """The slots of one practitioner at one instant, put together place by place."""
    ordered = _in_order(group)
    clusters: list[list[Slot]] = []
    unplaced: list[Slot] = []
    for slot in ordered:
        if not _marks(slot.place):
            unplaced.append(slot)
            continue
        touching = [cluster for cluster in clusters if any(_same(slot.place, one.place) for one in cluster)]
        joined = [slot, *(one for cluster in touching for one in cluster)]
        clusters = [cluster for cluster in clusters if cluster not in touching]
        clusters.append(joined)
    if unplaced:
        if len(clusters) == 1:
            clusters[0] += unplaced
        else:
            clusters.append(unplaced)
    found = [_one(_in_order(cluster)) for cluster in clusters]
    return found if len(found) == 1 else [_apart(slot) for slot in found]


def _apart(slot: Slot) -> Slot:
    """A slot whose practitioner is announced at two places at once: the place tells them apart."""
    mark = next(iter(sorted(_marks(slot.place))), "?")
    return replace(slot, id=f"{slot.id.partition('@')[0]}@{mark}")


def _in_order(slots: Iterable[Slot]) -> list[Slot]:
    """The slots in the one order that what they say gives them, whatever came first."""
    group = sorted(slots, key=_first_said)
    keys = [_first_said(slot) for slot in group]
    # A source that sends one key twice with another content: only then all of it has to be compared.
    return group if len(set(keys)) == len(keys) else sorted(group, key=_all_said)


def _first_said(slot: Slot) -> tuple[datetime, str, str, datetime]:
    first = slot.origins[0]
    return (slot.end, first.source, first.reference, first.seen_at)


def _all_said(slot: Slot) -> tuple[object, ...]:
    sets = (slot.types, slot.modalities, slot.cpts, slot.dispositifs)
    rest = (slot.origins, slot.place, slot.practitioner, slot.capacity, slot.reasons, slot.specialties)
    return (
        *_first_said(slot),
        *(sorted(one) for one in sets),
        slot.walk_in,
        slot.over_booking,
        repr(rest),
    )


def _marks(place: Place) -> frozenset[str]:
    """What a place can be recognised by."""
    marks = {place.id} if place.id else set()
    if place.postcode and place.address:
        marks.add(f"{place.postcode}:{_plain(place.address)}")
    return frozenset(mark for mark in marks if mark)


def _plain(text: str) -> str:
    without = unicodedata.normalize("NFKD", text.casefold())
    return _NOT_WORD.sub("", "".join(letter for letter in without if not unicodedata.combining(letter)))


def _same(one: Place, other: Place) -> bool:
    return not _marks(one).isdisjoint(_marks(other))


def _one(cluster: Sequence[Slot]) -> Slot:
    """The cluster as one slot: all origins, all codes, and what any of its sources says."""
    first = cluster[0]
    if len(cluster) == 1:
        return first
    origins = tuple(dict.fromkeys(origin for slot in cluster for origin in slot.origins))
    return replace(
        first,
        id=min(slot.id for slot in cluster),
        end=max(slot.end for slot in cluster),
        practitioner=replace(
            first.practitioner, name=next((s.practitioner.name for s in cluster if s.practitioner.name), None)
        ),
        place=_fullest(cluster),
        origins=tuple(sorted(origins, key=lambda origin: (origin.source, origin.reference, origin.seen_at))),
        types=frozenset().union(*(slot.types for slot in cluster)),
        modalities=frozenset().union(*(slot.modalities for slot in cluster)),
        walk_in=all(slot.walk_in for slot in cluster),
        reasons=tuple(dict.fromkeys(text for slot in cluster for text in slot.reasons)),
        specialties=tuple(dict.fromkeys(code for slot in cluster for code in slot.specialties)),
        cpts=frozenset().union(*(slot.cpts for slot in cluster)),
        dispositifs=frozenset().union(*(slot.dispositifs for slot in cluster)),
        capacity=next((slot.capacity for slot in cluster if slot.capacity is not None), None),
        over_booking=all(slot.over_booking for slot in cluster),
    )


def _fullest(cluster: Sequence[Slot]) -> Place:
    """Each thing said of the place by the first source that says it."""
    place = cluster[0].place
    for slot in cluster[1:]:
        other = slot.place
        place = Place(
            *(
                getattr(place, name) if getattr(place, name) is not None else getattr(other, name)
                for name in Place.__slots__
            )
        )
    return place

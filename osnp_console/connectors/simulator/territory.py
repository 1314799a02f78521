"""An invented territory: communities, practitioners, places and 72 hours of slots from a seed.

Phones are of the range kept for fiction (02 61 91).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import cycle, islice
from random import Random

from osnp_console.connectors.simulator.settled import FAMILIES, GIVEN, SETTLED, STREETS, Settled
from osnp_console.connectors.simulator.world import (
    GENERAL_MEDICINE,
    Association,
    Community,
    Doctor,
    Opening,
    Practice,
    Site,
    Specialty,
    World,
)
from osnp_console.domain.clock import PARIS, in_paris

HOURS = timedelta(hours=72)
_LASTS = timedelta(minutes=20)
_MORNING, _AFTERNOON, _EARLY = time(9, 0), time(14, 0), time(8, 0)
_SUNDAY = 6

_REASONS = (
    (),
    (),
    ("Consultation de soins non programmés",),
    ("Fièvre", "Infection urinaire"),
    ("Petite plaie",),
)
_TYPES = (
    ("PUBLIC",), ("PUBLIC", "PRO"), ("SNP",), ("SNP", "PRO"), ("SNP", "CPTS"), ("CPTS",),
    ("PUBLIC", "SNP", "CPTS"),
)  # fmt: skip
_SPECIALTIES = (GENERAL_MEDICINE, GENERAL_MEDICINE, Specialty("SM54", "Médecine générale"))


TERRITORIES = tuple(one.id for one in SETTLED)
"""Names that `invented_world` knows."""


def invented_world(now: datetime, seed: int = 1, territories: Sequence[str] = TERRITORIES) -> World:
    """The world of some territories, the same for the same `now`, `seed` and names.

    In each territory the first practitioner has one place; the second two places and two slots that two CPTS
    show; the third three places, a walk-in slot, a teleconsultation, a home visit and a slot type that no
    nomenclature has; the fourth, where there is one, nothing free. Slots start within 72 hours of `now`.
    """
    world = World(now)
    for number, territory in enumerate(SETTLED):
        if territory.id in territories:
            beside = SETTLED[(number + 1) % len(SETTLED)]
            world = _joined(world, _Making(territory, beside, now, seed, number).world())
    return world


def _joined(one: World, other: World) -> World:
    communities = {community.id: community for community in (*one.communities, *other.communities)}
    return replace(
        one,
        doctors=one.doctors + other.doctors,
        practices=one.practices + other.practices,
        communities=tuple(communities.values()),
        associations=one.associations + other.associations,
        sites=one.sites + other.sites,
        openings=one.openings + other.openings,
    )


class _Making:
    """One territory in the making."""

    def __init__(self, territory: Settled, beside: Settled, now: datetime, seed: int, number: int) -> None:
        self._territory, self._now = territory, now
        self._seed = f"{seed}/{territory.id}"
        chance = Random(self._seed)
        self._names = list(zip(chance.sample(FAMILIES, 4), chance.sample(GIVEN, 4), strict=True))
        self._streets = cycle(chance.sample(STREETS, len(STREETS)))
        own = [_community(territory, index) for index in range(len(territory.cpts))]
        # One that two CPTS show needs two: a territory that has one borrows its neighbour's.
        self._communities = own if len(own) > 1 else [*own, _community(beside, 0)]
        self._phone = 100 * (number + 1)

    def world(self) -> World:
        doctors = [
            Doctor(rpps, *self._names[index], self._territory.dispositif)
            for index, rpps in enumerate(self._territory.rpps)
        ]
        practices = [list(self._practices(doctor.rpps, index)) for index, doctor in enumerate(doctors)]
        openings = [
            opening for index, theirs in enumerate(practices[:3]) for opening in self._openings(index, theirs)
        ]
        association, sites = self._sos()
        openings += [opening for site in sites for opening in self._site_openings(site)]
        return World(
            made_at=self._now,
            doctors=tuple(doctors),
            practices=tuple(practice for theirs in practices for practice in theirs),
            communities=tuple(self._communities),
            associations=association,
            sites=sites,
            openings=tuple(opening for opening in openings if self._is_shown(opening)),
        )

    def _is_shown(self, opening: Opening) -> bool:
        return self._now <= opening.start <= self._now + HOURS

    def _practices(self, rpps: str, index: int) -> Iterator[Practice]:
        towns = islice(cycle(self._territory.towns), index, index + (1, 2, 3, 1)[index])
        for rank, (postcode, city) in enumerate(towns, 1):
            structure = (f"4{rpps}001", "399900002000019", "1449900059")[rank - 1]
            line = f"{3 * rank + index} {next(self._streets)}"
            id_ = f"{self._territory.id}-{index + 1}-{rank}"
            # Half of the places have no phone: an optional element, often absent.
            phone = self._next_phone() if rank % 2 else None
            yield Practice(id_, rpps, structure, line, postcode, city, phone)

    def _next_phone(self) -> str:
        self._phone += 1
        return f"+3326191{self._phone:04d}"

    def _days(self) -> Iterator[datetime]:
        """Midnights of the days that the 72 hours touch."""
        first = in_paris(self._now).date()
        for after in range(4):
            yield datetime.combine(first + timedelta(days=after), time(), PARIS)

    def _openings(self, index: int, practices: Sequence[Practice]) -> Iterator[Opening]:
        yield from (_nothing, self._shown_by_two, self._out_of_the_ordinary)[index](practices)
        for number, day in enumerate(self._days()):
            for half, begins in enumerate((_MORNING, _AFTERNOON)):
                if day.weekday() == _SUNDAY:
                    continue
                # A practitioner is at one place at a time: the places take turns by half-day.
                practice = practices[(2 * number + half) % len(practices)]
                chance = Random(f"{self._seed}/{practice.id}/{day:%Y%m%d}/{half}")
                for step in sorted(chance.sample(range(12), chance.randint(1, 3))):
                    yield self._ordinary(
                        practice, datetime.combine(day, begins, PARIS) + step * _LASTS, chance
                    )

    def _ordinary(self, practice: Practice, start: datetime, chance: Random) -> Opening:
        types = chance.choice(_TYPES)
        return replace(
            _opening(practice.id, start, types),
            modalities=chance.choice((("AMB",), ("AMB",), ("AMB", "VR"))),
            reasons=chance.choice(_REASONS),
            specialties=(chance.choice(_SPECIALTIES),),
            communities=(self._communities[0].id,) if "CPTS" in types else (),
        )

    def _early(self, practices: Sequence[Practice], step: int, *types: str) -> Opening:
        """A slot of tomorrow from eight o’clock on, before any other."""
        day = in_paris(self._now).date() + timedelta(days=1)
        start = datetime.combine(day, _EARLY, PARIS) + step * _LASTS
        return _opening(practices[step % len(practices)].id, start, types)

    def _shown_by_two(self, practices: Sequence[Practice]) -> Iterator[Opening]:
        both = tuple(community.id for community in self._communities[:2])
        for step in range(2):
            yield replace(self._early(practices, step, "SNP", "CPTS"), communities=both)

    def _out_of_the_ordinary(self, practices: Sequence[Practice]) -> Iterator[Opening]:
        yield replace(self._early(practices, 0, "PUBLIC", "SNP"), walk_in=True)
        yield replace(self._early(practices, 1, "SNP"), modalities=("VR",))
        yield replace(self._early(practices, 2, "SNP"), modalities=("HH",), reasons=("Visite à domicile",))
        yield self._early(practices, -1, "PUBLIC", "private")

    def _sos(self) -> tuple[tuple[Association, ...], tuple[Site, ...]]:
        sos = self._territory.sos
        if sos is None:
            return (), ()
        association = Association(f"sos-{self._territory.id}", sos.siret, sos.name)
        days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        sites = tuple(
            Site(
                f"site-{self._territory.id}-{rank}",
                association.id,
                *place,
                self._next_phone(),
                days,
                "08:00:00",
                "22:00:00",
            )
            for rank, place in enumerate(sos.sites, 1)
        )
        return (association,), sites

    def _site_openings(self, site: Site) -> Iterator[Opening]:
        for day in self._days():
            chance = Random(f"{self._seed}/{site.id}/{day:%Y%m%d}")
            for step in sorted(chance.sample(range(36), 5)):
                start = datetime.combine(day, _MORNING, PARIS) + step * _LASTS
                types = chance.choice((("PUBLIC",), ("SNP",), ("PUBLIC", "SNP")))
                modalities = chance.choice((("AMB",), ("AMB",), ("VR",), ("HH",)))
                walk_in = chance.random() < 0.2
                yield replace(_opening(site.id, start, types), modalities=modalities, walk_in=walk_in)


def _opening(agenda: str, start: datetime, types: tuple[str, ...]) -> Opening:
    return Opening(f"{agenda}-{start:%d-%H%M}", agenda, start, start + _LASTS, types, specialties=())


def _nothing(practices: Sequence[Practice]) -> Iterator[Opening]:
    """Nothing besides ordinary slots."""
    return iter(())


def _community(territory: Settled, index: int) -> Community:
    finess, name = territory.cpts[index]
    suffix = f"-{index + 1}" if index else ""
    return Community(f"cpts-{territory.id}{suffix}", finess, name, f"+33261919{finess[-3:]}")

"""The built-in catalogue and the communes, opened without any cache, and the instant of all measurements."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from osnp_console.catalogue.gazetteer import load_gazetteer
from osnp_console.catalogue.opening import open_catalogue
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import PARIS
from osnp_console.domain.commune import Commune, Gazetteer
from osnp_console.resources import resources

INSTANT = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
NO_SITE = Path("/nonexistent-site")


@cache
def communes() -> Gazetteer:
    return load_gazetteer(resources() / "communes" / "communes.tsv.gz")


@cache
def built_in() -> Catalogue:
    return open_catalogue(resources(), NO_SITE, None, communes().living, INSTANT.date())


@cache
def communes_of(departement: str) -> tuple[Commune, ...]:
    """Its living communes, most inhabited first; no municipal arrondissement."""
    found = [c for c in communes().communes() if c.departement == departement and c.parent is None]
    return tuple(sorted(found, key=lambda c: (-c.population, c.code)))

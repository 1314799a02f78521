"""The built-in catalogue, read once for all tests of this folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from osnp_console.catalogue.gazetteer import load_gazetteer
from osnp_console.catalogue.opening import examples, open_catalogue
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.examples import Example
from osnp_console.resources import resources


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The communes of the registry."""
    return load_gazetteer(resources() / "communes" / "communes.tsv.gz")


@pytest.fixture(scope="session")
def catalogue(gazetteer: Gazetteer) -> Catalogue:
    """The built-in catalogue, without any layer of a site and without a cache."""
    nowhere = Path(__file__).parent / "no-such-site"
    return open_catalogue(resources(), nowhere, None, gazetteer.living, date(2026, 11, 23))


@pytest.fixture(scope="session")
def written_examples() -> tuple[Example, ...]:
    """Every example written by hand in the catalogue's files."""
    return tuple(examples(resources()))

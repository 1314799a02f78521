"""The built-in catalogue, read once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from osnp_console.catalogue import yaml_reading
from osnp_console.catalogue.gazetteer import load_gazetteer
from osnp_console.catalogue.opening import examples, open_catalogue
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.examples import Example
from osnp_console.resources import resources


@pytest.fixture(scope="session", autouse=True)
def files_parsed_once() -> Iterator[None]:
    """A text that was parsed once is not parsed again: a test changes one file and verifies all of them."""
    parse, known = yaml_reading.parse_yaml, dict[tuple[str, str], yaml_reading.Read]()

    def parse_once(text: str, name: str) -> yaml_reading.Read:
        if (text, name) not in known:
            known[text, name] = parse(text, name)
        read = known[text, name]
        return yaml_reading.Read(read.file, deepcopy(read.content), read.lines)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reading, "parse_yaml", parse_once)
        yield


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

"""The simulator sends what the published examples have, element for element (read in place, never copied)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from osnp_console.connectors.simulator.server import Simulator
from osnp_console.connectors.simulator.territory import invented_world
from tests.connectors import kit
from tests.connectors.kit import NOW, ask, bundle_of, cpts_slots_of, sos_slots_of

EXAMPLES = Path(__file__).parents[3] / "shared" / "fhir-sas-examples"
WORLD = invented_world(NOW)
Elements = dict[str, set[str]]

pytestmark = pytest.mark.skipif(
    not EXAMPLES.is_dir(), reason="the published examples are not beside the project"
)


def elements(part: Any, path: str = "") -> Iterator[str]:
    """The path of every element, the narrative left out."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if not (name == "text" and isinstance(inner, dict)):
                yield f"{path}.{name}"
                yield from elements(inner, f"{path}.{name}")
    elif isinstance(part, list):
        for inner in part:
            yield from elements(inner, path)


def gather(resource: kit.Json, into: Elements) -> None:
    own = {name: value for name, value in resource.items() if name != "entry"}
    into.setdefault(resource["resourceType"], set()).update(elements(own))
    for entry in resource.get("entry", ()):
        gather(entry["resource"], into)


@pytest.fixture(scope="module")
def published() -> Elements:
    found: Elements = {}
    for file in sorted(EXAMPLES.glob("sas-ig-*/*.json")):
        gather(json.loads(file.read_text(encoding="utf-8")), found)
    return found


@pytest.fixture(scope="module")
def sent() -> Elements:
    found: Elements = {}
    with Simulator(WORLD, lambda: NOW) as simulator:
        everybody = cpts_slots_of(*(doctor.rpps for doctor in WORLD.doctors))
        sites = sos_slots_of(*(one.siret for one in WORLD.associations))
        gather(bundle_of(ask(simulator.address, everybody)), found)
        gather(bundle_of(ask(simulator.address, sites, "Schedule")), found)
    return found


KINDS = (
    "Bundle",
    "HealthcareService",
    "Location",
    "Organization",
    "Practitioner",
    "PractitionerRole",
    "Schedule",
    "Slot",
)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_sent_that_no_published_example_has(
    published: Elements, sent: Elements, kind: str
) -> None:
    assert sent[kind] <= published[kind]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("Bundle", "Practitioner")])
def test_every_element_that_was_published_is_sent_somewhere(
    published: Elements, sent: Elements, kind: str
) -> None:
    # A Bundle's id is an example's own; a Practitioner has more where it is a regulator's account.
    assert published[kind] <= sent[kind]

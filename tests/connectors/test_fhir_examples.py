"""Every searchset of the public example instances, against what plain JSON says of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from osnp_console.app.sources.agendas import Deadline, Reading, SlotQuery, SourceTools
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.domain.slots.slot import BookingMode, Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind

EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "fhir-sas-examples"
ALWAYS = SlotQuery(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))

Json = Any


def searchsets() -> list[Path]:
    found = []
    for path in sorted(EXAMPLES.rglob("*.json")):
        document = json.loads(path.read_bytes())
        if isinstance(document, dict) and document.get("type") == "searchset":
            found.append(path)
    return found


pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="no example instances beside the project")
FILES = searchsets()
FRENCH = [path for path in FILES if path.parent.name.startswith("sas-ig")]


def read(path: Path) -> tuple[Reading, dict[str, Slot]]:
    slots: list[Slot] = []
    open_ = CONNECTORS[SourceKind.FHIR_BUNDLE].open
    assert open_ is not None
    source = AgendaSource("exemple", SourceKind.FHIR_BUNDLE, "Exemple", url=str(path))
    reader = open_(source, SourceTools(clock=lambda: ALWAYS.start, secret=lambda name: None))
    reading = reader.read(ALWAYS, Deadline(60), slots.extend)
    reader.close()
    return reading, {slot.origins[0].reference: slot for slot in slots}


class Plain:
    """A searchset by plain JSON: resources by `Type/id` and by address."""

    def __init__(self, path: Path) -> None:
        self.resources: list[Json] = []
        self._found: dict[str, Json] = {}
        for entry in json.loads(path.read_bytes())["entry"]:
            resource = entry["resource"]
            self.resources.append(resource)
            self._found[f"{resource['resourceType']}/{resource['id']}"] = resource
            self._found[entry["fullUrl"]] = resource

    def of(self, kind: str) -> list[Json]:
        return [one for one in self.resources if one["resourceType"] == kind]

    def get(self, reference: str) -> Json:
        return self._found[reference]

    def actors(self, slot: Json) -> dict[str, Json]:
        schedule = self.get(slot["schedule"]["reference"])
        found = [self.get(actor["reference"]) for actor in schedule["actor"]]
        return {one["resourceType"]: one for one in found}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_slot_is_read_and_nothing_is_rejected(path: Path) -> None:
    reading, slots = read(path)
    expected = [f"Slot/{slot['id']}" for slot in Plain(path).of("Slot")]
    assert expected
    assert (reading.read, reading.rejected, reading.message) == (len(expected), 0, None)
    assert sorted(slots) == sorted(expected)


def test_there_are_the_four_searchsets_that_were_published() -> None:
    assert len(FILES) == 4
    assert len(FRENCH) == 3


def texts(entries: Json) -> list[str]:
    return [entry["text"] for entry in entries if "text" in entry]


def codes(entries: Json, system: str) -> set[str]:
    codings = [coding for entry in entries for coding in entry.get("coding", [])]
    return {coding["code"] for coding in codings if coding["system"].endswith(system)}


@pytest.mark.parametrize("path", FRENCH, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_element_of_every_slot_is_where_it_belongs(path: Path) -> None:
    plain = Plain(path)
    _, slots = read(path)
    for resource in plain.of("Slot"):
        slot = slots[f"Slot/{resource['id']}"]
        assert slot.start == datetime.fromisoformat(resource["start"])
        assert slot.end == datetime.fromisoformat(resource["end"])
        assert slot.types == {label["code"] for label in resource["meta"]["security"]}
        assert slot.modalities == codes(resource["serviceType"], "v3-ActCode")
        assert list(slot.reasons) == texts(resource["serviceType"])
        assert [*slot.specialties] == [
            coding["code"] if coding else entry["text"]
            for entry in resource["specialty"]
            for coding in entry.get("coding", [None])
        ]
        walk_in = resource["appointmentType"]["coding"][0]["code"] == "WALKIN"
        assert slot.walk_in is walk_in
        origin = slot.origins[0]
        assert origin.url == resource.get("comment")
        assert origin.mode is (None if walk_in else BookingMode.PORTAL)


@pytest.mark.parametrize("path", FRENCH, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_practitioner_and_every_place_is_the_one_that_is_pointed_to(path: Path) -> None:
    plain = Plain(path)
    _, slots = read(path)
    for resource in plain.of("Slot"):
        slot, actors = slots[f"Slot/{resource['id']}"], plain.actors(resource)
        who, where = actors["Practitioner"], actors["PractitionerRole"]
        name = who["name"][0]
        assert slot.practitioner.rpps == who["identifier"][0]["value"][1:]
        assert slot.practitioner.name == f"{name['given'][0]} {name['family']}"
        location = where["contained"][0]
        assert f"#{location['id']}" == where["location"][0]["reference"]
        place, address = slot.place, location["address"]
        assert place.id == where["organization"]["identifier"]["value"]
        assert [place.address] == address["line"]
        assert (place.city, place.postcode) == (address["city"], address["postalCode"])
        phones = [point["value"] for point in where.get("telecom", [])]
        assert place.phone == (phones[0] if phones else None)
        assert (place.latitude, place.longitude) == (None, None)


def test_the_slot_of_a_cpts_names_it_by_its_finess() -> None:
    path = EXAMPLES / "sas-ig-1.2.0" / "Bundle-ExampleBundleCPTS1.json"
    plain = Plain(path)
    _, slots = read(path)
    numbers = {one["identifier"][0]["value"][1:] for one in plain.of("Organization")}
    assert numbers == {"950047225"}
    assert [slot.cpts for slot in slots.values()] == [numbers]


def test_the_single_resources_of_a_site_of_sos_medecins_make_its_slots(tmp_path: Path) -> None:
    folder = EXAMPLES / "sas-ig-1.2.0"
    names = [f"{kind}-{name}.json" for kind, name in SOS_RESOURCES]
    resources = [json.loads((folder / name).read_bytes()) for name in names]
    entries = [
        {"fullUrl": f"https://sos.invalid/{one['resourceType']}/{one['id']}", "resource": one}
        for one in resources
    ]
    path = tmp_path / "sos.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": entries}))
    reading, slots = read(path)
    assert (reading.read, reading.rejected) == (2, 0)
    places = {one["id"]: one for one in resources if one["resourceType"] == "Location"}
    for slot in slots.values():
        identifier = slot.place.id
        assert identifier is not None
        location = places[identifier.rpartition("|")[2]]
        assert (slot.place.name, slot.place.phone) == (location["name"], location["telecom"][0]["value"])
        assert [slot.place.address] == location["address"]["line"]
        assert slot.practitioner.rpps is None


SOS_RESOURCES = (
    ("Slot", "ExampleSlotSOS1"),
    ("Slot", "ExampleSlotSOS2"),
    ("Schedule", "ExampleScheduleSOS1"),
    ("Schedule", "ExampleScheduleSOS2"),
    ("Location", "1111111111"),
    ("Location", "2222222222"),
    ("Organization", "ExampleOrgaSOS1"),
)


def test_a_searchset_of_another_country_is_read_too() -> None:
    path = next(path for path in FILES if path.parent.name == "nhs-bars")
    plain = Plain(path)
    _, slots = read(path)
    (who,), (where,) = plain.of("Practitioner"), plain.of("Location")
    for slot in slots.values():
        name = who["name"][0]
        assert slot.practitioner.name == f"{name['given'][0]} {name['family']}"
        assert (slot.place.name, slot.place.latitude) == (where["name"], where["position"]["latitude"])

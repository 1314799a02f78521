"""How far slots are, where the desk lets the console ask where communes are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from osnp_console.app.places.whereabouts import CommuneCentres
from osnp_console.app.slots.words import Names, second_line
from osnp_console.connectors.geo import open_geo
from osnp_console.desk.settings import KeptPreferences
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.preferences.workspace import PreferencesWorkspace
from tests.connectors.geo_double import GeoDouble, serving
from tests.connectors.misbehaving_server import MisbehavingServer, silent
from tests.journeys.operator import Operator, pressed
from tests.journeys.slots_desk import REDON_CALL, SlotsDesk
from tests.journeys.town import Town
from tests.journeys.workstation import NOON, Workstation

GUEMENE, REDON, PLESSE, GUERANDE = "44067", "35236", "44128", "44069"
SPOTS = {
    GUEMENE: (47.6280, -1.8310),
    REDON: (47.6577, -2.0814),
    PLESSE: (47.5410, -1.8860),
    GUERANDE: (47.3280, -2.4290),
}


def ask_at(workstation: Workstation, base: str) -> None:
    """Have the console ask a double where communes are."""

    def open_double() -> AbstractContextManager[CommuneCentres]:
        return open_geo(lambda: NOON, base)

    workstation.program = replace(workstation.program, centres=open_double)


def allow(workstation: Workstation) -> None:
    """Let the console ask, before it starts."""
    kept = KeptPreferences(workstation.settings)
    kept.save(replace(kept.load(), distances=True))


@pytest.fixture
def linked(town: Town) -> Town:
    town.open_local_agenda()
    town.declare(town.sas, town.pays_blanc, town.local)
    return town


@pytest.fixture
def communes(linked: Town) -> Iterator[GeoDouble]:
    """The directory of communes, asked instead of the national one."""
    double = GeoDouble(dict(SPOTS))
    with serving(double) as base:
        ask_at(linked.workstation, base)
        yield double


def distances(desk: SlotsDesk) -> dict[str, list[str]]:
    """What rows say of kilometres, by hour."""
    board = desk.operator.window.agendas.searches.slots_of(desk.operator.call).board
    return {
        desk_row.hour: [part.text for part in second_line(row.one, Names({}, {})) if "km" in part.text]
        for desk_row, row in zip(desk.rows, board.column().rows, strict=True)
    }


FAR = {"10:40": ["≈ 19 km"], "11:20": ["≈ 11 km"], "14:00": ["≈ 19 km"], "14:30": ["≈ 56 km"]}


def test_a_desk_that_allows_it_sees_how_far_slots_are_and_each_commune_is_asked_for_once(
    linked: Town, communes: GeoDouble, request: pytest.FixtureRequest
) -> None:
    allow(linked.workstation)
    operator: Operator = request.getfixturevalue("operator")
    desk = SlotsDesk(operator)
    desk.take_redon_call()
    desk.wait_found()
    operator.qtbot.waitUntil(lambda: distances(desk) == {**FAR, "15:00": ["≈ 19 km"]})
    assert communes.codes[0] == GUEMENE, "of the patient first: without it nothing else is of use"
    assert sorted(communes.codes) == sorted(SPOTS)
    operator.stop()
    operator.start()
    desk.take_redon_call()
    desk.wait_found()
    operator.qtbot.waitUntil(lambda: distances(desk).get("11:20") == ["≈ 11 km"])
    assert len(communes.asked) == len(SPOTS), "the base keeps what was answered"


def test_a_desk_that_does_not_allow_it_asks_nothing_and_sees_no_distance(
    linked: Town, communes: GeoDouble, operator: Operator
) -> None:
    desk = SlotsDesk(operator)
    desk.take_redon_call()
    desk.wait_found()
    assert list(distances(desk).values()) == [[]] * 5
    assert communes.asked == []


def test_the_tick_in_the_settings_counts_at_once_both_ways(
    linked: Town, communes: GeoDouble, operator: Operator
) -> None:
    desk = SlotsDesk(operator)
    desk.take_redon_call()
    desk.wait_found()
    pressed("Alt+R")
    place = operator.frame.places.workspace(Place.PREFERENCES)
    assert isinstance(place, PreferencesWorkspace)
    place.show_heading("Agendas")
    place.agendas.distances.tick.setFocus()
    pressed("Space")
    operator.qtbot.waitUntil(lambda: distances(desk).items() >= FAR.items())
    pressed("Space")
    assert list(distances(desk).values()) == [[]] * 5


def test_the_slots_of_a_patient_who_is_elsewhere_are_measured_from_there(
    linked: Town, communes: GeoDouble, request: pytest.FixtureRequest
) -> None:
    allow(linked.workstation)
    desk = SlotsDesk(request.getfixturevalue("operator"))
    desk.take_redon_call({**REDON_CALL, "patient.commune_actuelle": REDON})
    desk.wait_found()
    desk.operator.qtbot.waitUntil(lambda: distances(desk).get("11:20") == ["≈ 20 km"])
    assert distances(desk)["10:40"] == [], "in the same commune: not 0 km, which nobody knows"


def test_slots_never_wait_for_a_directory_of_communes_that_is_silent(
    linked: Town, request: pytest.FixtureRequest
) -> None:
    allow(linked.workstation)
    with MisbehavingServer(silent) as server:
        ask_at(linked.workstation, server.address)
        desk = SlotsDesk(request.getfixturevalue("operator"))
        desk.take_redon_call()
        desk.operator.qtbot.waitUntil(lambda: len(server.asked) == 1)
        desk.wait_found()
        assert list(distances(desk).values()) == [[]] * 5
        assert desk.book_button == ("Réserver 10:40", True)
        desk.operator.stop()

"""What another desk changes beside the calls is on this one's screen: the local agendas, the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from osnp_console.app.base.live import Alone, Change, Linked, Subject
from osnp_console.app.ports import OpenUnit, Unit
from osnp_console.domain.agenda.plan import Agenda, Closure, Offer, SingleOpening
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.domain.slots.slot import SNP, Place
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.ui.frame.rail import Place as Space
from osnp_console.ui.local_agenda.workspace import LocalAgendaWorkspace
from osnp_console.ui.preferences.workspace import PreferencesWorkspace
from tests.journeys.operator import Operator, focused, label_of, pressed, typed
from tests.journeys.test_other_desks import HandFeed, listen
from tests.journeys.workstation import NOON

PLACE = Place(name="Centre de soins des Essais", postcode="35600", city="Redon", phone="0299000000")
CENTRE = Agenda("centre", "Carnet du centre", PLACE, ("44-pays-de-redon-mg",), frozenset({SNP}))


@pytest.fixture
def feed(operator: Operator) -> HandFeed:
    """The desk listens to the others."""
    return listen(operator)


def elsewhere(operator: Operator, act: Callable[[Unit], object]) -> None:
    """Another desk changes something in the base."""

    def work(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            act(unit)
            unit.commit()

    operator.read_base(work)


def open_at(unit: Unit, hour: int) -> None:
    """One place of the agenda on the day of the tests."""
    start = NOON.replace(hour=hour, minute=0)
    offer = Offer(minutes=20)
    unit.agendas.put_single(
        CENTRE.id, SingleOpening(f"a-{hour}", start, start + timedelta(minutes=20), offer)
    )


def carnet(operator: Operator) -> LocalAgendaWorkspace:
    """The workspace Carnet, on screen with a place at three."""

    def begin(unit: Unit) -> None:
        unit.agendas.put(CENTRE)
        open_at(unit, 15)

    elsewhere(operator, begin)
    pressed("Alt+C")
    place = operator.frame.places.workspace(Space.LOCAL_AGENDA)
    assert isinstance(place, LocalAgendaWorkspace)
    operator.qtbot.waitUntil(lambda: hours(place) == ["15:00–15:20"])
    return place


def hours(place: LocalAgendaWorkspace) -> list[str]:
    """The slots of the week on screen."""
    return [row.hours for row in place.week.list.rows if row.slot is not None]


def settings(operator: Operator, heading: str) -> PreferencesWorkspace:
    """A heading of Réglages, on screen."""
    pressed("Alt+R")
    place = operator.frame.places.workspace(Space.PREFERENCES)
    assert isinstance(place, PreferencesWorkspace)
    place.show_heading(heading)
    operator.qtbot.waitUntil(lambda: operator.window.door.is_idle)
    return place


def test_a_place_opened_at_another_desk_is_in_the_week_on_screen(operator: Operator, feed: HandFeed) -> None:
    place = carnet(operator)
    elsewhere(operator, lambda unit: open_at(unit, 16))
    feed.say(Change(Subject.AGENDA, CENTRE.id))
    operator.qtbot.waitUntil(lambda: hours(place) == ["15:00–15:20", "16:00–16:20"])


def test_the_slot_that_is_read_says_that_another_desk_closed_it(operator: Operator, feed: HandFeed) -> None:
    place = carnet(operator)
    slot = next(row for row in place.week.list.rows if row.slot is not None)
    place.editor.show_slot(slot, {})
    assert place.editor.slot.close_hours.isVisible()
    day = NOON.replace(hour=0, minute=0)
    closure = Closure("f-1", day, day + timedelta(days=1), "Formation")
    elsewhere(operator, lambda unit: unit.agendas.put_closure(CENTRE.id, closure))
    feed.say(Change(Subject.AGENDA, CENTRE.id))
    operator.qtbot.waitUntil(lambda: "ermé" in place.editor.slot.state.text())
    assert not place.editor.slot.close_hours.isVisible()


def test_what_was_opened_while_the_link_was_lost_is_in_the_week_once_it_is_back(
    operator: Operator, feed: HandFeed
) -> None:
    place = carnet(operator)
    feed.say(Alone(NOON))
    elsewhere(operator, lambda unit: open_at(unit, 16))
    feed.say(Linked(NOON))
    operator.qtbot.waitUntil(lambda: hours(place) == ["15:00–15:20", "16:00–16:20"])


def test_a_form_of_the_local_agenda_stays_under_ones_fingers_while_another_desk_renames_it(
    operator: Operator, feed: HandFeed
) -> None:
    place = carnet(operator)
    place.editor.begin_closure()
    typed("24/12/2026")
    assert label_of(focused()) == "Premier jour fermé"
    renamed = replace(CENTRE, name="Carnet des Essais")
    elsewhere(operator, lambda unit: unit.agendas.put(renamed))
    feed.say(Change(Subject.AGENDA, CENTRE.id))
    operator.qtbot.waitUntil(lambda: place.week.title.text() == "Carnet des Essais")
    assert place.editor.is_editing
    assert label_of(focused()) == "Premier jour fermé"
    assert place.editor.closure.first.text() == "24/12/2026"


def test_a_new_agenda_that_is_being_typed_stays_while_another_desk_makes_one(
    operator: Operator, feed: HandFeed
) -> None:
    pressed("Alt+C")
    place = operator.frame.places.workspace(Space.LOCAL_AGENDA)
    assert isinstance(place, LocalAgendaWorkspace)
    operator.qtbot.waitUntil(place.week.add.isVisible)
    place.editor.begin_agenda()
    typed("Carnet d’ici")
    elsewhere(operator, lambda unit: unit.agendas.put(CENTRE))
    feed.say(Change(Subject.AGENDA, CENTRE.id))
    operator.qtbot.waitUntil(lambda: [row.key for row in place.list.rows] == [CENTRE.id])
    operator.qtbot.waitUntil(lambda: operator.window.door.is_idle)
    assert label_of(focused()) == "Nom"
    assert place.editor.is_beginning_agenda


def test_an_agenda_declared_at_another_desk_is_listed_in_the_settings(
    operator: Operator, feed: HandFeed
) -> None:
    page = settings(operator, "Agendas").agendas
    elsewhere(
        operator,
        lambda unit: unit.sources.put(
            AgendaSource("portail", SourceKind.PORTAL, "Portail des Essais", "https://rdv.example/a")
        ),
    )
    feed.say(Change(Subject.SOURCES, "portail"))
    operator.qtbot.waitUntil(lambda: "portail" in [row.key for row in page.list.rows])


def test_an_effecteur_and_a_nurse_kept_at_another_desk_are_listed_in_the_settings(
    operator: Operator, feed: HandFeed
) -> None:
    place = settings(operator, "Effecteurs")
    elsewhere(operator, lambda unit: unit.effecteurs.put(Effecteur("e-1", "Dr Exemple")))
    feed.say(Change(Subject.DIRECTORY))
    operator.qtbot.waitUntil(lambda: [row.key for row in place.effecteurs.list.rows] == ["e-1"])
    settings(operator, "Infirmiers")
    elsewhere(operator, lambda unit: unit.nurses.put(Nurse("i-1", "Infirmier Exemple")))
    feed.say(Change(Subject.NURSES))
    operator.qtbot.waitUntil(lambda: [row.key for row in place.nurses.list.rows] == ["i-1"])

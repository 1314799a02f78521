"""Slots found for a call: they land while the checklist settles, each agenda says how it answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osnp_console.app.slots.rows import RowState, Section
from osnp_console.domain import facts
from osnp_console.domain.criteria.answers import GENERAL_SLOTS_GONE
from osnp_console.ui.frame.call_place import SLOTS
from tests.journeys.operator import Operator, pressed
from tests.journeys.slots_desk import SlotsDesk
from tests.journeys.town import PORTAL, SAS, Town


@pytest.fixture
def linked(town: Town) -> Town:
    """The SAS, the Pays Blanc, an agenda with nothing free, a local one, a portal."""
    town.open_local_agenda()
    town.declare(town.sas, town.pays_blanc, town.cpts_rdv, town.local, town.portal)
    return town


@pytest.fixture
def desk(linked: Town, operator: Operator) -> SlotsDesk:
    return SlotsDesk(operator)


def test_slots_of_every_agenda_land_in_their_groups_while_the_checklist_settles(desk: SlotsDesk) -> None:
    desk.take_redon_call()
    desk.wait_found()
    assert [(row.hour, row.section) for row in desk.rows] == [
        ("10:40", Section.USABLE),
        ("11:20", Section.USABLE),
        ("14:00", Section.USABLE),
        ("15:00", Section.USABLE),
        ("14:30", Section.UNVERIFIED),
    ]
    assert desk.sources == {
        "SAS 44": "répondu · 3 créneaux",
        "Agenda Pays Blanc": "répondu · 1 créneau",
        "CPTS RDV": "répondu · rien de libre",
        "Carnet du centre": "répondu · 1 créneau",
        "Doctolib Team": "portail · 0 saisi à la main",
    }
    assert desk.book_button == ("Réserver 10:40", True)
    assert desk.operator.frame.top.agendas.accessibleName() == "Agendas\u202f: 4 répondu, 1 à la main"


def test_nothing_is_asked_before_there_is_something_to_search_with(linked: Town, desk: SlotsDesk) -> None:
    pressed("F2")
    assert linked.simulator.requests == ()
    assert "Il manque la commune ou le motif pour chercher." in desk.words
    assert desk.book_button == ("Réserver", False)


def test_an_agenda_whose_dispositif_refuses_the_patient_is_not_asked(linked: Town, desk: SlotsDesk) -> None:
    desk.take_redon_call({facts.RESIDENCE: "85109"})
    desk.operator.qtbot.waitUntil(lambda: desk.is_idle)
    asked = {request.path.split("/")[1] for request in linked.simulator.requests}
    assert SAS not in asked


def test_a_vital_emergency_takes_every_slot_away(desk: SlotsDesk) -> None:
    desk.take_redon_call()
    desk.wait_found()
    pressed("F12")
    assert all(row.state is RowState.UNFIT for row in desk.rows)
    assert desk.book_button[1] is False


def test_each_failing_agenda_says_its_own_failure_and_the_others_are_shown(
    linked: Town, desk: SlotsDesk
) -> None:
    linked.simulator.set_faults("503_nu@/blanc", "403@/cpts-rdv")
    desk.take_redon_call()
    desk.wait_found()
    assert desk.sources["Agenda Pays Blanc"].startswith("erreur")
    assert desk.sources["CPTS RDV"].startswith("accès refusé")
    assert [row.hour for row in desk.rows] == ["10:40", "11:20", "14:00", "15:00"]


def test_an_agenda_that_does_not_answer_is_late_at_seven_seconds_and_never_empty(
    linked: Town, desk: SlotsDesk
) -> None:
    linked.simulator.set_faults("muet@/cpts-rdv")
    desk.take_redon_call()
    desk.operator.qtbot.waitUntil(lambda: len(desk.rows) == 5)
    assert desk.sources["CPTS RDV"] == "en cours"
    desk.wait_found(15_000)
    assert desk.sources["CPTS RDV"].startswith("pas de réponse après 7 s")
    assert "1 muet" in desk.operator.frame.top.agendas.accessibleName()


def test_f5_asks_again_and_what_appears_meanwhile_is_announced_not_inserted(
    linked: Town, desk: SlotsDesk
) -> None:
    linked.simulator.set_faults("503_nu@/blanc")
    desk.take_redon_call()
    desk.wait_found()
    desk.operator.go_to_pane(SLOTS)
    pressed("Down")
    before = [row.id for row in desk.rows]
    chosen = desk.chosen
    linked.simulator.set_faults()
    pressed("F5")
    desk.wait_found()
    assert [row.id for row in desk.rows] == before
    assert "1 nouveau créneau" in " ".join(desk.words)
    pressed("F5")
    assert len(desk.rows) == len(before) + 1
    assert desk.chosen == chosen, "the selection follows its slot"


def test_clocks_run_and_a_slot_that_closes_greys_by_itself(desk: SlotsDesk) -> None:
    desk.take_redon_call()
    desk.wait_found()
    blanc = next(row for row in desk.rows if row.hour == "14:30")
    assert blanc.right == ["ferme dans 3 h 28", "reprise dès 12:30"]
    desk.advance(hours=3, minutes=28, seconds=30)
    blanc = next(row for row in desk.rows if row.hour == "14:30")
    assert blanc.right == ["fermé à 13:30"]
    assert not blanc.can_be_chosen


def test_the_portal_says_how_to_book_there(desk: SlotsDesk) -> None:
    desk.take_redon_call()
    desk.wait_found()
    desk.operator.window.agendas.by_hand.open(PORTAL)
    assert "Réserver sur Doctolib Team" in desk.words


def test_that_general_medicine_has_no_slot_left_is_answered_by_the_agendas(
    town: Town, request: pytest.FixtureRequest
) -> None:
    nothing = replace(town.cpts_rdv, dispositifs=("44-nord-estuaire-mg",))
    town.declare(nothing)
    desk = SlotsDesk(request.getfixturevalue("operator"))
    estuaire = {facts.RESIDENCE: "44103", facts.OFFER: "sage_femme", facts.SEX: "F", facts.REASON: None}
    desk.take_redon_call(estuaire)
    desk.wait_found()
    assert desk.operator.sheet.answer(GENERAL_SLOTS_GONE) is True

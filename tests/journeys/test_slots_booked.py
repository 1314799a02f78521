"""Slots booked, lost, unknown, under reserve, by hand: every outcome has its card, and nothing is retyped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from osnp_console.app.ports import OpenUnit
from osnp_console.app.slots.rows import Section
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.ui.agendas.deal import Stage
from osnp_console.ui.follow_up.workspace import FollowUpWorkspace
from osnp_console.ui.frame.call_place import SLOTS
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.slots.cards.conflict import ConflictCard
from osnp_console.ui.slots.cards.portal import PortalCard
from osnp_console.ui.slots.cards.unknown import UnknownCard
from osnp_console.ui.slots.cards.waiting import WaitingCard
from tests.journeys.desktop import Desktop
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.slots_desk import SlotsDesk
from tests.journeys.town import PORTAL, Town
from tests.journeys.workstation import Workstation

COUDRAIS_SLOT = "coudrais-plesse-80"


@pytest.fixture
def desktop(qapp: QObject) -> Iterator[Desktop]:
    desktop = Desktop()
    yield desktop
    desktop.leave()


@pytest.fixture
def linked(town: Town) -> Town:
    """The SAS, the Pays Blanc, a local agenda and a portal."""
    town.open_local_agenda()
    town.declare(town.sas, town.pays_blanc, town.local, town.portal)
    return town


@pytest.fixture
def desk(linked: Town, desktop: Desktop, operator: Operator) -> SlotsDesk:
    desk = SlotsDesk(operator)
    desk.take_redon_call()
    desk.wait_found()
    return desk


def kept(desk: SlotsDesk) -> list[Appointment]:
    """The appointments of the call, as the base has them."""

    def read(open_unit: OpenUnit) -> list[Appointment]:
        with open_unit() as unit:
            return list(unit.appointments.of_call(desk.operator.call.record.id))

    return desk.operator.read_base(read)


def wait_for(desk: SlotsDesk, stage: Stage) -> None:
    desk.operator.qtbot.waitUntil(lambda: desk.deal.stage is stage and not desk.deal.busy, timeout=15_000)


def book(desk: SlotsDesk, hour: str) -> str:
    slot = desk.choose(hour)
    pressed("F9")
    return slot


@pytest.mark.both_bases
def test_a_place_of_the_local_agenda_is_booked_from_the_keyboard(desk: SlotsDesk) -> None:
    desk.operator.go_to_pane(SLOTS)
    while desk.book_button[0] != "Réserver 15:00":
        pressed("Down")
    pressed("F9")
    wait_for(desk, Stage.BOOKED)
    (appointment,) = kept(desk)
    assert appointment.state is AppointmentState.BOOKED
    assert "Réservé\u202f: aujourd’hui 15:00, Centre de soins des Essais, Redon." in desk.words
    assert desk.operator.journal_of(desk.operator.call.record.id)[-2:] == ["rdv_demande", "rdv_pris"]


def test_a_place_that_is_booked_is_gone_at_the_next_search(desk: SlotsDesk) -> None:
    book(desk, "15:00")
    wait_for(desk, Stage.BOOKED)
    pressed("Escape")
    pressed("F5")
    desk.wait_found()
    pressed("F5")
    assert "15:00" not in [row.hour for row in desk.rows]


def test_a_slot_taken_under_the_cursor_is_said_and_the_next_best_is_offered(
    linked: Town, desk: SlotsDesk
) -> None:
    desk.operator.go_to_pane(SLOTS)
    linked.simulator.take(COUDRAIS_SLOT)
    lost = desk.choose("11:20")
    desk.operator.window.agendas.bookings.recheck(lost)
    wait_for(desk, Stage.CONFLICT)
    desk.operator.qtbot.waitUntil(lambda: not desk.deal.is_looking)
    assert isinstance(desk.card, ConflictCard)
    assert "11:20 vient d’être pris" in desk.words
    assert any("Rien n’a été réservé. La fiche est gardée." in words for words in desk.words)
    assert desk.book_button[1] is False, "one solid button: the card's"
    struck = next(row for row in desk.rows if row.hour == "11:20")
    assert struck.right == ["n’est plus libre"]
    pressed("Return")
    assert desk.deal.stage is Stage.NONE
    assert desk.book_button == ("Réserver 10:40", True)


def test_a_slot_lost_at_the_very_moment_of_booking_books_nothing(linked: Town, desk: SlotsDesk) -> None:
    linked.simulator.take(COUDRAIS_SLOT)
    book(desk, "11:20")
    wait_for(desk, Stage.CONFLICT)
    assert kept(desk) == []


def test_a_portal_page_is_opened_and_what_was_taken_comes_back_in_one_line(
    desk: SlotsDesk, desktop: Desktop
) -> None:
    book(desk, "10:40")
    wait_for(desk, Stage.WAITING)
    assert isinstance(desk.card, WaitingCard)
    (page,) = desktop.opened
    assert "/rdv/brehault-redon" in page
    assert kept(desk)[0].state is AppointmentState.PENDING
    desk.card.take_focus()
    typed("auj 10h40 Dr Brehault")
    assert any("mardi 24 novembre 2026 à 10:40" in words for words in desk.words)
    pressed("Return")
    wait_for(desk, Stage.BOOKED)
    (appointment,) = kept(desk)
    assert (appointment.state, appointment.typed) == (AppointmentState.BOOKED, "auj 10h40 Dr Brehault")


def open_portal(desk: SlotsDesk) -> PortalCard:
    desk.operator.window.agendas.by_hand.open(PORTAL)
    card = desk.card
    assert isinstance(card, PortalCard)
    card.take_focus()
    desk.operator.tab_to("Ce qui a été pris")
    return card


def test_a_half_typed_line_outlives_the_card_and_the_console(
    linked: Town, desk: SlotsDesk, workstation: Workstation
) -> None:
    open_portal(desk)
    typed("demain 14h20 Dr Ma")
    pressed("Escape")
    assert desk.card is None
    assert open_portal(desk).taken.draft == "demain 14h20 Dr Ma"
    desk.operator.stop()
    (call,) = workstation.kept_calls()
    assert "demain 14h20 Dr Ma" in call.sheet.pending.values()


def test_a_line_that_cannot_be_read_says_so_under_itself_and_stays(desk: SlotsDesk) -> None:
    card = open_portal(desk)
    typed("hier 14h20")
    pressed("Return")
    assert desk.card is card
    assert card.taken.draft == "hier 14h20"
    assert any("C’est passé" in words or "jour et l’heure" in words for words in desk.words)
    assert kept(desk) == []


def test_a_slot_under_reserve_asks_the_missing_answer_first(desk: SlotsDesk) -> None:
    book(desk, "14:30")
    assert desk.deal.stage is Stage.RESERVE
    assert kept(desk) == []
    assert any("Avant de réserver 14:30" in words for words in desk.words)
    pressed("O")
    assert desk.card is None
    assert desk.operator.sheet.answer("territoire:CPTS du Pays Blanc") is True
    assert next(row for row in desk.rows if row.hour == "14:30").section is Section.USABLE


def test_an_attempt_without_answer_is_verified_before_another(
    town: Town, desktop: Desktop, request: pytest.FixtureRequest
) -> None:
    town.declare(town.direct)
    desk = SlotsDesk(request.getfixturevalue("operator"))
    desk.take_redon_call()
    desk.wait_found()
    town.simulator.set_faults("muet_apres_reservation")
    book(desk, "10:40")
    wait_for(desk, Stage.UNKNOWN)
    assert isinstance(desk.card, UnknownCard)
    assert "On ne sait pas si 10:40 est réservé" in desk.words
    assert desk.book_button[1] is False
    town.simulator.set_faults()
    desk.card.take_focus()
    pressed("Return")
    wait_for(desk, Stage.BOOKED)
    assert [one.state for one in kept(desk)] == [AppointmentState.BOOKED]
    taken = [one for one in town.simulator.requests if one.method == "POST"]
    assert len(taken) == 1, "verifying books nothing"


def test_a_direct_booking_sends_the_patient_in_the_body_only(
    town: Town, desktop: Desktop, request: pytest.FixtureRequest
) -> None:
    town.declare(town.direct)
    desk = SlotsDesk(request.getfixturevalue("operator"))
    desk.take_redon_call()
    desk.wait_found()
    book(desk, "10:40")
    wait_for(desk, Stage.BOOKED)
    posted = [one for one in town.simulator.requests if one.method == "POST"]
    assert b"ESSAI" in posted[0].body
    assert not any("ESSAI" in one.raw for one in town.simulator.requests)


@pytest.mark.both_bases
def test_a_booking_cut_short_by_a_stop_comes_back_as_unknown(
    town: Town, desktop: Desktop, workstation: Workstation, request: pytest.FixtureRequest
) -> None:
    town.declare(town.direct)
    operator: Operator = request.getfixturevalue("operator")
    desk = SlotsDesk(operator)
    desk.take_redon_call()
    desk.wait_found()
    town.simulator.set_faults("muet_avant_reservation")
    book(desk, "10:40")
    operator.qtbot.waitUntil(lambda: any(one.method == "POST" for one in town.simulator.requests))
    operator.stop()
    town.simulator.set_faults()
    operator.start()
    operator.qtbot.waitUntil(operator.frame.notice.isVisible)
    pressed("Return")
    wait_for(desk, Stage.UNKNOWN)
    posted = [one for one in town.simulator.requests if one.method == "POST"]
    assert len(posted) == 1, "nothing is sent again by itself"


def test_documents_of_a_booking_are_made_and_gone_when_the_console_ends(
    desk: SlotsDesk, desktop: Desktop, workstation: Workstation
) -> None:
    book(desk, "15:00")
    wait_for(desk, Stage.BOOKED)
    desktop.opened.clear()
    outside = desk.operator.window.agendas.outside
    outside.make_proof(desk.deal)
    outside.make_patient_sheet(desk.deal)
    desk.operator.qtbot.waitUntil(lambda: len(desktop.opened) == 2 and desk.is_idle)
    assert desk.operator.journal_of(desk.operator.call.record.id)[-2:] == ["export", "export"]
    folder = workstation.folder / "documents"
    names = sorted(file.name.rpartition("-")[0] for file in folder.iterdir())
    assert names == ["preuve-de-regulation", "rendez-vous"]
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())
    desk.operator.stop()
    assert list(folder.iterdir()) == []


def test_a_booking_that_is_cancelled_gives_its_place_back_to_the_local_agenda(desk: SlotsDesk) -> None:
    book(desk, "15:00")
    wait_for(desk, Stage.BOOKED)
    desk.operator.window.agendas.bookings.outcomes.cancel()
    wait_for(desk, Stage.NONE)
    assert kept(desk)[0].state is AppointmentState.CANCELLED
    pressed("F5")
    desk.wait_found()
    pressed("F5")
    assert "15:00" in [row.hour for row in desk.rows]


def test_what_was_booked_is_read_with_the_call_later(desk: SlotsDesk) -> None:
    book(desk, "15:00")
    wait_for(desk, Stage.BOOKED)
    pressed("Ctrl+G")
    pressed("R")
    pressed("Return")
    pressed("Ctrl+F")
    workspace = desk.operator.frame.places.workspace(Place.FOLLOW_UP)
    assert isinstance(workspace, FollowUpWorkspace)
    typed("essai")
    desk.operator.qtbot.waitUntil(lambda: workspace.table.model().rowCount() == 1)
    desk.operator.qtbot.waitUntil(lambda: desk.is_idle)
    pressed("Down")
    shown = workspace.call.sheet
    desk.operator.qtbot.waitUntil(lambda: any("réservé" in text for text in shown.texts))
    assert any("aujourd’hui 15:00, Centre de soins des Essais" in text for text in shown.texts)


def test_a_direct_booking_is_cancelled_at_its_agenda_and_kept_when_the_agenda_refuses(
    town: Town, desktop: Desktop, request: pytest.FixtureRequest
) -> None:
    town.declare(town.direct)
    desk = SlotsDesk(request.getfixturevalue("operator"))
    desk.take_redon_call()
    desk.wait_found()
    book(desk, "10:40")
    wait_for(desk, Stage.BOOKED)
    outcomes = desk.operator.window.agendas.bookings.outcomes
    town.simulator.set_faults("503_nu")
    outcomes.cancel()
    desk.operator.qtbot.waitUntil(lambda: not desk.deal.busy, timeout=10_000)
    assert kept(desk)[0].state is AppointmentState.BOOKED, "nobody said that it is cancelled"
    town.simulator.set_faults()
    outcomes.cancel()
    wait_for(desk, Stage.NONE)
    assert kept(desk)[0].state is AppointmentState.CANCELLED
    assert town.simulator.requests[-1].method == "PUT"

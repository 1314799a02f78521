"""The tele-secretary's day by keyboard: what comes is taken, agreed, refused, registered, or unannounced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from osnp_console.app.base.drafts import NO_DRAFTS
from osnp_console.app.base.live import Change, Linked, Subject
from osnp_console.app.booking.records import of_call
from osnp_console.app.ports import OpenUnit
from osnp_console.app.transfer import acts
from osnp_console.app.transfer.acts import MoveAsked
from osnp_console.app.transfer.line_moves import LineAct
from osnp_console.cli.program import Program
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.call_record import CallRecord, CallState
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.transfer import Actor
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.frame.transfers_place import NO_LINE
from osnp_console.ui.lock.covered import covered
from osnp_console.ui.transfer.receiving.reasons import MISSING
from tests.journeys.line_desk import LEA, LineDesk, LineStation, Sent, send
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.test_accessible import nameless, stops, walk
from tests.journeys.test_other_desks import HandFeed
from tests.journeys.town import Town, town_of
from tests.journeys.workstation import DESK, NOON, Workstation

M, S = TransferMove, TransferState
OTHER_DESK = Actor("ligne-1", "Gaëlle Robin")
ON_THE_PHONE = Sent(moves=(M.DIAL, M.ANSWER))
NOE = {**LEA, fields.BIRTH_NAME: "LE GOFF", fields.FIRST_NAMES: "Noé", fields.CALLER_PHONE: "0639984107",
       facts.BIRTH: "12/03/2019", facts.SEX: "M", facts.PREGNANT: None}  # fmt: skip
ANNOUNCED = Sent("t-2", NOE, timedelta(minutes=4, seconds=20), desk="44-3")


@pytest.fixture
def workstation(tmp_path: Path, program: Program) -> Workstation:
    """The tele-secretariat's own base, its console not started."""
    made = LineStation(tmp_path, program)
    made.install()
    return made


@pytest.fixture
def town(workstation: Workstation) -> Iterator[Town]:
    """The agendas of the Pays de Redon, declared; ask for it before the operator."""
    with town_of(workstation) as made:
        made.open_local_agenda()
        made.declare(made.local)
        yield made


@pytest.fixture
def queue(workstation: Workstation) -> None:
    """One on the phone, one announced; ask for it before the operator."""
    keep(workstation, ON_THE_PHONE, ANNOUNCED)


@pytest.fixture
def desk(queue: None, operator: Operator) -> LineDesk:
    """A tele-secretary before the queue."""
    made = LineDesk(operator)
    made.enter()
    return made


def keep(workstation: Workstation, *sent: Sent) -> None:
    """Transfers that desks of the SAS keep in the base, the console being stopped."""
    store = workstation.opened()
    send(store, *sent)
    store.close()


def elsewhere(desk: LineDesk, *works: object, feed: HandFeed | None = None) -> None:
    """Another desk does something in the base; it is heard here where there is a feed."""
    for work in works:
        desk.operator.read_base(work)  # type: ignore[arg-type]  # work for the store
    if feed is not None:
        feed.say(Change(Subject.TRANSFER, "t-1"))


def call_of(desk: LineDesk, call: str) -> CallRecord:
    """A call as the base holds it."""

    def read(open_unit: OpenUnit) -> CallRecord:
        with open_unit() as unit:
            return unit.calls.get(call)

    return desk.operator.read_base(read)


def settle(desk: LineDesk) -> None:
    """Wait until agendas and store are done, and long enough for a key to count again."""
    desk.wait()
    desk.operator.qtbot.waitUntil(lambda: desk.operator.window.agendas.is_idle)
    desk.wait()
    desk.advance(seconds=1)


def take_first(desk: LineDesk) -> None:
    """Entrée on the transfer that is on the phone, and its slots."""
    pressed("Return")
    desk.operator.qtbot.waitUntil(lambda: desk.operator.window.calls.current is not None)
    settle(desk)
    desk.operator.qtbot.waitUntil(lambda: desk.place.pane.borrowed.is_here)


def test_a_transfer_is_taken_agreed_to_and_registered_by_keyboard_with_nothing_typed(
    town: Town, desk: LineDesk
) -> None:
    operator = desk.operator
    assert operator.frame.rail.buttons[Place.TRANSFERS].count == 2
    assert operator.here == "File AccèsS"
    assert desk.rows[1].startswith("À prendre, SAS 35 · poste 1, Léa MARTIN, 32 ans · Pipriac")
    assert desk.rows[3].startswith("Annoncé, SAS 44 · poste 3, Noé LE GOFF, 7 ans")
    assert desk.buttons == ["Prendre"]
    take_first(desk)
    sheet, sent = operator.sheet, call_of(desk, "appel-t-1").sheet
    assert sheet == CallSheet(sent.values, sent.asked, sent.pending)
    assert desk.buttons == ["Refuser…", "Rien de libre", "Situation présentée"]
    assert operator.here == "Créneaux"
    assert nameless(operator.window) == []
    # The rail is one stop.
    assert set(stops(operator.window)) - set(operator.frame.rail.buttons.values()) <= set(walk("Tab"))
    assert operator.here == "Créneaux"
    assert desk.place.pane.told.words.startswith("Je vous inscris aujourd’hui à 15 h")
    assert (
        desk.place.pane.told.reason.text() == "motif «\u202fSAS 35 – cystite, brûlures mictionnelles\u202f»"
    )
    pressed("Ctrl+I")  # the conditions of the line, judged for this patient
    assert operator.here.startswith("Pays de Redon · médecine générale Document")
    assert operator.row.startswith("Pays de Redon, médecine générale, éligible")
    desk.enter()
    settle(desk)
    pressed("F9")
    pressed("F9")  # the same press, twice: nothing is booked with it
    settle(desk)
    assert desk.question == "Proposer 15:00 au SAS\u202f?"
    pressed("F9")
    operator.qtbot.waitUntil(lambda: desk.transfer().state is S.AGREED)
    settle(desk)
    agreed = desk.transfer()
    assert agreed.slot.startswith("aujourd’hui 15:00")
    assert (agreed.appointment != "", agreed.line_call) == (True, operator.call.record.id)
    operator.capture("transferts-accord")
    pressed("F9")
    settle(desk)
    assert desk.transfer().state is S.HANDED_OVER
    line_call = operator.call.record.id
    pressed("F9")
    settle(desk)
    assert desk.transfer().state is S.REGISTERED
    kept = call_of(desk, line_call)
    assert (kept.state, kept.outcome) == (CallState.CLOSED, "rendez_vous")
    assert operator.window.calls.current is None
    # Shown in the queue, then taken: the record of the patient was read twice, for two reasons.
    assert operator.journal_of("appel-t-1").count(journal.READ) == 2
    assert operator.journal_of("appel-t-2").count(journal.READ) == 1


def test_a_transfer_is_refused_with_a_reason_and_another_has_nothing_free(desk: LineDesk) -> None:
    take_first(desk)
    line_call = desk.operator.call.record.id
    pressed("Shift+F8")
    pressed("End")
    assert desk.place.acts.refusals.isVisible()
    typed("a")
    pressed("Return")
    assert MISSING in desk.operator.words_in(desk.place.acts.refusals)
    typed("cabinet ferme")
    pressed("Escape")
    assert desk.transfer().state is S.ANSWERED
    pressed("Ctrl+=")  # every panel is made anew
    pressed("Shift+F8")
    typed("a")
    assert desk.place.acts.refusals.text.text() == "cabinet ferme", "what was typed is not lost"
    desk.place.queue.list.make_current("t-2")  # what is looked at meanwhile is not what is refused
    pressed("Return")
    settle(desk)
    refused = desk.transfer()
    assert (refused.state, refused.history[-1].text) == (S.REFUSED, "cabinet ferme")
    assert call_of(desk, line_call).outcome == "sans_solution"
    desk.place.queue.list.setFocus()
    pressed("Home")
    pressed("Return")
    pressed("Return")  # twice by mistake: one call is opened
    settle(desk)
    assert desk.transfer("t-2").state is S.ANSWERED
    assert len(desk.operator.window.calls.calls) == 1
    pressed("Shift+F9")
    settle(desk)
    assert desk.transfer("t-2").state is S.NO_SLOT
    assert desk.rows[-1] == "1 refusé · 1 sans créneau, replié"
    assert desk.operator.frame.rail.buttons[Place.TRANSFERS].count == 0


def test_the_reason_of_a_refusal_that_was_not_said_waits_for_its_own_transfer_after_a_crash(
    desk: LineDesk,
) -> None:
    take_first(desk)
    pressed("Shift+F8")
    typed("a")
    typed("cabinet ferme")
    desk.operator.qtbot.waitUntil(
        lambda: [one.text for one in desk.operator.kept_drafts().texts] == ["cabinet ferme"]
    )
    desk.operator.crash()
    desk.operator.start()
    desk.operator.qtbot.waitUntil(lambda: desk.operator.window.door.is_idle)
    pressed("Return")  # the call goes on
    desk.enter()
    settle(desk)
    desk.place.acts.do(LineAct.REFUSE, desk.transfer("t-2"))
    assert desk.place.acts.refusals.text.text() == "", "it was typed about another patient"
    pressed("Escape")
    desk.place.acts.do(LineAct.REFUSE, desk.transfer())
    assert desk.place.acts.refusals.text.text() == "cabinet ferme"
    typed("a")
    pressed("Return")
    settle(desk)
    assert (desk.transfer().state, desk.transfer().history[-1].text) == (S.REFUSED, "cabinet ferme")
    desk.operator.qtbot.waitUntil(lambda: desk.operator.kept_drafts() == NO_DRAFTS)


def test_what_another_desk_took_is_said_and_taken_over_only_on_purpose(desk: LineDesk) -> None:
    feed = HandFeed()
    desk.operator.window.live.follow(feed)
    feed.say(Linked(NOON))

    def type_on(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            unit.calls.save(unit.calls.get("appel-t-1").put(fields.FIRST_NAMES, "Léa Marie"))
            unit.commit()

    elsewhere(desk, type_on)
    feed.say(Change(Subject.CALL, "appel-t-1"))
    desk.operator.qtbot.waitUntil(lambda: "Léa Marie MARTIN" in desk.rows[1])
    assert desk.operator.journal_of("appel-t-1").count(journal.READ) == 1, "read on, not read again"
    elsewhere(desk, acts.take("t-1", OTHER_DESK.desk, NOON))
    pressed("Return")  # not heard yet: the store says who has it
    desk.operator.qtbot.waitUntil(lambda: "Le poste 1 l’a pris à 10:02:00." in desk.operator.notice)
    desk.wait()
    assert desk.operator.window.calls.current is None
    assert desk.buttons == ["Reprendre à ce poste"]
    assert desk.rows[0] == "En ligne, 1", "the selected row does not move under the eye"
    desk.place.queue.list.setFocus()
    pressed("Return")
    assert desk.operator.here == "Reprendre à ce poste"
    assert desk.transfer().taken is not None
    pressed("Return")
    desk.operator.qtbot.waitUntil(lambda: desk.operator.window.calls.current is not None)
    settle(desk)
    taken = desk.transfer().taken
    assert taken is not None
    assert taken.by.desk == "ligne-2"


def cancelled_by_the_sas(desk: LineDesk) -> object:
    """Work for the store: the desk of the SAS that sent it cancels the first transfer, a minute from noon."""
    return acts.move(MoveAsked("t-1", M.CANCEL, "35-1", NOON + timedelta(minutes=1)))


def test_what_asks_about_a_move_goes_when_the_sas_cancels_and_the_line_is_told_that_its_call_goes_on(
    desk: LineDesk,
) -> None:
    operator, feed = desk.operator, HandFeed()
    operator.window.live.follow(feed)
    feed.say(Linked(NOON))
    take_first(desk)
    pressed("F9")  # the situation is presented
    settle(desk)
    pressed("F9")
    asked = desk.place.acts.slot_asked
    assert asked.isVisible(), "no agenda is read here: the slot is asked in words"
    typed("11 h, Dr Exemple")
    elsewhere(desk, cancelled_by_the_sas(desk), feed=feed)
    operator.qtbot.waitUntil(asked.isHidden)
    said = "Le transfert à AccèsS est annulé, à 10:03:00. L’appel du patient est encore ouvert."
    assert (desk.question, operator.notice) == (said, said)
    assert said in operator.frame.bar.journal.text(), "also in the call itself"
    assert asked.slot.text() == "11 h, Dr Exemple", "what was typed is not lost"
    assert operator.here == "File AccèsS"
    assert desk.rows[0] == "En ligne, 1", "the selected row does not move under the eye"
    badge = operator.frame.rail.buttons[Place.TRANSFERS].count
    assert (desk.place.queue.counts.text(), badge) == ("1 à traiter", 1)
    assert desk.buttons == ["Terminer l’appel…"]
    pressed("F9")
    assert operator.frame.call_desk.outcomes.isVisible()


def test_a_slot_booked_for_a_transfer_cancelled_meanwhile_is_said_to_stand_and_given_back_with_one_key(
    town: Town, desk: LineDesk
) -> None:
    operator = desk.operator
    take_first(desk)
    pressed("F9")  # the situation is presented
    settle(desk)
    elsewhere(desk, cancelled_by_the_sas(desk))  # and nobody has told this desk yet
    pressed("F9")
    operator.qtbot.waitUntil(lambda: "annuler le rendez-vous" in desk.question)
    settle(desk)
    assert desk.question.startswith("Réservé\u202f: aujourd’hui 15:00")
    assert desk.question.endswith("mais le SAS a annulé\u202f: annuler le rendez-vous\u202f?")
    assert operator.notice == desk.question
    assert desk.buttons == ["Terminer l’appel…", "Annuler le rendez-vous"]
    assert not desk.place.pane.told.isVisible(), "« Je vous inscris » is not to be read to this patient"
    operator.capture("transferts-reserve-annule")
    pressed("F9")  # the key that has just booked gives nothing back
    settle(desk)
    assert booked_for(desk, operator.call.record.id) == [AppointmentState.BOOKED]
    pressed("Shift+F8")
    settle(desk)
    assert booked_for(desk, operator.call.record.id) == [AppointmentState.CANCELLED]
    assert desk.question.endswith("L’appel du patient est encore ouvert.")


def test_a_line_that_refuses_what_it_has_booked_keeps_its_call_until_the_booking_is_settled(
    town: Town, desk: LineDesk
) -> None:
    operator = desk.operator
    take_first(desk)
    for _ in range(2):  # the situation is presented, then 15:00 is booked and agreed to
        pressed("F9")
        settle(desk)
    operator.qtbot.waitUntil(lambda: desk.transfer().state is S.AGREED)
    settle(desk)
    line_call = operator.call.record.id
    pressed("Shift+F8")
    pressed("Return")
    operator.qtbot.waitUntil(lambda: "annuler le rendez-vous" in desk.question)
    settle(desk)
    assert desk.transfer().state is S.REFUSED
    assert "mais AccèsS a refusé" in desk.question
    assert call_of(desk, line_call).outcome is None
    pressed("Shift+F8")
    settle(desk)
    assert booked_for(desk, line_call) == [AppointmentState.CANCELLED]
    assert desk.buttons == ["Terminer l’appel…"]


def booked_for(desk: LineDesk, call: str) -> list[AppointmentState]:
    """How the appointments of a call stand in the base."""
    return [one.state for one in desk.operator.read_base(of_call(call))]


def test_after_a_stop_the_same_call_is_found_again_and_what_is_given_back_waits_again(desk: LineDesk) -> None:
    operator = desk.operator
    take_first(desk)
    line_call = operator.call.record.id
    operator.tab_into(operator.frame.bar)  # the keyboard leaves the slots
    operator.stop()
    operator.start()
    operator.frame.notice.no.click()  # left in the follow-up
    desk.enter()
    operator.qtbot.waitUntil(lambda: len(desk.rows) > 1)
    assert desk.rows[1].startswith("À vous")
    desk.place.queue.list.setFocus()
    pressed("Return")
    operator.qtbot.waitUntil(lambda: operator.window.calls.current is not None)
    settle(desk)
    assert operator.call.record.id == line_call
    operator.frame.bar.give_back.click()
    settle(desk)
    assert desk.transfer().taken is None
    assert desk.buttons == ["Prendre"]
    desk.place.queue.list.setFocus()
    take_first(desk)
    assert operator.call.record.id == line_call
    operator.window.calls.close("raccroche")
    settle(desk)
    failed = desk.transfer()
    assert (failed.state, failed.history[-1].reason) == (S.FAILED, "patient_parti"), "the SAS is told"


def test_a_caller_whom_nobody_announced_is_taken_then_joined_to_the_announcement_that_comes(
    desk: LineDesk,
) -> None:
    operator = desk.operator
    pressed("Alt+A")
    pressed("Shift+F2")
    assert operator.here == "Transféré par"
    typed("sas 99")
    pressed("Return")
    assert desk.place.caller_asked.isVisible()
    pressed("Ctrl+A")
    typed("sas 44")
    pressed("Return")
    desk.wait()
    assert operator.here == "Rappeler au"
    call = operator.call
    own = operator.window.transfers.of_call(call.record.id)
    assert own is not None
    assert (own.sas, own.announced, own.state) == ("44", False, S.ANSWERED)
    assert operator.frame.top.tabs.tabs[0].accessibleName().endswith("par SAS 44, sans annonce")
    typed("06 39 98 41 07")
    pressed("Return")
    operator.qtbot.waitUntil(lambda: operator.notice != "")
    assert operator.notice == "Le SAS 44 a annoncé Noé LE GOFF il y a 4 min. Joindre\u202f?"
    operator.frame.notice.yes.setFocus()
    pressed("Space")
    desk.wait()
    joined = desk.transfer("t-2")
    assert (joined.line_call, joined.state) == (call.record.id, S.ANSWERED)
    assert desk.transfer(own.id).joined_to == "t-2"
    assert operator.sheet.text(fields.BIRTH_NAME) == "LE GOFF"
    assert operator.notice == ""
    desk.enter()
    assert desk.rows[1].startswith("À vous, SAS 44 · poste 3, Noé LE GOFF")


def test_what_arrives_is_counted_said_and_rung_and_takes_the_keyboard_from_nobody(
    desk: LineDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: rung.append(1))
    operator, feed = desk.operator, HandFeed()
    operator.window.live.follow(feed)
    feed.say(Linked(NOON))
    desk.place.queue.unannounced.setFocus()
    assert desk.place.queue.live.said == "", "what was there before is no news"
    for sounds, key in ((False, "t-8"), (True, "t-9")):
        operator.window.change_preferences(replace(operator.window.preferences, arrival_sound=sounds))
        late = Sent(key, NOE, timedelta(0), desk="44-3")

        def keep_it(open_unit: OpenUnit, late: Sent = late) -> None:
            with open_unit() as unit:
                unit.calls.save(late.call(NOON))
                unit.transfers.save(late.transfer(NOON))
                unit.commit()

        operator.read_base(keep_it)
        feed.say(Change(Subject.TRANSFER, key))
        operator.qtbot.waitUntil(lambda key=key: key in [one.id for one in desk.place.queue.list.rows])
    assert operator.frame.rail.buttons[Place.TRANSFERS].count == 4
    assert operator.frame.rail.buttons[Place.TRANSFERS].accessibleName() == "Transferts, 4 attendent"
    assert desk.place.queue.live.said == "Nouveau transfert, AccèsS"
    assert operator.here == "Appel sans annonce"
    assert rung == [1]


def test_a_locked_line_desk_says_how_many_wait_and_since_when_and_nothing_of_whom(desk: LineDesk) -> None:
    window = desk.operator.window
    seen = covered(window.calls.calls, window.calls.clock(), window.receiving.waiting)
    assert seen.alarms == "1 transfert attend · 04:20"


def test_a_direct_call_from_the_public_has_the_lines_own_rules_and_is_said_to_be_one(desk: LineDesk) -> None:
    operator = desk.operator
    pressed("F2")
    for code, answer in LEA.items():
        operator.window.calls.answer(code, answer)
    operator.window.calls.settle()
    assert "Pays de Redon" in operator.eligible()
    assert operator.frame.top.tabs.tabs[0].accessibleName().endswith("appel direct")


class TestSender:
    """A desk of a SAS looks at what it sent."""

    @pytest.fixture
    def workstation(self, tmp_path: Path, program: Program) -> Workstation:
        """A desk of the SAS."""
        made = LineStation(tmp_path, program, desk=DESK)
        made.install()
        keep(made, Sent(moves=(M.DIAL, M.ANSWER), desk=DESK.code), Sent("t-3", desk="44-9"))
        return made

    def test_it_sees_its_own_transfers_of_the_day_and_entree_shows_the_call(
        self, operator: Operator, qtbot: QtBot, qapp: QObject
    ) -> None:
        desk = LineDesk(operator)
        operator.frame.notice.no.click()  # the call that was open stays in the follow-up
        desk.enter()
        operator.qtbot.waitUntil(lambda: len(desk.rows) > 1)
        assert [row.split(",")[0] for row in desk.rows] == ["En ligne", "Répondu"]
        assert desk.rows[1].startswith("Répondu, AccèsS, Léa MARTIN")
        assert desk.buttons == []
        assert operator.frame.rail.buttons[Place.TRANSFERS].count == 0
        pressed("Return")
        operator.qtbot.waitUntil(lambda: operator.window.calls.current is not None)
        assert operator.call.record.id == "appel-t-1"
        pressed("Shift+F2")
        assert operator.notice == NO_LINE

"""A patient handed over to a line by the keyboard alone, and everything that goes otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from osnp_console.app.telephony.dial import NO_PHONE, not_sent
from osnp_console.app.transfer import acts
from osnp_console.app.transfer.acts import MoveAsked
from osnp_console.app.transfer.stepper import StepState
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallState
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.sending import GUARD_MS
from tests.ui.sending_desk import SendingOnScreen
from tests.ui.slots_desk import AT_1400
from tests.unit.transfers import transfer_to

M, S, NB = TransferMove, TransferState, "\u202f"
THERE = "ligne-1"
Make = Callable[..., SendingOnScreen]


@pytest.fixture
def make(qtbot: QtBot, theme: Theme) -> Make:
    """Makes a call of the Pays de Redon on screen."""

    def made(*given: object, **options: object) -> SendingOnScreen:
        return SendingOnScreen(qtbot, theme, *given, **options)  # type: ignore[arg-type]  # handed on

    return made


def test_the_redon_story_goes_from_the_checklist_to_registered_by_f8_alone(make: Make) -> None:
    desk = make({facts.SEX: "F", fields.BIRTH_NAME: "ESSAI", fields.FIRST_NAMES: "Camille"})
    assert not desk.panel.isVisible()
    desk.press("F8")
    assert (desk.state(), desk.panel.isVisible(), desk.checklist.isVisible()) == (S.PREPARED, True, False)
    assert desk.panel.header.title.text() == "Transfert à AccèsS"
    assert desk.buttons == ["Annuler", "Autre suite…", "Appeler AccèsS"]
    assert "pas demandé" in desk.words()
    desk.go(seconds=8)
    desk.press("F8")
    assert desk.phone.dialled == ["02 30 30 34 34"]
    assert desk.call.record.state is CallState.HELD, "the patient waits"
    assert desk.panel.live.said == "AccèsS est en train d’être appelé."
    assert desk.question == f"AccèsS répond{NB}?"
    desk.go(seconds=20)
    desk.press("F8")
    desk.go(minutes=2, seconds=5)
    assert [line.counted.text() for line in desk.panel.timers.lines] == ["02:05", "02:25"]
    assert "En ligne avec AccèsS" in desk.words()
    assert "Patiente en attente" in desk.words()
    assert desk.panel.footer.usual.accessibleName() == "Présenté, AccèsS cherche"
    desk.press("F8")
    assert desk.focused is desk.panel.footer.slot.line_edit
    desk.type("10:45, Dr Essai, Redon")
    desk.press("F8", "F8")
    assert (desk.state(), desk.sent.slot) == (S.AGREED, "10:45, Dr Essai, Redon")
    assert desk.panel.footer.usual.accessibleName() == "Patiente remise"
    desk.press("F8")
    assert (desk.state(), desk.kept) == (S.HANDED_OVER, S.HANDED_OVER)
    assert desk.buttons == ["Autre suite…", f"Terminer{NB}: transféré"]
    assert desk.lines[-1] == "patient remis à AccèsS"
    ended: list[object] = []
    desk.transfer.acts.ended.connect(lambda: ended.append(desk.calls.current))
    call = desk.call
    desk.press("F8")
    assert (call.record.outcome, ended) == ("transfere", [None])
    assert [one.state for one in desk.desk.memory.transfers.kept.values()] == [S.HANDED_OVER]


def test_the_line_s_own_desk_says_that_it_registered_the_patient(make: Make, qtbot: QtBot) -> None:
    desk = make({facts.SEX: "M"})
    desk.press(*["F8"] * 7)
    assert desk.state() is S.HANDED_OVER
    now = desk.desk.clock.now + timedelta(seconds=30)
    desk.desk.memory.submit(acts.move(MoveAsked(desk.sent.id, M.REGISTER, THERE, now)))
    desk.live.linked.emit(True)
    qtbot.waitUntil(lambda: desk.state() is S.REGISTERED)
    assert desk.panel.news.words == "AccèsS a inscrit le patient à 10:02:30."
    assert {one.state for one in desk.panel.steps.steps} == {StepState.DONE}
    assert desk.lines[-1] == "inscrit par AccèsS"
    desk.press("Escape")
    assert desk.checklist.isVisible()
    desk.press("F8")
    assert desk.panel.isVisible(), "F8 brings the panel back before it ends anything"


def test_a_line_that_does_not_answer_twice_leads_to_the_next_best_slot_with_nothing_typed_again(
    make: Make,
) -> None:
    desk = make(finds_plesse=True)
    assert desk.slots.select(AT_1400.id), "what was chosen before is not what is proposed"
    desk.press("F8", "F8", "Maj+F8")
    assert desk.panel.others.isVisible()
    desk.press("R", "Return")
    assert desk.state() is S.NO_ANSWER
    desk.go(seconds=30)
    desk.press("Ctrl+T", "Maj+F8", "O")
    desk.press("Escape")
    assert desk.state() is S.CALLING, "Échap notes nothing"
    desk.press("Maj+F8", "Return")
    assert desk.state() is S.NO_ANSWER
    assert desk.panel.message.words == (
        "AccèsS ne répond pas (2e essai). Rappeler, ou prendre 11:20 à Plessé."
    )
    assert desk.phone.dialled == ["02 30 30 34 34"] * 2
    assert f"Essais{NB}: 10:02 sans réponse, 10:02 sans réponse" in desk.words()
    assert desk.focused is desk.panel.ways.buttons[0]
    desk.press("A")
    assert not desk.panel.isVisible()
    row = desk.slots.chosen_row
    assert row is not None
    assert f"{row.one.slot.start:%H:%M}" == "11:20"
    assert desk.state() is S.NO_ANSWER, "the line may still be called again"
    desk.press("F8")
    assert desk.panel.isVisible()
    desk.calls.close("rendez_vous")
    assert [one.state for one in desk.desk.memory.transfers.kept.values()] == [S.CANCELLED]


def test_a_refusal_says_why_offers_what_is_left_and_the_regulating_doctor_by_a_letter(make: Make) -> None:
    desk = make(finds_plesse=True)
    desk.press(*["F8"] * 4, "Maj+F8", "P", "Return")
    assert desk.state() is S.REFUSED
    assert desk.panel.message.words == (
        f"AccèsS refuse{NB}: plus de place avant demain. Trois autres solutions ci-dessous."
    )
    assert desk.buttons == ["Transférer à AccèsS"]
    wanted: list[str] = []
    desk.transfer.outcome_wanted.connect(wanted.append)
    desk.press("M")
    assert wanted == ["rendu_arm"]
    desk.press("Escape")
    assert not desk.panel.isVisible()
    desk.press("F8")
    assert desk.state() is S.PREPARED, "what was refused and put away is not brought back"
    assert len(desk.desk.memory.transfers.kept) == 2


def test_a_reason_of_one_s_own_is_asked_for_and_outlives_what_covers_it(make: Make) -> None:
    desk = make()
    desk.press(*["F8"] * 3, "Maj+F8", "U", "Return")
    assert desk.state() is S.ANSWERED, "a reason that is missing is asked for"
    assert desk.panel.others.text.message.words == "Le motif est à taper."
    desk.type("ligne inaudible")
    desk.press("Escape", "Maj+F8", "U", "Return")
    assert (desk.state(), desk.sent.history[-1].text) == (S.FAILED, "ligne inaudible")
    assert desk.panel.message.words.startswith(f"Transfert interrompu{NB}: ligne inaudible.")


def test_unmet_conditions_ask_why_before_anything_is_prepared_and_the_reason_is_kept(make: Make) -> None:
    desk = make({facts.DELAY: 72})
    desk.checklist.focus_dispositif("44-pays-de-redon-mg")
    desk.press("F8")
    assert desk.sending.transfer(desk.call) is None
    assert desk.panel.header.conditions.accessibleName() == "1 condition non réunie"
    assert desk.buttons == ["Continuer malgré tout"]
    desk.press("F8")
    assert desk.panel.footer.why.message.words == "Le motif est à taper pour continuer."
    desk.press("Ctrl+T")
    assert desk.phone.dialled == [], "nobody is called before"
    desk.type("accord de la CPTS")
    desk.press("Escape")
    assert desk.checklist.isVisible()
    desk.press("F8")
    assert desk.panel.footer.why.text() == "accord de la CPTS", "what is typed outlives Échap"
    desk.press("Return")
    assert desk.sent.conditions.reason == "accord de la CPTS"
    assert desk.state() is S.PREPARED
    assert desk.lines[-1] == "transfert à AccèsS préparé (accord de la CPTS)"


def test_a_condition_that_is_met_meanwhile_asks_for_no_reason_any_more(make: Make) -> None:
    desk = make({facts.DELAY: 72})
    desk.checklist.focus_dispositif("44-pays-de-redon-mg")
    desk.press("F8")
    assert desk.panel.message.words == (f"Condition non réunie{NB}: Besoin sous 48 h · À voir sous 72 h.")
    desk.calls.answer(facts.DELAY, 24)
    assert desk.buttons == ["Préparer le transfert"]
    desk.press("F8")
    assert (desk.state(), desk.sent.conditions.reason) == (S.PREPARED, "")


def test_who_may_not_transfer_and_a_call_that_was_itself_handed_over_begin_nothing(make: Make) -> None:
    desk = make()
    desk.transfer.is_allowed = False
    desk.press("F8")
    assert desk.sending.transfer(desk.call) is None
    desk.transfer.is_allowed = True
    offered: list[object] = []
    desk.transfer.offered.connect(lambda reason, seen: offered.append(reason))
    received = replace(transfer_to(), id="t-9", line_call=desk.call.record.id)
    desk.desk.memory.transfers.save(received)
    desk.sending.transfers.look_up(desk.call.record.id)
    desk.calls.settled.emit(desk.call)
    assert offered[-1] == f"Cet appel est celui d’un transfert reçu{NB}: il se suit dans Transferts."
    desk.press("F8")
    assert list(desk.desk.memory.transfers.kept) == ["t-9"]
    assert not desk.panel.isVisible()


def test_a_closed_line_says_so_and_when_it_opens_and_one_that_closes_meanwhile_too(make: Make) -> None:
    desk = make()
    desk.desk.clock.now = desk.desk.clock.now.replace(hour=18, minute=50)
    desk.press("F8")
    assert desk.panel.header.hours.text() == "ferme dans 10 min"
    desk.go(minutes=14)
    assert desk.panel.header.hours.text() == "ligne fermée · ouvre demain à 8:00"
    assert desk.state() is S.PREPARED
    desk.take()
    desk.press("F8")
    assert desk.panel.message.words == "AccèsS ferme à 19:00, il est 19:04. Ouvre demain à 8:00."
    assert desk.panel.footer.why.hasFocus() or desk.focused is desk.panel.footer.why.line_edit


def test_f8_does_nothing_for_400_ms_after_a_step_changed(make: Make, qtbot: QtBot) -> None:
    desk = make()
    assert GUARD_MS == 400
    desk.press("F8")
    desk.sending.guard.setInterval(10_000)
    desk.press("F8")
    assert desk.state() is S.CALLING
    desk.press("F8", "F8")
    assert desk.state() is S.CALLING, "the second press meant the step before"
    desk.sending.guard.setInterval(0)
    desk.sending.guard.start()
    qtbot.waitUntil(lambda: not desk.sending.guard.isActive())
    desk.press("F8")
    assert desk.state() is S.ANSWERED


def test_the_patient_is_taken_back_hangs_up_and_is_on_the_phone_again(make: Make) -> None:
    desk = make({facts.SEX: "F"})
    desk.press("F8", "F8", "F8")
    assert "Patiente en attente" in desk.words()
    desk.calls.hold_or_resume()
    assert "Patiente en ligne" in desk.words()
    desk.press("Maj+F4")
    assert "La patiente a raccroché" in desk.words()
    assert desk.panel.timers.patient.accessibleName() == "La patiente est de nouveau en ligne"
    assert desk.lines[-1] == "la patiente n’est plus en ligne"
    desk.press("F8")
    assert desk.state() is S.PRESENTED, "the line may go on looking"
    desk.press("Maj+F4")
    assert desk.sent.patient_left_at is None
    desk.press("Maj+F4")
    desk.calls.close("raccroche")
    (kept,) = desk.desk.memory.transfers.kept.values()
    assert (kept.state, kept.history[-1].reason) == (S.FAILED, "patient_parti")


def test_what_the_other_desk_did_meanwhile_is_a_message_and_the_step_is_not_made(make: Make) -> None:
    desk = make()
    desk.press("F8", "F8", "F8")
    key, now = desk.sent.id, desk.desk.clock.now
    desk.desk.memory.submit(acts.move(MoveAsked(key, M.REFUSE, THERE, now, "complet")))
    desk.press("F8")
    assert desk.state() is S.REFUSED
    assert desk.panel.message.words.startswith("« Présenté » n’a pas été noté")
    assert desk.buttons == ["Transférer à AccèsS"]


def test_cancelling_is_asked_twice_and_its_first_answer_does_nothing(make: Make) -> None:
    desk = make()
    desk.press("F8")
    desk.panel.footer.cancel.setFocus()
    desk.press("Return")
    assert desk.question == f"Annuler le transfert à AccèsS{NB}?"
    desk.press("Return")
    assert desk.state() is S.PREPARED
    desk.panel.footer.cancel.setFocus()
    desk.press("Return", "Shift+Tab", "Return")
    assert desk.state() is S.CANCELLED
    assert desk.panel.message.words.startswith("Transfert annulé.")


def test_two_transfers_at_once_each_keep_their_step_and_their_panel(make: Make) -> None:
    desk = make()
    first = desk.call
    desk.press("F8", "F8", "F8")
    desk.take()
    assert desk.checklist.isVisible()
    desk.press("F8", "F8")
    second = desk.call
    assert desk.state() is S.CALLING
    desk.press("Escape")
    desk.calls.show(first)
    assert (desk.state(), desk.panel.isVisible()) == (S.ANSWERED, True)
    desk.calls.show(second)
    assert (desk.state(), desk.panel.isVisible()) == (S.CALLING, False)
    other = desk.sending.transfers.of_call(first.record.id)
    assert other is not None
    assert other.id != desk.sent.id


def test_what_was_going_on_when_the_desk_stopped_is_on_its_step_again(make: Make) -> None:
    desk = make()
    desk.press("F8", "F8", "F8", "Escape")
    again, sending = desk._start()
    again.recover()
    found = sending.transfer(desk.call)
    assert found is not None
    assert (found.state, sending.of(desk.call).is_open, sending.of(desk.call).is_resumed) == (
        S.ANSWERED, True, True,
    )  # fmt: skip


def test_what_the_line_needs_and_was_not_asked_leads_to_its_field_and_the_reading_is_copied(
    make: Make,
) -> None:
    desk = make({facts.SEX: None, fields.CALLER_PHONE: None})
    desk.press("F8")
    wanted: list[str] = []
    desk.transfer.field_wanted.connect(wanted.append)
    assert desk.panel.to_ask() == fields.BIRTH_NAME
    desk.calls.answer(fields.BIRTH_NAME, "ESSAI")
    desk.calls.answer(fields.FIRST_NAMES, "Camille")
    assert any(text.startswith("Camille ESSAI") for text in desk.words())
    assert desk.panel.to_ask() == facts.BIRTH
    desk.panel.copy_text()
    assert "Camille ESSAI" in QGuiApplication.clipboard().text()
    desk.transfer.show_source()
    source = desk.panel.source
    assert source.isVisible()
    assert desk.panel.timers.isVisible(), "clocks are never covered"
    desk.press("Escape")
    assert not source.isVisible()
    assert desk.panel.isVisible()


def test_a_telephone_that_is_missing_is_said_and_blocks_nothing(make: Make) -> None:
    desk = make()
    desk.press("F8", "F8")
    desk.phone.ended.emit("02 30 30 34 34", not_sent(NO_PHONE))
    assert NO_PHONE in desk.words()
    desk.press("F8")
    assert desk.state() is S.ANSWERED


def test_tab_goes_through_the_panel_as_one_reads_it(make: Make) -> None:
    desk = make({facts.CAN_TRAVEL: None}, finds_plesse=True)
    desk.press("F8")
    panel = desk.panel
    panel.area.setFocus()
    seen = []
    while desk.focused is not panel.footer.usual:
        desk.press("Tab")
        seen.append(desk.focused.accessibleName().partition(NB)[0])
        assert len(seen) < 40
    assert seen[:3] == ["Fiche de transfert, PDF", "Copier", "Demander"]
    assert seen[-9:-5] == ["Source", "Appeler", "Copier le numéro", "La personne a raccroché"]
    assert seen[-4:] == [
        "Médecin régulateur, avis, ou ordonnance",
        "Annuler",
        "Autre suite…",
        "Appeler AccèsS",
    ]


def test_the_columns_are_as_they_were_once_the_transfer_leaves_their_place(make: Make) -> None:
    desk = make(finds_plesse=True)
    before = desk.slots.view.bands.grab().toImage()
    widths = (desk.intake.width(), desk.checklist.width(), desk.slots.width())
    desk.press("F8")
    desk.window.grab()  # lays out what is hidden too
    assert desk.intake.width() == widths[0]
    desk.press("Escape")
    desk.intake.setFocus()
    assert (desk.intake.width(), desk.checklist.width(), desk.slots.width()) == widths
    assert desk.slots.view.bands.grab().toImage() == before

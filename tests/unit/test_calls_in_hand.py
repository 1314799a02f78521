"""Several calls at one desk: one headset, each act kept and journaled, nothing forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.ports import StoreFailure
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.call_record import CallState
from osnp_console.domain.call_sheet import ASKED, EMPTY_SHEET, Answer
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.states import Verdict
from tests.unit.desk_calls import BOCAGE_ENFANTS, LANDE_MG, NOW, TODAY, DeskAtWork, MemoryStore

LATER = NOW + timedelta(minutes=3)
REDON_LIKE: dict[str, Answer] = {
    facts.RESIDENCE: "44901",
    facts.REASON: "angine",
    facts.DELAY: 48,
    facts.REGULAR_DOCTOR: "indisponible",
    facts.CAN_TRAVEL: True,
}


def test_a_new_call_starts_with_the_desk_s_offer_and_its_place_in_the_day() -> None:
    desk = DeskAtWork()
    desk.in_hand.number_from(TODAY, 13)
    call = desk.in_hand.take(NOW)
    assert (call.record.title, call.record.sheet.answer(facts.OFFER)) == ("Appel 14", "medecine_generale")
    assert desk.kinds == [journal.TAKEN]


def test_a_call_taken_before_the_base_answered_follows_the_last_one_it_knows() -> None:
    desk, store = DeskAtWork(), MemoryStore()
    early = desk.in_hand.take(NOW)
    desk.in_hand.number_from(TODAY, 13)
    later = desk.in_hand.take(LATER)
    desk.kept.flush(store.unit)
    assert (early.record.number, later.record.number) == (14, 15)
    assert store.calls[early.record.id].number == 14


def test_the_first_call_of_a_new_day_is_number_one() -> None:
    desk = DeskAtWork()
    desk.in_hand.number_from(TODAY, 13)
    assert desk.in_hand.take(NOW + timedelta(days=1)).record.number == 1


def test_taking_a_call_holds_the_one_that_was_on_the_line() -> None:
    desk = DeskAtWork()
    first = desk.in_hand.take(NOW)
    second = desk.in_hand.take(LATER)
    assert (first.record.state, second.record.state) == (CallState.HELD, CallState.ACTIVE)
    assert desk.kinds == [journal.TAKEN, journal.HELD, journal.TAKEN]


def test_looking_at_a_held_call_does_not_take_it_again() -> None:
    desk = DeskAtWork()
    first = desk.in_hand.take(NOW)
    desk.in_hand.take(LATER)
    desk.in_hand.show(first)
    assert desk.in_hand.current is first
    assert first.record.state is CallState.HELD


def test_each_answer_is_judged_at_once_and_journaled_when_it_is_complete() -> None:
    desk = DeskAtWork()
    call = desk.in_hand.take(NOW)
    for code, answer in REDON_LIKE.items():
        desk.in_hand.answer(call, code, answer)
        desk.in_hand.settle(call, NOW)
    assert call.checklist.judgement(LANDE_MG).verdict is Verdict.ELIGIBLE
    assert desk.kinds.count(journal.ANSWERED) == len(REDON_LIKE)
    assert desk.kinds[-1] == journal.CHECKED
    decision = desk.journal[-1].facts
    assert (decision["eligibles"], decision["catalogue"]) == ([LANDE_MG.id], "sha256:essai")


def test_a_call_received_from_another_desk_begins_with_all_that_was_typed_there_journaled_as_a_whole() -> (
    None
):
    desk, sent = DeskAtWork(), EMPTY_SHEET.type(facts.PRESENT_PLACE, "Land")
    for code, answer in REDON_LIKE.items():
        sent = sent.put(code, answer)
    call = desk.in_hand.take(NOW, sent)
    assert call.record.sheet == sent
    assert desk.kinds == [journal.TAKEN, journal.ANSWERED, journal.CHECKED]
    answered = desk.journal[1].facts["reponses"]
    assert answered == REDON_LIKE
    assert desk.journal[2].facts["eligibles"] == [LANDE_MG.id]
    assert call.question is None or call.question.fact not in REDON_LIKE


def test_letters_typed_in_a_note_are_one_line_of_the_journal() -> None:
    desk = DeskAtWork()
    call = desk.in_hand.take(NOW)
    for text in ("d", "do", "douleur"):
        desk.in_hand.answer(call, fields.NOTE, text)
    desk.in_hand.settle(call, NOW)
    assert desk.kinds == [journal.TAKEN, journal.ANSWERED]
    assert desk.journal[-1].facts == {"reponses": {fields.NOTE: "douleur"}}


def test_settling_twice_says_nothing_twice() -> None:
    desk = DeskAtWork()
    call = desk.in_hand.take(NOW)
    desk.in_hand.answer(call, facts.CAN_TRAVEL, ASKED)
    assert desk.in_hand.settle(call, NOW)
    assert not desk.in_hand.settle(call, NOW)
    assert desk.journal[-1].facts == {"reponses": {facts.CAN_TRAVEL: "?"}}


def test_the_next_question_waits_for_the_answer_to_be_complete() -> None:
    desk = DeskAtWork()
    call = desk.in_hand.take(NOW)
    asked = [call.question]
    desk.in_hand.answer(call, facts.RESIDENCE, "44901")
    asked.append(call.question)
    desk.in_hand.settle(call, NOW)
    asked.append(call.question)
    first, while_typing, then = (question.fact if question is not None else None for question in asked)
    assert first == while_typing == facts.RESIDENCE
    assert then not in (None, facts.RESIDENCE)


def test_an_emergency_refuses_all_and_asks_nothing_until_it_is_taken_back_with_a_reason() -> None:
    desk = DeskAtWork()
    call = desk.in_hand.take(NOW)
    desk.in_hand.raise_alarm(call, NOW)
    assert {row.verdict for row in call.checklist.rows} == {Verdict.NOT_ELIGIBLE}
    during = call.question
    with pytest.raises(ValueError, match="reason"):
        desk.in_hand.drop_alarm(call, "  ", LATER)
    desk.in_hand.drop_alarm(call, "le patient va mieux", LATER)
    after = call.question
    assert during is None
    assert after is not None
    assert {row.verdict for row in call.checklist.rows} == {Verdict.TO_CHECK}
    assert desk.kinds[1:] == [journal.ALARM, journal.ALARM_DROPPED]


def test_the_oldest_alarm_that_nobody_saw_comes_first() -> None:
    desk = DeskAtWork()
    first, second = desk.in_hand.take(NOW), desk.in_hand.take(LATER)
    desk.in_hand.raise_alarm(second, NOW)
    desk.in_hand.raise_alarm(first, LATER)
    assert desk.in_hand.alarms() == [second, first]
    desk.in_hand.see_alarm(second, LATER)
    assert desk.in_hand.alarms() == [first, second]


def test_calls_open_when_the_program_died_come_back_whole_and_on_hold() -> None:
    before = DeskAtWork()
    call = before.in_hand.take(NOW)
    before.in_hand.answer(call, fields.NOTE, "tousse")
    before.in_hand.type(call, facts.RESIDENCE, "lan")
    after = DeskAtWork()
    after.in_hand.recover([call.record], LATER)
    back = after.in_hand.calls[0]
    assert back.record.state is CallState.HELD
    assert back.record.sheet == call.record.sheet
    assert after.kinds == [journal.RECOVERED]


def test_closing_journals_what_was_still_being_typed_and_shows_the_next_call() -> None:
    desk = DeskAtWork()
    first, second = desk.in_hand.take(NOW), desk.in_hand.take(LATER)
    desk.in_hand.answer(second, fields.NOTE, "rien")
    desk.in_hand.close(second, "conseil", LATER)
    assert desk.kinds[-2:] == [journal.ANSWERED, journal.CLOSED]
    assert desk.in_hand.current is first
    assert desk.in_hand.calls == [first]


def test_a_reopened_call_is_on_the_line_and_holds_the_other() -> None:
    desk = DeskAtWork()
    call = desk.in_hand.take(NOW)
    desk.in_hand.close(call, "conseil", NOW)
    other = desk.in_hand.take(LATER)
    again = desk.in_hand.reopen(replace(call.record), LATER)
    assert (again.record.state, other.record.state) == (CallState.ACTIVE, CallState.HELD)


acts = st.lists(
    st.tuples(
        st.sampled_from(("take", "show", "hold", "resume", "close", "alarm", "answer", "type", "settle")),
        st.integers(0, 5),
    ),
    max_size=30,
)


@given(acts)
def test_whatever_is_done_one_call_at_most_is_on_the_line_and_the_store_gets_it_all(
    done: list[tuple[str, int]],
) -> None:
    desk, store = DeskAtWork(), MemoryStore()
    now = NOW
    for act, which in done:
        now += timedelta(seconds=1)
        _do(desk, act, which, now)
        on_the_line = [call for call in desk.in_hand.calls if call.record.state is CallState.ACTIVE]
        assert len(on_the_line) <= 1
        assert (desk.in_hand.current in desk.in_hand.calls) or not desk.in_hand.calls
        if which % 2:
            desk.kept.flush(store.unit)
    desk.kept.flush(store.unit)
    for call in desk.in_hand.calls:
        assert store.calls[call.record.id].sheet == call.record.sheet
        assert store.calls[call.record.id].state is call.record.state
    assert store.journal == desk.journal


def _do(desk: DeskAtWork, act: str, which: int, now: datetime) -> None:
    calls = desk.in_hand.calls
    if act == "take":
        desk.in_hand.take(now)
        return
    if not calls:
        return
    call = calls[which % len(calls)]
    if act == "show":
        desk.in_hand.show(call)
    elif act == "hold" and call.record.state is CallState.ACTIVE:
        desk.in_hand.hold(call, now)
    elif act == "resume" and call.record.state is CallState.HELD:
        desk.in_hand.resume(call, now)
    elif act == "close":
        desk.in_hand.close(call, "conseil", now)
    elif act == "alarm":
        desk.in_hand.raise_alarm(call, now)
    elif act == "answer":
        desk.in_hand.answer(call, facts.REASON, "angine")
    elif act == "type":
        desk.in_hand.type(call, facts.RESIDENCE, "lande")
    elif act == "settle":
        desk.in_hand.settle(call, now)


def test_the_checklist_kept_up_to_date_equals_one_made_anew() -> None:
    desk = DeskAtWork()
    call = desk.in_hand.take(NOW)
    for code, answer in REDON_LIKE.items():
        desk.in_hand.answer(call, code, answer)
    desk.in_hand.answer(call, facts.BIRTH, "2019")
    desk.in_hand.answer(call, facts.CAN_TRAVEL, None)
    again = DeskAtWork()
    again.in_hand.recover([call.record], NOW)
    fresh = again.in_hand.calls[0].checklist
    for dispositif in (LANDE_MG, BOCAGE_ENFANTS):
        assert call.checklist.judgement(dispositif) == fresh.judgement(dispositif)


def test_a_call_that_passes_midnight_is_judged_again_on_the_new_day() -> None:
    desk = DeskAtWork()
    call = desk.in_hand.take(NOW)
    assert not call.pass_midnight(LATER)
    assert call.pass_midnight(NOW + timedelta(days=1))
    assert call.checklist.moment.day == (NOW + timedelta(days=1)).date()


def test_what_happened_around_a_call_waits_for_the_base_as_what_is_typed_does() -> None:
    desk, store = DeskAtWork(), MemoryStore()
    call = desk.in_hand.take(NOW)
    desk.in_hand.note(JournalEntry("44-3", NOW, journal.PROPOSED, call.record.id, {"creneau": "c-1"}))
    assert desk.kinds == [journal.TAKEN, journal.PROPOSED]
    store.fails = 1
    with pytest.raises(StoreFailure):
        desk.kept.flush(store.unit)
    assert desk.kept.is_waiting
    desk.kept.flush(store.unit)
    assert [entry.kind for entry in store.journal] == [journal.TAKEN, journal.PROPOSED]

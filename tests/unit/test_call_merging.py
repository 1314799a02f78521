"""Two desks changed one call: nothing typed is lost, and what both changed is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_merging import OUTCOME, BothChanged, merge_calls
from osnp_console.domain.call_record import OUTCOMES, CallRecord, CallState, Move
from osnp_console.domain.call_sheet import ASKED, Answer
from tests.unit.strategies import INSTANT

LATER = INSTANT + timedelta(minutes=5)
BASE = replace(CallRecord("a1", 7, "44-3", INSTANT, version=4).put(fields.BIRTH_NAME, "martin"), version=4)
CODES = (fields.BIRTH_NAME, fields.NOTE, facts.RESIDENCE, facts.SEX)


def theirs_of(record: CallRecord) -> CallRecord:
    """As another desk saved it since."""
    return replace(record, version=record.version + 1)


def test_what_another_desk_added_comes_beside_what_is_typed_here() -> None:
    merge = merge_calls(BASE, BASE.put(fields.NOTE, "tousse"), theirs_of(BASE.put(facts.RESIDENCE, "35236")))
    assert merge.record.sheet.text(fields.NOTE) == "tousse"
    assert merge.record.sheet.text(facts.RESIDENCE) == "35236"
    assert (merge.taken, merge.both, merge.record.version) == ((facts.RESIDENCE,), (), 5)


def test_a_field_that_both_changed_keeps_what_stands_here_and_tells_what_stands_there() -> None:
    merge = merge_calls(
        BASE, BASE.put(fields.BIRTH_NAME, "martineau"), theirs_of(BASE.put(fields.BIRTH_NAME, "martinez"))
    )
    assert merge.record.sheet.text(fields.BIRTH_NAME) == "martineau"
    assert merge.both == (BothChanged(fields.BIRTH_NAME, "martineau", "martinez"),)


def test_the_same_answer_at_both_desks_asks_nothing() -> None:
    same = BASE.put(facts.SEX, ASKED)
    assert not merge_calls(BASE, same, theirs_of(same)).tells(same)


def test_a_text_that_is_being_typed_is_not_taken_away_by_an_answer_from_elsewhere() -> None:
    typing = replace(BASE, sheet=BASE.sheet.type(facts.RESIDENCE, "pip"))
    merge = merge_calls(BASE, typing, theirs_of(BASE.put(facts.RESIDENCE, "35236")))
    assert merge.record.sheet.pending[facts.RESIDENCE] == "pip"
    assert merge.both == (BothChanged(facts.RESIDENCE, "pip", "35236"),)


def test_a_text_typed_elsewhere_is_told_as_no_answer_yet_with_the_answer_under_it() -> None:
    there = BASE.put(facts.RESIDENCE, "35236")
    typing = replace(there, sheet=there.sheet.type(facts.RESIDENCE, "lan"))
    merge = merge_calls(BASE, BASE.put(facts.RESIDENCE, "44901"), theirs_of(typing))
    assert merge.both == (BothChanged(facts.RESIDENCE, "44901", "lan", True, "35236"),)


def test_a_call_ended_elsewhere_is_ended_here_with_what_was_typed_meanwhile() -> None:
    merge = merge_calls(BASE, BASE.put(fields.NOTE, "tousse"), theirs_of(BASE.closed("conseil", LATER)))
    assert (merge.record.state, merge.record.outcome) == (CallState.CLOSED, "conseil")
    assert merge.record.sheet.text(fields.NOTE) == "tousse"
    assert merge.taken == (OUTCOME,)


def test_a_call_ended_here_stays_ended_when_another_desk_only_held_it() -> None:
    mine = BASE.closed("conseil", LATER)
    merge = merge_calls(BASE, mine, theirs_of(BASE.moved(Move.HOLD, LATER)))
    assert merge.record.outcome == "conseil"
    assert not merge.tells(mine)


def test_of_two_ends_the_first_that_was_kept_stands_and_the_other_is_asked() -> None:
    merge = merge_calls(BASE, BASE.closed("conseil", LATER), theirs_of(BASE.closed("raccroche", LATER)))
    assert merge.record.outcome == "raccroche"
    assert merge.both == (BothChanged(OUTCOME, "conseil", "raccroche"),)


def test_a_vital_emergency_raised_at_either_desk_stands_whatever_the_other_did() -> None:
    alarmed, later = BASE.raise_alarm(INSTANT), BASE.raise_alarm(LATER)
    for mine, theirs in ((alarmed, BASE), (BASE, alarmed), (alarmed, later), (later, alarmed)):
        merge = merge_calls(BASE, mine.put(fields.NOTE, "x"), theirs_of(theirs.put(facts.SEX, "f")))
        assert merge.record.alarm_at == INSTANT
        assert merge.record.sheet.answer(facts.VITAL_EMERGENCY) is True


def test_an_emergency_taken_back_at_one_desk_and_raised_again_at_the_other_stands() -> None:
    alarmed = BASE.raise_alarm(INSTANT)
    again = alarmed.drop_alarm().raise_alarm(LATER)
    assert merge_calls(alarmed, alarmed.drop_alarm(), theirs_of(again)).record.alarm_at == LATER
    assert merge_calls(alarmed, alarmed.drop_alarm(), theirs_of(alarmed)).record.alarm_at is None


def test_two_calls_are_never_made_one() -> None:
    with pytest.raises(ValueError, match="different calls"):
        merge_calls(BASE, BASE, replace(BASE, id="b2"))


answers: st.SearchStrategy[Answer] = st.sampled_from(["a", "b", "c", ASKED, None])
edits = st.lists(st.tuples(st.sampled_from(CODES), answers, st.booleans()), max_size=6)
ends = st.none() | st.sampled_from([Move.HOLD, *OUTCOMES])


def edited(record: CallRecord, changes: list[tuple[str, Answer, bool]], end: Move | str | None) -> CallRecord:
    """The record as an operator left it: answers, texts being typed, then held or ended."""
    for code, answer, typing in changes:
        sheet = record.sheet
        is_typed = typing and isinstance(answer, str)
        record = replace(record, sheet=sheet.type(code, str(answer)) if is_typed else sheet.put(code, answer))
    if isinstance(end, Move):
        return record.moved(end, LATER) if record.may(end) else record
    return record.closed(end, LATER) if end is not None else record


@given(edits, edits, ends, edits, ends)
def test_whatever_two_desks_did_each_field_is_mine_or_theirs_and_a_loss_is_told(
    before: list[tuple[str, Answer, bool]],
    here: list[tuple[str, Answer, bool]],
    ended_here: Move | str | None,
    there: list[tuple[str, Answer, bool]],
    ended_there: Move | str | None,
) -> None:
    base = edited(BASE, before, None)
    mine, theirs = edited(base, here, ended_here), theirs_of(edited(base, there, ended_there))
    merge = merge_calls(base, mine, theirs)
    told = {one.code for one in merge.both}
    for code in CODES:
        was, own, other, now = (
            (one.sheet.answer(code), one.sheet.pending.get(code))
            for one in (base, mine, theirs, merge.record)
        )
        assert now == (other if own == was else own)
        assert (code in told) == (own != was and other not in (was, own))
        assert (code in merge.taken) == (own == was and other != was)
    assert merge.record.is_open == (mine.is_open and theirs.is_open)


@given(edits, ends)
def test_where_only_one_desk_worked_the_call_is_as_that_desk_left_it(
    changes: list[tuple[str, Answer, bool]], end: Move | str | None
) -> None:
    changed = edited(BASE, changes, end)
    assert merge_calls(BASE, BASE, theirs_of(changed)).record == theirs_of(changed)
    assert merge_calls(BASE, changed, theirs_of(BASE)).record == theirs_of(changed)


@given(edits, edits)
def test_merging_what_was_merged_changes_nothing_more(
    here: list[tuple[str, Answer, bool]], there: list[tuple[str, Answer, bool]]
) -> None:
    mine, theirs = edited(BASE, here, None), theirs_of(edited(BASE, there, None))
    merged = merge_calls(BASE, mine, theirs).record
    assert merge_calls(theirs, merged, theirs).record == merged

"""The queue of a line: what stands where, in which order, in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.transfer.queue_groups import (
    Group,
    Pinned,
    arranged,
    done_words,
    group_of,
    waiting_count,
)
from osnp_console.app.transfer.queue_rows import NOT_NOTED, Patient, name_of, queue_row, sender_words
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import EMPTY_SHEET
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.transfer.transfer import Actor, Transfer, unannounced
from tests.unit.transfers import ACCESS, NOON, after, transfer_to

M = TransferMove
HERE, THERE = "ligne-1", "ligne-2"
GAELLE = Actor(THERE, "Gaëlle Robin")
MARTIN = Patient("Léa MARTIN", "32 ans", "Pipriac", "cystite")


@st.composite
def histories(draw: st.DrawFn, key: str = "t-1") -> Transfer:
    """A transfer after any legal sequence of moves, taken by this desk, by another, or by none."""
    began = NOON + timedelta(seconds=draw(st.integers(0, 20)))
    transfer = replace(transfer_to(), id=key, call=f"call-{key}", prepared_at=began, state_since=began)
    for _ in range(draw(st.integers(0, 8))):
        if not transfer.moves:
            break
        transfer = after(transfer, draw(st.sampled_from(list(transfer.moves))))
    taker = draw(st.sampled_from((None, HERE, THERE)))
    if taker is None or transfer.is_settled:
        return transfer
    return transfer.taken_by(Actor(taker), NOON + timedelta(minutes=2))


@st.composite
def queues(draw: st.DrawFn) -> list[Transfer]:
    """Several transfers, in any order."""
    count = draw(st.integers(1, 7))
    made = [draw(histories(f"t-{number}")) for number in range(count)]
    return draw(st.permutations(made))


@given(queues(), st.booleans())
def test_each_transfer_stands_once_under_its_title_the_oldest_first(
    queue: list[Transfer], answers: bool
) -> None:
    parts = arranged(queue, HERE, answers=answers)
    assert sorted(one.id for part in parts for one in part.transfers) == sorted(one.id for one in queue)
    assert [part.group for part in parts] == [
        group for group in Group if any(group_of(one, HERE, answers=answers) is group for one in queue)
    ]
    for part in parts:
        began = [one.prepared_at for one in part.transfers]
        assert began == sorted(began, reverse=part.group is Group.DONE)
        assert all(group_of(one, HERE, answers=answers) is part.group for one in part.transfers)
    assert parts == arranged(list(reversed(queue)), HERE, answers=answers)


@given(queues(), st.data())
def test_the_selected_row_stays_under_its_title_whatever_becomes_of_it_and_of_the_others(
    queue: list[Transfer], data: st.DataObject
) -> None:
    chosen = data.draw(st.sampled_from(queue))
    pinned = Pinned(chosen.id, group_of(chosen, HERE, answers=True))
    later = [data.draw(histories(one.id)) for one in queue]
    # An announcement keeps its instant whatever happens to it.
    later = [
        replace(now, prepared_at=was.prepared_at, id=was.id) for now, was in zip(later, queue, strict=True)
    ]
    parts = arranged(later, HERE, answers=True, pinned=pinned)
    place = [part.group for part in parts if any(one.id == chosen.id for one in part.transfers)]
    assert place == [pinned.group]
    for part in parts:
        others = [one for one in part.transfers if one.id != chosen.id]
        assert all(group_of(one, HERE, answers=True) is part.group for one in others)


@given(histories(), histories("t-2"))
def test_two_rows_under_one_title_never_change_places(one: Transfer, two: Transfer) -> None:
    parts = arranged([one, two], HERE, answers=True)
    together = [part for part in parts if len(part.transfers) == 2]
    later = [transfer.taken_by(Actor(HERE), NOON) for transfer in (one, two) if not transfer.is_settled]
    if together and len(later) == 2:
        again = arranged(later, HERE, answers=True)
        assert [each.id for each in again[0].transfers] == [each.id for each in together[0].transfers]


def test_a_line_sees_who_has_what_and_a_sending_desk_only_how_far_its_own_are() -> None:
    announced, calling = transfer_to(), after(transfer_to(), M.DIAL)
    answered = after(calling, M.ANSWER)
    assert group_of(announced, HERE, answers=True) is Group.ANNOUNCED
    assert group_of(after(calling, M.FIND_ENGAGED), HERE, answers=True) is Group.ANNOUNCED
    assert group_of(answered, HERE, answers=True) is Group.ON_LINE
    theirs, mine = answered.taken_by(GAELLE, NOON), announced.taken_by(Actor(HERE), NOON)
    assert group_of(theirs, HERE, answers=True) is Group.ELSEWHERE
    assert group_of(mine, HERE, answers=True) is Group.ON_LINE
    assert group_of(theirs, "35-1", answers=False) is Group.ON_LINE
    assert group_of(after(calling, M.FAIL), "35-1", answers=False) is Group.DONE
    parts = arranged([announced, replace(theirs, id="t-2"), replace(mine, id="t-3")], HERE, answers=True)
    assert waiting_count(parts) == 2, "what another desk has does not wait for this one"


def test_a_row_counts_from_the_first_call_and_turns_amber_after_three_minutes() -> None:
    engaged = after(transfer_to(), M.DIAL, M.FIND_ENGAGED)
    row = queue_row(engaged, Group.ANNOUNCED, HERE, MARTIN)
    dialled = NOON + timedelta(seconds=10)
    assert (row.title, row.second) == ("SAS 35 · poste 1", "Léa MARTIN, 32 ans · Pipriac · cystite")
    assert row.third_words(dialled) == "dernier essai 12:00\u202f: ligne occupée"
    assert row.clock.words(dialled + timedelta(minutes=2, seconds=59)) == "02:59"
    assert not row.clock.is_amber(dialled + timedelta(minutes=2, seconds=59))
    assert row.clock.is_amber(dialled + timedelta(minutes=3))
    assert row.clock.words(dialled + timedelta(hours=1, seconds=5)) == "1:00:05"
    assert row.clock.words(dialled - timedelta(seconds=5)) == "00:00", "another desk's clock is ahead"
    assert row.sentence(dialled).startswith("Annoncé, SAS 35 · poste 1, Léa MARTIN, 32 ans")


def test_a_row_says_who_has_it_and_that_the_patient_waits_or_has_gone() -> None:
    answered = after(transfer_to(), M.DIAL, M.ANSWER)
    assert queue_row(answered, Group.ON_LINE, HERE, None).chip.words == "À prendre"
    mine = queue_row(answered.taken_by(Actor(HERE), NOON), Group.ON_LINE, HERE, MARTIN)
    assert (mine.chip.words, mine.clock.label) == ("À vous", "en ligne")
    since = NOON + timedelta(minutes=2, seconds=50)
    assert mine.third_words(since) == "patient en attente côté SAS depuis 02:50"
    assert not mine.clock.is_amber(NOON + timedelta(hours=1)), "on the line it does not wait for the line"
    theirs = queue_row(answered.taken_by(GAELLE, NOON), Group.ELSEWHERE, HERE, MARTIN)
    assert theirs.chip.words == "Gaëlle, poste 2"
    gone = queue_row(answered.left(since), Group.ON_LINE, HERE, MARTIN)
    assert gone.third_words(since + timedelta(seconds=5)) == "le patient n’est plus en ligne depuis 00:05"
    over = after(answered, M.REFUSE)
    assert (queue_row(over, Group.DONE, HERE, MARTIN).clock.words(since)) == "12:00"
    assert queue_row(over, Group.DONE, HERE, MARTIN).chip.words == "Refusé"


def test_a_desk_that_sends_sees_its_line_and_how_far_it_has_come() -> None:
    def told(transfer: Transfer) -> tuple[str, str]:
        row = queue_row(transfer, Group.ON_LINE, "35-1", MARTIN, answers=False)
        return row.title, row.chip.words

    engaged = after(transfer_to(), M.DIAL, M.FIND_ENGAGED)
    assert told(engaged) == ("AccèsS", "Occupé")
    assert told(after(engaged, M.DIAL, M.ANSWER, M.PRESENT).taken_by(GAELLE, NOON)) == ("AccèsS", "Présenté")
    assert told(after(engaged, M.CANCEL)) == ("AccèsS", "Annulé")


def test_a_caller_without_announcement_is_said_to_be_one_with_the_sas_where_it_is_known() -> None:
    made = unannounced("t-9", "own", ACCESS, Actor(HERE), NOON, "44")
    assert sender_words(made) == "Sans annonce · SAS 44"
    assert sender_words(replace(made, sas="")) == "Sans annonce"
    row = queue_row(made, Group.ON_LINE, HERE, Patient())
    assert (row.second, row.third) == (NOT_NOTED, ""), "no SAS keeps them waiting"


def test_what_is_over_is_counted_by_what_became_of_it() -> None:
    answered = after(transfer_to(), M.DIAL, M.ANSWER)
    done = after(answered, M.PRESENT, M.FIND_SLOT, M.AGREE, M.HAND_OVER, M.REGISTER)
    lost = after(answered, M.FAIL)
    assert done_words([done, done, after(answered, M.REFUSE), lost, after(answered, M.CANCEL)]) == (
        "2 inscrits · 1 refusé · 2 sans suite"
    )
    assert done_words([after(answered, M.FIND_NOTHING)]) == "1 sans créneau"


def test_a_patient_is_named_by_the_title_where_no_given_name_is_noted() -> None:
    sheet = EMPTY_SHEET.put(fields.BIRTH_NAME, "BERTHO").put(facts.SEX, "M")
    assert name_of(sheet) == "M. BERTHO"
    assert name_of(sheet.put(fields.FIRST_NAMES, "Jean")) == "Jean BERTHO"
    assert name_of(EMPTY_SHEET.put(facts.SEX, "F")) == ""

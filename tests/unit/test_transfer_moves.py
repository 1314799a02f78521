"""What a transfer may become, and what it keeps of what happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.transfer import clocks
from osnp_console.domain.transfer.moves import (
    ASIDE,
    SETTLED,
    STATE_STEPS,
    TransferMove,
    TransferState,
    legal_moves,
    steps_of,
    usual_move,
)
from osnp_console.domain.transfer.reasons import FAILURES, OTHER, REFUSALS, reason_words
from osnp_console.domain.transfer.steps import ALL_STEPS, STEP_NAMES, Step
from osnp_console.domain.transfer.transfer import (
    Conditions,
    IllegalTransferMove,
    Transfer,
    prepared,
    unannounced,
)
from tests.unit.transfers import ACCESS, NOON, OPERATOR, SECRETARY, after, line, transfer_to

M, S = TransferMove, TransferState
TO_AGREEMENT = (M.DIAL, M.ANSWER, M.PRESENT, M.FIND_SLOT, M.AGREE)


def test_the_usual_way_goes_through_every_step_of_the_line_once() -> None:
    transfer, seen = transfer_to(), [S.PREPARED]
    while transfer.usual is not None:
        transfer = after(transfer, transfer.usual)
        seen.append(transfer.state)
    assert [state.value for state in seen] == [step.value for step in ALL_STEPS]
    assert transfer.is_settled


def test_a_line_that_has_fewer_steps_skips_the_others() -> None:
    transfer = transfer_to(line(Step.PREPARED, Step.CALL, Step.ANSWERED, Step.HANDED_OVER))
    transfer = after(transfer, M.DIAL, M.ANSWER)
    assert transfer.next_step is Step.HANDED_OVER
    assert not transfer.may(M.PRESENT)
    handed_over = after(transfer, M.HAND_OVER)
    assert handed_over.usual is None
    assert handed_over.may(M.REGISTER), "not described by the source, and yet it may be known"
    assert not handed_over.is_settled, "the line may still say that the patient never came"


def test_a_line_without_described_steps_has_all_of_them() -> None:
    assert steps_of(()) == ALL_STEPS
    assert steps_of((Step.ANSWERED, Step.CALL)) == (Step.CALL, Step.ANSWERED)


def test_the_patient_is_not_handed_over_before_the_line_agreed() -> None:
    transfer = after(transfer_to(), M.DIAL, M.ANSWER, M.PRESENT, M.FIND_SLOT)
    with pytest.raises(IllegalTransferMove):
        after(transfer, M.HAND_OVER)


@pytest.mark.parametrize("way", [M.GET_NO_ANSWER, M.FIND_ENGAGED])
def test_a_line_that_does_not_answer_is_called_again_and_the_tries_are_kept(way: TransferMove) -> None:
    transfer = after(transfer_to(), M.DIAL, way, M.DIAL, M.ANSWER)
    first, second = clocks.tries(transfer)
    assert (first.outcome, second.outcome) == (way, M.ANSWER)
    assert second.dialled_at == NOON + timedelta(seconds=30)
    assert clocks.on_line_since(transfer) == NOON + timedelta(seconds=40)


def test_a_call_that_is_cut_goes_on_from_where_it_was() -> None:
    cut = after(transfer_to(), *TO_AGREEMENT, M.DIAL)
    assert cut.state is S.CALLING
    assert clocks.on_line_since(cut) is None
    assert after(cut, M.ANSWER).state is S.AGREED


def test_the_lines_own_desk_may_answer_what_was_not_said_to_be_dialled() -> None:
    assert after(transfer_to(), M.ANSWER).state is S.ANSWERED


@pytest.mark.parametrize(("move", "reasons"), [(M.REFUSE, REFUSALS), (M.FAIL, FAILURES)])
def test_a_refusal_or_a_failure_says_why(move: TransferMove, reasons: dict[str, str]) -> None:
    transfer = after(transfer_to(), M.DIAL, M.ANSWER)
    for reason, text in (("", ""), ("inconnu", ""), (OTHER, "  ")):
        with pytest.raises(IllegalTransferMove):
            transfer.moved(move, OPERATOR, NOON, reason=reason, text=text)
    for reason in reasons:
        assert transfer.moved(move, OPERATOR, NOON, reason=reason, text="dit au téléphone").is_settled
    assert reason_words(M.REFUSE, "complet") == "plus de place avant demain"
    assert reason_words(M.REFUSE, OTHER, " fermé mardi ") == "fermé mardi"


def test_going_on_against_a_condition_that_is_not_met_needs_a_reason_that_is_kept() -> None:
    unmet = Conditions(unmet=("Hors territoire",))
    with pytest.raises(IllegalTransferMove):
        prepared("t", "c", ACCESS, OPERATOR, NOON, conditions=unmet)
    kept = Conditions(unmet=unmet.unmet, reason="Accord du régulateur")
    assert prepared("t", "c", ACCESS, OPERATOR, NOON, conditions=kept).conditions.reason
    assert not Conditions(to_check=("Médecin traitant",)).asks_why
    assert Conditions(closed="AccèsS ferme à 19:00").asks_why


def test_a_patient_who_hangs_up_does_not_end_the_transfer() -> None:
    left = after(transfer_to(), M.DIAL, M.ANSWER).left(NOON)
    assert left.patient_left_at == NOON
    assert left.left(NOON + timedelta(minutes=1)).patient_left_at == NOON, "the first instant stays"
    assert after(left, M.PRESENT).patient_left_at == NOON
    assert left.back().patient_left_at is None
    handed_over = after(left, M.PRESENT, M.FIND_SLOT, M.AGREE, M.HAND_OVER)
    with pytest.raises(IllegalTransferMove):
        handed_over.left(NOON)
    with pytest.raises(IllegalTransferMove):
        handed_over.back()


def test_the_slot_the_line_named_is_kept_and_may_be_named_again() -> None:
    presented = after(transfer_to(), M.DIAL, M.ANSWER, M.PRESENT)
    found = presented.moved(M.FIND_SLOT, OPERATOR, NOON, text="10:45, Plessé")
    assert found.moved(M.AGREE, OPERATOR, NOON).slot == "10:45, Plessé"
    assert found.moved(M.AGREE, OPERATOR, NOON, text="11:00, Redon").slot == "11:00, Redon"


def test_whom_nobody_announced_is_in_the_hands_of_the_desk_that_answered() -> None:
    transfer = unannounced("t-2", "call-9", ACCESS, SECRETARY, NOON, sas="35")
    assert transfer.taken is not None
    assert transfer.taken.by == SECRETARY
    assert (transfer.state, transfer.announced, transfer.sas) == (S.ANSWERED, False, "35")
    assert transfer.usual is M.PRESENT


def test_clocks_count_through_midnight_and_through_the_change_of_hour() -> None:
    before_midnight = datetime(2026, 10, 24, 23, 59, 50, tzinfo=UTC)
    transfer = prepared("t", "c", ACCESS, OPERATOR, before_midnight)
    transfer = transfer.moved(M.DIAL, OPERATOR, before_midnight)
    waiting = clocks.waiting_since(transfer)
    assert waiting is not None
    # 2:59:50 at Paris becomes 2:00:30 again: forty seconds passed, and no hour.
    later = datetime(2026, 10, 25, 1, 0, 30, tzinfo=UTC)
    assert later - waiting == timedelta(hours=1, seconds=40)
    assert clocks.waiting_since(transfer.moved(M.ANSWER, OPERATOR, later)) is None


def test_every_state_has_its_moves_and_every_step_its_name() -> None:
    assert set(ASIDE) == set(TransferState)
    assert set(STEP_NAMES) == set(ALL_STEPS)
    assert set(STATE_STEPS) | SETTLED == set(TransferState)


MOVES = st.lists(st.sampled_from(list(TransferMove)), max_size=40)
STEPS = st.sets(st.sampled_from(list(Step))).map(lambda some: steps_of(tuple(some)))


@given(steps=STEPS, moves=MOVES)
def test_any_sequence_of_events_leaves_a_legal_state_and_refuses_what_was_not_offered(
    steps: tuple[Step, ...], moves: list[TransferMove]
) -> None:
    transfer = transfer_to(line(*steps))
    for move in moves:
        was, offered = transfer, transfer.moves
        try:
            transfer = after(transfer, move)
        except IllegalTransferMove:
            assert move not in offered
            assert transfer is was
            continue
        assert move in offered
        assert not was.is_settled, "a settled transfer never moves"
        assert transfer.history[: len(was.history)] == was.history, "nothing that happened is forgotten"
        assert transfer.history[-1].state is transfer.state
        assert transfer.since > was.since
        _sound(transfer)


def _sound(transfer: Transfer) -> None:
    """What is true of a transfer in whatever state."""
    assert transfer.is_settled == (not transfer.moves)
    assert (transfer.usual is None) or transfer.usual in transfer.moves
    reached = {one.state for one in transfer.history}
    if transfer.state is S.HANDED_OVER and Step.AGREED in transfer.line.steps:
        assert S.AGREED in reached, "handed over only after the line's agreement"
    if transfer.state in STATE_STEPS and transfer.state not in (S.NO_ANSWER, S.ENGAGED):
        # The line's own desk may say first that it answered; beyond the line's last step, all may be marked.
        step, described = STATE_STEPS[transfer.state], transfer.line.steps
        early = step in (Step.PREPARED, Step.CALL, Step.ANSWERED)
        last = max((ALL_STEPS.index(one) for one in described), default=-1)
        assert early or step in described or ALL_STEPS.index(step) > last


@given(steps=STEPS, state=st.sampled_from(list(TransferState)))
def test_the_usual_step_is_never_one_that_the_line_does_not_have(
    steps: tuple[Step, ...], state: TransferState
) -> None:
    usual = usual_move(state, steps)
    moves = legal_moves(state, steps)
    assert usual is None or usual in moves
    if state in SETTLED:
        assert not moves

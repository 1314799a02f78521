"""What is done to a transfer at either side, and what somebody is told who comes late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from osnp_console.app.errors import Forbidden
from osnp_console.app.transfer import acts
from osnp_console.app.transfer.acts import Done, Late, MoveAsked
from osnp_console.app.transfer.journal import transfer_words
from osnp_console.app.transfer.prepare import AlreadyGoingOn, prepare
from osnp_console.domain import journal
from osnp_console.domain.permissions import OSNP, REFERENT, SECRETARY
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.transfer import Actor, IllegalTransferMove, Transfer, unannounced
from tests.unit.transfer_doubles import TransferStore
from tests.unit.transfers import ACCESS, NOON, transfer_to

M, S = TransferMove, TransferState
SAS, GAELLE, THIRD = "35-1", "ligne-1", "ligne-2"
LATER = NOON + timedelta(minutes=4)


@pytest.fixture
def store() -> TransferStore:
    """A store that holds one transfer, prepared at the SAS."""
    made = TransferStore()
    made.signed("Inès", OSNP)
    prepare(transfer_to())(made.unit)
    return made


def done(outcome: acts.Outcome) -> Transfer:
    """The transfer of an act that was done."""
    assert isinstance(outcome, Done), outcome
    return outcome.transfer


def late(outcome: acts.Outcome) -> Late:
    """What somebody is told who comes late."""
    assert isinstance(outcome, Late), outcome
    return outcome


def asked(move: TransferMove, desk: str = SAS, seconds: int = 0, **told: str) -> MoveAsked:
    return replace(MoveAsked("t-1", move, desk, LATER + timedelta(seconds=seconds)), **told)  # type: ignore[arg-type]  # texts, by the names of their fields


def said(store: TransferStore) -> list[str]:
    return [transfer_words(entry.facts) for entry in store.journal]


def test_each_step_is_kept_with_who_made_it_and_told_in_the_journal(store: TransferStore) -> None:
    acts.move(asked(M.DIAL))(store.unit)
    moved = done(acts.move(asked(M.ANSWER, seconds=9))(store.unit))
    assert moved.state is S.ANSWERED
    assert [one.by for one in moved.history] == [Actor(SAS, "Inès")] * 2
    assert said(store) == ["transfert à AccèsS préparé", "appel à AccèsS", "AccèsS répond"]
    assert {entry.kind for entry in store.journal} == {journal.TRANSFERRED}


def test_a_refusal_says_its_reason_to_the_journal(store: TransferStore) -> None:
    acts.move(asked(M.ANSWER))(store.unit)
    acts.move(asked(M.REFUSE, reason="complet"))(store.unit)
    assert said(store)[-1] == "AccèsS refuse (plus de place avant demain)"


def test_a_line_that_took_the_transfer_before_it_was_dialled_has_answered_all_the_same(
    store: TransferStore,
) -> None:
    store.signed("Gaëlle", SECRETARY)
    acts.take("t-1", GAELLE, LATER)(store.unit)
    store.signed("Inès", OSNP)
    dial = replace(asked(M.DIAL, seconds=1), seen=S.PREPARED)
    told = late(acts.move(dial)(store.unit))
    assert told.transfer.state is S.ANSWERED
    assert "AccèsS a répondu" in told.sentence
    cut = replace(asked(M.DIAL, seconds=40), seen=S.ANSWERED)
    assert done(acts.move(cut)(store.unit)).state is S.CALLING, "the call was cut: the line is called again"


def test_a_step_pressed_on_a_screen_that_is_late_is_refused_with_what_became_of_it(
    store: TransferStore,
) -> None:
    store.signed("Gaëlle", SECRETARY)
    acts.take("t-1", GAELLE, LATER)(store.unit)
    acts.move(asked(M.REFUSE, GAELLE, reason="motif"))(store.unit)
    store.signed("Inès", OSNP)
    refused = late(acts.move(asked(M.PRESENT, seconds=2))(store.unit))
    assert refused.transfer.state is S.REFUSED
    assert refused.sentence == (
        "« Présenté » n’a pas été noté\u202f: AccèsS a refusé (motif non pris) depuis 12:04:00, "
        "Gaëlle (poste 1 (ligne))."
    )


def test_a_move_whose_answer_was_lost_is_made_once(store: TransferStore) -> None:
    first = done(acts.move(asked(M.DIAL))(store.unit))
    again = done(acts.move(asked(M.DIAL))(store.unit))
    assert again == first
    assert len(store.journal) == 2


def test_of_two_desks_that_take_one_transfer_the_second_is_told_who_has_it(store: TransferStore) -> None:
    store.signed("Gaëlle", SECRETARY)
    taken = done(acts.take("t-1", GAELLE, LATER)(store.unit))
    assert (taken.state, taken.taken is not None and taken.taken.by.desk) == (S.ANSWERED, GAELLE)
    store.signed("Nour", SECRETARY)
    told = late(acts.take("t-1", THIRD, LATER + timedelta(seconds=1))(store.unit))
    assert told.sentence == "Gaëlle (poste 1) l’a pris à 12:04:00."
    assert done(acts.take("t-1", GAELLE, LATER)(store.unit)).taken == taken.taken, "its own, again"


def test_a_transfer_is_taken_over_only_on_purpose_and_the_journal_says_from_whom(
    store: TransferStore,
) -> None:
    store.signed("Gaëlle", SECRETARY)
    acts.take("t-1", GAELLE, LATER)(store.unit)
    store.signed("Nour", SECRETARY)
    taken = done(acts.take("t-1", THIRD, LATER + timedelta(minutes=1), over=True)(store.unit))
    assert taken.taken is not None
    assert taken.taken.by == Actor(THIRD, "Nour")
    assert store.journal[-1].facts["poste"] == GAELLE
    given_back = done(acts.give_back("t-1", THIRD, LATER)(store.unit))
    assert given_back.taken is None
    assert isinstance(acts.give_back("t-1", THIRD, LATER)(store.unit), Late)


def test_the_desk_it_was_taken_over_from_agrees_to_nothing_any_more(store: TransferStore) -> None:
    store.signed("Gaëlle", SECRETARY)
    acts.take("t-1", GAELLE, LATER)(store.unit)
    store.signed("Nour", SECRETARY)
    acts.take("t-1", THIRD, LATER + timedelta(seconds=1), over=True)(store.unit)
    told = late(acts.move(asked(M.PRESENT, GAELLE, seconds=2))(store.unit))
    assert told.sentence == "Nour (poste 2) l’a pris à 12:04:01."
    assert store.transfers.kept["t-1"].state is S.ANSWERED
    for desk, move in ((THIRD, M.PRESENT), (SAS, M.FIND_SLOT)):
        done(acts.move(asked(move, desk, seconds=3))(store.unit))


def test_a_call_has_one_transfer_at_a_time(store: TransferStore) -> None:
    with pytest.raises(AlreadyGoingOn) as going_on:
        prepare(replace(transfer_to(), id="t-2"))(store.unit)
    assert going_on.value.transfer.id == "t-1"


def test_after_a_refusal_the_same_call_is_transferred_again(store: TransferStore) -> None:
    acts.move(asked(M.ANSWER))(store.unit)
    acts.move(asked(M.FIND_NOTHING))(store.unit)
    second = prepare(replace(transfer_to(), id="t-2"))(store.unit)
    assert second.state is S.PREPARED


def test_the_patient_who_hangs_up_is_noted_and_comes_back(store: TransferStore) -> None:
    acts.move(asked(M.ANSWER))(store.unit)
    left = done(acts.patient_left("t-1", SAS, LATER)(store.unit))
    assert left.patient_left_at == LATER
    assert done(acts.patient_left("t-1", SAS, LATER)(store.unit)).version == left.version, "said once"
    assert done(acts.patient_back("t-1", SAS, LATER)(store.unit)).patient_left_at is None
    acts.move(asked(M.FAIL, reason="coupure"))(store.unit)
    assert isinstance(acts.patient_left("t-1", SAS, LATER)(store.unit), Late)


def test_whom_nobody_announced_is_joined_to_the_announcement_that_comes(store: TransferStore) -> None:
    store.signed("Gaëlle", SECRETARY)
    alone = unannounced("t-9", "call-9", ACCESS, Actor(GAELLE), LATER, sas="35")
    prepare(alone, "call-9")(store.unit)
    joined = done(acts.join("t-9", "t-1", GAELLE, LATER)(store.unit))
    assert (joined.id, joined.line_call, joined.state) == ("t-1", "call-9", S.ANSWERED)
    assert store.transfers.kept["t-9"].joined_to == "t-1"
    assert store.transfers.kept["t-9"].is_settled
    again = done(acts.join("t-9", "t-1", GAELLE, LATER)(store.unit))
    assert again == joined, "its answer was lost"
    assert isinstance(acts.join("t-9", "t-1", THIRD, LATER)(store.unit), Late)


@pytest.mark.parametrize(
    "moves",
    [
        (),
        (M.PRESENT,),
        (M.PRESENT, M.FIND_SLOT, M.AGREE),
        (M.DIAL,),
        (M.PRESENT, M.FIND_SLOT, M.AGREE, M.HAND_OVER),
    ],
)
def test_however_far_a_caller_is_when_the_announcement_comes_nothing_of_it_is_lost(
    store: TransferStore, moves: tuple[TransferMove, ...]
) -> None:
    store.signed("Gaëlle", SECRETARY)
    prepare(unannounced("t-9", "call-9", ACCESS, Actor(GAELLE), LATER, sas="35"), "call-9")(store.unit)
    for place, one in enumerate(moves):
        text = "demain 10:45" if one is M.AGREE else ""
        done(
            acts.move(MoveAsked("t-9", one, GAELLE, LATER + timedelta(seconds=place), text=text))(store.unit)
        )
    double = store.transfers.kept["t-9"]
    joined = done(acts.join("t-9", "t-1", GAELLE, LATER + timedelta(minutes=1))(store.unit))
    expected = S.ANSWERED if moves == (M.DIAL,) else double.state
    assert (joined.state, joined.slot, joined.line_call) == (expected, double.slot, "call-9")
    assert [one.at for one in joined.history] == sorted(one.at for one in joined.history)
    over = store.transfers.kept["t-9"]
    assert over.is_settled
    assert over.history[: len(double.history)] == double.history


def test_an_announcement_that_has_a_call_at_this_desk_keeps_it(store: TransferStore) -> None:
    store.signed("Gaëlle", SECRETARY)
    acts.take("t-1", GAELLE, LATER)(store.unit)
    acts.keep_line_call("t-1", "call-8", GAELLE)(store.unit)
    prepare(unannounced("t-9", "call-9", ACCESS, Actor(GAELLE), LATER), "call-9")(store.unit)
    assert isinstance(acts.join("t-9", "t-1", GAELLE, LATER)(store.unit), Late)
    assert store.transfers.kept["t-1"].line_call == "call-8"
    assert not store.transfers.kept["t-9"].is_settled


def test_nobody_is_joined_to_a_caller_whom_nobody_announced(store: TransferStore) -> None:
    store.signed("Gaëlle", SECRETARY)
    for key in ("t-8", "t-9"):
        prepare(unannounced(key, f"call-{key}", ACCESS, Actor(GAELLE), LATER), f"call-{key}")(store.unit)
    for target in ("t-8", "t-9"):
        assert isinstance(acts.join("t-9", target, GAELLE, LATER)(store.unit), Late)


def test_a_preparation_whose_answer_was_lost_is_the_one_that_is_kept(store: TransferStore) -> None:
    acts.move(asked(M.DIAL))(store.unit)
    again = prepare(transfer_to())(store.unit)
    assert (again.id, again.state) == ("t-1", S.CALLING)


def test_both_ends_may_say_that_the_line_answers(store: TransferStore) -> None:
    acts.move(asked(M.DIAL))(store.unit)
    store.signed("Gaëlle", SECRETARY)
    taken = done(acts.take("t-1", GAELLE, LATER + timedelta(seconds=3))(store.unit))
    store.signed("Inès", OSNP)
    assert done(acts.move(asked(M.ANSWER, seconds=4))(store.unit)) == taken
    assert done(acts.move(asked(M.PRESENT, seconds=9))(store.unit)).state is S.PRESENTED


def test_what_another_desk_has_is_not_joined(store: TransferStore) -> None:
    store.signed("Nour", SECRETARY)
    acts.take("t-1", THIRD, LATER)(store.unit)
    alone = unannounced("t-9", "call-9", ACCESS, Actor(GAELLE), LATER)
    prepare(alone, "call-9")(store.unit)
    assert late(acts.join("t-9", "t-1", GAELLE, LATER)(store.unit)).sentence.startswith("Nour (poste 2)")


def test_a_refusal_without_its_reason_is_not_written(store: TransferStore) -> None:
    acts.move(asked(M.ANSWER))(store.unit)
    with pytest.raises(IllegalTransferMove):
        acts.move(asked(M.REFUSE, seconds=1))(store.unit)
    assert store.transfers.kept["t-1"].state is S.ANSWERED


def test_whoever_takes_no_calls_transfers_nobody(store: TransferStore) -> None:
    store.signed("Référente", REFERENT)
    for work in (
        acts.move(asked(M.DIAL)),
        acts.take("t-1", GAELLE, LATER),
        acts.give_back("t-1", GAELLE, LATER),
        acts.join("t-1", "t-1", GAELLE, LATER),
        acts.patient_left("t-1", SAS, LATER),
        acts.keep_line_call("t-1", "c", GAELLE),
    ):
        with pytest.raises(Forbidden):
            work(store.unit)

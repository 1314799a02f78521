"""Several desks act on transfers in any order: nothing breaks, nothing is lost, what was not done is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from osnp_console.app.ports import OpenUnit
from osnp_console.app.transfer import acts
from osnp_console.app.transfer.acts import Late, MoveAsked
from osnp_console.app.transfer.prepare import AlreadyGoingOn, prepare
from osnp_console.domain.permissions import OSNP
from osnp_console.domain.transfer.moves import NEEDS_REASON, TransferMove, TransferState
from osnp_console.domain.transfer.reasons import REASONS
from osnp_console.domain.transfer.steps import Step
from osnp_console.domain.transfer.transfer import Actor, Transfer, prepared, unannounced
from tests.unit.transfer_doubles import TransferStore
from tests.unit.transfers import ACCESS, NOON, line

DESKS = st.sampled_from(("35-1", "35-2", "ligne-1", "ligne-2"))
LINES = st.sampled_from((ACCESS, line(Step.CALL, Step.AGREED)))
DOES = st.sampled_from(
    [
        "announce",
        "answer",
        "answer",
        "move",
        "move",
        "move",
        "take",
        "over",
        "back",
        "left",
        "ret",
        "join",
        "join",
        "join",
        "call",
    ]
)


def work(data: st.DataObject, number: int, keys: list[str]) -> Callable[[OpenUnit], object]:
    """Something that a desk does; instants go back a little now and then, as clocks of desks do."""
    desk, what = data.draw(DESKS), data.draw(DOES)
    at = NOON + timedelta(seconds=4 * number + data.draw(st.integers(-6, 6)))
    call = f"appel-{data.draw(st.integers(0, 2))}"
    if what == "announce":
        return prepare(prepared(f"t-{number}", call, data.draw(LINES), Actor(desk), at, sas="35"))
    if what == "answer" or not keys:
        return prepare(unannounced(f"u-{number}", f"ligne-{call}", ACCESS, Actor(desk), at), f"ligne-{call}")
    # Joining takes a caller whom nobody announced, mostly.
    wanted = [one for one in keys if one.startswith("u-")] if what == "join" else []
    key = data.draw(st.sampled_from(wanted or keys))
    if what == "move":
        move = data.draw(st.sampled_from(TransferMove))
        reason = data.draw(st.sampled_from(sorted(REASONS[move]))) if move in NEEDS_REASON else ""
        return acts.move(
            MoveAsked(key, move, desk, at, reason, data.draw(st.sampled_from(("demain", "11:20"))))
        )
    return {
        "take": acts.take(key, desk, at),
        "over": acts.take(key, desk, at, over=True),
        "back": acts.give_back(key, desk, at),
        "left": acts.patient_left(key, desk, at),
        "ret": acts.patient_back(key, desk, at),
        "join": acts.join(key, data.draw(st.sampled_from(keys)), desk, at),
        "call": acts.keep_line_call(key, f"pris-{number}", desk),
    }[what]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_desks_do_in_any_order_leaves_every_transfer_whole(data: st.DataObject) -> None:
    store = TransferStore()
    store.signed("Inès", OSNP)
    for number in range(data.draw(st.integers(1, 30))):
        before = dict(store.transfers.kept)
        try:
            answer = work(data, number, sorted(before))(store.unit)
        except AlreadyGoingOn:
            assert store.transfers.kept == before
            continue
        if isinstance(answer, Late):
            assert answer.sentence
            assert store.transfers.kept == before, "nothing was done"
        for key, one in store.transfers.kept.items():
            if key in before:
                assert_goes_on(before[key], one)
        assert_one_for_each_call(store.transfers.kept.values())


def assert_goes_on(was: Transfer, one: Transfer) -> None:
    """What happened stays; what is over never moves; the state is that of the last move."""
    assert one.history[: len(was.history)] == was.history
    if was.is_settled:
        assert replace(one, line_call=was.line_call, version=was.version) == was
    last = one.history[-1].state if one.history else TransferState.PREPARED
    assert one.state is last


def assert_one_for_each_call(transfers: Iterable[Transfer]) -> None:
    """Of a call one transfer goes on at most, at either side."""
    calls = [call for one in transfers if not one.is_settled for call in {one.call, one.line_call} if call]
    assert len(calls) == len(set(calls))

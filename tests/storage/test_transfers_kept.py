"""Transfers in the base: kept whole, changed by one desk at a time, told to the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osnp_console.app.base.live import Change, Linked, Subject
from osnp_console.app.ports import Conflict, StoreFailure
from osnp_console.app.transfer import acts
from osnp_console.app.transfer.acts import Done, Late, MoveAsked
from osnp_console.app.transfer.prepare import prepare
from osnp_console.domain.transfer.moves import TransferMove, TransferState
from osnp_console.domain.transfer.steps import ALL_STEPS, Step
from osnp_console.domain.transfer.transfer import (
    Actor,
    Conditions,
    IllegalTransferMove,
    LineCalled,
    Taken,
    Transfer,
)
from osnp_console.storage.server_link import open_link
from osnp_console.storage.store import Store
from osnp_console.storage.transfer_documents import read_transfer, transfer_text
from tests.storage.places import ServerPlace, StorePlace
from tests.storage.test_live_feed import Ear
from tests.unit.transfers import NOON, after, transfer_to

M, S = TransferMove, TransferState
SECRETARIES = tuple(f"ligne-{number}" for number in range(1, 9))


def put(store: Store, transfer: Transfer) -> Transfer:
    """Keep it."""
    with store.unit() as unit:
        saved = unit.transfers.save(transfer)
        unit.commit()
    return saved


def whole() -> Transfer:
    """A transfer that has something in each of its fields."""
    left = after(transfer_to(), M.DIAL, M.GET_NO_ANSWER, M.DIAL, M.ANSWER, M.PRESENT).left(NOON)
    return replace(
        left.moved(M.FIND_SLOT, Actor("ligne-1", "Gaëlle"), NOON, text="10:45, « Plessé »\n2e étage"),
        conditions=Conditions(("Hors territoire",), ("Médecin traitant",), "fermé à 19:00", "accord"),
        taken=Taken(Actor("ligne-1", "Gaëlle"), NOON + timedelta(microseconds=7)),
        line_call="call-9",
        appointment="rdv-1",
        joined_to="t-0",
        announced=False,
    )


def test_a_transfer_comes_back_whole(store: Store) -> None:
    saved = put(store, whole())
    assert saved.version == 1
    with store.unit() as unit:
        assert unit.transfers.get("t-1") == saved
        assert unit.transfers.of_call("call-1") == [saved]
        assert unit.transfers.of_call("call-9") == [saved], "the line's own call too"
        assert unit.transfers.of_call("call-2") == []


def test_a_transfer_that_is_not_there_is_said_so(store: Store) -> None:
    with store.unit() as unit, pytest.raises(StoreFailure) as failure:
        unit.transfers.get("t-404")
    assert failure.value.code == "introuvable"


def test_a_transfer_read_before_another_desk_changed_it_is_not_written_over(store: Store) -> None:
    first = put(store, transfer_to())
    put(store, after(first, M.DIAL))
    with pytest.raises(Conflict):
        put(store, after(first, M.CANCEL))
    with pytest.raises(Conflict):
        put(store, transfer_to())
    with store.unit() as unit:
        assert unit.transfers.get("t-1").state is S.CALLING


def test_a_lines_queue_holds_what_is_not_over_and_what_ended_since(store: Store) -> None:
    lines = {"44-pays-de-redon-mg"}
    going_on = put(store, replace(transfer_to(), prepared_at=NOON - timedelta(days=2)))
    ended = put(store, replace(after(transfer_to(), M.CANCEL), id="t-2"))
    other = LineCalled("45-ouest-loiret-mg", 0, "Ligne")
    put(store, replace(transfer_to(), id="t-3", line=other))
    with store.unit() as unit:
        assert unit.transfers.of_lines(lines, NOON) == [going_on, ended]
        assert unit.transfers.of_lines(lines, NOON + timedelta(hours=1)) == [going_on]
        assert unit.transfers.of_lines((), NOON) == []
        assert [one.id for one in unit.transfers.going_on("35-1")] == ["t-1", "t-3"]
        assert unit.transfers.going_on("ligne-1") == []


def test_a_patient_handed_over_whom_no_desk_of_the_line_has_waits_for_nobody_tomorrow(
    store: Store,
) -> None:
    way = (M.DIAL, M.ANSWER, M.PRESENT, M.FIND_SLOT, M.AGREE, M.HAND_OVER)
    sent = put(store, after(transfer_to(), *way))
    held = put(store, replace(sent, id="t-2", taken=Taken(Actor("ligne-1"), NOON), version=0))
    with store.unit() as unit:
        assert unit.transfers.going_on("35-1") == [], "for whoever sent them it is over"
        assert unit.transfers.going_on("ligne-1") == [held], "the line's desk has still to register them"
        assert unit.transfers.of_lines({"44-pays-de-redon-mg"}, NOON) == [sent, held]
        assert unit.transfers.of_lines({"44-pays-de-redon-mg"}, NOON + timedelta(days=1)) == [held]


def test_of_desks_that_take_one_transfer_at_the_same_instant_one_has_it(
    store: Store, place: StorePlace
) -> None:
    prepare(transfer_to())(store.unit)
    together, outcomes = Barrier(len(SECRETARIES)), dict[str, acts.Outcome]()

    def take(desk: str) -> None:
        own = place.open()
        try:
            together.wait()
            outcomes[desk] = acts.take("t-1", desk, NOON)(own.unit)
        finally:
            own.close()

    desks = [Thread(target=take, args=(desk,)) for desk in SECRETARIES]
    for one in desks:
        one.start()
    for one in desks:
        one.join()
    (winner,) = [desk for desk, outcome in outcomes.items() if isinstance(outcome, Done)]
    told = [outcome.sentence for outcome in outcomes.values() if isinstance(outcome, Late)]
    assert len(told) == len(SECRETARIES) - 1
    number = winner.rpartition("-")[2]
    assert set(told) == {f"Le poste {number} l’a pris à 12:00:00."}, "each is told who has it"
    with store.unit() as unit:
        kept = unit.transfers.get("t-1")
        lines = unit.journal.of_call("call-1")
    assert kept.taken is not None
    assert kept.taken.by.desk == winner
    assert len(lines) == 2, "one preparation, one taking"


def test_another_desk_hears_of_a_move_once_it_is_written(server_place: ServerPlace) -> None:
    store = server_place.open()
    ear = Ear(lambda: open_link(server_place.own.address, None))
    try:
        ear.next(Linked)
        prepare(transfer_to())(store.unit)
        assert ear.next() == Change(Subject.TRANSFER, "t-1")
        acts.move(MoveAsked("t-1", M.DIAL, "35-1", NOON))(store.unit)
        assert ear.next() == Change(Subject.TRANSFER, "t-1")
    finally:
        ear.feed.close()
        store.close()


TEXT = st.text(max_size=20)
ACTORS = st.builds(Actor, st.sampled_from(["35-1", "ligne-1"]), TEXT)
INSTANTS = st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda after: NOON + after)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_transfer_is_the_same_after_it_was_written_as_text(data: st.DataObject) -> None:
    steps = tuple(step for step in ALL_STEPS if step in data.draw(st.sets(st.sampled_from(list(Step)))))
    line = LineCalled("d", data.draw(st.integers(0, 5)), data.draw(TEXT), "116117", steps)
    transfer = replace(transfer_to(line), sas=data.draw(TEXT), slot=data.draw(TEXT))
    for move in data.draw(st.lists(st.sampled_from(list(TransferMove)), max_size=12)):
        reason = {M.REFUSE: "motif", M.FAIL: "coupure"}.get(move, "")
        try:
            transfer = transfer.moved(
                move, data.draw(ACTORS), data.draw(INSTANTS), reason=reason, text=data.draw(TEXT)
            )
        except IllegalTransferMove:
            continue
    read = read_transfer(
        transfer_text(transfer),
        key=transfer.id,
        call=transfer.call,
        line_call=transfer.line_call,
        dispositif=transfer.line.dispositif,
        desk=transfer.prepared_by.desk,
        taken_desk="",
        prepared_at=transfer.prepared_at,
        state=transfer.state.value,
        state_since=transfer.since,
        version=transfer.version,
    )
    assert read == transfer

"""Whatever a search says and the operator does: rows in use never move, every slot read is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from osnp_console.app.slots.board import SlotBoard
from osnp_console.app.slots.filters import NO_FILTER, SlotFilters
from osnp_console.app.slots.rows import RowState
from osnp_console.app.slots.search_events import Asking, Finished, Landed
from osnp_console.app.slots.tally import Where
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.bands import BANDS
from osnp_console.domain.slots.ruling import USUAL_RIGHTS
from osnp_console.domain.slots.slot import CPTS, PRO, REMOTE, SNP, Capacity, Slot
from tests.unit.slot_world import (
    ADMISSIONS,
    ASKED,
    CLOSING,
    ESTUAIRE,
    NOBODYS,
    NOW,
    REDON,
    VENDEE,
    answered,
    board,
    failed,
    slot,
)

Act = Callable[[SlotBoard, datetime], None]
SOURCES = st.sampled_from(ASKED)


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    """A slot of a small world, so that some meet, some close and some are refused."""
    return slot(
        f"{draw(st.integers(10, 14))}:{draw(st.sampled_from(('00', '05', '20', '40')))}",
        draw(st.sampled_from(("Dr Un", "Dr Deux", "Centre"))),
        draw(st.sampled_from(("Redon", "Plessé"))),
        source=draw(SOURCES),
        dispositifs=draw(
            st.sampled_from(((REDON,), (ESTUAIRE,), (VENDEE,), (NOBODYS,), (), (REDON, ESTUAIRE)))
        ),
        types=draw(st.sampled_from(((SNP,), (CPTS,), (PRO,), ("AUTRE",), ()))),
        modalities=draw(st.sampled_from(((), (REMOTE,)))),
        capacity=draw(st.sampled_from((None, Capacity(2, 1), Capacity(2, 2)))),
        over_booking=draw(st.booleans()),
        seen_at=NOW + timedelta(seconds=draw(st.integers(0, 90))),
    )


@st.composite
def acts(draw: st.DrawFn) -> Act:
    """Something a search says, time that passes, or something that is typed: no act on the list itself."""
    kind = draw(
        st.sampled_from(("asking", "landed", "settled", "failed", "finished", "tick", "judge", "lose"))
    )
    found = tuple(draw(st.lists(slots(), max_size=4)))
    source = draw(SOURCES)
    match kind:
        case "asking":
            return lambda made, now: made.take([Asking(ASKED)], now)
        case "landed":
            return lambda made, now: made.take([Landed(source, found)], now)
        case "settled":
            return lambda made, now: made.take([answered(source, *found, at=now)], now)
        case "failed":
            state = draw(st.sampled_from((SourceState.LATE, SourceState.STALE, SourceState.REFUSED)))
            return lambda made, now: made.take([failed(source, state, *found, at=now)], now)
        case "finished":
            return lambda made, now: made.take([Finished(())], now)
        case "tick":
            return lambda made, now: _drop(made.tick(now))
        case "judge":
            admissions = draw(st.sampled_from((ADMISSIONS, CLOSING, {})))
            return lambda made, now: _judge(made, admissions, now)
        case _:
            return _lose_first


def _lose_first(made: SlotBoard, now: datetime) -> None:
    for row in made.column().rows[:1]:
        made.lose(row.id, now, "SAS")


def _drop(_said: bool) -> None:
    """What is returned is not looked at."""


def _judge(made: SlotBoard, admissions: object, now: datetime) -> None:
    assert isinstance(admissions, dict)
    made.judge(admissions, now)
    made.commit(now)


DELAYS = st.sampled_from((0, 1, 30, 61, 1800))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(acts(), DELAYS), max_size=6), st.lists(st.tuples(acts(), DELAYS), max_size=8))
def test_whatever_comes_a_row_in_use_never_moves(
    before: list[tuple[Act, int]], during: list[tuple[Act, int]]
) -> None:
    made, now = board(CLOSING), NOW
    for act, seconds in before:
        now += timedelta(seconds=seconds)
        act(made, now)
    made.hold()
    shown = _spots(made)
    for act, seconds in during:
        now += timedelta(seconds=seconds)
        act(made, now)
        if shown:
            assert _spots(made) == shown
        shown = _spots(made)
        _everything_is_in_its_place(made)
    made.let_go(now)
    _everything_is_in_its_place(made)
    assert Where.WAITING not in made.census().values()
    assert made.column().notice == ""
    _stands_as_if_just_decided(made, now)


def _stands_as_if_just_decided(made: SlotBoard, now: datetime) -> None:
    """What was decided bit by bit is what deciding everything at once gives."""
    before = [one for one in made.ranked if one.ruling.is_proposed]
    made.allow(USUAL_RIGHTS, now)
    assert [one for one in made.ranked if one.ruling.is_proposed] == before


def _spots(made: SlotBoard) -> list[tuple[str, str, datetime]]:
    """What each row is, by what the operator sees of it: practitioner, section, hour."""
    return [
        (row.one.slot.practitioner.name or "", row.section.title, row.one.slot.start)
        for row in made.column().rows
    ]


def _everything_is_in_its_place(made: SlotBoard) -> None:
    column, census = made.column(), made.census()
    ids = [row.id for row in column.rows]
    assert len(ids) == len(set(ids))
    free = {row.id for row in column.rows if row.state is RowState.FREE}
    assert {name for name, where in census.items() if where is Where.SHOWN} == free
    counted = Counter(census.values())
    assert column.news == counted[Where.WAITING]
    assert sum(counted.values()) == len(made.pool.merged())
    assert column.selected is None or column.selected in free


@given(
    st.lists(slots(), max_size=10),
    st.sampled_from((NO_FILTER, SlotFilters(band=BANDS[0]), SlotFilters(type=SNP))),
)
def test_with_a_list_let_go_every_slot_that_can_be_had_is_shown_or_filtered(
    found: list[Slot], filters: SlotFilters
) -> None:
    made = board()
    made.set_filters(filters, NOW)
    made.take([Landed(ASKED[0], tuple(found))], NOW)
    shown = [row.one for row in made.column().rows]
    assert all(filters.lets_through(one, NOW) for one in shown)
    bands = made.column().bands
    assert bands[0].count >= len(shown)
    apart = [
        one for one in made.ranked if one.ruling.is_proposed and filters.without_band.lets_through(one, NOW)
    ]
    for band in bands[1:]:
        assert band.band is not None
        assert band.count == sum(band.band.holds(one.slot.start, NOW) for one in apart)
    assert made.tally().read == len(made.pool.merged())

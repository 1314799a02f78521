"""Rows keep their place while one types, while the list is held, and change it at a commit only."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.checklist.arrangement import Arrangement, DispositifEntry, Group, Run, Section
from osnp_console.app.checklist.stable_order import StableOrder
from tests.unit.checklists import dispositif

_ENTRIES = tuple(DispositifEntry(dispositif(name)) for name in "abcd")


@st.composite
def _arrangements(draw: st.DrawFn) -> Arrangement:
    order = draw(st.permutations(_ENTRIES))
    cut = draw(st.integers(0, len(order)))
    parts = ((Group.ELIGIBLE, order[:cut]), (Group.REFUSED, order[cut:]))
    return Arrangement(tuple(Section(group, (Run("", tuple(part)),)) for group, part in parts if part))


_acts = st.lists(
    st.one_of(
        st.tuples(st.just("commit"), _arrangements()),
        st.tuples(st.sampled_from(("hold", "let_go", "type")), st.none()),
    ),
    max_size=20,
)


@given(_arrangements(), _acts)
def test_the_order_on_screen_is_that_of_the_last_commit_not_held_back(
    first: Arrangement, acts: list[tuple[str, Arrangement | None]]
) -> None:
    order, expected, committed, held = StableOrder(first), first, first, False
    for act, fresh in acts:
        if fresh is not None:
            committed = fresh
            order.commit(fresh)
        elif act == "hold":
            held = True
            order.hold()
        elif act == "let_go":
            held = False
            order.let_go()
        if not held:
            expected = committed
        assert order.shown == expected
        assert order.frozen is held
        assert order.stale is (expected != committed)
        assert bool(order.stale_groups) <= order.stale


@given(_arrangements(), _arrangements())
def test_a_held_list_takes_the_waiting_order_when_the_operator_asks_for_it(
    first: Arrangement, second: Arrangement
) -> None:
    order = StableOrder(first)
    order.hold()
    assert order.commit(second) is False
    assert order.shown == first
    assert order.refresh() is (first != second)
    assert order.shown == second
    assert not order.stale
    assert order.frozen


@given(_arrangements(), _arrangements())
def test_an_order_that_comes_back_to_what_is_on_screen_waits_no_more(
    first: Arrangement, second: Arrangement
) -> None:
    order = StableOrder(first)
    order.hold()
    order.commit(second)
    order.commit(first)
    assert not order.stale
    assert order.let_go() is False

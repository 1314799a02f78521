"""Slots proposed at desks that share a base: one a desk, seen by the others until it is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest

from osnp_console.app.base.live import Change, Linked, Subject
from osnp_console.app.people.permissions import signed
from osnp_console.app.people.session import NOBODY, Session, session_of
from osnp_console.app.slots.proposals import proposals_elsewhere, propose, withdraw
from osnp_console.domain.account import Account, AccountState
from osnp_console.domain.slots.proposal import LASTS, Elsewhere, Proposal, proposed
from osnp_console.storage.proposal_records import REMOVED_AFTER
from osnp_console.storage.server_link import open_link
from osnp_console.storage.store import Store
from tests.storage.kept import DESK, NOW
from tests.storage.places import ServerPlace, StorePlace
from tests.storage.test_live_feed import Ear
from tests.unit.slot_doubles import made_slot

FIFTH, SEVENTH = "44-5", "44-7"
SLOT, LATER = made_slot(), made_slot(60)
SECOND = timedelta(seconds=1)


def elsewhere(store: Store, desk: str, now: datetime = NOW) -> tuple[Proposal, ...]:
    """What a desk is shown."""
    return proposals_elsewhere(desk, now)(store.unit).proposals


def test_what_a_desk_proposes_is_seen_at_the_others_and_not_at_its_own(store: Store) -> None:
    assert propose(SLOT, FIFTH, NOW)(store.unit) == Elsewhere(FIFTH)
    assert elsewhere(store, DESK) == (proposed(SLOT, FIFTH, "", NOW),)
    assert elsewhere(store, FIFTH) == ()


def test_another_slot_takes_the_place_of_the_desks_former_one(store: Store) -> None:
    propose(SLOT, FIFTH, NOW)(store.unit)
    propose(SLOT, SEVENTH, NOW)(store.unit)
    propose(LATER, FIFTH, NOW + SECOND)(store.unit)
    assert elsewhere(store, DESK) == (
        proposed(LATER, FIFTH, "", NOW + SECOND),
        proposed(SLOT, SEVENTH, "", NOW),
    )


def test_a_proposal_that_is_withdrawn_is_gone_and_the_others_stay(store: Store) -> None:
    propose(SLOT, FIFTH, NOW)(store.unit)
    propose(SLOT, SEVENTH, NOW)(store.unit)
    assert withdraw(FIFTH, NOW)(store.unit).proposals == (proposed(SLOT, SEVENTH, "", NOW),)
    assert elsewhere(store, DESK) == (proposed(SLOT, SEVENTH, "", NOW),)
    withdraw(FIFTH, NOW)(store.unit)
    assert elsewhere(store, DESK) == (proposed(SLOT, SEVENTH, "", NOW),)


def test_a_proposal_that_is_over_is_seen_by_nobody_and_removed_when_a_desk_writes_a_day_later(
    store: Store, place: StorePlace
) -> None:
    propose(SLOT, FIFTH, NOW)(store.unit)
    over = NOW + LASTS
    assert elsewhere(store, DESK, over) == ()
    propose(LATER, SEVENTH, over + REMOVED_AFTER)(store.unit)
    with place.behind() as base:
        kept = base.execute("select desk from slot_proposal").fetchall()
    assert [row[0] for row in kept] == [SEVENTH]


def test_a_desk_whose_clock_is_an_hour_ahead_takes_no_proposal_away_from_the_others(store: Store) -> None:
    propose(SLOT, FIFTH, NOW)(store.unit)
    propose(LATER, SEVENTH, NOW + timedelta(hours=1))(store.unit)
    assert elsewhere(store, DESK) == (proposed(SLOT, FIFTH, "", NOW),)


def test_a_proposal_that_is_renewed_counts_from_the_renewal(store: Store) -> None:
    propose(SLOT, FIFTH, NOW)(store.unit)
    propose(SLOT, FIFTH, NOW + LASTS / 2)(store.unit)
    assert elsewhere(store, DESK, NOW + LASTS) == (proposed(SLOT, FIFTH, "", NOW + LASTS / 2),)


def test_two_desks_that_propose_one_slot_at_the_same_instant_see_each_other(
    store: Store, place: StorePlace
) -> None:
    both = Barrier(2, timeout=20)
    failures: list[BaseException] = []

    def sit(desk: str) -> None:
        own = place.open()
        try:
            both.wait()
            for turn in range(10):
                propose(SLOT, desk, NOW + turn * SECOND)(own.unit)
        except BaseException as failure:
            failures.append(failure)
        finally:
            own.close()

    desks = [Thread(target=sit, args=(desk,)) for desk in (FIFTH, SEVENTH)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert failures == []
    last = NOW + 9 * SECOND
    assert elsewhere(store, FIFTH, last) == (proposed(SLOT, SEVENTH, "", last),)
    assert elsewhere(store, SEVENTH, last) == (proposed(SLOT, FIFTH, "", last),)


@pytest.fixture
def shared(server_place: ServerPlace) -> Iterator[Store]:
    """A base on the server, open at a desk: several desks write at once, and hear each other."""
    store = server_place.open()
    yield store
    store.close()


def test_a_desk_never_waits_for_another_that_is_writing(shared: Store, server_place: ServerPlace) -> None:
    propose(SLOT, FIFTH, NOW)(shared.unit)
    over, other = NOW + LASTS, server_place.open()
    with other.unit() as unit:
        unit.proposals.put(proposed(SLOT, FIFTH, "", over), over)
        propose(LATER, SEVENTH, over)(shared.unit)
        unit.commit()
    other.close()
    assert [one.desk for one in elsewhere(shared, DESK, over)] == [FIFTH, SEVENTH]


@pytest.fixture
def heard(server_place: ServerPlace) -> Iterator[Ear]:
    """A desk that listens to the others."""
    ear = Ear(lambda: open_link(server_place.own.address, None))
    ear.next(Linked)
    yield ear
    ear.feed.close()


def test_what_a_desk_proposes_and_withdraws_is_heard_at_the_others(shared: Store, heard: Ear) -> None:
    propose(SLOT, FIFTH, NOW)(shared.unit)
    assert heard.next() == Change(Subject.PROPOSAL, FIFTH)
    withdraw(SEVENTH, NOW)(shared.unit)
    assert heard.next() == Change(Subject.PROPOSAL, SEVENTH)


def signed_in(store: Store, role: str) -> Session:
    """Somebody whose account has that role."""
    account = Account("c1", "e.tessier", "É. Tessier", frozenset({role}), AccountState.ACTIVE, NOW)
    with store.unit() as unit:
        saved = unit.accounts.save(account, "$argon2id$")
        unit.commit()
    return session_of(saved, FIFTH, NOW)


def test_whoever_proposes_is_named_to_the_others(store: Store) -> None:
    session = signed_in(store, "osnp")
    propose(SLOT, FIFTH, NOW)(signed(store.unit, session))
    assert elsewhere(store, DESK) == (proposed(SLOT, FIFTH, "É. Tessier", NOW),)


def test_whoever_may_not_book_proposes_nothing_and_still_sees_the_others(store: Store) -> None:
    propose(SLOT, SEVENTH, NOW)(store.unit)
    session = signed_in(store, "referent")
    for own in (session, NOBODY):
        seen = propose(LATER, FIFTH, NOW)(signed(store.unit, own))
        assert seen.proposals == (proposed(SLOT, SEVENTH, "", NOW),)
    assert [one.desk for one in elsewhere(store, DESK)] == [SEVENTH]

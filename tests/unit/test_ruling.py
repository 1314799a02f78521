"""One function decides whether a slot can be had: every standing, what is not known, and the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.clock import PARIS
from osnp_console.domain.criteria.desk import MayRefer, ReferralNotSaid
from osnp_console.domain.dispositif import Dispositif, SlotClocks, Status
from osnp_console.domain.slots.ruling import (
    PROPOSED,
    REFERRAL_RULE,
    Admission,
    Rights,
    Ruling,
    SlotRuling,
    Standing,
    admissions_of,
)
from osnp_console.domain.slots.slot import Capacity, Slot
from osnp_console.domain.states import Verdict
from tests.unit.booking_doubles import admits, made_dispositif, ruling_of
from tests.unit.desk_calls import BOCAGE_ENFANTS, DESK, LANDE_MG, check, rule
from tests.unit.slot_doubles import made_slot
from tests.unit.strategies import INSTANT, SOURCE

PAYS_BLANC = SlotClocks(SOURCE, closing_minutes=60, take_back_minutes=120)
START = INSTANT + timedelta(minutes=240)


def slot_of(
    *dispositifs: str, types: frozenset[str] = frozenset({"SNP"}), capacity: Capacity | None = None
) -> Slot:
    """A slot at 14:00 of those dispositifs."""
    return made_slot(240, dispositifs=frozenset(dispositifs), types=types, capacity=capacity)


def decided(slot: Slot, *admissions: Admission, minutes: int = 0, rights: Rights | None = None) -> Ruling:
    """What is decided so many minutes after ten."""
    known = {one.dispositif.id: one for one in admissions}
    ruling = SlotRuling(known, rights) if rights is not None else SlotRuling(known)
    return ruling.decide(slot, INSTANT + timedelta(minutes=minutes))


# Standings ----------------------------------------------------------------------------------------------


def test_a_slot_of_a_dispositif_that_takes_the_patient_is_free() -> None:
    found = decided(slot_of("a"), admits("a"))
    assert found == Ruling(Standing.FREE, ("a",))
    assert found.is_proposed


def test_a_slot_of_a_dispositif_to_check_asks_what_is_missing() -> None:
    both = (admits("a", Verdict.TO_CHECK, "x", "y"), admits("b", Verdict.TO_CHECK, "y", "z"))
    found = decided(slot_of("a", "b"), *both)
    assert (found.standing, found.missing) == (Standing.TO_CHECK, ("x", "y", "z"))


def test_one_dispositif_that_takes_for_sure_is_enough_and_comes_first() -> None:
    sure, checks = admits("z"), admits("a", Verdict.TO_CHECK, "x")
    found = decided(slot_of("a", "z"), sure, checks, admits("b", Verdict.NOT_ELIGIBLE))
    assert (found.standing, found.dispositifs, found.missing) == (Standing.FREE, ("z", "a"), ())


def test_a_slot_of_dispositifs_that_all_refuse_is_refused() -> None:
    found = decided(slot_of("a", "b"), admits("a", Verdict.NOT_ELIGIBLE), admits("b", Verdict.OUT_OF_SERVICE))
    assert (found.standing, found.is_proposed) == (Standing.REFUSED, False)


def test_a_slot_of_a_dispositif_that_is_not_this_desks_says_so() -> None:
    other = replace(admits("a", Verdict.NOT_ELIGIBLE), may_refer=False)
    assert decided(slot_of("a"), other).standing is Standing.NOT_THIS_DESK
    unknown = replace(admits("b", Verdict.NOT_ELIGIBLE), may_refer=None)
    assert decided(slot_of("a", "b"), other, unknown).standing is Standing.REFUSED


def test_a_slot_of_which_no_dispositif_is_known_stays_to_check() -> None:
    for slot in (slot_of(), slot_of("not in the catalogue")):
        found = decided(slot, admits("a", Verdict.NOT_ELIGIBLE))
        assert (found.standing, found.dispositifs, found.missing) == (Standing.TO_CHECK, (), ())


def test_a_slot_that_has_begun_is_over_for_everybody() -> None:
    assert decided(slot_of("a"), admits("a"), minutes=239).standing is Standing.FREE
    assert decided(slot_of("a"), admits("a"), minutes=240).standing is Standing.STARTED
    assert decided(slot_of(), minutes=241).standing is Standing.STARTED


def test_a_range_is_full_once_as_many_were_sent_as_it_takes() -> None:
    assert decided(slot_of("a", capacity=Capacity(3, 2)), admits("a")).standing is Standing.FREE
    assert decided(slot_of("a", capacity=Capacity(3, 3)), admits("a")).standing is Standing.FULL
    assert decided(slot_of("a", capacity=Capacity(3, 5)), admits("a")).standing is Standing.FULL


# Clocks -------------------------------------------------------------------------------------------------


def test_pays_blanc_has_both_clocks_between_them_a_slot_is_bookable_but_may_vanish() -> None:
    taker = admits("a", clocks=PAYS_BLANC)
    found = decided(slot_of("a"), taker, minutes=130)
    assert found.take_back_at == START - timedelta(minutes=120)
    assert found.closes_at == START - timedelta(minutes=60)
    assert found.standing is Standing.FREE
    assert found.take_back_at < INSTANT + timedelta(minutes=130) < found.closes_at


@pytest.mark.parametrize(
    ("minutes", "standing"), [(179, Standing.FREE), (180, Standing.CLOSED), (200, Standing.CLOSED)]
)
def test_a_slot_closes_at_the_very_minute_that_its_source_gives(minutes: int, standing: Standing) -> None:
    found = decided(slot_of("a"), admits("a", clocks=PAYS_BLANC), minutes=minutes)
    assert found.standing is standing
    assert found.closes_at == START - timedelta(minutes=60)


def test_of_several_dispositifs_the_earliest_clocks_count() -> None:
    late = admits("a", clocks=SlotClocks(SOURCE, closing_minutes=59))
    early = admits("b", clocks=SlotClocks(SOURCE, closing_minutes=120, take_back_minutes=60))
    found = decided(slot_of("a", "b"), late, early)
    assert found.closes_at == START - timedelta(minutes=120)
    assert found.take_back_at == START - timedelta(minutes=60)


def test_a_dispositif_that_refuses_closes_nothing() -> None:
    refuses = admits("b", Verdict.NOT_ELIGIBLE, clocks=SlotClocks(SOURCE, closing_minutes=230))
    found = decided(slot_of("a", "b"), admits("a", clocks=PAYS_BLANC), refuses, minutes=30)
    assert (found.standing, found.closes_at) == (Standing.FREE, START - timedelta(minutes=60))


def test_a_dispositif_still_to_check_closes_nothing_where_another_takes_for_sure() -> None:
    checks = admits("b", Verdict.TO_CHECK, "x", clocks=SlotClocks(SOURCE, closing_minutes=230))
    assert decided(slot_of("a", "b"), admits("a"), checks).closes_at is None
    assert decided(slot_of("b"), checks).closes_at == START - timedelta(minutes=230)


def test_without_a_delay_in_any_source_there_is_no_clock_which_is_not_the_same_as_closed() -> None:
    found = decided(slot_of("a"), admits("a"), minutes=239)
    assert (found.standing, found.closes_at, found.take_back_at) == (Standing.FREE, None, None)


def test_a_delay_is_minutes_that_pass_over_the_night_when_the_clocks_go_back() -> None:
    slot = replace(slot_of("a"), start=datetime(2026, 10, 25, 3, 30, tzinfo=PARIS))
    found = ruling_of(admits("a", clocks=PAYS_BLANC)).decide(slot, slot.start - timedelta(days=1))
    assert found.take_back_at is not None
    assert found.take_back_at.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


# Rights -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("types", "may_refer", "standing"),
    [
        ({"SNP"}, True, Standing.FREE),
        ({"PRO"}, True, Standing.FREE),
        ({"PUBLIC"}, True, Standing.FREE),
        (set(), True, Standing.FREE),
        ({"CPTS"}, True, Standing.FREE),
        ({"CPTS"}, None, Standing.FREE),
        ({"CPTS", "SNP"}, False, Standing.FREE),
        ({"private"}, True, Standing.FREE),
        ({"CPTS"}, False, Standing.NOT_THIS_DESK),
    ],
)
def test_what_the_desk_may_use_unknown_codes_are_shown(
    types: set[str], may_refer: bool | None, standing: Standing
) -> None:
    taker = replace(admits("a"), may_refer=may_refer)
    assert decided(slot_of("a", types=frozenset(types)), taker).standing is standing


def test_the_site_settles_which_types_count() -> None:
    only_snp = Rights(frozenset({"SNP"}), territory=False)
    standings = {
        code: decided(slot_of("a", types=frozenset({code})), admits("a"), rights=only_snp).standing.value
        for code in ("SNP", "PRO", "CPTS", "x")
    }
    refused = Standing.NOT_THIS_DESK.value
    assert standings == {"SNP": "libre", "PRO": refused, "CPTS": refused, "x": "libre"}


def test_a_slot_shown_by_a_cpts_of_which_nothing_is_known_stays_to_check() -> None:
    assert decided(slot_of(types=frozenset({"CPTS"}))).standing is Standing.TO_CHECK


# Properties ---------------------------------------------------------------------------------------------

_verdicts = st.sampled_from(Verdict)
_minutes = st.none() | st.integers(0, 200)


@st.composite
def _admissions(draw: st.DrawFn, name: str) -> Admission:
    verdict = draw(_verdicts)
    missing = ("x",) if verdict is Verdict.TO_CHECK else ()
    clocks = SlotClocks(SOURCE, closing_minutes=draw(_minutes), take_back_minutes=draw(_minutes))
    made = made_dispositif(name, draw(st.sampled_from([None, clocks])))
    return Admission(made, verdict, missing, draw(st.sampled_from([True, False, None])))


@given(_admissions("a"), _admissions("b"), st.integers(0, 300), st.integers(0, 300), st.booleans())
def test_time_only_takes_away(one: Admission, other: Admission, now: int, later: int, full: bool) -> None:
    """A slot that cannot be had now cannot be had later, unless an answer changes."""
    slot = slot_of("a", "b", capacity=Capacity(1, int(full)))
    first, then = sorted((now, later))
    before, after = decided(slot, one, other, minutes=first), decided(slot, one, other, minutes=then)
    if after.standing in PROPOSED:
        assert before.standing is after.standing
    if after.standing is not Standing.STARTED:
        assert (before.closes_at, before.take_back_at) == (after.closes_at, after.take_back_at)
        if before.closes_at is not None and INSTANT + timedelta(minutes=then) >= before.closes_at:
            assert after.standing not in PROPOSED


@given(_admissions("a"), _admissions("b"))
def test_a_slot_is_free_only_through_a_dispositif_that_takes_for_sure(
    one: Admission, other: Admission
) -> None:
    found = decided(slot_of("a", "b"), one, other)
    sure = Verdict.ELIGIBLE in (one.verdict, other.verdict)
    if found.standing is Standing.FREE:
        assert sure
        assert found.missing == ()
    if found.standing is Standing.TO_CHECK:
        assert not sure
        assert found.missing == ("x",)
    assert set(found.dispositifs) <= {
        admission.dispositif.id for admission in (one, other) if admission.takes
    }


# From the checklist -------------------------------------------------------------------------------------


def call_of(*dispositifs: Dispositif) -> Checklist:
    """A call about which only the commune is known, and those dispositifs."""
    record = CallRecord("c", 1, DESK.code, INSTANT).put(facts.RESIDENCE, "44901")
    return Checklist(dispositifs, OpenCall(record, DESK, check(), INSTANT).call, INSTANT)


def test_what_the_checklist_says_of_each_dispositif_is_what_counts() -> None:
    planned = replace(LANDE_MG, id="planned", status=Status.PLANNED)
    found = admissions_of(call_of(LANDE_MG, BOCAGE_ENFANTS, planned))
    assert found["44-lande-mg"].verdict is Verdict.TO_CHECK
    assert facts.REASON in found["44-lande-mg"].missing
    assert facts.RESIDENCE not in found["44-lande-mg"].missing
    assert (found["planned"].verdict, found["planned"].may_refer) == (Verdict.OUT_OF_SERVICE, False)


@pytest.mark.parametrize(
    ("criterion", "may_refer"),
    [
        (MayRefer("CPTS", roles=frozenset({"osnp"})), True),
        (MayRefer("CPTS", roles=frozenset({"pharmacien"})), False),
        (MayRefer("CPTS", announced=frozenset({"osnp"})), None),
        (ReferralNotSaid(), True),
    ],
)
def test_whether_this_desk_may_refer_is_the_rules_word(
    criterion: MayRefer | ReferralNotSaid, may_refer: bool | None
) -> None:
    dispositif = replace(LANDE_MG, rules=(rule(REFERRAL_RULE, criterion),))
    assert admissions_of(call_of(dispositif))["44-lande-mg"].may_refer is may_refer

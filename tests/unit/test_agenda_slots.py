"""A local agenda offers what was laid out in it: on the clock of Paris, never more than its places."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.agenda.laying import weekly_spans
from osnp_console.domain.agenda.plan import NOBODY, Closure, Offer, Parity, Plan, SingleOpening, WeeklyOpening
from osnp_console.domain.agenda.slots import PlannedSlot, planned_between, slots_between
from osnp_console.domain.appointment import AppointmentState
from osnp_console.domain.clock import PARIS, in_paris
from osnp_console.domain.dates import Validity
from osnp_console.domain.hours import is_public_holiday
from osnp_console.domain.slots.slot import BookingMode, Capacity, Practitioner
from tests.unit.agendas import CSNP, LE_GALL, MAURY, booking, days, hours, plans, weekly, weekly_openings

TUESDAY = date(2026, 11, 24)
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)  # Sundays on which the clocks change


def paris(day: date, hour: int, minute: int = 0) -> datetime:
    return in_paris(datetime.combine(day, time(hour, minute)))


def of_days(plan: Plan, first: date, last: date | None = None) -> list[PlannedSlot]:
    return planned_between(plan, (), paris(first, 0), paris((last or first) + timedelta(days=1), 0))


def test_an_opening_is_cut_into_slots_that_end_when_it_does() -> None:
    plan = Plan(CSNP, (weekly(time(14), time(15, 10)),))
    slots = of_days(plan, TUESDAY)
    assert hours(slots) == ["24/11 14:00", "24/11 14:20", "24/11 14:40"]
    assert {slot.end - slot.start for slot in slots} == {timedelta(minutes=20)}


def test_a_range_is_one_slot_with_its_places() -> None:
    plan = Plan(CSNP, (weekly(time(14), time(18), Offer(None, 10)),))
    (slot,) = slots_between(plan, (), paris(TUESDAY, 0), paris(TUESDAY, 23), "carnet", paris(TUESDAY, 8))
    assert (in_paris(slot.start).hour, in_paris(slot.end).hour) == (14, 18)
    assert slot.capacity == Capacity(10, 0)


def test_a_night_goes_on_after_midnight() -> None:
    plan = Plan(CSNP, (weekly(time(23, 20), time(0, 20), weekdays=frozenset({1})),))
    assert hours(of_days(plan, TUESDAY)) == ["24/11 23:20", "24/11 23:40", "25/11 00:00"]
    assert hours(of_days(plan, TUESDAY + timedelta(days=1))) == ["25/11 00:00"]


def test_weeks_53_and_1_which_follow_each_other_are_both_odd() -> None:
    plan = Plan(CSNP, (weekly(time(9), time(9, 20), parity=Parity.ODD, on_holidays=True),))
    found = of_days(plan, date(2026, 12, 21), date(2027, 1, 17))
    weeks = {in_paris(slot.start).isocalendar().week for slot in found}
    assert weeks == {53, 1}
    assert len(found) == 10


@given(days, st.sampled_from(Parity))
def test_every_week_is_odd_or_even(day: date, parity: Parity) -> None:
    assert Parity.EVERY.holds(day)
    assert Parity.ODD.holds(day) is not Parity.EVEN.holds(day)
    monday = day - timedelta(days=day.weekday())
    assert parity.holds(day) is parity.holds(monday)
    two_weeks_later = monday + timedelta(days=14)
    if monday.isocalendar().year == two_weeks_later.isocalendar().year:
        assert parity.holds(two_weeks_later) is parity.holds(monday)


def test_a_public_holiday_is_closed_unless_the_opening_says_otherwise() -> None:
    christmas = date(2026, 12, 25)  # a Friday
    plan = Plan(CSNP, (weekly(time(9), time(9, 40)),))
    assert of_days(plan, christmas) == []
    assert len(of_days(Plan(CSNP, (replace(plan.weekly[0], on_holidays=True),)), christmas)) == 2


def test_an_opening_for_one_date_is_there_on_a_holiday_too() -> None:
    christmas = date(2026, 12, 25)
    single = SingleOpening("s1", paris(christmas, 9), paris(christmas, 10), Offer(20, 1, 0, MAURY))
    assert hours(of_days(Plan(CSNP, singles=(single,)), christmas)) == [
        "25/12 09:00",
        "25/12 09:20",
        "25/12 09:40",
    ]


def test_the_spring_night_has_no_slot_in_the_hour_that_is_skipped() -> None:
    plan = Plan(CSNP, (weekly(time(1), time(4), Offer(30), weekdays=frozenset({6})),))
    assert hours(of_days(plan, SPRING)) == ["28/03 01:00", "28/03 01:30", "28/03 03:00", "28/03 03:30"]


def test_a_slot_that_runs_over_the_skipped_hour_lasts_as_long_as_any_and_delays_the_next() -> None:
    plan = Plan(CSNP, (weekly(time(1), time(4, 45), Offer(25), weekdays=frozenset({6})),))
    slots = of_days(plan, SPRING)
    assert hours(slots) == [
        f"28/03 {clock}" for clock in ("01:00", "01:25", "01:50", "03:30", "03:55", "04:20")
    ]
    assert f"{in_paris(slots[2].end):%H:%M}" == "03:15"


def test_no_slot_of_the_spring_night_ends_after_its_opening() -> None:
    plan = Plan(CSNP, (weekly(time(1), time(3, 10), Offer(25), weekdays=frozenset({6})),))
    assert hours(of_days(plan, SPRING)) == ["28/03 01:00", "28/03 01:25"]


def test_the_autumn_night_offers_the_hour_that_comes_twice_once() -> None:
    plan = Plan(CSNP, (weekly(time(1), time(4), Offer(30), weekdays=frozenset({6})),))
    slots = of_days(plan, AUTUMN)
    assert hours(slots) == [f"25/10 0{hour}:{minute}" for hour in (1, 2, 3) for minute in ("00", "30")]
    assert slots[4].start - slots[3].start == timedelta(minutes=90)


def test_a_range_that_begins_in_the_skipped_hour_begins_after_it() -> None:
    plan = Plan(CSNP, (weekly(time(2, 30), time(5), Offer(None, 4), weekdays=frozenset({6})),))
    (slot,) = of_days(plan, SPRING)
    assert (slot.start, slot.end) == (
        datetime(2027, 3, 28, 1, tzinfo=UTC),
        datetime(2027, 3, 28, 3, tzinfo=UTC),
    )


@given(weekly_openings(), st.sampled_from([SPRING, AUTUMN, TUESDAY]))
def test_slots_of_an_opening_are_at_its_own_hours_and_follow_each_other(
    opening: WeeklyOpening, day: date
) -> None:
    opening = replace(opening, weekdays=frozenset(range(7)), validity=Validity(), parity=Parity.EVERY)
    window = paris(day, 0), paris(day + timedelta(days=1), 0)
    found = list(weekly_spans(opening, *window))
    assert found == sorted(found)
    for (_, end), (start, _) in pairwise(found):
        assert end <= start
    for start, end in found:
        assert start < end
        begins = in_paris(start).time()
        if opening.offer.minutes is None:
            assert begins == opening.start or day == SPRING
        else:
            since = (begins.hour - opening.start.hour) * 60 + begins.minute - opening.start.minute
            assert since % (24 * 60) % opening.offer.minutes == 0
            assert end - start == timedelta(minutes=opening.offer.minutes)


@given(weekly_openings(), days)
def test_no_slot_is_outside_the_weeks_days_and_dates_of_its_opening(
    opening: WeeklyOpening, day: date
) -> None:
    for start, _ in weekly_spans(opening, paris(day, 0), paris(day + timedelta(days=8), 0)):
        local = in_paris(start)
        began = local.date()
        if opening.end < opening.start and local.time() < opening.end:
            began -= timedelta(days=1)
        assert opening.validity.covers(began)
        assert began.weekday() in opening.weekdays
        assert opening.parity.holds(began)
        assert opening.on_holidays or not is_public_holiday(began)


@given(st.data(), st.sampled_from([SPRING, AUTUMN, TUESDAY, date(2026, 12, 31)]))
def test_a_window_cut_in_two_holds_the_same_slots(data: st.DataObject, day: date) -> None:
    plan = data.draw(plans(day))
    start, end = paris(day - timedelta(days=2), 6), paris(day + timedelta(days=2), 20)
    whole = planned_between(plan, (), start, end)
    minutes = data.draw(st.integers(0, int((end - start).total_seconds()) // 60))
    middle = in_paris(start + timedelta(minutes=minutes))
    first, second = planned_between(plan, (), start, middle), planned_between(plan, (), middle, end)
    assert {slot.reference for slot in first} & {slot.reference for slot in second} <= {
        slot.reference for slot in whole if slot.start == middle
    }
    assert sorted({*map(_told, first), *map(_told, second)}) == sorted(map(_told, whole))


def _told(slot: PlannedSlot) -> tuple[str, datetime, str]:
    return slot.reference, slot.end, slot.opening


@given(st.data(), st.sampled_from([SPRING, AUTUMN, TUESDAY]))
def test_nothing_is_offered_while_it_is_closed(data: st.DataObject, day: date) -> None:
    plan = data.draw(plans(day))
    window = paris(day - timedelta(days=2), 0), paris(day + timedelta(days=2), 0)
    kept = {slot.reference for slot in planned_between(plan, (), *window)}
    for slot in planned_between(replace(plan, closures=()), (), *window):
        touched = [
            closure
            for closure in plan.closures
            if closure.start < slot.end
            and closure.end > slot.start
            and closure.practitioner in (None, slot.offer.practitioner)
        ]
        assert (slot.reference in kept) is not bool(touched)


@given(st.data())
def test_places_that_are_left_never_fall_below_zero(data: st.DataObject) -> None:
    plan = data.draw(plans(TUESDAY))
    window = paris(TUESDAY - timedelta(days=1), 0), paris(TUESDAY + timedelta(days=1), 0)
    laid = planned_between(plan, (), *window)
    held = []
    for number in range(data.draw(st.integers(0, 8)) if laid else 0):
        slot = data.draw(st.sampled_from(laid))
        held.append(booking(slot, data.draw(st.integers(1, 6)), f"essai-{number}"))
    for slot in planned_between(plan, held, *window):
        room = slot.room
        assert 0 <= room.left <= slot.offer.places
        assert 0 <= room.over_left <= slot.offer.over_booking
        assert (room.seat is None) is (room.left == 0)
        assert (room.over_seat is None) is (room.over_left == 0)
    for free in slots_between(plan, held, *window, "carnet", window[0]):
        assert free.capacity is None or free.capacity.left > 0


def test_a_place_that_is_held_is_no_longer_offered_and_one_given_back_is() -> None:
    plan = Plan(CSNP, (weekly(time(14), time(14, 40)),))
    window = paris(TUESDAY, 0), paris(TUESDAY, 23)
    held = booking(of_days(plan, TUESDAY)[0])
    free = slots_between(plan, [held], *window, "carnet", window[0])
    assert [in_paris(slot.start).minute for slot in free] == [20]
    back = held.moved(AppointmentState.CANCELLED, window[0])
    assert len(slots_between(plan, [back], *window, "carnet", window[0])) == 2


def test_over_booking_is_offered_as_such_once_the_regular_places_are_gone() -> None:
    plan = Plan(CSNP, (weekly(time(14), time(14, 20), Offer(20, 1, 2, MAURY)),))
    window = paris(TUESDAY, 0), paris(TUESDAY, 23)
    (regular,) = slots_between(plan, (), *window, "carnet", window[0])
    assert (regular.over_booking, regular.capacity) == (False, None)
    laid = of_days(plan, TUESDAY)[0]
    (over,) = slots_between(plan, [booking(laid)], *window, "carnet", window[0])
    assert (over.over_booking, over.capacity) == (True, Capacity(2, 0))
    full = [booking(laid, seat, f"e{seat}") for seat in (1, 2, 3)]
    assert slots_between(plan, full, *window, "carnet", window[0]) == []


def test_openings_laid_out_anew_never_offer_a_practitioner_twice_at_once() -> None:
    before = Plan(CSNP, (weekly(time(14), time(15)),))
    held = booking(of_days(before, TUESDAY)[1])  # 14:20 to 14:40
    after = Plan(CSNP, (weekly(time(14), time(15), Offer(30, 1, 0, MAURY)),))
    assert (
        slots_between(after, [held], paris(TUESDAY, 0), paris(TUESDAY, 23), "carnet", paris(TUESDAY, 8)) == []
    )
    other = Plan(CSNP, (weekly(time(14), time(15), Offer(30, 1, 0, LE_GALL)),))
    window = paris(TUESDAY, 0), paris(TUESDAY, 23)
    assert len(slots_between(other, [held], *window, "carnet", window[0])) == 2


def test_a_slot_across_two_that_are_booked_has_no_place_left() -> None:
    laid = of_days(Plan(CSNP, (weekly(time(14), time(15)),)), TUESDAY)
    held = [booking(laid[0], key="e1"), booking(laid[1], key="e2")]
    after = Plan(CSNP, (weekly(time(14), time(15), Offer(60, 1, 0, MAURY)),))
    (slot,) = planned_between(after, held, paris(TUESDAY, 0), paris(TUESDAY, 23))
    assert (slot.room.left, slot.room.taken, slot.is_full) == (0, 2, True)


def test_a_closure_that_ends_when_a_slot_begins_leaves_it_open() -> None:
    closures = (Closure("f1", paris(TUESDAY, 14), paris(TUESDAY, 14, 20), "réunion"),)
    plan = Plan(CSNP, (weekly(time(13, 40), time(14, 40)),), closures=closures)
    assert hours(of_days(plan, TUESDAY)) == ["24/11 13:40", "24/11 14:20"]


def test_a_practitioner_is_closed_while_the_others_go_on() -> None:
    plan = Plan(
        CSNP,
        (
            weekly(time(14), time(14, 20)),
            replace(weekly(time(14), time(14, 20), Offer(20, 1, 0, LE_GALL)), id="o2"),
        ),
        closures=(Closure("f1", paris(TUESDAY, 0), paris(TUESDAY, 23), "congés", MAURY),),
    )
    assert [slot.offer.practitioner for slot in of_days(plan, TUESDAY)] == [LE_GALL]


def test_what_has_begun_is_not_announced() -> None:
    plan = Plan(CSNP, (weekly(time(14), time(15)),))
    window = paris(TUESDAY, 0), paris(TUESDAY, 23)
    free = slots_between(plan, (), *window, "carnet", paris(TUESDAY, 14, 20))
    assert [in_paris(slot.start).minute for slot in free] == [40]


def test_a_slot_says_whose_it_is_where_it_is_and_how_it_is_booked() -> None:
    plan = Plan(CSNP, (weekly(time(14), time(14, 20)),))
    (slot,) = slots_between(plan, (), paris(TUESDAY, 0), paris(TUESDAY, 23), "carnet", paris(TUESDAY, 8))
    assert (slot.practitioner, slot.place, slot.dispositifs) == (
        MAURY,
        CSNP.place,
        frozenset(CSNP.dispositifs),
    )
    assert (slot.types, slot.modalities) == (CSNP.types, CSNP.modalities)
    (origin,) = slot.origins
    assert (origin.source, origin.mode, origin.seen_at) == ("carnet", BookingMode.LOCAL, paris(TUESDAY, 8))
    assert origin.reference == "20261124T130000Z/10002673899"


def test_two_lines_of_a_place_stay_two_slots() -> None:
    lines = [Practitioner("Salle 1"), Practitioner("Salle 2"), NOBODY]
    openings = tuple(
        replace(weekly(time(14), time(14, 20), Offer(20, 1, 0, line)), id=f"o{n}")
        for n, line in enumerate(lines)
    )
    free = slots_between(
        Plan(CSNP, openings), (), paris(TUESDAY, 0), paris(TUESDAY, 23), "carnet", paris(TUESDAY, 8)
    )
    assert len({slot.id for slot in free}) == 3


def test_an_opening_for_a_date_goes_before_the_weekly_one_at_the_same_hour() -> None:
    single = SingleOpening("s1", paris(TUESDAY, 14), paris(TUESDAY, 14, 30), Offer(None, 3, 0, MAURY))
    plan = Plan(CSNP, (weekly(time(14), time(14, 20)),), (single,))
    (slot,) = of_days(plan, TUESDAY)
    assert (slot.opening, slot.offer.places) == ("s1", 3)


def test_holidays_are_those_of_france() -> None:
    of_2026 = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [f"{day:%d/%m}" for day in of_2026 if is_public_holiday(day)] == [
        "01/01", "06/04", "01/05", "08/05", "14/05", "25/05", "14/07", "15/08", "01/11", "11/11", "25/12",
    ]  # fmt: skip


def test_times_are_told_in_paris_whatever_zone_the_window_is_asked_in() -> None:
    plan = Plan(CSNP, (weekly(time(14), time(14, 20)),))
    asked = datetime(2026, 11, 24, 0, tzinfo=PARIS)
    assert planned_between(plan, (), asked, asked + timedelta(hours=20)) == planned_between(
        plan, (), asked.astimezone(UTC), (asked + timedelta(hours=20)).astimezone(UTC)
    )

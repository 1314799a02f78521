"""Calendars as practices' programs write them, read to the minute; one bad event loses one event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osnp_console.app.local_agenda.calendar_events import CalendarEvent, CalendarUnreadable
from osnp_console.connectors.ical.events import LARGEST_BYTES, read_calendar, read_events
from osnp_console.domain.clock import PARIS, in_paris

START = datetime(2026, 11, 23, 0, 0, tzinfo=PARIS)
END = datetime(2026, 11, 30, 0, 0, tzinfo=PARIS)
PARIS_ZONE = """BEGIN:VTIMEZONE
TZID:Cabinet
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar(*parts: str) -> bytes:
    lines = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//essai//FR\n" + "".join(parts) + "END:VCALENDAR\n"
    return lines.replace("\n", "\r\n").encode()


def event(*lines: str, uid: str = "1") -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT")) + "\n"


def hours(events: list[CalendarEvent]) -> list[str]:
    return [f"{in_paris(one.start):%d/%m %H:%M}" for one in events]


@pytest.mark.parametrize(
    "begins",
    [
        "DTSTART:20261124T093000", "DTSTART:20261124T083000Z", "DTSTART;TZID=Europe/Paris:20261124T093000",
        "DTSTART;TZID=Cabinet:20261124T093000", "DTSTART;TZID=Romance Standard Time:20261124T093000",
        "DTSTART;TZID=America/Cayenne:20261124T053000", "DTSTART;TZID=Etc/GMT-3:20261124T113000",
    ],
)  # fmt: skip
def test_an_hour_is_the_same_instant_however_it_is_written(begins: str) -> None:
    (one,) = read_events(calendar(PARIS_ZONE, event(begins, "DURATION:PT20M")), START, END)
    assert one.start == datetime(2026, 11, 24, 9, 30, tzinfo=PARIS)
    assert one.end - one.start == timedelta(minutes=20)


def test_a_zone_that_nobody_knows_is_not_taken_for_that_of_paris() -> None:
    said = event("DTSTART;TZID=Cabinet:20261124T093000")
    assert len(read_events(calendar(PARIS_ZONE, said), START, END)) == 1
    read = read_calendar(calendar(said), START, END)
    assert (read.events, read.rejected) == ((), 1)


def test_two_practices_may_call_their_zones_alike() -> None:
    said = event("DTSTART;TZID=Cabinet:20261124T093000")
    here = read_events(calendar(PARIS_ZONE, said), START, END)
    there = PARIS_ZONE.replace("TZOFFSETTO:+0100", "TZOFFSETTO:-0300")
    overseas = read_events(calendar(there, said), START, END)
    assert overseas[0].start - here[0].start == timedelta(hours=4)


def test_a_zone_may_be_told_after_the_events() -> None:
    said = event("DTSTART;TZID=Cabinet:20261124T093000")
    assert hours(read_events(calendar(said, PARIS_ZONE), START, END)) == ["24/11 09:30"]


def test_an_event_says_what_it_says_and_nothing_more() -> None:
    said = event(
        "DTSTART:20261124T083000Z", "DTEND:20261124T085000Z", "SUMMARY:Créneau\\n SNP", "LOCATION:Redon",
        "TRANSP:TRANSPARENT", "STATUS:TENTATIVE", uid="a@b",
    )  # fmt: skip
    bare = event("DTSTART:20261124T103000Z", uid="c")
    first, second = read_events(calendar(said, bare), START, END)
    assert (first.uid, first.title, first.place, first.free, first.tentative) == (
        "a@b", "Créneau SNP", "Redon", True, True,
    )  # fmt: skip
    assert (second.title, second.place, second.free, second.tentative) == ("", "", None, False)
    assert second.start == second.end
    assert not first.all_day


def test_a_day_without_hour_goes_from_midnight_to_midnight_in_paris() -> None:
    (one,) = read_events(calendar(event("DTSTART;VALUE=DATE:20261124")), START, END)
    assert one.all_day
    assert (one.start, one.end) == (
        datetime(2026, 11, 24, tzinfo=PARIS),
        datetime(2026, 11, 25, tzinfo=PARIS),
    )


def test_the_day_of_the_spring_change_has_23_hours() -> None:
    window = datetime(2026, 3, 29, tzinfo=PARIS), datetime(2026, 3, 30, tzinfo=PARIS)
    (one,) = read_events(calendar(event("DTSTART;VALUE=DATE:20260329")), *window)
    assert one.end - one.start == timedelta(hours=23)


@pytest.mark.parametrize("zone", [";TZID=Europe/Paris", ";TZID=Cabinet", ""])
def test_a_fortnightly_recurrence_keeps_its_hour_across_the_change_of_october(zone: str) -> None:
    series = event(
        f"DTSTART{zone}:20261012T093000", "DURATION:PT30M", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=5",
        f"EXDATE{zone}:20261109T093000",
    )  # fmt: skip
    window = datetime(2026, 10, 1, tzinfo=PARIS), datetime(2026, 12, 31, tzinfo=PARIS)
    found = read_events(calendar(PARIS_ZONE, series), *window)
    assert hours(found) == ["12/10 09:30", "26/10 09:30", "23/11 09:30", "07/12 09:30"]
    assert {one.uid for one in found} == {"1"}
    assert [one.start.astimezone(UTC).hour for one in found] == [7, 8, 8, 8]


def test_an_occurrence_that_was_moved_is_where_it_went_and_one_cancelled_is_gone() -> None:
    series = event("DTSTART;TZID=Europe/Paris:20261123T090000", "DURATION:PT20M", "RRULE:FREQ=DAILY;COUNT=4")
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Paris:20261124T090000",
        "DTSTART;TZID=Europe/Paris:20261124T110000",
        "DURATION:PT20M",
    )
    gone = event(
        "RECURRENCE-ID;TZID=Europe/Paris:20261125T090000",
        "DTSTART;TZID=Europe/Paris:20261125T090000",
        "STATUS:CANCELLED",
    )
    found = read_events(calendar(series, moved, gone), START, END)
    assert hours(found) == ["23/11 09:00", "24/11 11:00", "26/11 09:00"]


def test_an_exception_that_cannot_be_read_takes_its_recurrence_along() -> None:
    series = event("DTSTART:20261123T090000", "RRULE:FREQ=DAILY;COUNT=4")
    moved = event("RECURRENCE-ID:pas une heure", "DTSTART:20261124T110000")
    other = event("DTSTART:20261123T100000", uid="2")
    read = read_calendar(calendar(series, moved, other), START, END)
    assert hours(list(read.events)) == ["23/11 10:00"]
    assert read.rejected == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:pas une heure",), ("SUMMARY:sans heure",), ("DTSTART:20261124T093000", "DTEND:zz"),
        ("DTSTART:20261124T093000", "DTEND:20261124T083000"),
        ("DTSTART:20261124T093000", "RRULE:FREQ=SOUVENT"),
        ("DTSTART:20261124T093000", "RRULE:FREQ=SECONDLY"),
        ("DTSTART:20261124T093000", "RRULE:FREQ=MINUTELY"),
        ("DTSTART:20261124T093000", "EXDATE:zz"), ("DTSTART:20261124T093000", "DTSTART:20261125T093000"),
        ("DTSTART:20261124T093000", "RRULE:FREQ=DAILY;UNTIL=20261125", "DTEND;VALUE=DATE:20261124"),
    ],
)  # fmt: skip
def test_one_bad_event_loses_one_event(lines: tuple[str, ...]) -> None:
    good = event("DTSTART:20261125T100000", "DURATION:PT20M", uid="bon")
    read = read_calendar(calendar(event(*lines, uid="mauvais"), good), START, END)
    assert [one.uid for one in read.events if one.uid == "bon"] == ["bon"]
    assert read.rejected + sum(one.uid == "mauvais" for one in read.events) >= 1
    assert not any(one.uid == "mauvais" and one.end < one.start for one in read.events)


def test_a_line_that_says_nothing_of_the_hour_loses_nothing() -> None:
    read = read_calendar(calendar(event("n’importe quoi", "DTSTART:20261124T093000", "X-VIDE:")), START, END)
    assert (len(read.events), read.rejected) == (1, 0)


def test_events_that_share_a_key_are_all_read_and_of_two_revisions_the_last_is() -> None:
    morning, evening = event("DTSTART:20261124T090000"), event("DTSTART:20261124T180000")
    assert hours(read_events(calendar(morning, evening), START, END)) == ["24/11 09:00", "24/11 18:00"]
    before = event("DTSTART:20261124T090000", "SEQUENCE:0")
    after = event("DTSTART:20261124T110000", "SEQUENCE:1")
    assert hours(read_events(calendar(after, before), START, END)) == ["24/11 11:00"]


def test_only_what_touches_the_window_is_read() -> None:
    before = event("DTSTART:20261122T230000", "DURATION:PT1H", uid="finit quand elle commence")
    across = event("DTSTART:20261122T230000", "DURATION:PT2H", uid="à cheval")
    last = event("DTSTART:20261130T000000", "DURATION:PT1H", uid="commence quand elle finit")
    after = event("DTSTART:20261130T000001", "DURATION:PT1H", uid="après")
    found = read_events(calendar(before, across, last, after), START, END)
    assert [one.uid for one in found] == ["à cheval", "commence quand elle finit"]


def test_a_calendar_that_tells_free_from_taken_says_so_even_outside_the_window() -> None:
    free = event("DTSTART:20250101T090000", "TRANSP:TRANSPARENT", uid="2")
    busy = event("DTSTART:20261124T090000", "TRANSP:OPAQUE")
    assert read_calendar(calendar(busy, free), START, END).marks_free
    assert not read_calendar(calendar(busy), START, END).marks_free
    assert read_events(calendar(busy), START, END)[0].free is False


def test_several_calendars_in_one_answer_are_all_read() -> None:
    two = calendar(event("DTSTART:20261124T090000")) + calendar(event("DTSTART:20261124T100000", uid="2"))
    assert hours(read_events(two, START, END)) == ["24/11 09:00", "24/11 10:00"]


def test_a_calendar_without_events_is_an_empty_one() -> None:
    assert read_calendar(calendar(), START, END).rejected == 0
    assert read_events(b"\xef\xbb\xbf" + calendar(), START, END) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "pas un calendrier"), (b"<html></html>", "pas un calendrier"), (b"{}", "pas un calendrier"),
        (calendar(event("DTSTART:20261124T090000"))[:-8], "incomplet"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VCALENDAR", "incomplet"),
        (b"BEGIN:VCALENDAR\r\npas une ligne\r\nEND:VCALENDAR", "pas un calendrier"),
        (b"BEGIN:VCALENDAR" + b" " * LARGEST_BYTES, "trop gros"),
    ],
)  # fmt: skip
def test_what_is_no_calendar_or_not_a_whole_one_is_never_an_empty_one(content: bytes, why: str) -> None:
    with pytest.raises(CalendarUnreadable, match=why):
        read_events(content, START, END)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(alphabet="DTSARENUI:;=0123456789TZ\n\r, -/", max_size=40)
        | st.sampled_from(
            ["DTSTART:20261124T093000", "RRULE:FREQ=DAILY", "DTEND:20261124T083000Z", "DURATION:-PT1H"]
        ),
        max_size=6,
    )
)
def test_whatever_an_event_holds_the_others_are_read(lines: list[str]) -> None:
    good = event("DTSTART:20261125T100000", "DURATION:PT20M", uid="bon")
    read = read_calendar(calendar(event(*lines, uid="autre"), good), START, END)
    assert all(one.start <= one.end for one in read.events)
    assert any(in_paris(one.start).hour == 10 and one.uid == "bon" for one in read.events)

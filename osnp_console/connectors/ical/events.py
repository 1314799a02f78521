"""Reads iCalendar text into events: recurrences, exceptions, time zones; one bad event loses one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from osnp_console.app.local_agenda.calendar_events import CalendarEvent, CalendarUnreadable
from osnp_console.domain.clock import in_paris

if TYPE_CHECKING:
    from icalendar.cal import Component

LARGEST_BYTES = 8 * 1024 * 1024
"""Ten years of a practice's slots weigh some 2 MB."""
NOT_A_CALENDAR = "ce n’est pas un calendrier"
CUT_SHORT = "le calendrier est incomplet"
TOO_LARGE = "calendrier trop gros pour être lu"
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY"})
"""Recurrences that no slot has, and that would take for ever to unroll."""
_DECISIVE = frozenset(
    {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "TRANSP"}
)
"""Properties without which one does not know when an event is, or whether it is."""
_LONGEST_TEXT = 200
_PARSING = Lock()
# A floating time is compared in no zone at all: the window is widened, then the events are measured again.
_MARGIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """The events that touch the window, in order, and how many could not be read.

    `marks_free` is True when the calendar tells free time from taken time: some event of it, in the window
    or not, is declared transparent.
    """

    events: tuple[CalendarEvent, ...]
    rejected: int = 0
    marks_free: bool = False


def read_events(content: bytes, start: datetime, end: datetime) -> list[CalendarEvent]:
    """The events of a calendar that touch the window from `start` to `end`, in order.

    Cancelled events are left out, and those that cannot be read. Raises CalendarUnreadable.
    """
    return list(read_calendar(content, start, end).events)


def read_calendar(content: bytes, start: datetime, end: datetime) -> CalendarRead:
    """As `read_events`, with what could not be read; `start` and `end` are aware.

    A time without zone is Paris's (most practices' programs write none); a date alone is a whole day there.
    Raises CalendarUnreadable for what is no calendar, or not the whole of one.
    """
    components, zones, rejected = _events_of(content)
    marks_free = any(_text(one, "TRANSP").upper() == "TRANSPARENT" for one in components)
    found, lost = _unrolled(components, zones, start - _MARGIN, end + _MARGIN)
    rejected += lost
    events = []
    for one in found:
        try:
            event = _event(one)
        except (ValueError, TypeError, AttributeError, OverflowError):
            rejected += 1
            continue
        if event is not None and event.start <= end and (event.end > start or event.start >= start):
            events.append(event)
    events.sort(key=lambda event: (event.start, event.end, event.uid))
    return CalendarRead(tuple(events), rejected, marks_free)


def _events_of(content: bytes) -> tuple[list[Component], list[Component], int]:
    """The sound VEVENTs, the time zones, and how many VEVENTs are not sound."""
    from icalendar import Calendar
    from icalendar.timezone import tzp

    if len(content) > LARGEST_BYTES:
        raise CalendarUnreadable(TOO_LARGE)
    text = content.decode("utf-8-sig", errors="replace").strip()
    if not text.upper().startswith("BEGIN:VCALENDAR"):
        raise CalendarUnreadable(NOT_A_CALENDAR)
    if not text.upper().endswith("END:VCALENDAR"):
        raise CalendarUnreadable(CUT_SHORT)
    try:
        with _PARSING:
            # The library keeps the zones of the calendars it has read, by name: those of another practice.
            tzp.use_zoneinfo()
            calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise CalendarUnreadable(NOT_A_CALENDAR) from error
    if not calendars:
        raise CalendarUnreadable(CUT_SHORT)
    events = [one for calendar in calendars for one in calendar.walk("VEVENT")]
    zones = [one for calendar in calendars for one in calendar.walk("VTIMEZONE")]
    broken = [one for one in events if not _is_sound(one)]
    # An exception that cannot be read takes its whole recurrence along: which hour it moves is not known.
    doubtful = {_text(one, "UID") for one in broken if "RECURRENCE-ID" in one or _broken_at(one)}
    sound = [one for one in events if one not in broken and _text(one, "UID") not in doubtful]
    return sound, zones, len(events) - len(sound)


def _broken_at(event: Component) -> bool:
    return any(str(name).upper() == "RECURRENCE-ID" for name, _ in event.errors)


def _is_sound(event: Component) -> bool:
    """Whether an event has a start, and times that could be read; any other fault of it does not count."""
    wrong = {str(name).upper() for name, _ in event.errors if name is not None}
    if wrong & _DECISIVE:
        return False
    start: Any = event.get("DTSTART")
    if start is None or isinstance(start, list) or not isinstance(start.dt, date):
        return False
    # A zone that nobody knows is left out by the reader: its hour would be taken for Paris's.
    if "TZID" in start.params and isinstance(start.dt, datetime) and start.dt.tzinfo is None:
        return False
    rules: Any = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        if _TOO_OFTEN & {str(one).upper() for one in rule.get("FREQ", [])}:
            return False
    return True


def _unrolled(
    events: Sequence[Component], zones: Sequence[Component], start: datetime, end: datetime
) -> tuple[list[Component], int]:
    """Every occurrence in the window, and what happens once as it is: most calendars hold little else.

    When a recurrence cannot be unrolled, the others are, one by one.
    """
    series: dict[str, list[Component]] = {}
    for one in events:
        series.setdefault(_text(one, "UID") or f"?{id(one)}", []).append(one)
    once = [one for members in series.values() if _happen_once(members) for one in members]
    recurring = [members for members in series.values() if not _happen_once(members)]
    found, lost = _each(recurring, zones, start, end) if recurring else ([], 0)
    return once + found, lost


def _happen_once(members: Sequence[Component]) -> bool:
    """Whether each of them stands for itself. Some programs give one key to all that they write."""
    revisions = {_text(one, "SEQUENCE") for one in members}
    return len(revisions) == 1 and not any(map(_recurs, members))


def _recurs(one: Component) -> bool:
    return any(name in one for name in ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"))


def _each(
    series: Sequence[Sequence[Component]], zones: Sequence[Component], start: datetime, end: datetime
) -> tuple[list[Component], int]:
    try:
        return _between([one for members in series for one in members], zones, start, end), 0
    except Exception:  # whatever a recurrence provokes costs that recurrence alone
        pass
    found, lost = [], 0
    for members in series:
        try:
            found += _between(members, zones, start, end)
        except Exception:
            lost += 1
    return found, lost


def _between(
    events: Iterable[Component], zones: Iterable[Component], start: datetime, end: datetime
) -> list[Component]:
    import recurring_ical_events
    from icalendar import Calendar

    calendar = Calendar()
    for one in (*zones, *events):
        calendar.add_component(one)
    found: list[Component] = recurring_ical_events.of(calendar).between(start, end)
    return found


def _event(one: Component) -> CalendarEvent | None:
    """The occurrence as an event; None for one that was cancelled. Raises ValueError."""
    status = _text(one, "STATUS").upper()
    if status == "CANCELLED":
        return None
    first: Any = one["DTSTART"]
    begins: date | datetime = first.dt
    all_day = not isinstance(begins, datetime)
    start, end = _instant(begins), _end(one, begins)
    if end < start:
        raise ValueError("ends before it begins")
    return CalendarEvent(
        uid=_text(one, "UID"),
        start=start,
        end=end,
        title=_line(one, "SUMMARY"),
        place=_line(one, "LOCATION"),
        free=_free(one),
        all_day=all_day,
        tentative=status == "TENTATIVE",
    )


def _end(one: Component, begins: date | datetime) -> datetime:
    """Where the event ends: its end, or its duration from the start; else a whole day, or at once."""
    ends: Any = one.get("DTEND")
    if ends is not None:
        return _instant(ends.dt)
    length: Any = one.get("DURATION")
    if length is not None:
        lasts: timedelta = length.dt
        return _instant(begins) + lasts
    return _instant(begins + timedelta(days=1)) if not isinstance(begins, datetime) else _instant(begins)


def _instant(moment: date | datetime) -> datetime:
    wall = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    return in_paris(wall).astimezone(UTC)


def _free(one: Component) -> bool | None:
    said = _text(one, "TRANSP").upper() or _text(one, "X-MICROSOFT-CDO-BUSYSTATUS").upper()
    return {"TRANSPARENT": True, "FREE": True, "OPAQUE": False, "BUSY": False, "OOF": False}.get(said)


def _text(one: Component, name: str) -> str:
    value: Any = one.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return str(value).strip() if value is not None else ""


def _line(one: Component, name: str) -> str:
    """A text on one line, without what cannot be shown."""
    words = " ".join(_text(one, name).split())
    return "".join(letter for letter in words if letter.isprintable())[:_LONGEST_TEXT]

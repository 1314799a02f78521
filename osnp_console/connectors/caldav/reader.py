"""Reads a CalDAV collection: one REPORT, each of its resources a calendar of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from osnp_console.app.local_agenda.calendar_events import CalendarEvent, CalendarUnreadable
from osnp_console.app.sources.agendas import Deadline, Found, Reading, SlotQuery, SourceTools
from osnp_console.connectors.http import HttpSession, open_session
from osnp_console.connectors.http_failures import failed, late, unreadable
from osnp_console.connectors.ical.access import authorization
from osnp_console.connectors.ical.declared import DeclaredSlots, declared_slots
from osnp_console.connectors.ical.events import CalendarRead, read_calendar
from osnp_console.connectors.ical.slots import calendar_slots
from osnp_console.domain.slots.source import AgendaSource

LARGEST_BYTES = 16 * 1024 * 1024
AROUND = timedelta(days=28)
"""How far around the window a collection is looked at, to know whether it tells free time from taken time."""
_DAV, _CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_QUERY = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    "<D:prop><C:calendar-data/></D:prop>"
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
    '<C:time-range start="{start}" end="{end}"/>'
    "</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"
)


def open_collection(source: AgendaSource, tools: SourceTools) -> CollectionReader:
    """The reader of a declared collection; raises SourceFailure where its declaration cannot work."""
    if source.url is None:
        raise failed("aucune adresse n’est déclarée")
    declared = declared_slots(source)
    session = open_session(source, tools, authorization(source, tools))
    return CollectionReader(session, source.url, declared, tools.clock)


class CollectionReader:
    """One collection."""

    def __init__(
        self, session: HttpSession, address: str, declared: DeclaredSlots, clock: Callable[[], datetime]
    ) -> None:
        self._session = session
        self._address = address
        self._declared = declared
        self._clock = clock

    def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        """Hand over the free slots of the collection; a resource that cannot be read loses itself."""
        answer = self._session.request(
            "REPORT",
            self._address,
            deadline=deadline,
            body=report_body(query.start - AROUND, query.end + AROUND),
            headers={"Depth": "1", "Content-Type": "application/xml; charset=utf-8"},
            largest_bytes=LARGEST_BYTES,
        )
        events: list[CalendarEvent] = []
        rejected, marks_free = 0, False
        for content in calendars_of(answer.body):
            try:
                if content is None:
                    raise CalendarUnreadable
                one = read_calendar(content, query.start, query.end)
            except CalendarUnreadable:
                rejected += 1
                continue
            events += one.events
            rejected += one.rejected
            marks_free = marks_free or one.marks_free
            time.sleep(0)  # a window in the same program never waits long
            if deadline.is_over:
                raise late(deadline.seconds)
        read = CalendarRead(tuple(events), rejected, marks_free)
        made = calendar_slots(read, self._declared, query, self._clock())
        if made.slots:
            found(made.slots)
        return made.reading

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()


def report_body(start: datetime, end: datetime) -> bytes:
    """The calendar-query for the events that touch a window (RFC 4791, section 7.8)."""
    stamp = "%Y%m%dT%H%M%SZ"
    bounds = {"start": f"{start.astimezone(UTC):{stamp}}", "end": f"{end.astimezone(UTC):{stamp}}"}
    return _QUERY.format(**bounds).encode()


def calendars_of(body: bytes) -> Iterator[bytes | None]:
    """The text of each resource of a multistatus; None for one that the server could not give.

    Raises SourceFailure for what is no multistatus.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(body)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise unreadable() from None
    if root.tag != f"{_DAV}multistatus":
        raise unreadable("ce n’est pas un calendrier CalDAV")
    for response in root.iter(f"{_DAV}response"):
        data = response.find(f"{_DAV}propstat/{_DAV}prop/{_CALDAV}calendar-data")
        yield data.text.encode() if data is not None and data.text else None

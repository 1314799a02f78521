"""Reads one iCalendar file: at its https address, or on this workstation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from osnp_console.app.local_agenda.calendar_events import CalendarUnreadable
from osnp_console.app.sources.agendas import Deadline, Found, Reading, SlotQuery, SourceFailure, SourceTools
from osnp_console.connectors.http import HttpSession, open_session
from osnp_console.connectors.http_failures import failed, unreadable
from osnp_console.connectors.ical.access import authorization
from osnp_console.connectors.ical.declared import DeclaredSlots, declared_slots
from osnp_console.connectors.ical.events import LARGEST_BYTES, TOO_LARGE, read_calendar
from osnp_console.connectors.ical.slots import calendar_slots
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.domain.slots.source_address import address_fault, is_whole_path

PRIVATE_ADDRESS = "adresse_privee"
"""The secret that holds an address which lets in whoever knows it."""
FILE = "fichier"


def open_calendar(source: AgendaSource, tools: SourceTools) -> FileReader | AddressReader:
    """The reader of a declared calendar; raises SourceFailure where its declaration cannot work.

    A private address of the keyring comes before the declared one.
    """
    declared = declared_slots(source)
    private = tools.secret(PRIVATE_ADDRESS)
    path = source.options.get(FILE)
    where = private or (path if isinstance(path, str) and path.strip() else source.url)
    if where is None or not where.strip():
        raise SourceFailure(SourceState.REFUSED, "aucune adresse déclarée, ni dans le trousseau de ce poste")
    where = where.strip()
    if private is None and is_whole_path(where):
        return FileReader(Path(where), declared)
    if private is None and address_fault(where) is not None:
        raise failed("l’adresse du calendrier n’est ni en https ni le chemin complet d’un fichier")
    session = open_session(source, tools, {"Accept": "text/calendar", **authorization(source, tools)})
    return AddressReader(session, where, declared, tools.clock)


class FileReader:
    """A file on this workstation, seen when it was last written: a saved calendar grows old."""

    def __init__(self, path: Path, declared: DeclaredSlots) -> None:
        self._path = path
        self._declared = declared

    def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        """Hand over the free slots of the file."""
        try:
            about = self._path.stat()
            if about.st_size > LARGEST_BYTES:
                raise unreadable(TOO_LARGE)
            content = self._path.read_bytes()
        except FileNotFoundError:
            raise failed("fichier introuvable") from None
        except OSError:
            raise failed("fichier illisible") from None
        return _hand_over(content, self._declared, query, datetime.fromtimestamp(about.st_mtime, UTC), found)

    def close(self) -> None:
        """Nothing is held open."""


class AddressReader:
    """A file at an address."""

    def __init__(
        self, session: HttpSession, address: str, declared: DeclaredSlots, clock: Callable[[], datetime]
    ) -> None:
        self._session = session
        self._address = address
        self._declared = declared
        self._clock = clock

    def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        """Hand over the free slots that the address answers."""
        answer = self._session.get(self._address, deadline=deadline, largest_bytes=LARGEST_BYTES)
        return _hand_over(answer.body, self._declared, query, self._clock(), found)

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()


def _hand_over(
    content: bytes, declared: DeclaredSlots, query: SlotQuery, seen_at: datetime, found: Found
) -> Reading:
    try:
        read = read_calendar(content, query.start, query.end)
    except CalendarUnreadable as error:
        raise unreadable(str(error)) from None
    made = calendar_slots(read, declared, query, seen_at)
    if made.slots:
        found(made.slots)
    return made.reading

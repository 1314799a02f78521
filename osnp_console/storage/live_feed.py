"""Listens to what other desks commit on the server (LISTEN/NOTIFY), on a connection and a thread of its own.

A notification goes out with its transaction's commit, or not at all (PostgreSQL 15, NOTIFY). It may be lost
only while the link is down: whoever listens again is told so (`Linked`) and reads again what it shows.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Any

from sqlalchemy import Connection, func, select

from osnp_console.app.base.live import Alone, Change, Heard, Linked, StillLinked, Subject

CHANNEL = "osnp_console"
LISTEN_SECONDS = 0.2
"""How long one turn listens before it looks whether to end."""
GATHER_SECONDS = 0.03
"""After news, what follows is let come for so long and passed on together, each change once.

Every commit of every desk wakes all the others: in a busy room that is most of what a desk does.
"""
BEAT_TURNS = 10
"""After so many turns the desk says that it is up to date; without news the server is asked before."""
CLOSING_SECONDS = 1.0
"""How long closing waits for the thread: a link that says nothing would keep the window for its deadline."""
RETRY_SECONDS = (0.5, 1.0, 2.0, 5.0)
"""How long to wait before each further try to connect; the last one again and again."""
_MOST_BYTES = 7_900
"""A payload of NOTIFY is shorter than 8 000 bytes."""
_SUBJECTS = {subject.value: subject for subject in Subject}
_log = logging.getLogger(__name__)


def announce(connection: Connection, changes: Iterable[Change], desk_link: str) -> None:
    """Tell the other desks, once the transaction is committed; `desk_link` is who says it."""
    told = sorted({(change.subject.value, change.id) for change in changes})
    while told:
        part, size = [], len(desk_link) + 10
        while told and size + len(json.dumps(told[0])) + 1 < _MOST_BYTES:
            size += len(json.dumps(told[0])) + 1
            part.append(told.pop(0))
        if not part:
            raise ValueError("an identifier too long to be told")
        payload = json.dumps([desk_link, part], separators=(",", ":"))
        connection.execute(select(func.pg_notify(CHANNEL, payload)))


def read_payload(payload: str, own_link: str) -> tuple[Change, ...]:
    """The changes of a notification; none for one's own, or for what a newer console may say."""
    try:
        link, told = json.loads(payload)
        if link == own_link:
            return ()
        return tuple(Change(_SUBJECTS[subject], str(one)) for subject, one in told if subject in _SUBJECTS)
    except (ValueError, TypeError):
        return ()


class LiveFeed:
    """One desk's ear (`app.live.Feed`).

    `open_link` connects (a psycopg connection; raises its errors), `own_link` is what this desk's own
    announcements are told apart by, `clock` tells the time.
    """

    def __init__(self, open_link: Callable[[], Any], own_link: str, clock: Callable[[], datetime]) -> None:
        self._open_link = open_link
        self._own_link = own_link
        self._clock = clock
        self._ended = Event()
        self._telling = Lock()
        self._heard: Callable[[Heard], None] = lambda heard: None
        self._thread = Thread(target=self._run, name="ecoute", daemon=True)

    def follow(self, heard: Callable[[Heard], None]) -> None:
        """Begin to listen."""
        self._heard = heard
        self._thread.start()

    def close(self) -> None:
        """Stop: nothing is heard any more. The thread ends within a turn.

        One that waits for a silent server ends by itself, with the deadline of what it waits for.
        """
        with self._telling:
            self._ended.set()
        if self._thread.is_alive():
            self._thread.join(CLOSING_SECONDS)

    def _tell(self, news: Heard) -> None:
        with self._telling:
            if not self._ended.is_set():
                self._heard(news)

    def _run(self) -> None:
        failures, is_alone = 0, False
        while not self._ended.is_set():
            try:
                with self._open_link() as link:
                    self._listen(link)
                    failures, is_alone = 0, False
                    self._hear_until_lost(link)
            except Exception as error:  # whatever keeps a desk from hearing, it says so and tries again
                _log.info("liaison_perdue", extra={"raison": type(error).__name__})
            if self._ended.is_set():
                return
            if not is_alone:
                is_alone = True
                self._tell(Alone(self._clock()))
            self._ended.wait(RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)])
            failures += 1

    def _listen(self, link: Any) -> None:
        link.autocommit = True
        link.execute(f"LISTEN {CHANNEL}")
        self._tell(Linked(self._clock()))

    def _hear_until_lost(self, link: Any) -> None:
        """Pass on what comes; between, ask the server for a sign of life. Raises once the link is lost."""
        turns = 0
        while not self._ended.is_set():
            turns += 1
            notifications = _all_there(link)
            told = (read_payload(one.payload, self._own_link) for one in notifications)
            for change in dict.fromkeys(change for changes in told for change in changes):
                self._tell(change)
            if notifications:
                self._ended.wait(GATHER_SECONDS)
            if turns >= BEAT_TURNS:
                turns = 0
                if not notifications:  # news are a sign of life too: a busy room is never quiet
                    link.execute("SELECT 1")
                self._tell(StillLinked(self._clock()))


def _all_there(link: Any) -> list[Any]:
    """Listen for one turn; every notification that has come, none where nothing came.

    Over TLS psycopg hands over what one record holds, mostly a single notification, and the next ones wait:
    they are asked for until there is none.
    """
    found = list(link.notifies(timeout=LISTEN_SECONDS, stop_after=1))
    more = found
    while more:
        more = list(link.notifies(timeout=0))
        found += more
    return found

"""Where patients and places are: the centres of communes, asked for beside the work and kept.

Nothing waits for an answer, and nothing is asked unless the desk allows it (conception, section 8). What is
asked holds an INSEE code and nothing else: the name of a place's commune is read with the program's own
communes, so that whatever stands in that field never leaves.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from threading import Lock, Thread
from typing import Protocol

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.places.commune_names import CommuneNames
from osnp_console.app.places.position_records import KnownCentre
from osnp_console.app.ports import Background, OpenUnit, StoreFailure
from osnp_console.app.sources.agendas import Deadline, SourceFailure
from osnp_console.app.sources.platform import present_commune
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import ASKED, ELSEWHERE
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.slots.ranking import Whereabouts

SECONDS = 5.0
"""How long one answer may take; ours, as the following."""
REST = timedelta(minutes=10)
"""How long a commune is not asked for again after a failure, and nothing is after several in a row."""
MOST_FAILURES = 3
ASK_AGAIN = timedelta(days=30)
"""How long a commune that is not known there is not asked for again."""
TELL_EVERY = 1.0
"""Seconds between two tellings while answers come in: each costs a ranking of the slots."""


class CommuneCentres(Protocol):
    """Who knows where communes are."""

    def centre(self, commune: str, deadline: Deadline) -> Whereabouts | None:
        """The centre of the commune of that INSEE code, None when it is not known; raises SourceFailure."""


OpenCentres = Callable[[], AbstractContextManager[CommuneCentres]]
"""Opens the directory of communes; what it holds is let go when the context is left."""
CodeOf = Callable[[str, str], str | None]
"""The INSEE code of a postcode and a name, None when they do not name one commune."""


def code_among(gazetteer: Gazetteer, names: CommuneNames) -> CodeOf:
    """Reads a commune by its whole name, former names included, among those of its postcode."""

    def code_of(postcode: str, city: str) -> str | None:
        living = (gazetteer.living(code) for code in names.codes(city))
        found = [one.code for one in living if one is not None and postcode in one.codes_postaux]
        return found[0] if len(found) == 1 else None

    return code_of


def _beside(work: Callable[[], None]) -> None:
    Thread(target=work, name="positions", daemon=True).start()


class Positions:
    """Answers from memory, at once; what is missing is asked for on a thread of its own, each once.

    `changed` is called on that thread when more is known. Any thread may ask.
    """

    def __init__(
        self,
        open_centres: OpenCentres,
        code_of: CodeOf,
        background: Background,
        clock: Callable[[], datetime],
        allowed: Callable[[], bool],
        spawn: Callable[[Callable[[], None]], None] = _beside,
    ) -> None:
        """`allowed` says whether the desk lets anything be asked, each time; `background` keeps answers."""
        self.changed: Callable[[], None] = _nobody_listens
        self._open = open_centres
        self._code_of = code_of
        self._background = background
        self._clock = clock
        self._allowed = allowed
        self._spawn = spawn
        self._lock = Lock()
        self._centres: dict[str, Whereabouts | None] = {}
        self._codes: dict[tuple[str, str], str | None] = {}
        self._wanted: dict[str | tuple[str, str], None] = {}
        self._is_working = self._is_recalled = self._is_closed = False
        self._put_off: dict[str, datetime] = {}
        self._rests_until: datetime | None = None

    def of_patient(self, call: OpenCall) -> Whereabouts | None:
        """Where the patient is: the centre of the commune they are in, else of the one they live in.

        None for a patient who is away from home, or of whom it is not known whether they are.
        """
        if not self._allowed() or call.record.sheet.answer(facts.PRESENT_PLACE) in (ELSEWHERE, ASKED):
            return None
        commune = present_commune(call.call)
        return self._of_code(commune.code) if commune is not None else None

    def of_place(self, postcode: str, city: str) -> Whereabouts | None:
        """Where a commune is, by a postcode and a name as received."""
        if not self._allowed():
            return None
        name = (postcode, city)
        if name not in self._codes:
            self._want(name)
            return None
        code = self._codes[name]
        return self._of_code(code) if code is not None else None

    def of_commune(self, code: str) -> Whereabouts | None:
        """Where a commune is, by its INSEE code."""
        return self._of_code(code) if code and self._allowed() else None

    @property
    def is_idle(self) -> bool:
        """True when nothing is being asked."""
        return not self._is_working

    def close(self) -> None:
        """Ask nothing more; what is under way is not told."""
        self._is_closed = True

    def _of_code(self, code: str) -> Whereabouts | None:
        if code not in self._centres:
            self._want(code)
        return self._centres.get(code)

    def _want(self, key: str | tuple[str, str]) -> None:
        with self._lock:
            if self._is_closed or self._is_put_off(key):
                return
            self._wanted[key] = None
            if self._is_working:
                return
            self._is_working = True
        self._spawn(self._work)

    def _is_put_off(self, key: str | tuple[str, str]) -> bool:
        until = [self._rests_until, self._put_off.get(key) if isinstance(key, str) else None]
        return any(one is not None and self._clock() < one for one in until)

    # --- on the thread of its own -----------------------------------------------------------------------

    def _work(self) -> None:
        """Ask for what is wanted until nothing is, or until the directory fails too often."""
        learned: dict[str, KnownCentre] = {}
        try:
            self._recall()
            with self._open() as centres:
                self._ask_all(centres, learned)
        except SourceFailure:
            self._give_up()
        except BaseException:
            self._give_up()
            raise
        self._tell(learned)

    def _give_up(self) -> None:
        with self._lock:
            self._wanted.clear()
            self._is_working = False
            self._rests_until = self._clock() + REST

    def _ask_all(self, centres: CommuneCentres, learned: dict[str, KnownCentre]) -> None:
        told_at, failures = time.monotonic(), 0
        while (key := self._next()) is not None:
            code = key if isinstance(key, str) else self._read_name(key)
            if code is None or code in self._centres or self._is_put_off(code):
                continue
            try:
                where = centres.centre(code, Deadline(SECONDS))
            except SourceFailure:
                self._put_off[code] = self._clock() + REST
                failures += 1
                if failures == MOST_FAILURES:
                    raise
                continue
            failures = 0
            self._centres[code] = where
            learned[code] = KnownCentre(where, self._clock())
            if time.monotonic() - told_at >= TELL_EVERY:
                self._tell(learned)
                told_at = time.monotonic()

    def _next(self) -> str | tuple[str, str] | None:
        """What to ask for next; None ends the work, whatever is then wanted begins it again."""
        with self._lock:
            if self._is_closed or not self._allowed():
                self._wanted.clear()
            key = next(iter(self._wanted), None)
            if key is None:
                self._is_working = False
            else:
                del self._wanted[key]
            return key

    def _read_name(self, name: tuple[str, str]) -> str | None:
        code = self._codes[name] = self._code_of(*name)
        return code

    def _tell(self, learned: dict[str, KnownCentre]) -> None:
        if self._is_closed:
            return
        kept = dict(learned)
        learned.clear()
        if kept:
            self._background.submit(lambda open_unit: _keep(open_unit, kept))
        self.changed()

    def _recall(self) -> None:
        """Read what earlier answers the base keeps; without it they are asked for again."""
        if self._is_recalled:
            return
        try:
            kept = self._background.submit(_read).result()
        except StoreFailure:
            return
        self._is_recalled = True
        since = self._clock() - ASK_AGAIN
        for code, answer in kept.items():
            if answer.where is not None or answer.read_at >= since:
                self._centres.setdefault(code, answer.where)


def _nobody_listens() -> None:
    """What is known is still there for who asks."""


def _read(open_unit: OpenUnit) -> Mapping[str, KnownCentre]:
    with open_unit() as unit:
        return dict(unit.positions.all())


def _keep(open_unit: OpenUnit, learned: Mapping[str, KnownCentre]) -> None:
    with open_unit() as unit:
        for code, answer in learned.items():
            unit.positions.put(code, answer)
        unit.commit()

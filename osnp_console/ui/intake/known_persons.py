"""Whether the patient already called: a line under the Patient section, with the way to that call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from shiboken6 import isValid

from osnp_console.app.calls.person_search import look_alike_search
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import fold
from osnp_console.domain.phone import SHORT, phone_digits, read_phone
from osnp_console.domain.same_person import (
    SHORTEST_BEGINNING,
    KnownPerson,
    Likeness,
    LookAlike,
    Person,
    look_alikes,
)
from osnp_console.domain.typed_dates import DateRefused, read_birth
from osnp_console.ui.intake.answers import Answers
from osnp_console.ui.intake.part import Part
from osnp_console.ui.intake.sources import LookUp
from osnp_console.ui.searches_told import SettledSearches
from osnp_console.ui.widgets.message_line import Message, MessageLine

REST_MS = 150
OPEN = "Ouvrir"
_NARROW = "\u202f"
_WHY = {
    Likeness.SAME_NAME_AND_BIRTH: "même nom, même date",
    Likeness.SAME_PHONE_AND_NAME: "même nom, même numéro",
    Likeness.SAME_NAME: "même nom",
}
_SAME_PHONE = "même numéro"
_READ = frozenset(
    {fields.BIRTH_NAME, fields.FIRST_NAMES, facts.BIRTH, fields.CALLER_PHONE, fields.PATIENT_PHONE}
)


class KnownPersonsPart(Part):
    """Looks for the person 150 ms after the last letter; an answer that comes too late is dropped.

    Signals: `found()`, the line has something else to say; `open_wanted(str)`, the id of a call.
    """

    found = Signal()
    open_wanted = Signal(str)

    def __init__(self, answers: Answers, line: MessageLine, look_up: LookUp | None) -> None:
        super().__init__(answers, {})
        self._line = line
        self._look_up = look_up
        self._day = date.min
        self._asked = 0
        self._call_id = ""
        self._searches = SettledSearches(answers.calls, self)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._ask)
        line.action_wanted.connect(self._is_opened)
        answers.wrote.connect(self._is_written)
        answers.came.connect(self._has_come)

    @property
    def has_something(self) -> bool:
        """Whether the line says something."""
        return bool(self._call_id)

    def load(self, sheet: CallSheet, day: date) -> None:
        self._day = day
        self._searches.use()
        self._say(None)
        self._asked += 1
        self._rest.stop()
        self._is_written(fields.BIRTH_NAME)

    @Slot(str)
    def _is_written(self, code: str) -> None:
        if code in _READ and self._look_up is not None:
            self._rest.start()

    @Slot(object)
    def _has_come(self, codes: frozenset[str]) -> None:
        for code in codes:
            self._is_written(code)

    @Slot()
    def _ask(self) -> None:
        self._asked += 1
        person = person_of(self.answers.sheet, self._day)
        name = person.birth_name if len(fold(person.birth_name)) >= SHORTEST_BEGINNING else ""
        phone = next(iter(sorted(person.phones)), "")
        if self._look_up is None or not (name or phone):
            self._say(None)
            return
        self._look_up(name, phone, partial(self._take, self._asked, name, phone))

    def _take(self, asked: int, name: str, phone: str, candidates: Sequence[KnownPerson]) -> None:
        if not isValid(self._line):
            return  # the form was made anew, in another theme, while this one asked
        call = self.answers.calls.current
        if asked != self._asked or call is None:
            return
        others = [known for known in candidates if known.call_id != call.record.id]
        person = person_of(self.answers.sheet, self._day)
        alike = look_alikes(person, others)
        same_phone = [known for known in others if person.phones & known.person.phones]
        shown = len(alike)
        if alike:
            self._say(alike[0].known, _why(alike[0]), len(alike) - 1)
        elif same_phone and not person.birth_name:
            shown = len(same_phone)
            self._say(max(same_phone, key=lambda one: one.taken_at), _SAME_PHONE, len(same_phone) - 1)
        else:
            self._say(None)
        self._searches.show(look_alike_search(call.record.id, name, phone, shown))

    def _say(self, known: KnownPerson | None, why: str = "", more: int = 0) -> None:
        self._call_id = "" if known is None else known.call_id
        if known is None:
            self._line.set_message(None)
        else:
            others = f" (et {more} autre{'s' if more > 1 else ''})" if more else ""
            when = when_said(known.taken_at, self.answers.calls.clock())
            self._line.set_message(f"Déjà appelé {when}{_NARROW}: {why}{others}.", Message.NOTE, OPEN)
        self.found.emit()

    @Slot()
    def _is_opened(self) -> None:
        if self._call_id:
            self._searches.use()
            self.open_wanted.emit(self._call_id)


def person_of(sheet: CallSheet, day: date) -> Person:
    """The patient as far as typed; only numbers that are whole count."""
    try:
        born = read_birth(sheet.text(facts.BIRTH), day).date
    except DateRefused:
        born = None
    numbers = [read_phone(sheet.text(code)) for code in (fields.CALLER_PHONE, fields.PATIENT_PHONE)]
    phones = frozenset(
        phone_digits(one.text) for one in numbers if one.e164 is not None and one.kind != SHORT
    )
    return Person(sheet.text(fields.BIRTH_NAME), sheet.text(fields.FIRST_NAMES), born, phones)


def when_said(moment: datetime, now: datetime) -> str:
    """`aujourd’hui 09:12`, `hier 09:12`, `le 12/11 à 09:12`, with its year when it is another."""
    then, today = in_paris(moment), in_paris(now).date()
    days = (today - then.date()).days
    if days in (0, 1):
        return f"{'hier' if days else 'aujourd’hui'} {then:%H:%M}"
    return f"le {then:%d/%m/%Y}" if then.year != today.year else f"le {then:%d/%m} à {then:%H:%M}"


def _why(one: LookAlike) -> str:
    """The same name is said only of whole names; while one types, the known name tells more."""
    if one.whole or one.likeness is not Likeness.SAME_NAME:
        return _WHY[one.likeness]
    person = one.known.person
    return " ".join(part for part in (person.birth_name, person.first_names) if part)

"""What the workspace Carnet asks of the base: everything on the store's thread, answered on the window's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.calendar_events import ReadEvents
from osnp_console.app.local_agenda.cancel import cancel_place
from osnp_console.app.local_agenda.edit import (
    Edit,
    Made,
    Preview,
    make,
    preview,
    remove_agenda,
    save_agenda,
)
from osnp_console.app.local_agenda.forms import AgendaForm, OpeningForm, read_opening_form
from osnp_console.app.local_agenda.import_openings import (
    OpeningsImport,
    import_openings,
    read_calendar_openings,
    read_openings,
)
from osnp_console.app.local_agenda.searched import (
    Agendas,
    read_agendas,
    read_plan,
    search_in,
    search_no_more,
)
from osnp_console.app.local_agenda.week import Week, call_numbers, read_week
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.domain.agenda.plan import Agenda, Plan
from osnp_console.domain.clock import in_paris
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor

NO_CALENDARS = "Cette console ne lit pas les calendriers."
NOT_READ = "Ce fichier ne peut pas être lu."
T = TypeVar("T")
Refused = Callable[[Refusal], None]
"""Told why something was not done; the refusal's `field` is the one to mend, None for none."""


@dataclass(frozen=True, slots=True)
class SeenChange:
    """What a change would do, and the numbers of the calls it would leave without a slot."""

    preview: Preview
    numbers: Mapping[str, int]


class AgendaDesk(QObject):
    """The acts of the workspace.

    Signals:
        changed(): agendas were added, taken away, or are searched no longer.
    """

    changed = Signal()

    def __init__(
        self,
        door: StoreDoor,
        agenda_door: AgendaDoor,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        read_events: Callable[[], ReadEvents] | None,
        parent: QObject | None = None,
    ) -> None:
        """`new_id` makes ids of openings and closures; `read_events` gives what reads a calendar."""
        super().__init__(parent)
        self._door = door
        self._agendas = agenda_door
        self._read_events = read_events
        self.now = clock
        self._new_id = new_id

    # --- reading ----------------------------------------------------------------------------------------

    def agendas(self, then: Callable[[Agendas], None], refused: Refused) -> None:
        """Which agendas there are."""
        self._do(read_agendas, then, refused)

    def week(self, agenda: str, monday: date, then: Callable[[Week], None], refused: Refused) -> None:
        """A week of an agenda."""
        self._do(read_week(agenda, monday, self.now()), then, refused)

    def plan(self, agenda: str, then: Callable[[Plan], None], refused: Refused) -> None:
        """All that says when an agenda is open, from now on."""
        self._do(read_plan(agenda, self.now()), then, refused)

    # --- changing ---------------------------------------------------------------------------------------

    def preview(self, agenda: str, edit: Edit, then: Callable[[SeenChange], None], refused: Refused) -> None:
        """What a change would do; nothing is written."""
        now = self.now()

        def work(open_unit: OpenUnit) -> SeenChange:
            seen = preview(open_unit, agenda, edit, now)
            with open_unit() as unit:
                return SeenChange(seen, call_numbers(unit, seen.stranded))

        self._do(work, then, refused)

    def make(self, agenda: str, edit: Edit, then: Callable[[Made], None], refused: Refused) -> None:
        """Make a change."""
        now = self.now()
        self._do(lambda open_unit: make(open_unit, agenda, edit, now, self._new_id), then, refused)

    def cancel(self, key: str, reason: str, then: Callable[[object], None], refused: Refused) -> None:
        """Give the place of a booking back."""
        self._do(cancel_place(key, reason, self.now()), then, refused)

    def save(
        self,
        form: AgendaForm,
        *,
        new: bool,
        searched: bool,
        then: Callable[[Agenda], None],
        refused: Refused,
    ) -> None:
        """Add an agenda or change one; `searched`: calls are looked for in it."""

        def work(open_unit: OpenUnit) -> Agenda:
            agenda = save_agenda(open_unit, form, new=new)
            search_in(open_unit, agenda, searched=searched)
            return agenda

        self._do(work, then, refused, changes=True)

    # --- importing --------------------------------------------------------------------------------------

    def read_file(
        self,
        agenda: str,
        path: str,
        offer: OpeningForm,
        then: Callable[[OpeningsImport], None],
        refused: Refused,
    ) -> None:
        """Read a table or, by its name in `.ics`, a calendar, beside the window; nothing is written.

        `offer` says whose and how long the slots of a calendar are.
        """
        now = self.now()

        def work() -> OpeningsImport | Refusal:
            try:
                content = Path(path).read_bytes()
                if not path.lower().endswith((".ics", ".ical", ".ifb")):
                    return read_openings(content, in_paris(now).date(), self._new_id)
                if self._read_events is None:
                    return Refusal("interdit", NO_CALENDARS, "fichier")
                said = read_opening_form(offer, in_paris(now).date(), self._new_id)
                return read_calendar_openings(content, self._read_events(), agenda, said.offer, now)
            except Refusal as refusal:
                return refusal
            except OSError:
                return Refusal("disque", NOT_READ, "fichier")

        def answered(outcome: OpeningsImport | Refusal) -> None:
            if not isValid(self):
                return
            if isinstance(outcome, Refusal):
                refused(outcome)
            else:
                then(outcome)

        self._agendas.go_and(work, answered)

    def take(
        self, agenda: str, found: OpeningsImport, then: Callable[[OpeningsImport], None], refused: Refused
    ) -> None:
        """Add what a file holds."""
        now = self.now()
        self._do(lambda open_unit: import_openings(open_unit, agenda, found, now), then, refused)

    def remove(self, agenda: str, then: Callable[[object], None], refused: Refused) -> None:
        """Take an agenda away, and the search in it."""
        now = self.now()

        def work(open_unit: OpenUnit) -> bool:
            removed = remove_agenda(open_unit, agenda, now)
            search_no_more(open_unit, agenda)
            return removed

        self._do(work, then, refused, changes=True)

    def _do(
        self,
        work: Callable[[OpenUnit], T],
        then: Callable[[T], None],
        refused: Refused,
        *,
        changes: bool = False,
    ) -> None:
        def guarded(open_unit: OpenUnit) -> tuple[T | None, Refusal | None]:
            try:
                return work(open_unit), None
            except Refusal as refusal:
                return None, refusal

        def answered(outcome: tuple[T | None, Refusal | None]) -> None:
            if not isValid(self):
                return  # the panels were made anew meanwhile
            answer, refusal = outcome
            if refusal is not None:
                refused(refusal)
                return
            then(cast("T", answer))
            if changes:
                self.changed.emit()

        def failed(failure: StoreFailure) -> None:
            if isValid(self):
                refused(Refusal(failure.code, failure.message))

        self._door.ask(guarded, answered, failed)

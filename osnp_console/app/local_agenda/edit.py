"""Changing a local agenda: each change can be looked at first, then made.

An `Edit` is one of SaveOpening, CloseAgenda and DropEntry (which removes an opening, or reopens by removing a
closure). `preview` says what it would change in the four weeks to come, and which bookings would be left
without their slot; `make` does it. Both raise Refusal (a field that cannot be), StoreFailure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.agenda import LONGEST
from osnp_console.app.local_agenda.forms import (
    AgendaForm,
    ClosureForm,
    NewId,
    OpeningForm,
    read_agenda_form,
    read_closure_form,
    read_opening_form,
)
from osnp_console.app.people.permissions import note
from osnp_console.app.ports import OpenUnit, Unit
from osnp_console.domain.agenda.booking import Booking
from osnp_console.domain.agenda.plan import Agenda, Closure, Plan, SingleOpening, WeeklyOpening
from osnp_console.domain.agenda.slots import PlannedSlot, planned_between
from osnp_console.domain.clock import in_paris
from osnp_console.domain.journal import AGENDA_CHANGED
from osnp_console.domain.permissions import Act

WEEKS = 4
AHEAD = timedelta(days=365)
"""How far bookings are looked for that a change would strand."""
ALREADY = "Un carnet de cet identifiant existe déjà."
STILL_BOOKED = "Ce carnet a encore {count} à venir\u202f: annuler d’abord, ou attendre."
AGENDA, WHAT = "carnet", "quoi"
NO_ENTRY = "Cette ouverture ou fermeture n’est pas dans le carnet."


@dataclass(frozen=True, slots=True)
class SaveOpening:
    """Add an opening (an empty `form.id`) or change one."""

    form: OpeningForm


@dataclass(frozen=True, slots=True)
class CloseAgenda:
    """Add a closure (an empty `form.id`) or change one."""

    form: ClosureForm


@dataclass(frozen=True, slots=True)
class DropEntry:
    """Remove an opening, or a closure: what it closed is open again."""

    entry: str


Edit = SaveOpening | CloseAgenda | DropEntry
_NAMES: Mapping[type[Edit], str] = {SaveOpening: "ouverture", CloseAgenda: "fermeture", DropEntry: "retrait"}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change makes of the four weeks to come.

    `added` and `removed` are slots that are offered after it and were not before, or the reverse; a slot
    whose places change is in both. `offered` counts all that the agenda then offers. `stranded` are the
    bookings ahead whose slot is no longer there: they stay booked, and their patients are to be told.
    """

    added: tuple[PlannedSlot, ...]
    removed: tuple[PlannedSlot, ...]
    offered: int
    stranded: tuple[Booking, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A change that was made: the id of what was added, changed or removed, and what it did."""

    entry: str
    preview: Preview


def save_agenda(units: OpenUnit, form: AgendaForm, *, new: bool) -> Agenda:
    """Add an agenda, or change one; raises Refusal (`conflit` for a new one whose id is taken)."""
    agenda = read_agenda_form(form)
    with units() as unit:
        unit.session.require(Act.EDIT_AGENDA)
        if new and any(one.id == agenda.id for one in unit.agendas.all()):
            raise Refusal("conflit", ALREADY, "id")
        unit.agendas.put(agenda)
        note(unit, AGENDA_CHANGED, {AGENDA: agenda.id, WHAT: "carnet"})
        unit.commit()
    return agenda


def remove_agenda(units: OpenUnit, agenda: str, now: datetime) -> bool:
    """Remove it with all that is in it; False when there is none.

    Raises Refusal (`conflit`) while somebody is booked ahead in it.
    """
    with units() as unit:
        unit.session.require(Act.EDIT_AGENDA)
        if all(one.id != agenda for one in unit.agendas.all()):
            return False
        unit.agendas.hold(agenda)
        ahead = _ahead(unit, agenda, now)
        if ahead:
            count = f"{len(ahead)} réservation{'s' if len(ahead) > 1 else ''}"
            raise Refusal("conflit", STILL_BOOKED.format(count=count))
        unit.agendas.remove(agenda)
        note(unit, AGENDA_CHANGED, {AGENDA: agenda, WHAT: "suppression"})
        unit.commit()
    return True


def preview(units: OpenUnit, agenda: str, edit: Edit, now: datetime) -> Preview:
    """What the change would do; nothing is written."""
    with units() as unit:
        unit.session.require(Act.EDIT_AGENDA)
        before = unit.agendas.plan(agenda, now, now + AHEAD)
        after, _ = _edited(before, _read(edit, now, lambda: ""))
        if isinstance(edit, DropEntry) and after == before:
            raise Refusal("introuvable", NO_ENTRY, "id")
        return _compare(unit, before, after, now)


def make(units: OpenUnit, agenda: str, edit: Edit, now: datetime, new_id: NewId) -> Made:
    """Make the change, for good when this returns."""
    with units() as unit:
        unit.session.require(Act.EDIT_AGENDA)
        unit.agendas.hold(agenda)
        before = unit.agendas.plan(agenda, now, now + AHEAD)
        entry = _read(edit, now, new_id)
        after, named = _edited(before, entry)
        write(unit, agenda, entry)
        seen = _compare(unit, before, after, now)
        note(unit, AGENDA_CHANGED, {AGENDA: agenda, WHAT: _NAMES[type(edit)], "entree": named})
        unit.commit()
    return Made(named, seen)


Entry = WeeklyOpening | SingleOpening | Closure | str


def write(unit: Unit, agenda: str, entry: Entry) -> None:
    """Put an entry in the agenda, or drop the one of that id; raises Refusal when there is none to drop."""
    if isinstance(entry, WeeklyOpening):
        unit.agendas.put_weekly(agenda, entry)
    elif isinstance(entry, SingleOpening):
        unit.agendas.put_single(agenda, entry)
    elif isinstance(entry, Closure):
        unit.agendas.put_closure(agenda, entry)
    elif not unit.agendas.drop(agenda, entry):
        raise Refusal("introuvable", NO_ENTRY, "id")


def _read(edit: Edit, now: datetime, new_id: NewId) -> Entry:
    if isinstance(edit, SaveOpening):
        return read_opening_form(edit.form, in_paris(now).date(), new_id)
    if isinstance(edit, CloseAgenda):
        return read_closure_form(edit.form, new_id)
    return edit.entry


def _edited(plan: Plan, entry: Entry) -> tuple[Plan, str]:
    """The plan with the entry in it, or without the one of that id, and the id."""
    named = entry if isinstance(entry, str) else entry.id
    rest = Plan(
        plan.agenda,
        tuple(one for one in plan.weekly if one.id != named),
        tuple(one for one in plan.singles if one.id != named),
        tuple(one for one in plan.closures if one.id != named),
    )
    if isinstance(entry, WeeklyOpening):
        return replace(rest, weekly=(*rest.weekly, entry)), named
    if isinstance(entry, SingleOpening):
        return replace(rest, singles=(*rest.singles, entry)), named
    if isinstance(entry, Closure):
        return replace(rest, closures=(*rest.closures, entry)), named
    return rest, named


def _compare(unit: Unit, before: Plan, after: Plan, now: datetime) -> Preview:
    bookings = _ahead(unit, before.agenda.id, now)
    end = now + timedelta(weeks=WEEKS)
    was, is_now = _offered(before, bookings, now, end), _offered(after, bookings, now, end)
    return Preview(
        tuple(one for key, one in is_now.items() if key not in was),
        tuple(one for key, one in was.items() if key not in is_now),
        len(is_now),
        tuple(one for one in bookings if _has_slot(before, one) and not _has_slot(after, one)),
    )


def _has_slot(plan: Plan, booking: Booking) -> bool:
    """Whether the slot that was booked is laid out in the plan, to the minute."""
    span = (booking.who, booking.start, booking.end)
    return span in {
        (one.who, one.start, one.end) for one in planned_between(plan, (), booking.start, booking.start)
    }


def _offered(
    plan: Plan, bookings: list[Booking], start: datetime, end: datetime
) -> Mapping[tuple[str, datetime, int, int], PlannedSlot]:
    return {
        (one.reference, one.end, one.offer.places, one.offer.over_booking): one
        for one in planned_between(plan, bookings, start, end)
    }


def _ahead(unit: Unit, agenda: str, now: datetime) -> list[Booking]:
    """Those who hold a place that has not begun."""
    found = unit.agendas.bookings(agenda, now, now + AHEAD + LONGEST)
    return [one for one in found if one.is_held and one.start > now]

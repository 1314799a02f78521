"""Takes the openings of a local agenda from a CSV table or a calendar, with a report line by line.

Columns of the table, named on its first line: `date` or `jours`; `debut`; `fin`; and, where there is
something to say, `duree` (minutes of a slot; none: one range), `places`, `surnombre`, `semaines` (toutes,
paires, impaires), `du`, `au`, `feries` (oui, non), `praticien`, `rpps`, `sans_rendez_vous` (oui, non).
Dates as `24/11/2026`, times as `14h20`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from osnp_console.app.csv_table import table_rows
from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.agenda import LONGEST
from osnp_console.app.local_agenda.calendar_events import CalendarEvent, CalendarUnreadable, ReadEvents
from osnp_console.app.local_agenda.edit import AGENDA, AHEAD, WHAT, write
from osnp_console.app.local_agenda.forms import OPENING_FIELDS, NewId, OpeningForm, read_opening_form
from osnp_console.app.local_agenda.typed import said_clock, said_weekdays
from osnp_console.app.people.permissions import note
from osnp_console.app.ports import OpenUnit
from osnp_console.domain.agenda.plan import Offer, Plan, SingleOpening, WeeklyOpening, who_of
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import fold
from osnp_console.domain.journal import AGENDA_CHANGED
from osnp_console.domain.permissions import Act

MOST_LINES = 20_000
NO_COLUMN = "La première ligne ne nomme pas de colonne «\u00a0{name}\u00a0»."
NO_DAY_COLUMN = "La première ligne ne nomme ni «\u00a0date\u00a0» ni «\u00a0jours\u00a0»."
UNKNOWN_COLUMN = "La colonne «\u00a0{name}\u00a0» n’est pas de celles d’un carnet."
TWICE = "Ce fichier a plus d’une colonne «\u00a0{name}\u00a0»."
BOTH = "Une ligne dit une date ou des jours, pas les deux."
SAID_BEFORE = "Ce praticien a déjà une autre ouverture à cette heure-là."
TOO_MANY = f"Ce fichier a plus de {MOST_LINES} lignes."
BUSY = "Marqué occupé dans le calendrier."
WHOLE_DAY = "Journée entière, sans heure."
TENTATIVE = "À confirmer dans le calendrier."
TOO_LONG = "Plus long qu’une journée."
NO_LENGTH = "Sans durée."
BEGUN = "Déjà commencé."

Opening = WeeklyOpening | SingleOpening
_ATTRIBUTES = {fold(name.replace("_", " ")): attribute for attribute, name in OPENING_FIELDS.items()}
_ATTRIBUTES.pop("id")


@dataclass(frozen=True, slots=True)
class RefusedOpening:
    """A line of the table, or an event, that was not taken: where, what it said, and why (French).

    `line` is the line in the file, or the event's place in the calendar, from 1. `text` holds no title: a
    calendar's may name a patient.
    """

    line: int
    text: str
    why: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class TakenOpening:
    """An opening, and the line or the event it comes from."""

    line: int
    opening: Opening


@dataclass(frozen=True, slots=True)
class OpeningsImport:
    """What an import gives: the openings to add, the lines refused, how many were there already."""

    taken: tuple[TakenOpening, ...]
    refused: tuple[RefusedOpening, ...]
    repeated: int


def read_openings(content: bytes, today: date, new_id: NewId) -> OpeningsImport:
    """Read a table; nothing is written. Raises Refusal where it is none, or lacks a column."""
    rows = table_rows(content)
    _, heading = next(rows, (0, ()))
    columns = _columns(heading)
    taken: list[TakenOpening] = []
    refused: list[RefusedOpening] = []
    repeated = 0
    known = _Known()
    for count, (line, cells) in enumerate(rows):
        if count >= MOST_LINES:
            raise Refusal("valeur_invalide", TOO_MANY, "fichier")
        try:
            opening = read_opening_form(_form(columns, cells), today, new_id)
            is_new = known.take(opening)
        except Refusal as refusal:
            text = " ; ".join(cell for cell in cells if cell)
            refused.append(RefusedOpening(line, text, refusal.message, refusal.field))
            continue
        repeated += not is_new
        if is_new:
            taken.append(TakenOpening(line, opening))
    return OpeningsImport(tuple(taken), tuple(refused), repeated)


def read_calendar_openings(
    content: bytes, read_events: ReadEvents, agenda: str, offer: Offer, now: datetime
) -> OpeningsImport:
    """Read a calendar's events of the year to come as openings of one practitioner; nothing is written.

    Where the calendar marks some events as free, only those are openings; else all that are not busy.
    Read again later, the same event replaces what it gave. Raises Refusal for what is no calendar.
    """
    try:
        events = read_events(content, now, now + AHEAD)
    except CalendarUnreadable as error:
        # A source says it after its name and a colon; here it is a sentence of its own.
        said = str(error).removesuffix(".")
        raise Refusal("valeur_invalide", f"{said[:1].upper()}{said[1:]}.", "fichier") from error
    marks_free = any(event.free is True for event in events)
    taken: list[TakenOpening] = []
    refused: list[RefusedOpening] = []
    repeated = 0
    known = _Known()
    for number, event in enumerate(events, 1):
        opening = SingleOpening(_event_id(event, agenda, offer), event.start, event.end, offer)
        try:
            _check_event(event, marks_free, now)
            is_new = known.take(opening)
        except Refusal as refusal:
            refused.append(RefusedOpening(number, _said(opening), refusal.message, refusal.field))
            continue
        repeated += not is_new
        if is_new:
            taken.append(TakenOpening(number, opening))
    return OpeningsImport(tuple(taken), tuple(refused), repeated)


def import_openings(units: OpenUnit, agenda: str, read: OpeningsImport, now: datetime) -> OpeningsImport:
    """Add what was read to the agenda, in one transaction; what it already holds is counted as repeated.

    Returns what was added. Raises StoreFailure (`introuvable` for no such agenda).
    """
    with units() as unit:
        unit.session.require(Act.EDIT_AGENDA)
        unit.agendas.hold(agenda)
        singles = (one.opening for one in read.taken if isinstance(one.opening, SingleOpening))
        last = max((one.end for one in singles), default=now)
        known = _Known(unit.agendas.plan(agenda, now - LONGEST, max(last, now)))
        added: list[TakenOpening] = []
        refused = list(read.refused)
        repeated = read.repeated
        for one in read.taken:
            try:
                is_new = known.take(one.opening)
            except Refusal as refusal:
                refused.append(RefusedOpening(one.line, _said(one.opening), refusal.message, refusal.field))
                continue
            repeated += not is_new
            if is_new:
                write(unit, agenda, one.opening)
                added.append(one)
        if added:
            note(unit, AGENDA_CHANGED, {AGENDA: agenda, WHAT: "import", "entrees": len(added)})
            unit.commit()
    return OpeningsImport(tuple(added), tuple(sorted(refused, key=lambda one: one.line)), repeated)


class _Known:
    """The openings there are already, by what they say rather than by their id."""

    def __init__(self, plan: Plan | None = None) -> None:
        self._said: set[Opening] = set()
        self._starts: dict[tuple[str, datetime], str] = {}
        if plan is not None:
            openings: tuple[Opening, ...] = (*plan.weekly, *plan.singles)
            for opening in openings:
                self._keep(opening)

    def take(self, opening: Opening) -> bool:
        """Whether it is new; raises Refusal for another one of that practitioner at that very start."""
        if replace(opening, id="") in self._said:
            return False
        if isinstance(opening, SingleOpening):
            there = self._starts.get(_start(opening))
            if there is not None and there != opening.id:
                raise Refusal("conflit", SAID_BEFORE, "debut")
        self._keep(opening)
        return True

    def _keep(self, opening: Opening) -> None:
        self._said.add(replace(opening, id=""))
        if isinstance(opening, SingleOpening):
            self._starts[_start(opening)] = opening.id


def _start(opening: SingleOpening) -> tuple[str, datetime]:
    return who_of(opening.offer.practitioner), opening.start.astimezone(UTC)


def _columns(heading: Sequence[str]) -> list[str]:
    """The form's attribute of each column; raises Refusal."""
    columns: list[str] = []
    for cell in heading:
        attribute = _ATTRIBUTES.get(fold(cell.replace("_", " ")), "")
        if cell and not attribute:
            raise Refusal("champ_inconnu", UNKNOWN_COLUMN.format(name=cell), cell)
        if attribute and attribute in columns:
            raise Refusal("valeur_invalide", TWICE.format(name=cell), cell)
        columns.append(attribute)
    for attribute in ("start", "end"):
        if attribute not in columns:
            name = OPENING_FIELDS[attribute]
            raise Refusal("champ_manquant", NO_COLUMN.format(name=name), name)
    if "date" not in columns and "weekdays" not in columns:
        raise Refusal("champ_manquant", NO_DAY_COLUMN, "date")
    return columns


def _form(columns: Sequence[str], cells: Sequence[str]) -> OpeningForm:
    said: Mapping[str, str] = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    if said.get("date") and said.get("weekdays"):
        raise Refusal("valeur_invalide", BOTH, "jours")
    return OpeningForm(**said)


def _check_event(event: CalendarEvent, marks_free: bool, now: datetime) -> None:
    """Raises Refusal for an event that is no opening."""
    reasons = (
        (event.free is False or (marks_free and event.free is not True), BUSY),
        (event.all_day, WHOLE_DAY),
        (event.tentative, TENTATIVE),
        (event.end - event.start > LONGEST, TOO_LONG),
        (event.end <= event.start, NO_LENGTH),
        (event.start <= now, BEGUN),
    )
    for holds, why in reasons:
        if holds:
            raise Refusal("valeur_invalide", why)


def _event_id(event: CalendarEvent, agenda: str, offer: Offer) -> str:
    who = who_of(offer.practitioner)
    text = f"{agenda}|{event.uid}|{who}|{event.start.astimezone(UTC):%Y%m%d%H%M%S}"
    return f"ics-{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _said(opening: Opening) -> str:
    if isinstance(opening, SingleOpening):
        return f"{in_paris(opening.start):%d/%m/%Y %Hh%M}"
    return f"{said_weekdays(opening.weekdays)} {said_clock(opening.start)}"

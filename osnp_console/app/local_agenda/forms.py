"""The forms in which a local agenda is typed: what the screen, the commands and the import fill in.

Everything is text as typed; a refusal names the field by its French name (`OPENING_FIELDS` and the others say
which attribute that is).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from osnp_console.app.errors import Refusal
from osnp_console.app.local_agenda.typed import (
    LONGEST_NAME,
    NAME_TOO_LONG,
    read_clock,
    read_count,
    read_day,
    read_practitioner,
    read_weekdays,
    read_weeks,
    read_yes,
    refused,
    said_clock,
    said_day,
    said_weekdays,
)
from osnp_console.domain.agenda.plan import (
    Agenda,
    Closure,
    Offer,
    SingleOpening,
    WeeklyOpening,
)
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import fold
from osnp_console.domain.dates import Validity
from osnp_console.domain.slots.slot import Place

NewId = Callable[[], str]
MOST_MINUTES, MOST_PLACES = 480, 200
PAST = "Cette date est passée."
SAME_TIME = "L’ouverture finit quand elle commence."
SLOT_TOO_LONG = "Un créneau est plus long que l’ouverture."
NO_PLACES = "Il faut au moins une place, ou une place en surnombre."
ENDS_BEFORE = "La fin est avant le début."
NAME_MISSING = "Un carnet porte un nom."
BAD_ID = "Un identifiant s’écrit en lettres sans accent, chiffres et tirets, 64 caractères au plus."
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
_NOT_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class AgendaForm:
    """An agenda. An empty `id` is made from the name. `dispositifs` are ids of the catalogue."""

    name: str = ""
    id: str = ""
    place: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    dispositifs: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpeningForm:
    """An opening: with `date` it is on that day only, else it comes back each week on `weekdays`.

    An empty `id` adds one. Without `minutes` it is one range. `weeks`: `toutes`, `paires`, `impaires`.
    """

    id: str = ""
    date: str = ""
    weekdays: str = ""
    start: str = ""
    end: str = ""
    minutes: str = ""
    places: str = ""
    over_booking: str = ""
    weeks: str = ""
    since: str = ""
    until: str = ""
    on_holidays: str = ""
    practitioner: str = ""
    rpps: str = ""
    walk_in: str = ""


@dataclass(frozen=True, slots=True)
class ClosureForm:
    """A closure: whole days from `first` to `last` (the same day when empty), or to the hour.

    With a practitioner or an RPPS it closes that person's slots only.
    """

    id: str = ""
    first: str = ""
    start: str = ""
    last: str = ""
    end: str = ""
    why: str = ""
    practitioner: str = ""
    rpps: str = ""


AGENDA_FIELDS: Mapping[str, str] = {
    "name": "nom", "id": "id", "place": "lieu", "address": "adresse", "postcode": "code_postal",
    "city": "commune", "phone": "telephone", "dispositifs": "dispositifs", "types": "types",
    "modalities": "modalites", "note": "note",
}  # fmt: skip
OPENING_FIELDS: Mapping[str, str] = {
    "id": "id", "date": "date", "weekdays": "jours", "start": "debut", "end": "fin", "minutes": "duree",
    "places": "places", "over_booking": "surnombre", "weeks": "semaines", "since": "du", "until": "au",
    "on_holidays": "feries", "practitioner": "praticien", "rpps": "rpps",
    "walk_in": "sans_rendez_vous",
}  # fmt: skip
CLOSURE_FIELDS: Mapping[str, str] = {
    "id": "id", "first": "du", "start": "debut", "last": "au", "end": "fin", "why": "raison",
    "practitioner": "praticien", "rpps": "rpps",
}  # fmt: skip


def read_agenda_form(form: AgendaForm) -> Agenda:
    """The agenda of a form; raises Refusal."""
    name = " ".join(form.name.split())
    if not name:
        raise Refusal("champ_manquant", NAME_MISSING, "nom")
    if len(name) > LONGEST_NAME:
        raise refused(NAME_TOO_LONG, "nom")
    name_as_id = _NOT_ID.sub("-", fold(name)).strip("-")[:64].rstrip("-")
    identifier = form.id.strip() or name_as_id
    if not _ID.fullmatch(identifier):
        raise refused(BAD_ID, "id")
    place = Place(
        name=form.place.strip() or None,
        address=form.address.strip() or None,
        postcode=form.postcode.strip() or None,
        city=form.city.strip() or None,
        phone=form.phone.strip() or None,
    )
    return Agenda(
        identifier,
        name,
        place,
        form.dispositifs,
        frozenset(form.types),
        frozenset(form.modalities),
        form.note,
    )


def form_of_agenda(agenda: Agenda) -> AgendaForm:
    """The form that gives this agenda again."""
    place = agenda.place
    return AgendaForm(
        agenda.name, agenda.id, place.name or "", place.address or "", place.postcode or "", place.city or "",
        place.phone or "", agenda.dispositifs, tuple(sorted(agenda.types)), tuple(sorted(agenda.modalities)),
        agenda.note,
    )  # fmt: skip


def read_opening_form(form: OpeningForm, today: date, new_id: NewId) -> WeeklyOpening | SingleOpening:
    """The opening of a form; raises Refusal. A date that is past is refused."""
    if form.date.strip():
        return _read_single(form, today, new_id)
    weekdays = read_weekdays(form.weekdays, "jours")
    start, end = _read_clocks(form)
    validity = Validity(_read_maybe_day(form.since, "du"), _read_maybe_day(form.until, "au"))
    if validity.start is not None and validity.end is not None and validity.end < validity.start:
        raise refused(ENDS_BEFORE, "au")
    return WeeklyOpening(
        form.id or new_id(),
        weekdays,
        start,
        end,
        _read_offer(form, _length(start, end)),
        read_weeks(form.weeks, "semaines"),
        validity,
        read_yes(form.on_holidays, "feries"),
    )


def _read_single(form: OpeningForm, today: date, new_id: NewId) -> SingleOpening:
    day = read_day(form.date, "date")
    if day < today:
        raise refused(PAST, "date")
    start, end = _read_clocks(form)
    first, last = in_paris(datetime.combine(day, start)), in_paris(datetime.combine(day, end))
    if end <= start:
        last = in_paris(datetime.combine(day + timedelta(days=1), end))
    return SingleOpening(form.id or new_id(), first, last, _read_offer(form, _length(start, end)))


def _read_clocks(form: OpeningForm) -> tuple[time, time]:
    start, end = read_clock(form.start, "debut"), read_clock(form.end, "fin")
    if start == end:
        raise refused(SAME_TIME, "fin")
    return start, end


def _length(start: time, end: time) -> int:
    """Minutes on the clock from one to the other, over midnight when the end is not after the start."""
    return ((end.hour - start.hour) * 60 + end.minute - start.minute) % (24 * 60)


def _read_offer(form: OpeningForm, length: int) -> Offer:
    minutes = read_count(form.minutes, "duree", 0, 1, MOST_MINUTES) or None
    if minutes is not None and minutes > length:
        raise refused(SLOT_TOO_LONG, "duree")
    over_booking = read_count(form.over_booking, "surnombre", 0, 0, MOST_PLACES)
    places = read_count(form.places, "places", 1, 0, MOST_PLACES)
    if places + over_booking == 0:
        raise refused(NO_PLACES, "places")
    practitioner = read_practitioner(form.practitioner, form.rpps, "praticien", "rpps")
    return Offer(minutes, places, over_booking, practitioner, read_yes(form.walk_in, "sans_rendez_vous"))


def form_of_opening(opening: WeeklyOpening | SingleOpening) -> OpeningForm:
    """The form that gives this opening again."""
    offer = opening.offer
    said: dict[str, str] = {
        "id": opening.id,
        "minutes": str(offer.minutes or ""),
        "places": str(offer.places),
        "over_booking": str(offer.over_booking or ""),
        "practitioner": offer.practitioner.name or "",
        "rpps": offer.practitioner.rpps or "",
        "walk_in": "oui" if offer.walk_in else "",
    }
    if isinstance(opening, SingleOpening):
        start, end = in_paris(opening.start), in_paris(opening.end)
        return OpeningForm(
            **said, date=said_day(start.date()), start=said_clock(start.time()), end=said_clock(end.time())
        )
    since, until = opening.validity.start, opening.validity.end
    return OpeningForm(
        **said,
        weekdays=said_weekdays(opening.weekdays),
        start=said_clock(opening.start),
        end=said_clock(opening.end),
        weeks=opening.parity.value,
        since=said_day(since) if since is not None else "",
        until=said_day(until) if until is not None else "",
        on_holidays="oui" if opening.on_holidays else "",
    )


def read_closure_form(form: ClosureForm, new_id: NewId) -> Closure:
    """The closure of a form; raises Refusal."""
    first = read_day(form.first, "du")
    last = read_day(form.last, "au") if form.last.strip() else first
    start = in_paris(
        datetime.combine(first, read_clock(form.start, "debut") if form.start.strip() else time())
    )
    if form.end.strip():
        end = in_paris(datetime.combine(last, read_clock(form.end, "fin")))
    else:
        end = in_paris(datetime.combine(last + timedelta(days=1), time()))
    if end <= start:
        raise refused(ENDS_BEFORE, "fin" if form.end.strip() else "au")
    whose = None
    if form.practitioner.strip() or form.rpps.strip():
        whose = read_practitioner(form.practitioner, form.rpps, "praticien", "rpps")
    return Closure(form.id or new_id(), start, end, " ".join(form.why.split()), whose)


def form_of_closure(closure: Closure) -> ClosureForm:
    """The form that gives this closure again."""
    start, end = in_paris(closure.start), in_paris(closure.end)
    whole_end = end.time() == time()
    last = end.date() - timedelta(days=1) if whole_end else end.date()
    whose = closure.practitioner
    return ClosureForm(
        closure.id,
        said_day(start.date()),
        said_clock(start.time()) if start.time() != time() else "",
        said_day(last),
        "" if whole_end else said_clock(end.time()),
        closure.why,
        (whose.name or "") if whose is not None else "",
        (whose.rpps or "") if whose is not None else "",
    )


def _read_maybe_day(text: str, field: str) -> date | None:
    return read_day(text, field) if text.strip() else None

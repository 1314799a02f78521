"""How the openings and closures of a local agenda, and what a change would do, are said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from osnp_console.app.local_agenda.edit import Preview
from osnp_console.app.local_agenda.typed import said_clock, said_day, said_weekdays
from osnp_console.app.local_agenda.week import call_words, day_name, monday_of
from osnp_console.domain.agenda.plan import Closure, Offer, Parity, Plan, SingleOpening, WeeklyOpening
from osnp_console.domain.agenda.slots import PlannedSlot
from osnp_console.domain.clock import in_paris

NO_CHANGE = "Rien ne change dans les 4 semaines à venir."
MOST_STRANDED = 8


@dataclass(frozen=True, slots=True)
class EntryWords:
    """An opening or a closure in a list; `id` is its own. `kind` is `hebdomadaire`, `date` or `fermeture`."""

    id: str
    kind: str
    title: str
    second: str


def entry_words(plan: Plan, now: datetime) -> tuple[EntryWords, ...]:
    """What an agenda is made of: weekly openings, dates to come, closures to come."""
    weekly = sorted(plan.weekly, key=lambda one: (min(one.weekdays, default=0), one.start, one.id))
    singles = sorted((one for one in plan.singles if one.end > now), key=lambda one: (one.start, one.id))
    closures = sorted((one for one in plan.closures if one.end > now), key=lambda one: (one.start, one.id))
    return (
        *(EntryWords(one.id, "hebdomadaire", _weekly(one), _weekly_details(one)) for one in weekly),
        *(EntryWords(one.id, "date", _single(one), offer_words(one.offer)) for one in singles),
        *(EntryWords(one.id, "fermeture", closure_words(one), _closure_details(one)) for one in closures),
    )


def offer_words(offer: Offer) -> str:
    """`créneaux de 20 min · Dr Inventé`, `plage de 3 places, 1 en surnombre`."""
    over = f", {offer.over_booking} en surnombre" if offer.over_booking else ""
    if offer.minutes is None:
        said = f"plage de {offer.places} place{_s(offer.places)}"
    else:
        several = f" à {offer.places} places" if offer.places != 1 else ""
        said = f"créneaux de {offer.minutes} min{several}"
    who = offer.practitioner.name or offer.practitioner.rpps or ""
    walk_in = "sans rendez-vous" if offer.walk_in else ""
    return " · ".join(part for part in (said + over, who, walk_in) if part)


def closure_words(closure: Closure) -> str:
    """`Fermé du 21/12/2026 au 04/01/2027`, hours where there are some."""
    start, end = in_paris(closure.start), in_paris(closure.end)
    if start.time() == time() and end.time() == time():
        last = end.date() - timedelta(days=1)
        if last == start.date():
            return f"Fermé le {said_day(last)}"
        return f"Fermé du {said_day(start.date())} au {said_day(last)}"
    if start.date() == end.date():
        return f"Fermé le {said_day(start.date())} de {said_clock(start.time())} à {said_clock(end.time())}"
    return (
        f"Fermé du {said_day(start.date())} {said_clock(start.time())} "
        f"au {said_day(end.date())} {said_clock(end.time())}"
    )


def preview_words(preview: Preview) -> tuple[str, ...]:
    """What a change makes of the four weeks to come, a line a week, then how much is offered in all."""
    added, removed = _by_week(preview.added), _by_week(preview.removed)
    lines = [
        f"Semaine du {day_name(monday)}\u202f: {_change(added[monday], removed[monday])}"
        for monday in sorted({*added, *removed})
    ]
    if not lines:
        lines = [NO_CHANGE]
    offered = preview.offered
    return (*lines, f"En tout, {offered} créneau{'x' if offered > 1 else ''} en 4 semaines.")


def stranded_words(preview: Preview, numbers: Mapping[str, int]) -> str:
    """Who would be left without a slot, empty for nobody: they stay booked, and are to be told."""
    left = preview.stranded
    if not left:
        return ""
    said = [
        f"{in_paris(one.start):%d/%m %H:%M} ({call_words((one,), numbers)})" for one in left[:MOST_STRANDED]
    ]
    if len(left) > MOST_STRANDED:
        said.append(f"{len(left) - MOST_STRANDED} autres")
    count = f"{len(left)} rendez-vous reste{'nt' if len(left) > 1 else ''} sans créneau"
    return f"{count}\u202f: {', '.join(said)}. Les prévenir, ou annuler leurs réservations."


def _weekly(opening: WeeklyOpening) -> str:
    days = said_weekdays(opening.weekdays)
    return f"{days[:1].upper()}{days[1:]} {said_clock(opening.start)}–{said_clock(opening.end)}"


def _weekly_details(opening: WeeklyOpening) -> str:
    parity = f"semaines {opening.parity.value}" if opening.parity is not Parity.EVERY else ""
    since, until = opening.validity.start, opening.validity.end
    validity = " ".join(
        part
        for part in (
            f"du {said_day(since)}" if since is not None else "",
            f"au {said_day(until)}" if until is not None else "",
        )
        if part
    )
    holidays = "fériés compris" if opening.on_holidays else ""
    return " · ".join(part for part in (offer_words(opening.offer), parity, validity, holidays) if part)


def _single(opening: SingleOpening) -> str:
    start, end = in_paris(opening.start), in_paris(opening.end)
    day = day_name(start.date())
    return f"{day[:1].upper()}{day[1:]} {said_clock(start.time())}–{said_clock(end.time())}"


def _closure_details(closure: Closure) -> str:
    whose = closure.practitioner
    who = (whose.name or whose.rpps or "") if whose is not None else ""
    return " · ".join(part for part in (closure.why, f"{who} seulement" if who else "") if part)


def _by_week(slots: tuple[PlannedSlot, ...]) -> Counter[date]:
    return Counter(monday_of(in_paris(one.start).date()) for one in slots)


def _change(added: int, removed: int) -> str:
    parts = [
        f"{count} créneau{'x' if count > 1 else ''} de {word}"
        for count, word in ((added, "plus"), (removed, "moins"))
        if count
    ]
    return ", ".join(parts)


def _s(count: int) -> str:
    return "s" if count > 1 else ""

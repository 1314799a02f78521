"""What a slot says: its hour and day, who and where, its clocks, and the same as one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from osnp_console.app.checklist.opening_words import left, spoken
from osnp_console.domain.clock import in_paris
from osnp_console.domain.slots.ranking import RankedSlot
from osnp_console.domain.slots.ruling import Ruling
from osnp_console.domain.slots.slot import CPTS, PRO, PUBLIC, SNP, Slot

SHORT_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
LONG_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SOON = timedelta(minutes=60)
URGENT = timedelta(minutes=15)
BY_THE_SECOND = timedelta(minutes=2)
NO_CLOCK = "fermeture\u202f?"
NO_CLOCK_SAID = "aucune source ne donne de délai de fermeture ni de reprise"
OWN_DOCTOR = "médecin traitant"
REMOTE = "téléconsultation"
WALK_IN = "sans rendez-vous"
AGREEMENT = "accord du médecin à obtenir"
NOBODY = "Praticien non nommé"
_ABOUT = "≈ "
_TYPES = (SNP, CPTS, PRO, PUBLIC)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a row's second line; a `firm` one is never cut, a name may be."""

    text: str
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """One line at the right of a row: a mark (none when empty), words, and how loud."""

    words: str
    mark: str = ""
    role: str = "muted"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """How sources and dispositifs are called on screen, by id."""

    sources: Mapping[str, str]
    dispositifs: Mapping[str, str]

    def source(self, name: str) -> str:
        """A source's name, its id where it has none."""
        return self.sources.get(name, name)

    def dispositif(self, name: str) -> str:
        """The CPTS of a dispositif, its id where the catalogue no longer has it."""
        return self.dispositifs.get(name, name)


def hour_word(start: datetime) -> str:
    """`10:40`, on the clock of Paris."""
    return f"{in_paris(start):%H:%M}"


def day_word(start: datetime, now: datetime) -> str:
    """`auj.`, `demain`, `jeu. 26`."""
    days = _days(start, now)
    if days in (0, 1):
        return ("auj.", "demain")[days]
    then = in_paris(start)
    return f"{SHORT_DAYS[then.weekday()]} {then.day}"


def long_day(start: datetime, now: datetime) -> str:
    """`aujourd’hui`, `demain`, `jeudi 26`."""
    days = _days(start, now)
    if days in (0, 1):
        return ("aujourd’hui", "demain")[days]
    then = in_paris(start)
    return f"{LONG_DAYS[then.weekday()]} {then.day}"


def _days(start: datetime, now: datetime) -> int:
    return (in_paris(start).date() - in_paris(now).date()).days


def waiting_words(until: datetime, now: datetime) -> str:
    """`38 min`, `3 h 58`, under two minutes `1 min 35 s`: what is left, as the row's clocks say it."""
    remains = until - now
    if remains < BY_THE_SECOND:
        minutes, seconds = divmod(max(0, int(remains.total_seconds() + 0.999)), 60)
        return f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
    return left(until, now)


def clocks_of(slot: Slot, ruling: Ruling, now: datetime) -> tuple[Clock, ...]:
    """At most two lines: how far away it is, and the clocks that a source gives (interface, §5).

    With two clocks the hour itself says how far away it is.
    """
    until = Clock(f"dans {left(slot.start, now)}")
    said = tuple(_given(ruling, now))
    if not said:
        return (until, Clock(NO_CLOCK))
    return said if len(said) > 1 else (until, *said)


def _given(ruling: Ruling, now: datetime) -> list[Clock]:
    found = []
    if ruling.closes_at is not None:
        remains = ruling.closes_at - now
        urgent = remains <= URGENT
        words = f"ferme dans {waiting_words(ruling.closes_at, now)}"
        found.append(Clock(words, "padlock", "verify" if urgent else "muted", bold=urgent))
    if ruling.take_back_at is not None:
        passed = now >= ruling.take_back_at
        at = hour_word(ruling.take_back_at)
        words = f"peut être repris depuis {at}" if passed else f"reprise dès {at}"
        found.append(Clock(words, "take-back", "verify" if passed else "muted"))
    return found


def closed_words(closed_at: datetime) -> str:
    """`fermé à 13:00`."""
    return f"fermé à {hour_word(closed_at)}"


def who(slot: Slot) -> str:
    """The practitioner or the centre."""
    return slot.practitioner.name or slot.place.name or NOBODY


def where(slot: Slot) -> str:
    """The town, else the place's own name; empty when it is not said or stands for the practitioner."""
    if slot.place.city:
        return slot.place.city
    name = slot.place.name or ""
    return name if name != who(slot) else ""


def second_line(one: RankedSlot, names: Names) -> tuple[Part, ...]:
    """Place · dispositif · range · type · km · sources: what is known of them."""
    slot = one.slot
    parts = [Part(REMOTE, firm=True) if slot.is_remote else Part(where(slot))]
    parts += [Part(name) for name in dict.fromkeys(names.dispositif(own) for own in one.ruling.dispositifs)]
    parts += [Part(words, firm=True) for words in _kinds(slot)]
    if one.km is not None:
        parts.append(Part(km_words(one.km, estimate=one.km_is_estimate), firm=True))
    parts += [Part(names.source(source)) for source in slot.sources]
    return tuple(part for part in parts if part.text)


def _kinds(slot: Slot) -> list[str]:
    words = []
    if slot.capacity is not None:
        places = slot.capacity.places
        words.append(f"plage, {slot.capacity.left} place{'s' if places > 1 else ''} sur {places}")
    if slot.walk_in:
        words.append(WALK_IN)
    known = [code for code in _TYPES if code in slot.types]
    words += [*known, *sorted(slot.types.difference(_TYPES))]
    return words


def km_words(km: float, *, estimate: bool = False) -> str:
    """`0 km`, `3,4 km`, `12 km`: a great-circle distance; `≈ 12 km` for an estimate.

    An estimate is between communes: no decimals, and nothing for one that rounds to none, since `0 km` would
    say of two spots what is only known of their commune. The row names the commune.
    """
    if estimate:
        whole = f"{km:.0f}"
        return f"{_ABOUT}{whole} km" if whole != "0" else ""
    rounded = f"{km:.1f}" if 0.05 <= km < 9.95 else f"{km:.0f}"
    return f"{rounded.replace('.', ',')} km"


def row_sentence(one: RankedSlot, names: Names, now: datetime, state: str = "") -> str:
    """A row as a screen reader hears it; `state` says why it can no longer be had."""
    slot = one.slot
    heard = [hour_word(slot.start), long_day(slot.start, now), who(slot)]
    if one.own_doctor:
        heard.append(OWN_DOCTOR)
    heard += [part.text.replace(_ABOUT, "environ ") for part in second_line(one, names)]
    if slot.over_booking:
        heard.append(AGREEMENT)
    heard += [state] if state else [_heard(clock) for clock in clocks_of(slot, one.ruling, now)]
    return spoken(", ".join(heard))


def _heard(clock: Clock) -> str:
    return NO_CLOCK_SAID if clock.words == NO_CLOCK else clock.words

"""What the cards of the slots column show while a booking is under way: taken, not known, answer missing.

The sentences are the interface's (sections 5 and 10). Instants are passed in, hours are those of Paris.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from osnp_console.app.calls.question_answers import Offered, offered
from osnp_console.app.slots.words import REMOTE, hour_word, where, who
from osnp_console.domain.appointment import Appointment
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.clock import in_paris
from osnp_console.domain.date_words import SHOWN_MONTHS, WEEKDAYS
from osnp_console.domain.facts import TERRITORY_PREFIX
from osnp_console.domain.phone import read_phone
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.ranking import RankedSlot
from osnp_console.domain.slots.slot import Slot

NARROW = "\u202f"
NOTHING_BOOKED = "Rien n’a été réservé. La fiche est gardée."
VERIFY_FIRST = "L’agenda n’a pas confirmé. Vérifier avant d’en prendre un autre."
NEVER_TWICE = "Vérifier ne réserve rien."
REASON_MISSING = f"Il faut un motif pour passer outre{NARROW}: il est gardé avec l’appel."
_NEAR_DAYS: Mapping[int, str] = {-1: "hier", 0: "aujourd’hui", 1: "demain"}
_TERRITORY = (
    Offered("Oui", "O", True),
    Offered("Non", "N", False),
)


def second_words(instant: datetime) -> str:
    """`10:02:31`, on the clock of Paris."""
    return f"{in_paris(instant):%H:%M:%S}"


def day_words(instant: datetime, now: datetime) -> str:
    """`aujourd’hui`, `demain`, else the day in full: `jeudi 26 novembre`, with the year when it changes."""
    local, today = in_paris(instant).date(), in_paris(now).date()
    near = _NEAR_DAYS.get((local - today).days)
    return near if near is not None else full_day_words(instant, now)


def full_day_words(instant: datetime, now: datetime) -> str:
    """`jeudi 26 novembre`, `mardi 1er décembre`, with the year when it is another one than `now`'s."""
    local = in_paris(instant).date()
    number = "1er" if local.day == 1 else str(local.day)
    year = f" {local.year}" if local.year != in_paris(now).year else ""
    return f"{WEEKDAYS[local.weekday()]} {number} {SHOWN_MONTHS[local.month - 1]}{year}"


def where_words(slot: Slot) -> str:
    """The town, else the place; a teleconsultation is said as such; empty when nothing is said."""
    return REMOTE if slot.is_remote else where(slot)


def slot_words(slot: Slot, now: datetime) -> str:
    """`aujourd’hui 10:40, Dr Bréhault, Redon`."""
    parts = (f"{day_words(slot.start, now)} {hour_word(slot.start)}", who(slot), where_words(slot))
    return ", ".join(part for part in parts if part)


def shown_number(phone: str | None) -> str | None:
    """A practice's number in groups, as typed when it has no known form; None when there is none."""
    return (read_phone(phone).shown or None) if phone else None


# --- taken meanwhile -------------------------------------------------------------------------------------


class NextState(Enum):
    """What is known of the slot proposed instead."""

    CHECKING = "revérification…"
    FREE = "revérifié libre à"
    SILENT = "l’agenda ne le confirme pas"


@dataclass(frozen=True, slots=True)
class NextSlot:
    """The next best slot. `state_words` says whether it was re-checked, and when."""

    slot_id: str
    hour: str
    day: str
    who: str
    state: NextState
    state_words: str


@dataclass(frozen=True, slots=True)
class WayOn:
    """What else can be done, with the key that does it (empty when it has none)."""

    words: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """A slot that was taken meanwhile.

    `proposed` is None when nothing is left: `rest` says why, `ways` what can be done instead.
    """

    title: str
    aside: str
    body: str
    proposed: NextSlot | None = None
    rest: str = ""
    ways: tuple[WayOn, ...] = ()


def next_slot(
    ranked: RankedSlot, now: datetime, state: NextState, checked_at: datetime | None = None
) -> NextSlot:
    """The slot to propose instead; `checked_at` is when the agenda last said that it is free."""
    slot = ranked.slot
    words = state.value
    if state is NextState.FREE:
        words = f"{state.value} {second_words(checked_at or slot.seen_at)}"
    day = day_words(slot.start, now)
    doctor = " · ".join(part for part in (who(slot), where_words(slot)) if part)
    return NextSlot(slot.id, hour_word(slot.start), "" if day == _NEAR_DAYS[0] else day, doctor, state, words)


def conflict_shown(
    lost: Slot,
    at: datetime,
    source_name: str,
    *,
    message: str | None = None,
    proposed: NextSlot | None = None,
    answers: Sequence[SourceAnswer] = (),
    ways: Sequence[WayOn] = (),
) -> ConflictShown:
    """The card of a slot that somebody else took.

    `at` is when the source said so, `message` what it said, `proposed` the next best slot. `answers` and
    `ways` serve when there is none.
    """
    happened = message or f"{source_name} l’annonce pris à {second_words(at)}."
    return ConflictShown(
        f"{hour_word(lost.start)} vient d’être pris",
        f"{source_name} · {second_words(at)}",
        f"{happened} {NOTHING_BOOKED}",
        proposed,
        "" if proposed is not None else nothing_else(answers),
        () if proposed is not None else tuple(ways),
    )


def nothing_else(answers: Sequence[SourceAnswer]) -> str:
    """Why nothing can be proposed instead: an agenda that did not answer is never an empty one."""
    complete = sum(answer.is_complete for answer in answers)
    silent = len(answers) - complete
    if not answers:
        return "Aucun autre créneau dans la liste."
    if not complete:
        return "Aucun agenda n’a répondu. On ne sait pas s’il y a d’autres créneaux."
    among = f"les {complete}\u00a0agendas" if complete > 1 else "l’agenda"
    if not silent:
        return f"Rien d’autre de libre dans {among}."
    answered = "qui ont répondu" if complete > 1 else "qui a répondu"
    mute = f"{silent}\u00a0n’ont pas répondu" if silent > 1 else "1\u00a0n’a pas répondu"
    return f"Rien d’autre dans {among} {answered}. {mute}{NARROW}: il peut y avoir des créneaux."


# --- outcome not known -----------------------------------------------------------------------------------


class UnknownState(Enum):
    """How far one is in finding out whether a slot was booked."""

    TO_VERIFY = "a_verifier"
    VERIFYING = "verification"
    BOOKED = "reserve"
    NOT_BOOKED = "non_reserve"
    STILL_UNKNOWN = "toujours_inconnu"


@dataclass(frozen=True, slots=True)
class UnknownShown:
    """A booking whose outcome is not known. `phone` is the practice's number as shown, None without one."""

    title: str
    aside: str
    body: str
    to_verify: str
    state: UnknownState
    state_words: str = ""
    phone: str | None = None

    @property
    def is_settled(self) -> bool:
        """Whether it is known by now, one way or the other."""
        return self.state in (UnknownState.BOOKED, UnknownState.NOT_BOOKED)


def unknown_shown(
    appointment: Appointment,
    source_name: str,
    now: datetime,
    state: UnknownState = UnknownState.TO_VERIFY,
    *,
    phone: str | None = None,
) -> UnknownShown:
    """The card of an attempt that got no answer; `phone` is the directory's number for the practice."""
    slot, hour = appointment.slot, hour_word(appointment.slot.start)
    titles = {
        UnknownState.BOOKED: f"{hour} est réservé",
        UnknownState.NOT_BOOKED: f"{hour} n’est pas réservé",
    }
    at = second_words(appointment.state_since)
    words = {
        UnknownState.VERIFYING: f"{source_name} est interrogé de nouveau…",
        UnknownState.BOOKED: f"{source_name} le confirme. Rien n’est à refaire.",
        UnknownState.NOT_BOOKED: f"{source_name} le confirme. {NOTHING_BOOKED}",
        UnknownState.STILL_UNKNOWN: (
            f"{second_words(now)}{NARROW}: {source_name} ne le dit toujours pas. Appeler le cabinet."
        ),
    }
    return UnknownShown(
        titles.get(state, f"On ne sait pas si {hour} est réservé"),
        f"{source_name} · {at}",
        "" if state in titles else f"{VERIFY_FIRST} {NEVER_TWICE}",
        "" if state in titles else f"À vérifier{NARROW}: {slot_words(slot, now)}.",
        state,
        words.get(state, ""),
        shown_number(phone or slot.place.phone),
    )


def unknown_sentence(slot: Slot) -> str:
    """The whole of it in one sentence, for the journal and the screen reader (interface, section 10)."""
    hour = hour_word(slot.start)
    return (
        f"L’agenda n’a pas confirmé{NARROW}: on ne sait pas si {hour} est réservé. "
        "Vérifier avant d’en prendre un autre."
    )


# --- under reserve ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReserveShown:
    """A slot of a dispositif that is still to check, and the question that settles it.

    `answers` are its buttons; none where the answer is typed: the field then takes the focus.
    """

    slot_id: str
    title: str
    aside: str
    body: str
    fact: str
    question: str
    answers: tuple[Offered, ...]
    left: str = ""


def reserve_shown(
    ranked: RankedSlot, question: str, sheet: CallSheet, now: datetime, dispositif_name: str
) -> ReserveShown | None:
    """The card of a slot under reserve; None when no fact is missing.

    `question` is how the first missing fact is asked, `dispositif_name` whose slot it is.
    """
    missing = ranked.ruling.missing
    if not missing:
        return None
    fact, more = missing[0], len(missing) - 1
    answers = _TERRITORY if fact.startswith(TERRITORY_PREFIX) else offered(fact, sheet)
    lacks = "il manque une réponse" if not more else f"il manque {len(missing)} réponses"
    left = "" if not more else f"Puis {'une autre question' if more == 1 else f'{more} autres questions'}."
    hour = hour_word(ranked.slot.start)
    return ReserveShown(
        ranked.slot.id,
        f"Avant de réserver {hour}, {lacks}",
        dispositif_name,
        f"{_capital(slot_words(ranked.slot, now))}. Le créneau est proposé de nouveau dès la réponse.",
        fact,
        question,
        answers,
        left,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

"""What the strip of agendas says of each source: mark, state word, time; and all of them on one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from osnp_console.app.checklist.opening_words import DAYS, day_and_hour, spoken
from osnp_console.domain.clock import in_paris
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.source import BY_HAND, AgendaSource, SourceKind

ASKING = "en cours"
NOTHING_FREE = "répondu · rien de libre"
REFUSED = "accès refusé"
FAILED = "erreur"


SAME_SEARCH_S = 2.0
"""Answers to one search all count from its start; between them clocks may differ by that much."""


class Standing(Enum):
    """How a source stands in the strip: its mark, the mark's colour, the word of the folded line.

    The words of the folded line are a singular and a plural.
    """

    ANSWERED = ("disc", "eligible", "répondu", "répondu")
    EMPTY = ("ring", "text", "répondu", "répondu")
    ASKING = ("dots", "muted", "en cours", "en cours")
    LATE = ("clock", "verify", "muet", "muets")
    PAUSED = ("clock", "verify", "en pause", "en pause")
    FAILED = ("warning", "verify", "en erreur", "en erreur")
    REFUSED = ("ring-bar", "verify", "refusé", "refusés")
    STALE = ("dashed-ring", "verify", "périmé", "périmés")
    BY_HAND = ("hand-over", "muted", "à la main", "à la main")
    NOT_ASKED = ("off", "muted", "pas interrogé", "pas interrogés")

    @property
    def mark(self) -> str:
        """The mark before the name."""
        return self.value[0]

    @property
    def role(self) -> str:
        """The colour of the mark."""
        return self.value[1]

    @property
    def limits(self) -> bool:
        """True when what can be proposed is less than what may be free: said in amber."""
        return self.role == "verify"

    def counted(self, count: int) -> str:
        """`1 muet`, `2 muets`, without the number."""
        return self.value[2] if count < 2 else self.value[3]


_STANDINGS = {
    SourceState.ANSWERED: Standing.ANSWERED,
    SourceState.EMPTY: Standing.EMPTY,
    SourceState.LATE: Standing.LATE,
    SourceState.REFUSED: Standing.REFUSED,
    SourceState.FAILED: Standing.FAILED,
    SourceState.STALE: Standing.STALE,
}
_FOLDED = (
    Standing.ANSWERED,
    Standing.ASKING,
    Standing.LATE,
    Standing.PAUSED,
    Standing.FAILED,
    Standing.REFUSED,
    Standing.STALE,
    Standing.BY_HAND,
    Standing.NOT_ASKED,
)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source of the strip. `words` are never cut; `name` may be. `details` are its further lines."""

    id: str
    name: str
    standing: Standing
    words: str
    time: str = ""
    details: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What a screen reader hears."""
        said = self.words.replace(" · ", ", ")
        return f"{self.name}, {said}" + (f", {spoken(self.time)}" if self.time else "")


@dataclass(frozen=True, slots=True)
class SourceCount:
    """One part of the folded line: `4 répondu`."""

    standing: Standing
    count: int

    @property
    def words(self) -> str:
        """The number and its word."""
        return f"{self.count} {self.standing.counted(self.count)}"


def source_line(
    source: AgendaSource, answer: SourceAnswer | None, now: datetime, *, asking: bool = False, typed: int = 0
) -> SourceLine:
    """The line of a source: `asking` while it is at work, `answer` how it last ended.

    `typed` counts what was written down by hand for a portal or a phone.
    """
    if source.kind in BY_HAND:
        return SourceLine(source.id, source.name, Standing.BY_HAND, _by_hand(source, typed))
    if asking:
        return SourceLine(source.id, source.name, Standing.ASKING, ASKING, details=_before(answer, now))
    if answer is None:
        return SourceLine(source.id, source.name, Standing.NOT_ASKED, "pas encore interrogé")
    standing = standing_of(answer, now)
    stale = standing is Standing.STALE and answer.data_at is not None
    at = answer.data_at if stale and answer.data_at is not None else answer.at
    time = f"{in_paris(at):%H:%M}" if stale else f"{in_paris(at):%H:%M:%S}"
    return SourceLine(
        source.id, source.name, standing, state_words(answer, now), time, tuple(_details(answer, now))
    )


def standing_of(answer: SourceAnswer, now: datetime) -> Standing:
    """How an answer stands; a source that was left alone at rest is paused until its rest is over."""
    if _was_left_alone(answer) and answer.paused_until is not None and now < answer.paused_until:
        return Standing.PAUSED
    return _STANDINGS[answer.state]


def state_words(answer: SourceAnswer, now: datetime) -> str:
    """The state word of the interface's table (§1.3), with what goes with it."""
    again = _again(answer, now)
    match standing_of(answer, now):
        case Standing.ANSWERED:
            found = f"répondu · {_slots(answer.read)}"
            return f"{found}, {answer.rejected} illisible{_s(answer.rejected)}" if answer.rejected else found
        case Standing.EMPTY:
            had = answer.had_slots_at
            return NOTHING_FREE + (f"\u202f; en avait {short_day(had, now)}" if had is not None else "")
        case Standing.LATE:
            return f"pas de réponse après {max(1, round(answer.took_ms / 1000))} s{again}"
        case Standing.PAUSED:
            assert answer.paused_until is not None
            return f"en pause jusqu’à {in_paris(answer.paused_until):%H:%M}"
        case Standing.STALE:
            return f"données vieilles de {age(answer.data_at or answer.at, now)}"
        case Standing.REFUSED:
            return _because(REFUSED, answer.message) + again
        case _:
            return _because(FAILED, answer.message) + again


def folded(lines: Iterable[SourceLine]) -> tuple[SourceCount, ...]:
    """The strip on one line: what answered first, then what limits the answer."""
    counted: Counter[Standing] = Counter(
        Standing.ANSWERED if line.standing is Standing.EMPTY else line.standing for line in lines
    )
    return tuple(SourceCount(one, counted[one]) for one in _FOLDED if counted[one])


def search_span(answers: Iterable[SourceAnswer]) -> str:
    """`recherche de 10:01:58 · 7,0 s`: when the last search began and how long its slowest agenda took."""
    settled = list(answers)
    if not settled:
        return ""
    last = max(settled, key=_began)
    began = _began(last)
    same = [one for one in settled if abs((_began(one) - began).total_seconds()) < SAME_SEARCH_S]
    return f"recherche de {in_paris(began):%H:%M:%S} · {_took(max(one.took_ms for one in same))}"


def _began(answer: SourceAnswer) -> datetime:
    return answer.at - timedelta(milliseconds=answer.took_ms)


def age(since: datetime, now: datetime) -> str:
    """`12 min`, `1 h 52`, `3 j`: how long ago, minutes rounded down."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02}" if hours < 48 else f"{hours // 24} j"


def day_and_time(instant: datetime, now: datetime) -> str:
    """A past instant in a sentence: `à 10:02`, `hier à 18:40`, `lundi 23 à 9:10`, `le 03/11 à 9:10`."""
    then, today = in_paris(instant), in_paris(now).date()
    days = (today - then.date()).days
    if days == 0:
        return f"à {then:%H:%M}"
    if days == 1:
        return f"hier à {then:%H:%M}"
    if 1 < days <= 6:
        return f"{DAYS[then.weekday()]} {then.day} à {then:%H:%M}"
    return f"le {then:%d/%m} à {then:%H:%M}"


def short_day(instant: datetime, now: datetime) -> str:
    """A past day where room lacks: `à 9:10` today, `hier`, `lundi 23`, `le 03/11`."""
    then, today = in_paris(instant), in_paris(now).date()
    days = (today - then.date()).days
    if days == 0:
        return f"à {then:%H:%M}"
    if days == 1:
        return "hier"
    return f"{DAYS[then.weekday()]} {then.day}" if days <= 6 else f"le {then:%d/%m}"


def _by_hand(source: AgendaSource, typed: int) -> str:
    kind = "téléphone" if source.kind is SourceKind.PHONE else "portail"
    return f"{kind} · {typed} saisi{_s(typed)} à la main"


def _was_left_alone(answer: SourceAnswer) -> bool:
    return answer.state is SourceState.FAILED and answer.took_ms == 0 and answer.paused_until is not None


def _again(answer: SourceAnswer, now: datetime) -> str:
    until = answer.paused_until
    return f" · nouvel essai à {in_paris(until):%H:%M}" if until is not None and until > now else ""


def _because(state: str, message: str | None) -> str:
    """`erreur : réponse illisible`: the state, then why, where the source or the connector says it."""
    why = (message or "").strip().rstrip(".")
    if not why or why.casefold() == state:
        return state
    why = why if why[:2].isupper() else why[:1].lower() + why[1:]
    return why if why.startswith(state) else f"{state}\u202f: {why}"


def _before(answer: SourceAnswer | None, now: datetime) -> tuple[str, ...]:
    return (f"Avant\u202f: {state_words(answer, now)}",) if answer is not None else ()


def _details(answer: SourceAnswer, now: datetime) -> Iterable[str]:
    """What Entrée adds to the line: since when, what was lost, when it last had slots, when it is tried."""
    if answer.message:
        why = answer.message.strip().rstrip(".")
        yield f"{why[:1].upper()}{why[1:]}."
    yield f"Depuis {in_paris(answer.at):%H:%M:%S}, en {_took(answer.took_ms)}."
    if answer.rejected:
        total = answer.read + answer.rejected
        yield f"{_slots(answer.rejected).capitalize()} écarté{_s(answer.rejected)} sur {total}."
    if answer.had_slots_at is not None:
        yield f"Avait encore des créneaux {day_and_time(answer.had_slots_at, now)}."
    if answer.paused_until is not None and answer.paused_until > now:
        yield f"Laissé en paix jusqu’{day_and_hour(answer.paused_until, now)}."


def _took(milliseconds: int) -> str:
    seconds = timedelta(milliseconds=milliseconds).total_seconds()
    return f"{seconds:.1f} s".replace(".", ",")


def _slots(count: int) -> str:
    return f"{count} créneau{'x' if count > 1 else ''}"


def _s(count: int) -> str:
    return "s" if count > 1 else ""

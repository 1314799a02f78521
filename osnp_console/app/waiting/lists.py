"""The waiting lists as they are followed: which there are, who is on one, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from osnp_console.app.waiting.asked import list_title
from osnp_console.app.waiting.read import ListCount
from osnp_console.app.waiting.rules import list_rules
from osnp_console.app.waiting.words import MOVE_WORDS, STATE_WORDS, end_words
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.phone import read_phone
from osnp_console.domain.waiting_entry import EntryMove, EntryState, Registered, WaitingEntry
from osnp_console.domain.waiting_list import WaitingList

NO_PHONE = "Aucun numéro pour rappeler."
NO_CONSENT_YET = "pas encore donné"
_OF_THE_RULES = ("Où", "Durée", "Séances")
_OPEN = (EntryState.PREPARED, EntryState.REGISTERED, EntryState.CONTACTED)
_PAST_WORDS: Mapping[EntryMove, str] = {
    EntryMove.REGISTER: "inscrit",
    EntryMove.CONTACT: "contacté",
    EntryMove.HONOUR: "honoré",
    EntryMove.REFUSE: "refusé",
    EntryMove.WITHDRAW: "retiré",
}


@dataclass(frozen=True, slots=True)
class FollowedList:
    """One list to choose; `title` is its name with how many wait."""

    dispositif: str
    title: str
    waiting: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One person in a list: the name, what for, until when, since when and with which priority."""

    key: str
    name: str
    need: str
    end: str
    second: str
    state: EntryState
    is_open: bool


@dataclass(frozen=True, slots=True)
class EntryFact:
    """One line of what is known of an entry, its label at the left (may be empty)."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry read whole. `phone` is as shown, empty without one; `moves` what may be done on that day."""

    key: str
    name: str
    state: str
    phone: str
    mail: str
    facts: tuple[EntryFact, ...]
    person: tuple[EntryFact, ...]
    steps: tuple[EntryFact, ...]
    moves: tuple[tuple[EntryMove, str], ...]
    asks_consent: bool


def followed_lists(
    dispositifs: Iterable[Dispositif], counts: Mapping[str, ListCount]
) -> tuple[FollowedList, ...]:
    """The lists of the catalogue, and those on which somebody is; those where somebody waits come first."""
    found = []
    for one in dispositifs:
        count = counts.get(one.id)
        if one.waiting_list is not None or count is not None:
            waiting = count.waiting + count.prepared if count is not None else 0
            words = f" ({waiting})" if waiting else ""
            found.append(FollowedList(one.id, f"{list_title(one)}{words}", waiting))
    found.sort(key=lambda one: not one.waiting)
    return tuple(found)


def entry_row(entry: WaitingEntry, day: date) -> EntryRow:
    """The row of an entry on a day."""
    state = entry.state_on(day)
    since = f"{STATE_WORDS[state]} depuis le {in_paris(entry.since):%d/%m}"
    if state is EntryState.EXPIRED:
        registered = entry.registered_at or entry.made_at
        since = f"inscrit le {in_paris(registered):%d/%m}"
    second = " · ".join(part for part in (since, entry.priority) if part)
    end = end_words(entry, day) if state in (*_OPEN, EntryState.EXPIRED) else STATE_WORDS[state]
    return EntryRow(entry.id, name_of(entry.person), entry.need, end, second, state, state in _OPEN)


def entry_shown(
    entry: WaitingEntry, rules: WaitingList | None, commune: Callable[[str], str], day: date
) -> EntryShown:
    """An entry as it is read on a day; `commune` gives a name by its INSEE code."""
    state = entry.state_on(day)
    end = end_words(entry, day)
    return EntryShown(
        key=entry.id,
        name=name_of(entry.person),
        state=" · ".join(part for part in (STATE_WORDS[state].capitalize(), end) if part),
        phone=read_phone(entry.person.phone).shown,
        mail=entry.person.mail,
        facts=tuple(_facts(entry, rules)),
        person=tuple(_person(entry.person, commune)),
        steps=tuple(_steps(entry)),
        moves=tuple((move, MOVE_WORDS[move]) for move in EntryMove if move in entry.moves_on(day)),
        asks_consent=entry.kept_here and entry.consented_at is None and state is EntryState.PREPARED,
    )


def name_of(person: Registered) -> str:
    """`MARTIN Léa`."""
    return " ".join(part for part in (person.name, person.first_names) if part)


def _facts(entry: WaitingEntry, rules: WaitingList | None) -> Iterable[EntryFact]:
    if entry.need:
        yield EntryFact("Pour", entry.need)
    if entry.priority:
        yield EntryFact("Priorité", entry.priority)
    if entry.kept_here:
        given = entry.consented_at
        yield EntryFact("Accord", f"le {in_paris(given):%d/%m/%Y}" if given is not None else NO_CONSENT_YET)
    for one in list_rules(rules) if rules is not None else ():
        if one.label in _OF_THE_RULES:
            yield EntryFact(one.label, one.text)


def _person(person: Registered, commune: Callable[[str], str]) -> Iterable[EntryFact]:
    if person.birth:
        yield EntryFact("Né(e) le", person.birth)
    if person.commune:
        yield EntryFact("Commune", commune(person.commune))
    if person.mail:
        yield EntryFact("Courriel", person.mail)


def _steps(entry: WaitingEntry) -> Sequence[EntryFact]:
    steps = [
        EntryFact(
            f"{in_paris(step.at):%d/%m %H:%M}",
            " · ".join(part for part in (_PAST_WORDS[step.move], step.text) if part),
            " · ".join(part for part in (step.person, f"poste {step.desk}") if part),
        )
        for step in entry.steps
    ]
    begun = EntryFact(f"{in_paris(entry.made_at):%d/%m %H:%M}", "noté dans l’appel", f"poste {entry.desk}")
    first = entry.steps[0] if entry.steps else None
    return steps if first is not None and first.at == entry.made_at else [begun, *steps]

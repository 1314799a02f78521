"""Somebody put on a waiting list and followed there: in the list's own tool, or in the one kept here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import OpenUnit, Unit
from osnp_console.app.waiting import words
from osnp_console.domain import journal
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import fold
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.states import State
from osnp_console.domain.waiting_entry import (
    EntryMove,
    EntryState,
    NotConsented,
    Registered,
    WaitingEntry,
)
from osnp_console.domain.waiting_list import WaitingList


def prepare_entry(
    key: str,
    dispositif: str,
    call: str,
    person: Registered,
    desk: str,
    now: datetime,
    *,
    rules: WaitingList,
    consented: bool = False,
    need: str = "",
    priority: str = "",
    may: State = State.UNKNOWN,
) -> WaitingEntry:
    """An entry that begins, from what was typed in the call.

    `may` is whether the desk may register; what is not known stops nobody. Raises Refusal at the field
    that lacks (`champ_manquant`), is no priority of the list (`valeur_invalide`), or forbids it
    (`interdit`): a list kept here takes nobody who could not be called back, has not said yes, or whom its
    source has others register.
    """
    if not person.name.strip():
        raise Refusal("champ_manquant", words.NO_NAME, "patient.nom_naissance")
    if rules.kept_here and may is State.UNMET:
        raise Refusal("interdit", words.NOT_THIS_DESK, "poste.role")
    if rules.kept_here and not (person.phone.strip() or person.mail.strip()):
        raise Refusal("champ_manquant", words.NO_CONTACT, "patient.telephone")
    if rules.kept_here and not consented:
        raise Refusal("champ_manquant", words.NO_CONSENT, "accord")
    if person.mail.strip() and not words.MAIL.fullmatch(person.mail.strip()):
        raise Refusal("valeur_invalide", words.NO_MAIL, "courriel")
    if priority and priority not in rules.priorities:
        raise Refusal("valeur_invalide", words.NO_PRIORITY, "priorite")
    return WaitingEntry(
        id=key,
        dispositif=dispositif,
        call=call,
        person=person,
        desk=desk,
        made_at=now,
        kept_here=rules.kept_here,
        state_since=now,
        consented_at=now if consented else None,
        need=need.strip(),
        priority=priority,
    )


def keep(entry: WaitingEntry) -> Callable[[OpenUnit], WaitingEntry]:
    """Work for the store: keep an entry that begins. Raises StoreFailure, Forbidden."""

    def work(open_unit: OpenUnit) -> WaitingEntry:
        with open_unit() as unit:
            unit.session.require(Act.TAKE_CALL)
            before = _kept_before(unit, entry)
            if before is not None:
                return before
            saved = unit.waiting.save(entry)
            unit.journal.append(_told(saved, saved.desk, saved.made_at))
            unit.commit()
        return saved

    return work


def _kept_before(unit: Unit, entry: WaitingEntry) -> WaitingEntry | None:
    """The entry as an earlier try kept it, whose answer was lost; None for the first.

    Until this one is written nobody else writes on the list: of two desks with one patient, one finds the
    other's entry.
    """
    unit.waiting.hold(entry.dispositif)
    return next((one for one in unit.waiting.of_list(entry.dispositif) if one.id == entry.id), None)


@dataclass(frozen=True, slots=True)
class EntryMoved:
    """The entry as it is now; `refused` is the sentence that says why nothing was done, empty when it was.

    `asked` is the entry that was to begin, where `entry` is another that stands in its way; `is_double`
    when that one only looks like the same patient, and both may be wanted.
    """

    entry: WaitingEntry
    refused: str = ""
    asked: str = ""
    is_double: bool = False


def enrol(
    entry: WaitingEntry, rules: WaitingList, *, again: bool = False
) -> Callable[[OpenUnit], EntryMoved]:
    """Work for the store: keep an entry that begins and register it, at once. Raises StoreFailure, Forbidden.

    Of one call a patient is on a list once: the entry that another desk made meanwhile is answered instead.
    Of another call, somebody who looks like the same patient and still waits is answered too, unless both
    are wanted (`again`).
    """

    def work(open_unit: OpenUnit) -> EntryMoved:
        with open_unit() as unit:
            unit.session.require(Act.TAKE_CALL)
            before = _kept_before(unit, entry)
            if before is not None:
                return EntryMoved(before)
            day = in_paris(entry.made_at).date()
            there = already_there(unit.waiting.of_call(entry.call), entry, day) if entry.call else None
            if there is not None:
                return EntryMoved(there, words.ALREADY_THERE, entry.id)
            double = None if again else double_of(unit.waiting.of_list(entry.dispositif), entry, day)
            if double is not None:
                return EntryMoved(double, words.double_words(double), entry.id, is_double=True)
            begun = unit.waiting.save(entry)
            moved = begun.moved(
                EntryMove.REGISTER,
                entry.made_at,
                entry.desk,
                unit.session.name,
                ends_on=rules.ends_on(day),
            )
            saved = unit.waiting.save(moved)
            unit.journal.append(_told(saved, saved.desk, saved.made_at))
            unit.commit()
        return EntryMoved(saved)

    return work


def already_there(entries: Sequence[WaitingEntry], like: WaitingEntry, day: date) -> WaitingEntry | None:
    """The entry that is on the same list and not over on a day, or is still to be registered there."""
    return next(
        (
            one
            for one in entries
            if one.dispositif == like.dispositif and one.id != like.id and one.moves_on(day)
        ),
        None,
    )


def double_of(entries: Sequence[WaitingEntry], like: WaitingEntry, day: date) -> WaitingEntry | None:
    """Who on the list, and not off it on a day, looks like the same patient.

    The same name and first names, with the same birth as typed or the same number: a likeness, by a
    convention of ours, which the operator settles.
    """

    def same(one: Registered, other: Registered) -> bool:
        names = [fold(f"{who.name} {who.first_names}") for who in (one, other)]
        by_birth = bool(one.birth) and one.birth == other.birth
        return names[0] == names[1] and (by_birth or (bool(one.phone) and one.phone == other.phone))

    waiting = (one for one in entries if one.id != like.id and one.moves_on(day))
    return next((one for one in waiting if same(one.person, like.person)), None)


def move_entry(
    key: str,
    move: EntryMove,
    desk: str,
    now: datetime,
    *,
    text: str = "",
    rules: WaitingList | None = None,
) -> Callable[[OpenUnit], EntryMoved]:
    """Work for the store: make a move, on the entry as it stands there. Raises StoreFailure, Forbidden.

    `rules` are the list's: they say how long one stays from the day of the registration.
    """

    def work(open_unit: OpenUnit) -> EntryMoved:
        with open_unit() as unit:
            unit.session.require(Act.TAKE_CALL)
            unit.waiting.hold(key)
            entry, day = unit.waiting.get(key), in_paris(now).date()
            if move not in entry.moves_on(day):
                return EntryMoved(entry, refused_words(entry, move, day))
            ends_on = rules.ends_on(day) if rules is not None else None
            try:
                moved = entry.moved(move, now, desk, unit.session.name, text, ends_on)
            except NotConsented:
                return EntryMoved(entry, words.NO_CONSENT)
            saved = unit.waiting.save(moved)
            unit.journal.append(_told(saved, desk, now, text))
            unit.commit()
        return EntryMoved(saved)

    return work


def consent(key: str, desk: str, now: datetime) -> Callable[[OpenUnit], WaitingEntry]:
    """Work for the store: the patient said yes to being kept on the list. Raises StoreFailure, Forbidden."""

    def work(open_unit: OpenUnit) -> WaitingEntry:
        with open_unit() as unit:
            unit.session.require(Act.TAKE_CALL)
            unit.waiting.hold(key)
            entry = unit.waiting.get(key)
            if entry.consented_at is not None:
                return entry
            saved = unit.waiting.save(replace(entry, consented_at=now))
            told = {words.ENTRY: key, words.LIST: entry.dispositif, words.WHAT: "accord du patient"}
            unit.journal.append(JournalEntry(desk, now, journal.WAITING, entry.call or None, told))
            unit.commit()
        return saved

    return work


def _told(entry: WaitingEntry, desk: str, now: datetime, text: str = "") -> JournalEntry:
    told: dict[str, object] = {
        words.ENTRY: entry.id,
        words.LIST: entry.dispositif,
        words.STATE: entry.state.value,
    }
    if text.strip():
        told["motif"] = text.strip()
    return JournalEntry(desk, now, journal.WAITING, entry.call or None, told)


def refused_words(entry: WaitingEntry, move: EntryMove, day: date) -> str:
    """Why a move is refused: the state in which the entry is."""
    state = entry.state_on(day)
    if state is EntryState.EXPIRED:
        return f"Rien n’a été changé\u202f: l’inscription a {words.end_words(entry, day)}."
    since = f"{in_paris(entry.since):%d/%m à %H:%M}"
    return (
        f"« {words.MOVE_WORDS[move]} » n’a pas été noté\u202f: {words.STATE_WORDS[state]} depuis le {since}."
    )

"""Somebody put on a waiting list and followed there: in the list's own tool, or in the one kept here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import OpenUnit
from osnp_console.app.waiting import words
from osnp_console.domain import journal
from osnp_console.domain.clock import in_paris
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
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
) -> WaitingEntry:
    """An entry that begins, from what was typed in the call.

    Raises Refusal (`manquant`) at the field that lacks: on a list kept here the patient has to be called
    back, and has to have said yes.
    """
    if not person.name.strip():
        raise Refusal("manquant", words.NO_NAME, "patient.nom_naissance")
    if rules.kept_here and not (person.phone.strip() or person.mail.strip()):
        raise Refusal("manquant", words.NO_CONTACT, "patient.telephone")
    if rules.kept_here and not consented:
        raise Refusal("manquant", words.NO_CONSENT, "accord")
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
            saved = unit.waiting.save(entry)
            unit.journal.append(_told(saved, saved.desk, saved.made_at))
            unit.commit()
        return saved

    return work


@dataclass(frozen=True, slots=True)
class EntryMoved:
    """The entry as it is now; `refused` is the sentence that says why nothing was done, empty when it was."""

    entry: WaitingEntry
    refused: str = ""


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

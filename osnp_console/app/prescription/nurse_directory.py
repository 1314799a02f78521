"""The directory of nurses: entries put and removed by whoever keeps it, read by whoever sends a nurse."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from osnp_console.app.ports import OpenUnit
from osnp_console.domain.commune import fold
from osnp_console.domain.journal import DIRECTORY_CHANGED, EXPORTED, JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.phone import read_phone
from osnp_console.domain.prescription.nurses import Nurse


def all_nurses(open_unit: OpenUnit) -> tuple[Nurse, ...]:
    """Work for the store: everybody, by name. Raises Forbidden."""
    with open_unit() as unit:
        if not unit.session.may(Act.EDIT_NURSES):
            unit.session.require(Act.PREPARE_PRESCRIPTION)
        return tuple(unit.nurses.all())


def search_nurses(nurses: Iterable[Nurse], text: str) -> tuple[Nurse, ...]:
    """Those of whom each word of `text` is found: in a name, a practice, a number, a phone, a commune's code.

    Accents and case count for nothing; an empty text finds everybody.
    """
    words = fold(text).split()
    return tuple(one for one in nurses if all(word in _found_by(one) for word in words))


def _found_by(one: Nurse) -> str:
    phone = read_phone(one.phone).shown if one.phone else ""
    bare = "".join(phone.split())
    return fold(" ".join((one.name, one.practice, one.number, phone, bare, one.commune, *one.communes)))


def exported_nurses(desk: str, now: datetime) -> Callable[[OpenUnit], tuple[Nurse, ...]]:
    """Work for the store: everybody, to be taken away; the journal says it. Raises Forbidden."""

    def work(open_unit: OpenUnit) -> tuple[Nurse, ...]:
        with open_unit() as unit:
            unit.session.require(Act.EXPORT)
            found = tuple(unit.nurses.all())
            told = {"quoi": "infirmiers", "nombre": len(found)}
            unit.journal.append(JournalEntry(desk, now, EXPORTED, None, told))
            unit.commit()
        return found

    return work


def put_nurses(nurses: Iterable[Nurse], desk: str, now: datetime) -> Callable[[OpenUnit], int]:
    """Work for the store: add nurses or replace their entries, all or none; how many. Raises Forbidden."""
    entries = tuple(nurses)

    def work(open_unit: OpenUnit) -> int:
        with open_unit() as unit:
            unit.session.require(Act.EDIT_NURSES)
            for nurse in entries:
                unit.nurses.put(nurse)
            if entries:
                told = {"annuaire": "infirmiers", "nombre": len(entries)}
                unit.journal.append(JournalEntry(desk, now, DIRECTORY_CHANGED, None, told))
                unit.commit()
        return len(entries)

    return work


def remove_nurse(nurse: str, desk: str, now: datetime) -> Callable[[OpenUnit], bool]:
    """Work for the store: remove an entry; False when there is none of that id. Raises Forbidden."""

    def work(open_unit: OpenUnit) -> bool:
        with open_unit() as unit:
            unit.session.require(Act.EDIT_NURSES)
            if not unit.nurses.remove(nurse):
                return False
            told = {"annuaire": "infirmiers", "retire": 1}
            unit.journal.append(JournalEntry(desk, now, DIRECTORY_CHANGED, None, told))
            unit.commit()
        return True

    return work

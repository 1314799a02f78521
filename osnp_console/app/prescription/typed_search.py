"""What is typed, or scanned, to find a prescription: a number, a FINESS, a date, an act, a nurse, a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.prescription.find import by_datamatrix, by_number, search
from osnp_console.app.prescription.records import PrescriptionQuery
from osnp_console.domain.commune import fold
from osnp_console.domain.identifiers import finess_fault
from osnp_console.domain.prescription.canonical import read_datamatrix
from osnp_console.domain.prescription.content import ACTS
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.domain.prescription.prescription import Prescription

_NUMBER = re.compile(r"[a-z0-9-]+-\d{4}-\d{5,}", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?", re.ASCII)
_FINESS_PARTS = re.compile(r"(?<!\S)([0-9][0-9AB](?:\s?\d){7})(?!\S)", re.ASCII | re.IGNORECASE)
_WORDS = {"aujourd’hui": 0, "aujourd'hui": 0, "hier": 1}


@dataclass(frozen=True, slots=True)
class TypedSearch:
    """What was understood. `scanned` is a DataMatrix; `nurses` are the directory's ids the names may mean."""

    query: PrescriptionQuery
    nurses: tuple[str, ...] = ()
    scanned: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for."""
        return not self.scanned and self.query == PrescriptionQuery()


def read_search(text: str, today: date, nurses: Iterable[Nurse] = ()) -> TypedSearch:
    """Read a line; what is no number, FINESS, date nor act is a name: of a patient, or of a nurse."""
    bare = text.strip()
    if read_datamatrix(bare) is not None:
        return TypedSearch(PrescriptionQuery(), scanned=bare)
    if _NUMBER.fullmatch(bare):
        return TypedSearch(PrescriptionQuery(number=bare))
    query = PrescriptionQuery()
    found = _FINESS_PARTS.search(bare)
    if found is not None and finess_fault(found[1]) is None:
        query = replace(query, finess="".join(found[1].split()).upper())
        bare = f"{bare[: found.start()]} {bare[found.end() :]}"
    rest = []
    for word in bare.split():
        day, act = _day(word, today), _act(word)
        if day is not None:
            query = replace(query, since=day, until=day)
        elif act:
            query = replace(query, act=act)
        else:
            rest.append(word)
    name = " ".join(rest)
    return TypedSearch(replace(query, patient=name), _nurses_called(name, nurses))


def _day(word: str, today: date) -> date | None:
    if word.casefold() in _WORDS:
        return today - timedelta(days=_WORDS[word.casefold()])
    found = _DAY.fullmatch(word)
    if found is None:
        return None
    year = int(found[3]) if found[3] else today.year
    try:
        day = date(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
    except ValueError:
        return None
    # Without a year, a day that has not come yet is last year's.
    return day.replace(year=day.year - 1) if not found[3] and day > today and day.day < 29 else day


def _act(word: str) -> str:
    """`pansement`, `perfusion`: an act named by a word that only it bears."""
    folded = fold(word)
    bearing = [code for code, name in ACTS.items() if folded in fold(name).split() or word == code]
    return bearing[0] if len(folded) >= 5 and len(bearing) == 1 else ""


def _nurses_called(name: str, nurses: Iterable[Nurse]) -> tuple[str, ...]:
    words = fold(name).split()
    if not words:
        return ()
    return tuple(one.id for one in nurses if _bears(fold(f"{one.name} {one.practice}").split(), words))


def _bears(names: list[str], words: list[str]) -> bool:
    return all(any(name.startswith(word) for name in names) for word in words)


def find_typed(
    typed: TypedSearch, desk: str, now: datetime
) -> Callable[[OpenUnit], tuple[Prescription, ...]]:
    """Work for the store: those that match, latest first; nothing for a number that nobody bears.

    Raises Refusal for a scanned paper that is no prescription's, Forbidden, StoreFailure.
    """

    def work(open_unit: OpenUnit) -> tuple[Prescription, ...]:
        if typed.scanned:
            return (by_datamatrix(typed.scanned, desk, now)(open_unit),)
        if typed.query.number:
            try:
                return (by_number(typed.query.number, desk, now)(open_unit),)
            except StoreFailure as failure:
                if failure.code == "introuvable":
                    return ()
                raise
        found = list(search(typed.query, desk, now)(open_unit))
        for nurse in typed.nurses:
            of_nurse = replace(typed.query, patient="", nurse=nurse)
            known = {one.id for one in found}
            found += [one for one in search(of_nurse, desk, now)(open_unit) if one.id not in known]
        return tuple(sorted(found, key=lambda one: one.made_at, reverse=True))

    return work

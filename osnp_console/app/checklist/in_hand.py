"""The checklist of an open call, read for the window: counts, order, rows' words; nothing here draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.checklist.arrange import Arranger
from osnp_console.app.checklist.arrangement import Arrangement, TerritoryEntry
from osnp_console.app.checklist.check_eligibility import Answer
from osnp_console.app.checklist.questions_left import only_territory
from osnp_console.app.checklist.row_words import (
    RowWords,
    TerritoryWords,
    out_of_service_words,
    row_words,
    territory_words,
)
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Checklist, Row
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.facts import Fact
from osnp_console.domain.states import Verdict


@dataclass(frozen=True, slots=True)
class Counts:
    """How many dispositifs have each verdict."""

    eligible: int = 0
    to_check: int = 0
    refused: int = 0
    out_of_service: int = 0

    @property
    def sentence(self) -> str:
        """What a screen reader hears of a change, such as `Un dispositif éligible, 13 à vérifier.`."""
        many = f"{self.eligible} dispositifs éligibles"
        eligible = {0: "Aucun dispositif éligible", 1: "Un dispositif éligible"}.get(self.eligible, many)
        return f"{eligible}, {self.to_check} à vérifier."


class ChecklistInHand:
    """One open call's checklist, read as often as it is painted.

    Words are made when a row is looked at and kept until `forget`: at a keystroke only the rows on screen
    are worded again.
    """

    def __init__(self, call: OpenCall, defined: Mapping[str, Fact]) -> None:
        self.call = call
        self._defined = defined
        self._checklist: Checklist | None = None
        self._rows: dict[str, Row] = {}
        self._out: dict[str, tuple[Dispositif, str]] = {}
        self._words: dict[str, RowWords] = {}
        self._arranger: Arranger | None = None
        self._arranged: tuple[Call, datetime, Arrangement] | None = None

    def forget(self) -> None:
        """Something was typed, or a minute has passed: rows are to be worded again."""
        self._words.clear()

    def counts(self) -> Counts:
        """The verdicts as they stand now."""
        self._follow()
        eligible = to_check = refused = 0
        for row in self._rows.values():
            if row.unmet:
                refused += 1
            elif row.unknown:
                to_check += 1
            else:
                eligible += 1
        return Counts(eligible, to_check, refused, len(self._out))

    def arrange(self, now: datetime) -> Arrangement:
        """Everything in order, as of now; hours are told by the minute."""
        self._follow()
        judge, facts, minute = self.call.answer, self.call.call, now.replace(second=0, microsecond=0)
        if self._arranger is None:
            self._arranger = Arranger(self.call.checklist, self._out.values(), self._defined)
        elif self._arranged is not None and self._arranged[:2] == (facts, minute):
            return self._arranged[2]
        arrangement = self._arranger.arrange(lambda dispositif: judge(dispositif, now), minute)
        self._arranged = (facts, minute, arrangement)
        return arrangement

    def words(self, dispositif: Dispositif, now: datetime) -> RowWords:
        """A dispositif's row."""
        self._follow()
        found = self._words.get(dispositif.id)
        if found is None:
            found = self._words[dispositif.id] = self._make(dispositif, now)
        return found

    def territory(self, entry: TerritoryEntry) -> TerritoryWords:
        """A CPTS's row, with what the operator said of it."""
        return territory_words(entry, self.call.call.truth(entry.fact))

    def answer(self, dispositif: Dispositif, now: datetime) -> Answer:
        """The whole judgement of a dispositif, with ways in and hours."""
        return self.call.answer(dispositif, now)

    def verdict(self, name: str) -> Verdict:
        """The verdict of the dispositif of that id, as it stands."""
        self._follow()
        row = self._rows.get(name)
        return row.verdict if row is not None else Verdict.OUT_OF_SERVICE

    def find(self, name: str) -> Dispositif | None:
        """The dispositif of that id."""
        self._follow()
        row = self._rows.get(name)
        return row.dispositif if row is not None else self._out[name][0] if name in self._out else None

    def remaining(self) -> str:
        """What stays unknown when nothing is left to ask, and why; empty when all is settled."""
        self._follow()
        waiting = [row for row in self._rows.values() if row.verdict is Verdict.TO_CHECK]
        unlisted = sum(1 for row in waiting if only_territory(row) is not None)
        said = []
        if unlisted == 1:
            said.append("1 reste à vérifier\u202f: aucune source ne décrit son territoire.")
        elif unlisted:
            said.append(f"{unlisted} restent à vérifier\u202f: aucune source ne décrit leur territoire.")
        others = len(waiting) - unlisted
        if others:
            verb = "1 reste" if others == 1 else f"{others} restent"
            said.append(f"{verb} à vérifier\u202f: l’appelant ne peut pas le dire.")
        return " ".join(said)

    def _make(self, dispositif: Dispositif, now: datetime) -> RowWords:
        row = self._rows.get(dispositif.id)
        if row is None:
            _, why = self._out[dispositif.id]
            return out_of_service_words(dispositif.cpts, dispositif.nature, why)
        answer = self.call.answer(dispositif, now)
        return row_words(row, answer, self.call.call, self._defined, now)

    def _follow(self) -> None:
        """The call makes itself another checklist at midnight."""
        checklist = self.call.checklist
        if checklist is self._checklist:
            return
        self._checklist, self._arranger = checklist, None
        self._words.clear()
        self._rows = {row.dispositif.id: row for row in checklist.rows}
        day = checklist.moment.day
        self._out = {
            one.id: (one, one.out_of_service(day) or "")
            for one in checklist.dispositifs
            if one.id not in self._rows
        }

"""An open call and its checklist, kept up to date at every keystroke."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from osnp_console.app.checklist.check_eligibility import Answer, CheckEligibility, answer_for
from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import Desk
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.next_question import Question, next_question
from osnp_console.domain.sheet_reading import read_sheet


class OpenCall:
    """One call in hand. Not for several threads: it lives on the window's.

    `faults` has a French sentence for each field that holds a text no fact can be read from.
    `question` is the one to ask next, as of the last `settle`.
    """

    def __init__(self, record: CallRecord, desk: Desk, check: CheckEligibility, now: datetime) -> None:
        self.record = record
        self.desk = desk
        self.question: Question | None = None
        self._settled: tuple[Checklist, Call] | None = None
        self._check = check
        self._day = in_paris(record.taken_at).date()
        self._begin(now)

    def _begin(self, now: datetime) -> None:
        read = read_sheet(self.record.sheet, self.desk, self._check.words, self._day)
        self.faults = dict(read.faults)
        self.checklist = Checklist(self._check.catalogue.dispositifs, read.call, in_paris(now))
        self.settle()

    @property
    def call(self) -> Call:
        """The facts known now."""
        return self.checklist.call

    def take(self, record: CallRecord) -> frozenset[str]:
        """Take in a changed record of the same call; returns the ids whose verdict may have changed.

        Only the criteria that read a fact that changed are judged again.
        """
        before = self.record.sheet
        self.record = record
        if record.sheet is before or record.sheet == before:
            return frozenset()
        read = read_sheet(record.sheet, self.desk, self._check.words, self._day)
        self.faults = dict(read.faults)
        changed: set[str] = set()
        known, new = self.call.known, read.call.known
        for code in dict.fromkeys((*known, *new)):
            if known.get(code) != new.get(code):
                changed.update(self.checklist.learn(code, new.get(code)))
        self.checklist.call = replace(self.call, asked=read.call.asked)
        return frozenset(changed)

    def settle(self) -> Question | None:
        """Work out the next question: at each answer given, not at each letter."""
        before, self._settled = self._settled, (self.checklist, self.call)
        if before is not None and before[0] is self.checklist and before[1] == self.call:
            return self.question  # a name or a note is no fact
        emergency = self.call.truth(facts.VITAL_EMERGENCY) is True
        self.question = None if emergency else next_question(self.checklist, self._check.catalogue.facts)
        return self.question

    def pass_midnight(self, now: datetime) -> bool:
        """Judge again when the day has changed (validity dates, ages); returns whether it had."""
        if in_paris(now).date() == self.checklist.moment.day:
            return False
        self._begin(now)
        return True

    def answer(self, dispositif: Dispositif, now: datetime) -> Answer:
        """A dispositif's judgement with its ways in and the hours at that instant."""
        return answer_for(self.checklist.judgement(dispositif), self.call, in_paris(now))

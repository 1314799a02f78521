"""What other desks changed in the calls in hand: asked where both changed it, told where it was taken.

Outlives the panels, which a change of theme makes anew: what waits for an answer is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, Signal, Slot

from osnp_console.app.calls.changed_elsewhere import (
    Author,
    Authors,
    CallDifferences,
    Difference,
    Held,
    read_authors,
)
from osnp_console.app.calls.changed_words import ChangedWords
from osnp_console.app.calls.end_otherwise import EndAsked, end_otherwise
from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.domain import facts
from osnp_console.domain.call_merging import OUTCOME, CallMerge
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.clock import in_paris
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.calls import DeskCalls

LOOK_EVERY_S = 5
"""An answer that its author has not left yet is looked for again in the journal."""
ANONYMOUS_AFTER = timedelta(seconds=15)
"""What was taken is told without its author when the journal does not name one by then."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The first question of a call in words: what was changed, both answers, the two buttons.

    `place` is `1 sur 3`, empty when there is but one.
    """

    code: str
    sentence: str
    mine: str
    theirs: str
    keep: str
    take: str
    place: str = ""


class Differences(QObject):
    """What is to be asked and told of each call in hand.

    Signals:
        changed(object): an OpenCall whose questions, or their words, are others.
        told(object, str): an OpenCall, and a sentence for its journal strip.
        ended(str): a call that was open here was ended at another desk: the sentence.
        end_asked(): another end of a call is to be asked about, or none any more (`end`).
    """

    changed = Signal(object)
    told = Signal(object, str)
    ended = Signal(str)
    end_asked = Signal()

    def __init__(
        self,
        calls: DeskCalls,
        door: StoreDoor,
        sheets: Callable[[], CallSheetWords],
        questions: Mapping[str, str],
        own_desk: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        """`sheets` makes what reads sheets back; `questions` are those of the dispositifs by code."""
        super().__init__(parent)
        self._calls = calls
        self._door = door
        self._make_sheets = sheets
        self._questions = questions
        self._own_desk = own_desk
        self._sheets: CallSheetWords | None = None
        self._of: dict[str, CallDifferences] = {}
        self._ends: list[EndAsked] = []
        calls.ended_otherwise.connect(self._ended_otherwise)
        calls.edited.connect(self._edited)
        calls.settled.connect(self._settled)
        calls.changed_elsewhere.connect(self._merged)
        calls.closed.connect(self._forget)
        calls.ticked.connect(self._ticked)

    # --- what is asked ----------------------------------------------------------------------------------

    def first(self, call: OpenCall) -> Asked | None:
        """The first question of a call, with the answers as they are now; None when there is none."""
        waiting = self._waiting(call)
        if not waiting:
            return None
        one, sheet, taken = waiting[0], call.record.sheet, _day(call.record.taken_at)
        words, chosen = self._words(), self._of[call.record.id].chosen
        name, total = words.name(one.code), chosen + len(waiting)
        return Asked(
            one.code,
            words.question(one, self._today()),
            words.answer(one.code, one.mine, sheet, taken),
            words.answer(one.code, one.theirs, sheet, taken),
            f"Garder {name.mine}",
            f"Prendre {name.theirs}",
            f"{chosen + 1} sur {total}" if total > 1 else "",
        )

    def keep_mine(self) -> None:
        """For the call on screen: what stands here is the answer."""
        self._choose(lambda one: one.mine)

    def take_theirs(self) -> None:
        """For the call on screen: what stands at the other desk is the answer."""
        self._choose(lambda one: one.theirs)

    def _choose(self, chosen: Callable[[Difference], Held]) -> None:
        call = self._calls.current
        waiting = self._waiting(call) if call is not None else ()
        if call is None or not waiting:
            return
        code, held = waiting[0].code, chosen(waiting[0])
        self._of[call.record.id].drop(code)
        if Held.in_sheet(call.record.sheet, code) != held:
            self._calls.answer(code, held.answer)
            if held.pending:
                self._calls.type(code, held.pending)
        self._calls.settle()
        self.changed.emit(call)

    def _waiting(self, call: OpenCall) -> tuple[Difference, ...]:
        """The questions of a call; one is asked once it was looked up who changed the field."""
        of = self._of.get(call.record.id)
        return tuple(one for one in of.asked if one.is_looked_up) if of is not None else ()

    # --- the calls --------------------------------------------------------------------------------------

    @Slot(object, object)
    def _edited(self, call: OpenCall, changed: object) -> None:
        of = self._of.get(call.record.id)
        if of is not None:
            of.see(call.record.sheet)

    @Slot(object)
    def _settled(self, call: OpenCall) -> None:
        of = self._of.get(call.record.id)
        if of is not None and of.asked:
            of.settle()
            self.changed.emit(call)

    @Slot(object, object)
    def _merged(self, call: OpenCall, merge: CallMerge) -> None:
        if not call.record.is_open:
            self._tell_end(call)
            return
        of = self._of.get(call.record.id)
        if of is None:
            of = self._of[call.record.id] = self._begin(call)
        of.merge(merge, self._calls.clock())
        self._look(call, of)

    def _begin(self, call: OpenCall) -> CallDifferences:
        def same(code: str, one: Held, other: Held) -> bool:
            record = call.record
            return self._words().is_same(code, one, other, record.sheet, _day(record.taken_at))

        return CallDifferences(call.record.sheet, same)

    @Slot(object)
    def _forget(self, call: OpenCall) -> None:
        self._of.pop(call.record.id, None)

    @Slot(object)
    def _ticked(self, now: datetime) -> None:
        if now.second % LOOK_EVERY_S == 0:
            for call in self._calls.calls:
                of = self._of.get(call.record.id)
                if of is not None and (of.taken or of.wanted()):
                    self._look(call, of)

    # --- who did it -------------------------------------------------------------------------------------

    def _look(self, call: OpenCall, of: CallDifferences) -> None:
        answers = of.wanted()
        if not answers:
            self._learn(call, {}, {})
            return
        self._door.ask(
            read_authors(call.record.id, answers, self._own_desk()),
            lambda authors: self._learn(call, answers, authors),
            lambda failure: self._learn(call, answers, {}),
        )

    def _learn(self, call: OpenCall, answers: Mapping[str, Answer], authors: Authors) -> None:
        of = self._of.get(call.record.id)
        if of is None:
            return
        before = of.asked
        of.learn(answers, authors)
        self._tell_taken(call, of, answers, authors)
        if of.asked != before:
            self.changed.emit(call)

    def _tell_taken(
        self, call: OpenCall, of: CallDifferences, answers: Mapping[str, Answer], authors: Authors
    ) -> None:
        """What nobody is named for waits a little."""
        now, by = self._calls.clock(), dict[str, Author | None]()
        for code, one in list(of.taken.items()):
            is_read = code in answers and answers[code] == one.held.answer
            author = authors.get(code) if is_read else None
            if author is not None or now - one.at >= ANONYMOUS_AFTER:
                del of.taken[code]
                by[code] = author
        for sentence in self._taken_sentences(call, by):
            self.told.emit(call, sentence)

    def _taken_sentences(self, call: OpenCall, by: Authors) -> Iterator[str]:
        """One sentence for each who changed something, with the instant of the last change."""
        words, today = self._words(), self._today()
        groups: dict[tuple[str, str | None] | None, list[str]] = {}
        for code, author in by.items():
            who = (author.desk, author.person_name) if author is not None else None
            groups.setdefault(who, []).append(code)
        for codes in groups.values():
            authors = (by[code] for code in codes)
            last = max((one for one in authors if one is not None), key=lambda one: one.at, default=None)
            fields = [code for code in codes if code != facts.VITAL_EMERGENCY]
            if len(fields) < len(codes):
                yield words.alarm(call.record.alarm_at is not None, last, today)
            if fields:
                yield words.taken(fields, last, today)

    def _tell_end(self, call: OpenCall) -> None:
        title, outcome = call.record.title, call.record.outcome

        def tell(authors: Authors) -> None:
            self.ended.emit(self._words().ended(title, outcome, authors.get(OUTCOME), self._today()))

        work = read_authors(call.record.id, {OUTCOME: outcome}, self._own_desk())
        self._door.ask(work, tell, lambda failure: tell({}))

    # --- a call ended twice -----------------------------------------------------------------------------

    @property
    def end(self) -> EndAsked | None:
        """The first end of a call that is to be asked about."""
        return self._ends[0] if self._ends else None

    def answer_end(self, *, keep: bool) -> None:
        """The end of the other desk stays, or the call ends as it was ended here."""
        if not self._ends:
            return
        asked = self._ends.pop(0)
        if not keep:
            work = end_otherwise(asked.mine, self._own_desk(), self._calls.clock())
            self._door.ask(work, lambda written: None, lambda failure: self._ask_end(asked))
        self.end_asked.emit()

    def _ask_end(self, asked: EndAsked) -> None:
        self._ends.append(asked)
        self.end_asked.emit()

    @Slot(object, object)
    def _ended_otherwise(self, mine: CallRecord, merge: CallMerge) -> None:
        theirs = merge.record.outcome

        def ask(authors: Authors) -> None:
            author, words = authors.get(OUTCOME), self._words()
            sentence = words.outcome_question(mine.title, mine.outcome, theirs, author, self._today())
            self._ask_end(EndAsked(sentence, "Garder cette issue", "Remettre la mienne", mine))

        work = read_authors(mine.id, {OUTCOME: theirs}, self._own_desk())
        self._door.ask(work, ask, lambda failure: ask({}))

    # --- words ------------------------------------------------------------------------------------------

    def _words(self) -> ChangedWords:
        if self._sheets is None:
            self._sheets = self._make_sheets()
        return ChangedWords(self._sheets, self._questions, self._own_desk())

    def _today(self) -> date:
        return _day(self._calls.clock())


def _day(instant: datetime) -> date:
    return in_paris(instant).date()

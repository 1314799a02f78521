"""What another desk changed in a call: who did, when, and what is left to be asked or told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from osnp_console.app.ports import OpenUnit, PastEntry
from osnp_console.domain import facts, journal
from osnp_console.domain.call_merging import OUTCOME, BothChanged, CallMerge
from osnp_console.domain.call_sheet import ASKED, Answer, CallSheet
from osnp_console.domain.permissions import Act


@dataclass(frozen=True, slots=True)
class Author:
    """Who changed a field: a desk's code, the name of the person where one had signed in, the instant."""

    desk: str
    person_name: str | None
    at: datetime


Authors = Mapping[str, Author | None]


def authors_of(
    entries: Iterable[PastEntry],
    answers: Mapping[str, Answer],
    own_desk: str,
    name_of: Callable[[str], str | None] = lambda person: None,
) -> dict[str, Author | None]:
    """By code, who gave that answer at another desk, as the call's journal says.

    `answers` holds what another desk put there: an answer, for OUTCOME the outcome, for VITAL_EMERGENCY
    whether there is one. None where the journal does not say: its facts were purged, or the answer stands in
    the field there and was not left yet. `name_of` gives a person's name by their account.
    """
    last: dict[tuple[str, str], tuple[object, PastEntry]] = {}
    for entry in entries:
        if entry.line.desk != own_desk:
            for code, value in _given(entry):
                last[code, entry.line.desk] = value, entry
    found: dict[str, Author | None] = dict.fromkeys(answers)
    for (code, desk), (value, entry) in last.items():
        if code not in answers or value != _json(answers[code]):
            continue
        known = found[code]
        if known is None or known.at <= entry.line.at:
            person = entry.line.person
            found[code] = Author(desk, name_of(person) if person is not None else None, entry.line.at)
    return found


def _given(entry: PastEntry) -> Iterator[tuple[str, object]]:
    """What an entry says was answered; nothing once its facts were purged."""
    about = entry.facts
    if about is None:
        return
    if entry.line.kind == journal.ANSWERED:
        answers = about.get("reponses")
        yield from answers.items() if isinstance(answers, Mapping) else ()
    elif entry.line.kind == journal.CLOSED:
        yield OUTCOME, about.get("issue")
    elif entry.line.kind in (journal.ALARM, journal.ALARM_DROPPED):
        yield facts.VITAL_EMERGENCY, True if entry.line.kind == journal.ALARM else None


def _json(answer: Answer) -> object:
    return "?" if answer is ASKED else answer


def read_authors(
    call: str, answers: Mapping[str, Answer], own_desk: str
) -> Callable[[OpenUnit], dict[str, Author | None]]:
    """Work for the store: `authors_of` over the journal of a call. The work raises StoreFailure."""

    def work(open_unit: OpenUnit) -> dict[str, Author | None]:
        with open_unit() as unit:
            unit.session.require(Act.TAKE_CALL)

            def name_of(person: str) -> str | None:
                kept = unit.accounts.get(person)
                return kept.account.name if kept is not None else None

            return authors_of(unit.journal.of_call(call), answers, own_desk, name_of)

    return work


@dataclass(frozen=True, slots=True)
class Held:
    """What a field holds: its answer, and the text typed over it that is no answer yet."""

    answer: Answer = None
    pending: str = ""

    @classmethod
    def in_sheet(cls, sheet: CallSheet, code: str) -> Held:
        """What a field of a sheet holds."""
        return cls(sheet.answer(code), sheet.pending.get(code, ""))

    def put_in(self, sheet: CallSheet, code: str) -> CallSheet:
        """The sheet with the field holding this."""
        return sheet.put(code, self.answer).type(code, self.pending)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that both desks changed, each otherwise: it waits for somebody to choose.

    `author` is whoever changed it at the other desk; it is not known before the journal was read
    (`is_looked_up`), and may stay None then.
    """

    code: str
    mine: Held
    theirs: Held
    author: Author | None = None
    is_looked_up: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A field taken from another desk and not told yet: what it holds since, and since when."""

    held: Held
    at: datetime


Same = Callable[[str, Held, Held], bool]
"""Whether what two desks put in a field is the same to whoever reads it."""


class CallDifferences:
    """What is to be asked and told of one call, in the order it came.

    `see` is called for each change of the call's sheet, the merged one included, before `merge`. `chosen`
    counts what somebody chose since something is asked, `taken` holds what is to be told.
    """

    def __init__(self, sheet: CallSheet, same: Same) -> None:
        self._same = same
        self._sheet = sheet
        self._asked: dict[str, Difference] = {}
        self._before: dict[str, Difference] = {}
        self.taken: dict[str, Taken] = {}
        self.chosen = 0

    @property
    def asked(self) -> tuple[Difference, ...]:
        """What is to be asked."""
        return tuple(self._asked.values())

    def see(self, sheet: CallSheet) -> None:
        """Something was typed: what is kept here is what stands in the field now."""
        self._before = dict(self._asked)
        for code, one in self._asked.items():
            held = Held.in_sheet(sheet, code)
            if held != Held.in_sheet(self._sheet, code):
                self._asked[code] = replace(one, mine=held)
        self._sheet = sheet

    def settle(self) -> None:
        """An answer is complete: where both desks now say the same, there is nothing to ask."""
        for code, one in list(self._asked.items()):
            if self._same(code, one.mine, one.theirs):
                del self._asked[code]
        self._count()

    def merge(self, merge: CallMerge, now: datetime) -> None:
        """Another desk's changes came: `see` has shown the merged sheet."""
        sheet = merge.record.sheet
        both = {had.code: had for had in merge.both if had.code != OUTCOME}
        for code in merge.taken:
            if code in both:
                continue
            held = Held.in_sheet(sheet, code)
            if code in self._asked:
                # Changed there once more before anybody chose here: what stood here is still to be asked.
                mine = self._before.get(code, self._asked[code]).mine
                self._asked[code] = Difference(code, mine, held)
            else:
                self.taken[code] = Taken(held, now)
        for code, had in both.items():
            self.taken.pop(code, None)
            self._asked[code] = Difference(code, Held.in_sheet(sheet, code), _theirs(had))
        self._before = dict(self._asked)
        self.settle()

    def drop(self, code: str) -> None:
        """Somebody chose."""
        if self._asked.pop(code, None) is not None:
            self.chosen += 1
        self._count()

    def _count(self) -> None:
        if not self._asked:
            self.chosen = 0

    def wanted(self) -> dict[str, Answer]:
        """By code, the answers whose author is looked for; a text that is no answer has none."""
        asked = {one.code: one.theirs for one in self._asked.values() if one.author is None}
        held = asked | {code: one.held for code, one in self.taken.items()}
        return {code: one.answer for code, one in held.items() if not one.pending}

    def learn(self, answers: Mapping[str, Answer], authors: Authors) -> None:
        """The journal was read for these answers; what changed since is looked for again."""
        for code, one in self._asked.items():
            if one.theirs.pending:
                self._asked[code] = replace(one, is_looked_up=True)
            elif code in answers and answers[code] == one.theirs.answer:
                known = authors.get(code) or one.author
                self._asked[code] = replace(one, author=known, is_looked_up=True)


def _theirs(had: BothChanged) -> Held:
    return Held(had.over, str(had.theirs)) if had.is_typed else Held(had.theirs)

"""Who changed what at another desk, and what is left to be asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.calls.changed_elsewhere import Author, CallDifferences, Difference, Held, authors_of
from osnp_console.app.ports import PastEntry
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.call_merging import OUTCOME, BothChanged, CallMerge
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import ASKED, Answer, CallSheet
from osnp_console.domain.journal import JournalLine
from tests.unit.strategies import INSTANT

HERE, THERE = "44-3", "44-5"
CALL = CallRecord("a1", 7, HERE, INSTANT)
NAMES = {"p5": "É. Tessier"}


def past(
    desk: str,
    minute: int,
    about: Mapping[str, object] | None,
    kind: str = journal.ANSWERED,
    person: str | None = None,
) -> PastEntry:
    at = INSTANT + timedelta(minutes=minute)
    line = JournalLine(desk, minute + 1, at, kind, CALL.id, "", "", person)
    return PastEntry(line, None if about is None else dict(about))


def answered(desk: str, minute: int, answers: Mapping[str, object], person: str | None = None) -> PastEntry:
    return past(desk, minute, {"reponses": answers}, person=person)


def author(desk: str, minute: int, name: str | None = None) -> Author:
    return Author(desk, name, INSTANT + timedelta(minutes=minute))


def test_a_field_was_changed_by_whoever_gave_that_answer_last_at_another_desk() -> None:
    entries = [
        answered(THERE, 1, {facts.RESIDENCE: "44930"}, "p5"),
        answered(HERE, 2, {facts.RESIDENCE: "44930", fields.NOTE: "à moi"}),
        answered("44-7", 3, {facts.SEX: "?", facts.RESIDENCE: "44930"}),
        answered(THERE, 4, {facts.CAN_TRAVEL: False, facts.RESIDENCE: "44930"}, "p5"),
    ]
    wanted: dict[str, Answer] = {
        facts.RESIDENCE: "44930", facts.SEX: ASKED, facts.CAN_TRAVEL: False, fields.NOTE: "à moi",
    }  # fmt: skip
    assert authors_of(entries, wanted, HERE, NAMES.get) == {
        facts.RESIDENCE: author(THERE, 4, "É. Tessier"),
        facts.SEX: author("44-7", 3),
        facts.CAN_TRAVEL: author(THERE, 4, "É. Tessier"),
        fields.NOTE: None,
    }


def test_nobody_is_named_for_an_answer_that_the_journal_does_not_hold() -> None:
    entries = [
        past(THERE, 1, None),  # purged
        answered(THERE, 2, {fields.BIRTH_NAME: "MART"}),  # typed on since, and not left yet
        answered(THERE, 3, {facts.REASON: "otite"}),
        answered(THERE, 4, {facts.REASON: None}),
        past(THERE, 5, {"reponses": "illisible"}),
    ]
    wanted: dict[str, Answer] = {fields.BIRTH_NAME: "MARTIN", facts.REASON: "otite", facts.SEX: "F"}
    assert authors_of(entries, wanted, HERE) == dict.fromkeys(wanted)


def test_an_answer_taken_back_an_end_and_an_alarm_have_their_authors_and_an_unknown_account_no_name() -> None:
    entries = [
        answered(THERE, 1, {facts.REASON: None}, "p9"),
        past(THERE, 2, {"issue": "conseil"}, journal.CLOSED),
        past(THERE, 3, {}, journal.ALARM),
    ]
    wanted: dict[str, Answer] = {facts.REASON: None, OUTCOME: "conseil", facts.VITAL_EMERGENCY: True}
    assert authors_of(entries, wanted, HERE, NAMES.get) == {
        facts.REASON: author(THERE, 1),
        OUTCOME: author(THERE, 2),
        facts.VITAL_EMERGENCY: author(THERE, 3),
    }
    dropped = [*entries, past(THERE, 4, {"motif": "erreur"}, journal.ALARM_DROPPED)]
    assert authors_of(dropped, {facts.VITAL_EMERGENCY: None}, HERE)[facts.VITAL_EMERGENCY] == author(THERE, 4)
    assert authors_of(dropped, {facts.VITAL_EMERGENCY: True}, HERE)[facts.VITAL_EMERGENCY] is None


# --- what is left to be asked ---------------------------------------------------------------------------


def same(code: str, one: Held, other: Held) -> bool:
    return one == other


class AtWork:
    """One call at this desk: what is typed here, what comes from elsewhere."""

    def __init__(self) -> None:
        self.record = CALL
        self.left = CallDifferences(CALL.sheet, same)

    def type(self, code: str, answer: Answer) -> None:
        self.record = self.record.put(code, answer)
        self.left.see(self.record.sheet)

    def come(self, taken: Mapping[str, Answer], both: Mapping[str, Answer], *more: BothChanged) -> None:
        mine = self.record.sheet
        for code, answer in taken.items():
            self.record = self.record.put(code, answer)
        self.left.see(self.record.sheet)
        had = tuple(BothChanged(code, mine.answer(code), theirs) for code, theirs in both.items())
        self.left.merge(CallMerge(self.record, tuple(taken), (*had, *more)), INSTANT)

    def asked(self) -> dict[str, tuple[Answer, Answer]]:
        return {one.code: (one.mine.answer, one.theirs.answer) for one in self.left.asked}


def test_what_both_changed_is_asked_with_what_stands_in_the_field_now_and_what_was_taken_is_told() -> None:
    work = AtWork()
    work.type(fields.BIRTH_NAME, "mart")
    work.come({facts.REASON: "otite"}, {fields.BIRTH_NAME: "DUPONT"})
    work.type(fields.BIRTH_NAME, "martin")
    assert work.asked() == {fields.BIRTH_NAME: ("martin", "DUPONT")}
    assert {code: one.held.answer for code, one in work.left.taken.items()} == {facts.REASON: "otite"}
    assert work.left.wanted() == {fields.BIRTH_NAME: "DUPONT", facts.REASON: "otite"}


def test_a_field_changed_there_again_before_anybody_chose_here_is_still_asked_with_what_stood_here() -> None:
    work = AtWork()
    work.type(fields.NOTE, "à moi")
    work.come({}, {fields.NOTE: "à lui"})
    work.come({fields.NOTE: "à lui encore"}, {})
    assert work.record.sheet.text(fields.NOTE) == "à lui encore"
    work.come({fields.NOTE: "et encore"}, {})
    assert work.asked() == {fields.NOTE: ("à moi", "et encore")}
    assert work.left.taken == {}


def test_a_field_taken_and_then_changed_at_both_is_asked_and_not_told_as_taken() -> None:
    work = AtWork()
    work.come({fields.NOTE: "à lui"}, {})
    work.type(fields.NOTE, "à moi")
    work.come({}, {fields.NOTE: "à lui encore"})
    assert (work.asked(), work.left.taken) == ({fields.NOTE: ("à moi", "à lui encore")}, {})


def test_what_was_chosen_is_counted_until_nothing_is_asked_any_more() -> None:
    work = AtWork()
    work.come({}, {fields.NOTE: "a", facts.SEX: "F", fields.BIRTH_NAME: "c"})
    counted = []
    for code in (fields.NOTE, facts.SEX, facts.SEX, fields.BIRTH_NAME):
        work.left.drop(code)
        counted.append(work.left.chosen)
    assert counted == [1, 2, 2, 0]


def test_a_text_typed_there_is_kept_as_a_text_with_the_answer_under_it_and_nobody_is_looked_for() -> None:
    work = AtWork()
    work.type(facts.RESIDENCE, "44930")
    work.come({}, {}, BothChanged(facts.RESIDENCE, "44930", "lan", True, "44901"))
    assert work.left.asked == (Difference(facts.RESIDENCE, Held("44930"), Held("44901", "lan")),)
    assert work.left.wanted() == {}
    work.left.learn({}, {})
    assert work.left.asked[0].is_looked_up


def test_where_both_end_up_with_the_same_there_is_nothing_to_ask_once_the_answer_is_complete() -> None:
    work = AtWork()
    work.type(fields.BIRTH_NAME, "mart")
    work.come({}, {fields.BIRTH_NAME: "martin"})
    work.type(fields.BIRTH_NAME, "martin")
    assert work.asked(), "not while one types: the next letter would find the question gone"
    work.left.settle()
    assert not work.asked()


def test_an_author_is_known_once_the_journal_was_read_for_that_very_answer() -> None:
    work = AtWork()
    work.type(fields.NOTE, "à moi")
    work.come({}, {fields.NOTE: "à"})
    before = work.left.wanted()
    work.come({}, {fields.NOTE: "à lui"})
    work.left.learn(before, {fields.NOTE: author(THERE, 1)})
    assert not work.left.asked[0].is_looked_up
    work.left.learn(work.left.wanted(), {fields.NOTE: None})
    assert (work.left.asked[0].author, work.left.asked[0].is_looked_up) == (None, True)
    work.left.learn(work.left.wanted(), {fields.NOTE: author(THERE, 2)})
    assert work.left.asked[0].author == author(THERE, 2)
    assert work.left.wanted() == {}


def test_how_a_call_ended_is_no_field_to_ask_about() -> None:
    work = AtWork()
    work.come({}, {}, BothChanged(OUTCOME, "conseil", "raccroche"))
    assert work.left.asked == ()


CODES = (fields.NOTE, fields.BIRTH_NAME)
steps = st.lists(
    st.tuples(
        st.sampled_from(["type", "taken", "both", "choose"]), st.sampled_from(CODES), st.integers(1, 5)
    ),
    max_size=15,
)


@given(steps)
def test_what_stood_here_when_a_question_came_is_in_the_field_or_in_the_question_until_one_chooses(
    course: list[tuple[str, str, int]],
) -> None:
    work = AtWork()
    own: dict[str, Answer] = {}
    for what, code, number in course:
        if what == "type":
            work.type(code, f"ici {number}")
            own = own | {code: f"ici {number}"} if code in own else own
        elif what == "choose":
            work.left.drop(code)
            own.pop(code, None)
        elif what == "both":
            there = f"là {number}"
            work.come({}, {code: there if work.record.sheet.answer(code) != there else "ailleurs"})
            own[code] = work.record.sheet.answer(code)
        else:
            work.come({code: f"là {number}"}, {})
        for asked, mine in own.items():
            held = {one.code: one.mine.answer for one in work.left.asked}
            assert held.get(asked, work.record.sheet.answer(asked)) == mine


def test_a_sheet_holds_again_what_was_put_back_in_it() -> None:
    sheet = CallSheet({facts.RESIDENCE: "44901"}).type(facts.RESIDENCE, "lan")
    held = Held.in_sheet(sheet, facts.RESIDENCE)
    assert held.put_in(CallSheet({facts.RESIDENCE: "44930"}), facts.RESIDENCE) == sheet
    assert replace(held, pending="").put_in(sheet, facts.RESIDENCE).pending == {}

"""Two desks have one call open on one base: whatever each types and whenever it is saved, nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.write_behind import ChangedElsewhere
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.call_merging import BothChanged
from osnp_console.domain.call_record import CallState
from tests.unit.desk_calls import NOW, DeskAtWork, MemoryStore


class TwoDesks:
    """One call, open at two desks; each takes in what its saves bring home when it is told to."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.desks = (DeskAtWork(), DeskAtWork())
        self.brought: tuple[list[ChangedElsewhere], ...] = ([], [])
        taken = self.desks[0].in_hand.take(NOW)
        self.save(0)
        self.desks[1].in_hand.recover([self.store.calls[taken.record.id]], NOW)
        self.desks[1].in_hand.resume(self.call(1), NOW)
        self.save(1)
        self.save_after(0, fields.CALLER_LINK, "soi")

    def call(self, desk: int) -> OpenCall:
        """The call as that desk has it."""
        return self.desks[desk].in_hand.calls[0]

    def type(self, desk: int, code: str, text: str) -> None:
        """Answer a field at that desk."""
        self.desks[desk].in_hand.answer(self.call(desk), code, text)

    def save(self, desk: int) -> None:
        """What waits there goes to the base; what another desk did comes on its way home."""
        self.brought[desk].extend(self.desks[desk].kept.flush(self.store.unit).elsewhere)

    def save_after(self, desk: int, code: str, text: str) -> None:
        """Type, save, take in, for both desks: both then have the same."""
        self.type(desk, code, text)
        for turn in (desk, 1 - desk, desk):
            self.save(turn)
            self.come_home(turn)

    def look(self, desk: int) -> None:
        """The desk hears that the other one saved."""
        for call in self.desks[desk].in_hand.calls:
            self.desks[desk].in_hand.look_again(call.record.id)

    def come_home(self, desk: int) -> None:
        """The window takes in what came."""
        while self.brought[desk]:
            self.desks[desk].in_hand.take_elsewhere(self.brought[desk].pop(0), NOW)

    def settle_all(self) -> None:
        """Both save, hear of the other and take in until nothing waits."""
        for _ in range(4):
            for desk in (0, 1):
                self.look(desk)
                self.save(desk)
                self.come_home(desk)

    @property
    def stored(self) -> dict[str, object]:
        """The fields in the base."""
        (record,) = self.store.calls.values()
        return dict(record.sheet.values)


def test_fields_typed_at_two_desks_end_up_in_one_call_and_on_both_screens() -> None:
    two = TwoDesks()
    two.type(0, fields.NOTE, "tousse")
    two.type(1, facts.REASON, "angine")
    two.settle_all()
    for desk in (0, 1):
        assert two.call(desk).record.sheet.text(facts.REASON) == "angine"
        assert two.call(desk).record.sheet.text(fields.NOTE) == "tousse"
    assert two.stored[fields.NOTE] == "tousse"
    assert journal.CHANGED_ELSEWHERE in two.desks[0].kinds


def test_one_field_typed_at_two_desks_stays_under_each_ones_fingers_and_is_told_with_both_texts() -> None:
    two = TwoDesks()
    two.type(0, fields.BIRTH_NAME, "martin")
    two.type(1, fields.BIRTH_NAME, "martinez")
    two.save(0)
    two.save(1)
    (came,) = two.brought[1]
    merge = two.desks[1].in_hand.take_elsewhere(came, NOW)
    assert merge is not None
    assert merge.both == (BothChanged(fields.BIRTH_NAME, "martinez", "martin"),)
    assert two.call(1).record.sheet.text(fields.BIRTH_NAME) == "martinez"
    (told,) = [one for one in two.desks[1].journal if one.kind == journal.CHANGED_ELSEWHERE]
    assert told.facts["des_deux"] == {fields.BIRTH_NAME: {"ici": "martinez", "ailleurs": "martin"}}


def test_what_is_typed_before_the_window_took_the_change_in_does_not_undo_it() -> None:
    two = TwoDesks()
    two.type(0, facts.REASON, "angine")
    two.save(0)
    two.type(1, fields.NOTE, "to")
    two.save(1)
    two.type(1, fields.NOTE, "tous")  # the window has not taken the reason in yet
    two.save(1)
    assert (two.stored[facts.REASON], two.stored[fields.NOTE]) == ("angine", "tous")
    two.come_home(1)
    assert two.call(1).record.sheet.text(facts.REASON) == "angine"


def test_a_call_ended_at_the_other_desk_leaves_this_one_with_what_was_typed_here_kept() -> None:
    two = TwoDesks()
    two.desks[0].in_hand.close(two.call(0), "conseil", NOW)
    two.save(0)
    two.type(1, fields.NOTE, "tousse")
    two.save(1)
    two.come_home(1)
    assert two.desks[1].in_hand.calls == []
    (record,) = two.store.calls.values()
    assert (record.outcome, record.sheet.text(fields.NOTE)) == ("conseil", "tousse")


def test_a_call_ended_at_both_desks_and_taken_up_again_stays_open() -> None:
    two = TwoDesks()
    two.desks[0].in_hand.close(two.call(0), "conseil", NOW)
    two.save(0)
    two.desks[1].in_hand.close(two.call(1), "raccroche", NOW)
    two.save(1)
    two.come_home(1)
    (record,) = two.store.calls.values()
    two.desks[1].in_hand.reopen(record, NOW)
    two.save(1)
    two.come_home(1)
    assert two.call(1).record.is_open
    (record,) = two.store.calls.values()
    assert record.is_open


def test_an_answer_taken_from_another_desk_is_not_written_in_the_journal_as_given_here() -> None:
    two = TwoDesks()
    two.type(0, facts.REASON, "angine")
    two.save(0)
    two.type(1, fields.NOTE, "tousse")
    two.save(1)
    two.come_home(1)
    two.desks[1].in_hand.settle(two.call(1), NOW)
    answered = [one.facts["reponses"] for one in two.desks[1].journal if one.kind == journal.ANSWERED]
    assert answered[-1] == {fields.NOTE: "tousse"}


def test_a_call_taken_over_leaves_the_desk_that_had_it_with_its_last_letters_kept() -> None:
    two = TwoDesks()
    other = DeskAtWork()
    other.in_hand.desk = replace(other.in_hand.desk, number=5)
    (record,) = two.store.calls.values()
    taken = other.in_hand.take_over(record, NOW)
    other.kept.flush(two.store.unit)
    two.type(0, fields.NOTE, "tousse")
    two.look(0)
    two.save(0)
    two.come_home(0)
    two.save(0)
    assert two.desks[0].in_hand.calls == []
    (record,) = two.store.calls.values()
    assert (record.owned_by, record.sheet.text(fields.NOTE)) == ("44-5", "tousse")
    assert (record.desk, record.number) == ("44-3", 1)
    assert taken.record.state is CallState.ACTIVE
    (told,) = [one for one in other.journal if one.kind == journal.TAKEN_OVER]
    assert told.facts == {"de": "44-3"}


def fifth_desk() -> DeskAtWork:
    """A desk of another number."""
    other = DeskAtWork()
    other.in_hand.desk = replace(other.in_hand.desk, number=5)
    return other


def test_a_call_taken_up_again_at_another_desk_is_that_desks_from_then_on() -> None:
    two, other = TwoDesks(), fifth_desk()
    two.desks[0].in_hand.close(two.call(0), "conseil", NOW)
    two.save(0)
    (record,) = two.store.calls.values()
    other.in_hand.reopen(record, NOW)
    other.kept.flush(two.store.unit)
    (record,) = two.store.calls.values()
    assert (record.owned_by, record.desk, record.number) == ("44-5", "44-3", 1)
    (told,) = [one for one in other.journal if one.kind == journal.REOPENED]
    assert told.facts == {"de": "44-3"}


def test_a_call_taken_over_is_on_the_line_there_though_its_owner_put_it_on_hold_meanwhile() -> None:
    two, other = TwoDesks(), fifth_desk()
    (record,) = two.store.calls.values()
    taken = other.in_hand.take_over(record, NOW)
    two.desks[0].in_hand.hold(two.call(0), NOW)
    two.save(0)
    for came in other.kept.flush(two.store.unit).elsewhere:
        other.in_hand.take_elsewhere(came, NOW)
    (record,) = two.store.calls.values()
    assert (record.owned_by, record.state) == ("44-5", CallState.ACTIVE)
    assert taken.record.state is CallState.ACTIVE


def test_a_desk_cut_off_that_held_its_call_leaves_it_on_the_line_where_it_was_taken_over() -> None:
    two, other = TwoDesks(), fifth_desk()
    (record,) = two.store.calls.values()
    other.in_hand.take_over(record, NOW)
    other.kept.flush(two.store.unit)
    two.desks[0].in_hand.hold(two.call(0), NOW)
    two.save(0)
    two.come_home(0)
    (record,) = two.store.calls.values()
    assert (record.owned_by, record.state) == ("44-5", CallState.ACTIVE)


def test_a_call_asked_for_twice_is_in_hand_once() -> None:
    two, other = TwoDesks(), fifth_desk()
    (record,) = two.store.calls.values()
    taken = other.in_hand.take_over(record, NOW)
    assert other.in_hand.take_over(record, NOW) is taken
    closed = replace(record, id="autre").closed("conseil", NOW)
    again = other.in_hand.reopen(closed, NOW)
    assert other.in_hand.reopen(closed, NOW) is again
    assert other.in_hand.calls == [taken, again]
    assert other.kinds.count(journal.TAKEN_OVER) == other.kinds.count(journal.REOPENED) == 1


NAMES = (fields.NOTE, fields.BIRTH_NAME, facts.REASON)
steps = st.lists(
    st.tuples(st.sampled_from([0, 1]), st.sampled_from([*NAMES, "save", "home", "look"]), st.integers(1, 99)),
    max_size=25,
)


@pytest.mark.parametrize("first", [0, 1])
@given(steps)
def test_in_whatever_order_two_desks_type_and_save_each_last_word_is_kept_or_told(
    first: int, course: list[tuple[int, str, int]]
) -> None:
    two = TwoDesks()
    last: dict[str, tuple[int, str]] = {}
    for desk, what, number in course:
        if what == "save":
            two.save(desk)
        elif what == "home":
            two.come_home(desk)
        elif what == "look":
            two.look(desk)
        else:
            two.type(desk, what, f"{desk}-{number}")
            last[what] = (desk, f"{desk}-{number}")
    for desk in (first, 1 - first):
        two.save(desk)
        two.come_home(desk)
    two.settle_all()
    sheets = [two.call(desk).record.sheet for desk in (0, 1)]
    assert sheets[0] == sheets[1]
    assert dict(sheets[0].values) == two.stored
    told = {
        text
        for desk in two.desks
        for entry in desk.journal
        if entry.kind == journal.CHANGED_ELSEWHERE
        for had in dict(entry.facts["des_deux"]).values()  # type: ignore[call-overload]  # JSON
        for text in had.values()
    }
    for code, (_, text) in last.items():
        assert text == two.stored[code] or text in told

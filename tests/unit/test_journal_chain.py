"""The journal's chain: whatever is done to a line shows, and what a crash does to the head does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain import journal
from osnp_console.domain.journal import FIRST_SEAL, Head, JournalLine, chain_faults, hash_facts, seal_of
from tests.unit.strategies import INSTANT

KEY = b"k" * 32
DESK = "44-3"
KINDS = sorted(journal.KINDS)


def chain(length: int) -> list[JournalLine]:
    """A sound chain of that many lines."""
    lines: list[JournalLine] = []
    previous = FIRST_SEAL
    for number in range(1, length + 1):
        line = JournalLine(
            DESK, number, INSTANT + timedelta(seconds=number), KINDS[number % len(KINDS)], "a1", "", ""
        )
        previous = seal_of(KEY, line, previous)
        lines.append(replace(line, seal=previous))
    return lines


def head_of(lines: list[JournalLine]) -> Head:
    """The head that names the last line."""
    return Head(DESK, lines[-1].number, lines[-1].seal) if lines else Head(DESK, 0, FIRST_SEAL)


def numbers(lines: list[JournalLine], head: Head | None) -> list[int]:
    """The lines that are said to be wrong."""
    return [fault.number for fault in chain_faults(KEY, DESK, lines, head)]


@given(st.integers(0, 12), st.integers(0, 12))
def test_a_sound_chain_has_no_fault_even_where_a_crash_left_the_head_behind(length: int, behind: int) -> None:
    lines = chain(length)
    assert numbers(lines, head_of(lines[: max(length - behind, 0)])) == []


@given(st.integers(1, 12), st.data())
def test_a_removed_line_shows_where_it_was(length: int, data: st.DataObject) -> None:
    lines, place = chain(length), data.draw(st.integers(0, length - 1))
    head = head_of(lines)
    del lines[place]
    assert place + 1 in numbers(lines, head)


@given(st.integers(1, 12), st.data())
def test_a_cut_off_end_shows(length: int, data: st.DataObject) -> None:
    lines = chain(length)
    kept = data.draw(st.integers(0, length - 1))
    assert numbers(lines[:kept], head_of(lines)) == [kept + 1]


@given(st.integers(1, 12), st.data())
def test_a_changed_line_shows_at_its_number(length: int, data: st.DataObject) -> None:
    lines, place = chain(length), data.draw(st.integers(0, length - 1))
    head, line = head_of(lines), lines[place]
    lines[place] = data.draw(
        st.sampled_from(
            (
                replace(line, at=line.at + timedelta(microseconds=1)),
                replace(line, call="a2"),
                replace(line, call=None),
                replace(line, facts_hash="0" * 64),
                replace(line, kind=KINDS[(KINDS.index(line.kind) + 1) % len(KINDS)]),
            )
        )
    )
    assert place + 1 in numbers(lines, head)


@given(st.integers(2, 12), st.data())
def test_two_lines_that_changed_places_show(length: int, data: st.DataObject) -> None:
    lines = chain(length)
    first = data.draw(st.integers(0, length - 2))
    second = data.draw(st.integers(first + 1, length - 1))
    head = head_of(lines)
    lines[first], lines[second] = (
        replace(lines[second], number=first + 1),
        replace(lines[first], number=second + 1),
    )
    assert first + 1 in numbers(lines, head)


def test_a_chain_sealed_anew_with_another_key_shows() -> None:
    lines = chain(3)
    other = [fault.number for fault in chain_faults(b"x" * 32, DESK, lines, head_of(lines))]
    assert other == [1, 2, 3]


def test_an_end_rewritten_with_the_right_key_still_differs_from_the_head() -> None:
    lines = chain(3)
    head = head_of(lines)
    changed = replace(lines[2], kind=journal.ALARM, call="a9")
    lines[2] = replace(changed, seal=seal_of(KEY, changed, lines[1].seal))
    assert numbers(lines, head) == [3]


def test_a_lost_head_is_a_fault_of_its_own() -> None:
    assert numbers(chain(2), None) == [0]


def test_the_same_facts_hash_differently_under_another_salt() -> None:
    about = {"reponses": {"patient.nom_naissance": "LEROUX"}}
    assert hash_facts(b"a" * 16, about) != hash_facts(b"b" * 16, about)


def test_facts_hash_the_same_whatever_their_order() -> None:
    assert hash_facts(b"a", {"x": 1, "y": 2}) == hash_facts(b"a", {"y": 2, "x": 1})

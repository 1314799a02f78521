"""The words a call is found by, made from its sheet.

A word is its kind's letter, a colon and a text: `n:martin`. The first one to three letters of a name are
words of their own (`p:mar`), so that what most calls have is found in the order of the calls, without
gathering and sorting half the base. A phone number is kept from each of its digits on: any piece of it is
the beginning of a word.
"""

from __future__ import annotations

from collections.abc import Iterator

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.commune import fold
from osnp_console.domain.phone import phone_digits

VERSION = "1"
"""To be raised when words are made another way: the next opening makes them all again."""
NAME, BEGINNING, PHONE, COMMUNE, REASON, OUTCOME = "n", "p", "t", "c", "m", "o"
"""Kinds of words; the one of phone numbers sorts last, which the search relies on."""
SHORT = 3
"""Letters up to which a beginning is a word of its own."""
SHORTEST_PIECE = 4
"""Digits from which a piece of a phone number is looked up; shorter ones are in too many numbers."""
_LONGEST = 38  # with its kind it fits the column


def word(kind: str, text: str) -> str:
    """A word as it is kept."""
    return f"{kind}:{text[:_LONGEST]}"


def words_of(record: CallRecord) -> frozenset[str]:
    """What a call can be found by: names, whole phone numbers, communes, reason, outcome (`o:` for none)."""
    return frozenset(_words(record))


def _words(record: CallRecord) -> Iterator[str]:
    sheet = record.sheet
    for code in (fields.BIRTH_NAME, fields.FIRST_NAMES):
        for part in fold(sheet.text(code)).split():
            yield word(NAME, part)
    for code in (fields.CALLER_PHONE, fields.PATIENT_PHONE):
        digits = phone_digits(sheet.text(code))
        if digits:
            yield word(PHONE, digits)
    for code in (facts.RESIDENCE, facts.PRESENT_PLACE):
        place = sheet.text(code)
        if place[:1].isdigit():
            yield word(COMMUNE, place)
    reason = sheet.text(facts.REASON)
    if reason:
        yield word(REASON, reason)
    yield word(OUTCOME, record.outcome or "")


def indexed(words: frozenset[str]) -> frozenset[str]:
    """The words as the index has them: with the beginnings of names and the ends of phone numbers."""
    return frozenset(_indexed(words))


def _indexed(words: frozenset[str]) -> Iterator[str]:
    for one in words:
        kind, _, text = one.partition(":")
        if kind == PHONE:
            for start in range(max(1, len(text) - SHORTEST_PIECE + 1)):
                yield word(PHONE, text[start:])
            continue
        yield one
        if kind == NAME:
            for length in range(1, min(SHORT, len(text)) + 1):
                yield word(BEGINNING, text[:length])

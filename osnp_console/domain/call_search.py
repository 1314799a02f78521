"""The one line by which past calls are searched: `martin pipriac hier`, `06 39 98`, `sans issue`.

Every word is read as what it is most surely, in this order: dates, outcomes, communes, reasons, pieces of
a phone number, else a name. `nom:`, `commune:`, `tel:`, `date:`, `issue:` and `motif:` settle it. Each
reading is a term, shown as a chip that can be taken off. A comma parts two terms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from osnp_console.domain.commune import fold
from osnp_console.domain.phone import phone_digits
from osnp_console.domain.search_dates import LONGEST, looks_like_a_date, read_when, when_shown
from osnp_console.domain.search_words import (
    IDLE,
    NAMES_FIRST,
    Labels,
    SearchKind,
    Word,
    is_phone_word,
    words_of,
)

__all__ = ["NO_OUTCOME", "CallSearch", "SearchKind", "Term", "read_search"]

NO_OUTCOME: tuple[str, ...] = ()
"""Value of an OUTCOME term that looks for the calls without any outcome (`sans issue`)."""

_WITHOUT_OUTCOME = "sans issue"
_SHORTEST_PHONE = 4
_SHORTEST_EXPLICIT_PHONE = 2
_SHORTEST_COMMUNE = 3
_LONGEST_COMMUNE = 9
_LONGEST_LABEL = 12

Understood = tuple[str, object] | None
Reader = Callable[[str, bool], Understood]


@dataclass(frozen=True, slots=True)
class Term:
    """One understood part of the line.

    `shown` is the chip (`commune : Pipriac`). `span` is where it stands in the line, its prefix included.
    `value` is, by kind:

    - NAME: a folded name, each word of which (`jean pierre` for `Jean-Pierre`) is to be found at the
      beginning of a word of the names;
    - COMMUNE: what `communes` gave;
    - DATE: a PartialDate;
    - PHONE: digits to find anywhere in a number's national digits (`domain.phone.phone_digits`);
    - OUTCOME and REASON: a tuple of codes, any of which will do (NO_OUTCOME: without any).
    """

    kind: SearchKind
    shown: str
    value: object
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class CallSearch:
    """A search line as it was understood: its terms in the order of the line, all of which must hold.

    `unread` holds what means nothing yet (`commune:pip`, `12`): it looks for nothing.
    """

    line: str
    terms: tuple[Term, ...]
    unread: tuple[str, ...] = ()
    _again: Callable[[str], CallSearch] | None = field(default=None, repr=False, compare=False)

    def without(self, term: Term) -> str:
        """The line once one of its terms is taken off; every other term is still read the same.

        Where the words on both sides would now be read together, a comma parts them.
        """
        start, end = term.span
        before, after = self.line[:start].rstrip(), self.line[end:].lstrip()
        together = f"{before} {after}".strip(" ,;")
        if self._again is None or not before or not after:
            return together
        kept = [(one.kind, one.value) for one in self.terms if one != term]
        read = [(one.kind, one.value) for one in self._again(together).terms]
        return together if read == kept else f"{before}, {after}".strip(" ,;")


def read_search(
    line: str,
    today: date,
    communes: Callable[[str], str | None],
    reasons: Mapping[str, str],
    outcomes: Mapping[str, str],
) -> CallSearch:
    """Read a search line; never raises.

    `communes` gets a folded name (`domain.commune.fold`) and gives what to show and compare, None when it is
    no commune's whole name. `reasons` and `outcomes` are labels by code; a label is also known by its first
    words (`urgence` for `Urgence vitale`).
    """
    words, unread = words_of(line)
    reading = _Reading(line, words)
    outcome_labels, reason_labels = Labels(outcomes), Labels(reasons)

    def when(text: str, explicit: bool) -> Understood:
        found = read_when(text, today, explicit)
        return None if found is None else (when_shown(found, today), found)

    def commune(text: str, explicit: bool) -> Understood:
        name = fold(text)
        if not explicit and (name in NAMES_FIRST or len(name) < _SHORTEST_COMMUNE):
            return None
        found = communes(name) if name else None
        return None if found is None else (found, found)

    def outcome(text: str, explicit: bool) -> Understood:
        if fold(text) == _WITHOUT_OUTCOME:
            return "", NO_OUTCOME
        return _label(text, outcome_labels, explicit)

    def reason(text: str, explicit: bool) -> Understood:
        return _label(text, reason_labels, explicit)

    reading.take(SearchKind.DATE, when, LONGEST)
    reading.take(SearchKind.OUTCOME, outcome, _LONGEST_LABEL)
    reading.take(SearchKind.COMMUNE, commune, _LONGEST_COMMUNE)
    reading.take(SearchKind.REASON, reason, _LONGEST_LABEL)
    reading.take(SearchKind.PHONE, _phone, len(words))
    reading.take(SearchKind.NAME, _name, 1)
    terms = tuple(sorted(reading.terms, key=lambda term: term.span))
    return CallSearch(
        line,
        terms,
        (*reading.left(), *unread),
        lambda other: read_search(other, today, communes, reasons, outcomes),
    )


class _Reading:
    """The words of a line of which some are already understood."""

    def __init__(self, line: str, words: list[Word]) -> None:
        self._line = line
        self._words = words
        self._taken = [False] * len(words)
        self.terms: list[Term] = []

    def take(self, kind: SearchKind, read: Reader, longest: int) -> None:
        """Understand as `kind` the longest runs of words, from the left, that `read` can read."""
        for first, word in enumerate(self._words):
            if self._taken[first] or word.prefix not in (None, kind):
                continue
            for last in range(self._reach(first, longest), first, -1):
                end = self._words[last - 1].end
                found = read(self._line[word.text_start : end], word.prefix is kind)
                if found is not None:
                    said, value = found
                    chip = f"{kind.value}\u202f: {said}" if said else _WITHOUT_OUTCOME
                    self.terms.append(Term(kind, chip, value, (word.start, end)))
                    self._taken[first:last] = [True] * (last - first)
                    break

    def left(self) -> list[str]:
        """What nothing could read, idle words apart."""
        return [
            self._line[word.start : word.end]
            for word, taken in zip(self._words, self._taken, strict=True)
            if not taken and (word.prefix is not None or not (fold(word.text) in IDLE or not fold(word.text)))
        ]

    def _reach(self, first: int, longest: int) -> int:
        last = first + 1
        while (
            last < min(len(self._words), first + longest)
            and not self._taken[last]
            and self._words[last].stretch == self._words[first].stretch
        ):
            last += 1
        return last


def _label(text: str, labels: Labels, explicit: bool) -> Understood:
    codes = labels.codes(fold(text), explicit)
    if not codes:
        return None
    return labels.shown[codes[0]] if len(codes) == 1 else text, codes


def _phone(text: str, explicit: bool) -> Understood:
    words = text.split()
    if not all(is_phone_word(word) for word in words) or any(looks_like_a_date(word) for word in words):
        return None
    digits = phone_digits(text)
    if len(digits) < (_SHORTEST_EXPLICIT_PHONE if explicit else _SHORTEST_PHONE):
        return None
    pairs = [digits[start : start + 2] for start in range(0, len(digits), 2)]
    return "\u202f".join(pairs), digits


def _name(text: str, explicit: bool) -> Understood:
    name = fold(text)
    said = name and (explicit or (name not in IDLE and any(letter.isalpha() for letter in name)))
    return (text, name) if said else None

"""A search line cut into words, with the prefixes and separators that bind or part them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from osnp_console.domain.commune import fold, fold_all


class SearchKind(Enum):
    """What a term looks for; the value is the word on its chip and, folded, its prefix in the line."""

    NAME = "nom"
    COMMUNE = "commune"
    DATE = "date"
    PHONE = "tél."
    OUTCOME = "issue"
    REASON = "motif"


PREFIXES: Mapping[str, SearchKind] = {
    "nom": SearchKind.NAME,
    "prenom": SearchKind.NAME,
    "commune": SearchKind.COMMUNE,
    "date": SearchKind.DATE,
    "tel": SearchKind.PHONE,
    "telephone": SearchKind.PHONE,
    "issue": SearchKind.OUTCOME,
    "motif": SearchKind.REASON,
}
# Words between two terms that look for nothing.
IDLE = frozenset({"a", "au", "aux", "avec", "chez", "d", "et", "l", "m", "madame", "mme", "monsieur", "mr"})
# Communes whose name is first of all somebody's: looked for as a name unless `commune:` is written.
# Blain, Clisson, Josselin, Quintin or Vallet are not here: for these desks they are places.
NAMES_FIRST = frozenset(
    (
        "albert", "allain", "andre", "ange", "aubin", "bailly", "baron", "barre", "bernard", "besson",
        "blaise", "bonnet", "bouchet", "bourdon", "boyer", "brunet", "clement", "colombe", "david", "denis",
        "fleury", "fontaine", "francois", "gael", "gaillard", "germaine", "gilles", "guerin", "henri",
        "humbert", "jean", "josse", "lambert", "laurent", "leon", "luc", "lucas", "magne", "marie", "marin",
        "martin", "mathieu", "michel", "nicolas", "nicole", "paul", "perret", "perrier", "philippe",
        "pierre", "poisson", "pons", "prat", "raymond", "remy", "rene", "richard", "robert", "roche",
        "romain", "rouge", "royer", "samson", "simon", "sorel", "suzanne", "thomas", "valentine", "vincent",
        "yves",
    )
)  # fmt: skip

_WORD = re.compile(r"[^\s,;]+")
_PIECE = re.compile(r"(?P<prefix>[^\W\d_]+\.?)\s*:\s*|(?P<part>[,;]+)|(?P<word>[^\s,;]+)")
_PHONE_WORD = re.compile(r"\+?[0-9.\-/()]*[0-9][0-9.\-/()]*")
_SHORTEST_BEGINNING = 6
_SHORTEST_EXPLICIT_BEGINNING = 2


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line: where it stands, its prefix counted in `start`, and the stretch it belongs to.

    Terms never reach over two stretches: a comma, a semicolon and a prefix each begin a new one.
    """

    text: str
    start: int
    text_start: int
    end: int
    stretch: int
    prefix: SearchKind | None = None


def words_of(line: str) -> tuple[list[Word], list[str]]:
    """The words of a line, and the prefixes that no word follows."""
    words: list[Word] = []
    alone: list[str] = []
    stretch, waiting = 0, None
    position = 0
    while (piece := _PIECE.search(line, position)) is not None:
        position = piece.end()
        kind = PREFIXES.get(fold(piece["prefix"])) if piece["prefix"] else None
        if kind is not None or piece["part"]:
            if waiting is not None:
                alone.append(waiting[1].strip())
            stretch += 1
            waiting = None if kind is None else (kind, piece[0], piece.start())
            continue
        if piece["prefix"]:
            # Not one of ours: the word is what stands before the next blank.
            position = _end_of_word(line, piece.start())
        text = line[piece.start() : position]
        start = piece.start() if waiting is None else waiting[2]
        prefix = None if waiting is None else waiting[0]
        words.append(Word(text, start, piece.start(), position, stretch, prefix))
        waiting = None
    if waiting is not None:
        alone.append(waiting[1].strip())
    return words, alone


def _end_of_word(line: str, start: int) -> int:
    found = _WORD.match(line, start)
    assert found is not None
    return found.end()


def is_phone_word(text: str) -> bool:
    """True for a word made of digits and of what stands between those of a phone number."""
    return _PHONE_WORD.fullmatch(text) is not None


class Labels:
    """Labels by code, known by what they say or by their first words."""

    def __init__(self, by_code: Mapping[str, str]) -> None:
        self.shown = by_code
        folded = fold_all([label.replace("\n", " ") for label in by_code.values()]) if by_code else []
        # « À rappeler » and « A raccroché » are also looked for without their little word.
        self._said = {
            code: (label, label.removeprefix("a ")) for code, label in zip(by_code, folded, strict=True)
        }
        self._openings = {label.partition(" ")[0] for labels in self._said.values() for label in labels}

    def codes(self, folded: str, explicit: bool) -> tuple[str, ...]:
        """The codes of the labels that are this text, else those that begin with it.

        A beginning is whole words, six letters at least; two letters when a prefix says what is meant.
        """
        text = " ".join("rendez vous" if word == "rdv" else word for word in folded.split())
        if not explicit and text.partition(" ")[0] not in self._openings:
            return ()
        same = tuple(code for code, labels in self._said.items() if text in labels)
        if same:
            return same
        if explicit and len(text) >= _SHORTEST_EXPLICIT_BEGINNING:
            return self._beginning(text)
        return self._beginning(text + " ") if len(text) >= _SHORTEST_BEGINNING else ()

    def _beginning(self, text: str) -> tuple[str, ...]:
        return tuple(
            code for code, labels in self._said.items() if any(label.startswith(text) for label in labels)
        )

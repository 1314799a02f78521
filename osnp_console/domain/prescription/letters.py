"""Which letters the paper of a prescription can show: those that its font draws, and no others."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

STAND_INS: Mapping[str, str] = {"≤": "<=", "≥": ">=", "→": "->", "←": "<-", "≈": "~", "−": "-"}
"""Signs that the font of documents lacks and that are written otherwise: lost, they would change an order."""

_SHOWN = (
    (0x20, 0x7E),
    (0xA0, 0x36F),
    (0x370, 0x3E1),
    (0x3F0, 0x3FF),
    (0x400, 0x52F),
    (0x1E00, 0x1FFF),
    (0x2000, 0x205F),
    (0x2070, 0x209C),
    (0x20A0, 0x20BF),
    (0x2100, 0x214F),
    (0x2150, 0x215F),
)
"""Latin, Greek and Cyrillic with their marks, punctuation, small figures, currencies, signs made of letters.

A test holds these ranges against the font.
"""


def unwritten(text: str) -> str:
    """The first letter that no paper can show, empty when there is none.

    Line breaks become spaces and letters without any shape (controls, directions) are left out: both are
    for others to judge.
    """
    return next((letter for letter in text if not _is_written(letter)), "")


def _is_written(letter: str) -> bool:
    if letter in STAND_INS or unicodedata.category(letter)[0] == "C":
        return True
    return any(first <= ord(letter) <= last for first, last in _SHOWN)

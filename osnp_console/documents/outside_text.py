"""Text from outside, made safe for a document: the one way into it."""

from __future__ import annotations

import re
import unicodedata
from xml.sax.saxutils import escape

from osnp_console.domain.prescription.letters import STAND_INS

_BREAKS = re.compile(r"[\r\n\t\v\f\u2028\u2029]+")
_STAND_INS = str.maketrans(dict(STAND_INS))


def outside(text: str) -> str:
    """The text as one line of a paragraph: nothing in it is markup, nothing of it is lost.

    A paragraph drops what looks like a tag without a word.
    """
    return escape(drawn(text))


def drawn(text: str) -> str:
    """The text as one line that is drawn as it is, no markup.

    Line breaks become spaces; signs that the font lacks are written otherwise; characters that can neither
    be printed nor read (controls, directions, halves of a pair) are left out.
    """
    line = _BREAKS.sub(" ", text).translate(_STAND_INS)
    return "".join(letter for letter in line if _is_shown(letter))


def _is_shown(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")

"""What a sheet is made of on screen: titled sections of lines, each line with its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from osnp_console.domain.sources import Source

NOT_SAID = "non précisé"
_BEFORE = re.compile(r" (?=[;:?!»])")
_AFTER = re.compile(r"(?<=«) ")


class Look(Enum):
    """How a line is drawn."""

    PLAIN = "plain"
    CRITERION = "criterion"
    DOUBT = "doubt"
    WARNING = "warning"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: a label (may be empty), the text, a second muted text, where it comes from."""

    text: str
    label: str = ""
    note: str = ""
    source: Source | None = None
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one title."""

    title: str
    lines: tuple[SheetLine, ...]


def labelled(*pairs: tuple[str, str | None]) -> Iterator[SheetLine]:
    """A line for each pair that has a text."""
    return (SheetLine(text, label=label) for label, text in pairs if text)


def listed(label: str, texts: Iterable[str]) -> Iterator[SheetLine]:
    """A line for each text, the label beside the first."""
    for index, text in enumerate(texts):
        yield SheetLine(text, label=label if index == 0 else "", look=Look.STEP)


def french_spaces(text: str) -> str:
    """A text with the narrow no-break spaces that French wants, so that no line begins with a mark."""
    return _AFTER.sub("\u202f", _BEFORE.sub("\u202f", text))

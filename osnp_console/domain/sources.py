"""Where a rule comes from, and how old that document is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SITE = "site"
CONVENTION = "convention"
MONTHS_BEFORE_REVIEW = 12


@dataclass(frozen=True, slots=True)
class Source:
    """The place of a rule: a document of the catalogue and its printed page, or the site's own entry.

    `document` is a key of `resources/sources.yaml`, or `site` (then `author` and `entered` say who
    entered it and when), or `convention` for a rule that is the console's own.
    """

    document: str
    page: int | None = None
    author: str | None = None
    entered: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A public document from which rules come; `published` is None when it bears no date."""

    key: str
    title: str
    published: date | None = None
    address: str | None = None

    def to_review(self, day: date) -> bool:
        """True once the document is older than twelve months: what it says is shown "à revérifier".

        A document without a date is always to be checked again.
        """
        return self.published is None or months_between(self.published, day) >= MONTHS_BEFORE_REVIEW


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a source contradicts, misspells or leaves ambiguous, with our reading of it."""

    text: str
    reading: str | None
    source: Source

    def sentence(self) -> str:
        """The doubt and its reading as one French sentence for the screen."""
        return f"{self.text} {self.reading}" if self.reading else self.text


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end` (negative when `end` comes first)."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if end.day < start.day else months

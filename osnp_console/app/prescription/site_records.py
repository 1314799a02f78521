"""What is kept of the paper that a site's prescriptions are on: its head, its size, its doctors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol

from osnp_console.domain.prescription.content import Prescriber


class PaperSize(Enum):
    """The papers it is printed on."""

    A4 = "A4"
    A5 = "A5"


class StructureNumber(Enum):
    """Which number the second bar code carries (domain note, section 5.2); the site chooses."""

    FINESS = "finess"
    AM = "am"


@dataclass(frozen=True, slots=True)
class SiteHeader:
    """The head of the site's papers: lines of text, and logos as PNG or JPEG bytes, from left to right."""

    lines: tuple[str, ...] = ()
    logos: tuple[bytes, ...] = ()
    second_code: StructureNumber = StructureNumber.FINESS


@dataclass(frozen=True, slots=True)
class SitePapers:
    """The settings. `person` and `at` say who settled them last, and when; None while nobody did.

    `doctors` are those a prescription may be written for; `size` is the paper that is proposed.
    """

    header: SiteHeader = field(default_factory=SiteHeader)
    size: PaperSize = PaperSize.A4
    doctors: tuple[Prescriber, ...] = ()
    person: str = ""
    at: datetime | None = None


class SitePaperRecords(Protocol):
    """The site's settings of prescriptions, of which there is one."""

    def get(self) -> SitePapers | None:
        """What the site settled, None while it settled nothing."""

    def put(self, papers: SitePapers) -> None:
        """Keep it, in place of what was there."""

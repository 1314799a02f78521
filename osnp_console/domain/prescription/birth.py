"""Birth dates as identity services write them: `00` for a day or a month that is not known (RNIV)."""

from __future__ import annotations

import re

from osnp_console.domain.dates import PartialDate

_WITH_ZEROS = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def read_birth_date(text: str) -> PartialDate:
    """`1950-05-02`, `1950-05-00` or `1950-00-00`, or the shorter `1950-05`, `1950`; raises ValueError."""
    found = _WITH_ZEROS.fullmatch(text)
    if found is None:
        return PartialDate.parse(text)
    year, month, day = found.groups()
    if month == "00":
        if day != "00":
            raise ValueError(text)
        return PartialDate.parse(year)
    return PartialDate.parse(f"{year}-{month}" if day == "00" else text)


def birth_text(birth: PartialDate) -> str:
    """The date as the contract writes it, zeros for what is not known: one spelling for one date."""
    first, last = birth.first, birth.last
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}-00"
    return f"{first:%Y}-00-00"

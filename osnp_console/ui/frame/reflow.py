"""Which arrangement a width gets, and how wide the columns are (interface, §2.1). No Qt here."""

from __future__ import annotations

from enum import Enum

THREE_COLUMNS_FROM = 1240
TWO_COLUMNS_FROM = 820
RAIL, NARROW_RAIL = 72, 44
INTAKE_LEAST, CHECKLIST_LEAST, SLOTS_LEAST = 352, 380, 400
INTAKE_AT_EASE = 384
SHARES = (30, 34, 36)
TALL_BODY_FROM = 900


class Arrangement(Enum):
    """How the three panels of a call stand."""

    THREE_COLUMNS = 3
    TWO_COLUMNS = 2
    ONE_COLUMN = 1


def arrangement(width: int, scale: float) -> Arrangement:
    """The arrangement for a window `width` pixels wide at a text scale: what counts is width ÷ scale."""
    effective = width / scale
    if effective >= THREE_COLUMNS_FROM:
        return Arrangement.THREE_COLUMNS
    return Arrangement.TWO_COLUMNS if effective >= TWO_COLUMNS_FROM else Arrangement.ONE_COLUMN


def first_widths(body: int, scale: float) -> tuple[int, int, int]:
    """The columns' widths of a desk that never moved them: 30, 34, 36 in 100, none under its least.

    The form has its ease first: under it the five answers about the regular doctor are cut.
    """
    least = [round(one * scale) for one in (INTAKE_LEAST, CHECKLIST_LEAST, SLOTS_LEAST)]
    shares = [max(floor, body * share // 100) for floor, share in zip(least, SHARES, strict=True)]
    shares[0] = max(shares[0], round(INTAKE_AT_EASE * scale))
    over = sum(shares) - body
    for place in (2, 1, 0):
        given = min(max(over, 0), shares[place] - least[place])
        shares[place] -= given
        over -= given
    return shares[0], shares[1], shares[2] - min(over, 0)


def two_widths(body: int, scale: float) -> tuple[int, int]:
    """The form's width and the other column's, where there are two: the form at ease if there is room."""
    least, ease, other = (round(one * scale) for one in (INTAKE_LEAST, INTAKE_AT_EASE, CHECKLIST_LEAST))
    form = min(max(body - other, least), ease)
    return form, max(body - form, 0)

"""A caller whom no desk announced, on the line of this one: transferred by a SAS, known or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from osnp_console.domain.commune import fold
from osnp_console.domain.transfer.answering import AnsweredLine
from osnp_console.domain.transfer.transfer import Actor, LineCalled, Transfer, unannounced

_NUMBER = re.compile(r"(?:sas\s*)?(2[ab]|[0-9]{2,3})", re.IGNORECASE)


def sas_of(text: str, departements: Mapping[str, str]) -> str | None:
    """The département of the SAS that somebody named: `35`, `SAS 35`, `Ille-et-Vilaine`.

    `departements` are their names by code. Empty for an empty text, which says that it is not known; None for
    a text in which no département is recognised.
    """
    typed = text.strip()
    if not typed:
        return ""
    numbered = _NUMBER.fullmatch(typed)
    if numbered is not None:
        code = numbered[1].upper()
        return code if code in departements else None
    wanted = fold(typed.removeprefix("SAS ").removeprefix("sas "))
    named = [code for code, name in departements.items() if fold(name) == wanted]
    return named[0] if len(named) == 1 else None


def line_answered(answered: AnsweredLine) -> LineCalled:
    """A line this desk answers, as a transfer keeps it."""
    access, dispositif = answered.access, answered.dispositif
    return LineCalled(
        dispositif=dispositif.id,
        access=dispositif.accesses.index(access),
        name=access.name or dispositif.cpts,
        number=access.phone.number if access.phone is not None else "",
        steps=answered.line.steps,
    )


def taken_unannounced(
    key: str, call: str, answered: AnsweredLine, desk: str, now: datetime, sas: str = ""
) -> Transfer:
    """The transfer of a patient who is on the line already, in the hands of this desk."""
    return unannounced(key, call, line_answered(answered), Actor(desk), now, sas)

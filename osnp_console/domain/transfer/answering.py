"""The lines that a desk answers: those of the CPTS its tele-secretariat works for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from osnp_console.domain.access import Access
from osnp_console.domain.desk import Desk
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.transfer.line import Line

TELE_SECRETARIAT = "telesecretariat"


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """A line of a dispositif: `access` has its name, number and hours, `line` what its calls are made of."""

    dispositif: Dispositif
    access: Access
    line: Line


def lines_of(dispositif: Dispositif) -> tuple[AnsweredLine, ...]:
    """The lines of one dispositif, in the catalogue's order."""
    return tuple(
        AnsweredLine(dispositif, access, access.line)
        for access in dispositif.accesses
        if access.line is not None
    )


def lines_answered_by(desk: Desk, dispositifs: Iterable[Dispositif], day: date) -> tuple[AnsweredLine, ...]:
    """The lines in service on that day that this desk answers, in the catalogue's order.

    A tele-secretariat answers those of the CPTS in `poste.cpts` (a convention of ours: no source says by
    whom a dedicated line is answered); another desk answers none.
    """
    if desk.role != TELE_SECRETARIAT:
        return ()
    return tuple(
        line
        for dispositif in dispositifs
        if dispositif.cpts in desk.cpts and dispositif.out_of_service(day) is None
        for line in lines_of(dispositif)
    )

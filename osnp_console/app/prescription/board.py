"""The prescriptions of the list: what is under way at every desk, and what was ended today; by state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.records import PrescriptionQuery
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.moves import PrescriptionMove, PrescriptionState
from osnp_console.domain.prescription.prescription import Prescription

S = PrescriptionState
ENDED = frozenset({S.ARCHIVED, S.CANCELLED})
UNDER_WAY = frozenset(S) - ENDED
MOST = 200
NO_LONGER_THEIRS = frozenset({S.VALIDATED, S.PRINTED, S.SIGNED})
"""What was validated and waits for whoever prepared it: to be printed, signed, sent."""
_TITLES = {
    S.DRAFT: "Brouillons",
    S.TO_VALIDATE: "À valider",
    S.VALIDATED: "Validées, à imprimer",
    S.PRINTED: "Imprimées, à signer",
    S.SIGNED: "Signées, à transmettre",
    S.SENT: "Transmises",
    S.ARCHIVED: "Archivées",
    S.CANCELLED: "Annulées",
}


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """The prescriptions in one state, the oldest first."""

    state: PrescriptionState
    prescriptions: tuple[Prescription, ...]

    @property
    def title(self) -> str:
        """What stands over them."""
        return _TITLES[self.state]


def board(today: date) -> Callable[[OpenUnit], tuple[Prescription, ...]]:
    """Work for the store: all that is under way, and what was ended of today's; none for whoever may not.

    It is read to be counted, too: that somebody looked at the list is journaled where it is shown
    (`journal.listed_entry`).
    """

    def work(open_unit: OpenUnit) -> tuple[Prescription, ...]:
        with open_unit() as unit:
            if not unit.session.may(Act.SEND_PRESCRIPTION):
                return ()
            open_ones = unit.prescriptions.find(PrescriptionQuery(states=UNDER_WAY), MOST)
            ended = unit.prescriptions.find(PrescriptionQuery(states=ENDED, since=today), MOST)
        return (*open_ones, *ended)

    return work


def by_id(key: str) -> Callable[[OpenUnit], Prescription]:
    """Work for the store: one prescription as it stands. Raises StoreFailure (`introuvable`), Forbidden."""

    def work(open_unit: OpenUnit) -> Prescription:
        with open_unit() as unit:
            unit.session.require(Act.SEND_PRESCRIPTION)
            return unit.prescriptions.get(key)

    return work


def grouped(prescriptions: Iterable[Prescription], *, validates: bool) -> tuple[BoardGroup, ...]:
    """By state; for whoever validates, what waits for that comes first (interface, section 2.2)."""
    order = [S.DRAFT, S.TO_VALIDATE, S.VALIDATED, S.PRINTED, S.SIGNED, S.SENT, S.ARCHIVED, S.CANCELLED]
    if validates:
        order.remove(S.TO_VALIDATE)
        order.insert(0, S.TO_VALIDATE)
    held: dict[PrescriptionState, list[Prescription]] = {state: [] for state in order}
    for one in prescriptions:
        held[one.state].append(one)
    return tuple(
        BoardGroup(state, tuple(sorted(found, key=lambda one: (one.asked_at, one.id))))
        for state, found in held.items()
        if found
    )


def waiting_here(prescriptions: Iterable[Prescription], desk: str, *, validates: bool) -> int:
    """How many wait for this desk: for a doctor those to validate, else what its own drafts became.

    That is what came back from the doctor, and what is valid and not sent yet.
    """
    if validates:
        return sum(1 for one in prescriptions if one.state is S.TO_VALIDATE)
    return sum(
        1
        for one in prescriptions
        if one.desk == desk and (one.state in NO_LONGER_THEIRS or was_sent_back(one))
    )


def was_sent_back(one: Prescription) -> bool:
    """Whether it is a draft that a doctor sent back, and nobody submitted since."""
    last = one.history[-1] if one.history else None
    return one.state is S.DRAFT and last is not None and last.move is PrescriptionMove.SEND_BACK

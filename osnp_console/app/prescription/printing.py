"""A prescription printed: what goes to the printer, what came of it, and what waits until it can be.

A sheet that was asked for is in the base from before it is sent until the printer's own queue is known to
have taken it out. So it survives a missing printer and an end of the program; no file holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from osnp_console.app.ports import OpenUnit, Unit
from osnp_console.app.prescription.acts import SIGNED_PAPER
from osnp_console.app.prescription.print_records import PrintOutcome, WaitingPrint
from osnp_console.app.prescription.site_records import PaperSize
from osnp_console.app.prescription.validate import ORIGINAL
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.moves import PrescriptionState
from osnp_console.domain.prescription.prescription import Prescription

NO_PRINTER = "Aucune imprimante n’est installée sur ce poste."
SWITCHED_OFF = "L’imprimante «\u202f{}\u202f» est arrêtée dans le système\u202f: rien n’est sorti."
REFUSED = "L’imprimante «\u202f{}\u202f» n’a pas pris la feuille\u202f: rien n’est sorti."
STOPPED = "L’imprimante «\u202f{}\u202f» a abandonné la feuille\u202f: la regarder."
NOT_OUT = "L’imprimante «\u202f{}\u202f» n’a pas sorti la feuille\u202f: elle en est retirée."
NOT_OUT_YET = "L’imprimante «\u202f{}\u202f» ne dit pas si la feuille est sortie\u202f: la regarder."
UNREACHABLE = "Le service d’impression de ce poste ne répond pas."


@dataclass(frozen=True, slots=True)
class Sent:
    """What a printer made of a sheet; `sentence` says why it is not out, or why nobody knows."""

    outcome: PrintOutcome
    sentence: str = ""


class SendToPrinter(Protocol):
    """Sends a document to a printer of this desk, and follows it; never on the window's thread."""

    def __call__(self, content: bytes, printer: str, size: PaperSize) -> Sent:
        """Print a PDF once, at its own size. Everything that goes wrong is in the answer."""


@dataclass(frozen=True, slots=True)
class PrintToShow:
    """A sheet that waits, with the prescription it is of."""

    waiting: WaitingPrint
    prescription: Prescription


@dataclass(frozen=True, slots=True)
class PaperToPrint:
    """What is printed: bytes that were archived, or, where `content` is None, a paper to be laid out.

    `duplicate` says that it was printed before.
    """

    prescription: Prescription
    content: bytes | None
    duplicate: bool


def begin_print(waiting: WaitingPrint) -> Callable[[OpenUnit], PaperToPrint]:
    """Work for the store: keep that a sheet is being printed, and give what is to be (`paper_to_print`).

    Raises StoreFailure (`introuvable`), Forbidden.
    """

    def work(open_unit: OpenUnit) -> PaperToPrint:
        with open_unit() as unit:
            unit.session.require(Act.SEND_PRESCRIPTION)
            prescription = unit.prescriptions.get(waiting.prescription)
            unit.prints.put(waiting)
            printed = _to_print(unit, prescription, waiting.size)
            unit.commit()
        return printed

    return work


def paper_to_print(key: str, size: PaperSize) -> Callable[[OpenUnit], PaperToPrint]:
    """Work for the store: what is printed of a prescription now.

    The first print on A4 is the archived document, byte for byte: the signed one where there is one. Raises
    StoreFailure (`introuvable`), Forbidden.
    """

    def work(open_unit: OpenUnit) -> PaperToPrint:
        with open_unit() as unit:
            unit.session.require(Act.SEND_PRESCRIPTION)
            return _to_print(unit, unit.prescriptions.get(key), size)

    return work


def _to_print(unit: Unit, prescription: Prescription, size: PaperSize) -> PaperToPrint:
    archived = None
    as_it_was = prescription.prints == 0 and prescription.state is not PrescriptionState.CANCELLED
    if as_it_was and size is PaperSize.A4:
        archived = unit.prescriptions.paper(prescription.id, SIGNED_PAPER)
        archived = archived or unit.prescriptions.paper(prescription.id, ORIGINAL)
    content = archived.content if archived is not None else None
    return PaperToPrint(prescription, content, prescription.prints > 0)


def end_print(waiting: WaitingPrint, sent: Sent) -> Callable[[OpenUnit], None]:
    """Work for the store: what came of a sheet; one that is out waits no more. Raises StoreFailure."""

    def work(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            if sent.outcome is PrintOutcome.PRINTED:
                unit.prints.remove(waiting.id)
            else:
                unit.prints.put(replace(waiting, outcome=sent.outcome, sentence=sent.sentence))
            unit.commit()

    return work


def drop_print(waiting: str) -> Callable[[OpenUnit], bool]:
    """Work for the store: a sheet is not to be printed any more, or somebody saw that it is out.

    False when it was not there. Raises Forbidden, StoreFailure.
    """

    def work(open_unit: OpenUnit) -> bool:
        with open_unit() as unit:
            unit.session.require(Act.SEND_PRESCRIPTION)
            if not unit.prints.remove(waiting):
                return False
            unit.commit()
        return True

    return work


def waiting_prints(desk: str) -> Callable[[OpenUnit], tuple[PrintToShow, ...]]:
    """Work for the store: what waits at a desk, oldest first; nothing for whoever may not see it."""

    def work(open_unit: OpenUnit) -> tuple[PrintToShow, ...]:
        with open_unit() as unit:
            if not unit.session.may(Act.SEND_PRESCRIPTION):
                return ()
            return tuple(
                PrintToShow(one, unit.prescriptions.get(one.prescription))
                for one in unit.prints.of_desk(desk)
            )

    return work

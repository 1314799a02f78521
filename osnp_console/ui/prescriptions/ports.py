"""What the workspace needs from elsewhere: a document made, the site's settings, who prints, who signs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from osnp_console.app.prescription.paper import PaperSize, PrescriptionPaper
from osnp_console.app.prescription.signature import SignDocument
from osnp_console.domain.prescription.prescription import Prescription


class MakePdf(Protocol):
    """Lays a paper out, for any thread; one at a time."""

    def __call__(self, paper: PrescriptionPaper) -> bytes:
        """The PDF; the same bytes for the same paper."""


class Prints(Protocol):
    """Prints the document of a valid prescription.

    `then` is called on the window's thread with "" once it is in the print queue, else with a sentence that
    says why it is not.
    """

    def __call__(self, prescription: Prescription, size: PaperSize, then: Callable[[str], None]) -> None:
        """Ask the person for a printer, and print."""


class MakesMail(Protocol):
    """Prepares the message for the user's own secure mail client, as a file."""

    def __call__(self, prescription: Prescription, address: str, then: Callable[[str], None]) -> None:
        """`then` is called with a sentence: where the file is, or why there is none."""


@dataclass(frozen=True, slots=True)
class PrescriptionOffice:
    """Who makes documents, prints, sends and signs them; what lacks is marked by hand."""

    pdf: MakePdf
    prints: Prints | None = None
    mail: MakesMail | None = None
    signs: SignDocument | None = None

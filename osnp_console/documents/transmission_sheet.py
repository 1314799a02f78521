"""The nurse's transmission sheet as an A4 page, and the message file that carries papers by secure mail."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from osnp_console.app.prescription.transmission import SecureMessage, TransmissionSheet
from osnp_console.documents.one_at_a_time import one_at_a_time
from osnp_console.documents.page import MUTED, RULE, TITLE, About, Page

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

FOOT = "À laisser au domicile du patient, ou à renvoyer par messagerie sécurisée."
_BLANK_LINE = 19.0
"""Points between two lines to write on: room for a hand."""
_LINES = 3


@one_at_a_time
def transmission_sheet(sheet: TransmissionSheet) -> bytes:
    """The PDF; the same sheet gives the same bytes. Raises OSError without the program's fonts."""
    page = Page(dense=True)
    pieces: list[Flowable] = [
        page.words(sheet.title, TITLE, bold=True, after=2.0),
        page.words(sheet.reference, color=MUTED, after=2.0),
        page.heading("Demande"),
        page.pairs(sheet.asked),
        page.heading("Patient"),
        page.pairs(sheet.patient),
        page.heading("Actes demandés"),
        *(page.words(f"– {act}", after=1.0) for act in sheet.acts),
        page.heading("Relevé au passage"),
        _boxes(page, sheet.measures),
    ]
    for title in sheet.to_write:
        pieces += [page.heading(title), _lines(page.width)]
    pieces += [page.heading("Nom, signature, date et heure"), _lines(page.width, 1)]
    return page.file(pieces, About(sheet.title, sheet.reference, FOOT))


def _boxes(page: Page, labels: Iterable[str]) -> Flowable:
    from reportlab.platypus import Table, TableStyle

    cells = [[page.words(label, 8.0, MUTED), ""] for label in labels]
    pairs = [left + right for left, right in zip(cells[::2], [*cells[1::2], ["", ""]], strict=False)]
    quarter = page.width / 4
    table = Table(pairs, colWidths=[quarter] * 4, rowHeights=[_BLANK_LINE] * len(pairs), hAlign="LEFT")
    table.setStyle(
        TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    )
    return table


def _lines(width: float, count: int = _LINES) -> Flowable:
    from reportlab.platypus import Table, TableStyle

    table = Table([[""]] * count, colWidths=[width], rowHeights=[_BLANK_LINE] * count, hAlign="LEFT")
    table.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE)]))
    return table


def message_file(message: SecureMessage, papers: Iterable[tuple[str, bytes]]) -> bytes:
    """The message as a file (`.eml`) that a mail client opens as a draft: it is sent by hand, from there.

    `papers` are names of files, which say nothing of anybody, and their PDF bytes. There is no sender: the
    user's own client puts it. The same message gives the same bytes.
    """
    made = EmailMessage(policy=SMTP)
    if message.to:
        made["To"] = message.to
    made["Subject"] = message.subject
    # What mail clients read as « not sent yet, still to be edited ».
    made["X-Unsent"] = "1"
    made.set_content(message.text)
    for name, content in papers:
        made.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    # Otherwise made at random.
    made.set_boundary("=_osnp_console_prescription_")
    return made.as_bytes()

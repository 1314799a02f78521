"""The proof of regulation as an A4 page: who decided, when, for whom, on which grounds, which slot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from osnp_console.app.booking.proof import ProofLine, ProofOfRegulation
from osnp_console.documents.one_at_a_time import one_at_a_time
from osnp_console.documents.page import MUTED, TITLE, About, Page

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

FOOT = "Établi par OSNP Console d’après ce qui a été noté pendant l’appel. Ne vaut pas ordonnance."
_HEADINGS = ("Critère", "État", "Constat", "Source")
_SHARES = (0.33, 0.11, 0.42, 0.14)


@one_at_a_time
def proof_of_regulation(proof: ProofOfRegulation) -> bytes:
    """The PDF of a proof; the same proof gives the same bytes. Raises OSError without the program's fonts."""
    page = Page()
    pieces: list[Flowable] = [
        page.words(proof.title, TITLE, bold=True, after=2.0),
        page.words(proof.reference, color=MUTED, after=4.0),
        *_section(page, "Décidé par", proof.decided_by),
    ]
    for title, lines in proof.parts:
        pieces += _section(page, title, lines)
    pieces += _section(page, "Décision", proof.decision)
    pieces += _section(page, "Créneau", proof.slot)
    pieces += _section(page, "Rendez-vous", proof.appointment)
    if proof.criteria:
        rows = [(one.label, one.state, one.found, one.source) for one in proof.criteria]
        pieces += [page.heading("Critères examinés"), page.grid(_HEADINGS, rows, _SHARES)]
    pieces += _section(page, "Catalogue des dispositifs", proof.catalogue)
    return page.file(pieces, About(proof.title, proof.reference, FOOT))


def _section(page: Page, title: str, lines: tuple[ProofLine, ...]) -> list[Flowable]:
    return [page.heading(title), page.pairs([(one.label, one.text) for one in lines])] if lines else []

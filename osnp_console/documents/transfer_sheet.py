"""The transfer sheet as an A4 page: who sends whom to which line, why, on which conditions, what became."""

from __future__ import annotations

from typing import TYPE_CHECKING

from osnp_console.app.transfer.sheet import FilledLine, TransferSheet
from osnp_console.documents.one_at_a_time import one_at_a_time
from osnp_console.documents.page import MUTED, TITLE, About, Page

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

FOOT = "Données de santé : à remettre à la ligne seulement, par messagerie sécurisée."
_HEADINGS = ("Heure", "Étape", "Par", "Détail")
_SHARES = (0.16, 0.18, 0.28, 0.38)


@one_at_a_time
def transfer_sheet(sheet: TransferSheet) -> bytes:
    """The PDF of a sheet; the same sheet gives the same bytes. Raises OSError without the program's fonts."""
    page = Page(dense=True)
    pieces: list[Flowable] = [
        page.words(sheet.title, TITLE, bold=True, after=2.0),
        page.words(sheet.reference, color=MUTED, after=2.0),
        *_section(page, "Envoi", sheet.sending),
        *_section(page, "Patient", sheet.patient),
        *_section(page, "Besoin", sheet.need),
    ]
    if sheet.note:
        pieces += [page.heading("Note pour la ligne"), page.words(sheet.note)]
    if sheet.conditions:
        pieces += [page.heading("Conditions"), page.pairs(_pairs(sheet.conditions))]
    pieces += _section(page, "Suite", sheet.outcome)
    if sheet.reminders:
        pieces.append(page.heading("À rappeler"))
        pieces += [page.words(f"{one.text} ({one.source})", after=1.0) for one in sheet.reminders]
    if sheet.steps:
        rows = [(one.at, one.what, one.by, one.note) for one in sheet.steps]
        pieces += [page.heading("Étapes"), page.grid(_HEADINGS, rows, _SHARES)]
    return page.file(pieces, About(sheet.title, sheet.reference, FOOT))


def _section(page: Page, title: str, lines: tuple[FilledLine, ...]) -> list[Flowable]:
    return [page.heading(title), page.columns(_pairs(lines))] if lines else []


def _pairs(lines: tuple[FilledLine, ...]) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in lines]

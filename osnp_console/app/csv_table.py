"""A table somebody exported from a spreadsheet: its lines, whatever separates the cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from osnp_console.app.errors import Refusal

LARGEST_BYTES = 16 * 1024 * 1024
UNREADABLE = "Ce fichier n’est pas un tableau CSV en UTF-8 ou en Windows-1252."
TOO_LARGE = "Ce fichier est trop gros pour un tableau."


def table_rows(content: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """The lines that hold something, numbered as an editor shows them, their cells without blanks around.

    UTF-8 or Windows-1252; semicolons, commas or tabs, whichever the first line has most of. Raises Refusal.
    """
    text = _text(content)
    sample = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=sample.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        before = 0
        for cells in reader:
            clean = [_bare(cell) for cell in cells]
            if any(clean):
                yield before + 1, clean
            before = reader.line_num
    except csv.Error as error:
        raise Refusal("valeur_invalide", UNREADABLE, "fichier") from error


def _text(content: bytes) -> str:
    if len(content) > LARGEST_BYTES:
        raise Refusal("valeur_invalide", TOO_LARGE, "fichier")
    if b"\0" in content:
        raise Refusal("valeur_invalide", UNREADABLE, "fichier")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("valeur_invalide", UNREADABLE, "fichier")


def table_text(heading: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """A table to write, with semicolons; a cell that a spreadsheet would take for a formula is text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading)
    for cells in rows:
        writer.writerow([_guarded(cell) for cell in cells])
    return out.getvalue()


def _guarded(cell: str) -> str:
    """A cell to write: one that would be taken for a formula gets an apostrophe before it."""
    return f"'{cell}" if re.match(r"'*[=+\-@\t\r]", cell) else cell


def _bare(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    text = cell.strip()
    return text[1:] if re.match(r"'+[=+\-@]", text) else text

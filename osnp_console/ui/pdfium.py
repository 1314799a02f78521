"""PDFium, for one thread at a time: it is not made for several, and more than one of ours draws pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

_ONE_AT_A_TIME = Lock()


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """A document, for as long as the context lasts; nobody else's is drawn meanwhile.

    Raises ValueError for bytes that are no PDF. It is imported here (0.2 s): only where a page is drawn.
    """
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:  # a RuntimeError
            raise ValueError("pdf") from error
        try:
            yield document
        finally:
            document.close()

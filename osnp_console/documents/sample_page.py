"""A page with one sentence, to try a signature or a printer on."""

from __future__ import annotations

from osnp_console.documents.one_at_a_time import one_at_a_time
from osnp_console.documents.page import About, Page


@one_at_a_time
def sample_page(sentence: str) -> bytes:
    """The PDF of a sentence. Raises OSError without the program's fonts."""
    page = Page()
    return page.file([page.words(sentence)], About(sentence, "", ""))

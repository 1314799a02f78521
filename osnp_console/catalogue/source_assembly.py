"""Sources of the catalogue's files turned into the domain's."""

from __future__ import annotations

from datetime import date

from osnp_console.catalogue.forms import EntryForm, SourceForm
from osnp_console.domain.sources import SITE, Source


def source_from(form: SourceForm, entry: EntryForm | None) -> Source:
    """A source; one that is the site's carries who entered it and when."""
    if form.document == SITE and entry is not None:
        return Source(SITE, None, entry.auteur, date.fromisoformat(entry.date))
    return Source(form.document, form.page)

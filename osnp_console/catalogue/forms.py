"""What the forms of the catalogue's files are built from."""

from __future__ import annotations

import msgspec


class Form(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every part of a file: a field that is not declared is an error."""


class SourceForm(Form):
    """Where a rule comes from. In the site's layer `document` is `site`, with no page."""

    document: str
    page: int | None = None


class EntryForm(Form):
    """Who entered something in the site's layer, and when (`2026-11-23`)."""

    auteur: str
    date: str


class SentenceForm(Form):
    """A sentence with its source."""

    texte: str
    source: SourceForm


class RightForm(Form):
    """A role's right under a further condition."""

    role: str
    fait: str

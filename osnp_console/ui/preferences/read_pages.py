"""Raccourcis and À propos: pages that are only read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from osnp_console.domain.sources import Document
from osnp_console.ui.reading.line_row import Reading
from osnp_console.ui.reading.pane import Part

Keys = tuple[str, str, str]
"""Keys as they are shown, what they do, and where."""


@dataclass(frozen=True, slots=True)
class About:
    """The program and the catalogue: versions, licences (name, licence), sources."""

    version: str
    catalogue_version: str
    fingerprint: str
    documents: Mapping[str, Document]
    licences: Sequence[tuple[str, str]] = ()


def shortcut_parts(shortcuts: Iterable[Keys]) -> list[Part]:
    """The keys, by the place where they act."""
    by_place: dict[str, list[Reading]] = {}
    for keys, words, where in shortcuts:
        by_place.setdefault(where, []).append(Reading(words, keys))
    return [Part(where[:1].upper() + where[1:], tuple(lines)) for where, lines in by_place.items()]


def about_parts(about: About, day: date) -> list[Part]:
    """Versions, then each source with its date and whether it is to be checked again, then licences."""
    program = (
        Reading(f"OSNP Console {about.version}", "Version", bold=True),
        Reading("EUPL 1.2", "Licence"),
        Reading(about.catalogue_version, "Catalogue"),
        Reading(about.fingerprint, "Empreinte"),
    )
    return [
        Part("Programme", program),
        Part("Sources du catalogue", tuple(_source(one, day) for one in about.documents.values())),
        Part("Licences", tuple(Reading(licence, name) for name, licence in about.licences)),
    ]


def _source(document: Document, day: date) -> Reading:
    dated = f"du {document.published:%d/%m/%Y}" if document.published is not None else "non daté"
    old = document.to_review(day)
    note = f"{dated} · à revérifier" if old else dated
    return Reading(document.title, document.key, note, mark=("warning", "verify") if old else ("", ""))

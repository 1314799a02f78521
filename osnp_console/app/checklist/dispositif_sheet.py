"""A dispositif's sheet as the operator reads it: titled sections of lines, each with its source.

What no source says is written as such: a silence is never shown as a "no".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from osnp_console.app.checklist.criterion_details import CriterionDetails
from osnp_console.app.checklist.dispositif_ways import (
    access_lines,
    access_title,
    clock_lines,
    notice_line,
    reception_lines,
    visit_lines,
    waiting_lines,
)
from osnp_console.app.checklist.dispositif_words import (
    STATUS_NAMES,
)
from osnp_console.app.checklist.sheet_lines import NOT_SAID, Look, Section, SheetLine
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Commune
from osnp_console.domain.dates import Validity
from osnp_console.domain.dispositif import Dispositif, Rule
from osnp_console.domain.natures import NATURE_NAMES
from osnp_console.domain.sources import CONVENTION, SITE, Document, Source


class DispositifSheet:
    """Writes sheets; `reasons` are labels by code, `living` finds a commune by its code."""

    def __init__(self, reasons: Mapping[str, str], living: Callable[[str], Commune | None]) -> None:
        self._details = CriterionDetails(reasons, living)

    def sections(self, dispositif: Dispositif, now: datetime) -> tuple[Section, ...]:
        """The whole sheet at an instant; a section with nothing to say is left out."""
        moment = in_paris(now)
        written = (
            ("En bref", _summary(dispositif, moment.date())),
            *((access_title(one), access_lines(one, moment)) for one in dispositif.accesses),
            ("Accueil", reception_lines(dispositif.reception, dispositif.source, moment)),
            ("Conditions", self._criteria(dispositif.rules, moment.date())),
            ("Créneaux", clock_lines(dispositif.clocks)),
            ("Qui est prévenu", tuple(notice_line(one) for one in dispositif.notices)),
            ("Intervention de l’infirmier", visit_lines(dispositif.nurse_visit)),
            ("Liste d’attente", waiting_lines(dispositif.waiting_list)),
            ("Conseils", tuple(SheetLine(one.text, source=one.source) for one in dispositif.advice)),
            ("Doutes dans les sources", _doubts(dispositif)),
        )
        return tuple(Section(title, tuple(lines)) for title, lines in written if lines)

    def _criteria(self, rules: Iterable[Rule], day: date) -> tuple[SheetLine, ...]:
        return tuple(self._criterion(rule, day) for rule in rules)

    def _criterion(self, rule: Rule, day: date) -> SheetLine:
        notes = [rule.refusal or "", self._details.detail(rule.criterion), _in_force(rule.validity, day)]
        note = " · ".join(part for part in notes if part)
        return SheetLine(rule.label, note=note, source=rule.source, look=Look.CRITERION)


def source_lines(source: Source, documents: Mapping[str, Document], day: date) -> tuple[SheetLine, ...]:
    """A source as the right-hand pane says it: title, date, page, and whether it is to be checked again."""
    if source.document == CONVENTION:
        return (SheetLine("convention de la console", label="Origine"),)
    if source.document == SITE:
        entered = f"{source.entered:%d/%m/%Y}" if source.entered else NOT_SAID
        return (
            SheetLine("saisi par le site", label="Origine"),
            SheetLine(source.author or NOT_SAID, label="Auteur"),
            SheetLine(entered, label="Saisi le"),
        )
    document = documents.get(source.document)
    lines = [SheetLine(document.title if document else source.document, label="Document")]
    if document is not None:
        published = f"{document.published:%d/%m/%Y}" if document.published else "non daté"
        lines.append(SheetLine(published, label="Date"))
    lines.append(SheetLine(str(source.page) if source.page else NOT_SAID, label="Page"))
    if document is not None and document.address:
        lines.append(SheetLine(document.address, label="Adresse"))
    if document is not None and document.to_review(day):
        why = "plus de douze mois" if document.published else "document non daté"
        lines.append(SheetLine("à revérifier", note=why, look=Look.WARNING))
    return tuple(lines)


def source_name(source: Source | None) -> str:
    """The short name that stands at the end of a line: `S5 p. 14`, `site`, `convention`."""
    if source is None:
        return ""
    return f"{source.document} p. {source.page}" if source.page else source.document


def _summary(dispositif: Dispositif, day: date) -> tuple[SheetLine, ...]:
    closed = dispositif.out_of_service(day)
    lines = [
        SheetLine(dispositif.summary, source=dispositif.source),
        SheetLine(STATUS_NAMES[dispositif.status], label="État"),
        SheetLine(NATURE_NAMES.get(dispositif.nature, dispositif.nature), label="Nature"),
        SheetLine(dispositif.departement, label="Département"),
        SheetLine(_validity(dispositif.validity), label="Validité"),
    ]
    if closed is not None:
        lines.insert(1, SheetLine(closed, look=Look.WARNING))
    if dispositif.website:
        lines.append(SheetLine(dispositif.website, label="Site"))
    return tuple(lines)


def _validity(validity: Validity) -> str:
    start = f"depuis le {validity.start:%d/%m/%Y}" if validity.start else "début non précisé"
    end = f"jusqu’au {validity.end:%d/%m/%Y}" if validity.end else "sans fin connue"
    return f"{start}, {end}"


def _in_force(validity: Validity, day: date) -> str:
    if validity.start is not None and day < validity.start:
        return f"à partir du {validity.start:%d/%m/%Y}"
    if validity.end is not None:
        return f"jusqu’au {validity.end:%d/%m/%Y}"
    return ""


def _doubts(dispositif: Dispositif) -> tuple[SheetLine, ...]:
    return tuple(
        SheetLine(one.text, note=one.reading or "", source=one.source, look=Look.DOUBT)
        for one in dispositif.doubts
    )

"""The detail of a dispositif: its criteria in reading order, its doubts and advice, where each comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from osnp_console.app.checklist.access_words import way_title
from osnp_console.app.checklist.check_eligibility import Answer, WayIn
from osnp_console.app.checklist.dispositif_words import hours_words
from osnp_console.app.checklist.opening_words import opening_detail, opening_words
from osnp_console.domain.checklist import Line
from osnp_console.domain.criteria.answers import AnyOf, OnlyForReasons
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.dispositif import Advice, Dispositif
from osnp_console.domain.sources import CONVENTION, SITE, Document, Doubt, Source
from osnp_console.domain.states import State

TO_REVIEW = "à revérifier"
OUR_CONVENTION = "convention de la console"
_READING_ORDER = {State.UNMET: 0, State.UNKNOWN: 1, State.MET: 2, State.NOT_APPLICABLE: 3}
_STATE_WORDS = {
    State.MET: "oui",
    State.UNMET: "non",
    State.UNKNOWN: "pas encore établi",
    State.NOT_APPLICABLE: "sans objet",
}


class Part(Enum):
    """The kinds of lines of a detail."""

    CRITERION = "critère"
    DOUBT = "doute"
    ADVICE = "conseil"
    WHY_CLOSED = "hors service"
    WAY = "autre accès"
    HOURS = "heures"
    WAITING = "liste d’attente"


@dataclass(frozen=True, slots=True)
class DetailLine:
    """One line of the detail; `key` tells it from the others of the same dispositif."""

    key: str
    part: Part
    label: str
    second: str = ""
    state: State | None = None
    doubts: tuple[Doubt, ...] = ()
    source: Source | None = None
    refers: str = ""
    fact: str | None = None

    @property
    def sentence(self) -> str:
        """What a screen reader hears."""
        parts = [self.label]
        if self.state is not None:
            parts.append(_STATE_WORDS[self.state])
        elif self.part is Part.DOUBT:
            parts.insert(0, "doute")
        if self.second:
            parts.append(self.second.rstrip("."))
        if self.doubts and self.part is Part.CRITERION:
            parts.append("un doute" if len(self.doubts) == 1 else f"{len(self.doubts)} doutes")
        if self.refers:
            parts.append(self.refers)
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class MetFold:
    """`5 conditions réunies`: what stands for the met criteria where height lacks."""

    count: int
    opened: bool

    @property
    def words(self) -> str:
        """What the line says."""
        return f"{self.count} conditions réunies"


def can_fold(lines: Sequence[DetailLine]) -> bool:
    """Met criteria give way only to others that are not met, and only when there are several."""
    states = [line.state for line in lines if line.part is Part.CRITERION]
    return states.count(State.MET) > 1 and (State.UNMET in states or State.UNKNOWN in states)


def fold_met(lines: Sequence[DetailLine], *, opened: bool) -> tuple[DetailLine | MetFold, ...]:
    """The lines with their met criteria behind one line, which stands where the first of them stood."""
    count = sum(1 for line in lines if _is_met(line))
    folded: list[DetailLine | MetFold] = []
    for line in lines:
        if _is_met(line):
            if not any(isinstance(one, MetFold) for one in folded):
                folded.append(MetFold(count, opened))
            if not opened:
                continue
        folded.append(line)
    return tuple(folded)


def _is_met(line: DetailLine) -> bool:
    return line.part is Part.CRITERION and line.state is State.MET


def detail_lines(answer: Answer, now: datetime) -> tuple[DetailLine, ...]:
    """Criteria (non, inconnu, oui, sans objet), then its waiting list, other ways in, doubts, advice."""
    judgement = answer.judgement
    ordered = sorted(judgement.lines, key=lambda line: _READING_ORDER[line.finding.state])
    lines = [criterion_line(line) for line in ordered]
    if judgement.why_closed is not None:
        source = judgement.dispositif.source
        lines.insert(
            0, DetailLine("why", Part.WHY_CLOSED, judgement.why_closed, source=source, refers=refers(source))
        )
    lines.extend(_waiting(answer))
    lines.extend(_hours(answer, now))
    lines.extend(_way(number, way, now) for number, way in enumerate(answer.others))
    lines.extend(_doubt(number, doubt) for number, doubt in enumerate(judgement.dispositif.doubts))
    lines.extend(_advice(number, advice) for number, advice in enumerate(judgement.dispositif.advice))
    return tuple(lines)


def in_place(shown: tuple[DetailLine, ...], answer: Answer, now: datetime) -> tuple[DetailLine, ...]:
    """The lines with what is found now, in the order they are shown in; a new order when they are others."""
    fresh = {line.key: line for line in detail_lines(answer, now)}
    if set(fresh) != {line.key for line in shown}:
        return tuple(fresh.values())
    return tuple(fresh[line.key] for line in shown)


def whole(dispositif: Dispositif) -> DetailLine:
    """The dispositif itself as one line: its summary, its doubts, its source."""
    source = dispositif.source
    return DetailLine(
        "whole",
        Part.ADVICE,
        dispositif.summary,
        doubts=dispositif.doubts,
        source=source,
        refers=refers(source),
    )


def criterion_line(line: Line) -> DetailLine:
    """One criterion and what it finds."""
    rule, finding = line.rule, line.finding
    fact = next((code for code in (*finding.missing, finding.fact or "") if code), None)
    return DetailLine(
        f"c:{rule.id}",
        Part.CRITERION,
        rule.label,
        line.text or "",
        finding.state,
        tuple(_territory_doubts(rule.criterion)),
        rule.source,
        refers(rule.source),
        fact,
    )


def refers(source: Source | None) -> str:
    """Where a rule comes from, short: `S5 p. 14`, `site`, `convention`."""
    if source is None or source.document == CONVENTION:
        return "convention"
    if source.document == SITE:
        return "site"
    return f"{source.document} p. {source.page}" if source.page is not None else source.document


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """What the source panel shows of one line, or of a dispositif as a whole."""

    title: str
    document: str
    place: str
    old: bool
    rule: str
    finding: str
    doubts: tuple[Doubt, ...]
    address: str = ""


def source_sheet(title: str, line: DetailLine, documents: Mapping[str, Document], today: date) -> SourceSheet:
    """The source of a line. `title` names the dispositif."""
    document, place, old = _where(line.source, documents, today)
    address = ""
    if line.source is not None and line.source.document in documents:
        address = documents[line.source.document].address or ""
    return SourceSheet(title, document, place, old, line.label, line.second, line.doubts, address)


def is_old(source: Source, documents: Mapping[str, Document], today: date) -> bool:
    """True when what the source says is to be checked again."""
    document = documents.get(source.document)
    return document is not None and document.to_review(today)


def _where(source: Source | None, documents: Mapping[str, Document], today: date) -> tuple[str, str, bool]:
    if source is None or source.document == CONVENTION:
        return OUR_CONVENTION, "", False
    if source.document == SITE:
        who = f"par {source.author}" if source.author else "sans auteur"
        when = f" le {source.entered:%d/%m/%Y}" if source.entered is not None else ""
        return "Saisi par le site", f"{who}{when}", False
    document = documents.get(source.document)
    page = f"page {source.page}" if source.page is not None else "sans page"
    if document is None:
        return source.document, page, False
    dated = f"du {document.published:%d/%m/%Y}" if document.published is not None else "non daté"
    return f"{document.key} · {document.title}", f"{page} · document {dated}", document.to_review(today)


def _territory_doubts(criterion: Criterion) -> Iterator[Doubt]:
    if isinstance(criterion, InTerritory):
        yield from criterion.territory.doubts
    elif isinstance(criterion, OnlyForReasons):
        yield from _territory_doubts(criterion.condition)
    elif isinstance(criterion, AnyOf):
        for one in criterion.among:
            yield from _territory_doubts(one)


def _waiting(answer: Answer) -> Iterator[DetailLine]:
    """What the source says of the waiting list, and whether this desk may register there."""
    for one in answer.waiting:
        yield DetailLine(
            f"l:{one.key}",
            Part.WAITING,
            f"{one.label}\u202f: {one.text}",
            one.note,
            one.state,
            source=one.source,
            refers=refers(one.source),
            fact=one.fact or None,
        )


def _hours(answer: Answer, now: datetime) -> Iterator[DetailLine]:
    """The whole of what is known of the hours, holidays included."""
    access = answer.access.access if answer.access is not None else None
    if access is not None and access.hours is not None:
        words, source = " · ".join(hours_words(access.hours)), access.source
        yield DetailLine(
            "h:access", Part.HOURS, "Heures d’accès", words, source=source, refers=refers(source)
        )
    if answer.reception is not None and (reception := answer.reception[0]).hours is not None:
        label = f"Accueil\u202f: {reception.place}" if reception.place else "Accueil"
        words = f"{' · '.join(hours_words(reception.hours))} · {opening_detail(answer.reception[1], now)}"
        source = reception.source or answer.judgement.dispositif.source
        yield DetailLine("h:reception", Part.HOURS, label, words, source=source, refers=refers(source))


def _way(number: int, way: WayIn, now: datetime) -> DetailLine:
    source = way.access.source if way.access is not None else None
    state = opening_words(way.opening, now)
    return DetailLine(
        f"w:{number}", Part.WAY, way_title(way.access), state, source=source, refers=refers(source)
    )


def _doubt(number: int, doubt: Doubt) -> DetailLine:
    return DetailLine(
        f"d:{number}",
        Part.DOUBT,
        doubt.text,
        doubt.reading or "",
        None,
        (doubt,),
        doubt.source,
        refers(doubt.source),
    )


def _advice(number: int, advice: Advice) -> DetailLine:
    return DetailLine(
        f"a:{number}", Part.ADVICE, advice.text, source=advice.source, refers=refers(advice.source)
    )

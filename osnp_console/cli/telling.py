"""The checklist told on a terminal, in French."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TextIO

from osnp_console.app.checklist.check_eligibility import Answer, Eligibility
from osnp_console.domain.hours import Opening
from osnp_console.domain.sources import Document
from osnp_console.domain.states import State, Verdict

WORDS = {
    Verdict.ELIGIBLE: "Éligible",
    Verdict.TO_CHECK: "À vérifier",
    Verdict.NOT_ELIGIBLE: "Refusé",
    Verdict.OUT_OF_SERVICE: "Hors service",
}
MARKS = {State.MET: "oui", State.UNMET: "NON", State.UNKNOWN: " ? ", State.NOT_APPLICABLE: " – "}
_ACCESS = {
    "agenda": "à réserver dans l’agenda",
    "transfert": "transfert à la ligne",
    "ligne": "numéro à donner au patient",
    "orientation": "orientation",
    "inscription": "inscription sur la liste",
    "ordonnance": "ordonnance d’abord",
}


def tell(answer: Eligibility, documents: Mapping[str, Document], out: TextIO) -> None:
    """Everything: alert, counts, each dispositif that is eligible or to check, the next question."""
    if answer.alert:
        out.write(f"!! {answer.alert}\n\n")
    out.write(f"{answer.instant:%d/%m/%Y %H:%M}\n")
    tell_counts(answer, out)
    for verdict in (Verdict.ELIGIBLE, Verdict.TO_CHECK):
        for one in answer.answers:
            if one.judgement.verdict is verdict:
                tell_one(one, out)
                _tell_age(one, documents, answer.instant, out)
    if answer.question is not None:
        out.write(f"\nProchaine question : {answer.question.text}\n")


def tell_counts(answer: Eligibility, out: TextIO) -> None:
    """How many dispositifs have each verdict, on one line."""
    found = Counter(one.judgement.verdict for one in answer.answers)
    out.write("    " + " · ".join(f"{word} : {found[verdict]}" for verdict, word in WORDS.items()) + "\n")


def tell_one(answer: Answer, out: TextIO) -> None:
    """One dispositif: verdict, way in, criteria with their source, doubts."""
    judgement = answer.judgement
    dispositif = judgement.dispositif
    out.write(f"\n{WORDS[judgement.verdict]:<12} {dispositif.cpts} · {dispositif.nature} ({dispositif.id})\n")
    if judgement.why_closed:
        out.write(f"    {judgement.why_closed}\n")
    if answer.access is not None:
        out.write(f"    Accès : {way_words(answer)}\n")
    for line in judgement.lines:
        if line.finding.state is State.NOT_APPLICABLE:
            continue
        origin = line.rule.source
        where = f"  [{origin.document} p. {origin.page}]" if origin is not None and origin.page else ""
        text = f" : {line.text}" if line.text else ""
        out.write(f"    {MARKS[line.finding.state]} {line.rule.label}{text}{where}\n")
    for doubt in judgement.dispositif.doubts:
        out.write(f"    ≠ doute : {doubt.sentence()}\n")


def _tell_age(answer: Answer, documents: Mapping[str, Document], instant: datetime, out: TextIO) -> None:
    """Says that the source is old, where it is."""
    document = documents.get(answer.judgement.dispositif.source.document)
    if document is not None and document.to_review(instant.date()):
        dated = f"du {document.published:%d/%m/%Y}" if document.published is not None else "non datée"
        out.write(f"    à revérifier : source {document.key} {dated}\n")


def way_words(answer: Answer) -> str:
    """The way in, in a few words, with whether it answers now."""
    way = answer.access
    if way is None or way.access is None:
        return "non précisé pour ce poste"
    access = way.access
    parts: Iterable[str | None] = (
        _ACCESS[access.mode.value] if access.mode is not None else "mode non précisé",
        access.name,
        access.phone.number if access.phone is not None else None,
        "à ne pas donner au patient"
        if access.phone is not None and access.phone.for_patients is False
        else None,
        opening_words(way.opening),
    )
    return " · ".join(part for part in parts if part)


def opening_words(opening: Opening) -> str:
    """Open, closed or not said: three different things."""
    if opening.open is None:
        return "heures non précisées à cet instant"
    if opening.open:
        return f"ouvert · ferme à {opening.closes_at:%H:%M}" if opening.closes_at else "ouvert"
    return f"fermé · ouvre le {opening.opens_at:%d/%m à %H:%M}" if opening.opens_at else "fermé"

"""What a row of the checklist says, to the eye and to a screen reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.checklist.access_words import state_words, way_words
from osnp_console.app.checklist.arrangement import TerritoryEntry
from osnp_console.app.checklist.check_eligibility import Answer
from osnp_console.app.checklist.deciding_reason import Reasons
from osnp_console.app.checklist.opening_words import spoken
from osnp_console.app.checklist.questions_left import questions_of, short_question
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Row
from osnp_console.domain.facts import Fact
from osnp_console.domain.natures import cpts_name, nature_name
from osnp_console.domain.states import Verdict

VERDICT_WORDS = {
    Verdict.ELIGIBLE: "Éligible",
    Verdict.TO_CHECK: "À vérifier",
    Verdict.NOT_ELIGIBLE: "Refusé",
    Verdict.OUT_OF_SERVICE: "Hors service",
}
NOBODY_LISTS = "Territoire\u202f: aucune source ne le décrit"
_BY_ANSWER = {
    None: NOBODY_LISTS,
    True: "Appartient au territoire, dit à ce poste",
    False: "N’appartient pas au territoire, dit à ce poste",
}
_SHORT_NATURES = {
    "centre_snp": "centre SNP",
    "liste_attente_medecin_traitant": "liste d’attente",
    "protocole_pluriprofessionnel": "protocole pluripro",
}
_NO_NAMES = (
    "Accès non", "Agenda", "Appartient", "Aucun", "Autre", "Ce motif", "En ", "Expérimentation", "Hors",
    "Inscription", "Ligne", "N’appartient", "Non décrit", "Numéro", "Ordonnance", "Orientation", "Ouvre",
    "Pas ", "Prévu", "Régulation", "Rendez-vous", "Terminé", "Territoire", "Transfert", "Urgence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowWords:
    """One row. `way` may be cut where it lacks room, `opening` never; `reason` is a refused row's."""

    verdict: Verdict
    name: str
    nature: str
    way: str = ""
    opening: str = ""
    reason: str = ""
    chip: str = ""
    doubts: int = 0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class TerritoryWords:
    """A CPTS whose territory nobody lists; `answer` is what the operator said."""

    name: str
    natures: str
    second: str
    answer: bool | None
    sentence: str


def row_words(row: Row, answer: Answer, call: Call, defined: Mapping[str, Fact], now: datetime) -> RowWords:
    """The words of a dispositif in service."""
    dispositif = row.dispositif
    name, nature = cpts_name(dispositif.cpts), short_nature(dispositif.nature)
    heard_nature, doubts = nature_name(dispositif.nature), len(dispositif.doubts)
    if row.verdict is Verdict.NOT_ELIGIBLE:
        reason = Reasons(call).of(row).words
        return RowWords(
            Verdict.NOT_ELIGIBLE, name, nature, reason=reason, doubts=doubts,
            sentence=_sentence(name, heard_nature, "refusé", _first_small(reason), _doubts(doubts)),
        )  # fmt: skip
    asked = questions_of(row, defined)
    way = way_words(answer.access.access if answer.access is not None else None)
    opening = state_words(answer, now)
    heard = spoken(f"{_first_small(way)}, {opening}")
    if row.verdict is Verdict.ELIGIBLE:
        return RowWords(
            Verdict.ELIGIBLE, name, nature, way, opening, chip="Éligible", doubts=doubts,
            sentence=_sentence(name, heard_nature, "éligible", heard, _doubts(doubts)),
        )  # fmt: skip
    chip = _questions(len(asked)) if asked else "À vérifier"
    waits = " · ".join(short_question(fact, row) for fact in asked[:2])
    heard_chip = f"à vérifier, {chip}" if asked else "à vérifier"
    return RowWords(
        Verdict.TO_CHECK, name, nature, f"{waits} · {_first_small(way)}" if waits else way, opening,
        chip=chip, doubts=doubts, sentence=_sentence(name, heard_nature, heard_chip, heard, _doubts(doubts)),
    )  # fmt: skip


def out_of_service_words(cpts: str, nature: str, why: str) -> RowWords:
    """The words of a dispositif out of service."""
    name, reason = cpts_name(cpts), why.rstrip(".")
    return RowWords(
        Verdict.OUT_OF_SERVICE, name, short_nature(nature), reason=reason,
        sentence=_sentence(name, nature_name(nature), "hors service", _first_small(reason)),
    )  # fmt: skip


def territory_words(entry: TerritoryEntry, answer: bool | None) -> TerritoryWords:
    """The words of a CPTS to place."""
    shown = ", ".join(dict.fromkeys(short_nature(one.nature) for one in entry.dispositifs))
    heard = ", ".join(dict.fromkeys(nature_name(one.nature) for one in entry.dispositifs))
    name, second = cpts_name(entry.cpts), _BY_ANSWER[answer]
    waits = "" if answer is not None else "O appartient, N n’appartient pas"
    return TerritoryWords(name, shown, second, answer, _sentence(name, heard, _first_small(second), waits))


def short_nature(nature: str) -> str:
    """The nature as a row shows it: `centre SNP`."""
    return _SHORT_NATURES.get(nature) or nature_name(nature)


def _sentence(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"


def _doubts(count: int) -> str:
    return "" if count == 0 else "un doute" if count == 1 else f"{count} doutes"


def _first_small(words: str) -> str:
    """Within a sentence: a small first letter, unless the first word may be a name."""
    return words[:1].lower() + words[1:] if words.startswith(_NO_NAMES) else words

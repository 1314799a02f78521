"""A call's sheet read back in French: each field with its label, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import ASKED, CallSheet
from osnp_console.domain.commune import Commune
from osnp_console.domain.phone import read_phone
from osnp_console.domain.typed_dates import DateRefused, age_said, read_birth, shown


class Knowledge(Enum):
    """What the sheet holds of a field."""

    KNOWN = "known"
    ASKED = "asked, not known"
    NOT_ASKED = "not asked"
    PENDING = "typed, not chosen"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field: its label, its answer in words, and how far it is known."""

    label: str
    text: str
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class SheetPart:
    """The fields under one title of the form."""

    title: str
    lines: tuple[FieldLine, ...]


_ALWAYS = True
# Title, then label, code and whether the field shows even when nothing was answered (interface, §3).
_FORM: tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...] = (
    ("Appelant", (("Lien", fields.CALLER_LINK, _ALWAYS), ("Rappeler au", fields.CALLER_PHONE, _ALWAYS))),
    (
        "Patient",
        (
            ("Nom", fields.BIRTH_NAME, _ALWAYS),
            ("Prénom", fields.FIRST_NAMES, _ALWAYS),
            ("Né(e) le", facts.BIRTH, _ALWAYS),
            ("Sexe", facts.SEX, _ALWAYS),
            ("Enceinte", facts.PREGNANT, False),
            ("Téléphone", fields.PATIENT_PHONE, False),
            ("Commune", facts.RESIDENCE, _ALWAYS),
            ("Se trouve", facts.PRESENT_PLACE, _ALWAYS),
        ),
    ),
    (
        "Besoin",
        (
            ("Offre", facts.OFFER, _ALWAYS),
            ("Motif", facts.REASON, _ALWAYS),
            ("À voir sous", facts.DELAY, _ALWAYS),
            ("Plateau tech.", facts.TECHNICAL_PLATFORM, False),
            ("Ordonnance", facts.PRESCRIPTION, False),
            ("Début", facts.ONSET, False),
        ),
    ),
    (
        "Soins habituels",
        (
            ("Médecin traitant", facts.REGULAR_DOCTOR, False),
            ("Cabinet", fields.DOCTOR_PRACTICE, False),
            ("Appelé\u202f?", fields.DOCTOR_CALLED, False),
            ("Praticien habituel", facts.USUAL_PRACTITIONER, False),
            ("Cabinet habituel", fields.USUAL_PRACTICE, False),
            ("Praticien appelé\u202f?", facts.USUAL_CONTACTED, False),
        ),
    ),
    ("Déplacement", (("Peut venir", facts.CAN_TRAVEL, _ALWAYS),)),
)
_HOME = "domicile"
_COMMUNES = frozenset({facts.RESIDENCE, facts.PRESENT_PLACE})
_CODES: Mapping[str, Mapping[str, str]] = {
    fields.CALLER_LINK: {
        "patient": "Patient",
        "proche": "Proche",
        "professionnel": "Professionnel",
        "autre": "Autre",
    },
    facts.SEX: {"F": "Femme", "M": "Homme", "I": "Indéterminé"},
    facts.REGULAR_DOCTOR: {
        "aucun": "Aucun",
        "declare": "En a un",
        "disponible": "Disponible",
        "indisponible": "Indisponible",
    },
}
_STATUS = _CODES[facts.REGULAR_DOCTOR]
_IN_THE_FORM = frozenset(code for _, group in _FORM for _, code, _ in group)
# Said in their own way, or in another field.
_ELSEWHERE = frozenset({facts.VITAL_EMERGENCY, fields.DELAY_DAYS, fields.NOTE})
_SAYS: Mapping[Knowledge, str] = {Knowledge.NOT_ASKED: "pas demandé", Knowledge.ASKED: "ne sait pas"}


class CallSheetWords:
    """Reads sheets back; `reasons`, `offers` and `questions` are labels by code."""

    def __init__(
        self,
        reasons: Mapping[str, str],
        offers: Mapping[str, str],
        questions: Mapping[str, str],
        living: Callable[[str], Commune | None],
    ) -> None:
        self._reasons = reasons
        self._offers = offers
        self._questions = questions
        self._living = living

    def parts(self, sheet: CallSheet, taken: date) -> tuple[SheetPart, ...]:
        """The sheet of a call taken that day, in the order of the form."""
        found = [
            (title, tuple(self._lines(sheet, group, taken)))
            for title, group in (*_FORM, ("Réponses", self._further(sheet)), ("Note", self._note(sheet)))
        ]
        return tuple(SheetPart(title, lines) for title, lines in found if lines)

    def told(self, sheet: CallSheet, code: str, taken: date) -> str:
        """One field by itself; a commune with its postal code, since several bear one name."""
        knowledge = _knowledge(sheet, code)
        if knowledge is Knowledge.PENDING:
            return _not_chosen(sheet.pending[code])
        if knowledge is not Knowledge.KNOWN:
            return _SAYS[knowledge]
        commune = self._living(sheet.text(code)) if code in _COMMUNES else None
        if commune is not None:
            return f"{commune.nom} · {next(iter(commune.codes_postaux), commune.code)}"
        return f"{sheet.text(code)} jours" if code == fields.DELAY_DAYS else self._value(sheet, code, taken)

    def commune(self, code: str | None) -> str:
        """A commune's name by its code; the code itself when it is not known, empty without one."""
        if code is None:
            return ""
        commune = self._living(code)
        return commune.nom if commune is not None else code

    def reason(self, code: str | None) -> str:
        """A reason's label by its code, empty without one."""
        return self._reasons.get(code, code) if code is not None else ""

    def _lines(
        self, sheet: CallSheet, group: tuple[tuple[str, str, bool], ...], taken: date
    ) -> Iterator[FieldLine]:
        for label, code, always in group:
            knowledge = _knowledge(sheet, code)
            if knowledge is Knowledge.NOT_ASKED and not always:
                continue
            if knowledge is Knowledge.PENDING:
                yield FieldLine(label, _not_chosen(sheet.pending[code]), knowledge)
            else:
                yield FieldLine(label, _SAYS.get(knowledge) or self._value(sheet, code, taken), knowledge)

    def _further(self, sheet: CallSheet) -> tuple[tuple[str, str, bool], ...]:
        codes = dict.fromkeys((*sheet.values, *sorted(sheet.asked), *sheet.pending))
        further = (code for code in codes if code not in _IN_THE_FORM and code not in _ELSEWHERE)
        return tuple((self._question(code), code, False) for code in further)

    def _question(self, code: str) -> str:
        if code.startswith(facts.TERRITORY_PREFIX):
            return f"Territoire\u202f: {code.removeprefix(facts.TERRITORY_PREFIX)}"
        return self._questions.get(code, code)

    def _note(self, sheet: CallSheet) -> tuple[tuple[str, str, bool], ...]:
        return (("", fields.NOTE, False),) if sheet.text(fields.NOTE) else ()

    def _value(self, sheet: CallSheet, code: str, taken: date) -> str:
        value = sheet.values[code]
        if isinstance(value, bool):
            return "Oui" if value else "Non"
        if code == facts.DELAY:
            return _delay(value, sheet)
        text = str(value)
        if code == facts.RESIDENCE:
            return self.commune(text)
        if code == facts.PRESENT_PLACE:
            at_home, away = "À son domicile", "Ailleurs, commune à préciser"
            return {_HOME: at_home, fields.ELSEWHERE: away}.get(text) or self.commune(text)
        if code == facts.REASON:
            return self.reason(text)
        if code == facts.OFFER:
            return self._offers.get(text, text)
        if code == facts.BIRTH:
            return _birth(text, taken)
        if code in (fields.CALLER_PHONE, fields.PATIENT_PHONE):
            return read_phone(text).shown
        if code == facts.USUAL_PRACTITIONER:
            return _STATUS.get(text, text)
        return _CODES.get(code, {}).get(text, text)


def _knowledge(sheet: CallSheet, code: str) -> Knowledge:
    if code in sheet.pending:
        return Knowledge.PENDING
    answer = sheet.answer(code)
    if answer is None:
        return Knowledge.NOT_ASKED
    return Knowledge.ASKED if answer is ASKED else Knowledge.KNOWN


def _not_chosen(text: str) -> str:
    return f"«\u202f{text}\u202f» (non choisi)"


def _delay(value: object, sheet: CallSheet) -> str:
    if value == fields.LATER:
        days = sheet.values.get(fields.DELAY_DAYS)
        return f"{days} jours" if days else "Plus de 72 h"
    return f"{value} h"


def _birth(text: str, taken: date) -> str:
    """The date and the age on the day of the call; the typed text when no date can be read from it."""
    try:
        birth = read_birth(text, taken)
    except DateRefused:
        return f"{text} (à relire)"
    age = age_said(birth.date, birth.age_years, taken)
    return " · ".join(part for part in (shown(birth.date) if birth.date else "", age) if part)

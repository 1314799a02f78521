"""What the sending desk typed of a patient, as the line's desk reads it: nothing is asked twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from osnp_console.app.calls.sheet_words import CallSheetWords, FieldLine, Knowledge
from osnp_console.app.transfer.queue_rows import NOT_NOTED, age_of, name_of, sender_words
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.clock import in_paris
from osnp_console.domain.phone import read_phone
from osnp_console.domain.transfer.transfer import Conditions, Transfer
from osnp_console.domain.typed_dates import DateRefused, read_birth, shown

_IN_THE_TITLE = frozenset({"Nom", "Prénom", "Né(e) le", "Sexe"})
_FIRST = ("Commune", "Motif", "À voir sous", "Rappeler au")
"""What the line looks at first; the rest follows in the order of the form."""
_LABELS = {"Commune": "Habite à", "Plateau tech.": "Plateau technique", "Appelé\u202f?": "Cabinet appelé"}


@dataclass(frozen=True, slots=True)
class Received:
    """A patient as they were announced.

    `birth` is `née le 02/05/1994 · 32 ans · F`; `phone` the number to call back, empty where none is noted;
    `conditions` one sentence, `are_met` whether nothing is missing or to be checked, None without any to say.
    """

    name: str
    birth: str
    lines: tuple[FieldLine, ...]
    note: str = ""
    phone: str = ""
    conditions: str = ""
    are_met: bool | None = None

    @property
    def sentence(self) -> str:
        """All of it, for a screen reader."""
        told = (f"{one.label}\u202f: {one.text}" for one in self.lines)
        parts = (f"{self.name}, {self.birth}".rstrip(", "), *told, self.note, self.conditions)
        return ". ".join(part for part in parts if part)


def received(record: CallRecord, transfer: Transfer, words: CallSheetWords) -> Received:
    """What is shown of a transfer's patient."""
    sheet, day = record.sheet, in_paris(record.taken_at).date()
    parts = words.parts(sheet, day)
    note = next((part.lines[0].text for part in parts if part.title == "Note"), "")
    all_lines = [line for part in parts if part.title != "Note" for line in part.lines]
    told = [line for line in all_lines if line.label not in _IN_THE_TITLE and _is_worth_saying(line)]
    first = [line for label in _FIRST for line in told if line.label == label]
    lines = [*first, *(line for line in told if line not in first)]
    sender = FieldLine(_sent_by(transfer), sender_words(transfer), Knowledge.KNOWN)
    return Received(
        name_of(sheet) or NOT_NOTED[:1].upper() + NOT_NOTED[1:],
        _birth(sheet, day),
        (*(FieldLine(_LABELS.get(one.label, one.label), one.text, one.knowledge) for one in lines), sender),
        note,
        _phone(sheet),
        *_conditions(transfer),
    )


def _is_worth_saying(line: FieldLine) -> bool:
    """What was not asked is said only of what the line looks at first: the rest would hide what is known."""
    return line.knowledge is not Knowledge.NOT_ASKED or line.label in _FIRST


def _sent_by(transfer: Transfer) -> str:
    return "Envoyé par" if transfer.announced else "Transféré par"


def _birth(sheet: CallSheet, day: date) -> str:
    sex = sheet.text(facts.SEX).upper()
    text = sheet.text(facts.BIRTH)
    born = ""
    if text:
        try:
            read = read_birth(text, day).date
        except DateRefused:
            read = None
        if read is not None and read.first == read.last:
            born = f"{'né' if sex == 'M' else 'née' if sex == 'F' else 'né(e)'} le {shown(read)}"
    return " · ".join(part for part in (born, age_of(sheet, day), sex) if part)


def _phone(sheet: CallSheet) -> str:
    for code in (fields.PATIENT_PHONE, fields.CALLER_PHONE):
        number = read_phone(sheet.text(code))
        if number.e164 is not None:
            return number.shown
    return ""


def _conditions(transfer: Transfer) -> tuple[str, bool | None]:
    """How the conditions stood when it was prepared; nothing for whom nobody announced."""
    if not transfer.announced:
        return "", None
    found: Conditions = transfer.conditions
    said: list[str] = []
    if found.unmet:
        count = len(found.unmet)
        said.append(f"{count} condition{_s(count)} non réunie{_s(count)}\u202f: {', '.join(found.unmet)}")
    if found.to_check:
        said.append(f"À vérifier\u202f: {', '.join(found.to_check)}")
    if found.reason:
        said.append(f"Motif pour continuer\u202f: {found.reason}")
    if not said:
        return "Les conditions sont réunies, dit le poste qui envoie.", True
    return f"{'. '.join(one.rstrip('.') for one in said)}.", False


def _s(count: int) -> str:
    return "s" if count > 1 else ""

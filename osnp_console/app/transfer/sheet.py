"""The transfer sheet: what the line needs on one page, and the same as plain text for secure mail."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.app.checklist.dispositif_words import dispositif_title
from osnp_console.app.transfer.spoken import NO_RECORD, Record, Reminder
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import desk_told
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.phone import read_phone
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.transfer.reasons import reason_words
from osnp_console.domain.transfer.steps import STEP_NAMES, Step
from osnp_console.domain.transfer.transfer import Actor, Transfer

COLUMNS = 78
"""The width of the plain text, which any mail shows without cutting it."""
TITLE = "Fiche de transfert"
NO_CALL = "La fiche de l’appel n’est plus gardée."
_LABEL_COLUMNS = 22
_ABOUT_PATIENT = ("Appelant", "Patient")
_ABOUT_NEED = ("Besoin", "Soins habituels", "Déplacement", "Réponses")
_COMMUNES: Mapping[str, str] = {"Commune": facts.RESIDENCE, "Se trouve": facts.PRESENT_PLACE}
_DONE: Mapping[TransferMove, str] = {
    TransferMove.DIAL: STEP_NAMES[Step.CALL],
    TransferMove.GET_NO_ANSWER: "Sans réponse",
    TransferMove.FIND_ENGAGED: "Ligne occupée",
    TransferMove.ANSWER: STEP_NAMES[Step.ANSWERED],
    TransferMove.PRESENT: STEP_NAMES[Step.PRESENTED],
    TransferMove.FIND_SLOT: STEP_NAMES[Step.SLOT],
    TransferMove.FIND_NOTHING: "Rien de libre",
    TransferMove.AGREE: STEP_NAMES[Step.AGREED],
    TransferMove.REFUSE: "Refusé",
    TransferMove.HAND_OVER: STEP_NAMES[Step.HANDED_OVER],
    TransferMove.REGISTER: STEP_NAMES[Step.REGISTERED],
    TransferMove.FAIL: "Échoué",
    TransferMove.CANCEL: "Annulé",
}
"""What was done, as a line of the past."""


@dataclass(frozen=True, slots=True)
class FilledLine:
    """A label and what stands beside it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetStep:
    """One step that was made: when, what, by whom, and why or with which slot."""

    at: str
    what: str
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TransferSheet:
    """One page; the same content always gives the same file. `reference` names no patient.

    `note` is what was typed for the line, empty without one.
    """

    title: str
    reference: str
    sending: tuple[FilledLine, ...]
    patient: tuple[FilledLine, ...]
    need: tuple[FilledLine, ...]
    note: str
    conditions: tuple[FilledLine, ...]
    outcome: tuple[FilledLine, ...]
    steps: tuple[SheetStep, ...]
    reminders: tuple[Reminder, ...] = ()


def sheet_of(
    transfer: Transfer,
    record: CallRecord | None,
    words: CallSheetWords,
    dispositif: Dispositif | None,
    to_record: Record = NO_RECORD,
    reminders: tuple[Reminder, ...] = (),
) -> TransferSheet:
    """The sheet of a transfer and of its call, as both stand.

    `record` is None once the call is not kept any more, `dispositif` where the catalogue has it no longer:
    its id then stands for it.
    """
    note = record.sheet.text("note") if record is not None else ""
    return TransferSheet(
        TITLE,
        _reference(transfer),
        _sending(transfer, dispositif),
        _call_lines(record, words, _ABOUT_PATIENT) if record is not None else (FilledLine("", NO_CALL),),
        _call_lines(record, words, _ABOUT_NEED) if record is not None else (),
        note,
        _conditions(transfer),
        _outcome(transfer, to_record),
        tuple(_steps(transfer)),
        reminders,
    )


def _reference(transfer: Transfer) -> str:
    return f"À {transfer.line.name}, le {in_paris(transfer.prepared_at):%d/%m/%Y à %H:%M}"


def _who(actor: Actor) -> str:
    """`Inès Leroy, poste 1 (SAS 35)`; the desk alone where nobody is named."""
    desk = f"poste {desk_told(actor.desk, '')}"
    return f"{actor.person}, {desk}" if actor.person else desk


def _sending(transfer: Transfer, dispositif: Dispositif | None) -> tuple[FilledLine, ...]:
    sender = f"SAS {transfer.sas}" if transfer.sas else "non précisé"
    line, taken, left = transfer.line, transfer.taken, transfer.patient_left_at
    served = (
        dispositif_title(dispositif.cpts, dispositif.nature) if dispositif is not None else line.dispositif
    )
    return _kept(
        ("Envoyé par", _who(transfer.prepared_by) if transfer.announced else f"{sender}, sans annonce"),
        ("Préparé le", f"{in_paris(transfer.prepared_at):%d/%m/%Y à %H:%M:%S}"),
        ("Ligne", " · ".join(part for part in (line.name, read_phone(line.number).shown) if part)),
        ("Dispositif", served),
        ("Pris par", f"{_who(taken.by)}, à {in_paris(taken.at):%H:%M:%S}" if taken is not None else ""),
        ("Patient", f"plus en ligne depuis {in_paris(left):%H:%M:%S}" if left is not None else ""),
    )


def _call_lines(record: CallRecord, words: CallSheetWords, titles: tuple[str, ...]) -> tuple[FilledLine, ...]:
    day = in_paris(record.taken_at).date()
    found = []
    for part in words.parts(record.sheet, day):
        for line in part.lines if part.title in titles else ():
            # The name of a commune is not enough: several bear one name.
            code = _COMMUNES.get(line.label)
            found.append(
                FilledLine(line.label, words.told(record.sheet, code, day) if code is not None else line.text)
            )
    return tuple(found)


def _conditions(transfer: Transfer) -> tuple[FilledLine, ...]:
    """As they stood when the transfer was prepared; of one that nobody announced, nobody looked at them."""
    conditions = transfer.conditions
    open_ones = conditions.unmet or conditions.to_check
    met = "toutes réunies" if transfer.announced and not open_ones else ""
    return _kept(
        ("Conditions", met),
        ("Non réunies", "\u202f; ".join(conditions.unmet)),
        ("À vérifier", "\u202f; ".join(conditions.to_check)),
        ("Heures", conditions.closed),
        ("Continué car", conditions.reason),
    )


def _outcome(transfer: Transfer, to_record: Record) -> tuple[FilledLine, ...]:
    last = _DONE[transfer.history[-1].move] if transfer.history else STEP_NAMES[Step.PREPARED]
    return _kept(
        ("État", f"{last}, {in_paris(transfer.since):%H:%M:%S}"),
        ("Créneau", transfer.slot),
        ("Étiquette", to_record.tag),
        ("Motif à inscrire", to_record.reason),
    )


def _steps(transfer: Transfer) -> Iterator[SheetStep]:
    if transfer.announced:
        at, by = transfer.prepared_at, transfer.prepared_by
        yield SheetStep(f"{in_paris(at):%d/%m %H:%M:%S}", STEP_NAMES[Step.PREPARED], _who(by))
    for one in transfer.history:
        note = reason_words(one.move, one.reason, one.text)
        yield SheetStep(f"{in_paris(one.at):%d/%m %H:%M:%S}", _DONE[one.move], _who(one.by), note)


def _kept(*pairs: tuple[str, str]) -> tuple[FilledLine, ...]:
    return tuple(FilledLine(label, text) for label, text in pairs if text)


# --- the same as plain text ------------------------------------------------------------------------------


def sheet_text(sheet: TransferSheet) -> str:
    """The sheet as plain text, no line of it wider than `COLUMNS`; nothing in it is markup."""
    made = [sheet.title.upper(), *_wrapped(sheet.reference)]
    for title, lines in (
        ("ENVOI", sheet.sending),
        ("PATIENT", sheet.patient),
        ("BESOIN", sheet.need),
        ("NOTE", (FilledLine("", sheet.note),) if sheet.note else ()),
        ("CONDITIONS", sheet.conditions),
        ("SUITE", sheet.outcome),
    ):
        if lines:
            made += ["", title, *(row for line in lines for row in _labelled(line))]
    if sheet.reminders:
        made += ["", "À RAPPELER"]
        made += [row for one in sheet.reminders for row in _wrapped(f"{one.text} ({one.source})", "- ")]
    if sheet.steps:
        made += ["", "ÉTAPES"]
        for step in sheet.steps:
            said = " · ".join(part for part in (step.what, step.by, step.note) if part)
            made += _labelled(FilledLine(step.at, said))
    return "\n".join(made) + "\n"


def _labelled(line: FilledLine) -> list[str]:
    if not line.label:
        return _wrapped(line.text)
    label = f"{_plain(line.label)}\u202f:"
    if len(label) >= _LABEL_COLUMNS:
        return [*_wrapped(label), *_wrapped(line.text, " " * 4)]
    return _wrapped(line.text, label.ljust(_LABEL_COLUMNS))


def _wrapped(text: str, start: str = "") -> list[str]:
    return textwrap.wrap(
        _plain(text),
        COLUMNS,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_on_hyphens=False,
    ) or [start.rstrip()]


def _plain(text: str) -> str:
    """One line of letters: breaks become spaces, what can neither be seen nor read is left out."""
    spaced = " ".join(text.split())
    return "".join(letter for letter in spaced if _is_shown(letter))


def _is_shown(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")

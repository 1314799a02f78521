"""A transfer and its call as they are kept, made into what a line is told and into its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.checklist.criterion_words import refers
from osnp_console.app.errors import Refusal
from osnp_console.app.transfer.looked_up import TransferredCall
from osnp_console.app.transfer.sheet import TransferSheet, sheet_of
from osnp_console.app.transfer.spoken import NO_RECORD, Record, Reminder, Situation, registration
from osnp_console.domain.call import Call
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.clock import in_paris
from osnp_console.domain.commune import Gazetteer
from osnp_console.domain.desk import Desk
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.natures import NATURE_NAMES
from osnp_console.domain.sheet_reading import read_sheet
from osnp_console.domain.transfer.line import Line
from osnp_console.domain.transfer.transfer import LineCalled, Transfer

NO_CALL = "La fiche de l’appel n’est plus gardée."
NO_DISPOSITIF = "Le catalogue n’a plus ce dispositif."


@dataclass(frozen=True, slots=True)
class Told:
    """What a line is told of, what it records, and by which catalogue."""

    transfer: Transfer
    situation: Situation
    line: Line
    to_record: Record
    catalogue: Catalogue


def told_call(found: TransferredCall, catalogue: Catalogue, gazetteer: Gazetteer, now: datetime) -> Told:
    """A transfer's call, judged for the dispositif of its line at that instant.

    Raises Refusal for a call that is not kept any more, and for a dispositif that the catalogue has no
    longer.
    """
    transfer, record = found.transfer, found.record
    dispositif = catalogue.find(transfer.line.dispositif)
    if record is None:
        raise Refusal("introuvable", NO_CALL, "id")
    if dispositif is None:
        raise Refusal("dispositif_inconnu", NO_DISPOSITIF, "id")
    check = CheckEligibility(catalogue, gazetteer)
    call = _facts(record, transfer, check)
    (answer,) = check.judge(call, now, (dispositif.id,)).answers
    situation = Situation(record.sheet, call, answer.judgement, in_paris(now).date())
    line = line_of(transfer.line, dispositif)
    return Told(transfer, situation, line, registration(line, call, transfer, catalogue), catalogue)


def sheet_of_call(found: TransferredCall, catalogue: Catalogue, gazetteer: Gazetteer) -> TransferSheet:
    """The sheet of a transfer, also of one whose call or dispositif is gone."""
    transfer, record = found.transfer, found.record
    questions = {code: fact.question for code, fact in catalogue.facts.items()}
    words = CallSheetWords(catalogue.reasons, NATURE_NAMES, questions, gazetteer.living)
    dispositif = catalogue.find(transfer.line.dispositif)
    line = line_of(transfer.line, dispositif)
    to_record = NO_RECORD
    if record is not None:
        call = _facts(record, transfer, CheckEligibility(catalogue, gazetteer))
        to_record = registration(line, call, transfer, catalogue)
    reminders = tuple(Reminder(one.text, refers(one.source)) for one in line.to_remind)
    return sheet_of(transfer, record, words, dispositif, to_record, reminders)


def line_of(called: LineCalled, dispositif: Dispositif | None) -> Line:
    """What the catalogue says today of the line that was called; the usual line where it says nothing.

    The place of a way in may have changed since: its name then tells it.
    """
    if dispositif is None:
        return Line(called.steps)
    named = {
        place: access.line
        for place, access in enumerate(dispositif.accesses)
        if access.line is not None and (access.name or dispositif.cpts) == called.name
    }
    return named.get(called.access) or next(iter(named.values()), Line(called.steps))


def _facts(record: CallRecord, transfer: Transfer, check: CheckEligibility) -> Call:
    desk = Desk(sas=transfer.sas or None)
    return read_sheet(record.sheet, desk, check.words, in_paris(record.taken_at).date()).call

"""Another desk that has the call of the form too, and what comes from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from osnp_console.app.calls.write_behind import ChangedElsewhere
from osnp_console.app.people.account_records import KeptAccount
from osnp_console.domain import journal
from osnp_console.domain.account import Account, AccountState
from osnp_console.domain.call_merging import CallMerge, merge_calls
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import Answer, CallSheet
from osnp_console.domain.journal import JournalEntry
from tests.ui.doubles import NOW
from tests.ui.intake_world import Intake

CODE = "44-5"
AT = NOW.replace(minute=3)
TESSIER = Account("p5", "e.tessier", "É. Tessier", frozenset({"osnp"}), AccountState.ACTIVE, NOW)


class OtherDesk:
    """Desk 5, with É. Tessier signed in; it has the call as it was when this object was made."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self.call = intake.call
        self._base = self.call.record
        memory = intake.desk.memory
        memory.accounts.kept[TESSIER.id] = KeptAccount(TESSIER, "")

    def answer(self, answers: Mapping[str, Answer], *, is_left: bool = True) -> None:
        """Answer fields there; while they are not left, the journal says nothing of them."""
        sheet = self._base.sheet
        for code, answer in answers.items():
            sheet = sheet.put(code, answer)
        if is_left:
            self.journal(answers)
        self.save(sheet)

    def type(self, code: str, text: str) -> None:
        """Type in a field there without choosing anything."""
        self.save(self._base.sheet.type(code, text))

    def journal(self, answers: Mapping[str, Answer], at: datetime = AT) -> None:
        """Leave fields there: the journal then holds their answers."""
        entry = JournalEntry(
            CODE, at, journal.ANSWERED, self.call.record.id, {"reponses": dict(answers)}, TESSIER.id
        )
        self._intake.desk.memory.entries.append(entry)

    def end(self, outcome: str) -> None:
        """End the call there."""
        entry = JournalEntry(CODE, AT, journal.CLOSED, self.call.record.id, {"issue": outcome}, TESSIER.id)
        self._intake.desk.memory.entries.append(entry)
        self._come(self._base.closed(outcome, AT))

    def save(self, sheet: CallSheet) -> None:
        """What is typed there comes here, and what the call became goes there."""
        self._come(replace(self._base, sheet=sheet))

    def _come(self, theirs: CallRecord) -> None:
        merge: CallMerge = merge_calls(self._base, self.call.record, theirs)
        self._intake.calls.take_elsewhere(ChangedElsewhere(self.call.record, merge))
        self._base = merge.record

"""How faults and what is to be read again are said at the fields of the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from osnp_console.domain.prescription.checks import Fault, ToReadAgain
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message

CONFIRM = "Confirmer"
ERROR = "Erreur\u202f: "
MISSING = "champ_manquant"


@dataclass(frozen=True, slots=True)
class Said:
    """What stands under each field, by its path; `confirmable` are those the person may confirm."""

    errors: Mapping[str, str] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)
    confirmable: bool = False

    def at(self, field: LineField, path: str) -> None:
        """Say under a field what is wrong with it."""
        wrong, to_read = self.errors.get(path), self.warnings.get(path)
        field.set_error(ERROR + wrong if wrong else None)
        if not wrong:
            field.set_warning(to_read, CONFIRM if to_read and self.confirmable else "")

    def under(self, row: FormRow, path: str) -> bool:
        """Say under a row what is wrong with a field; whether anything is."""
        if path in self.errors:
            row.set_message(ERROR + self.errors[path], Message.ERROR)
        elif path in self.warnings:
            action = CONFIRM if self.confirmable else ""
            row.set_message(self.warnings[path], Message.WARNING, action)
        else:
            row.set_message(None)
            return False
        return True


def said_of(
    faults: tuple[Fault, ...],
    to_read: tuple[ToReadAgain, ...],
    *,
    asked: bool,
    confirmable: bool,
) -> Said:
    """What is only missing is an error once the person asked to go on (`asked`), not while they write."""
    errors: dict[str, str] = {}
    for fault in faults:
        if asked or fault.code != MISSING:
            errors.setdefault(fault.field, fault.message)
    return Said(errors, {one.field: one.message for one in to_read}, confirmable)

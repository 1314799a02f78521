"""Which rows of the form stand open for a call, and how their labels say it."""

from __future__ import annotations

from collections.abc import Iterable

from osnp_console.app.calls.intake_fields import IntakeFields
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.ui.intake import view as layout
from osnp_console.ui.intake.part import Part
from osnp_console.ui.intake.rows import Rows
from osnp_console.ui.widgets.form_row import FormRow

TO_ASK = " •"
DOCTOR = (facts.REGULAR_DOCTOR, fields.DOCTOR_PRACTICE, fields.DOCTOR_CALLED)
USUAL = (facts.USUAL_PRACTITIONER, fields.USUAL_PRACTICE, facts.USUAL_CONTACTED)
_CONDITIONAL = (
    facts.PREGNANT, facts.TECHNICAL_PLATFORM, facts.PRESCRIPTION, facts.ONSET, facts.REGULAR_DOCTOR,
    facts.USUAL_PRACTITIONER, facts.CAN_TRAVEL,
)  # fmt: skip
_TITLES = {
    layout.DOCTOR_TITLE: facts.REGULAR_DOCTOR,
    layout.USUAL_TITLE: facts.USUAL_PRACTITIONER,
    layout.TRAVEL_TITLE: facts.CAN_TRAVEL,
}


class ShownRows:
    """Opens the rows that the fields of a call and the answers of the parts ask for."""

    def __init__(self, view: layout.IntakeView, rows: Rows) -> None:
        self._view = view
        self._rows = rows
        self._labels = {name: row.label.text() for name, row in view.rows if isinstance(row, FormRow)}

    def open(self, shown: IntakeFields, parts: Iterable[Part], somebody_known: bool) -> None:
        """Open and close what must be; what would move the place where one types waits."""
        wishes = {code: code in shown.shown for code in _CONDITIONAL}
        wishes |= {title: code in shown.shown for title, code in _TITLES.items()}
        for part in parts:
            wishes |= part.opens()
        for status, *more in (DOCTOR, USUAL):
            for code in more:
                wishes[code] = wishes[code] and status in shown.shown
        count = len(shown.questions)
        wishes[layout.QUESTIONS_TITLE] = count > 0
        wishes |= {layout.question_row(n): n < count for n in range(len(self._view.question_rows))}
        wishes[layout.KNOWN] = somebody_known
        for name, opened in wishes.items():
            self._rows.wish(name, opened)
        self._name_usual(shown.usual_label)

    def open_now(self, name: str) -> None:
        """Open a row and the title over it: the person asked to go there."""
        for title, code in _TITLES.items():
            if code == name:
                self._rows.open_now(title)
        self._rows.open_now(name)

    def mark_to_ask(self, to_ask: frozenset[str]) -> None:
        """A dot after the label of what a dispositif in play hangs on."""
        if facts.SEX in to_ask:
            to_ask |= {facts.BIRTH}  # one row for both
        for name, row in self._view.rows:
            if isinstance(row, FormRow) and row not in self._view.question_rows:
                text = self._labels[name] + (TO_ASK if name in to_ask else "")
                if text != row.label.text():
                    row.set_label(text)

    def _name_usual(self, label: str) -> None:
        c = self._view.controls
        self._view.usual_title.set_title(label)
        for control, what in ((c.usual, "statut"), (c.usual_called, "appelé\u202f?")):
            control.label = f"{label}, {what}"
            control.set_answer(control.answer)
        c.usual_practice.line_edit.setAccessibleName(f"{label}, cabinet")

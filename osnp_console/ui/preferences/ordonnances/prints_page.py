"""The sheets of this desk that did not come out: why, printed again, seen out, or let go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from osnp_console.app.prescription.print_records import PrintOutcome
from osnp_console.app.prescription.printing import PrintToShow
from osnp_console.app.prescription.shown import name_words
from osnp_console.domain.clock import in_paris
from osnp_console.domain.permissions import Act, who_may
from osnp_console.ui.office.desk_printing import DeskPrinting
from osnp_console.ui.preferences.ordonnances.parts import align_with_list, fit_rows
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.asked_in_place import AskedInPlace
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.message_line import Message, MessageLine

NOTHING = "Aucune feuille n’attend à ce poste."
AT_WORK = "L’impression est en cours."
MOST_ROWS = 6
MARKS = {PrintOutcome.NOT_PRINTED: ("refused", "refused"), PrintOutcome.UNKNOWN: ("verify", "verify")}
WORDS = {PrintOutcome.NOT_PRINTED: "pas imprimée", PrintOutcome.UNKNOWN: "à vérifier"}


class PrintsPage(Page):
    """What waits at this desk."""

    def __init__(
        self,
        theme: Theme,
        printing: DeskPrinting,
        may: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`may` says whether whoever sits here sees prescriptions."""
        super().__init__(theme, "Impressions en attente", parent)
        align_with_list(self)
        self._printing, self._may = printing, may
        self._key = ""
        self.section.set_note("ce poste")
        self.state = MessageLine(theme, self.sheet)
        self.list = TwoLineList(theme, "Impressions en attente", self.sheet)
        self.reason = MessageLine(theme, self.sheet)
        self.again = ActionButton(theme, "Imprimer…", kind="primary", height=28, parent=self.sheet)
        self.is_out = ActionButton(theme, "Elle est sortie", height=28, parent=self.sheet)
        self.drop = AskedInPlace(theme, "Retirer…", "Retirer", "Garder", self.sheet)
        self.drop.set_question("Ne plus imprimer cette feuille\u202f? L’ordonnance reste dans la base.")
        self._buttons = QWidget(self.sheet)
        self._flow = Flow(self._buttons, theme.px(8), (self.again, self.is_out, self.drop))
        self.add(self.state, self.list, self.reason, self._buttons)
        self.end()
        self.list.chosen.connect(self._choose)
        self.again.clicked.connect(self._print)
        self.is_out.clicked.connect(self._seen_out)
        self.drop.confirmed.connect(self._drop)
        printing.changed.connect(self.refresh)
        self.refresh()

    @property
    def chosen(self) -> PrintToShow | None:
        """The sheet that is chosen."""
        return next((one for one in self._printing.waiting if one.waiting.id == self._key), None)

    def refresh(self) -> None:
        """Show what waits now."""
        waiting = self._printing.waiting
        if self.chosen is None:
            self._key = waiting[0].waiting.id if waiting else ""
        self.list.set_rows([_row(one) for one in waiting])
        if self._key:
            self.list.choose(self._key)
        fit_rows(self.list, MOST_ROWS)
        self.list.setVisible(bool(waiting))
        nothing = NOTHING if self._may() else who_may(Act.SEND_PRESCRIPTION)
        self.state.set_message(None if waiting else nothing, Message.NOTE)
        self._show()

    def _choose(self, key: str) -> None:
        self._key = key
        self._show()

    def _show(self) -> None:
        one = self.chosen
        self._buttons.setVisible(one is not None)
        if one is None:
            self.reason.set_message(None)
            return
        self.reason.set_message(one.waiting.sentence, Message.WARNING)
        busy = AT_WORK if self._printing.is_under_way(one.waiting.id) else None
        self.again.set_reason(busy)
        self.is_out.set_reason(busy)
        self.is_out.setVisible(one.waiting.outcome is PrintOutcome.UNKNOWN)

    def _print(self) -> None:
        one = self.chosen
        if one is not None:
            self._printing.again(one.waiting)

    def _seen_out(self) -> None:
        one = self.chosen
        if one is not None:
            self._printing.is_out(one.waiting)

    def _drop(self) -> None:
        one = self.chosen
        if one is not None:
            self._printing.drop(one.waiting)


def _row(one: PrintToShow) -> TwoLines:
    waiting, prescription = one.waiting, one.prescription
    number = prescription.number.text if prescription.number is not None else "sans numéro"
    at = in_paris(waiting.asked_at)
    told = (number, f"demandée le {at:%d/%m} à {at:%H:%M}", waiting.printer)
    return TwoLines(
        waiting.id,
        name_words(prescription.content.patient),
        kind=waiting.size.value,
        second=" · ".join(part for part in told if part),
        aside=WORDS[waiting.outcome],
        mark=MARKS[waiting.outcome],
    )

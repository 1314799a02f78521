"""The form of a closure: days or hours, for everybody or for one practitioner, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from osnp_console.app.local_agenda.edit import CloseAgenda
from osnp_console.app.local_agenda.forms import ClosureForm
from osnp_console.ui.local_agenda.edit_page import EditPage
from osnp_console.ui.theme.theme import Theme


class ClosurePage(EditPage):
    """A closure as it is typed; `app.local_agenda_forms` reads it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty form."""
        super().__init__(theme, "Fermeture", parent)
        self._id = ""
        self.first = self.line("du", "Du", "24/11/2026", "Premier jour fermé")
        self.start = self.line("debut", "Dès", "toute la journée", "Heure de début")
        self.last = self.line("au", "Au", "le même jour", "Dernier jour fermé")
        self.end_hour = self.line("fin", "Jusqu’à", "toute la journée", "Heure de fin")
        self.why = self.line("raison", "Raison", "congés, formation…")
        self.practitioner = self.line("praticien", "Praticien", "tout le carnet")
        self.rpps = self.line("rpps", "RPPS", "facultatif")
        self.row("du", "Du", self.first, self.start)
        self.row("au", "Au", self.last, self.end_hour)
        self.row("raison", "Raison", self.why)
        self.row("praticien", "Praticien", self.practitioner)
        self.row("rpps", "RPPS", self.rpps)
        self.finish()

    @property
    def form(self) -> ClosureForm:
        """What is typed."""
        return ClosureForm(
            self._id,
            self.first.text(),
            self.start.text(),
            self.last.text(),
            self.end_hour.text(),
            self.why.text(),
            self.practitioner.text(),
            self.rpps.text(),
        )

    @property
    def edit(self) -> CloseAgenda:
        """The change that the form makes."""
        return CloseAgenda(self.form)

    def show_form(self, form: ClosureForm) -> None:
        """Show a closure."""
        self._id = form.id
        self.first.set_text(form.first)
        self.start.set_text(form.start)
        self.last.set_text(form.last)
        self.end_hour.set_text(form.end)
        self.why.set_text(form.why)
        self.practitioner.set_text(form.practitioner)
        self.rpps.set_text(form.rpps)
        self.clear_refusals()

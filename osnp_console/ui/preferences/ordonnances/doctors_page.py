"""The doctors of the site, for whom prescriptions are prepared: kept for every desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.app.errors import Refusal
from osnp_console.app.prescription.site_papers import read_doctor, with_doctor, without_doctor
from osnp_console.app.prescription.site_records import SitePapers
from osnp_console.app.sources.agendas import SourceField
from osnp_console.domain.identifiers import read_rpps
from osnp_console.domain.permissions import Act, who_may
from osnp_console.domain.prescription.content import Prescriber
from osnp_console.ui.preferences.effecteurs.form import FOR_ALL
from osnp_console.ui.preferences.field_rows import LABEL_WIDTH, TextRow
from osnp_console.ui.preferences.ordonnances.acts import NotDone, OrdonnanceActs
from osnp_console.ui.preferences.ordonnances.parts import align_with_list, at_left, fit_rows
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.asked_in_place import AskedInPlace
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.message_line import Message, MessageLine

HELD = "medecins"
"""Under that name, what is typed of a doctor and not kept."""
NEW = "nouveau"
NONE = "Aucun médecin\u202f: en ajouter un, que les postes proposeront."
FIELDS = (
    SourceField("nom", "Nom", required=True, hint="DURAND"),
    SourceField("prenom", "Prénom", hint="Paul"),
    SourceField("qualite", "Qualité", hint="Médecin régulateur"),
    SourceField("rpps", "RPPS", hint="onze chiffres"),
    SourceField("am", "Numéro AM", hint="neuf chiffres, là où il sert de second code"),
)
MOST_ROWS = 5


class DoctorsPage(Page):
    """A list, and the form of the one that is chosen.

    Signals:
        settled(): something was changed in the base.
    """

    settled = Signal()

    def __init__(
        self, theme: Theme, acts: OrdonnanceActs, unfinished: Unfinished, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "Médecins", parent)
        align_with_list(self)
        self._acts, self._unfinished = acts, unfinished
        self._papers = SitePapers()
        self._before: Prescriber | None = None
        self.section.set_note(FOR_ALL)
        self.state = MessageLine(theme, self.sheet)
        self.list = TwoLineList(theme, "Médecins", self.sheet)
        self.add_one = ActionButton(theme, "Ajouter", mark="plus", height=28, parent=self.sheet)
        self.rows = {field.name: TextRow(theme, field, parent=self.sheet) for field in FIELDS}
        self.save = ActionButton(theme, "Enregistrer", kind="primary", height=28, parent=self.sheet)
        self.remove = AskedInPlace(theme, "Retirer…", "Retirer", "Garder", self.sheet)
        self._form = QWidget(self.sheet)
        self._lay_out_form()
        self._add_row = at_left(self.add_one, self.sheet)
        self.add(self.state, self.list, self._add_row, self._form)
        self.end()
        self._form.hide()
        self.list.chosen.connect(self._show)
        self.list.opened.connect(self._open)
        self.add_one.clicked.connect(self._begin)
        self.save.clicked.connect(self._save)
        self.remove.confirmed.connect(self._remove)
        for row in self.rows.values():
            row.typing.connect(self._hold)
            row.line.next_wanted.connect(partial(self._next, row))

    def _lay_out_form(self) -> None:
        theme = self.theme
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, theme.px(6), 0, 0)
        column.setSpacing(theme.px(6))
        for row in self.rows.values():
            column.addWidget(row)
        buttons = QWidget(self._form)
        self._flow = Flow(buttons, theme.px(8), (self.save, self.remove))
        column.addWidget(FormRow(theme, "", buttons, label_width=LABEL_WIDTH, parent=self._form))

    # --- what is shown ----------------------------------------------------------------------------------

    def show_papers(self, papers: SitePapers) -> None:
        """Show the doctors as they are now; a form that is being typed in stays."""
        self._papers = papers
        may = self._acts.session.may(Act.SETTLE_PAPERS)
        self._add_row.setVisible(may)
        self.list.set_rows([_row(place, one) for place, one in enumerate(papers.doctors)])
        fit_rows(self.list, MOST_ROWS)
        self.list.setVisible(bool(papers.doctors))
        if not may:
            self.state.set_message(who_may(Act.SETTLE_PAPERS), Message.NOTE)
            self._form.setVisible(False)
        else:
            self.state.set_message(None if papers.doctors else NONE, Message.NOTE)
            if self._unfinished.held(HELD) and self._form.isHidden():
                self._fill(self._held_doctor())

    def _held_doctor(self) -> Prescriber | None:
        before = self._unfinished.held(HELD).get("avant")
        return before if isinstance(before, Prescriber) else None

    def _show(self, key: str) -> None:
        doctor = self._papers.doctors[int(key)]
        if self._acts.session.may(Act.SETTLE_PAPERS) and doctor != self._before:
            self._forget()
            self._fill(doctor)

    def _open(self, key: str) -> None:
        self._show(key)
        if self._form.isVisible():
            self.rows["nom"].line.setFocus()

    def _begin(self) -> None:
        if self._before is not None or self._form.isHidden():
            self._forget()
            self._fill(None)
        self.rows["nom"].line.setFocus()

    def _fill(self, doctor: Prescriber | None) -> None:
        """The form of a doctor, of a new one for None; what was typed and not kept stands over it."""
        self._before = doctor
        shown = _fields(doctor) if doctor is not None else {}
        held = self._unfinished.held(HELD)
        for name, row in self.rows.items():
            row.show_value(held.get(name, shown.get(name, "")))
            row.say(None)
        self.remove.setVisible(doctor is not None)
        self.remove.set_question(
            f"Retirer le Dr {doctor.name} de la liste\u202f?" if doctor is not None else ""
        )
        self._form.show()

    # --- what is done -----------------------------------------------------------------------------------

    def _hold(self) -> None:
        for name, row in self.rows.items():
            self._unfinished.hold(HELD, name, row.line.text())
        self._unfinished.hold(HELD, "avant", self._before)

    def _forget(self) -> None:
        for name in (*self.rows, "avant"):
            self._unfinished.drop(HELD, name)

    def _next(self, row: TextRow) -> None:
        rows = list(self.rows.values())
        place = rows.index(row) + 1
        if place < len(rows):
            rows[place].line.setFocus()
        else:
            self._save()

    def _save(self) -> None:
        texts = [self.rows[field.name].line.text() for field in FIELDS]
        for row in self.rows.values():
            row.say(None)
        try:
            doctor = read_doctor(texts[0], texts[1], texts[2], texts[3], texts[4])
        except Refusal as refusal:
            self._say(NotDone(refusal.message, refusal.field or ""))
            return
        before = self._before
        self._do(lambda papers: with_doctor(papers, doctor, before), partial(self._kept, doctor))

    def _remove(self) -> None:
        before = self._before
        if before is not None:
            self._do(lambda papers: without_doctor(papers, before), self._removed)

    def _do(self, change: Callable[[SitePapers], SitePapers], then: Callable[[], None]) -> None:
        def done(trouble: NotDone | None) -> None:
            if trouble is not None:
                self._say(trouble)
            else:
                then()
                self.settled.emit()

        self._acts.change(change, done)

    def _kept(self, doctor: Prescriber) -> None:
        self._forget()
        self._fill(doctor)
        read = read_rpps(doctor.rpps) if doctor.rpps else None
        self.rows["rpps"].say(None, read.warning if read is not None else None)

    def _removed(self) -> None:
        self._forget()
        self._before = None
        self._form.hide()
        self.add_one.setFocus()

    def _say(self, trouble: NotDone) -> None:
        row = self.rows.get(trouble.field)
        if row is None:
            self.state.set_message(trouble.sentence, Message.ERROR)
        else:
            row.say(trouble.sentence)
            row.line.setFocus()


def _fields(doctor: Prescriber) -> dict[str, str]:
    return {
        "nom": doctor.name,
        "prenom": doctor.first_name,
        "qualite": doctor.quality,
        "rpps": doctor.rpps,
        "am": doctor.am_number,
    }


def _row(place: int, one: Prescriber) -> TwoLines:
    numbers = (
        one.quality,
        f"RPPS {one.rpps}" if one.rpps else "",
        f"AM {one.am_number}" if one.am_number else "",
    )
    return TwoLines(
        str(place),
        " ".join(part for part in ("Dr", one.first_name, one.name) if part),
        second=" · ".join(part for part in numbers if part) or "aucun numéro",
    )

"""The first rows of the form: by which dispositif a nurse is sent, its FINESS, the doctor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.app.prescription.finess import KnownFiness, shown_finess
from osnp_console.app.prescription.shown import (
    ON_CALL,
    ON_CALL_RULE,
    dispositif_words,
    doctor_words,
    regime_words,
)
from osnp_console.domain.clock import in_paris
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.identifiers import read_rpps
from osnp_console.domain.prescription.content import Content, Prescriber
from osnp_console.ui.prescriptions.said import Said
from osnp_console.ui.prescriptions.shown_text import show_text
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.form_row import ROW_GAP, FormRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message
from osnp_console.ui.widgets.titles import SectionTitle

OTHER = "autre"
OTHER_DOCTOR = "Autre médecin…"
DOCTOR = "prescripteur.nom"
FIRST_NAME, QUALITY = "prescripteur.prenom", "prescripteur.qualite"
RPPS = "prescripteur.rpps"


class DispositifPart(QWidget):
    """Dispositif, FINESS and doctor.

    Signals:
        typed(): the person changed something (`applied`).
        confirmed(str): what stood under that field was read again.
    """

    typed = Signal()
    confirmed = Signal(str)

    def __init__(
        self, theme: Theme, dispositifs: Sequence[Dispositif], parent: QWidget | None = None
    ) -> None:
        """`dispositifs` are those that send a nurse and are in service."""
        super().__init__(parent)
        self._dispositifs = {one.id: one for one in dispositifs}
        self._doctors: tuple[Prescriber, ...] = ()
        self._is_other = False
        # Without a parent until they stand in their row: Tab goes in the order of the rows.
        choices = [Choice(one.id, _dispositif_choice(one)) for one in dispositifs]
        self.dispositif = Combo(theme, "Dispositif", choices, clearable=False)
        self.finess = LineField(theme, "FINESS", optional=True)
        self.finess.line_edit.setReadOnly(True)
        self.finess.set_strong(True)
        self.doctor = Combo(theme, "Médecin", (), clearable=False)
        self.doctor.set_placeholder("choisir le médecin qui prescrit")
        self.name = LineField(theme, "Médecin, nom")
        self.first_name = LineField(theme, "Médecin, prénom", optional=True)
        self.rpps = LineField(theme, "Médecin, RPPS", optional=True)
        self.quality = LineField(theme, "Médecin, qualité", optional=True)
        for one, hint in (
            (self.name, "nom"), (self.first_name, "prénom"), (self.rpps, "RPPS, onze chiffres"),
            (self.quality, "Médecin régulateur"),
        ):  # fmt: skip
            one.set_placeholder(hint)
            one.typed.connect(self._typed)
        self.dispositif_row = self._row(theme, "Dispositif", self.dispositif)
        self.finess_row = self._row(theme, "FINESS", self.finess)
        self.doctor_row = self._row(theme, "Médecin", self.doctor)
        self.names_row = FormRow(
            theme, "", self.name, self.first_name, self.rpps, self.quality, stretches=(4, 3, 3, 4),
            label_width=100, parent=self,
        )  # fmt: skip
        self.name.committed.connect(self._name_left)
        self._lay_out(theme)
        self.dispositif.answered.connect(self._typed)
        self.doctor.answered.connect(self._doctor_chosen)
        self.finess.message_action_wanted.connect(lambda: self.confirmed.emit("finess"))
        for row in (self.doctor_row, self.names_row):
            row.message.action_wanted.connect(lambda: self.confirmed.emit(RPPS))

    def _row(self, theme: Theme, label: str, *controls: QWidget) -> FormRow:
        return FormRow(theme, label, *controls, label_width=100, parent=self)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(ROW_GAP))
        column.addWidget(SectionTitle(theme, "Dispositif et prescripteur", parent=self))
        for row in (self.dispositif_row, self.finess_row, self.doctor_row, self.names_row):
            column.addWidget(row)

    # --- showing ----------------------------------------------------------------------------------------

    def show_content(self, content: Content, known: KnownFiness, doctors: Sequence[Prescriber]) -> None:
        """Show a content; `known` is where its FINESS comes from, `doctors` those that can be chosen."""
        if content.dispositif in self._dispositifs:
            self.dispositif.set_answer(content.dispositif)
        dispositif = self._dispositifs.get(content.dispositif)
        self._say_regime(dispositif)
        self.finess.set_text(shown_finess(content.finess))
        self.finess.set_annotation(_whence(content.finess, known, dispositif))
        self._show_doctor(content.prescriber, doctors)

    def _say_regime(self, dispositif: Dispositif | None) -> None:
        if dispositif is None:
            self.dispositif_row.set_message(None)
            return
        visit = dispositif.nurse_visit
        on_call = visit is not None and visit.regime == ON_CALL
        self.dispositif_row.set_message(ON_CALL_RULE if on_call else None, Message.NOTE)

    def _show_doctor(self, prescriber: Prescriber, doctors: Sequence[Prescriber]) -> None:
        listed = tuple(dict.fromkeys(one for one in doctors if one.name.strip()))
        if listed != self._doctors or not self.doctor.choices:
            self._doctors = listed
            choices = [Choice(one, _doctor_choice(one)) for one in listed]
            self.doctor.set_choices([*choices, Choice(OTHER, OTHER_DOCTOR)])
        is_listed = prescriber in listed
        if is_listed and not self._is_other:
            self.doctor.set_answer(prescriber)
        elif prescriber.name or self._is_other or not listed:
            self.doctor.set_answer(OTHER)
            self._is_other = True
        else:
            self.doctor.set_answer(None)
        # A number that is not known can be typed where it lacks; it is then known from the prescription.
        opened = self.doctor.answer == OTHER or (bool(prescriber.name) and not prescriber.rpps)
        self.names_row.setVisible(opened)
        # With nobody to choose from, only the fields.
        self.doctor_row.setVisible(bool(listed))
        self.names_row.set_label("" if listed else "Médecin")
        if opened:
            show_text(self.name, prescriber.name)
            show_text(self.first_name, prescriber.first_name)
            if read_rpps(self.rpps.text()).number != prescriber.rpps:
                show_text(self.rpps, prescriber.rpps)
            show_text(self.quality, prescriber.quality)

    def forget(self) -> None:
        """Another prescription is shown next."""
        self._is_other = False

    def say(self, said: Said) -> None:
        """Say what is wrong under each field."""
        if "dispositif" in said.errors:
            said.under(self.dispositif_row, "dispositif")
        said.at(self.finess, "finess")
        opened = not self.names_row.isHidden()
        said.under(self.names_row if opened else self.doctor_row, DOCTOR)
        if opened:
            self.doctor_row.set_message(None)
        row = self.names_row if opened else self.doctor_row
        told = any(said.under(row, one) for one in (FIRST_NAME, QUALITY) if one in said.errors)
        if not told and DOCTOR not in said.errors and DOCTOR not in said.warnings:
            said.under(row, RPPS)

    # --- typed ------------------------------------------------------------------------------------------

    def applied(self, content: Content) -> Content:
        """The content with what stands in these rows; the FINESS follows the dispositif elsewhere."""
        chosen = self.dispositif.answer
        prescriber = self.doctor.answer
        if not isinstance(prescriber, Prescriber):
            prescriber = content.prescriber
        if not self.names_row.isHidden():
            number = read_rpps(self.rpps.text()).number
            prescriber = replace(
                prescriber,
                name=self.name.text().strip(),
                first_name=self.first_name.text().strip(),
                rpps=number if number is not None else self.rpps.text().strip(),
                quality=self.quality.text().strip(),
            )
        dispositif = chosen if isinstance(chosen, str) else content.dispositif
        return replace(content, dispositif=dispositif, prescriber=prescriber)

    def _typed(self, what: object = None) -> None:
        self.typed.emit()

    def _name_left(self) -> None:
        """The name in capitals once it is left, as everywhere in the console."""
        self.name.set_text(self.name.text().upper())
        self.typed.emit()

    def _doctor_chosen(self, answer: object) -> None:
        self._is_other = answer == OTHER
        told = answer if isinstance(answer, Prescriber) else Prescriber("")
        self.name.set_text(told.name)
        self.first_name.set_text(told.first_name)
        self.rpps.set_text(told.rpps)
        self.quality.set_text(told.quality)
        if self._is_other:
            self.names_row.show()
            self.name.setFocus()
        self.typed.emit()


def _dispositif_choice(one: Dispositif) -> str:
    return " · ".join(part for part in (dispositif_words(one), regime_words(one)) if part)


def _doctor_choice(one: Prescriber) -> str:
    return f"{doctor_words(one)} · RPPS {one.rpps}" if one.rpps else doctor_words(one)


def _whence(finess: str, known: KnownFiness, dispositif: Dispositif | None) -> str:
    """Where the FINESS comes from: the catalogue with its page, or who entered it and when."""
    if not finess:
        return ""
    if known.settled is not None and known.settled.finess == finess:
        return f"saisi le {in_paris(known.settled.at):%d/%m/%Y} · {known.settled.person}"
    visit = dispositif.nurse_visit if dispositif is not None else None
    if visit is None or visit.finess != finess:
        return ""
    page = f" p. {visit.source.page}" if visit.source.page else ""
    return f"clé juste · catalogue, {visit.source.document}{page}"

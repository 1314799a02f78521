"""Apparence: light or dark, and the size of the text. Urgence vitale: who the alarm band says to call."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osnp_console.app.preferences import (
    BY_THE_HOUR,
    DARK,
    LARGEST_TEXT,
    LIGHT,
    SMALLEST_TEXT,
    TEXT_STEP,
    THEMES,
    text_step,
)
from osnp_console.domain.phone import read_phone
from osnp_console.ui.preferences.page import KeptPreferences, Page
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.segments import Segments

_LETTERS = {LIGHT: "C", DARK: "S", BY_THE_HOUR: "H"}


class LookPage(Page):
    """How the window looks; each change shows at once, without a restart."""

    def __init__(self, theme: Theme, kept: KeptPreferences, parent: QWidget | None = None) -> None:
        """The appearance as it is kept."""
        super().__init__(theme, "Apparence", parent)
        self._kept = kept
        choices = [Choice(code, name, _LETTERS[code]) for code, name in THEMES.items()]
        self.theme_choice = Segments(theme, "Thème", choices, self.sheet)
        self.theme_choice.set_answer(kept.now.theme)
        self.size_shown = PlainLabel(theme, bold=True, parent=self.sheet)
        self.smaller = ActionButton(theme, "Plus petit", height=28, parent=self.sheet)
        self.larger = ActionButton(theme, "Plus grand", height=28, parent=self.sheet)
        self.reset = ActionButton(theme, "Remettre à 100\u202f%", kind="link", height=28, parent=self.sheet)
        self._theme_row = FormRow(theme, "Thème", self.theme_choice, parent=self.sheet)
        self._size_row = FormRow(theme, "Texte", self._size_controls(), parent=self.sheet)
        self._reset_row = FormRow(theme, "", self._alone(self.reset), parent=self.sheet)
        self.add(self._theme_row, self._size_row, self._reset_row)
        self.explain(
            "Ctrl++ et Ctrl+- changent la taille du texte partout. "
            "Selon l’heure\u202f: sombre de 20:00 à 07:00."
        )
        self.end()
        self.theme_choice.answered.connect(self._theme_chosen)
        self.smaller.clicked.connect(self._smaller)
        self.larger.clicked.connect(self._larger)
        self.reset.clicked.connect(self._reset)
        self._tell()

    def _size_controls(self) -> QWidget:
        theme = self.theme
        controls = QWidget(self.sheet)
        row = QHBoxLayout(controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.size_shown.setMinimumWidth(theme.px(52))
        self.size_shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.smaller, self.size_shown, self.larger):
            row.addWidget(widget)
        row.addStretch(1)
        return controls

    def _alone(self, button: QWidget) -> QWidget:
        holder = QWidget(self.sheet)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button)
        row.addStretch(1)
        return holder

    def _tell(self) -> None:
        scale = self._kept.now.text_scale
        self.size_shown.setText(f"{scale}\u202f%")
        self.size_shown.setAccessibleName(f"Texte\u202f: {scale}\u202f%")
        self.smaller.set_reason("Le texte est à sa plus petite taille." if scale <= SMALLEST_TEXT else None)
        self.larger.set_reason("Le texte est à sa plus grande taille." if scale >= LARGEST_TEXT else None)
        self.reset.set_reason("Le texte est déjà à 100\u202f%." if scale == SMALLEST_TEXT else None)

    def _theme_chosen(self, theme: object) -> None:
        if not isinstance(theme, str):
            self.theme_choice.set_answer(self._kept.now.theme)
            return
        self._theme_row.set_message(self._kept.keep(replace(self._kept.now, theme=theme)))

    def _smaller(self) -> None:
        self._resize(self._kept.now.text_scale - TEXT_STEP)

    def _larger(self) -> None:
        self._resize(self._kept.now.text_scale + TEXT_STEP)

    def _reset(self) -> None:
        self._resize(SMALLEST_TEXT)

    def _resize(self, per_cent: int) -> None:
        failure = self._kept.keep(replace(self._kept.now, text_scale=text_step(per_cent)))
        self._size_row.set_message(failure)
        self._tell()


class EmergencyPage(Page):
    """Who to call in a vital emergency."""

    def __init__(self, theme: Theme, kept: KeptPreferences, parent: QWidget | None = None) -> None:
        """The person or the service, and the number."""
        super().__init__(theme, "Urgence vitale", parent)
        self._kept = kept
        self.name = LineField(theme, "Qui appeler", optional=True, parent=self.sheet)
        self.name.set_placeholder("ARM du Centre 15")
        self.name.set_text(kept.now.emergency_name)
        self.phone = LineField(theme, "Téléphone", optional=True, parent=self.sheet)
        self.phone.set_text(read_phone(kept.now.emergency_phone).shown)
        self._name_row = FormRow(theme, "Qui appeler", self.name, parent=self.sheet)
        self._phone_row = FormRow(theme, "Téléphone", self.phone, parent=self.sheet)
        self.add(self._name_row, self._phone_row)
        self.explain("Dit dans la bande rouge quand F12 déclare une urgence vitale.")
        self.end()
        self.name.committed.connect(self._name_typed)
        self.phone.committed.connect(self._phone_typed)
        self._warn()

    def _name_typed(self) -> None:
        name = self.name.text().strip()
        self._name_row.set_message(self._kept.keep(replace(self._kept.now, emergency_name=name)))

    def _phone_typed(self) -> None:
        text = self.phone.text().strip()
        self._phone_row.set_message(self._kept.keep(replace(self._kept.now, emergency_phone=text)))
        self.phone.set_text(read_phone(text).shown)
        self._warn()

    def _warn(self) -> None:
        text = self.phone.text()
        self.phone.set_warning(read_phone(text).warning if text else None)

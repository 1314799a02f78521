"""What is asked in place of the line's desk: a slot in words, and which SAS transferred a caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.transfer.unannounced import sas_of
from osnp_console.domain.transfer.answering import AnsweredLine
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.in_place import InPlace
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.segments import Segments

SLOT_MISSING = "Écrire le créneau, ou en choisir un dans la liste."
NOT_A_SAS = "Aucun département ne s’écrit ainsi. Laisser vide si le SAS n’est pas connu."
SLOT_HINT = "Un agenda que la console ne lit pas\u202f: écrire l’heure, le médecin, le lieu."


class SlotAsked(InPlace):
    """The slot of an agenda that the console does not read, in the line's own words.

    Signals:
        given(str): those words.
    """

    given = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """A hidden question."""
        super().__init__(theme, "Quel créneau\u202f?", "Accord", parent)
        self.hint = PlainLabel(theme, SLOT_HINT, role="muted", points=9.5, wrap=True, parent=self)
        self.slot = LineField(theme, "Créneau", optional=True, parent=self)
        self.slot.set_placeholder("aujourd’hui 10 h 45, Dr Bréhault, Redon")
        self.slot.next_wanted.connect(self.finish)
        self.inside.addWidget(self.hint)
        self.inside.addWidget(self.slot)

    def ask(self) -> None:
        """Ask for the slot."""
        self.open(self.slot)

    def finish(self) -> None:
        """Give the slot that was typed."""
        words = self.slot.text().strip()
        if not words:
            self.slot.set_error(SLOT_MISSING)
            self.place()
            return
        self.slot.set_text("")
        self.slot.typed.emit("")  # said now: nothing of it is left to keep
        self.slot.set_error(None)
        self.close_it()
        self.given.emit(words)


class CallerAsked(InPlace):
    """A caller is on the line whom nobody announced: which SAS transferred them, and on which line.

    Signals:
        given(object, str): the AnsweredLine, and the SAS' département, empty where it is not known.
    """

    given = Signal(object, str)

    def __init__(self, theme: Theme, departements: Mapping[str, str], parent: QWidget) -> None:
        """A hidden question; `departements` are their names by code."""
        super().__init__(theme, "Appel sans annonce", "Prendre l’appel", parent)
        self._departements = departements
        self._lines: tuple[AnsweredLine, ...] = ()
        self._choice: Segments | None = None
        self._row: FormRow | None = None
        self.sas = LineField(theme, "Transféré par", optional=True, parent=self)
        self.sas.set_placeholder("SAS 35, vide si non connu")
        self.sas.typed.connect(self._typed)
        self.sas.next_wanted.connect(self.finish)
        self.inside.addWidget(FormRow(theme, "Transféré par", self.sas, parent=self))

    def ask(self, lines: Sequence[AnsweredLine]) -> None:
        """Ask; the line only where this desk answers several."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._offer_lines()
        self.open(self.sas)

    def _offer_lines(self) -> None:
        if self._row is not None:
            self.inside.removeWidget(self._row)
            self._row.deleteLater()
            self._row = self._choice = None
        if len(self._lines) > 1:
            choices = [Choice(n, line_words(one), "") for n, one in enumerate(self._lines)]
            self._choice = Segments(self.theme, "Ligne", choices, self)
            self._choice.set_answer(0)
            self._choice.next_wanted.connect(self.finish)
            self._row = FormRow(self.theme, "Ligne", self._choice, parent=self)
            self.inside.addWidget(self._row)

    def _typed(self, text: str) -> None:
        code = sas_of(text, self._departements)
        self.sas.set_error(None)
        self.sas.set_annotation(f"{code} · {self._departements[code]}" if code else "")

    def finish(self) -> None:
        """Take the caller."""
        code = sas_of(self.sas.text(), self._departements)
        if code is None:
            self.sas.set_error(NOT_A_SAS)
            self.place()
            self.sas.setFocus()
            return
        chosen = self._choice.answer if self._choice is not None else 0
        line = self._lines[chosen if isinstance(chosen, int) else 0]
        self.sas.set_text("")
        self.sas.typed.emit("")
        self.close_it()
        self.given.emit(line, code)


def line_words(line: AnsweredLine) -> str:
    """A line's name, else its CPTS'."""
    return line.access.name or line.dispositif.cpts

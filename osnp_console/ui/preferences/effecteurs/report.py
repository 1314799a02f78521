"""What a table of a directory would change, line by line, before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.titles import SectionTitle

NOTHING_TO_TAKE = "Aucune ligne ne peut être prise."
_OUTCOMES = {
    "refuse": ("refusée", "refused", "refused"),
    "ajoute": ("ajoutée", "plus", "eligible"),
    "remplace": ("remplacée", "pencil", "muted"),
}
_ORDER = tuple(_OUTCOMES)


class TableLine(Protocol):
    """A line of a table: what became of it, whose, and what to know."""

    @property
    def line(self) -> int: ...

    @property
    def outcome(self) -> str: ...

    @property
    def id(self) -> str | None: ...

    @property
    def name(self) -> str | None: ...

    @property
    def messages(self) -> tuple[str, ...]: ...


class ImportedTable(Protocol):
    """The report on a table that was read."""

    @property
    def lines(self) -> Sequence[TableLine]: ...

    @property
    def ignored_columns(self) -> Sequence[str]: ...

    def count(self, outcome: str) -> int:
        """How many lines ended so."""


class ImportReport(QWidget):
    """The report; what is refused first, then what is to be read again.

    Signals:
        take_wanted(): keep what can be taken.
        given_up(): keep nothing.
    """

    take_wanted = Signal()
    given_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty report."""
        super().__init__(parent)
        self.theme = theme
        self.title = SectionTitle(theme, "Import", parent=self)
        self.summary = PlainLabel(theme, wrap=True, parent=self)
        self.ignored = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self)
        self.lines = TwoLineList(theme, "Lignes du fichier", self)
        self.trouble = MessageLine(theme, self)
        self.take = ActionButton(theme, "Enregistrer", kind="primary", height=28, parent=self)
        self.cancel = ActionButton(theme, "Abandonner", height=28, parent=self)
        self._buttons = QWidget(self)
        self._flow = Flow(self._buttons, theme.px(8), (self.take, self.cancel))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(6), 0, theme.px(14), theme.px(8))
        column.setSpacing(theme.px(6))
        for widget in (self.title, self.summary, self.ignored):
            column.addWidget(widget)
        column.addWidget(self.lines, 1)
        column.addWidget(self.trouble)
        column.addWidget(self._buttons)
        self.take.clicked.connect(self.take_wanted)
        self.cancel.clicked.connect(self.given_up)

    def show_import(self, path: str, found: ImportedTable, taken: int, noun: str = "effecteur") -> None:
        """Show what a file would change; `taken` entries can be kept, each of them a `noun`."""
        self.title.set_title(f"Import de {PurePath(path).name}")
        counts = {outcome: found.count(outcome) for outcome in _ORDER}
        self.summary.setText(
            f"{counts['ajoute']} à ajouter, {counts['remplace']} à remplacer, {counts['refuse']} refusées. "
            "Rien n’est encore enregistré."
        )
        ignored = ", ".join(found.ignored_columns)
        self.ignored.setText(f"Colonnes laissées de côté\u202f: {ignored}." if ignored else "")
        self.ignored.setVisible(bool(ignored))
        self.lines.set_rows([_row(one) for one in sorted(found.lines, key=_rank)])
        self.trouble.set_message(None)
        self.take.set_text(f"Enregistrer {taken} {noun}{'s' if taken > 1 else ''}")
        self.take.set_reason(None if taken else NOTHING_TO_TAKE)

    def focus_first(self) -> None:
        """Put the keyboard in the lines."""
        if self.lines.rows:
            self.lines.choose(self.lines.rows[0].key)
        self.lines.setFocus()

    def say_trouble(self, sentence: str) -> None:
        """Why what was to be kept was not; the report stays."""
        self.trouble.set_message(sentence, Message.ERROR)


def _rank(line: TableLine) -> tuple[int, int, int]:
    return (_ORDER.index(line.outcome) > 0, not line.messages, line.line)


def _row(line: TableLine) -> TwoLines:
    word, mark, role = _OUTCOMES[line.outcome]
    if line.messages and line.outcome != "refuse":
        mark, role = "verify", "verify"
    return TwoLines(
        str(line.line),
        line.name or "sans nom",
        kind=line.id or "",
        second=" ".join(line.messages) or word,
        aside=f"ligne {line.line}",
        mark=(mark, role),
    )

"""A valid prescription in words, in place of the fields: nothing of it can be changed any more."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from osnp_console.app.prescription.paper import PrescriptionPaper
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.form_row import LABEL_WIDTH
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.titles import SectionTitle


class SummaryPart(QWidget):
    """Labels and values, as the paper has them; the text can be selected and copied."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._paper: PrescriptionPaper | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inside: QWidget | None = None

    def show_paper(self, paper: PrescriptionPaper) -> None:
        """Show what a paper says."""
        if paper == self._paper:
            return
        self._paper = paper
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(4))
        acts = tuple((act.name, ", ".join(act.details)) for act in paper.acts if act.ticked)
        where = tuple((act.name, "") for act in paper.where if act.ticked)
        for title, pairs in (
            ("Dispositif et prescripteur", paper.facts),
            ("Patient", paper.patient),
            ("Actes", (*acts, *where)),
        ):
            column.addWidget(SectionTitle(self.theme, title, parent=inside))
            column.addLayout(self._pairs(pairs, inside, acts=title == "Actes"))
        self._column.addWidget(inside)

    def _pairs(self, pairs: tuple[tuple[str, str], ...], parent: QWidget, *, acts: bool) -> QGridLayout:
        theme, grid = self.theme, QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(2))
        grid.setColumnMinimumWidth(0, theme.px(LABEL_WIDTH + 20))
        grid.setColumnStretch(1, 1)
        for row, (label, value) in enumerate(pairs):
            name = PlainLabel(theme, label, role="text" if acts else "muted", points=9.5, parent=parent)
            said = PlainLabel(theme, value, wrap=True, parent=parent)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setAccessibleName(f"{label}\u202f: {value}" if value else label)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, row, 1)
        return grid

"""The acts of the form of Sarthe as boxes in two columns; under them, how each that is ticked is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.prescription.shown import SHORT_ACTS
from osnp_console.domain.prescription.content import ACTS, OTHER_ACT, Content, OrderedAct
from osnp_console.ui.prescriptions.said import ERROR, Said
from osnp_console.ui.prescriptions.shown_text import show_text
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.form_row import ROW_GAP, FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import MessageLine
from osnp_console.ui.widgets.tick_box import TickBox
from osnp_console.ui.widgets.titles import SectionTitle

AT_HOME, SUNDAYS = "À domicile", "Dimanches et jours fériés compris"
_LABEL, _SHARES = 190, (5, 2, 2)
_BOX = 25
_TWO_COLUMNS_FROM = 560


class _ActRow(QWidget):
    """How one act is done: what exactly, how often, for how long."""

    typed = Signal()

    def __init__(self, theme: Theme, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        name = SHORT_ACTS[code]
        self.detail = LineField(theme, f"{name}, précision", optional=code != OTHER_ACT)
        self.frequency = LineField(theme, f"{name}, fréquence", optional=True)
        self.duration = LineField(theme, f"{name}, durée", optional=True)
        self.row = FormRow(
            theme, name, self.detail, self.frequency, self.duration, stretches=_SHARES, label_width=_LABEL,
            parent=self,
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.row)
        for field in (self.detail, self.frequency, self.duration):
            field.typed.connect(self.typed)

    def show_act(self, act: OrderedAct) -> None:
        show_text(self.detail, act.detail)
        show_text(self.frequency, act.frequency)
        show_text(self.duration, act.duration)

    def act(self, code: str) -> OrderedAct:
        return OrderedAct(
            code, self.detail.text().strip(), self.frequency.text().strip(), self.duration.text().strip()
        )


class ActsPart(QWidget):
    """What the nurse does, and where.

    Signals:
        typed(): the person changed something (`applied`).
    """

    typed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.boxes = {code: TickBox(theme, name, self) for code, name in SHORT_ACTS.items()}
        self.rows = {code: _ActRow(theme, code, self) for code in ACTS}
        self.message = MessageLine(theme, self)
        self.at_home, self.sundays = TickBox(theme, AT_HOME, self), TickBox(theme, SUNDAYS, self)
        self._captions = self._make_captions()
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._where = QGridLayout()
        self._where.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionTitle(theme, "Actes", parent=self))
        column.addLayout(self._grid)
        column.addWidget(self.message)
        column.addWidget(self._captions)
        for row in self.rows.values():
            column.addWidget(row)
            row.setContentsMargins(0, 0, 0, theme.px(ROW_GAP))
            row.hide()
            row.typed.connect(self.typed)
        column.addLayout(self._where)
        self._arrange(2)
        for box in (*self.boxes.values(), self.at_home, self.sundays):
            box.setFixedHeight(theme.px(_BOX))
            box.clicked.connect(self._ticked)

    def _make_captions(self) -> QWidget:
        theme = self.theme
        captions = QWidget(self)
        line = QHBoxLayout(captions)
        line.setContentsMargins(theme.px(_LABEL + 8), 0, 0, theme.px(1))
        line.setSpacing(theme.px(ROW_GAP))
        for share, words in zip(_SHARES, ("Précision", "Fréquence", "Durée"), strict=True):
            line.addWidget(PlainLabel(theme, words, role="muted", points=8.5, parent=captions), share)
        captions.hide()
        return captions

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for grid, boxes in (
            (self._grid, list(self.boxes.values())),
            (self._where, [self.at_home, self.sundays]),
        ):
            for place, box in enumerate(boxes):
                grid.removeWidget(box)
                grid.addWidget(box, place // columns, place % columns, Qt.AlignmentFlag.AlignLeft)
            for column in range(2):
                grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns, or one where they would be cut."""
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= self.theme.px(_TWO_COLUMNS_FROM) else 1)

    # --- showing ----------------------------------------------------------------------------------------

    def show_content(self, content: Content) -> None:
        """Show the acts of a content."""
        ordered = {act.code: act for act in content.acts}
        for code, box in self.boxes.items():
            box.set_ticked(code in ordered)
            if code in ordered:
                self.rows[code].show_act(ordered[code])
        self._show_rows()
        self.at_home.set_ticked(content.at_home is True)
        self.sundays.set_ticked(content.sundays_and_holidays)

    def _show_rows(self) -> None:
        ticked = [code for code, box in self.boxes.items() if box.is_ticked]
        self._captions.setVisible(bool(ticked))
        for code, row in self.rows.items():
            row.setVisible(code in ticked)

    def say(self, said: Said) -> None:
        """Say what is wrong with the acts, and with each."""
        alone = said.errors.get("actes")
        self.message.set_message(ERROR + alone if alone else None)
        for place, code in enumerate(self._ticked_codes()):
            row = self.rows[code]
            said.at(row.detail, f"actes.{place}.precision")
            said.at(row.frequency, f"actes.{place}.frequence")
            said.at(row.duration, f"actes.{place}.duree")

    # --- typed ------------------------------------------------------------------------------------------

    def _ticked_codes(self) -> Iterator[str]:
        return (code for code, box in self.boxes.items() if box.is_ticked)

    def applied(self, content: Content) -> Content:
        """The content with what stands here; a box that nobody ticked is no answer."""
        acts = tuple(self.rows[code].act(code) for code in self._ticked_codes())
        at_home = True if self.at_home.is_ticked else None if content.at_home is None else False
        return replace(content, acts=acts, at_home=at_home, sundays_and_holidays=self.sundays.is_ticked)

    def _ticked(self) -> None:
        self._show_rows()
        self.typed.emit()

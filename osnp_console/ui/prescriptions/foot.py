"""The foot of the form: what is said, what else can be done, the next deliberate act last."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from osnp_console.app.prescription.next_acts import Deed, Offered, PrescriptionFoot
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.edges import edge_pen, fill_rounded
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel

SAVED, SAVING = "Enregistré.", "Pas encore enregistré."
_LINKS = frozenset({Deed.CANCEL, Deed.CORRECT, Deed.REPORT})


class FootBar(QWidget):
    """Buttons by deed; one is solid.

    Signals:
        wanted(object): a Deed is asked for.
        save_wanted(): the draft is to be saved now.
    """

    wanted = Signal(object)
    save_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.buttons: dict[Deed, ActionButton] = {}
        self._mark = MarkLabel(theme, "padlock", "muted", 14, self)
        self.words = ElidedLabel(theme, "", role="muted", parent=self)
        self.save = ActionButton(theme, "Enregistrer", "Ctrl+S", parent=self)
        self.save.clicked.connect(self.save_wanted)
        for deed in Deed:
            button = ActionButton(theme, "", kind="link" if deed in _LINKS else "secondary", parent=self)
            button.setProperty("deed", deed.value)
            button.clicked.connect(self._clicked)
            button.hide()
            self.buttons[deed] = button
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        self._row = row
        self.setFixedHeight(theme.px(50))

    def show_foot(self, foot: PrescriptionFoot, *, writes: bool) -> None:
        """Show what can be done; `writes` says whether a draft is being written here."""
        self.words.setText(foot.words)
        shown = (*foot.others, *((foot.next,) if foot.next is not None else ()))
        for button in (*self.buttons.values(), self.save):
            self._row.removeWidget(button)
        wanted = {one.deed: one for one in shown}
        for deed, button in self.buttons.items():
            button.setVisible(deed in wanted)
        for one in foot.others:
            self._put(one, "link" if one.deed in _LINKS else "secondary")
        self.save.setVisible(writes)
        if writes:
            self._row.addWidget(self.save)
        if foot.next is not None:
            self._put(foot.next, "primary")

    def _put(self, one: Offered, kind: str) -> None:
        button = self.buttons[one.deed]
        if button.accessibleName() != one.words:
            button.set_text(one.words)
        button.set_kind(kind)
        button.set_key(one.key)
        button.set_reason(one.reason or None)
        self._row.addWidget(button)

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, ActionButton):
            self.wanted.emit(Deed(sender.property("deed")))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(1, 0, -1, -1)
        fill_rounded(painter, rect, self.theme.color("raised"), self.theme.px(5))
        painter.setPen(edge_pen(self.theme, "line", 1))
        painter.drawLine(1, 0, self.width() - 1, 0)
        painter.end()

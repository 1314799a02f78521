"""The pane under the list: one dispositif, how to reach it, whether it is open, its criteria."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.checklist.access_words import NOT_FOR_PATIENTS, way_title
from osnp_console.app.checklist.check_eligibility import Answer
from osnp_console.app.checklist.criterion_words import TO_REVIEW, DetailLine, detail_lines, in_place, is_old
from osnp_console.app.checklist.dispositif_words import dispositif_title
from osnp_console.app.checklist.opening_words import opening_detail
from osnp_console.domain.access import Mode
from osnp_console.domain.sources import Document
from osnp_console.domain.states import State
from osnp_console.ui.checklist.detail_list import DetailList
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.edges import fill_rounded
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel, PlainLabel
from osnp_console.ui.widgets.surfaces import CARD_RADIUS, Hairline

SOURCE_KEY = "Ctrl+I"
NOBODY_CHOSEN = "Aucun dispositif choisi. Les flèches, dans la liste, en montrent le détail."
REGISTER, SEE_LIST = "Inscrire", "Liste d’attente"
_MARKS = {Mode.AGENDA: "calendar", Mode.TRANSFER: "transfer", Mode.PRESCRIPTION: "document"}


class DetailPane(QWidget):
    """The detail of an Answer.

    Signals:
        source_wanted(object): a DetailLine, or None for the dispositif as a whole.
        waiting_wanted(): the dispositif's waiting list is to be looked at.
    """

    source_wanted = Signal(object)
    waiting_wanted = Signal()

    def __init__(
        self, theme: Theme, documents: Mapping[str, Document], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._documents = documents
        self._answer: Answer | None = None
        self._shown: tuple[DetailLine, ...] = ()
        self._title = ElidedLabel(theme, points=10.5, bold=True, parent=self)
        self._old = PlainLabel(theme, TO_REVIEW, role="verify", points=9, bold=True, parent=self)
        self._source = ActionButton(theme, "Source", SOURCE_KEY, "link", height=28, parent=self)
        self.waiting = ActionButton(theme, REGISTER, kind="link", mark="list", height=28, parent=self)
        self._way_mark = MarkLabel(theme, "phone", "accent", 16, self)
        self._way = ElidedLabel(theme, bold=True, parent=self)
        self._state = PlainLabel(theme, points=9.5, bold=True, parent=self)
        self._private = PlainLabel(theme, NOT_FOR_PATIENTS, role="verify", points=9, bold=True, parent=self)
        self._hours = ElidedLabel(theme, role="muted", points=9, parent=self)
        self._nobody = PlainLabel(theme, NOBODY_CHOSEN, role="muted", wrap=True, parent=self)
        self._line = Hairline(theme, parent=self)
        self.list = DetailList(theme, self)
        self.setAccessibleName("Détail du dispositif")
        self._source.clicked.connect(self._source_clicked)
        self.waiting.clicked.connect(self.waiting_wanted)
        self.list.source_wanted.connect(self.source_wanted)
        self.list.installEventFilter(self)
        self._lay_out()
        self.show_answer(None, None)

    def _lay_out(self) -> None:
        px = self.theme.px
        self._way_mark.setFixedHeight(px(20))
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (first, second, third):
            row.setSpacing(px(8))
        first.addWidget(self._title, 1)
        first.addWidget(self._old)
        first.addWidget(self.waiting)
        first.addWidget(self._source)
        second.addWidget(self._way_mark)
        second.addWidget(self._way, 1)
        second.addWidget(self._state)
        third.setContentsMargins(px(24), 0, 0, 0)
        third.addWidget(self._private)
        third.addWidget(self._hours, 1)
        head = QVBoxLayout()
        head.setContentsMargins(px(12), px(4), px(12), px(5))
        head.setSpacing(px(1))
        for row in (first, second, third):
            head.addLayout(row)
        head.addWidget(self._nobody, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(4))
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._line)
        column.addWidget(self.list, 1)

    # --- what it shows ----------------------------------------------------------------------------------

    def show_answer(self, answer: Answer | None, now: datetime | None) -> None:
        """Show a dispositif; the criteria of the one already shown keep their order."""
        same = _is_same(self._answer, answer)
        self._answer = answer
        for widget in (self._title, self._source, self._line, self.list):
            widget.setVisible(answer is not None)
        self._nobody.setVisible(answer is None)
        if answer is None or now is None:
            for part in self._for_some_answers():
                part.hide()
            self._shown = ()
            self.list.show_lines((), same=False)
            return
        self._show_head(answer, now)
        lines = in_place(self._shown, answer, now) if same else detail_lines(answer, now)
        if lines != self._shown or not same:
            self._shown = lines
            self.list.show_lines(lines, same=same)

    @property
    def shown(self) -> tuple[DetailLine, ...]:
        """The lines shown, met criteria included where they are folded."""
        return self._shown

    @property
    def heads(self) -> tuple[str, str, str]:
        """Title, way in, state of opening, as shown."""
        return self._title.text(), self._way.text(), self._state.text()

    def _show_head(self, answer: Answer, now: datetime) -> None:
        # Each widget is shown or hidden once: hidden and shown again, it would lay the whole pane out anew.
        dispositif = answer.judgement.dispositif
        self._title.setText(dispositif_title(dispositif.cpts, dispositif.nature))
        self._old.setVisible(is_old(dispositif.source, self._documents, now.date()))
        self._offer_list(answer)
        serves, hours = answer.access is not None, _hours(answer)
        for widget in (self._way, self._way_mark, self._state):
            widget.setVisible(serves)
        self._hours.setVisible(serves and bool(hours))
        access = answer.access.access if answer.access is not None else None
        phone = access.phone if access is not None else None
        self._private.setVisible(phone is not None and phone.for_patients is False)
        if answer.access is None:
            return
        mode = access.mode if access is not None else None
        mark = "phone" if phone is not None else _MARKS.get(mode, "info") if mode is not None else "info"
        self._way_mark.set_mark(mark, "accent")
        self._way.setText(way_title(access))
        opening = answer.access.opening
        self._state.setText(opening_detail(opening, now))
        self._state.set_role("eligible" if opening.open else "muted")
        self._hours.setText(hours)

    def _offer_list(self, answer: Answer) -> None:
        """The way to the waiting list, where there is one; it says whether this desk registers there."""
        self.waiting.setVisible(bool(answer.waiting))
        if answer.waiting:
            self.waiting.set_text(SEE_LIST if answer.waiting[0].state is State.UNMET else REGISTER)

    def _for_some_answers(self) -> tuple[QWidget, ...]:
        return (self._old, self.waiting, self._way_mark, self._way, self._state, self._private, self._hours)

    # --- Qt ---------------------------------------------------------------------------------------------

    def _source_clicked(self) -> None:
        self.source_wanted.emit(self.list.current_line())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The title is blue while the pane has the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._title.set_role("accent" if event.type() == QEvent.Type.FocusIn else "text")
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, radius = QRectF(self.rect()), self.theme.px(CARD_RADIUS)
        raised = self.theme.color("raised")
        fill_rounded(painter, rect.adjusted(0, radius, 0, 0), raised, radius)
        painter.fillRect(rect.adjusted(0, 0, 0, -radius), raised)
        painter.fillRect(QRectF(0, 0, rect.width(), self.theme.px(1)), self.theme.color("line"))
        painter.end()


def _is_same(before: Answer | None, after: Answer | None) -> bool:
    if before is None or after is None:
        return False
    return before.judgement.dispositif.id == after.judgement.dispositif.id


def _hours(answer: Answer) -> str:
    """The hours in the source's words; where patients are seen when that is all it gives."""
    access = answer.access.access if answer.access is not None else None
    if access is not None and access.hours is not None:
        return access.hours.text
    if answer.reception is not None and answer.reception[0].hours is not None:
        return f"Accueil\u202f: {answer.reception[0].hours.text}"
    return ""

"""The alarm band: what happened, who to call, that it was seen, and how to take it back."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.checklist.check_eligibility import VITAL_EMERGENCY
from osnp_console.domain.phone import read_phone
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, RADIUS, edge_pen, stroke_inside
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel, PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.surfaces import Card

HEIGHT = 44
ONE_LINE_FROM = 1000
NOBODY = "Personne à appeler n’est réglé\u202f: Réglages, Urgence vitale"
REASON_MISSING = "Écrire pourquoi l’alerte est annulée\u202f: la raison est gardée."


class BandButton(QAbstractButton):
    """A button on the solid ground of an alarm: outlined in its ink, never blue."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        """A button that says `text`."""
        super().__init__(parent)
        self.theme = theme
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.theme.font(bold=True)).horizontalAdvance(self.text())
        return QSize(width + 2 * self.theme.px(12), self.theme.px(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        stroke_inside(painter, rect, edge_pen(theme, "on_alarm", 1), theme.px(RADIUS))
        if self.hasFocus():
            inset = theme.px(3)
            inner = rect.adjusted(inset, inset, -inset, -inset)
            stroke_inside(painter, inner, edge_pen(theme, "on_alarm", FOCUS_WIDTH), theme.px(2))
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.color("on_alarm"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class AlarmBand(QWidget):
    """Hidden while no call has a vital emergency; shows one, the oldest that nobody has seen first.

    Signals:
        call_wanted(object): the person asks to see the call of the alarm; its OpenCall.
        left(): the alarm was taken back from here: the keyboard has no place in the band any more.
    """

    call_wanted = Signal(object)
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        calls: DeskCalls,
        emergency_name: str = "",
        emergency_phone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """A band that follows the desk's calls; the two `emergency` texts say who to call."""
        super().__init__(parent)
        self.theme = theme
        self._calls = calls
        self._call: OpenCall | None = None
        self._said = ""
        self._mark = MarkLabel(theme, "alarm", "on_alarm", 20, self)
        self._name = PlainLabel(theme, role="on_alarm", points=11.5, bold=True, parent=self)
        self._sentence = PlainLabel(theme, VITAL_EMERGENCY, role="on_alarm", wrap=True, parent=self)
        self._sentence.setAccessibleName(VITAL_EMERGENCY)
        self._others = PlainLabel(theme, role="on_alarm", points=9.5, parent=self)
        self._who = ElidedLabel(theme, role="on_alarm", points=11.5, bold=True, parent=self)
        self._phone = PlainLabel(theme, role="on_alarm", points=11.5, bold=True, parent=self)
        self.show_call = BandButton(theme, "Voir l’appel", self)
        self.seen = BandButton(theme, "Vu", self)
        self.drop = BandButton(theme, "Annuler l’alerte", self)
        self.reason = LineField(theme, "Pourquoi l’alerte est annulée", optional=True, parent=self)
        self.reason.set_placeholder("raison, gardée au journal")
        self.confirm = ActionButton(theme, "Annuler l’alerte", "Entrée", "danger", height=28, parent=self)
        self.keep = ActionButton(theme, "Garder l’alerte", "Échap", height=28, parent=self)
        self._lay_out()
        self._connect()
        self.set_emergency(emergency_name, emergency_phone)
        self.refresh()

    def _lay_out(self) -> None:
        theme = self.theme
        self._row = QWidget(self)
        self._row.setMinimumHeight(theme.px(HEIGHT))
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._row)
        self._halves.setContentsMargins(theme.px(12), theme.px(4), theme.px(8), theme.px(4))
        self._halves.setSpacing(theme.px(10))
        what, who = QHBoxLayout(), QHBoxLayout()
        for half, stretch in ((what, 5), (who, 8)):
            half.setSpacing(theme.px(10))
            self._halves.addLayout(half, stretch)
        what.addWidget(self._mark)
        what.addWidget(self._name)
        self._sentence.setMinimumWidth(theme.px(120))
        what.addWidget(self._sentence, 1)
        who.addWidget(self._who, 1)
        who.addWidget(self._phone)
        who.addWidget(self._others)
        for button in (self.show_call, self.seen, self.drop):
            who.addWidget(button)
        self._who.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._row)
        column.addWidget(self._why_row())

    def _why_row(self) -> QWidget:
        """The reason stands on an ordinary ground: an error under it must be readable."""
        theme = self.theme
        self._why = Card(theme, edge="alarm", parent=self)
        why = QHBoxLayout(self._why)
        why.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(8))
        why.setSpacing(theme.px(8))
        self._why_label = PlainLabel(theme, "Raison", role="muted", points=9.5, parent=self._why)
        self._why_label.setFixedHeight(theme.px(28))
        top = Qt.AlignmentFlag.AlignTop
        why.addWidget(self._why_label, 0, top)
        self.reason.setMinimumWidth(theme.px(120))
        why.addWidget(self.reason, 1, top)
        why.addWidget(self.confirm, 0, top)
        why.addWidget(self.keep, 0, top)
        self._why.hide()
        return self._why

    def _connect(self) -> None:
        for signal in (self._calls.moved, self._calls.opened, self._calls.closed):
            signal.connect(self._calls_changed)
        self._calls.shown.connect(self._calls_changed)
        self.show_call.clicked.connect(self._ask_for_call)
        self.seen.clicked.connect(self._see)
        self.drop.clicked.connect(self.ask_reason)
        self.confirm.clicked.connect(self._drop)
        self.keep.clicked.connect(self._keep)
        self.reason.next_wanted.connect(self._drop)

    # --- what the frame calls ---------------------------------------------------------------------------

    @property
    def call(self) -> OpenCall | None:
        """The call whose alarm is shown."""
        return self._call

    def set_emergency(self, name: str, phone: str) -> None:
        """Who is to be called: a name and a number, either may be empty."""
        number = read_phone(phone).shown if phone.strip() else ""
        self._who.setText(f"Appeler {name.strip()}".strip() if name.strip() or number else NOBODY)
        self._phone.setText(number)
        self._phone.setVisible(bool(number))
        self._who_said = " ".join(part for part in (self._who.text(), number) if part)

    def ask_reason(self) -> None:
        """Open the field where the reason for taking the alarm back is written."""
        if self._call is None:
            return
        self._why.show()
        self.reason.setFocus()

    def refresh(self) -> None:
        """Show the first of the desk's alarms, or hide."""
        alarms = self._calls.alarms()
        call = self._followed(alarms)
        if call is not self._call:
            self._close_reason()
        self._call = call
        if call is None:
            self._said = ""
            self.hide()
            return
        self._name.setText(call.record.title)
        self.seen.setVisible(not call.record.alarm_seen)
        self.show_call.setVisible(call is not self._calls.current)
        others = len(alarms) - 1
        self._others.setText(f"+{others} autre{'s' if others > 1 else ''}" if others else "")
        self._others.setVisible(bool(others))
        self.show()
        self._say()

    # --- inside -----------------------------------------------------------------------------------------

    def _followed(self, alarms: list[OpenCall]) -> OpenCall | None:
        """The alarm to show: never another one under a reason that is being written."""
        if not self._why.isHidden() and self._call in alarms:
            return self._call
        return alarms[0] if alarms else None

    def _say(self) -> None:
        call = self._call
        said = f"{call.record.title}\u202f: {VITAL_EMERGENCY} {self._who_said}" if call is not None else ""
        self.setAccessibleName(said)
        if said != self._said:
            self._said = said
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _calls_changed(self, call: object) -> None:
        self.refresh()

    def _ask_for_call(self) -> None:
        if self._call is not None:
            self.call_wanted.emit(self._call)

    def _see(self) -> None:
        if self._call is not None:
            self._calls.see_alarm(self._call)
            if self.seen.isHidden():
                self.drop.setFocus()

    def _drop(self) -> None:
        call, reason = self._call, self.reason.text().strip()
        if call is None:
            return
        if not reason:
            self.reason.set_error(REASON_MISSING)
            self.reason.setFocus()
            return
        self._close_reason()
        self._calls.drop_alarm(call, reason)
        self.left.emit()

    def _keep(self) -> None:
        self._close_reason()
        self.drop.setFocus()
        self.refresh()

    def _close_reason(self) -> None:
        self.reason.set_text("")
        self.reason.set_error(None)
        self._why.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap closes the reason; what was typed in it stays until the alarm is taken back or kept."""
        if event.key() == Qt.Key.Key_Escape and not self._why.isHidden():
            self._why.hide()
            self.drop.setFocus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where width lacks, who to call stands under what happened: neither is cut."""
        super().resizeEvent(event)
        beside = self.width() / self.theme.scale >= ONE_LINE_FROM
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(direction)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("alarm_solid"))
        painter.end()

"""The registration on a waiting list on screen: its parts, by the room there is; it decides nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from osnp_console.app.waiting.asked import text_to_copy
from osnp_console.app.waiting.panel import ListPanel
from osnp_console.ui.checklist.live import LiveLabel
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.waiting.asked_part import AskedPart
from osnp_console.ui.waiting.form_part import FormPart
from osnp_console.ui.waiting.rules_part import RulesPart
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.chips import Chip
from osnp_console.ui.widgets.labels import ElidedLabel, MarkLabel, PlainLabel
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.surfaces import Card, Hairline

SIDE, WIDE_FROM = 320, 720
ACT_KEY = "F9"
ANYWAY = "Inscrire quand même"
WRITING = "En cours d’écriture…"
_NO_LIMIT = 16_777_215
_SCROLLS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class WaitingPanel(Card):
    """The panel of one list in the call on screen.

    Signals:
        act_wanted(): register, or note that it was done.
        later_wanted(): not now. withdraw_wanted(): not at all.
        again_wanted(): also beside somebody who looks like the same patient.
        page_wanted(str): the tool's page is to be opened.
        ask_wanted(str): the field of the call that answers what lacks.
        answered(str, object): the further fact on which this desk's right hangs, and the answer given.
        edited(str, object): a field of the registration, and its new value.
        copied(str): words for the journal strip.
        left(): Échap: the checklist again. Nothing typed is lost.
    """

    act_wanted = Signal()
    later_wanted = Signal()
    withdraw_wanted = Signal()
    again_wanted = Signal()
    page_wanted = Signal(str)
    ask_wanted = Signal(str)
    answered = Signal(str, object)
    edited = Signal(str, object)
    copied = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAccessibleName("Liste d’attente")
        self.shown: ListPanel | None = None
        self._wide: bool | None = None
        self._missing = ""
        self.title = ElidedLabel(theme, "", points=12, bold=True, parent=self)
        self.dispositif = ElidedLabel(theme, "", role="muted", points=9.5, parent=self)
        self.chip = Chip(theme, "", "outline", self)
        self.back = ActionButton(theme, "Checklist", "Échap", "link", height=28, parent=self)
        self.message = MessageLine(theme, self)
        self.asked = AskedPart(theme, self)
        self.rules = RulesPart(theme, self)
        self.form = FormPart(theme, self)
        self.page = ActionButton(theme, "Ouvrir la page", mark="external", height=28, parent=self)
        self.question = PlainLabel(theme, bold=True, wrap=True, parent=self)
        self.withdraw = ActionButton(theme, "Retirer", kind="link", parent=self)
        self.later = ActionButton(theme, "À inscrire plus tard", parent=self)
        self.act = ActionButton(theme, "Inscrit", ACT_KEY, "primary", parent=self)
        self.live = LiveLabel(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(1), px(1), px(1), px(1))
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(Hairline(self.theme, parent=self))
        said = QHBoxLayout()
        said.setContentsMargins(px(14), px(4), px(14), 0)
        said.addWidget(self.message)
        column.addLayout(said)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._inside = QWidget(self._area)
        self._body = QHBoxLayout(self._inside)
        self._body.setContentsMargins(px(14), px(10), px(14), px(10))
        self._body.setSpacing(px(20))
        self._left, self._side = QVBoxLayout(), QVBoxLayout()
        for part in (self._left, self._side):
            part.setSpacing(px(14))
        self._left.addWidget(self.asked)
        self._left.addWidget(self.form)
        self._left.addStretch(1)
        self._side.addWidget(self.rules)
        self._side.addWidget(self.page, 0, Qt.AlignmentFlag.AlignLeft)
        self._side.addStretch(1)
        self._body.addLayout(self._left, 1)
        self._body.addLayout(self._side, 0)
        self._area.setWidget(self._inside)
        for ground in (self._area.viewport(), self._inside):
            ground.setAutoFillBackground(False)
        column.addWidget(self._area, 1)
        column.addWidget(Hairline(self.theme, parent=self))
        column.addWidget(self._footer())

    def _header(self) -> QWidget:
        """One line where there is room; else the dispositif and the chip stand on a second one."""
        px, head = self.theme.px, QWidget(self)
        self._names, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._names, self._second):
            row.setSpacing(px(10))
        self._names.addWidget(MarkLabel(self.theme, "list", "accent", 18, head))
        self._names.addWidget(self.title)
        self._names.addWidget(self.back)
        lines = QVBoxLayout(head)
        lines.setContentsMargins(px(14), px(6), px(14), px(6))
        lines.setSpacing(px(2))
        lines.addLayout(self._names)
        lines.addLayout(self._second)
        return head

    def _footer(self) -> QWidget:
        px, foot = self.theme.px, QWidget(self)
        self._foot = QVBoxLayout(foot)
        self._foot.setContentsMargins(px(14), px(8), px(14), px(8))
        self._foot.setSpacing(px(6))
        self._acts = QWidget(foot)
        acts = QHBoxLayout(self._acts)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(px(8))
        acts.addStretch(1)
        for widget in (self.withdraw, self.later, self.act):
            acts.addWidget(widget)
        self._line = QHBoxLayout()
        self._line.addWidget(self.question, 1)
        self._foot.addLayout(self._line)
        self._line.addWidget(self._acts)
        return foot

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.page.clicked.connect(self._open_page)
        self.withdraw.clicked.connect(self.withdraw_wanted)
        self.later.clicked.connect(self.later_wanted)
        self.act.clicked.connect(self.act_wanted)
        self.form.sent.connect(self.do_act)
        self.form.edited.connect(self._edited)
        self.asked.copy_wanted.connect(self.copy_text)
        self.asked.ask_wanted.connect(self.ask_wanted)
        self.rules.answered.connect(self.answered)
        self.message.action_wanted.connect(self._ask_missing)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_panel(self, shown: ListPanel, *, is_asking: bool = False) -> None:
        """Show a list; `is_asking` while what was asked for has no answer yet."""
        before, self.shown = self.shown, shown
        if before is None or before.dispositif != shown.dispositif:
            self.forget_refusals()
        self.title.setText(shown.title)
        self.dispositif.setText(shown.dispositif)
        self.chip.set_chip(shown.chip, shown.chip_kind)
        self.asked.show_asked(shown.asked, shown.asked_title, shown.asked_note)
        self.rules.show_rules(shown.rules, shown.condition)
        focused = QApplication.focusWidget()
        self.form.setVisible(shown.form is not None)
        if shown.form is not None:
            self.form.show_form(shown.form)
        self.page.setVisible(bool(shown.page))
        # The button stays as it is: disabled, it would let the keyboard fall; a second asking does nothing.
        self.question.setText(WRITING if is_asking else shown.question)
        self.withdraw.setVisible(shown.withdraws)
        self.later.setVisible(shown.may_wait)
        self.act.setVisible(bool(shown.act))
        if shown.act:
            self.act.set_text(shown.act)
            self.act.set_kind("primary" if shown.is_next and not shown.why_not else "secondary")
            self.act.set_reason(shown.why_not)
        if focused is not None and self.isAncestorOf(focused) and not focused.isVisibleTo(self):
            # What had the keyboard is done with: it never falls to whatever comes next.
            self.back.setFocus()
        if before is not None and before.question != shown.question:
            self.live.announce(shown.question)

    @property
    def is_next(self) -> bool:
        """Whether the panel's act is the solid button of the screen."""
        return self.shown is not None and self.shown.is_next and not self.shown.why_not

    def say_refusal(self, sentence: str, field: str = "", missing: str = "") -> None:
        """Say why nothing was done: under its field, else above; `missing` is a field of the call."""
        self._missing = missing
        if field and self.form.show_refusal(field, sentence):
            self._area.ensureWidgetVisible(self.form.rows[field])
            return
        self.message.set_message(sentence, Message.ERROR, "Demander" if missing else "")

    def say_double(self, sentence: str) -> None:
        """Somebody on the list looks like the same patient: it is for the operator to say."""
        self._missing = ""
        self.message.set_message(sentence, Message.WARNING, ANYWAY)

    def forget_refusals(self) -> None:
        """What was wrong is no longer known to be."""
        self._missing = ""
        self.message.set_message(None)
        self.form.forget_refusals()

    # --- what the window asks ---------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Give the keyboard to what is to be filled in, else to the act."""
        shown = self.shown
        if shown is not None and shown.form is not None and shown.form.asks_consent:
            self.form.take_focus()
        elif self.act.isVisibleTo(self) and self.act.isEnabled():
            self.act.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def do_act(self) -> None:
        """F9."""
        if self.act.isVisibleTo(self) and self.act.isEnabled():
            self.act_wanted.emit()

    def copy_text(self) -> None:
        """Ctrl+Maj+C: what the tool asks, as plain text."""
        shown = self.shown
        if shown is None:
            return
        form = shown.form
        more = (("Courriel", form.mail), ("Priorité", form.priority)) if form is not None else ()
        QGuiApplication.clipboard().setText(text_to_copy(shown.asked, more))
        self.copied.emit("texte d’inscription copié")

    # --- inside -----------------------------------------------------------------------------------------

    def _open_page(self) -> None:
        if self.shown is not None:
            self.page_wanted.emit(self.shown.page)

    def _edited(self, field: str, value: object) -> None:
        self.message.set_message(None)
        self.edited.emit(field, value)

    def _ask_missing(self) -> None:
        if self._missing:
            self.ask_wanted.emit(self._missing)
        elif self.message.kind is Message.WARNING:
            self.again_wanted.emit()

    def _place(self) -> None:
        wide = self.width() >= self.theme.px(WIDE_FROM)
        if wide is self._wide:
            return
        self._wide = wide
        line = self._names if wide else self._second
        line.insertWidget(2 if wide else 0, self.dispositif, 1)
        line.insertWidget(3 if wide else 1, self.chip)
        self._names.setStretch(1, 0 if wide else 1)
        self._body.setDirection(
            QHBoxLayout.Direction.LeftToRight if wide else QHBoxLayout.Direction.BottomToTop
        )
        self.rules.setMinimumWidth(self.theme.px(SIDE) if wide else 0)
        self.rules.setMaximumWidth(self.theme.px(SIDE) if wide else _NO_LIMIT)
        (self._line if wide else self._foot).addWidget(self._acts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap leaves; arrows scroll when nothing in the panel takes them."""
        step = _SCROLLS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif step is not None:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + step * self.theme.px(40))
        else:
            super().keyPressEvent(event)

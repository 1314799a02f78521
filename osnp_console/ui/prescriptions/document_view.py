"""One prescription laid out: head, steps, form and foot at the left, the page at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.ui.prescriptions.asked import PasswordAsked, TextAsked
from osnp_console.ui.prescriptions.foot import FootBar
from osnp_console.ui.prescriptions.form import FormSources, PrescriptionForm
from osnp_console.ui.prescriptions.header import PrescriptionHeader
from osnp_console.ui.prescriptions.page_images import PageImages
from osnp_console.ui.prescriptions.preview import WIDTH, Preview
from osnp_console.ui.prescriptions.step_row import StepRow
from osnp_console.ui.prescriptions.stopped_line import StoppedLine
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.transfer.receiving.in_place import WIDTH as WIDTH_ASKED
from osnp_console.ui.transfer.receiving.in_place import InPlace
from osnp_console.ui.widgets.surfaces import Card, Hairline

LEAST_FORM = 620
_AROUND_PAGE = 56
_RATIO = 210 / 297
_HEAD = 46


class DocumentView(QWidget):
    """Form and page side by side; where width lacks, one or the other.

    Signals:
        arranged(): the panes stand otherwise.
        asking(): something is asked in place, or no longer (`asked`).
    """

    arranged = Signal()
    asking = Signal()

    def __init__(
        self,
        theme: Theme,
        sources: FormSources,
        images: PageImages,
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.card = Card(theme, parent=self)
        self.header = PrescriptionHeader(theme, self.card)
        self.steps = StepRow(theme, self.card)
        self.said = StoppedLine(theme, self.card)
        self.form = PrescriptionForm(theme, sources, self.card)
        self.foot = FootBar(theme, self.card)
        self.preview = Preview(theme, images, clock, self)
        self._is_full = self._page_wanted = False
        self._lay_out()
        self._make_questions()

    def _lay_out(self) -> None:
        theme = self.theme
        column = QVBoxLayout(self.card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, Hairline(theme, parent=self.card), self.steps):
            column.addWidget(widget)
        column.addWidget(Hairline(theme, parent=self.card))
        column.addWidget(self.form, 1)
        # Under the form: what is said moves nothing that is being written.
        column.addWidget(self.said)
        column.addWidget(self.foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.card, 1)
        row.addWidget(self.preview)

    def _make_questions(self) -> None:
        theme = self.theme
        self.password = PasswordAsked(theme, self)
        self.pin = PasswordAsked(
            theme, self, "Signature électronique", "Signer", "Phrase ou code", "Donner la phrase ou le code."
        )
        self.send_back = TextAsked(
            theme, "Renvoyer l’ordonnance", "Motif", "Renvoyer", self, missing="Dire pourquoi."
        )
        self.cancel = TextAsked(
            theme, "Annuler l’ordonnance", "Motif", "Annuler l’ordonnance", self, missing="Dire pourquoi."
        )
        self.correct = TextAsked(
            theme, "Annuler et remplacer", "Motif", "Annuler et remplacer", self, missing="Dire pourquoi.",
            hint="Une autre ordonnance, avec son propre numéro, prendra la place de celle-ci.",
        )  # fmt: skip
        self.signed = TextAsked(
            theme, "Signature manuscrite", "Constatée par", "Constatée", self, missing="Dire par qui.",
            hint="Le médecin a signé le papier.",
        )  # fmt: skip
        self.mailed = TextAsked(
            theme, "Message sécurisé", "Adresse", "Préparer", self, missing="Donner l’adresse.",
            hint="Adresse de messagerie sécurisée de l’infirmier. Rien ne part d’ici.",
        )  # fmt: skip
        self.sent = TextAsked(
            theme, "Transmission", "Transmise à", "Noter", self, missing="Dire à qui.",
            hint="L’ordonnance est partie\u202f: par messagerie sécurisée, remise, ou par un autre moyen.",
        )  # fmt: skip
        self.reported = TextAsked(
            theme, "Compte rendu de l’infirmier", "Compte rendu", "Noter", self,
            missing="Dire ce qui est revenu.",
        )  # fmt: skip

        for one in self.questions:
            one.installEventFilter(self)

    @property
    def questions(self) -> tuple[InPlace, ...]:
        """What may be asked in place."""
        return (
            self.password, self.pin, self.send_back, self.cancel, self.correct, self.signed, self.mailed,
            self.sent, self.reported,
        )  # fmt: skip

    @property
    def asked(self) -> InPlace | None:
        """What is asked now."""
        return next((one for one in self.questions if one.isVisible()), None)

    # --- arrangement ------------------------------------------------------------------------------------

    @property
    def is_narrow(self) -> bool:
        """Whether form and page do not stand side by side."""
        return self.width() < self.theme.px(LEAST_FORM + WIDTH)

    @property
    def shows_page_only(self) -> bool:
        """Whether the page stands in the form's place."""
        return self._is_full or (self.is_narrow and self._page_wanted)

    def show_full(self, full: bool) -> None:
        """The page at full height before it is validated; the form comes back after."""
        if full != self._is_full:
            self._is_full = full
            self.preview.leave_beside(self.theme.px(WIDTH_ASKED + 16) if full else 0)
            self._arrange()

    def show_page(self, wanted: bool) -> None:
        """Where width lacks: the page in the form's place, or the form again."""
        if wanted != self._page_wanted:
            self._page_wanted = wanted
            self._arrange()

    def _arrange(self) -> None:
        alone = self.shows_page_only
        self.card.setVisible(not alone)
        self.preview.setVisible(alone or not self.is_narrow)
        px = self.theme.px
        if alone:
            self.preview.setMinimumWidth(0)
            self.preview.setMaximumWidth(16_777_215)
        else:
            # As wide as the page is at the height there is, never less than at the smallest window.
            page = round((self.height() - px(_HEAD)) * _RATIO) + px(_AROUND_PAGE)
            room = self.width() - px(LEAST_FORM + 8)
            self.preview.setFixedWidth(max(px(WIDTH), min(page, room)))
        for one in self.questions:
            one.place()
        self.arranged.emit()

    def go_round(self, step: int) -> None:
        """F6: the form, the page, the foot."""
        focused = QApplication.focusWidget()
        parts: list[QWidget] = [self.form, self.preview, self.foot]
        holds = (n for n, one in enumerate(parts) if focused is not None and one.isAncestorOf(focused))
        target = (next(holds, 0) + step) % len(parts)
        self.show_page(target == 1)
        if target == 1:
            self.preview.reading.setFocus()
        elif target == 0:
            self.form.focus_first()
        else:
            button = next((one for one in self.foot.findChildren(QWidget) if _takes_focus(one)), None)
            (button or self.form).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """There is one solid button on screen: the foot has to know of a question."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.asking.emit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page suivante and précédente turn the page, also while the password is asked beside it."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self.preview.isVisible():
            self.preview.turn(step)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()


def _takes_focus(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus

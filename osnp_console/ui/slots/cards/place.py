"""Where a card stands at the top of the slots column: as high as it is, scrolled where height lacks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from osnp_console.ui.slots.cards.card import BookingCard
from osnp_console.ui.theme.theme import Theme

LEAST_HEIGHT = 120


class CardPlace(QScrollArea):
    """Holds one card at a time; hidden, it takes no room.

    It gives way to what stands under it down to a few lines, and then follows the keyboard.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._card: BookingCard | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusObjectChanged.connect(self._follow_focus)
        self.hide()

    @property
    def card(self) -> BookingCard | None:
        """The card that stands here."""
        return self._card

    @property
    def holds_focus(self) -> bool:
        """Whether the keyboard is in the card."""
        focused = QGuiApplication.focusObject()
        return (
            self._card is not None
            and isinstance(focused, QWidget)
            and (focused is self._card or self._card.isAncestorOf(focused))
        )

    def show_card(self, card: BookingCard | None) -> bool:
        """Put a card here in place of the one there was, or none; returns whether the keyboard was in that.

        The place then owns the card. A new card takes the keyboard over; with none, the caller gives it to
        the list: it never falls to the window.
        """
        old, held = self._card, self.holds_focus
        self._card = card
        if old is not None:
            old.removeEventFilter(self)
            self.takeWidget()
            old.hide()
            old.deleteLater()
        if card is not None:
            card.installEventFilter(self)
            self.setWidget(card)
            card.setAutoFillBackground(False)
        self.setVisible(card is not None)
        self.updateGeometry()
        if card is not None and held:
            card.take_focus()
        return held

    # --- Qt ---------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        width = max(self.width(), self.theme.px(380))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.theme.px(LEAST_HEIGHT), self.heightForWidth(self.width())))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """The card's own height at that width."""
        return max(self._card.heightForWidth(width), 0) if self._card is not None else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A card that says something else takes another height."""
        if watched is self._card and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _follow_focus(self, focused: QObject | None) -> None:
        card = self._card
        if card is not None and isinstance(focused, QWidget) and card.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 0, self.theme.px(40))

"""The card of a booking made at a portal that is still to be written down."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.booking.by_hand_cards import ReadTaken, WaitingShown
from osnp_console.ui.checklist.wrapping import WrappingRow
from osnp_console.ui.slots.cards.card import BookingCard, Tone
from osnp_console.ui.slots.cards.parts import TakenField
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton


class WaitingCard(BookingCard):
    """What was taken at the portal is written here (`À confirmer sur Doctolib`).

    Signals:
        saved(str): the line, read in full.
        draft_changed(str): the line as it is typed.
        nothing_taken(): nothing was booked there in the end.
    """

    saved = Signal(str)
    draft_changed = Signal(str)
    nothing_taken = Signal()

    def __init__(
        self,
        theme: Theme,
        shown: WaitingShown,
        read: ReadTaken,
        draft: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """The card of an appointment to be confirmed; `draft` is a line begun before, else what was kept."""
        super().__init__(theme, Tone.DOUBT, parent)
        self.say_head(Tone.DOUBT, shown.sentence, shown.aside, shown.slot_words)
        self.body = self.words(shown.slot_words)
        self.taken = TakenField(theme, read, draft or shown.draft, self)
        self._buttons = WrappingRow(theme, self)
        self.save = ActionButton(theme, "Enregistrer", "Entrée", "primary", parent=self._buttons)
        self.nothing = ActionButton(theme, "Rien n’a été pris", parent=self._buttons)
        self.back = ActionButton(theme, "Retour à la liste", "Échap", parent=self._buttons)
        self._buttons.set_widgets([self.save, self.nothing, self.back])
        for widget in (self.body, self.taken, self._buttons):
            self.column.addWidget(widget)
        self.taken.saved.connect(self.saved)
        self.taken.draft_changed.connect(self.draft_changed)
        self.save.clicked.connect(self.taken.save)
        self.nothing.clicked.connect(self.nothing_taken)
        self.back.clicked.connect(self.dismissed)

    @property
    def solid(self) -> ActionButton | None:
        """`Enregistrer`."""
        return self.save

    def take_focus(self) -> None:
        """Give the keyboard to the line."""
        self.taken.field.setFocus(Qt.FocusReason.OtherFocusReason)

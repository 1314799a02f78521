"""The card of a portal: how to book there, step by step, and the line that takes back what was booked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.app.booking.by_hand_cards import HowToBook, ReadTaken
from osnp_console.app.slots.cards import shown_number
from osnp_console.ui.checklist.wrapping import WrappingRow
from osnp_console.ui.slots.cards.card import (
    CALL,
    CALL_KEY,
    COPY,
    COPY_KEY,
    NARROW,
    BookingCard,
    Tone,
    set_words,
)
from osnp_console.ui.slots.cards.parts import LeadLabel, MarkedLine, NumberLabel, Steps, TakenField, to_dial
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.surfaces import Card, Hairline

TO_SEARCH = "À chercher, mot pour mot"
ACCOUNT = f"Compte{NARROW}: "
NEEDED = f"À avoir sous la main{NARROW}: "


class SearchWords(Card):
    """The exact words to search for, and the key that copies them."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        label = PlainLabel(theme, TO_SEARCH, role="muted", points=8.5, parent=self)
        row = WrappingRow(theme, self)
        shown = LeadLabel(theme, points=12, bold=True, parent=row)
        shown.setText(words)
        shown.setAccessibleName(f"{TO_SEARCH}{NARROW}: {words}")
        self.copy = ActionButton(theme, "Copier", COPY_KEY, mark="copy", height=28, parent=row)
        row.set_widgets([shown, self.copy])
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(4))
        for widget in (label, row):
            column.addWidget(widget)


class WarnedLine(QWidget):
    """Whom to phone after a booking there, with the number."""

    def __init__(
        self, theme: Theme, sentence: str, number: str | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        line = MarkedLine(theme, parent=self)
        line.say(sentence, "phone", "muted")
        row = WrappingRow(theme, self)
        figures = NumberLabel(theme, 13, row)
        figures.setText(number or "")
        self.call = ActionButton(theme, "Appeler", CALL_KEY, mark="phone", height=28, parent=row)
        row.set_widgets([figures, self.call])
        row.setVisible(number is not None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for widget in (line, row):
            column.addWidget(widget)
        self.setVisible(bool(sentence or number))


class PortalCard(BookingCard):
    """How to book in an agenda that no program can ask, and what was taken there.

    The solid button is the page until it was opened, then `Enregistrer`; in the line, Entrée always keeps.

    Signals:
        open_wanted(str): the address of the page to open.
        call_wanted(str): phone the number shown; it is on the clipboard.
        saved(str): what was taken, read in full.
        draft_changed(str): the line as it is typed.
    """

    open_wanted = Signal(str)
    call_wanted = Signal(str)
    saved = Signal(str)
    draft_changed = Signal(str)

    def __init__(
        self, theme: Theme, shown: HowToBook, read: ReadTaken, draft: str = "", parent: QWidget | None = None
    ) -> None:
        """The card of one portal; `draft` is a line begun before."""
        super().__init__(theme, Tone.TO_DO, parent)
        self._shown = shown
        self._number = shown_number(shown.phone)
        self._opened = bool(draft)
        self.say_head(Tone.TO_DO, shown.title, "", " ".join(shown.steps))
        self.steps = Steps(theme, shown.steps, self)
        self.search = SearchWords(theme, shown.search_words or "", self)
        self.account = self.words(role="muted")
        self.needed = self.words(role="muted")
        self._page = WrappingRow(theme, self)
        self.open = ActionButton(theme, "Ouvrir la page", parent=self._page)
        self.warned = WarnedLine(theme, shown.warned or "", self._number, self)
        self._line = Hairline(theme, parent=self)
        self.taken = TakenField(theme, read, draft, self)
        self._buttons = WrappingRow(theme, self)
        self.save = ActionButton(theme, "Enregistrer", parent=self._buttons)
        self.back = ActionButton(theme, "Retour à la liste", "Échap", parent=self._buttons)
        self._lay_out()
        self._connect()
        self._choose_solid()

    def _lay_out(self) -> None:
        shown = self._shown
        for widget in (
            self.steps,
            self.search,
            self.account,
            self.needed,
            self._page,
            self._line,
            self.taken,
            self._buttons,
            self.warned,
        ):
            self.column.addWidget(widget)
        set_words(self.account, f"{ACCOUNT}{shown.account}" if shown.account else "")
        set_words(self.needed, f"{NEEDED}{', '.join(shown.needed)}" if shown.needed else "")
        self.search.setVisible(bool(shown.search_words))
        self._page.set_widgets([self.open])
        self._page.setVisible(bool(shown.page))

    def _connect(self) -> None:
        self.search.copy.clicked.connect(self.copy_search_words)
        self.open.clicked.connect(self.open_page)
        self.warned.call.clicked.connect(self.call_number)
        self.taken.saved.connect(self.saved)
        self.taken.draft_changed.connect(self._draft)
        self.save.clicked.connect(self.taken.save)
        self.back.clicked.connect(self.dismissed)
        self.on_key(COPY, self.copy_search_words)
        self.on_key(CALL, self.call_number)

    @property
    def solid(self) -> ActionButton | None:
        """The page while it was not opened and nothing is typed, then `Enregistrer`."""
        opens = bool(self._shown.page) and not self._opened and not self.taken.draft.strip()
        return self.open if opens else self.save

    def _choose_solid(self) -> None:
        for button in (self.open, self.save):
            button.set_kind("primary" if button is self.solid else "secondary")
            button.set_key("Entrée" if button is self.solid else "")
        self._page.set_widgets([self.open])
        self._buttons.set_widgets([self.save, self.back])

    def open_page(self) -> None:
        """Ask for the page; the keyboard then waits in the line that takes back what was booked."""
        if self._shown.page:
            self._opened = True
            self._choose_solid()
            self.taken.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.open_wanted.emit(self._shown.page)

    def copy_search_words(self) -> None:
        """Put the exact words on the clipboard."""
        if self._shown.search_words:
            self.copy_text(self._shown.search_words, "mots à chercher copiés")

    def call_number(self) -> None:
        """Copy the number and ask to dial it."""
        if self._number is not None:
            self.copy_text(to_dial(self._number), f"numéro copié{NARROW}: {self._number}")
            self.call_wanted.emit(self._number)

    def _draft(self, text: str) -> None:
        self._choose_solid()
        self.draft_changed.emit(text)

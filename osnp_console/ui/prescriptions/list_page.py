"""The list of prescriptions by state, and the line that finds one again, typed or scanned."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.app.prescription.board import grouped
from osnp_console.domain.permissions import Act, who_may
from osnp_console.domain.prescription.canonical import read_datamatrix
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.checklist.live import LiveLabel
from osnp_console.ui.prescriptions.around import Surroundings
from osnp_console.ui.prescriptions.listing_model import lines_of
from osnp_console.ui.prescriptions.listing_view import PrescriptionsList
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.surfaces import Card
from osnp_console.ui.widgets.titles import PaneTitle

SEARCH_AFTER_MS = 500
HINT = "patient, infirmier, 24/11, FINESS, numéro, acte, ou code de la page lu par la douchette"
NOTHING = "Aucune ordonnance en cours. F7 en commence une, sur un appel."
FOUND_NOTHING = "Aucune ordonnance ne correspond."


class ListPage(Card):
    """The board, or what a search found.

    Signals:
        opened(str): a prescription is to be shown; its id.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._around, self._desk = around, around.desk
        self._found: tuple[str, ...] | None = None
        self._asked = ""
        self.title = PaneTitle(theme, "Ordonnances", self)
        self.counts = PlainLabel(theme, "", role="muted", points=9.5, parent=self)
        self.search = LineField(theme, "Chercher une ordonnance", optional=True, parent=self)
        self.search.set_placeholder(HINT)
        self.list = PrescriptionsList(theme, self)
        self.nothing = PlainLabel(theme, NOTHING, role="muted", wrap=True, parent=self)
        self.live = LiveLabel(self)
        self._rest = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._rest.timeout.connect(self._look)
        self._lay_out()
        self.search.typed.connect(self._typed)
        self.search.next_wanted.connect(self._entered)
        self.list.opened.connect(self.opened)
        self._desk.listed.connect(self.refresh)
        self._desk.changed.connect(self._changed)
        self._desk.counted.connect(self._counted)

    def _lay_out(self) -> None:
        px = self.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self.title)
        head.addWidget(self.counts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(1), px(10), px(1), px(6))
        column.setSpacing(px(8))
        top = QVBoxLayout()
        top.setContentsMargins(px(12), 0, px(12), 0)
        top.setSpacing(px(6))
        top.addLayout(head)
        top.addWidget(self.search)
        top.addWidget(self.nothing)
        column.addLayout(top)
        column.addWidget(self.list, 1)

    # --- showing ----------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show the board as it stands, or what was found."""
        if not self.isVisible():
            return
        shown = self._shown()
        groups = grouped(shown, validates=self._desk.validates)
        lines = tuple(lines_of(groups, self._around.dispositif))
        self.list.show_lines(lines, self._around.clock())
        sees = self._desk.may(Act.SEND_PRESCRIPTION)
        nothing = NOTHING if sees else who_may(Act.SEND_PRESCRIPTION)
        self.nothing.setText(nothing if self._found is None else FOUND_NOTHING)
        self.search.setEnabled(sees)
        self.nothing.setVisible(not shown)
        said = f"{len(shown)} trouvée{'s' if len(shown) > 1 else ''}" if self._found is not None else ""
        self.counts.setText(said)
        if (
            self._found is None and self._around.readings is not None
        ):  # what is searched is told as it is read
            self._around.readings.list_shown(len(shown))

    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes from the screen."""
        super().hideEvent(event)
        if self._around.readings is not None:
            self._around.readings.list_left()

    def _shown(self) -> tuple[Prescription, ...]:
        if self._found is None:
            return self._desk.board
        return tuple(one for one in map(self._desk.get, self._found) if one is not None)

    @Slot(str)
    def _changed(self, key: str) -> None:
        self.refresh()

    @Slot(int)
    def _counted(self, count: int) -> None:
        if count and self._desk.validates:
            words = "1 ordonnance à valider" if count == 1 else f"{count} ordonnances à valider"
            self.live.announce(words)

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        self.list.tick(now)

    def focus_first(self) -> None:
        """Put the keyboard where work begins: on the list, or in the search while it is empty."""
        self.refresh()
        (self.list if self.list.rows else self.search).setFocus()

    def focus_search(self) -> None:
        """Put the keyboard in the search line, its text selected: a reader types over it."""
        self.search.setFocus()
        self.search.line_edit.selectAll()

    # --- searching --------------------------------------------------------------------------------------

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.search.set_error(None)
        if not text.strip():
            self._rest.stop()
            self._found, self._asked = None, ""
            self.refresh()
        else:
            self._rest.start()

    def _entered(self) -> None:
        """A reader ends with Entrée; so does who typed, to go to what was found."""
        if self._asked != self.search.text().strip():
            self._rest.stop()
            self._look(then_go=True)
        elif self.list.rows:
            self.list.setFocus()

    @Slot()
    def _look(self, *, then_go: bool = False) -> None:
        text = self.search.text().strip()
        if not text:
            return
        self._asked = text

        def found(prescriptions: tuple[Prescription, ...], sentence: str) -> None:
            if text != self._asked:
                return
            self._found = tuple(one.id for one in prescriptions)
            if sentence:
                self.search.set_error(f"Erreur\u202f: {sentence}")
            self.refresh()
            if then_go and len(prescriptions) == 1 and read_datamatrix(text) is not None:
                self.opened.emit(prescriptions[0].id)
            elif then_go and self.list.rows:
                self.list.setFocus()

        self._desk.search(text, found)

    def say(self, sentence: str) -> None:
        """Say something at the search line."""
        self.search.set_note(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap in the search: the whole board again; the text is gone only by its own key."""
        if event.key() == Qt.Key.Key_Escape and self._found is not None:
            self.search.set_text("")
            self._typed("")
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

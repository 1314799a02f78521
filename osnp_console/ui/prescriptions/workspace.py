"""The workspace Ordonnances: the list, and the prescription that was opened in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.prescription import Prescription
from osnp_console.ui.prescriptions.around import Surroundings
from osnp_console.ui.prescriptions.document_page import Dial, DocumentPage
from osnp_console.ui.prescriptions.form import FormSources
from osnp_console.ui.prescriptions.list_page import ListPage
from osnp_console.ui.prescriptions.page_images import PageImages
from osnp_console.ui.prescriptions.signing import Signing
from osnp_console.ui.prescriptions.validating import Validating
from osnp_console.ui.theme.theme import Theme


class PrescriptionsWorkspace(QWidget):
    """Made for one theme, over the DeskPrescriptions of the window.

    Signals:
        call_wanted(str): the call that a prescription was begun from is to be shown; its id.
        shown(str): the id of the prescription on screen, empty for the list.
    """

    call_wanted = Signal(str)
    shown = Signal(str)

    def __init__(
        self,
        theme: Theme,
        around: Surroundings,
        sources: FormSources,
        images: PageImages,
        validating: Validating,
        signing: Signing,
        dial: Dial,
        new_id: Callable[[], str],
        note_of: Callable[[Prescription], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._around = around
        self._back_to = ""
        self.listing = ListPage(theme, around, self)
        self.page = DocumentPage(
            theme, around, sources, images, validating, signing, dial, new_id, note_of, self
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.listing)
        self._stack.addWidget(self.page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.listing.opened.connect(self.open)
        self.page.left.connect(self.leave)
        key, self._back_to = around.desk.on_screen
        # It may be what somebody else left on screen.
        if key and around.desk.get(key) is not None and around.desk.may(Act.SEND_PRESCRIPTION):
            self._tell_opened(key)
            self.page.open(key)
            self._stack.setCurrentWidget(self.page)

    @property
    def key(self) -> str:
        """The prescription on screen; empty while the list is."""
        return self.page.key if self._stack.currentWidget() is self.page else ""

    @property
    def comes_from_call(self) -> bool:
        """Whether Échap goes back to a call."""
        return bool(self.key and self._back_to)

    def open(self, key: str, from_call: str = "") -> None:
        """Show a prescription; `from_call` is the call that Échap goes back to."""
        self._back_to = from_call
        self._around.desk.on_screen = (key, from_call)
        self._tell_opened(key)
        self.page.open(key)
        self._stack.setCurrentWidget(self.page)
        self.page.focus_first()
        self.shown.emit(key)

    def leave(self) -> None:
        """Back to the call it was opened from, else to the list."""
        call, self._back_to = self._back_to, ""
        self._around.desk.on_screen = ("", "")
        if self._around.readings is not None:
            self._around.readings.closed()
        key = self.page.key
        self._stack.setCurrentWidget(self.listing)
        self.shown.emit("")
        if not call:  # it would come on screen for nobody
            self.listing.refresh()
        self.listing.list.go_to(key)
        if call:
            self.call_wanted.emit(call)
        else:
            self.listing.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_opened(self, key: str) -> None:
        one, readings = self._around.desk.get(key), self._around.readings
        if one is not None and readings is not None:
            readings.opened(one)

    def focus_first(self) -> None:
        """Put the keyboard where work begins."""
        self._around.desk.refresh()
        if self.key:
            self.page.refresh()
            self.page.focus_first()
        else:
            self.listing.focus_first()

    def go_round(self, step: int) -> None:
        """F6: the panes."""
        if self.key:
            self.page.view.go_round(step)
        elif self.listing.list.hasFocus():
            self.listing.focus_search()
        else:
            self.listing.list.setFocus()

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        if self.isVisible():
            (self.page if self.key else self.listing).tick(now)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while nobody looked is shown."""
        super().showEvent(event)
        if self.key:
            self.page.refresh()
        else:
            self.listing.refresh()

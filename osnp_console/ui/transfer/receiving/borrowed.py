"""A page of another workspace shown here for a while: a call has one slots column, wherever it is."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget


class BorrowedPage(QWidget):
    """Room for a widget that lives in a stack elsewhere; a stand-in keeps its place there meanwhile."""

    def __init__(self, page: QWidget, home: QStackedWidget, parent: QWidget | None = None) -> None:
        """Room for `page`, which is one of `home`."""
        super().__init__(parent)
        self._page, self._home = page, home
        self._stand_in = QWidget(home)
        self._stand_in.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def is_here(self) -> bool:
        """Whether the page is shown here."""
        return self._column.count() > 0

    def fetch(self) -> None:
        """Bring the page here."""
        if self.is_here:
            return
        focused = QApplication.focusWidget()
        had = focused is not None and self._page.isAncestorOf(focused)
        self._swap(self._page, self._stand_in)
        self._column.addWidget(self._page)
        self._page.show()
        if had and focused is not None:
            focused.setFocus()

    def give_back(self) -> None:
        """Put the page back where it lives, on top if it was."""
        if not self.is_here:
            return
        self._column.removeWidget(self._page)
        self._swap(self._stand_in, self._page)

    def _swap(self, old: QWidget, new: QWidget) -> None:
        home = self._home
        place, was_on_top = home.indexOf(old), home.currentWidget() is old
        home.insertWidget(place, new)
        if was_on_top:
            home.setCurrentWidget(new)
        home.removeWidget(old)
        old.setParent(self if old is self._page else home)

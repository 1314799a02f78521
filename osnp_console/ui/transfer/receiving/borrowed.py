"""The slots column shown here for a while: a call has one column, whichever workspace it is looked at in."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget


class Room(QWidget):
    """Room for one widget, which may be lent to another room and stays where its room is otherwise."""

    def __init__(self, held: QWidget | None = None, parent: QWidget | None = None) -> None:
        """A room that holds a widget from the start, or none yet."""
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        if held is not None:
            self._column.addWidget(held)

    @property
    def is_empty(self) -> bool:
        """Whether what it holds is elsewhere."""
        return self._column.count() == 0

    def take(self, held: QWidget) -> None:
        """Have a widget here, wherever it was; it keeps the keyboard if it has it."""
        focused = QApplication.focusWidget()
        had = focused is not None and held.isAncestorOf(focused)
        self._column.addWidget(held)
        held.show()
        if had and focused is not None:
            focused.setFocus()


class BorrowedPage(Room):
    """Room for a widget that lives in another one."""

    def __init__(self, page: QWidget, home: Room, parent: QWidget | None = None) -> None:
        """Room for `page`, which lives in `home`."""
        super().__init__(parent=parent)
        self._page, self._home = page, home

    @property
    def is_here(self) -> bool:
        """Whether the page is shown here."""
        return not self.is_empty

    def fetch(self) -> None:
        """Bring the page here."""
        if not self.is_here:
            self.take(self._page)

    def give_back(self) -> None:
        """Put the page back where it lives."""
        if self.is_here:
            self._home.take(self._page)

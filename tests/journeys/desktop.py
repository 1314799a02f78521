"""What the desktop is handed by the console: pages, numbers, documents."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices


class Desktop(QObject):
    """The desktop of a workstation, as far as it is handed addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        for scheme in ("http", "https", "tel", "file"):
            QDesktopServices.setUrlHandler(scheme, self, "hand_over")  # type: ignore[arg-type]  # it wants str

    @Slot(QUrl)
    def hand_over(self, url: QUrl) -> None:
        self.opened.append(url.toString())

    def leave(self) -> None:
        for scheme in ("http", "https", "tel", "file"):
            QDesktopServices.unsetUrlHandler(scheme)

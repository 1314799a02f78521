"""The desktop's softphone: a `tel:` or `sip:` address handed to whatever the desktop has for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from osnp_console.app.telephony.dial import HANDED_OVER, NO_PHONE, Dialled, not_sent, sent
from osnp_console.app.telephony.numbers import NumberToDial

QUERY_MS = 1500
_FREE_DESKTOPS = frozenset({"xcb", "wayland", "wayland-egl"})


class SchemeQuery(QObject):
    """Asks a free desktop once whether something opens addresses of a scheme.

    There `openUrl` only starts xdg-open, and answers true whether or not anything takes the address. Other
    desktops answer for themselves, and are not asked.
    """

    def __init__(self, scheme: str, then: Callable[[bool | None], None], parent: QObject) -> None:
        """`then` is called once: True, False, or None where the desktop cannot say."""
        super().__init__(parent)
        self._then: Callable[[bool | None], None] | None = then
        self._scheme = scheme
        self._process = QProcess(self)
        self._limit = QTimer(self, singleShot=True, interval=QUERY_MS)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)
        self._limit.timeout.connect(self._failed)

    def ask(self) -> None:
        """Begin; the answer may come before this returns."""
        if QGuiApplication.platformName() not in _FREE_DESKTOPS:
            self._answer(None)
            return
        self._limit.start()
        self._process.start("xdg-mime", ["query", "default", f"x-scheme-handler/{self._scheme}"])

    @Slot()
    def _failed(self) -> None:
        self._answer(None)

    @Slot()
    def _finished(self) -> None:
        good = self._process.exitStatus() is QProcess.ExitStatus.NormalExit and self._process.exitCode() == 0
        self._answer(bool(self._process.readAllStandardOutput().trimmed().size()) if good else None)

    def _answer(self, found: bool | None) -> None:
        then, self._then = self._then, None
        if then is None:
            return
        self._limit.stop()
        self._process.kill()
        self.deleteLater()
        then(found)


class DesktopDialler(QObject):
    """`Dialler` over the desktop's handler of `tel:` or `sip:`."""

    def __init__(self, address: Callable[[NumberToDial], str], parent: QObject) -> None:
        """`address` makes the address of a number."""
        super().__init__(parent)
        self._address = address

    def dial(self, number: NumberToDial, then: Callable[[Dialled], None]) -> None:
        """Hand the number over, unless the desktop says that nothing takes it; a dialler dials once."""
        url = QUrl(self._address(number))

        def found(handler: bool | None) -> None:
            taken = handler is not False and QDesktopServices.openUrl(url)
            self.deleteLater()
            then(sent(HANDED_OVER) if taken else not_sent(NO_PHONE))

        SchemeQuery(url.scheme(), found, self).ask()

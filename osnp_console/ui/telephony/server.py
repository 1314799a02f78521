"""The telephony server, asked on a thread of its own: nothing it does holds the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from osnp_console.app.errors import StoreFailure
from osnp_console.app.sources.agendas import Deadline
from osnp_console.app.sources.secrets import SecretKeeper
from osnp_console.app.telephony.dial import DIAL_SECONDS, LATE, ClickToDial, Dialled, not_sent, unknown
from osnp_console.app.telephony.numbers import NumberToDial
from osnp_console.app.telephony.settings import SECRET_ENTRY, Telephony
from osnp_console.ui.agendas.door import AgendaDoor

WAIT_MS = round((DIAL_SECONDS + 1) * 1000)


class ServerDialler(QObject):
    """`Dialler` over a click-to-dial server.

    Looking the server's name up, and a keyring that asks its person something, have no limit of their own:
    past the deadline the outcome is told as not known, and what comes later is nobody's any more.
    """

    def __init__(
        self,
        telephony: Telephony,
        secrets: SecretKeeper,
        click: ClickToDial,
        door: AgendaDoor,
        parent: QObject,
        wait_ms: int = WAIT_MS,
    ) -> None:
        super().__init__(parent)
        self._telephony = telephony
        self._secrets = secrets
        self._click = click
        self._door = door
        self._limit = QTimer(self, singleShot=True, interval=wait_ms)
        self._limit.timeout.connect(self._late)
        self._then: Callable[[Dialled], None] | None = None

    def dial(self, number: NumberToDial, then: Callable[[Dialled], None]) -> None:
        """Ask the server; a dialler dials once."""
        telephony, secrets, click = self._telephony, self._secrets, self._click
        self._then = then

        def work() -> Dialled:
            try:
                secret = secrets.get(SECRET_ENTRY)
            except StoreFailure as failure:
                return not_sent(f"{failure.message} Numéro copié.")
            return click(telephony, secret, number, Deadline(DIAL_SECONDS))

        self._limit.start()
        self._door.go_and(work, self._answer)

    def _late(self) -> None:
        self._answer(unknown(LATE))

    def _answer(self, dialled: Dialled) -> None:
        then, self._then = self._then, None
        if then is not None:
            self._limit.stop()
            self.deleteLater()
            then(dialled)

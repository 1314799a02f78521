"""The telephone of this desk: every number of the window is dialled here, and nothing waits for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from osnp_console.app.sources.secrets import SecretKeeper
from osnp_console.app.telephony.dial import (
    BY_HAND,
    NO_PHONE,
    ClickToDial,
    Dialled,
    Dialler,
    not_sent,
    ready_to_dial,
)
from osnp_console.app.telephony.numbers import NumberToDial, sip_uri, tel_uri
from osnp_console.app.telephony.settings import Telephony, Way
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.telephony.desktop import DesktopDialler
from osnp_console.ui.telephony.server import ServerDialler

ALREADY = "Appel déjà demandé\u202f: le téléphone n’a pas encore répondu."
NARROW = "\u202f"


class PhoneDesk(QObject):
    """Dials numbers as they are shown; the number is on the clipboard from the first instant.

    Whatever happens to the telephone, work goes on: no outcome is an error, and each has its sentence.

    Signals:
        ended(str, object): how dialling a number ended: the number as it was given, a Dialled.
        said(str): the sentence of that, or why nothing new was dialled, for whoever shows such words.
    """

    ended = Signal(str, object)
    said = Signal(str)

    def __init__(
        self,
        telephony: Callable[[], Telephony],
        secrets: SecretKeeper,
        click: ClickToDial | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`telephony` is read at each call; without `click` no server dials."""
        super().__init__(parent)
        self._telephony = telephony
        self._secrets = secrets
        self._click = click
        self._door = AgendaDoor(self)
        self._under_way: set[str] = set()

    @property
    def is_idle(self) -> bool:
        """True when every number that was dialled has its outcome."""
        return not self._under_way

    def dial(self, number: str) -> None:
        """Dial a number of any shape; the same one again waits for the outcome of the first."""
        if number in self._under_way:
            self.said.emit(ALREADY)
            return
        self._under_way.add(number)

        def ended(dialled: Dialled) -> None:
            self._under_way.discard(number)
            self.ended.emit(number, dialled)
            self.said.emit(dialled.sentence)

        self.attempt(number, self._telephony(), ended)

    def attempt(self, number: str, telephony: Telephony, then: Callable[[Dialled], None]) -> None:
        """Dial by other settings than the desk's; only `then` is told. It may be told before this returns."""
        QGuiApplication.clipboard().setText(number.replace(NARROW, " "))
        ready = ready_to_dial(number, telephony)
        if isinstance(ready, Dialled):
            then(ready)
            return
        dialler = self._dialler(telephony)
        if dialler is None:
            then(not_sent(BY_HAND if telephony.way is Way.BY_HAND else NO_PHONE))
        else:
            dialler.dial(ready, then)

    def _dialler(self, telephony: Telephony) -> Dialler | None:
        match telephony.way:
            case Way.TEL:
                return DesktopDialler(tel_uri, self)
            case Way.SIP:

                def sip(number: NumberToDial) -> str:
                    return sip_uri(number, telephony.sip_domain)

                return DesktopDialler(sip, self)
            case Way.CLICK if self._click is not None:
                return ServerDialler(telephony, self._secrets, self._click, self._door, self)
            case _:
                return None

    def close(self) -> None:
        """Let nothing come home any more: the window is going."""
        self._door.shut()

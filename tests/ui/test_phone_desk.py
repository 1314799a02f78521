"""A number is dialled by what the desk has, is copied at once, and nothing waits for a telephone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.errors import StoreFailure
from osnp_console.app.sources.agendas import Deadline
from osnp_console.app.telephony.dial import (
    BY_HAND,
    HANDED_OVER,
    LATE,
    NO_PHONE,
    NOT_A_NUMBER,
    Dialled,
    Outcome,
    not_sent,
    sent,
    unknown,
)
from osnp_console.app.telephony.numbers import NumberToDial
from osnp_console.app.telephony.settings import SECRET_ENTRY, Telephony, Way
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.telephony import desktop
from osnp_console.ui.telephony.phone_desk import ALREADY, PhoneDesk
from osnp_console.ui.telephony.server import ServerDialler
from osnp_console.ui.telephony.shown_number import dial_shown_in
from tests.ui.showing import focused, shown

NUMBER = "02\u202f30\u202f30\u202f34\u202f34"
CLICK = Telephony(Way.CLICK, address="https://pabx.exemple.fr/{numero}")


class Softphone(QObject):
    """The desktop's handler of `tel:` and `sip:`."""

    def __init__(self) -> None:
        super().__init__()
        self.handed: list[str] = []
        for scheme in ("tel", "sip"):
            QDesktopServices.setUrlHandler(scheme, self, "take")  # type: ignore[arg-type]  # it wants str

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.handed.append(url.toString())


@pytest.fixture
def softphone(qapp: QApplication) -> Iterator[Softphone]:
    yield Softphone()
    for scheme in ("tel", "sip"):
        QDesktopServices.unsetUrlHandler(scheme)


class Keyring:
    """A keyring that has one secret, or does not answer."""

    def __init__(self, secret: str | None = "jeton-invente") -> None:
        self.secret = secret

    def get(self, name: str) -> str | None:
        if self.secret is None:
            raise StoreFailure("cle", "Le trousseau ne répond pas.")
        return self.secret if name == SECRET_ENTRY else None

    def set(self, name: str, secret: str) -> None:
        raise AssertionError("nothing is kept by dialling")

    def delete(self, name: str) -> None:
        raise AssertionError("nothing is forgotten by dialling")


class Server:
    """A telephony server: `outcome` once `release` is set."""

    def __init__(self, outcome: Dialled) -> None:
        self.outcome = outcome
        self.release = threading.Event()
        self.asked: list[tuple[str | None, str]] = []
        self.threads: list[int] = []

    def __call__(
        self, telephony: Telephony, secret: str | None, number: NumberToDial, deadline: Deadline
    ) -> Dialled:
        self.asked.append((secret, number.digits))
        self.threads.append(threading.get_ident())
        assert deadline.left() > 0
        assert self.release.wait(60)
        return self.outcome


class Told:
    """What a desk tells."""

    def __init__(self, phone: PhoneDesk) -> None:
        self.ended: list[tuple[str, object]] = []
        self.said: list[str] = []
        phone.ended.connect(self._ended)
        phone.said.connect(self.said.append)

    def _ended(self, number: str, dialled: object) -> None:
        self.ended.append((number, dialled))


def desk(
    qapp: QApplication, telephony: Telephony, server: Server | None = None, keyring: Keyring | None = None
) -> tuple[PhoneDesk, Told]:
    phone = PhoneDesk(lambda: telephony, keyring or Keyring(), server, qapp)
    return phone, Told(phone)


@pytest.mark.parametrize(
    ("telephony", "address"),
    [
        (Telephony(), "tel:+33230303434"),
        (Telephony(outside_prefix="0"), "tel:00230303434"),
        (Telephony(Way.SIP, sip_domain="sip.exemple.fr"), "sip:+33230303434@sip.exemple.fr;user=phone"),
    ],
)
def test_the_desktop_is_handed_the_number_and_the_clipboard_has_it(
    qapp: QApplication, softphone: Softphone, telephony: Telephony, address: str
) -> None:
    phone, told = desk(qapp, telephony)
    phone.dial(NUMBER)
    assert softphone.handed == [address]
    assert told.ended == [(NUMBER, Dialled(Outcome.SENT, HANDED_OVER))]
    assert QGuiApplication.clipboard().text() == "02 30 30 34 34"
    assert phone.is_idle


@pytest.mark.parametrize(
    ("telephony", "number", "sentence"),
    [
        (Telephony(), NUMBER, NO_PHONE),
        (Telephony(Way.BY_HAND), NUMBER, BY_HAND),
        (CLICK, NUMBER, NO_PHONE),
        (Telephony(), "voir le secrétariat", NOT_A_NUMBER),
    ],
)
def test_where_nothing_dials_a_sentence_says_so_and_the_number_is_copied(
    qapp: QApplication, telephony: Telephony, number: str, sentence: str
) -> None:
    phone, told = desk(qapp, telephony)
    phone.dial(number)
    assert told.said == [sentence]
    assert told.ended == [(number, Dialled(Outcome.NOT_SENT, sentence))]
    assert QGuiApplication.clipboard().text() == number.replace("\u202f", " ")


def test_a_server_is_asked_beside_the_window_and_twice_only_when_it_has_answered(
    qtbot: QtBot, qapp: QApplication
) -> None:
    server = Server(unknown(LATE))
    phone, told = desk(qapp, CLICK, server)
    phone.dial(NUMBER)
    assert not phone.is_idle
    assert QGuiApplication.clipboard().text() == "02 30 30 34 34"
    phone.dial(NUMBER)
    assert told.said == [ALREADY]
    server.release.set()
    qtbot.waitUntil(lambda: phone.is_idle, timeout=10_000)
    assert server.asked == [("jeton-invente", "+33230303434")]
    assert server.threads != [threading.get_ident()]
    assert told.ended == [(NUMBER, unknown(LATE))]
    phone.dial(NUMBER)
    qtbot.waitUntil(lambda: phone.is_idle, timeout=10_000)
    assert len(server.asked) == 2


def test_a_keyring_that_does_not_answer_is_told_and_the_server_is_not_asked(
    qtbot: QtBot, qapp: QApplication
) -> None:
    server = Server(sent("?"))
    phone, told = desk(qapp, CLICK, server, Keyring(None))
    phone.dial(NUMBER)
    qtbot.waitUntil(lambda: phone.is_idle, timeout=10_000)
    assert told.ended == [(NUMBER, not_sent("Le trousseau ne répond pas. Numéro copié."))]
    assert server.asked == []


def test_past_the_deadline_the_outcome_is_not_known_and_what_comes_later_is_nobodys(
    qtbot: QtBot, qapp: QApplication
) -> None:
    server, door, outcomes = Server(sent("trop tard")), AgendaDoor(qapp), list[Dialled]()
    dialler = ServerDialler(CLICK, Keyring(), server, door, qapp, wait_ms=1)
    dialler.dial(NumberToDial("15"), outcomes.append)
    qtbot.waitUntil(lambda: bool(outcomes), timeout=10_000)
    server.release.set()
    qtbot.waitUntil(lambda: door.is_idle, timeout=10_000)
    assert outcomes == [unknown(LATE)]


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        ("echo softphone.desktop", Outcome.SENT),
        ("exit 0", Outcome.NOT_SENT),
        ("exit 3", Outcome.SENT),
        (None, Outcome.SENT),
    ],
)
def test_a_free_desktop_that_says_that_nothing_takes_the_address_is_believed(
    qtbot: QtBot,
    qapp: QApplication,
    softphone: Softphone,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    script: str | None,
    outcome: Outcome,
) -> None:
    """Qt's own answer there is that xdg-open was started, which is no answer."""
    monkeypatch.setattr(desktop, "_FREE_DESKTOPS", {QGuiApplication.platformName()})
    monkeypatch.setenv("PATH", str(tmp_path))
    if script is not None:
        query = tmp_path / "xdg-mime"
        query.write_text(f'#!/bin/sh\n[ "$*" = "query default x-scheme-handler/tel" ] || exit 9\n{script}\n')
        query.chmod(0o755)
    phone, told = desk(qapp, Telephony())
    phone.dial(NUMBER)
    qtbot.waitUntil(lambda: phone.is_idle, timeout=10_000)
    assert [dialled.outcome for _, dialled in told.ended if isinstance(dialled, Dialled)] == [outcome]
    assert bool(softphone.handed) is (outcome is Outcome.SENT)


class Showing(QWidget):
    """A panel that shows a number, or none."""

    def __init__(self, name: str, dialled: list[str], *, has_number: bool = True) -> None:
        super().__init__()
        self._name = name
        self._dialled = dialled
        self._has_number = has_number
        self.field = QLineEdit(self)

    def dial_shown(self) -> bool:
        if self._has_number:
            self._dialled.append(self._name)
        return self._has_number


@pytest.fixture
def dialled() -> list[str]:
    return []


def test_the_number_nearest_to_the_keyboard_is_dialled_and_none_that_is_hidden(
    qtbot: QtBot, dialled: list[str]
) -> None:
    workspace, tabs = QWidget(), QStackedWidget()
    column = QVBoxLayout(workspace)
    one, other, hidden, shown_tab = (
        Showing(name, dialled) for name in ("one", "other", "hidden", "shown tab")
    )
    empty = Showing("empty", dialled, has_number=False)
    for tab in (shown_tab, hidden):
        tabs.addWidget(tab)
    for widget in (one, tabs, other, empty):
        column.addWidget(widget)
    shown(qtbot, workspace)
    focused(qtbot, one.field)
    assert dial_shown_in(workspace)
    focused(qtbot, empty.field)
    assert dial_shown_in(workspace)
    other.hide()
    assert dial_shown_in(workspace)
    assert dialled == ["one", "other", "shown tab"]
    tabs.hide()
    one.hide()
    assert not dial_shown_in(workspace)

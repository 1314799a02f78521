"""A desk is given a shared base in the window, at its first start and later in Réglages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.base.choice import same_desk_words
from osnp_console.app.base.leaving import still_open_words
from osnp_console.app.ports import OpenUnit
from osnp_console.bootstrap.base_choice import NO_BASE_YET
from osnp_console.cli.program import Program
from osnp_console.desk.settings import load_settings
from osnp_console.storage.failures import WRONG_KEY
from osnp_console.storage.server_failures import NOT_REACHED, REFUSED
from osnp_console.storage.server_store import Server, create_server_store
from osnp_console.storage.server_verify import verify_server
from osnp_console.ui.first_start.first_page import FirstStartPage
from osnp_console.ui.first_start.keeping_block import HERE
from osnp_console.ui.first_start.who_block import SIGN_IN_AFTER
from osnp_console.ui.frame.main_window import MainWindow
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.lock.sign_in_page import SignInPage
from osnp_console.ui.preferences.workspace import PreferencesWorkspace
from tests.journeys.operator import focused as has_keyboard
from tests.journeys.operator import label_of, pressed, typed
from tests.journeys.test_opening_the_base import WORD, Starting, say_who
from tests.journeys.workstation import Workstation
from tests.storage.server import RealServer, running

KEY = "ab" * 32
PASSWORD = "un mot de passe"


@pytest.fixture
def server() -> Iterator[RealServer]:
    """A server that asks for passwords over the loopback."""
    with running() as started:
        started.say(f"alter role postgres password '{PASSWORD}'")
        yield started


@pytest.fixture
def starting(qtbot: QtBot) -> Iterator[Starting]:
    """Starts consoles; the last one is stopped at the end."""
    made = Starting(qtbot)
    yield made
    made.stop()


def first_page(starting: Starting, desk: Workstation) -> FirstStartPage:
    """A fresh desk, the block « Ce poste » filled in, a shared base chosen; the keyboard in its address."""
    starting.start(desk)
    page = starting.page(FirstStartPage)
    assert isinstance(page, FirstStartPage)
    pressed("Tab")
    typed("44")
    for _ in range(3):
        pressed("Tab")
    pressed("B")
    pressed("Tab")
    return page


def replaced(text: str) -> None:
    """Type over what the field that has the keyboard holds."""
    pressed("Ctrl+A")
    typed(text)


def test_two_desks_are_given_one_base_and_the_second_signs_in_with_the_first_ones_account(
    starting: Starting, tmp_path: Path, program: Program, server: RealServer
) -> None:
    base = server.new_base()
    first = Workstation(tmp_path / "un", program)
    page = first_page(starting, first)
    form = page.place.form

    def refused(at: str) -> str:
        starting.wait_for(lambda: not form.is_trying)
        assert label_of(has_keyboard()) == form.fields[at].label
        return form.fields[at].message.words

    typed(f"127.0.0.1:1/{base}")
    pressed("Tab")
    typed("postgres")
    for _ in range(2):
        pressed("Tab")
    typed("un autre")
    for _ in range(3):
        pressed("Tab")
    typed("cd")
    form.site_key.line_edit.setText("cd" * 32)
    pressed("Return")
    assert refused("adresse") == NOT_REACHED
    replaced(f"127.0.0.1:{server.port}/{base}?sslmode=disable")
    pressed("Return")
    assert refused("adresse") == NO_BASE_YET
    create_server_store(_reached(server, base, tmp_path)).close()
    server.demand_passwords()
    pressed("Return")
    assert refused("mot_de_passe") == REFUSED
    form.password.line_edit.setText(PASSWORD)
    pressed("Return")
    assert refused("cle_du_site") == WRONG_KEY
    form.site_key.line_edit.setText(KEY)
    pressed("Return")
    starting.wait_for(lambda: form.found is not None)
    assert first.keyring.secrets == {}
    page.who.name.setFocus()
    say_who()
    pressed("Return")
    starting.wait_until_open()
    opened = starting.opened
    assert opened is not None
    assert opened.window.seat.session.roles == {"osnp", "administrateur"}
    window = opened.window
    starting.wait_for(lambda: window.calls.current is not None)
    assert label_of(has_keyboard()) == "Rappeler au"
    assert sorted(first.keyring.secrets.values()) == [KEY, PASSWORD]
    assert PASSWORD not in first.settings.read_text()
    assert KEY not in first.settings.read_text()
    named = load_settings(first.settings).settings.base
    assert named == f"postgresql://postgres@127.0.0.1:{server.port}/{base}?sslmode=disable"
    assert not first.file.exists()

    second = Workstation(tmp_path / "deux", program)
    page = first_page(starting, second)
    form = page.place.form
    form.address.line_edit.setText(f"postgresql://postgres@127.0.0.1:{server.port}/{base}?sslmode=disable")
    form.password.line_edit.setText(PASSWORD)
    form.site_key.line_edit.setText(KEY)
    pressed("Return")
    starting.wait_for(lambda: form.found is not None)
    assert page.who.sign_in.isVisible()
    assert page.who.sign_in.text() == SIGN_IN_AFTER
    assert not page.who.name.isVisible()
    assert page.number.message.words == same_desk_words(1)
    page.number.setFocus()
    replaced("2")
    assert page.number.message.words == ""
    pressed("Return")
    starting.page(SignInPage)
    typed("e.morvan")
    pressed("Tab")
    typed(WORD)
    pressed("Return")
    starting.wait_until_open()
    opened = starting.opened
    assert opened is not None
    assert opened.window.frame.top.person.text() == "Erwan Morvan"
    assert opened.base.submit(identifiers).result() == ["e.morvan"]
    tries_it_in_the_settings(starting, opened.window, base)
    named = load_settings(second.settings).settings.base
    second.file.write_bytes(b"")
    leaves_it(starting, opened.window)
    settings = load_settings(second.settings).settings
    assert (settings.base, settings.next_base) == (named, f"sqlite:///{second.file}")
    starting.stop()
    assert verify_server(_reached(server, base, tmp_path)).faults == ()


def tries_it_in_the_settings(starting: Starting, window: MainWindow, base: str) -> None:
    """Réglages, Base: place, link, a trial with the kept secrets; no change while a call is open."""
    starting.wait_for(lambda: window.calls.current is not None)
    pressed("Alt+R")
    window.frame.places.show_heading("Base")
    page = settings_of(window).base
    starting.wait_for(lambda: "à jour à" in " ".join(words(page)))
    assert f"partagée\u202f: {base}, sur cet ordinateur" in words(page)
    form = page.place.form
    assert (form.password.phrase, form.site_key.phrase) == ("", "")
    form.try_it()
    starting.wait_for(lambda: form.found is not None)
    page.place.where.set_answer(HERE)
    page.place.where.answered.emit(HERE)
    page.place.change.click()
    starting.wait_for(lambda: page.place.outcome.words == still_open_words(1))


def leaves_it(starting: Starting, window: MainWindow) -> None:
    """Its call ended, the desk takes its own base from the next start on."""
    window.calls.close("conseil")
    page = settings_of(window).base
    page.place.change.click()
    starting.wait_for(lambda: "prochain démarrage" in page.place.outcome.words)


def settings_of(window: MainWindow) -> PreferencesWorkspace:
    """Réglages."""
    settings = window.frame.places.workspace(Place.PREFERENCES)
    assert isinstance(settings, PreferencesWorkspace)
    return settings


def words(page: QWidget) -> list[str]:
    """What a page says."""
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def identifiers(units: OpenUnit) -> list[str]:
    """The accounts of the base."""
    with units() as unit:
        return [one.identifier for one in unit.accounts.all()]


def _reached(server: RealServer, base: str, folder: Path) -> Server:
    return Server(server.address(base), PASSWORD, bytes.fromhex(KEY), folder / "administrateur", joins=True)

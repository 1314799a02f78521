"""Signing in and unlocking while the link to the server is cut: said, nothing typed lost, let in at last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from osnp_console.cli.program import Program
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import journal
from osnp_console.storage import live_feed, server_link
from osnp_console.storage.server_failures import GONE
from osnp_console.ui.lock import waiting
from osnp_console.ui.lock.sign_in_page import SignInPage
from tests.journeys.operator import pressed, typed
from tests.journeys.test_locked_desk import WORD, Shift
from tests.journeys.workstation import Workstation
from tests.load.proxy import CutLink, link
from tests.storage.places import TEMPLATE
from tests.storage.server import RealServer


@pytest.fixture
def relay(site: RealServer) -> Iterator[CutLink]:
    """The link between the desk and the server."""
    with link(site.port) as made:
        yield made


@pytest.fixture
def shift(
    qtbot: QtBot,
    tmp_path: Path,
    program: Program,
    site: RealServer,
    relay: CutLink,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Shift]:
    """A desk behind the link; a silent server is given up after a second, as after fifteen."""
    monkeypatch.setattr(server_link.Link, "patience", 1.0)
    monkeypatch.setattr(waiting, "SLOW_MS", 150)
    monkeypatch.setattr(waiting, "AGAIN_MS", 300)
    monkeypatch.setattr(live_feed, "RETRY_SECONDS", (0.1,))
    base = site.new_base(TEMPLATE)
    made = Workstation(tmp_path, program, address=replace(site.address(base), port=relay.port))
    made.install()
    shift = Shift(qtbot, made)
    shift.hire()
    yield shift
    relay.mend()
    shift.stop()
    site.drop_base(base)


def test_a_cut_link_is_said_at_the_door_and_lets_in_whoever_typed_the_right_word_once_it_is_back(
    shift: Shift, relay: CutLink
) -> None:
    shift.start()
    page = shift.page(SignInPage)
    assert isinstance(page, SignInPage)
    relay.go_silent()
    typed("e.morvan")
    pressed("Return")
    typed(WORD)
    pressed("Return")
    shift.wait(lambda: page.word.message.words == waiting.SLOW)
    shift.wait(lambda: page.word.message.words == GONE)
    assert (page.identifier.text(), page.word.phrase) == ("e.morvan", WORD)
    assert not shift.window.frame.isVisible()
    relay.mend()
    shift.wait(lambda: shift.window.frame.isVisible() and shift.window.is_open)
    assert shift.window.frame.top.person.text() == "Erwan Morvan"

    # The link goes again, with the screen locked over a word that is half typed.
    pressed("F2")
    shift.window.frame.call_desk.intake.controls.name.setFocus()
    typed("marti")
    shift.wait(lambda: shift.window.calls.is_saved)
    relay.refuse()
    shift.wait(lambda: shift.window.live.alone_since is not None)
    locked = shift.lock()
    typed("faux")
    pressed("Return")
    shift.wait(lambda: "Encore 4 essais" in locked.word.message.words)
    typed(WORD)
    pressed("Return")
    shift.wait(shift.window.frame.isVisible)
    typed("n")
    relay.mend()
    shift.wait(lambda: shift.window.live.alone_since is None and shift.window.calls.is_saved)
    (call,) = shift.window.calls.calls
    assert str(call.record.sheet.answer(fields.BIRTH_NAME)).lower() == "martin"
    shift.stop()
    kinds = [kind for kind, person in shift.lines() if person == "compte-1"]
    for kind in (journal.LOCKED, journal.UNLOCKED, journal.TAKEN):
        assert kinds.count(kind) == 1
    assert journal.SIGNED_IN in kinds
    assert shift.workstation.faults() == ()

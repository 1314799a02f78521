"""What is read of patients in the workspace Ordonnances is in the journal: who, at which desk, what."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from osnp_console.app.prescription.journal import COUNT, LIST, PRESCRIPTION, WHAT
from osnp_console.cli.program import Program
from osnp_console.domain import journal
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.lock.lock_page import LockPage
from osnp_console.ui.lock.sign_in_page import SignInPage
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.prescribing_desk import WAIT_MS, WORD, PrescribingDesk, PrescribingStation
from tests.journeys.test_next_person import words_on

NAME = "BOUVET"
OPERATOR, BOSS = "compte-2", "compte-1"


@pytest.fixture
def desk(qtbot: QtBot, place: PrescribingStation) -> Iterator[PrescribingDesk]:
    """An operator who prepared a prescription, and went back to the call it is of."""
    made = PrescribingDesk(Operator(qtbot, place))
    made.start("c.roche")
    made.take_call()
    pressed("F7")
    made.wait()
    pressed("Escape")
    yield made
    made.operator.stop()
    gc.collect(1)


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory, program: Program) -> PrescribingStation:
    made = PrescribingStation(tmp_path_factory.mktemp("poste"), program)
    made.install()
    made.hire()
    return made


def readings(desk: PrescribingDesk) -> list[tuple[str | None, dict[str, object]]]:
    """Who read prescriptions, and what of them, in order."""
    with desk.operator.workstation.behind() as connection:
        found = connection.execute(
            "select j.person, f.facts from journal j join journal_facts f"
            " on f.desk = j.desk and f.number = j.number where j.kind = ? order by j.number",
            (journal.PRESCRIPTIONS_READ,),
        ).fetchall()
    return [(person, json.loads(facts)) for person, facts in found]


def test_the_list_that_was_looked_at_and_each_prescription_that_was_opened_are_in_the_journal(
    desk: PrescribingDesk,
) -> None:
    assert readings(desk) == []  # one that was begun here was not read
    pressed("Alt+O")
    desk.operator.qtbot.waitUntil(lambda: NAME in words_on(desk.place), timeout=WAIT_MS)
    pressed("Return")
    key = desk.place.key
    assert key
    desk.operator.frame.show_place(Place.CALL)
    desk.wait()
    desk.operator.qtbot.waitUntil(lambda: len(readings(desk)) == 2, timeout=WAIT_MS)
    found = readings(desk)
    assert {person for person, _ in found} == {OPERATOR}
    assert {WHAT: LIST, COUNT: 1} in [facts for _, facts in found]
    assert [facts[PRESCRIPTION] for _, facts in found if PRESCRIPTION in facts] == [key]


def test_a_prescription_on_screen_is_not_for_somebody_who_may_read_none(desk: PrescribingDesk) -> None:
    pressed("Alt+O")
    desk.operator.qtbot.waitUntil(lambda: NAME in words_on(desk.place), timeout=WAIT_MS)
    pressed("Return")
    window = desk.operator.window
    for call in window.calls.calls:
        window.calls.show(call)
        window.calls.close("conseil")
    pressed("Ctrl+Shift+L")
    wait = desk.operator.qtbot.waitUntil
    wait(lambda: any(one.isVisible() for one in window.findChildren(LockPage)), timeout=WAIT_MS)
    next(one for one in window.findChildren(LockPage) if one.isVisible()).other.click()
    wait(lambda: any(one.isVisible() for one in window.findChildren(SignInPage)), timeout=WAIT_MS)
    for text in ("a.blin", WORD):
        typed(text)
        pressed("Return")
    wait(lambda: not window.guard.is_covering, timeout=WAIT_MS)
    desk.wait()
    assert NAME not in words_on(window)
    assert desk.place.key == ""

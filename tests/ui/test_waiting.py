"""Waiting lists on screen: registering from a call, calling back from the list, several desks at one list."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from osnp_console.app.base.live import Change, Subject
from osnp_console.app.people.session import UNNAMED, Session, Standing
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.telephony.settings import Telephony, Way
from osnp_console.app.waiting import register
from osnp_console.app.waiting.words import NO_CONSENT
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.desk import Desk
from osnp_console.domain.permissions import OSNP, REFERENT, Act, who_may
from osnp_console.domain.sources import Source
from osnp_console.domain.waiting_entry import EntryMove, EntryState, Registered
from osnp_console.domain.waiting_list import WaitingList
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.live import Live
from osnp_console.ui.telephony.phone_desk import PhoneDesk
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.waiting.call_waiting import CallWaiting
from osnp_console.ui.waiting.desk_waiting import DeskWaiting
from osnp_console.ui.waiting.lists_page import NOBODY, ListsPage
from osnp_console.ui.waiting.registering import RegisteringDesk
from tests.ui.checklist_desk import real_catalogue, real_gazetteer
from tests.ui.doubles import NOW, Memory, invented_desk
from tests.ui.showing import shown

KINE, MAYENNE = "85-centre-vendee-kine", "53-nord-est-mayenne-liste-mt"
OURS = WaitingList(
    Source("site"), frozenset({"medecin"}), months=2, priorities=("Patients en ALD",), kept_here=True
)
T = TypeVar("T")
CALLER = {
    fields.BIRTH_NAME: "MARTIN",
    fields.FIRST_NAMES: "Léa",
    fields.CALLER_PHONE: "06 39 98 27 44",
    facts.RESIDENCE: "85191",
}


def catalogue() -> Catalogue:
    """The built-in one, where a CPTS without a tool has the console keep its list."""
    kept = real_catalogue()
    return replace(
        kept,
        dispositifs=tuple(
            replace(one, waiting_list=OURS) if one.id == MAYENNE else one for one in kept.dispositifs
        ),
    )


class Store(Memory):
    """A store in memory that fails as it is told to, once for each failure."""

    def __init__(self) -> None:
        super().__init__()
        self.fails: list[StoreFailure] = []

    def submit(self, work: Callable[[OpenUnit], T]) -> Future[T]:
        if not self.fails:
            return super().submit(work)
        future: Future[T] = Future()
        future.set_exception(self.fails.pop(0))
        return future


class World:
    """A doctor's desk with a call, its waiting lists, and a store in memory."""

    def __init__(self, theme: Theme) -> None:
        self.catalogue = catalogue()
        desk = invented_desk(self.catalogue, real_gazetteer(), Desk(role="medecin", sas="85", number=3))
        self.calls, self.clock = desk.calls, desk.calls.clock
        self.memory, self.live = Store(), Live()
        numbers = iter(range(1, 100))
        self.waiting = DeskWaiting(
            StoreDoor(self.memory), self.live, lambda: "85-3", self.clock, lambda: f"w-{next(numbers)}"
        )
        self.said: list[str] = []
        self.unfinished = Unfinished()
        self.registering = RegisteringDesk(
            self.calls, self.waiting, self.catalogue, lambda call, hour, words: self.said.append(words),
            self.unfinished,
        )  # fmt: skip
        self.here = self.made(theme)
        self.calls.take()
        for field, answer in CALLER.items():
            self.calls.answer(field, answer)
        self.calls.settle()

    def made(self, theme: Theme) -> CallWaiting:
        """The panel of a window, and what goes with it when the window goes."""
        here = CallWaiting(theme, self.calls, self.registering)
        here.setParent(here.panel)
        return here

    def open(self, dispositif: str) -> None:
        call, found = self.calls.current, self.catalogue.find(dispositif)
        assert call is not None
        assert found is not None
        self.here.open(call.answer(found, self.clock()))

    @property
    def states(self) -> list[EntryState]:
        return [one.state for one in self.memory.waiting.kept.values()]


@pytest.fixture
def world(theme: Theme) -> World:
    """A desk that has just taken a call."""
    return World(theme)


def test_what_the_tool_asks_is_copied_then_marked_as_done_until_its_day(qtbot: QtBot, world: World) -> None:
    panel, other = world.here.panel, QPushButton("Attente")
    shown(qtbot, panel, other, width=470, height=640)
    asked: list[str] = []
    world.here.field_wanted.connect(asked.append)
    world.open(KINE)
    assert world.here.is_seen
    assert panel.act.hasFocus()
    panel.copy_text()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Personne\u202f: Léa MARTIN")
    assert "Ordonnance\u202f: pas demandé" in copied
    links = [one for one in panel.asked.findChildren(type(panel.act)) if one.property("fact")]
    next(one for one in links if one.property("fact") == facts.PRESCRIPTION).click()
    assert asked == [facts.PRESCRIPTION]
    QTest.keyClicks(panel.form.mail.line_edit, "lea@exemple.invalid")
    panel.act.setFocus()
    QTest.keyClick(panel.act, Qt.Key.Key_Space)
    (entry,) = world.memory.waiting.kept.values()
    assert (entry.state, entry.person.mail, entry.ends_on) == (
        EntryState.REGISTERED, "lea@exemple.invalid", NOW.date().replace(month=12),
    )  # fmt: skip
    assert panel.shown is not None
    assert panel.shown.chip == "Inscrit · jusqu’au 24/12"
    assert panel.back.hasFocus(), "the keyboard does not fall off the button that went"
    assert world.said == ["liste d’attente Centre Vendée\u202f: inscrit"]
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not world.here.is_seen


def test_a_list_kept_here_refuses_at_the_field_and_loses_nothing_typed(
    qtbot: QtBot, world: World, theme: Theme
) -> None:
    panel = world.here.panel
    shown(qtbot, panel, width=470, height=640)
    world.open(MAYENNE)
    assert panel.form.consent.hasFocus()
    QTest.keyClicks(panel.form.need.line_edit, "diabete")
    panel.do_act()
    assert panel.form.rows["accord"].message.words == NO_CONSENT
    assert world.states == []
    world.here.leave()
    panel.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # Another theme: the panel is made anew, what was typed stands in it again.
    anew = world.made(theme)
    window = shown(qtbot, anew.panel, width=470, height=640)
    call, found = world.calls.current, world.catalogue.find(MAYENNE)
    assert call is not None
    assert found is not None
    anew.open(call.answer(found, world.clock()))
    assert anew.panel.form.need.text() == "diabete"
    QTest.keyClick(anew.panel.form.consent, Qt.Key.Key_O)
    world.memory.fails.append(StoreFailure("disque", "Disque plein."))
    anew.panel.do_act()
    assert anew.panel.message.words == "Disque plein."
    assert (world.states, anew.panel.form.need.text()) == ([], "diabete")
    anew.panel.do_act()
    (entry,) = world.memory.waiting.kept.values()
    assert (entry.state, entry.need, entry.consented_at) == (EntryState.REGISTERED, "diabete", NOW)
    assert world.unfinished.held("liste_attente") == {}
    assert window.isVisible()


def test_somebody_of_the_same_name_on_the_list_is_told_and_the_operator_says_whether_it_is_another(
    qtbot: QtBot, world: World
) -> None:
    there = on_kine(world, 2, "Martin", 3)
    kept = world.memory.waiting.kept[there]
    world.memory.waiting.kept[there] = replace(
        kept, person=replace(kept.person, first_names="LEA", phone="+33639982744")
    )
    panel = world.here.panel
    shown(qtbot, panel, width=470, height=640)
    world.open(KINE)
    panel.do_act()
    assert panel.message.words.startswith("Même nom")
    assert len(world.states) == 1
    panel.message.action_wanted.emit()
    assert world.states == [EntryState.REGISTERED, EntryState.REGISTERED]
    assert panel.message.words == ""
    assert panel.shown is not None
    assert panel.shown.chip == "Inscrit · jusqu’au 24/12"


class Place:
    """Where a table is written: the test's own file; what was suggested is kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.suggested: list[str] = []

    def to_write(self, title: str, suggested: str, kinds: str = "") -> str:
        self.suggested.append(suggested)
        return str(self.path)


def person(number: int, name: str) -> Registered:
    return Registered(name, "", "", "85191", f"+3363998000{number}")


def on_kine(world: World, number: int, name: str, days: int) -> str:
    """Somebody registered that many days ago, by another desk."""
    found = world.catalogue.find(KINE)
    assert found is not None
    assert found.waiting_list is not None
    rules = found.waiting_list
    entry = register.prepare_entry(
        f"k-{number}", KINE, f"call-{number}", person(number, name), "85-1", NOW - timedelta(days=days),
        rules=rules,
    )  # fmt: skip
    assert not world.memory.submit(register.enrol(entry, rules)).result().refused
    return entry.id


def elsewhere(world: World, key: str, move: EntryMove) -> None:
    """Another desk notes something, and this one hears of it."""
    assert not world.memory.submit(register.move_entry(key, move, "85-1", NOW)).result().refused
    world.live.changed.emit(Change(Subject.WAITING, KINE))


def page_of(
    world: World, theme: Theme, place: Place, session: Session = UNNAMED, phone: PhoneDesk | None = None
) -> ListsPage:
    return ListsPage(
        theme,
        world.waiting,
        world.catalogue.dispositifs,
        str,
        lambda: session,
        phone or PhoneDesk(lambda: Telephony(Way.BY_HAND), Keyring()),
        place,
        world.unfinished,
    )


class Keyring:
    """A keyring that holds nothing."""

    def get(self, entry: str) -> str | None:
        return None

    def set(self, entry: str, secret: str) -> None:
        raise AssertionError(entry)

    def delete(self, entry: str) -> None:
        raise AssertionError(entry)


def test_who_waits_is_called_back_and_what_came_of_it_is_noted_while_others_do_the_same(
    qtbot: QtBot, world: World, theme: Theme, tmp_path: Path
) -> None:
    first, second = on_kine(world, 1, "KERMADEC", 3), on_kine(world, 2, "RIOU", 1)
    gone = on_kine(world, 3, "DURAND", 40)
    phone = PhoneDesk(lambda: Telephony(Way.BY_HAND), Keyring())
    page = page_of(world, theme, Place(tmp_path / "liste.csv"), phone=phone)
    shown(qtbot, page, width=1280, height=640)
    assert str(page.choice.combo_box.currentText()).endswith("(2)"), "the list where somebody waits"
    assert [row.key for row in page.on_it.rows] == [first, second]
    assert [(row.key, row.aside) for row in page.off_it.rows] == [(gone, "expiré le 15/11/2026")]
    page.off_it.choose(gone)
    assert page.entry.shown is not None
    assert page.entry.shown.moves == ()
    page.on_it.choose(second)
    assert page.entry.title.text() == "RIOU"
    assert page.entry.dial_shown()
    assert QGuiApplication.clipboard().text() == "06 39 98 00 02"
    assert page.entry.told.isVisible()
    QTest.keyClicks(page.entry.note.line_edit, "message laisse")
    elsewhere(world, first, EntryMove.HONOUR)
    qtbot.waitUntil(lambda: [row.key for row in page.on_it.rows] == [second])
    assert page.entry.title.text() == "RIOU", "what another desk does moves nobody's choice"
    assert page.entry.note.text() == "message laisse"
    page.entry.buttons[EntryMove.CONTACT].click()
    assert world.memory.waiting.kept[second].steps[-1].text == "message laisse"
    assert page.entry.note.text() == ""
    withdraw = page.entry.buttons[EntryMove.WITHDRAW]
    withdraw.click()
    assert withdraw.text() == "Retirer\u202f: confirmer"
    assert world.memory.waiting.kept[second].state is EntryState.CONTACTED
    world.memory.waiting.kept[second] = world.memory.waiting.kept[second].moved(EntryMove.HONOUR, NOW, "85-1")
    withdraw.click()
    assert page.entry.message.words.startswith("« Retirer » n’a pas été noté"), "another desk was first"
    assert world.memory.waiting.kept[second].state is EntryState.HONOURED
    kinds = [entry.kind for entry in world.memory.entries]
    assert kinds.count(journal.WAITING_READ) == 1, "followed, not read again and again"


def chosen_of(page: ListsPage) -> tuple[str | None, str | None]:
    """The row that is chosen among those on the list, and among those off it."""
    return page.on_it.current_key, page.off_it.current_key


def test_the_row_of_whoever_was_called_says_so_and_stays_chosen_wherever_it_goes(
    qtbot: QtBot, world: World, theme: Theme, tmp_path: Path
) -> None:
    on_kine(world, 1, "KERMADEC", 3)
    called = on_kine(world, 2, "RIOU", 1)
    page = page_of(world, theme, Place(tmp_path / "liste.csv"))
    shown(qtbot, page, width=1280, height=640)
    page.on_it.choose(called)
    page.entry.buttons[EntryMove.CONTACT].click()
    qtbot.waitUntil(lambda: page.on_it.rows[1].second.startswith("contacté depuis le"))
    assert chosen_of(page) == (called, None)
    page.entry.buttons[EntryMove.HONOUR].click()
    qtbot.waitUntil(lambda: [row.key for row in page.off_it.rows] == [called])
    assert chosen_of(page) == (None, called), "it went to the other list, and is the one row chosen"
    assert page.entry.title.text() == "RIOU"


def test_a_list_leaves_as_a_table_with_whoever_may_who_sees_nobody_in_it(
    qtbot: QtBot, world: World, theme: Theme, tmp_path: Path
) -> None:
    on_kine(world, 1, "KERMADEC", 3)
    session = Session(Standing.SIGNED_IN, person="r", name="Référente", roles=frozenset({REFERENT}))
    world.memory.session = session
    place = Place(tmp_path / "liste.csv")
    page = page_of(world, theme, place, session)
    shown(qtbot, page, width=800, height=640)
    assert page.on_it.rows == ()
    page.export.click()
    qtbot.waitUntil(lambda: page.message.words == "1 inscription écrite dans le tableau.")
    assert place.suggested == [f"liste-{KINE}.csv"]
    assert "KERMADEC" in place.path.read_text(encoding="utf-8-sig")
    assert page.entry.message.words == who_may(Act.READ_CALLS)
    page.hide()
    world.memory.session = replace(session, roles=frozenset({OSNP}))
    operator = page_of(world, theme, place, world.memory.session)
    shown(qtbot, operator, width=800, height=640)
    assert operator.export.isHidden()
    assert [row.title for row in operator.on_it.rows] == ["KERMADEC"]


def test_a_list_that_nobody_is_on_says_so_only_once_it_was_read(
    qtbot: QtBot, world: World, theme: Theme, tmp_path: Path
) -> None:
    world.memory.fails.append(StoreFailure("reseau", "Le serveur ne répond pas."))
    world.memory.fails.append(StoreFailure("reseau", "Le serveur ne répond pas."))
    page = page_of(world, theme, Place(tmp_path / "liste.csv"))
    shown(qtbot, page, width=1280, height=640)
    assert page.message.words == "Le serveur ne répond pas."
    world.memory.fails.clear()
    page.message.action_wanted.emit()
    assert page.message.words == NOBODY

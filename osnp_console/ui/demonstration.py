"""Plays an invented call through the real window, key by key, with a picture of each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.ports import StoreFailure
from osnp_console.domain import facts
from osnp_console.domain.states import Verdict
from osnp_console.ui.calls import DeskCalls
from osnp_console.ui.frame.main_window import MainWindow

ENTER = Qt.Key.Key_Return
# What an invented caller says to each question, and the keys the operator then presses; what is not here the
# caller does not know.
SAID: Mapping[str, tuple[str, str]] = {
    facts.RESIDENCE: ("« J’habite Pipriac. »", "pipriac\n"),
    facts.REASON: ("« C’est pour une otite. »", "otite\n"),
    facts.REGULAR_DOCTOR: ("« Mon médecin ne peut pas me prendre cette semaine. »", "i"),
    facts.DELAY: ("« Il faudrait me voir d’ici après-demain. »", "4"),
    facts.TECHNICAL_PLATFORM: ("Ni urgences ni plateau technique.", "n"),
    facts.CAN_TRAVEL: ("« Oui, je peux venir au cabinet. »", "o"),
    facts.PRESENT_PLACE: ("« Je suis chez moi. »", "d"),
    facts.BIRTH: ("« Je suis née le 2 mai 1994. »", "2/5/94\n"),
    facts.SEX: ("C’est une femme.", "f"),
}
DOES_NOT_KNOW = ("« Je ne sais pas. »", "?")
WATCHED_MS = 700
READ_MS = 600  # a call is read once the selection rests
STEPS_AT_MOST = 30
OPENING_MS = 20_000
AGENDAS_MS = 20_000
RECHECK_MS = 500  # a chosen slot is asked for again once it rests
SLOT_TAKEN, LOCAL = "coudrais-plesse-80", "carnet"


class Demonstration:
    """The Redon call (S5 page 14), from the first ring to the appointment."""

    def __init__(
        self, window: MainWindow, folder: Path, take_away: Callable[[str], None], *, watched: bool
    ) -> None:
        """Pictures go to `folder`; a window that somebody watches is played slowly enough to be followed.

        `take_away` takes a slot of the simulator's as somebody else would.
        """
        self._window = window
        self._take_away = take_away
        self._folder = folder
        self._pause = WATCHED_MS if watched else 0
        self.pictures: list[Path] = []

    @property
    def _calls(self) -> DeskCalls:
        return self._window.calls

    def play(self) -> Iterator[str]:
        """Do each step; yields what happened, in French, line by line."""
        self._wait_for_base()
        yield "La base est ouverte, aucun appel."
        self._picture("bureau-vide")
        self._press(Qt.Key.Key_F2)
        yield "F2 : l’appel est pris ; rien n’est encore su."
        self._type("0639984107")
        self._press(ENTER)
        yield from self._told()
        self._picture("appel-pris")
        asked: list[str] = []
        for _ in range(STEPS_AT_MOST):
            call = self._calls.current
            question = call.question if call is not None else None
            if question is None or question.fact in asked or question.fact.startswith(facts.TERRITORY_PREFIX):
                break
            asked.append(question.fact)
            said, keys = SAID.get(question.fact, DOES_NOT_KNOW)
            self._press(Qt.Key.Key_F3)
            self._type(keys)
            yield f"{question.text} {said}"
            yield from self._told()
            self._picture(question.fact.rpartition(".")[2])
        self._press(Qt.Key.Key_F6)
        self._picture("checklist")
        self._press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
        yield "Ctrl+I : la source de la fiche."
        self._picture("source")
        self._press(Qt.Key.Key_Escape)
        self._press(Qt.Key.Key_F1)
        self._picture("touches")
        self._press(Qt.Key.Key_Escape)
        yield from self._book()
        self._press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        self._picture("issue")
        self._press(Qt.Key.Key_R)
        self._press(ENTER)
        yield "Ctrl+G : l’appel est clos, rendez-vous pris."
        self._press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        self._type("pipriac")
        self._press(Qt.Key.Key_Down)
        QTest.qWait(READ_MS)
        self._settle()
        yield "Ctrl+F : il se retrouve par sa commune."
        self._picture("suivi")

    def _book(self) -> Iterator[str]:
        """A slot taken under the cursor, then a place of the local agenda."""
        slots = self._window.frame.call_desk.slots
        self._wait_for_agendas()
        self._press(Qt.Key.Key_F6)
        self._picture("creneaux")
        yield from self._agenda_words()
        self._press(Qt.Key.Key_Down)
        self._take_away(SLOT_TAKEN)
        QTest.qWait(RECHECK_MS)
        self._wait_for_agendas()
        self._picture("pris-entre-temps")
        yield "Le créneau choisi vient d’être pris : rien n’est réservé, le suivant est proposé."
        self._press(ENTER)
        self._press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        self._press(Qt.Key.Key_F6)
        while (row := slots.chosen_row) is not None and row.one.slot.sources != (LOCAL,):
            before = row.id
            self._press(Qt.Key.Key_Down)
            if slots.chosen_row is None or slots.chosen_row.id == before:
                break
        QTest.qWait(RECHECK_MS)
        self._wait_for_agendas()
        self._press(Qt.Key.Key_F9)
        self._wait_for_agendas()
        self._picture("reserve")
        yield "F9 : réservé dans le carnet, avec ce qu’il faut lire au patient."

    def _agenda_words(self) -> Iterator[str]:
        call = self._calls.current
        if call is not None:
            for line in self._window.agendas.searches.slots_of(call).board.sources():
                yield f"    {line.name} : {line.words}"

    def _wait_for_agendas(self) -> None:
        waited = 0
        while waited < AGENDAS_MS:
            self._settle()
            call = self._calls.current
            searches = self._window.agendas.searches
            if call is not None and searches.slots_of(call).is_complete and self._window.agendas.is_idle:
                break
            QTest.qWait(20)
            waited += 20
        self._settle()

    def _told(self) -> Iterator[str]:
        call = self._calls.current
        if call is not None:
            yield f"    {counts_words(call)}"

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._target(), key, modifier)
        self._settle()

    def _type(self, text: str) -> None:
        for letter in text:
            if letter == "\n":
                self._press(ENTER)
            else:
                QTest.keyClicks(self._target(), letter)
        self._settle()

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self._window

    def _settle(self) -> None:
        """Let the window and its store do what they have to."""
        QTest.qWait(self._pause)
        for _ in range(200):
            QApplication.processEvents()
            if self._calls.is_saved and self._window.door.is_idle:
                break
            QTest.qWait(5)

    def _wait_for_base(self) -> None:
        waited = 0
        while not self._window.is_open and waited < OPENING_MS:
            QTest.qWait(10)
            waited += 10
        if not self._window.is_open:
            raise StoreFailure("base_verrouillee", "La base de la démonstration ne s’est pas ouverte.")
        self._window.activateWindow()
        self._settle()

    def _picture(self, name: str) -> None:
        file = self._folder / f"{len(self.pictures) + 1:02}-{name}.png"
        if self._window.grab().save(str(file)):
            self.pictures.append(file)


def counts_words(call: OpenCall) -> str:
    """How many dispositifs have each verdict, and which take the patient."""
    found = Counter(row.verdict for row in call.checklist.rows)
    eligible = [row.dispositif.id for row in call.checklist.rows if row.verdict is Verdict.ELIGIBLE]
    out = len(call.checklist.dispositifs) - len(call.checklist.rows)
    counts = (
        f"Éligible : {found[Verdict.ELIGIBLE]} · À vérifier : {found[Verdict.TO_CHECK]} · "
        f"Refusé : {found[Verdict.NOT_ELIGIBLE]} · Hors service : {out}"
    )
    return f"{counts} ({', '.join(eligible)})" if eligible else counts

"""An invented desk with its form on screen: a few dispositifs, communes and reasons that nobody has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.sheet_words import CallSheetWords
from osnp_console.app.places.find_commune import CommuneSearch
from osnp_console.domain import facts
from osnp_console.domain.access import Access, Mode
from osnp_console.domain.call_sheet import Answer, CallSheet
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Commune, Gazetteer
from osnp_console.domain.criteria.answers import AnswerIs
from osnp_console.domain.criteria.base import Criterion
from osnp_console.domain.criteria.need import CanTravel, NoTechnicalPlatform, OfferServed, OnsetWithin
from osnp_console.domain.criteria.person import AgeWithin, PregnancyIs
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.criteria.usual_care import RegularDoctor, UsualPractitionerFirst
from osnp_console.domain.dispositif import Dispositif, Rule, Status
from osnp_console.domain.facts import Fact
from osnp_console.domain.natures import NATURE_NAMES
from osnp_console.domain.same_person import KnownPerson
from osnp_console.domain.sources import Source
from osnp_console.domain.territory import Territory
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.differences import Differences
from osnp_console.ui.intake.panel import IntakePanel
from osnp_console.ui.intake.sources import IntakeSources
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.note_field import NoteField
from osnp_console.ui.widgets.segments import Segments
from tests.ui.doubles import InventedDesk, invented_desk

LANDE = Commune("44901", "Lande-le-Bourg", "44", ("44990",))
MARAIS = Commune("44920", "Marais-sur-Mer", "44", ("44993",))
VAL_44 = Commune("44930", "Val-Clair", "44", ("44994",))
VAL_49 = Commune("49930", "Val-Clair", "49", ("49994",))
GAZETTEER = Gazetteer.of((LANDE, MARAIS, VAL_44, VAL_49), (), {"44": "Pays d’Ouest", "49": "Pays d’Amont"})
HERE = Territory("CPTS de la Lande", frozenset({"44"}), frozenset({"44901"}))
SOURCE = Source("S0", 1)
ALONE = "vit_seul"


def _dispositif(name: str, nature: str, *criteria: Criterion) -> Dispositif:
    conditions: tuple[Criterion, ...] = (OfferServed(nature), InTerritory(HERE), *criteria)
    rules = tuple(Rule(f"r{n}", one, one.label, SOURCE) for n, one in enumerate(conditions))
    return Dispositif(
        name, HERE.cpts, "44", nature, Status.IN_SERVICE, "", SOURCE,
        rules=rules, accesses=(Access(Mode.AGENDA, SOURCE),),
    )  # fmt: skip


CATALOGUE = Catalogue(
    "essai",
    "sha256:0",
    (
        _dispositif(
            "mg", "medecine_generale", RegularDoctor(or_unavailable=True), NoTechnicalPlatform(),
            AgeWithin(3, None), CanTravel(), AnswerIs(ALONE, True, "Vit-il seul ?"),
        ),
        _dispositif("sf", "sage_femme", PregnancyIs()),
        _dispositif("ortho", "orthophonie", OnsetWithin(months=1), UsualPractitionerFirst(contacted=True)),
    ),
    territories={HERE.cpts: HERE},
    facts={ALONE: Fact(ALONE, "Vit-il seul ?")},
    reasons={"otite": "Otite", "angine": "Angine", "echo": "Échographie", "dysphagie": "Dysphagie"},
    reason_offers={
        "otite": frozenset({"medecine_generale"}),
        "angine": frozenset({"medecine_generale"}),
        "echo": frozenset({"sage_femme", "medecine_generale"}),
        "dysphagie": frozenset({"orthophonie"}),
    },
)  # fmt: skip


@dataclass
class Directory:
    """Past calls that one looks up; the answers are given when the test says so."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    answers: list[Callable[[Sequence[KnownPerson]], None]] = field(default_factory=list)

    def __call__(self, name: str, phone: str, then: Callable[[Sequence[KnownPerson]], None]) -> None:
        self.asked.append((name, phone))
        self.answers.append(then)


def press(target: QWidget, text: str) -> None:
    """Press the key of each letter; QTest knows no accent."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(target, event)


class Intake:
    """The form on screen, its desk, and what a person does with it."""

    def __init__(self, qtbot: QtBot, theme: Theme, height: int = 900) -> None:
        self.qtbot = qtbot
        self.desk: InventedDesk = invented_desk(CATALOGUE, GAZETTEER)
        self.directory = Directory()
        self.sources = IntakeSources(CommuneSearch(GAZETTEER), GAZETTEER.living, CATALOGUE)
        self.calls = self.desk.calls
        self.window = QWidget()
        self.differences = self._make_differences()
        self.panel = self.make_panel(theme)
        around = QVBoxLayout(self.window)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.panel)
        self.window.resize(384, height)
        self.calls.take()
        window = self.window

        def hide(_closing: QWidget) -> None:
            # pytest-qt keeps a weak reference only: this function keeps the window until the end of the test.
            window.hide()

        qtbot.addWidget(window, before_close_func=hide)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    def _make_differences(self) -> Differences:
        questions = {code: fact.question for code, fact in CATALOGUE.facts.items()}
        words = CallSheetWords(CATALOGUE.reasons, NATURE_NAMES, questions, GAZETTEER.living)
        door = StoreDoor(self.desk.memory, self.window)
        return Differences(self.calls, door, lambda: words, questions, lambda: "44-3", self.window)

    def make_panel(self, theme: Theme) -> IntakePanel:
        """A form over the same calls, as the window makes one for each theme."""
        return IntakePanel(
            theme, self.calls, self.sources, self.directory, self.window, differences=self.differences
        )

    @property
    def call(self) -> OpenCall:
        """The call on screen."""
        call = self.calls.current
        assert call is not None
        return call

    @property
    def sheet(self) -> CallSheet:
        """What was typed in the call on screen."""
        return self.call.record.sheet

    def fact(self, code: str) -> object:
        """What the rules know."""
        return self.call.call.known.get(code)

    def line(self, code: str) -> LineField:
        """A field of one line."""
        control = self.panel.control(code)
        assert isinstance(control, LineField)
        return control

    def segments(self, code: str) -> Segments:
        """Answers side by side."""
        control = self.panel.control(code)
        assert isinstance(control, Segments)
        return control

    def combo(self, code: str) -> Combo:
        """A list."""
        control = self.panel.control(code)
        assert isinstance(control, Combo)
        return control

    def go_to(self, code: str) -> QWidget:
        """Give the keyboard to a field."""
        assert self.panel.focus_field(code), code
        control = self.panel.control(code)
        assert control is not None
        target = control.focus_target()
        self.qtbot.waitUntil(target.hasFocus)
        return target

    def type(self, code: str, text: str) -> QWidget:
        """Type over what a field holds."""
        target = self.go_to(code)
        control = self.panel.control(code)
        if isinstance(control, LineField):
            control.line_edit.selectAll()
            if not text:
                QTest.keyClick(target, Qt.Key.Key_Delete)
        if isinstance(control, NoteField):
            control.text_edit.selectAll()
        press(target, text)
        return target

    def write(self, code: str, text: str) -> None:
        """Type over what a field holds, and leave it with Tab."""
        QTest.keyClick(self.type(code, text), Qt.Key.Key_Tab)

    def choose(self, code: str, answer: object) -> None:
        """Give an answer with a click, or in a list with the arrows."""
        place = code == facts.PRESENT_PLACE
        control = self.panel.controls.place if place else self.panel.control(code)
        assert isinstance(control, Segments | Combo)
        if not place:
            self.go_to(code)
        index = next(n for n, choice in enumerate(control.choices) if choice.value == answer)
        if isinstance(control, Combo):
            control.combo_box.setFocus()
            control.combo_box.setCurrentIndex(index)
            control.combo_box.activated.emit(index)
        else:
            while control.answer != answer:
                step = Qt.Key.Key_Right
                if control.answer is not None:
                    here = next(n for n, one in enumerate(control.choices) if one.value == control.answer)
                    step = Qt.Key.Key_Right if here < index else Qt.Key.Key_Left
                QTest.keyClick(control, step)

    def answer_elsewhere(self, code: str, answer: Answer) -> None:
        """Answer in the question strip, as another panel does."""
        self.calls.answer(code, answer)
        self.calls.settle()

    def open(self, code: str) -> bool:
        """Whether a row of the form is open."""
        return self.panel.rows.is_open(code)

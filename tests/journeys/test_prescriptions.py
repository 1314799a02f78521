"""The nurse prescription in the window, by keyboard: the secretary's path, the doctor's, two desks."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from osnp_console.app.prescription.from_call import NO_NURSE
from osnp_console.app.prescription.next_acts import Deed
from osnp_console.cli.program import Program
from osnp_console.domain import facts
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.desk import Desk
from osnp_console.domain.prescription.canonical import datamatrix_text
from osnp_console.domain.prescription.checks import NO_FINESS
from osnp_console.domain.prescription.moves import PrescriptionState
from osnp_console.domain.prescription.nurses import NurseAnswer
from osnp_console.ui.frame.rail import Place
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.prescribing_desk import WORD, PrescribingDesk, PrescribingStation
from tests.journeys.test_accessible import nameless
from tests.journeys.workstation import NOON
from tests.storage.places import TEMPLATE
from tests.storage.server import RealServer
from tests.ui.doubles import HandClock
from tests.ui.test_office import Tray

S = PrescriptionState


@pytest.fixture
def station(tmp_path: Path, program: Program) -> PrescribingStation:
    """A workstation whose base has an operator, a doctor and nurses."""
    made = PrescribingStation(tmp_path, program)
    made.install()
    made.hire()
    return made


@pytest.fixture
def desk(qtbot: QtBot, station: PrescribingStation) -> Iterator[PrescribingDesk]:
    """An operator who signed in before it."""
    made = PrescribingDesk(Operator(qtbot, station))
    made.start("c.roche")
    yield made
    made.operator.stop()
    gc.collect(1)


def prepare(desk: PrescribingDesk) -> None:
    """F7 on the call, then the doctor and the address, by keyboard."""
    desk.take_call()
    pressed("F7")
    desk.wait()
    operator = desk.operator
    assert operator.here == "Médecin, nom"
    for text in ("durand", "Paul", "10002909371", "regulateur"):
        typed(text)
        pressed("Tab")
    operator.tab_to("Adresse")
    typed("12 rue des Lilas")
    pressed("Return")


def test_the_secretary_prepares_calls_nurses_and_submits_by_keyboard_and_loses_nothing(
    desk: PrescribingDesk, qtbot: QtBot
) -> None:
    operator, form = desk.operator, desk.page.view.form
    desk.take_call()
    bar = operator.frame.bar
    assert bar.prescribe.isEnabled()
    operator.window.calls.answer(facts.OFFER, "dentaire")
    operator.window.calls.settle()
    assert not bar.prescribe.isEnabled()
    pressed("F7")
    assert operator.notice == bar.prescribe.toolTip() == NO_NURSE
    operator.window.calls.answer(facts.OFFER, "infirmier")
    operator.window.calls.settle()
    pressed("F7")
    desk.wait()
    assert operator.frame.rail.buttons[Place.PRESCRIPTIONS].isChecked()
    assert (desk.one.content.finess, desk.one.content.act_codes) == ("291991081", ("pansement",))
    pressed("F9")  # the doctor lacks: it is said under the field, and the keyboard is led there
    assert operator.here == "Médecin, nom"
    assert form.dispositif.names_row.message.words == "Erreur\u202f: Le nom du médecin manque."
    typed("durand")
    pressed("Tab")
    operator.tab_to("Autre acte à préciser")
    pressed("Space")
    pressed("F9")  # what the other act is lacks
    assert operator.here == "Autre acte à préciser, précision"
    typed("Pose de bas")
    often = form.acts.rows["autre"].frequency
    often.line_edit.insert("★")  # no font of the paper draws it: said there, and the keyboard led there
    pressed("F9")
    assert operator.here == "Autre acte à préciser, fréquence"
    assert "★" in often.message.words
    often.line_edit.backspace()
    qtbot.waitUntil(lambda: "Pose de bas" in desk.page.view.preview.text, timeout=20_000)
    assert "PROJET NON VALABLE" in desk.page.view.preview.text
    pressed("Ctrl+T")
    qtbot.waitUntil(lambda: operator.here.startswith("Mme Hubert, habituel"))
    desk.wait()
    typed("s")
    qtbot.waitUntil(lambda: operator.here.startswith("M. Sané"))
    pressed("Ctrl+T")
    desk.wait()
    typed("o")
    qtbot.waitUntil(lambda: desk.one.nurse == "n-2")
    assert [one.answer for one in desk.one.tries] == [NurseAnswer.NO_ANSWER, NurseAnswer.ACCEPTED]
    operator.capture("ordonnance-brouillon")
    pressed("F9")
    qtbot.waitUntil(lambda: desk.one.state is S.TO_VALIDATE)
    assert desk.kept().content.acts[-1].detail == "Pose de bas"
    pressed("Escape")
    assert operator.frame.rail.buttons[Place.CALL].isChecked()
    pressed("F7")  # the same one, not a second
    assert desk.one.nurse == "n-2"
    assert desk.operator.here == "Bilan clinique de proximité à domicile"


def test_what_was_typed_is_there_after_a_crash_and_in_another_theme(
    desk: PrescribingDesk, qtbot: QtBot
) -> None:
    prepare(desk)
    pressed("Ctrl+S")
    desk.wait()
    key = desk.one.id
    pressed("Ctrl++")  # every panel is made anew
    assert (desk.place.key, desk.one.content.patient.address) == (key, "12 rue des Lilas")
    desk.operator.crash()
    desk.start("c.roche")
    pressed("Alt+O")
    desk.wait()
    qtbot.waitUntil(lambda: any("BOUVET Odette" in row for row in desk.rows))
    pressed("Return")
    assert (desk.one.id, desk.one.content.patient.address) == (key, "12 rue des Lilas")
    assert desk.one.content.prescriber.name == "DURAND"


def test_why_one_is_cancelled_was_not_said_yet_and_is_there_after_a_crash_for_that_one_alone(
    desk: PrescribingDesk, qtbot: QtBot
) -> None:
    prepare(desk)
    desk.page.save()
    desk.wait()
    desk.page.do(Deed.CANCEL)
    typed("erreur de patient")
    qtbot.waitUntil(lambda: [one.text for one in desk.operator.kept_drafts().texts] == ["erreur de patient"])
    key = desk.one.id
    desk.operator.crash()
    desk.start("c.roche")
    pressed("Return")  # the call goes on
    desk.take_call()
    pressed("F7")
    desk.wait()
    assert desk.one.id != key
    desk.page.do(Deed.CANCEL)
    asked = desk.page.view.cancel
    assert (asked.isVisible(), asked.answer.text()) == (True, "")
    desk.place.open(key)
    desk.page.do(Deed.CANCEL)
    assert asked.answer.text() == "erreur de patient"
    pressed("Return")
    qtbot.waitUntil(lambda: desk.one.state is S.CANCELLED)
    qtbot.waitUntil(lambda: not desk.operator.kept_drafts())
    assert desk.kept().history[-1].text == "erreur de patient"


def test_without_a_finess_nothing_goes_on_and_the_sentence_says_who_enters_it(
    desk: PrescribingDesk, qtbot: QtBot
) -> None:
    operator, form = desk.operator, desk.page.view.form
    prepare(desk)
    pressed("Ctrl+P")
    assert desk.said == "Une ordonnance s’imprime une fois validée."
    operator.tab_to("Dispositif")
    pressed("Down")  # from the Sarthe to the Vendée, of which no source gives one
    assert desk.one.content.dispositif == "85-vendee-ide"
    assert form.dispositif.finess.message.words == f"Erreur\u202f: {NO_FINESS}"
    assert "Aucun FINESS connu" in desk.page.view.foot.buttons[Deed.SUBMIT].accessibleDescription()
    pressed("F9")
    assert (operator.here, desk.one.state) == ("FINESS", S.DRAFT)
    operator.tab_to("Dispositif")
    pressed("Up")
    assert desk.one.content.finess == "291991081"
    operator.tab_to("Identité")
    pressed("Return")
    operator.tab_to("Né(e) le")
    form.patient.birth.line_edit.selectAll()
    typed("00/00/1950")  # as identity services write a year alone
    qtbot.waitUntil(lambda: "Né(e) le 1950" in desk.page.view.preview.text, timeout=20_000)
    pressed("Ctrl+S")
    desk.wait()
    assert desk.kept().content.patient.birth == PartialDate.parse("1950")
    assert nameless(operator.window) == []


class Room:
    """A regulation with two desks on one base."""

    def __init__(self, qtbot: QtBot, folder: Path, program: Program, site: RealServer) -> None:
        self.qtbot, self._folder, self._program, self._site = qtbot, folder, program, site
        self._base, self.clock = site.new_base(TEMPLATE), HandClock(NOON)
        self._sitting: list[PrescribingDesk] = []
        self.trays: list[Tray] = []

    def sit(self, number: int, identifier: str) -> PrescribingDesk:
        """Somebody starts the console there and signs in."""
        desk = Desk(role="sas", sas="72", number=number)
        folder = self._folder / desk.code
        folder.mkdir()
        station = PrescribingStation(folder, self._program, clock=self.clock, desk=desk)
        station.address = self._site.address(self._base)
        station.install()
        if not self._sitting:
            station.hire()
        made = PrescribingDesk(Operator(self.qtbot, station))
        made.start(identifier)
        window = made.operator.window
        self.qtbot.waitUntil(lambda: window.live.up_to_date_at is not None)
        self._sitting.append(made)
        self.trays.append(station.tray)
        return made

    def turn_to(self, desk: PrescribingDesk) -> None:
        """That window has the keyboard now."""
        desk.operator.window.activateWindow()
        self.qtbot.waitUntil(desk.operator.window.isActiveWindow)
        desk.wait()

    def close(self) -> None:
        for one in self._sitting:
            one.operator.stop()
        self._site.drop_base(self._base)
        gc.collect(1)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, program: Program, site: RealServer) -> Iterator[Room]:
    made = Room(qtbot, tmp_path, program, site)
    yield made
    made.close()


def text_of(content: bytes) -> str:
    """The text of a document that was printed."""
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_the_doctor_sees_a_submission_at_once_validates_it_and_the_secretary_sends_it(
    room: Room, qtbot: QtBot
) -> None:
    secretary, doctor = room.sit(2, "c.roche"), room.sit(3, "p.durand")
    room.turn_to(secretary)
    prepare(secretary)
    pressed("F9")
    qtbot.waitUntil(lambda: doctor.count == 1)
    room.turn_to(doctor)
    pressed("Alt+O")
    qtbot.waitUntil(lambda: doctor.rows[:1] == ["À valider, 1"])
    pressed("Return")
    doctor.wait()
    pressed("F9")  # the FINESS of another département is to be read again
    assert doctor.said == "Relire ce qui est en ambre, et le confirmer, avant de valider."
    assert doctor.operator.here == "FINESS"
    pressed("Tab")
    assert doctor.operator.here == "Confirmer"
    pressed("Space")
    doctor.wait()
    pressed("F9")
    assert doctor.operator.here == "Mot de passe"
    assert not doctor.page.view.card.isVisible()  # the page alone, at full height
    typed("autre chose")
    pressed("Return")
    password = doctor.page.view.password
    qtbot.waitUntil(lambda: password.password.message.words.startswith("Erreur"), timeout=20_000)
    assert doctor.one.state is S.TO_VALIDATE
    typed(WORD)
    pressed("Return")
    qtbot.waitUntil(lambda: doctor.one.state is S.VALIDATED, timeout=20_000)
    assert doctor.said == "Ordonnance validée\u202f: 72-sarthe-ide-2026-00001."
    assert (doctor.operator.here, doctor.count) == ("Imprimer", 0)
    qtbot.waitUntil(lambda: "PROJET" not in doctor.page.view.preview.text, timeout=20_000)
    doctor.operator.capture("ordonnance-validee")
    room.turn_to(secretary)
    qtbot.waitUntil(lambda: secretary.one.state is S.VALIDATED and secretary.count == 1)
    assert not secretary.page.view.form.acts.isVisible()  # read only
    seen = secretary.page.foot()
    assert [one.reason for one in seen.others if one.words == "Corriger"] == [
        "Seul un médecin valide une ordonnance."
    ]
    tray = room.trays[0]
    pressed("Ctrl+P")
    qtbot.waitUntil(lambda: secretary.one.state is S.PRINTED)
    room.clock.go(seconds=1)  # the same step at the same instant would be the same step
    pressed("Ctrl+P")
    qtbot.waitUntil(lambda: secretary.one.prints == 2)
    first, second = (text_of(content) for content, _printer, _size in tray.given)
    assert ("DUPLICATA" in first, "DUPLICATA" in second) == (False, True)
    pressed("F9")
    pressed("Return")  # by whoever sits here
    qtbot.waitUntil(lambda: secretary.one.state is S.SIGNED)
    pressed("F9")
    typed("M. Sané")
    pressed("Return")
    qtbot.waitUntil(lambda: secretary.one.state is S.SENT)
    assert "Signature manuscrite constatée par Chloé Roche" in secretary.said
    assert "Transmise à M. Sané" in secretary.said
    kept = secretary.kept()
    assert kept.number is not None
    room.turn_to(doctor)
    pressed("Escape")
    pressed("F6")
    typed(datamatrix_text(kept.content, kept.number.text))  # as a reader does
    pressed("Return")
    qtbot.waitUntil(lambda: doctor.place.key == kept.id and doctor.one.state is S.SENT)

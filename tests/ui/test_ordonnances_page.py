"""The headings Ordonnances and Infirmiers: settled in place by whoever may, read by the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from osnp_console.app.people.session import Session, Standing
from osnp_console.app.preferences import Preferences
from osnp_console.app.prescription.print_records import PrintOutcome, WaitingPrint
from osnp_console.app.prescription.printing import NO_PRINTER, Sent
from osnp_console.app.prescription.signature import KeyFile, NotSigned, SignatureFault, SigningKey
from osnp_console.app.prescription.signing_place import SigningPlace, SigningWay
from osnp_console.app.prescription.site_papers import NOT_AN_IMAGE, TOO_MANY_DOTS
from osnp_console.app.prescription.site_records import PaperSize, SitePapers, StructureNumber
from osnp_console.domain.commune import Commune, Gazetteer
from osnp_console.domain.permissions import Act, who_may
from osnp_console.domain.prescription.content import Prescriber
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.office.desk_printing import DeskOfPrinting, DeskPrinting
from osnp_console.ui.preferences.ordonnances.deeds import NurseDeeds, OrdonnanceDeeds
from osnp_console.ui.preferences.ordonnances.finess_page import KEPT, NONE_KNOWN, TO_CONFIRM
from osnp_console.ui.preferences.ordonnances.nurses_page import EMPTY, NursesPage
from osnp_console.ui.preferences.ordonnances.page import DOCTORS, HEADER, PRINTS, SIGNATURE, OrdonnancesPage
from osnp_console.ui.preferences.ordonnances.signature_page import SIGNED
from osnp_console.ui.preferences.page import KeptPreferences
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.message_line import Message
from tests.ui.directory_doubles import ChosenFiles
from tests.ui.doubles import Memory
from tests.ui.showing import shown
from tests.ui.test_office import Tray
from tests.unit.prescriptions import DISPOSITIFS, NOW, validated

ADMINISTRATOR = Session(Standing.SIGNED_IN, person="c", name="Claude", roles=frozenset({"administrateur"}))
DOCTOR = replace(ADMINISTRATOR, name="Dr Durand", roles=frozenset({"medecin_regulateur"}))
DURAND = Prescriber("DURAND", "Paul", "10002909371", "Regulateur", "721234567")
GAZETTEER = Gazetteer.of([Commune("72181", "Le Mans", "72", ("72000",))], [], {"72": "Sarthe"})


class SavedPreferences:
    """Keeps preferences in memory, one after the other."""

    first = False

    def __init__(self) -> None:
        self.saved: list[Preferences] = []

    def load(self) -> Preferences:
        return self.saved[-1] if self.saved else Preferences()

    def save(self, preferences: Preferences) -> None:
        self.saved.append(preferences)


class Desk:
    """One desk: its base, who sits there, what it prints on, the keys it tried to sign with."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        self.theme, self.folder = theme, folder
        self.store, self.files, self.unfinished = Memory(), ChosenFiles(), Unfinished()
        self.store.session = ADMINISTRATOR
        self.kept = SavedPreferences()
        self.tray = Tray()
        self.keys: list[SigningKey] = []
        self.fault: SignatureFault | None = None
        self._held: list[object] = []

    def sign(self, key: SigningKey) -> None:
        self.keys.append(key)
        if self.fault is not None:
            raise NotSigned(self.fault)

    def page(self) -> OrdonnancesPage:
        """The page, over everything a desk has."""
        door, threads = StoreDoor(self.store), AgendaDoor()
        about = DeskOfPrinting(lambda: "72-1", lambda: NOW, lambda: "w-9")
        printing = DeskPrinting(door, threads, self.tray, self.tray.send, lambda paper, size: b"", about)
        acts = OrdonnanceDeeds(
            DISPOSITIFS, self.sign, door, threads, lambda: self.store.session, lambda: "72-1", lambda: NOW
        )
        kept = KeptPreferences(self.kept, Preferences(), door)
        self._held += [door, threads, printing, acts]
        return OrdonnancesPage(self.theme, kept, acts, printing, self.files, self.unfinished)

    def nurses(self) -> NursesPage:
        """The directory of nurses."""
        door, threads = StoreDoor(self.store), AgendaDoor()
        acts = NurseDeeds(GAZETTEER, door, threads, lambda: self.store.session, lambda: "72-1", lambda: NOW)
        self._held += [door, threads, acts]
        return NursesPage(self.theme, acts, self.files, self.unfinished)


@pytest.fixture
def desk(theme: Theme, tmp_path: Path) -> Desk:
    return Desk(theme, tmp_path)


Shows = Callable[[OrdonnancesPage | NursesPage], None]


@pytest.fixture
def shows(qtbot: QtBot) -> Shows:
    """Puts a page on a wide screen."""

    def show(page: OrdonnancesPage | NursesPage) -> None:
        shown(qtbot, page, width=1200, height=700)

    return show


def test_the_administrator_enters_a_finess_with_its_source_and_confirms_its_prefix_once_in_place(
    qtbot: QtBot, desk: Desk, shows: Shows
) -> None:
    page = desk.page()
    shows(page)
    finess = page.finess
    page.list.choose("85-vendee-ide")
    page.show_part("85-vendee-ide")
    assert finess.printed.text() == NONE_KNOWN
    finess.number.line.set_text("85 000 00 18")
    finess.save.click()
    qtbot.waitUntil(lambda: finess.number.line.message.kind is Message.ERROR)
    finess.number.line.set_text("44 000 00 16")
    finess.save.click()
    qtbot.waitUntil(lambda: finess.source.line.message.kind is Message.ERROR)
    assert finess.number.line.message.kind is None, "the number is right: only the source lacks"
    finess.source.line.set_text("courrier de l’ARS")
    finess.source.typing.emit()
    page.show_part("72-sarthe-ide")
    page.show_part("85-vendee-ide")
    assert finess.number.line.text() == "44 000 00 16", "what is typed stays"
    finess.save.click()
    qtbot.waitUntil(lambda: "Confirmer" in finess.number.line.message.words)
    assert desk.store.prescriptions.finess == {}
    finess.number.line.message_action_wanted.emit()
    qtbot.waitUntil(lambda: finess.printed.text() == "44 000 00 16")
    assert desk.unfinished.held("finess") == {}
    settled = desk.store.prescriptions.finess["85-vendee-ide"]
    assert (settled.finess, settled.prefix_accepted, settled.person) == ("440000016", True, "Claude")
    assert "courrier de l’ARS" in finess.whence.text()
    assert "Claude" in finess.whence.text()
    assert finess.state.words == KEPT
    page.list.choose("72-sarthe-ide")
    page.show_part("72-sarthe-ide")
    assert TO_CONFIRM in page.list.rows[1].second
    finess.number.line.message_action_wanted.emit()
    qtbot.waitUntil(lambda: page.list.rows[1].second == "29 199 10 81")
    assert "source S5, page 81" in desk.store.prescriptions.finess["72-sarthe-ide"].source


def test_the_others_read_what_is_settled_and_who_may(qtbot: QtBot, desk: Desk, shows: Shows) -> None:
    desk.store.session = DOCTOR
    page = desk.page()
    shows(page)
    page.show_part("72-sarthe-ide")
    assert page.finess.printed.text() == "29 199 10 81"
    assert "S5, page 81" in page.finess.whence.text()
    assert page.finess.state.words == who_may(Act.SETTLE_FINESS)
    assert page.finess.number.isHidden()
    for key, state in ((HEADER, page.header.state), (DOCTORS, page.doctors.state)):
        page.show_part(key)
        qtbot.waitUntil(lambda said=state: said.words == who_may(Act.SETTLE_PAPERS))  # type: ignore[misc]
    assert not page.header.lines.isEnabled()
    assert page.header.logos.add.isHidden()
    assert page.doctors.add_one.isHidden() or not page.doctors.add_one.isVisible()


def test_the_head_of_the_paper_is_kept_on_leaving_and_a_file_that_is_no_image_is_refused_at_its_field(
    qtbot: QtBot, desk: Desk, shows: Shows
) -> None:
    page = desk.page()
    shows(page)
    header, kept = page.header, desk.store.site_papers
    header.lines.focus_target().setFocus()
    QTest.keyClicks(header.lines.focus_target(), "SAS 72, Le Mans")
    QTest.keyClick(header.lines.focus_target(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: kept.kept is not None and kept.kept.header.lines == ("SAS 72, Le Mans",))
    fake = desk.folder / "logo.png"
    fake.write_bytes(b"\x89PNG\r\n\x1a\nno image")
    desk.files.read = str(fake)
    header.logos.add.click()
    qtbot.waitUntil(lambda: header.logos.message.words == NOT_AN_IMAGE)
    QImage(6_000, 6_000, QImage.Format.Format_Mono).save(str(fake))
    header.logos.add.click()
    qtbot.waitUntil(lambda: header.logos.message.words == TOO_MANY_DOTS)
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.save(str(fake))
    header.logos.add.click()
    qtbot.waitUntil(lambda: len(header.logos.drops) == 1)
    header.code.answered.emit(StructureNumber.AM)
    header.size_choice.answered.emit(PaperSize.A5)
    qtbot.waitUntil(lambda: "A5" in page.list.rows[0].second)
    assert kept.kept is not None
    assert (kept.kept.header.second_code, kept.kept.person) == (StructureNumber.AM, "Claude")
    header.logos.drops[0].click()
    qtbot.waitUntil(lambda: header.logos.drops == [])


def test_a_doctor_is_added_refused_at_its_field_changed_and_taken_out(
    qtbot: QtBot, desk: Desk, shows: Shows
) -> None:
    page = desk.page()
    shows(page)
    page.show_part(DOCTORS)
    doctors, kept = page.doctors, desk.store.site_papers
    doctors.add_one.click()
    for name, text in zip(doctors.rows, ("DURAND", "Paul", "Regulateur", "1000", "721234567"), strict=True):
        QTest.keyClicks(doctors.rows[name].line.line_edit, text)
    doctors.save.click()
    assert doctors.rows["rpps"].line.message.kind is Message.ERROR
    assert kept.get() is None
    again = desk.page()
    shows(again)
    again.show_part(DOCTORS)
    qtbot.waitUntil(lambda: again.doctors.rows["nom"].line.text() == "DURAND")
    again.doctors.rows["rpps"].line.set_text("10002 909371")
    again.doctors.save.click()
    qtbot.waitUntil(lambda: len(again.doctors.list.rows) == 1)
    assert kept.get() == replace(SitePapers(), doctors=(DURAND,), person="Claude", at=NOW)
    again.doctors.remove.confirmed.emit()
    qtbot.waitUntil(lambda: kept.get() == SitePapers(person="Claude", at=NOW))
    assert desk.unfinished.held("medecins") == {}


def test_a_signature_is_tried_with_what_is_typed_which_nobody_keeps(
    qtbot: QtBot, desk: Desk, shows: Shows
) -> None:
    page = desk.page()
    shows(page)
    page.show_part(SIGNATURE)
    one = page.signature
    one.way.answered.emit(SigningWay.FILE.value)
    one.attempt.click()
    assert one.fields["file"].line.message.kind is Message.ERROR
    one.fields["file"].line.set_text("/media/cle.p12")
    one.fields["file"].changed.emit("file")
    one.secret.line.set_text("phrase")
    desk.fault = SignatureFault.WRONG_PASSPHRASE
    one.attempt.click()
    qtbot.waitUntil(lambda: one.secret.line.message.kind is Message.ERROR)
    one.secret.line.set_text("autre phrase")
    desk.fault = None
    one.attempt.click()
    qtbot.waitUntil(lambda: SIGNED in one.outcome.words)
    assert desk.keys == [KeyFile("/media/cle.p12", "phrase"), KeyFile("/media/cle.p12", "autre phrase")]
    assert one.secret.line.text() == ""
    assert desk.kept.saved[-1].signing == SigningPlace(SigningWay.FILE, "/media/cle.p12")
    assert "phrase" not in str(desk.kept.saved)


def test_a_sheet_that_waits_is_shown_with_its_reason_and_printed_again(
    qtbot: QtBot, desk: Desk, shows: Shows
) -> None:
    desk.store.prescriptions.save(validated())
    sheet = WaitingPrint("w-1", "p-1", "72-1", PaperSize.A5, "", NOW, PrintOutcome.NOT_PRINTED, NO_PRINTER)
    desk.store.prints.put(sheet)
    page = desk.page()
    shows(page)
    assert page.prints.state.words == who_may(Act.SEND_PRESCRIPTION)
    assert "0" not in page.list.rows[-1].second, "what a role does not see is not said to be nothing"
    desk.store.session = DOCTOR
    page.load()
    page.show_part(PRINTS)
    prints = page.prints
    qtbot.waitUntil(lambda: prints.reason.words == NO_PRINTER)
    assert not prints.is_out.isVisible(), "nothing came out: there is nothing to look at"
    assert page.list.rows[-1].second == "1 feuille"
    desk.tray.answer = Sent(PrintOutcome.UNKNOWN, "Regarder.")
    prints.again.click()
    qtbot.waitUntil(lambda: prints.reason.words == "Regarder.")
    assert prints.is_out.isVisible()
    prints.is_out.click()
    qtbot.waitUntil(lambda: prints.list.rows == ())
    assert desk.store.prints.waiting == {}


def test_a_nurse_is_added_mended_found_imported_and_removed(qtbot: QtBot, desk: Desk, shows: Shows) -> None:
    page = desk.nurses()
    shows(page)
    qtbot.waitUntil(lambda: page.message.words == EMPTY)
    page.add.click()
    name, number, place = (page.form.rows[one].line for one in ("nom", "numero", "communes"))
    QTest.keyClicks(name.line_edit, "Odile HUBERT")
    name.commit()
    qtbot.waitUntil(lambda: len(desk.store.nurses.entries) == 1)
    [kept] = desk.store.nurses.all()
    number.set_text("123")
    page.form.edited.emit()
    assert number.message.kind is Message.ERROR
    assert desk.store.nurses.all() == [kept]
    number.set_text("10002909371")
    place.set_text("Nulle part")
    page.form.edited.emit()
    assert place.message.kind is Message.ERROR
    place.set_text("Le Mans (72)")
    page.form.edited.emit()
    qtbot.waitUntil(lambda: desk.store.nurses.entries[kept.id].communes == {"72181"})
    assert desk.store.nurses.entries[kept.id].number == "10002909371", "their id stays: prescriptions know it"
    table = desk.folder / "infirmiers.csv"
    table.write_text("Nom;Téléphone\nPaul LEROY;0261911234\n;\n")
    desk.files.read = str(table)
    page.load_table.click()
    qtbot.waitUntil(page.report.isVisible)
    assert "1 infirmier" in page.report.take.text()
    page.report.take.click()
    qtbot.waitUntil(lambda: len(page.list.rows) == 2)
    page.search.set_text("leroy")
    page.search.typed.emit("leroy")
    assert [row.title for row in page.list.rows] == ["Paul LEROY"]
    page.search.set_text("")
    page.search.typed.emit("")
    page.list.choose(kept.id)
    page._show(kept.id)
    page.form.remove.confirmed.emit()
    qtbot.waitUntil(lambda: [one.name for one in desk.store.nurses.all()] == ["Paul LEROY"])


def test_whoever_may_not_change_nurses_reads_them(qtbot: QtBot, desk: Desk, shows: Shows) -> None:
    desk.store.nurses.put(Nurse("n-1", "Odile HUBERT"))
    desk.store.session = DOCTOR
    page = desk.nurses()
    shows(page)
    qtbot.waitUntil(lambda: page.message.words == who_may(Act.EDIT_NURSES))
    page._show("n-1")
    assert page.form.rows["nom"].line.text() == "Odile HUBERT"
    assert not page.form.rows["nom"].line.isEnabled()
    assert page.add.isHidden()

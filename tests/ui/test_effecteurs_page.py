"""The heading Effecteurs: found, edited, removed; tables taken with a report, and written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from osnp_console.app.effecteurs.lookup import LookUp
from osnp_console.catalogue.gazetteer import load_gazetteer
from osnp_console.catalogue.opening import open_catalogue
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.slot import Place
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.resources import resources
from osnp_console.ui.preferences.dispositif_choices import dispositif_names
from osnp_console.ui.preferences.effecteurs.page import EMPTY, EffecteursPage
from osnp_console.ui.preferences.field_rows import TextRow
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.message_line import MessageLine
from tests.ui.directory_doubles import ChosenFiles, ListedDirectory
from tests.ui.showing import focused, shown

REDON = "44-pays-de-redon-mg"
BREHAULT = Effecteur(
    "10002673899", "Dr Camille Inventé", "médecin généraliste", (REDON,), ("sas-44",), Place(city="Redon")
)
MAURY = Effecteur("10100050075", "Dr Paul Imaginé", "médecin généraliste", place=Place(city="Pipriac"))
SAS_44 = AgendaSource("sas-44", SourceKind.SAS_FHIR, "SAS 44", url="https://agenda.exemple.fr/fhir")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The catalogue of the program."""
    gazetteer = load_gazetteer(resources() / "communes" / "communes.tsv.gz")
    cache: Path = tmp_path_factory.mktemp("cache")
    day = datetime(2026, 11, 24, tzinfo=UTC).date()
    return open_catalogue(resources(), cache / "site", cache, gazetteer.living, day)


@pytest.fixture
def directory(catalogue: Catalogue) -> ListedDirectory:
    """Two practitioners, one agenda."""
    return ListedDirectory(catalogue, {one.id: one for one in (BREHAULT, MAURY)}, (SAS_44,))


Make = Callable[[], EffecteursPage]


@pytest.fixture
def files() -> ChosenFiles:
    """Which files the person chooses."""
    return ChosenFiles()


@pytest.fixture
def make(qtbot: QtBot, theme: Theme, directory: ListedDirectory, files: ChosenFiles) -> Make:
    """Makes pages over the same directory, as a change of theme does."""
    unfinished = Unfinished()
    held: list[object] = []

    def page() -> EffecteursPage:
        made = EffecteursPage(
            theme, directory, dispositif_names(directory.catalogue.dispositifs), files, unfinished
        )
        held.extend((made, shown(qtbot, made, width=1100, height=640)))
        return made

    return page


@pytest.fixture
def page(make: Make) -> EffecteursPage:
    """The page, shown."""
    return make()


def _write(qtbot: QtBot, page: EffecteursPage, name: str, text: str, *, over: bool = True) -> None:
    row = page.form.rows[name]
    assert isinstance(row, TextRow)
    focused(qtbot, row.line)
    if over:
        row.line.line_edit.selectAll()
    QTest.keyClicks(row.line.line_edit, text)
    QTest.keyClick(row.line.line_edit, Qt.Key.Key_Return)


def _said(page: EffecteursPage, name: str) -> str:
    lines = page.form.rows[name].findChildren(MessageLine)
    return " ".join(one.words for one in lines if one.words)


def _keys(page: EffecteursPage) -> list[str]:
    return [row.key for row in page.list.rows]


# --- finding --------------------------------------------------------------------------------------------


def test_the_search_line_finds_by_name_commune_and_number(page: EffecteursPage, qtbot: QtBot) -> None:
    assert _keys(page) == [BREHAULT.id, MAURY.id]
    focused(qtbot, page.search)
    QTest.keyClicks(page.search.line_edit, "imagine pip")
    assert _keys(page) == [MAURY.id]
    assert page.search.annotation == "1 sur 2"
    page.search.line_edit.selectAll()
    QTest.keyClicks(page.search.line_edit, "10002 673")
    assert _keys(page) == [BREHAULT.id]


def test_down_goes_from_the_search_line_to_the_list_and_enter_to_the_form(
    page: EffecteursPage, qtbot: QtBot
) -> None:
    page.focus_first()
    QTest.keyClick(page.search.line_edit, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    row = page.form.rows["identifiant"]
    assert isinstance(row, TextRow)
    assert row.line.line_edit.hasFocus()
    QTest.keyClick(row.line.line_edit, Qt.Key.Key_Escape)
    assert page.list.hasFocus()


def test_an_empty_directory_says_what_to_do(make: Make, directory: ListedDirectory) -> None:
    directory.effecteurs.clear()
    assert make().message.words == EMPTY


# --- editing --------------------------------------------------------------------------------------------


def test_a_field_is_applied_on_leaving_it(
    page: EffecteursPage, directory: ListedDirectory, qtbot: QtBot
) -> None:
    page.list.choose(MAURY.id)
    _write(qtbot, page, "commune", "Guipry")
    assert directory.effecteurs[MAURY.id].place.city == "Guipry"
    assert "Guipry" in next(row.second for row in page.list.rows if row.key == MAURY.id)


def test_a_refused_number_stays_typed_under_its_sentence_and_the_rest_is_kept(
    page: EffecteursPage, directory: ListedDirectory, qtbot: QtBot
) -> None:
    page.list.choose(MAURY.id)
    _write(qtbot, page, "identifiant", "123")
    assert "RPPS" in _said(page, "identifiant")
    _write(qtbot, page, "nom", "Dr Paul Autre")
    assert directory.effecteurs[MAURY.id].name == "Dr Paul Autre"
    assert page.form.rows["identifiant"].value == "123"
    page.list.choose(BREHAULT.id)
    assert page.form.rows["identifiant"].value == BREHAULT.id
    page.list.choose(MAURY.id)
    assert page.form.rows["identifiant"].value == "123"
    assert "RPPS" in _said(page, "identifiant")


def test_another_number_replaces_the_entry_and_keeps_it_on_screen(
    page: EffecteursPage, directory: ListedDirectory, qtbot: QtBot
) -> None:
    page.list.choose(MAURY.id)
    _write(qtbot, page, "identifiant", "810100050083")
    assert sorted(directory.effecteurs) == ["10002673899", "10100050083"]
    assert page.list.current_key == "10100050083"


def test_a_number_that_somebody_else_has_is_refused(
    page: EffecteursPage, directory: ListedDirectory, qtbot: QtBot
) -> None:
    page.list.choose(MAURY.id)
    _write(qtbot, page, "identifiant", BREHAULT.id)
    assert BREHAULT.name in _said(page, "identifiant")
    assert directory.effecteurs[BREHAULT.id] == BREHAULT


def test_agendas_and_dispositifs_are_ticked_by_their_names(
    page: EffecteursPage, directory: ListedDirectory, qtbot: QtBot
) -> None:
    page.list.choose(MAURY.id)
    page.form.sources.choices.list.setCurrentRow(0)
    QTest.keyClick(page.form.sources.choices.list, Qt.Key.Key_Space)
    assert directory.effecteurs[MAURY.id].sources == ("sas-44",)
    page.list.choose(BREHAULT.id)
    assert page.form.rows["dispositifs"].value == REDON
    assert page.form.sources.value == "sas-44"


def test_typing_goes_on_while_the_field_before_is_being_kept(
    page: EffecteursPage, directory: ListedDirectory, qtbot: QtBot
) -> None:
    page.list.choose(MAURY.id)
    row = page.form.rows["profession"]
    assert isinstance(row, TextRow)
    focused(qtbot, row.line)
    QTest.keyClicks(row.line.line_edit, "x")
    page.load()  # the list is told anew in the middle of a word
    QTest.keyClicks(row.line.line_edit, "y")
    QTest.keyClick(row.line.line_edit, Qt.Key.Key_Return)
    assert directory.effecteurs[MAURY.id].profession == "médecin généralistexy"


def test_a_disk_that_refuses_is_said_and_what_was_typed_stays(
    page: EffecteursPage, directory: ListedDirectory, qtbot: QtBot
) -> None:
    page.list.choose(MAURY.id)
    directory.trouble = "Disque plein."
    _write(qtbot, page, "note", "rappeler")
    assert page.form.state.words == "Disque plein."
    assert page.form.rows["note"].value == "rappeler"


# --- adding, removing -----------------------------------------------------------------------------------


def test_a_new_entry_is_kept_once_it_has_a_number_and_a_name_and_outlives_the_panels_before(
    make: Make, directory: ListedDirectory, qtbot: QtBot
) -> None:
    page = make()
    page.add.click()
    _write(qtbot, page, "nom", "Maison de sante")
    assert "Il manque" in page.form.state.words
    assert len(directory.effecteurs) == 2
    again = make()
    again.list.choose(again.list.rows[0].key)
    assert again.form.rows["nom"].value == "Maison de sante"
    _write(qtbot, again, "identifiant", "26440001300012")
    assert directory.effecteurs["26440001300012"].name == "Maison de sante"
    assert _keys(again) == [BREHAULT.id, MAURY.id, "26440001300012"]


def test_removing_is_asked_for_in_place(page: EffecteursPage, directory: ListedDirectory) -> None:
    page.list.choose(MAURY.id)
    page.form.remove.ask.click()
    page.form.remove.no.click()
    assert MAURY.id in directory.effecteurs
    page.form.remove.ask.click()
    page.form.remove.yes.click()
    assert list(directory.effecteurs) == [BREHAULT.id]
    assert _keys(page) == [BREHAULT.id]


# --- tables ---------------------------------------------------------------------------------------------


def test_a_table_is_shown_line_by_line_before_anything_is_kept(
    page: EffecteursPage, directory: ListedDirectory, files: ChosenFiles
) -> None:
    files.read = "/srv/praticiens.csv"
    directory.files[files.read] = f"RPPS;Nom\n{MAURY.id};Autre\n10100050083;Nouveau\n12;Court\n"
    page.load_table.click()
    assert page.report.summary.text().startswith("1 à ajouter, 1 à remplacer, 1 refusées.")
    assert page.report.lines.rows[0].title == "Court"
    assert len(directory.effecteurs) == 2
    page.report.take.click()
    assert directory.effecteurs["10100050083"].name == "Nouveau"
    assert directory.effecteurs[MAURY.id].name == "Autre"
    assert page.message.words == "2 effecteurs enregistrés."


def test_a_report_given_up_keeps_nothing(
    page: EffecteursPage, directory: ListedDirectory, files: ChosenFiles
) -> None:
    files.read = "/srv/praticiens.csv"
    directory.files[files.read] = "RPPS;Nom\n10100050083;Nouveau\n"
    page.load_table.click()
    page.report.cancel.click()
    assert len(directory.effecteurs) == 2
    assert page.list.hasFocus()


def test_a_table_without_a_number_column_has_its_sentence(
    page: EffecteursPage, directory: ListedDirectory, files: ChosenFiles
) -> None:
    files.read = "/srv/praticiens.csv"
    directory.files[files.read] = "Couleur;Nom\nbleu;Nouveau\n"
    page.load_table.click()
    assert "RPPS" in page.message.words


def test_the_directory_is_written_as_a_table_that_gives_it_again(
    page: EffecteursPage, directory: ListedDirectory, files: ChosenFiles
) -> None:
    files.written = files.read = "/srv/annuaire.csv"
    page.save_table.click()
    assert page.message.words == "2 effecteurs écrits dans le tableau."
    before = dict(directory.effecteurs)
    directory.effecteurs.clear()
    page.load_table.click()
    page.report.take.click()
    assert directory.effecteurs == before


# --- the Annuaire Santé ---------------------------------------------------------------------------------


def test_somebody_found_in_the_annuaire_sante_is_added_and_their_form_opened(
    page: EffecteursPage, directory: ListedDirectory, qtbot: QtBot
) -> None:
    directory.key = "cle"
    directory.national = {"10100050083": Effecteur("10100050083", "Dr Lise Fictive", "médecin")}
    page.look_up.click()
    assert page.national.key.line.annotation == "enregistré"
    focused(qtbot, page.national.rpps)
    QTest.keyClicks(page.national.rpps.line_edit, "10100050083")
    QTest.keyClick(page.national.rpps.line_edit, Qt.Key.Key_Return)
    assert page.national.outcome.words == "Répondu\u202f: 1 trouvé."
    QTest.keyClick(page.national.list, Qt.Key.Key_Return)
    assert directory.effecteurs["10100050083"].name == "Dr Lise Fictive"
    assert page.form.rows["nom"].value == "Dr Lise Fictive"
    assert page.list.current_key == "10100050083"


def test_without_a_key_the_annuaire_sante_is_not_asked_and_the_key_is_never_shown(
    page: EffecteursPage, directory: ListedDirectory, qtbot: QtBot
) -> None:
    page.look_up.click()
    focused(qtbot, page.national.city)
    QTest.keyClicks(page.national.city.line_edit, "Redon")
    QTest.keyClick(page.national.city.line_edit, Qt.Key.Key_Return)
    assert "clé" in page.national.outcome.words
    focused(qtbot, page.national.key.line)
    QTest.keyClicks(page.national.key.line.line_edit, "une-cle")
    QTest.keyClick(page.national.key.line.line_edit, Qt.Key.Key_Return)
    assert directory.key == "une-cle"
    assert page.national.key.line.text() == ""
    page.national.ask.click()
    assert directory.wanted[-1] == LookUp(None, "Redon", "", "medecin")
    assert page.national.outcome.words == "Répondu\u202f: personne ne correspond."

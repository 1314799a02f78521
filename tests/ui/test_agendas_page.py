"""The heading Agendas: rights of the desk, agendas declared, edited, tried, removed; secrets never shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.app.ports import SourceMemory
from osnp_console.app.preferences import Preferences
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.ruling import Rights
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from osnp_console.ui.preferences.agendas.form import SourceForm
from osnp_console.ui.preferences.agendas.forms import HELD
from osnp_console.ui.preferences.agendas.page import NONE_DECLARED, OWN, AgendasPage
from osnp_console.ui.preferences.agendas.rights import NONE_LEFT
from osnp_console.ui.preferences.dispositif_choices import DispositifsRow
from osnp_console.ui.preferences.field_rows import FileRow, ListRow, TextRow
from osnp_console.ui.preferences.page import KeptPreferences
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.message_line import MessageLine
from tests.ui.agenda_doubles import HandedActs
from tests.ui.doubles import NOW
from tests.ui.showing import focused, shown, spoken_name
from tests.ui.test_regulator_fields import Keeper

NAMES = {"44-a-mg": "A · Médecine générale · 44", "44-b-mg": "B · Médecine générale · 44"}
SAS_44 = AgendaSource("sas-44", SourceKind.SAS_FHIR, "SAS 44", url="https://agenda.exemple.fr/fhir")


@pytest.fixture
def acts() -> HandedActs:
    """One agenda is declared."""
    return HandedActs(tuple(NAMES), {SAS_44.id: SAS_44})


@pytest.fixture
def keeper() -> Keeper:
    """What the page keeps of the preferences."""
    return Keeper()


Make = Callable[..., AgendasPage]


@pytest.fixture
def make(qtbot: QtBot, theme: Theme, acts: HandedActs, keeper: Keeper, qapp: QApplication) -> Make:
    """Makes pages over the same acts, as a change of theme does."""
    held: list[object] = []
    unfinished = Unfinished()

    def page(choose: Callable[[str], str] = lambda title: "") -> AgendasPage:
        kept = KeptPreferences(keeper, keeper.load(), qapp)
        made = AgendasPage(theme, kept, acts, NAMES, choose, unfinished)
        held.extend((kept, made, shown(qtbot, made, width=1100, height=620)))
        return made

    return page


@pytest.fixture
def page(make: Make) -> AgendasPage:
    """The page, shown."""
    return make()


def _form(page: AgendasPage) -> SourceForm:
    form = page.forms.currentWidget()
    assert isinstance(form, SourceForm)
    return form


def _write(qtbot: QtBot, form: SourceForm, path: str, text: str, *, over: bool = True) -> None:
    """Type in a field and leave it."""
    target = form.rows[path]
    assert isinstance(target, TextRow)
    focused(qtbot, target.line)
    if over:
        target.line.line_edit.selectAll()
    QTest.keyClicks(target.line.line_edit, text)
    QTest.keyClick(target.line.line_edit, Qt.Key.Key_Return)


def _said(widget: QWidget) -> str:
    """The sentence under a row, wherever it stands."""
    return " ".join(one.words for one in widget.findChildren(MessageLine) if one.words)


# --- rights ---------------------------------------------------------------------------------------------


def test_the_usual_types_are_ticked_and_a_cleared_one_is_kept_so(page: AgendasPage, keeper: Keeper) -> None:
    ticked = {code for code, box in page.rights.ticks.items() if box.is_ticked}
    assert ticked == {"PUBLIC", "PRO", "SNP"}
    assert page.rights.territory.is_ticked
    QTest.keyClick(page.rights.ticks["PRO"], Qt.Key.Key_Space)
    assert keeper.load().rights == Rights(frozenset({"PUBLIC", "SNP"}))


def test_a_type_that_this_console_does_not_know_keeps_its_right(
    make: Make, keeper: Keeper, qtbot: QtBot
) -> None:
    keeper.save(Preferences(rights=Rights(frozenset({"PUBLIC", "PDM"}))))
    page = make()
    QTest.keyClick(page.rights.ticks["SNP"], Qt.Key.Key_Return)
    assert keeper.load().rights.types == {"PUBLIC", "PDM", "SNP"}


def test_a_desk_that_may_book_nothing_is_told_so(page: AgendasPage) -> None:
    for code in ("PUBLIC", "PRO", "SNP"):
        page.rights.ticks[code].click()
    page.rights.territory.click()
    assert page.rights.message.words == NONE_LEFT
    page.rights.ticks["PRO"].click()
    assert page.rights.message.words == ""


def test_the_desks_own_choices_are_the_first_row_and_say_what_is_ticked(page: AgendasPage) -> None:
    assert page.list.rows[0].second == "Publics, Professionnels, SNP, CPTS du territoire du poste"
    page.focus_first()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.rights.ticks["PUBLIC"].hasFocus()
    QTest.keyClick(page.rights.ticks["PUBLIC"], Qt.Key.Key_Space)
    assert page.list.rows[0].second == "Professionnels, SNP, CPTS du territoire du poste"


# --- the list -------------------------------------------------------------------------------------------


def test_no_agenda_has_its_sentence_and_the_keyboard_is_in_the_list(make: Make, acts: HandedActs) -> None:
    acts.sources.clear()
    page = make()
    assert page.message.words == NONE_DECLARED
    page.focus_first()
    assert page.list.hasFocus()
    assert page.list.current_key == OWN


def test_each_row_says_how_the_agenda_last_answered_and_when_it_last_had_slots(
    make: Make, acts: HandedActs
) -> None:
    acts.memories["sas-44"] = SourceMemory(NOW - timedelta(hours=1), (), NOW - timedelta(days=1))
    page = make()
    row = page.list.rows[1]
    assert (row.title, row.kind) == ("SAS 44", "SAS inventé (FHIR)")
    assert row.second == "a répondu à 09:02 · avait des créneaux hier à 10:02"


def test_a_base_that_cannot_be_read_says_why_and_is_read_again(make: Make, acts: HandedActs) -> None:
    acts.trouble = "La base est occupée."
    page = make()
    assert page.message.words == "La base est occupée."
    acts.trouble = None
    page.message.action_wanted.emit()
    assert [row.key for row in page.list.rows] == [OWN, "sas-44"]


# --- editing --------------------------------------------------------------------------------------------


def test_a_field_is_applied_on_leaving_it(page: AgendasPage, acts: HandedActs, qtbot: QtBot) -> None:
    page.list.choose("sas-44")
    _write(qtbot, _form(page), "nom", "SAS de Loire-Atlantique")
    assert acts.sources["sas-44"].name == "SAS de Loire-Atlantique"
    assert page.list.rows[1].title == "SAS de Loire-Atlantique"


def test_a_refused_field_has_its_sentence_under_itself_stays_typed_and_holds_nothing_else_up(
    page: AgendasPage, acts: HandedActs, qtbot: QtBot
) -> None:
    page.list.choose("sas-44")
    form = _form(page)
    _write(qtbot, form, "url", "http://agenda.exemple.fr")
    assert "https" in _said(form.rows["url"])
    _write(qtbot, form, "nom", "Autre nom")
    assert acts.sources["sas-44"].name == "Autre nom"
    assert acts.sources["sas-44"].url == SAS_44.url
    assert form.rows["url"].value == "http://agenda.exemple.fr"
    assert "https" in _said(form.rows["url"])
    _write(qtbot, form, "url", "https://autre.exemple.fr")
    assert acts.sources["sas-44"].url == "https://autre.exemple.fr"
    assert _said(form.rows["url"]) == ""


def test_a_key_without_its_certificate_waits_for_it_and_both_are_then_kept(
    page: AgendasPage, acts: HandedActs, qtbot: QtBot
) -> None:
    page.list.choose("sas-44")
    form = _form(page)
    _write(qtbot, form, "tls.cle", "/etc/cle.pem")
    assert acts.sources["sas-44"] == SAS_44
    assert "certificat" in _said(form.rows["tls.certificat"])
    _write(qtbot, form, "tls.certificat", "/etc/certificat.pem")
    assert acts.sources["sas-44"].tls.key == "/etc/cle.pem"
    assert acts.sources["sas-44"].tls.certificate == "/etc/certificat.pem"


def test_numbers_lose_their_blanks_and_a_wrong_one_is_refused_under_the_list(
    page: AgendasPage, acts: HandedActs, qtbot: QtBot
) -> None:
    page.list.choose("sas-44")
    form = _form(page)
    numbers, name = form.rows["effecteurs"], form.rows["nom"]
    assert isinstance(numbers, ListRow)
    assert isinstance(name, TextRow)
    focused(qtbot, numbers.list.focus_target())
    QTest.keyClicks(numbers.list.focus_target(), "10002 673 899, 10100050075")
    focused(qtbot, name.line)
    assert acts.sources["sas-44"].practitioners == ("10002673899", "10100050075")
    assert form.rows["effecteurs"].value == ["10002673899", "10100050075"]


def test_a_dispositif_is_found_by_its_name_and_ticked(
    page: AgendasPage, acts: HandedActs, qtbot: QtBot
) -> None:
    page.list.choose("sas-44")
    row = _form(page).rows["dispositifs"]
    assert isinstance(row, DispositifsRow)
    choices = row.choices.choices
    focused(qtbot, choices.filter)
    QTest.keyClicks(choices.filter.line_edit, "b med")
    QTest.keyClick(choices.filter.line_edit, Qt.Key.Key_Return)
    choices.list.setCurrentRow(1)
    QTest.keyClick(choices.list, Qt.Key.Key_Space)
    assert acts.sources["sas-44"].dispositifs == ("44-b-mg",)


def test_a_file_is_chosen_by_the_systems_dialog(make: Make, acts: HandedActs) -> None:
    page = make(lambda title: "/etc/autorite.pem" if title == "Certificat du poste" else "")
    page.list.choose("sas-44")
    row = _form(page).rows["tls.certificat"]
    assert isinstance(row, FileRow)
    row.browse.click()
    assert acts.sources["sas-44"].tls.certificate == "/etc/autorite.pem"


def test_a_disk_that_refuses_is_said_and_what_was_typed_stays(
    page: AgendasPage, acts: HandedActs, qtbot: QtBot
) -> None:
    page.list.choose("sas-44")
    acts.trouble = "Disque plein : rien n’a été écrit."
    _write(qtbot, _form(page), "nom", "Autre nom")
    form = _form(page)
    assert "Disque plein" in form.state.details
    assert form.rows["nom"].value == "Autre nom"
    acts.trouble = None
    _write(qtbot, form, "nom", " bis", over=False)
    assert acts.sources["sas-44"].name == "Autre nom bis"
    assert "Disque plein" not in form.state.details


# --- adding, removing -----------------------------------------------------------------------------------


def _begin(page: AgendasPage, title: str) -> SourceForm:
    page.add.click()
    page.kinds.list.choose(title)
    QTest.keyClick(page.kinds.list, Qt.Key.Key_Return)
    return _form(page)


def test_a_new_agenda_is_kept_as_soon_as_nothing_lacks(
    page: AgendasPage, acts: HandedActs, qtbot: QtBot
) -> None:
    form = _begin(page, "SAS inventé (FHIR)")
    _write(qtbot, form, "nom", "Maison de sante")
    assert list(acts.sources) == ["sas-44"]
    assert "adresse" in form.state.details
    assert page.list.rows[-1].second == "pas encore enregistré"
    assert not form.attempt.isEnabled()
    _write(qtbot, form, "url", "https://rdv.exemple.fr/fhir")
    assert acts.sources["maison-de-sante"].url == "https://rdv.exemple.fr/fhir"
    assert page.list.current_key == "maison-de-sante"
    assert form.attempt.isEnabled()


def test_two_agendas_of_one_name_have_two_ids(page: AgendasPage, acts: HandedActs, qtbot: QtBot) -> None:
    for _ in range(2):
        form = _begin(page, "Téléphone inventé")
        _write(qtbot, form, "nom", "Ligne de garde")
        _write(qtbot, form, "options.numero", "02 40 00 00 00")
    assert list(acts.sources) == ["sas-44", "ligne-de-garde", "ligne-de-garde-2"]


def test_a_draft_and_a_refused_field_outlive_the_panels(make: Make, acts: HandedActs, qtbot: QtBot) -> None:
    page = make()
    page.list.choose("sas-44")
    _write(qtbot, _form(page), "url", "ftp://agenda")
    form = _begin(page, "SAS inventé (FHIR)")
    _write(qtbot, form, "nom", "Maison de sante")
    row = form.rows["url"]
    assert isinstance(row, TextRow)
    focused(qtbot, row.line)
    QTest.keyClicks(row.line.line_edit, "https:")
    again = make()
    again.list.choose("sas-44")
    assert _form(again).rows["url"].value == "ftp://agenda"
    assert "https" in _said(_form(again).rows["url"])
    assert again.list.rows[-1].title == "Maison de sante"
    again.list.choose(again.list.rows[-1].key)
    assert _form(again).rows["url"].value == "https:"
    _write(qtbot, _form(again), "url", "//rdv.exemple.fr/fhir", over=False)
    assert acts.sources["maison-de-sante"].url == "https://rdv.exemple.fr/fhir"


def test_each_letter_is_held_before_the_field_is_left(page: AgendasPage, qtbot: QtBot) -> None:
    page.list.choose("sas-44")
    row = _form(page).rows["url"]
    assert isinstance(row, TextRow)
    focused(qtbot, row.line)
    row.line.line_edit.selectAll()
    QTest.keyClicks(row.line.line_edit, "https:")
    held = page.forms._unfinished.held(HELD)["sas-44"]
    assert isinstance(held, dict)
    assert held["url"] == "https:"


def test_removing_is_asked_for_in_place_and_escape_gives_up(
    page: AgendasPage, acts: HandedActs, qtbot: QtBot
) -> None:
    page.list.choose("sas-44")
    remove = _form(page).remove
    remove.ask.click()
    assert "SAS 44" in remove.words.words
    QTest.keyClick(remove.no, Qt.Key.Key_Escape)
    assert list(acts.sources) == ["sas-44"]
    remove.ask.click()
    remove.yes.click()
    assert not acts.sources
    assert [row.key for row in page.list.rows] == [OWN]
    assert page.message.words == NONE_DECLARED


def test_a_draft_given_up_leaves_nothing_behind(page: AgendasPage, acts: HandedActs, qtbot: QtBot) -> None:
    form = _begin(page, "Téléphone inventé")
    _write(qtbot, form, "nom", "Ligne")
    form.remove.ask.click()
    form.remove.yes.click()
    assert [row.key for row in page.list.rows] == [OWN, "sas-44"]
    assert page.forms._unfinished.held(HELD) == {}


# --- trying ---------------------------------------------------------------------------------------------


def test_trying_says_under_way_then_the_real_outcome_in_the_form_and_in_the_list(
    page: AgendasPage, acts: HandedActs
) -> None:
    page.list.choose("sas-44")
    form = _form(page)
    form.attempt.click()
    assert form.state.words == "en cours"
    assert not form.attempt.isEnabled()
    acts.answer(SourceState.ANSWERED, read=14)
    assert form.state.words == "répondu · 14 créneaux · 10:02:00"
    assert page.list.rows[1].second == "répondu · 14 créneaux"
    form.attempt.click()
    acts.answer(SourceState.REFUSED, message="certificat expiré le 20/11")
    assert form.state.words == "accès refusé\u202f: certificat expiré le 20/11 · 10:02:00"
    assert form.attempt.isEnabled()


def test_while_an_agenda_is_tried_the_others_can_be_edited(
    page: AgendasPage, acts: HandedActs, qtbot: QtBot
) -> None:
    page.list.choose("sas-44")
    tried = _form(page)
    tried.attempt.click()
    form = _begin(page, "Téléphone inventé")
    _write(qtbot, form, "nom", "Ligne")
    _write(qtbot, form, "options.numero", "15")
    assert "ligne" in acts.sources
    acts.answer(SourceState.EMPTY)
    assert tried.state.words.startswith("répondu · rien de libre")


def test_a_phone_is_read_by_a_person_and_has_nothing_to_try(
    page: AgendasPage, acts: HandedActs, qtbot: QtBot
) -> None:
    form = _begin(page, "Téléphone inventé")
    assert form.attempt.isHidden()


# --- secrets --------------------------------------------------------------------------------------------


def test_a_secret_goes_to_the_keyring_and_is_never_shown_again(
    page: AgendasPage, acts: HandedActs, qtbot: QtBot
) -> None:
    page.list.choose("sas-44")
    row = _form(page).secrets["mot_de_passe_cle"]
    assert row.line.line_edit.echoMode() is QLineEdit.EchoMode.Password
    focused(qtbot, row.line)
    QTest.keyClicks(row.line.line_edit, "phrase")
    QTest.keyClick(row.line.line_edit, Qt.Key.Key_Return)
    assert acts.secrets == {("sas-44", "mot_de_passe_cle"): "phrase"}
    assert row.line.text() == ""
    assert row.line.annotation == "enregistré"
    row.drop.click()
    assert acts.secrets == {}
    assert row.line.annotation == ""


def test_a_keyring_that_refuses_says_so_and_the_secret_stays_typed(
    page: AgendasPage, acts: HandedActs, qtbot: QtBot
) -> None:
    page.list.choose("sas-44")
    row = _form(page).secrets["mot_de_passe_cle"]
    acts.trouble = "Le trousseau est verrouillé."
    focused(qtbot, row.line)
    QTest.keyClicks(row.line.line_edit, "phrase")
    QTest.keyClick(row.line.line_edit, Qt.Key.Key_Return)
    assert row.line.text() == "phrase"
    assert row.line.message.words == "Le trousseau est verrouillé."


def test_a_secret_typed_in_a_draft_is_kept_once_the_agenda_is(
    page: AgendasPage, acts: HandedActs, qtbot: QtBot
) -> None:
    form = _begin(page, "SAS inventé (FHIR)")
    row = form.secrets["mot_de_passe_cle"]
    focused(qtbot, row.line)
    QTest.keyClicks(row.line.line_edit, "phrase")
    _write(qtbot, form, "nom", "Maison")
    assert acts.secrets == {}
    _write(qtbot, form, "url", "https://rdv.exemple.fr/fhir")
    assert acts.secrets == {("maison", "mot_de_passe_cle"): "phrase"}
    assert "phrase" not in str(page.forms._unfinished.held(HELD))


# --- keyboard -------------------------------------------------------------------------------------------


def test_enter_opens_the_form_and_escape_comes_back_to_the_list(page: AgendasPage, qtbot: QtBot) -> None:
    page.list.choose("sas-44")
    page.focus_first()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    name = _form(page).rows["nom"]
    assert isinstance(name, TextRow)
    assert name.line.line_edit.hasFocus()
    QTest.keyClick(name.line.line_edit, Qt.Key.Key_Escape)
    assert page.list.hasFocus()


def test_every_field_is_read_aloud_by_its_label(page: AgendasPage) -> None:
    page.list.choose("sas-44")
    form = _form(page)
    for path, row in form.rows.items():
        if isinstance(row, TextRow):
            assert spoken_name(row.line.line_edit) == row.field.label, path


# --- distances ------------------------------------------------------------------------------------------


def test_distances_are_off_until_ticked_and_the_sentence_says_what_leaves_the_desk(
    page: AgendasPage, keeper: Keeper
) -> None:
    assert not page.distances.tick.is_ticked
    assert "geo.api.gouv.fr" in page.distances.leaves.text()
    assert page.distances.tick.accessibleDescription() == page.distances.leaves.text()
    QTest.keyClick(page.distances.tick, Qt.Key.Key_Space)
    assert keeper.load().distances is True
    QTest.keyClick(page.distances.tick, Qt.Key.Key_Space)
    assert keeper.load().distances is False


def test_distances_that_were_allowed_are_ticked(make: Make, keeper: Keeper) -> None:
    keeper.save(Preferences(distances=True))
    assert make().distances.tick.is_ticked

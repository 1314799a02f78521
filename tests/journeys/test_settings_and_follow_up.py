"""What the settings do in the window, and what the follow-up says when it finds nothing or cannot look."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager

import pytest

from osnp_console.app.ports import StoreFailure, Unit
from osnp_console.desk.settings import KeptPreferences
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import journal
from osnp_console.ui.follow_up.workspace import FollowUpWorkspace
from osnp_console.ui.frame.rail import Place
from osnp_console.ui.preferences.desk_page import NOT_A_NUMBER
from osnp_console.ui.preferences.workspace import PreferencesWorkspace
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.test_redon_call import talk


def settings(operator: Operator, heading: str) -> PreferencesWorkspace:
    """Réglages, at a heading."""
    pressed("Alt+R")
    place = operator.frame.places.workspace(Place.PREFERENCES)
    assert isinstance(place, PreferencesWorkspace)
    place.show_heading(heading)
    return place


def follow_up(operator: Operator) -> FollowUpWorkspace:
    """Suivi, the keyboard in its search line."""
    pressed("Ctrl+F")
    place = operator.frame.places.workspace(Place.FOLLOW_UP)
    assert isinstance(place, FollowUpWorkspace)
    return place


def searches(operator: Operator) -> list[object]:
    """What the journal keeps of searches of persons, in order."""
    with operator.workstation.behind() as connection:
        found = connection.execute(
            "select f.facts from journal j join journal_facts f on f.desk = j.desk and f.number = j.number"
            " where j.kind = ? order by j.number",
            (journal.SEARCHED,),
        ).fetchall()
    return [json.loads(one) for (one,) in found]


# --- Réglages -------------------------------------------------------------------------------------------


def test_the_number_of_the_desk_is_taken_on_leaving_its_field_and_shown_in_the_top_bar(
    operator: Operator,
) -> None:
    page = settings(operator, "Ce poste").desk
    page.number.setFocus()
    page.number.line_edit.selectAll()
    typed("7")
    pressed("Tab")
    assert operator.frame.top.desk.text() == "SAS 44 · poste 7"
    assert KeptPreferences(operator.workstation.settings).load().desk.number == 7


def test_a_number_that_is_none_has_its_sentence_stays_typed_and_changes_nothing(operator: Operator) -> None:
    page = settings(operator, "Ce poste").desk
    page.number.setFocus()
    page.number.line_edit.selectAll()
    typed("trois")
    pressed("Tab")
    assert page.number.message.words.endswith(NOT_A_NUMBER)
    assert page.number.text() == "trois"
    assert KeptPreferences(operator.workstation.settings).load().desk.number == 3


def test_a_theme_chosen_in_the_settings_shows_at_once_and_leaves_the_settings_where_they_were(
    operator: Operator,
) -> None:
    talk(operator)
    before = operator.sheet
    page = settings(operator, "Apparence").look
    page.theme_choice.setFocus()
    pressed("S")
    operator.qtbot.waitUntil(lambda: operator.window.theme.dark)
    again = operator.frame.places.workspace(Place.PREFERENCES)
    assert isinstance(again, PreferencesWorkspace)
    assert again.heading == "Apparence"
    assert again.isVisible()
    assert operator.sheet == before


def test_who_to_call_in_an_emergency_is_in_the_band_from_the_next_alarm_on(operator: Operator) -> None:
    page = settings(operator, "Urgence vitale").emergency
    page.name.setFocus()
    page.name.line_edit.selectAll()
    typed("Dr de garde")
    pressed("Tab")
    pressed("F2")
    pressed("F12")
    assert "Appeler Dr de garde" in operator.words_in(operator.frame.alarm)


def test_the_base_is_verified_from_the_settings_and_says_how_much_it_holds(operator: Operator) -> None:
    talk(operator)
    operator.wait_saved()
    page = settings(operator, "Base").base
    page.verify.setFocus()
    pressed("Return")
    operator.qtbot.waitUntil(lambda: "Base saine" in page.outcome.words, timeout=20_000)
    assert "1 appels" in page.outcome.words
    assert "trousseau" in " ".join(operator.words_in(page))


def test_a_changed_line_of_the_journal_is_said_by_the_settings(operator: Operator) -> None:
    talk(operator)
    operator.wait_saved()
    with operator.workstation.behind() as connection:
        connection.execute("update journal set kind = 'alarme' where number = 2")
    page = settings(operator, "Journal").journal
    page.verify.setFocus()
    pressed("Return")
    operator.qtbot.waitUntil(lambda: "ligne 2" in page.outcome.words, timeout=20_000)
    assert "rompue" in " ".join(operator.words_in(page))


@pytest.mark.file_only
def test_a_copy_is_written_from_the_settings_and_never_over_another_file(operator: Operator) -> None:
    page = settings(operator, "Base").base
    copy = operator.workstation.folder / "copie.base"
    page.target.setFocus()
    page.target.line_edit.selectAll()
    typed(str(copy))
    pressed("Return")
    operator.qtbot.waitUntil(lambda: "Copie écrite" in page.copied.words, timeout=20_000)
    written = copy.read_bytes()
    pressed("Return")
    operator.qtbot.waitUntil(lambda: "écrasé" in page.copied.words, timeout=20_000)
    assert copy.read_bytes() == written


# --- Suivi ----------------------------------------------------------------------------------------------


def test_an_empty_follow_up_says_that_nothing_is_kept_yet(operator: Operator) -> None:
    place = follow_up(operator)
    operator.qtbot.waitUntil(lambda: bool(place.message.words))
    assert place.table.rows == ()


def test_what_is_not_found_says_what_was_understood_and_clears_at_one_key(operator: Operator) -> None:
    talk(operator)
    operator.wait_saved()
    place = follow_up(operator)
    operator.qtbot.waitUntil(lambda: len(place.table.rows) == 1)
    typed("zorglub")
    operator.qtbot.waitUntil(lambda: "zorglub" in place.message.words)
    assert place.table.rows == ()
    place.message.action_wanted.emit()
    operator.qtbot.waitUntil(lambda: len(place.table.rows) == 1)


def test_a_store_that_cannot_look_says_so_and_is_asked_again(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(operator)
    operator.wait_saved()
    place = follow_up(operator)
    operator.qtbot.waitUntil(lambda: len(place.table.rows) == 1)

    def refuse(self: object) -> AbstractContextManager[Unit]:
        raise StoreFailure("disque", "Le disque ne répond plus.")

    with monkeypatch.context() as patch:
        patch.setattr("osnp_console.storage.store.Store.unit", refuse)
        typed("l")
        operator.qtbot.waitUntil(lambda: "Le disque ne répond plus." in place.message.words)
    place.message.action_wanted.emit()
    operator.qtbot.waitUntil(lambda: "disque" not in place.message.words)


def test_a_call_read_in_the_follow_up_shows_what_was_not_asked_and_is_journaled_as_read(
    operator: Operator,
) -> None:
    pressed("F2")
    operator.tab_to("Nom")
    typed("leroux")
    pressed("Tab")
    operator.wait_saved()
    call = operator.call.record.id
    place = follow_up(operator)
    operator.qtbot.waitUntil(lambda: len(place.table.rows) == 1)
    pressed("Down")
    operator.qtbot.waitUntil(lambda: "LEROUX" in operator.words_in(place.call))
    assert "pas demandé" in operator.words_in(place.call)
    operator.qtbot.waitUntil(lambda: operator.window.door.is_idle)
    kinds = operator.journal_of(call)
    assert kinds.count(journal.READ) == 1
    place.search.field.setFocus()
    typed("leroux")
    operator.qtbot.waitUntil(lambda: bool(place.search.chips) and operator.window.door.is_idle)
    pressed("Alt+A")
    operator.wait_saved()
    # The list that was read, then the search that was on screen when Suivi was left; no line a letter.
    assert searches(operator) == [
        {"fiches": 1, "ou": "suivi", "termes": []},
        {"fiches": 1, "ou": "suivi", "termes": ["nom"]},
    ]
    assert operator.sheet.text(fields.BIRTH_NAME) == "LEROUX"

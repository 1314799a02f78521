"""Another desk changed what is typed here: nothing moves under the fingers, and it is asked which stays."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.call_sheet import ASKED
from osnp_console.ui.intake.both_changed import BothChangedStrip
from osnp_console.ui.theme.theme import Theme
from tests.ui.doubles import NOW
from tests.ui.intake_world import ALONE, LANDE, MARAIS, VAL_44, VAL_49, Intake, press
from tests.ui.other_desk import OtherDesk
from tests.ui.showing import spoken_description, spoken_name

LONG = "\n".join(f"Ligne {n} de la note de l’autre poste, plus longue que la colonne." for n in range(1, 13))


@pytest.fixture
def there(intake: Intake) -> OtherDesk:
    return OtherDesk(intake)


@pytest.fixture
def told(intake: Intake) -> list[str]:
    """What is said in the journal strip."""
    found: list[str] = []
    intake.differences.told.connect(lambda call, words: found.append(words))
    return found


def strip(intake: Intake) -> BothChangedStrip:
    return intake.panel.strip


def sentence(intake: Intake) -> str:
    return strip(intake).title.text() if strip(intake).isVisible() else ""


def asked(intake: Intake, start: str) -> None:
    """Wait until it is asked."""
    intake.qtbot.waitUntil(lambda: sentence(intake).startswith(start))


def answers(intake: Intake) -> tuple[str, str]:
    """One's own answer and the other desk's, as the strip shows them."""
    return strip(intake).mine.words.toPlainText(), strip(intake).theirs.words.toPlainText()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def top(intake: Intake, widget: QWidget) -> int:
    return widget.mapTo(intake.window, QPoint(0, 0)).y()


def test_who_changed_the_field_and_both_answers_are_shown(intake: Intake, there: OtherDesk) -> None:
    intake.type(facts.RESIDENCE, "lande-le-bourg")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    there.answer({facts.RESIDENCE: MARAIS.code})
    asked(intake, "É. Tessier a changé la commune à 10:03. Garder la vôtre ou prendre la sienne\u202f?")
    assert answers(intake) == ("Lande-le-Bourg · 44990", "Marais-sur-Mer · 44993")
    assert [side.button.text() for side in (strip(intake).mine, strip(intake).theirs)] == [
        "Garder la mienne",
        "Prendre la sienne",
    ]
    assert strip(intake).place.isHidden()
    assert intake.fact(facts.RESIDENCE) == LANDE, "nothing is replaced before one chooses"


def test_one_types_on_in_the_same_field_at_the_same_place_while_the_question_appears(
    intake: Intake, there: OtherDesk
) -> None:
    field = intake.type(fields.BIRTH_NAME, "mart")
    line = intake.line(fields.BIRTH_NAME).line_edit
    line.setCursorPosition(2)
    there.answer({fields.BIRTH_NAME: "DUPONT"})
    asked(intake, "É. Tessier a changé le nom")
    assert (focused(), line.text(), line.cursorPosition()) == (field, "mart", 2)
    press(focused(), "x")
    assert line.text() == "maxrt"
    assert answers(intake) == ("mart", "DUPONT"), "the words over the form rest while one types"
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert answers(intake) == ("MAXRT", "DUPONT")


@pytest.mark.parametrize("height", [340, 520, 900])
@pytest.mark.parametrize("code", [fields.CALLER_PHONE, facts.RESIDENCE, facts.DELAY, fields.NOTE])
def test_the_field_that_has_the_keyboard_stays_in_sight_when_a_question_comes_and_when_it_goes(
    qtbot: QtBot, theme: Theme, code: str, height: int
) -> None:
    intake = Intake(qtbot, theme, height)
    there = OtherDesk(intake)
    intake.write(fields.BIRTH_NAME, "martin")
    target = intake.go_to(code)
    before = top(intake, target)
    there.answer({fields.BIRTH_NAME: "DUPONT"})
    asked(intake, "É. Tessier")
    QApplication.processEvents()
    view, over = intake.panel.view, strip(intake)
    least = top(intake, over) + over.height()
    assert focused() is target
    assert least <= top(intake, target) <= intake.window.height() - target.height()
    assert over.height() < intake.window.height() * 0.55
    if view.verticalScrollBar().maximum() and before >= least:
        assert abs(top(intake, target) - before) <= theme.px(12), "the scroll gives way, not the row"
    intake.differences.keep_mine()
    QApplication.processEvents()
    assert focused() is target
    assert 0 <= top(intake, target) <= intake.window.height() - target.height()


def test_a_long_form_that_scrolls_does_not_move_at_all_under_a_question(qtbot: QtBot, theme: Theme) -> None:
    intake = Intake(qtbot, theme, 520)
    there = OtherDesk(intake)
    intake.write(fields.BIRTH_NAME, "martin")
    target = intake.go_to(facts.DELAY)
    before = top(intake, target)
    there.answer({fields.BIRTH_NAME: "DUPONT"})
    asked(intake, "É. Tessier")
    QApplication.processEvents()
    assert top(intake, target) == before
    intake.differences.take_theirs()
    QApplication.processEvents()
    assert top(intake, target) == before


def test_without_a_question_the_form_begins_where_it_always_does(intake: Intake, there: OtherDesk) -> None:
    assert intake.panel.view.y() == 1
    intake.write(fields.BIRTH_NAME, "martin")
    there.answer({fields.BIRTH_NAME: "DUPONT"})
    asked(intake, "É. Tessier")
    assert intake.panel.view.y() == 1 + strip(intake).height()
    intake.panel.keep_mine()
    assert intake.panel.view.y() == 1


def test_the_sentence_comes_over_the_form_and_tab_goes_through_it_into_the_first_field(
    intake: Intake, there: OtherDesk
) -> None:
    intake.write(fields.BIRTH_NAME, "martin")
    there.answer({fields.BIRTH_NAME: "DUPONT"})
    asked(intake, "É. Tessier")
    link = intake.go_to(fields.CALLER_LINK)
    QTest.keyClick(link, Qt.Key.Key_Backtab)
    assert focused() is strip(intake).theirs.button
    QTest.keyClick(focused(), Qt.Key.Key_Backtab)
    assert focused() is strip(intake).mine.button
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is link


def test_mine_is_kept_and_theirs_is_taken_with_the_keyboard_one_question_after_the_other(
    intake: Intake, there: OtherDesk
) -> None:
    intake.write(fields.BIRTH_NAME, "martin")
    intake.choose(facts.SEX, "F")
    intake.write(fields.NOTE, "tousse")
    there.answer({fields.BIRTH_NAME: "DUPONT", facts.SEX: "M", fields.NOTE: "fièvre"})
    asked(intake, "É. Tessier a changé le nom")
    assert strip(intake).place.text() == "1 sur 3"
    note = intake.go_to(fields.NOTE)
    strip(intake).mine.button.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    asked(intake, "É. Tessier a changé le sexe")
    assert strip(intake).place.text() == "2 sur 3"
    assert answers(intake) == ("Femme", "Homme")
    assert focused() is strip(intake).mine.button
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    asked(intake, "É. Tessier a changé la note")
    assert strip(intake).place.text() == "3 sur 3"
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert strip(intake).isHidden()
    assert focused() is note, "the keyboard goes back where it came from"
    sheet = intake.sheet
    assert (sheet.text(fields.BIRTH_NAME), sheet.text(facts.SEX), sheet.text(fields.NOTE)) == (
        "MARTIN", "M", "fièvre",
    )  # fmt: skip
    assert intake.segments(facts.SEX).answer == "M"
    assert intake.panel.controls.note.text() == "fièvre"
    intake.qtbot.waitUntil(lambda: intake.calls.is_saved)
    memory = intake.desk.memory
    assert memory.records[intake.call.record.id].sheet == sheet
    answered = [
        one.facts["reponses"] for one in memory.entries if one.kind == journal.ANSWERED and one.desk == "44-3"
    ]
    assert answered[-2:] == [{facts.SEX: "M"}, {fields.NOTE: "fièvre"}], (
        "what is taken is an answer given here"
    )


def test_echap_leaves_the_question_for_later_and_gives_the_keyboard_back(
    intake: Intake, there: OtherDesk
) -> None:
    intake.write(fields.BIRTH_NAME, "martin")
    there.answer({fields.BIRTH_NAME: "DUPONT"})
    asked(intake, "É. Tessier")
    birth = intake.go_to(facts.BIRTH)
    strip(intake).theirs.button.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is birth
    assert strip(intake).isVisible()
    assert intake.sheet.text(fields.BIRTH_NAME) == "MARTIN"


def test_the_keys_choose_while_one_types_and_the_keyboard_stays(intake: Intake, there: OtherDesk) -> None:
    intake.write(fields.FIRST_NAMES, "léa")
    field = intake.type(fields.BIRTH_NAME, "martin")
    there.answer({fields.FIRST_NAMES: "Lou", fields.BIRTH_NAME: "DUPONT"})
    asked(intake, "É. Tessier a changé le prénom")
    assert intake.panel.take_theirs()
    asked(intake, "É. Tessier a changé le nom")
    assert focused() is field
    assert intake.panel.controls.first_names.text() == "Lou"
    assert intake.panel.keep_mine()
    assert strip(intake).isHidden()
    assert (focused(), intake.line(fields.BIRTH_NAME).text()) == (field, "martin")


def test_a_question_that_is_behind_a_tab_is_not_answered_by_its_key(intake: Intake, there: OtherDesk) -> None:
    intake.write(fields.BIRTH_NAME, "martin")
    there.answer({fields.BIRTH_NAME: "DUPONT"})
    asked(intake, "É. Tessier")
    intake.panel.hide()
    assert not intake.panel.take_theirs()
    assert intake.sheet.text(fields.BIRTH_NAME) == "MARTIN"
    intake.panel.show()
    assert intake.panel.take_theirs()
    assert intake.sheet.text(fields.BIRTH_NAME) == "DUPONT"
    assert intake.panel.take_theirs(), "nothing is asked any more: nothing to show first"


def test_a_long_note_is_shown_whole_and_the_keyboard_can_scroll_it(intake: Intake, there: OtherDesk) -> None:
    intake.write(fields.NOTE, "tousse")
    there.answer({fields.NOTE: LONG})
    asked(intake, "É. Tessier a changé la note")
    words = strip(intake).theirs.words
    assert words.toPlainText() == LONG
    intake.go_to(fields.CALLER_LINK)
    QTest.keyClick(focused(), Qt.Key.Key_Backtab)
    QTest.keyClick(focused(), Qt.Key.Key_Backtab)
    assert focused() is words
    QTest.keyClick(words, Qt.Key.Key_PageDown)
    assert words.verticalScrollBar().value() > 0
    assert strip(intake).mine.words.focusPolicy() is Qt.FocusPolicy.NoFocus, "short: no stop of its own"
    assert strip(intake).height() < intake.window.height() / 2


def test_in_a_wide_column_a_long_note_stands_beside_its_button_and_in_a_low_one_shows_less(
    intake: Intake, there: OtherDesk
) -> None:
    intake.write(fields.NOTE, "tousse")
    there.answer({fields.NOTE: LONG})
    asked(intake, "É. Tessier a changé la note")
    side = strip(intake).theirs
    assert side.button.y() >= side.words.geometry().bottom()
    tall = side.words.height()
    intake.window.resize(800, 400)
    intake.qtbot.waitUntil(lambda: side.button.x() >= side.words.geometry().right())
    assert side.words.height() < tall
    intake.qtbot.waitUntil(lambda: strip(intake).height() < 140)


def test_a_text_that_was_only_typed_there_comes_as_such_and_is_no_answer(
    intake: Intake, there: OtherDesk
) -> None:
    intake.type(facts.RESIDENCE, "lande-le-bourg")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    there.type(facts.RESIDENCE, "val")
    asked(intake, "Un autre poste a changé la commune.")
    assert answers(intake)[1] == "«\u202fval\u202f» (non choisi)"
    assert intake.panel.take_theirs()
    assert intake.panel.controls.residence.text() == "val"
    assert (intake.fact(facts.RESIDENCE), intake.sheet.pending[facts.RESIDENCE]) == (None, "val")


def test_two_communes_of_one_name_are_told_apart(intake: Intake, there: OtherDesk) -> None:
    intake.answer_elsewhere(facts.RESIDENCE, VAL_44.code)
    there.answer({facts.RESIDENCE: VAL_49.code})
    asked(intake, "É. Tessier a changé la commune")
    assert answers(intake) == ("Val-Clair · 44994", "Val-Clair · 49994")


def test_the_same_answer_typed_otherwise_asks_nothing(intake: Intake, there: OtherDesk) -> None:
    intake.write(fields.CALLER_PHONE, "0639980000")
    there.answer({fields.CALLER_PHONE: "06.39.98.00.00", fields.NOTE: "a"})
    intake.qtbot.waitUntil(lambda: intake.panel.controls.note.text() == "a")
    QApplication.processEvents()
    assert strip(intake).isHidden()


def test_a_field_answered_with_do_not_know_is_put_as_such(intake: Intake, there: OtherDesk) -> None:
    intake.choose(facts.CAN_TRAVEL, True)
    there.answer({facts.CAN_TRAVEL: ASKED}, is_left=False)
    asked(intake, "Un autre poste a changé la réponse à «\u202fPeut venir\u202f».")
    assert answers(intake) == ("Oui", "ne sait pas")
    assert intake.panel.take_theirs()
    assert intake.segments(facts.CAN_TRAVEL).answer is ASKED


def test_a_question_of_a_dispositif_is_named_by_its_own_words(intake: Intake, there: OtherDesk) -> None:
    intake.answer_elsewhere(ALONE, True)
    there.answer({ALONE: False})
    asked(intake, "É. Tessier a changé la réponse à «\u202fVit-il seul\u202f?\u202f» à 10:03.")


def test_questions_stay_with_their_call_through_a_change_of_theme_and_go_with_it(
    intake: Intake, there: OtherDesk, theme: Theme
) -> None:
    intake.write(fields.BIRTH_NAME, "martin")
    there.answer({fields.BIRTH_NAME: "DUPONT"})
    asked(intake, "É. Tessier")
    first = intake.call
    intake.calls.take()
    assert strip(intake).isHidden(), "another call is on screen"
    intake.calls.show(first)
    asked(intake, "É. Tessier")
    again = intake.make_panel(Theme.of(dark=True, scale=1.5))
    assert again.strip.title.text().startswith("É. Tessier a changé le nom")
    intake.calls.close("conseil")
    assert intake.differences.first(first) is None
    assert strip(intake).isHidden()


def test_a_question_of_a_call_that_is_not_on_screen_waits_for_it(intake: Intake, there: OtherDesk) -> None:
    intake.write(fields.BIRTH_NAME, "martin")
    first = intake.call
    intake.calls.take()
    there.answer({fields.BIRTH_NAME: "DUPONT"})
    QApplication.processEvents()
    assert strip(intake).isHidden()
    assert intake.panel.take_theirs(), "the call on screen has no question"
    assert first.record.sheet.text(fields.BIRTH_NAME) == "MARTIN"
    intake.calls.show(first)
    asked(intake, "É. Tessier")


def test_what_was_only_taken_is_said_in_one_line_and_asks_nothing(
    intake: Intake, there: OtherDesk, told: list[str]
) -> None:
    there.answer({facts.RESIDENCE: MARAIS.code, facts.REASON: "otite"})
    intake.qtbot.waitUntil(lambda: bool(told))
    assert told == ["É. Tessier (poste 5) a changé la commune et le motif à 10:03."]
    assert strip(intake).isHidden()
    assert intake.fact(facts.RESIDENCE) == MARAIS


def test_what_is_being_typed_there_is_said_once_it_is_left_and_not_letter_by_letter(
    intake: Intake, there: OtherDesk, told: list[str]
) -> None:
    for text in ("d", "du", "dup"):
        there.answer({fields.BIRTH_NAME: text}, is_left=False)
    QApplication.processEvents()
    assert (told, intake.panel.controls.name.text()) == ([], "dup")
    there.journal({fields.BIRTH_NAME: "dup"})
    intake.calls.ticked.emit(NOW.replace(second=4))
    QApplication.processEvents()
    assert told == [], "looked for every five seconds"
    intake.calls.ticked.emit(NOW.replace(second=5))
    intake.qtbot.waitUntil(lambda: bool(told))
    intake.calls.ticked.emit(NOW.replace(second=10))
    QApplication.processEvents()
    assert told == ["É. Tessier (poste 5) a changé le nom à 10:03."]


def test_what_nobody_is_named_for_is_said_after_a_while_without_a_name(
    intake: Intake, there: OtherDesk, told: list[str]
) -> None:
    there.answer({fields.BIRTH_NAME: "dup"}, is_left=False)
    intake.desk.clock.go(seconds=14)
    intake.calls.ticked.emit(NOW.replace(second=10))
    QApplication.processEvents()
    assert told == []
    intake.desk.clock.go(seconds=1)
    intake.calls.ticked.emit(NOW.replace(second=15))
    intake.qtbot.waitUntil(lambda: bool(told))
    assert told == ["Un autre poste a changé le nom."]


def test_who_it_was_is_written_into_the_question_once_the_journal_tells(
    intake: Intake, there: OtherDesk
) -> None:
    intake.write(fields.NOTE, "tousse")
    there.answer({fields.NOTE: "fièvre"}, is_left=False)
    asked(intake, "Un autre poste a changé la note. Garder")
    there.journal({fields.NOTE: "fièvre"})
    intake.calls.ticked.emit(NOW.replace(second=5))
    asked(intake, "É. Tessier a changé la note à 10:03. Garder")


def test_a_call_that_was_ended_there_is_told_for_the_whole_desk(intake: Intake, there: OtherDesk) -> None:
    ended: list[str] = []
    intake.differences.ended.connect(ended.append)
    there.end("conseil")
    intake.qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["É. Tessier (poste 5) a clos l’appel 1 à 10:03\u202f: Conseil donné."]
    assert intake.calls.current is None


def test_a_screen_reader_gets_the_question_and_what_each_button_chooses(
    intake: Intake, there: OtherDesk
) -> None:
    said: list[str] = []
    intake.panel.asked.connect(said.append)
    intake.write(fields.BIRTH_NAME, "martin")
    there.answer({fields.BIRTH_NAME: "DUPONT"})
    asked(intake, "É. Tessier")
    assert said == [sentence(intake)]
    assert spoken_name(strip(intake)) == sentence(intake)
    assert spoken_name(strip(intake).mine.button) == "Garder le mien"
    assert spoken_description(strip(intake).mine.button) == "Ici\u202f: MARTIN · touche Alt+G"
    assert spoken_description(strip(intake).theirs.button) == "À l’autre poste\u202f: DUPONT · touche Alt+P"

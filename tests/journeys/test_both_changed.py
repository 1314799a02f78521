"""Two desks typed in one field of one call: the window asks, and both desks end with what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from osnp_console.app.ports import OpenUnit
from osnp_console.app.preferences import DARK
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import Answer
from osnp_console.domain.journal import JournalEntry
from osnp_console.ui.intake.both_changed import BothChangedStrip
from tests.journeys.operator import Operator, pressed, typed
from tests.journeys.workstation import NOON

ELSEWHERE = "44-5"


def answered_elsewhere(operator: Operator, answers: Mapping[str, Answer]) -> None:
    """Another desk answers fields of the call on screen in the base; this desk does not hear of it yet."""
    call, at = operator.call.record.id, NOON + timedelta(minutes=1)

    def work(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            record = unit.calls.get(call)
            for code, answer in answers.items():
                record = record.put(code, answer)
            unit.calls.save(record)
            unit.journal.append(
                JournalEntry(ELSEWHERE, at, journal.ANSWERED, call, {"reponses": dict(answers)})
            )
            unit.commit()

    operator.wait_saved()
    operator.read_base(work)


def kept(operator: Operator) -> CallRecord:
    """The call as the base holds it."""
    call = operator.call.record.id

    def read(open_unit: OpenUnit) -> CallRecord:
        with open_unit() as unit:
            return unit.calls.get(call)

    operator.wait_saved()
    return operator.read_base(read)


def strip(operator: Operator) -> BothChangedStrip:
    return operator.frame.call_desk.intake.strip


def asked(operator: Operator, sentence: str) -> None:
    """Wait until that is asked over the form."""
    operator.qtbot.waitUntil(
        lambda: strip(operator).isVisible() and strip(operator).title.text().startswith(sentence)
    )


def both_type_a_name(operator: Operator) -> None:
    pressed("F2")
    operator.tab_to("Nom")
    answered_elsewhere(operator, {fields.BIRTH_NAME: "DUPONT", facts.SEX: "F"})
    typed("martin")
    asked(operator, "Le poste 5 a changé le nom à 10:03. Garder le vôtre ou prendre le sien\u202f?")


def strip_lines(operator: Operator) -> list[str]:
    return [words for _, words in operator.window.journal.lines(operator.call.record.id)]


def test_one_goes_on_typing_and_keeps_what_is_typed_with_a_key(operator: Operator) -> None:
    both_type_a_name(operator)
    assert operator.here == "Nom"
    typed("eau")
    operator.capture("change-ailleurs")
    pressed("Alt+G")
    assert strip(operator).isHidden()
    assert operator.here == "Nom"
    pressed("Tab")
    assert kept(operator).sheet.text(fields.BIRTH_NAME) == "MARTINEAU"
    assert kept(operator).sheet.text(facts.SEX) == "F"


def test_what_the_other_desk_typed_is_taken_with_a_key_and_journaled_as_chosen_here(
    operator: Operator,
) -> None:
    both_type_a_name(operator)
    pressed("Alt+P")
    assert strip(operator).isHidden()
    assert operator.frame.call_desk.intake.controls.name.text() == "DUPONT"
    assert kept(operator).sheet.text(fields.BIRTH_NAME) == "DUPONT"


def test_what_was_only_taken_is_one_line_of_the_strip_and_the_question_is_announced(
    operator: Operator,
) -> None:
    both_type_a_name(operator)
    operator.qtbot.waitUntil(lambda: "Le poste 5 a changé le sexe à 10:03." in strip_lines(operator))
    assert "changé à un autre poste" not in strip_lines(operator)
    live = operator.frame.call_desk.checklist.view.live
    operator.qtbot.waitUntil(lambda: live.said.startswith("Le poste 5 a changé le nom"))


def test_a_question_survives_a_larger_text_and_a_dark_window(operator: Operator) -> None:
    both_type_a_name(operator)
    before = operator.window.preferences
    operator.window.change_preferences(replace(before, text_scale=150, theme=DARK))
    asked(operator, "Le poste 5 a changé le nom")
    operator.capture("change-ailleurs-150-sombre")
    strip(operator).theirs.button.setFocus()
    pressed("Return")
    assert kept(operator).sheet.text(fields.BIRTH_NAME) == "DUPONT"
    assert operator.here == "Nom"


def test_a_key_shows_the_form_first_where_it_is_behind_a_tab(operator: Operator) -> None:
    both_type_a_name(operator)
    operator.window.change_preferences(replace(operator.window.preferences, text_scale=200))
    asked(operator, "Le poste 5 a changé le nom")
    pressed("F6")
    assert not strip(operator).isVisible()
    pressed("Alt+P")
    assert strip(operator).isVisible()
    assert operator.sheet.text(fields.BIRTH_NAME) == "MARTIN"
    pressed("Alt+P")
    assert operator.sheet.text(fields.BIRTH_NAME) == "DUPONT"


def ended_at_both(operator: Operator) -> str:
    """The call is ended here while another desk had ended it; returns its id."""
    pressed("F2")
    call, at = operator.call.record.id, NOON + timedelta(minutes=1)

    def work(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            unit.calls.save(unit.calls.get(call).closed("conseil", at))
            unit.journal.append(JournalEntry(ELSEWHERE, at, journal.CLOSED, call, {"issue": "conseil"}))
            unit.commit()

    operator.wait_saved()
    operator.read_base(work)
    operator.window.calls.close("raccroche")
    operator.qtbot.waitUntil(lambda: bool(operator.notice))
    assert operator.notice == (
        "Le poste 5 a clos l’appel 1 à 10:03\u202f: Conseil donné. "
        "Garder cette issue ou la vôtre (A raccroché)\u202f?"
    )
    return call


def end_of(operator: Operator, call: str) -> str | None:
    def read(open_unit: OpenUnit) -> str | None:
        with open_unit() as unit:
            return unit.calls.get(call).outcome

    operator.wait_saved()
    return operator.read_base(read)


def test_of_a_call_ended_at_two_desks_the_first_end_stands_or_ones_own_is_put_back(
    operator: Operator,
) -> None:
    call = ended_at_both(operator)
    assert end_of(operator, call) == "conseil"
    operator.window.change_preferences(replace(operator.window.preferences, theme=DARK))
    assert operator.notice.startswith("Le poste 5 a clos l’appel 1"), "asked in another theme too"
    operator.frame.notice.no.setFocus()
    pressed("Space")
    assert operator.notice == ""
    operator.qtbot.waitUntil(lambda: operator.window.door.is_idle)
    assert end_of(operator, call) == "raccroche"
    assert operator.journal_of(call)[-1] == journal.CLOSED


def test_of_a_call_ended_at_two_desks_the_other_desks_end_can_be_kept(operator: Operator) -> None:
    call = ended_at_both(operator)
    operator.frame.notice.yes.setFocus()
    pressed("Space")
    assert operator.notice == ""
    operator.qtbot.waitUntil(lambda: operator.window.door.is_idle)
    assert end_of(operator, call) == "conseil"


def test_an_end_put_back_leaves_a_call_alone_that_was_taken_up_again(operator: Operator) -> None:
    call = ended_at_both(operator)
    operator.frame.open_call(call)
    operator.qtbot.waitUntil(lambda: operator.window.calls.current is not None)
    operator.wait_saved()
    operator.frame.notice.no.setFocus()
    pressed("Space")
    operator.qtbot.waitUntil(lambda: operator.window.door.is_idle)
    assert operator.call.record.is_open
    assert end_of(operator, call) is None

"""A vital emergency refuses everything at once, and has a way back that loses nothing."""

from __future__ import annotations

from osnp_console.app.checklist.check_eligibility import VITAL_EMERGENCY
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.states import Verdict
from osnp_console.ui.frame.call_place import INTAKE
from tests.journeys.operator import Operator, focused, pressed, typed
from tests.journeys.test_redon_call import talk


def verdicts(operator: Operator) -> set[Verdict]:
    return {row.verdict for row in operator.call.checklist.rows}


def is_alarmed(operator: Operator) -> bool:
    return operator.call.record.alarm_at is not None


def test_f12_refuses_everything_and_says_who_to_call_while_typing_goes_on(operator: Operator) -> None:
    talk(operator)
    operator.go_to_pane(INTAKE)
    operator.tab_to("Note")
    typed("Mère au téléphone")
    pressed("F12")
    band = operator.frame.alarm
    assert band.isVisible()
    words = " ".join(operator.words_in(band))
    assert VITAL_EMERGENCY in words
    assert "ARM du SAMU 44" in words
    assert verdicts(operator) <= {Verdict.NOT_ELIGIBLE, Verdict.OUT_OF_SERVICE}
    assert operator.eligible() == set()
    assert operator.question == VITAL_EMERGENCY
    assert operator.here == "Note"
    typed(", il ne respire plus")
    assert operator.sheet.text(fields.NOTE) == "Mère au téléphone, il ne respire plus"
    operator.capture("urgence-vitale")


def test_the_alarm_is_taken_back_with_a_reason_only_and_every_answer_is_still_there(
    operator: Operator,
) -> None:
    talk(operator)
    before, eligible = operator.sheet, operator.eligible()
    pressed("F12")
    band = operator.frame.alarm
    operator.tab_into(band.drop)
    pressed("Return")
    assert operator.here == "Pourquoi l’alerte est annulée"
    pressed("Return")
    assert is_alarmed(operator), "no reason, no way back"
    assert band.reason.message.words
    typed("erreur de touche")
    operator.capture("urgence-annulee")
    pressed("Return")
    assert not is_alarmed(operator)
    assert not band.isVisible()
    assert operator.sheet == before
    assert operator.sheet.answer(facts.VITAL_EMERGENCY) is None
    assert operator.eligible() == eligible
    assert operator.question == "Plus rien à demander"
    focused()
    operator.stop()
    assert operator.workstation.faults() == ()


def test_an_alarm_stays_with_its_call_and_is_seen_from_the_others(operator: Operator) -> None:
    pressed("F2")
    pressed("F12")
    pressed("F2")
    band = operator.frame.alarm
    assert band.isVisible()
    assert verdicts(operator) != {Verdict.NOT_ELIGIBLE, Verdict.OUT_OF_SERVICE}
    operator.tab_into(band.show_call)
    pressed("Return")
    assert operator.call.record.number == 1
    focused()
    operator.tab_into(band.seen)
    pressed("Return")
    assert operator.call.record.alarm_seen
    assert band.isVisible(), "seen is not taken back"
    focused()


def test_an_alarm_survives_a_restart(operator: Operator) -> None:
    pressed("F2")
    pressed("F12")
    operator.stop()
    operator.start()
    pressed("Return")
    assert operator.frame.alarm.isVisible()
    assert operator.question == VITAL_EMERGENCY

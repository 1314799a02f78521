"""What the question strip says of a call."""

from __future__ import annotations

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.calls.question_answers import offered
from osnp_console.app.checklist.check_eligibility import VITAL_EMERGENCY
from osnp_console.app.checklist.in_hand import ChecklistInHand
from osnp_console.domain import facts
from osnp_console.ui.checklist.question_strip import QuestionStrip

NOTHING_LEFT = "Plus rien à demander"
NO_CALL = "Aucun appel ouvert"
TAKE_ONE = "F2 pour prendre un appel"


def show_question(strip: QuestionStrip, call: OpenCall | None, checklist: ChecklistInHand | None) -> None:
    """The question of the call's last answer, what stays unknown when none is left, or the alarm.

    A territory that nobody lists is no question for the caller: the strip then says that nothing is left
    to ask, and Ctrl+Espace leads to the list's own gesture.
    """
    if call is None or checklist is None:
        strip.say(NO_CALL, TAKE_ONE, key=False)
        return
    if call.call.truth(facts.VITAL_EMERGENCY) is True:
        strip.alarm(VITAL_EMERGENCY)
        return
    question = call.question
    if question is None or territory_asked(call) is not None:
        strip.say(NOTHING_LEFT, checklist.remaining(), key=question is not None)
        return
    many = "dispositif" if question.decides_for == 1 else "dispositifs"
    settles = f"décide pour {question.decides_for} {many}"
    if question.fact in call.call.asked:
        settles = f"déjà demandé, sans réponse · {settles}"
    strip.ask(question.text.replace(" ?", "\u202f?"), settles, offered(question.fact, call.record.sheet))


def territory_asked(call: OpenCall | None) -> str | None:
    """The CPTS whose territory is the question now, None when the question is another one."""
    if call is None or call.question is None or not call.question.fact.startswith(facts.TERRITORY_PREFIX):
        return None
    return call.question.fact.removeprefix(facts.TERRITORY_PREFIX)

"""What an invented caller says, and the keys an operator then presses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.domain import facts
from osnp_console.domain.states import Verdict
from osnp_console.ui.demonstration.stage import Stage

Said = Mapping[str, tuple[str, str]]
DOES_NOT_KNOW = ("« Je ne sais pas. »", "?")
STEPS_AT_MOST = 30


def take_call(stage: Stage, number: str) -> Iterator[str]:
    """F2, and the number to call back."""
    stage.press("F2")
    yield "F2 : l’appel est pris ; rien n’est encore su."
    stage.type(f"{number}\n")
    yield f"    {counts_words(stage.call)}"


def answer_questions(stage: Stage, said: Said, *, pictures: bool = False) -> Iterator[str]:
    """F3 and an answer, until nothing is left to ask; what is not in `said` the caller does not know."""
    asked: list[str] = []
    for _ in range(STEPS_AT_MOST):
        question = stage.call.question
        if question is None or question.fact in asked:
            break
        if question.fact.startswith(facts.TERRITORY_PREFIX) and question.fact not in said:
            break
        asked.append(question.fact)
        words, keys = said.get(question.fact, DOES_NOT_KNOW)
        stage.press("F3")
        stage.type(keys)
        yield f"{question.text} {words}"
        if pictures:
            yield f"    {counts_words(stage.call)}"
            stage.picture(question.fact.rpartition(".")[2])


def counts_words(call: OpenCall) -> str:
    """How many dispositifs have each verdict, and which take the patient."""
    found = Counter(row.verdict for row in call.checklist.rows)
    eligible = [row.dispositif.id for row in call.checklist.rows if row.verdict is Verdict.ELIGIBLE]
    out = len(call.checklist.dispositifs) - len(call.checklist.rows)
    counts = (
        f"Éligible : {found[Verdict.ELIGIBLE]} · À vérifier : {found[Verdict.TO_CHECK]} · "
        f"Refusé : {found[Verdict.NOT_ELIGIBLE]} · Hors service : {out}"
    )
    return f"{counts} ({', '.join(eligible)})" if eligible else counts

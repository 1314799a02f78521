"""One fact changes: what do new verdicts cost?

By `Checklist.learn`, against a new checklist, against the same rules as CEL expressions (cel-python).
Run: python tests/benchmarks/judging.py [--sans-cel]
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.states import Verdict
from tests.benchmarks.as_cel import expression, facts_map
from tests.benchmarks.generated_calls import born_ago, days_ago, generated_calls, unlisted_territories
from tests.benchmarks.generated_rows import SEED, generated_rows
from tests.benchmarks.measuring import each_ms, kept, median_ms, p95, table, times_over
from tests.benchmarks.opened import INSTANT, built_in, communes, communes_of

AIMS_MS = {93: 2.0, 5000: 10.0}
FURTHER = "age_fragile_isole_ou_handicap"
UNRELATED = (93, 1000, 5000, 20000)


def settled_call() -> Call:
    """A call of Nantes in which every fact has its answer."""
    catalogue = built_in()
    known: dict[str, object] = {
        facts.ROLE: "osnp", facts.SAS: "44", facts.VITAL_EMERGENCY: False, facts.OFFER: "medecine_generale",
        facts.RESIDENCE: communes().living("44109"), facts.PRESENT_PLACE: AT_HOME, facts.REASON: "cystite",
        facts.DELAY: 48, facts.TECHNICAL_PLATFORM: False, facts.PRESCRIPTION: True, facts.ONSET: days_ago(1),
        facts.REGULAR_DOCTOR: "indisponible", facts.USUAL_PRACTITIONER: "aucun", facts.USUAL_CONTACTED: True,
        facts.CAN_TRAVEL: True, facts.BIRTH: born_ago(30), facts.SEX: "F", facts.PREGNANT: False,
    }  # fmt: skip
    return Call({**known, **dict.fromkeys((*catalogue.facts, *unlisted_territories(catalogue)), False)})


def changes() -> dict[str, Sequence[object]]:
    """The values each fact goes round while it is measured."""
    places = [place for departement in ("44", "49", "85", "72") for place in communes_of(departement)[:4]]
    return {
        facts.REASON: ["otite", "cystite", "lumbago", "renouvellement_ordonnance", "vaccination"],
        facts.RESIDENCE: places,
        facts.REGULAR_DOCTOR: ["aucun", "indisponible", "disponible", "declare"],
        facts.DELAY: [24, 72, 48, 96],
        facts.CAN_TRAVEL: [True, False],
        FURTHER: [True, False],
    }


def fresh_verdicts(rows: Sequence[Dispositif], call: Call) -> list[Verdict]:
    return [row.verdict for row in Checklist(rows, call, INSTANT).rows]


@dataclass(slots=True)
class Expressions:
    """Every row's rules compiled to CEL once; `verdicts` evaluates all of them."""

    programs: list[Callable[[object], object]]
    facts: Callable[[Call], object]

    def verdicts(self, call: Call) -> list[Verdict]:
        known = self.facts(call)
        return [Verdict.ELIGIBLE if program(known) else Verdict.NOT_ELIGIBLE for program in self.programs]


def compiled(checklist: Checklist, transpiled: bool) -> Expressions:
    celpy = importlib.import_module("celpy")
    runner = celpy.CompiledRunner if transpiled else celpy.InterpretedRunner
    environment = celpy.Environment(runner_class=runner)
    programs = [
        environment.program(environment.compile(expression(row.rules, checklist.moment))).evaluate
        for row in checklist.rows
    ]
    return Expressions(programs, lambda call: {"f": celpy.json_to_cel(facts_map(call, checklist.moment))})


def agreement(rows: Sequence[Dispositif], expressions: Expressions, calls: int) -> tuple[int, int, int]:
    """Verdicts that agree, that differ, and those CEL has no word for (not known)."""
    agree = differ = open_ = 0
    gone = dict.fromkeys(built_in().facts, False)
    for complete in generated_calls(built_in(), calls):
        call = Call({**gone, **complete.complete().known})
        for ours, theirs in zip(fresh_verdicts(rows, call), expressions.verdicts(call), strict=True):
            if ours is Verdict.TO_CHECK:
                open_ += 1
            elif ours is theirs:
                agree += 1
            else:
                differ += 1
    return agree, differ, open_


def one_changed_fact(rows: Sequence[Dispositif], with_cel: bool, cel_repeats: int) -> None:
    count = len(rows)
    call = settled_call()
    checklist = Checklist(rows, call, INSTANT)
    transpiled = compiled(checklist, transpiled=True) if with_cel else None
    lines = []
    for fact, values in changes().items():
        learnt = _learning(checklist, fact, values)
        changed = call.with_fact(fact, values[0])
        fresh = median_ms(partial(fresh_verdicts, rows, changed), 9)
        readers = sum(len(node.rows) for node in checklist.nodes_reading(fact))
        middle = statistics.median(learnt)
        line: list[object] = [fact, readers, middle, p95(learnt), fresh, times_over(fresh, middle)]
        if transpiled is not None:
            cel = median_ms(partial(transpiled.verdicts, changed), cel_repeats)
            line += [cel, times_over(cel, middle)]
        aim = AIMS_MS[count]
        lines.append([*line, f"{kept(middle <= aim)} (≤ {aim:g} ms)"])
        checklist.learn(fact, call.known[fact])
    cel_headings = ["CEL, ms", "CEL / learn"] if with_cel else []
    criteria = len(list(checklist.nodes))
    table(
        f"Un fait change, {count} dispositifs ({len(checklist.rows)} en service, {criteria} critères)",
        [
            "fait",
            "lignes liées",
            "learn, ms",
            "p95",
            "tout rejuger, ms",
            "tout / learn",
            *cel_headings,
            "visée",
        ],
        lines,
    )
    if transpiled is not None:
        agree, differ, open_ = agreement(rows, transpiled, 200 if count < 1000 else 3)
        print(f"Verdicts comparés à CEL : {agree} égaux, {differ} différents, {open_} « à vérifier ».")
        if differ:
            raise SystemExit("Les expressions CEL ne disent pas la même chose.")


def _learning(checklist: Checklist, fact: str, values: Sequence[object]) -> list[float]:
    turns = list(itertools.islice(itertools.cycle(values), 20 * len(values)))
    checklist.learn(fact, values[-1])
    return each_ms([partial(checklist.learn, fact, value) for value in turns])


def unrelated_rows() -> None:
    lines = []
    for fact in (facts.CAN_TRAVEL, facts.DELAY):
        base: float | None = None
        for count in UNRELATED:
            others = generated_rows(count, never_reading=fact)
            checklist = Checklist((*built_in().dispositifs, *others), settled_call(), INSTANT)
            middle = statistics.median(_learning(checklist, fact, [*changes()[fact]] * 10))
            base = middle if base is None else base
            lines.append([fact, count, middle * 1000, times_over(middle, base)])
    table(
        "Un fait change, et de plus en plus de dispositifs qui ne le lisent pas",
        ["fait", "sans rapport", "learn, µs", "par rapport à 93"],
        lines,
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sans-cel", action="store_true", help="sans comparer à cel-python")
    with_cel = not options.parse_args().sans_cel
    one_changed_fact(built_in().dispositifs, with_cel, 9)
    print(f"\n5 000 dispositifs engendrés (graine {SEED}), tous différents.")
    one_changed_fact(generated_rows(5000), with_cel, 3)
    unrelated_rows()


if __name__ == "__main__":
    main()

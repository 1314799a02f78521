"""How many questions until nothing is open, and what choosing each question costs.

By next_question, against the form's order over generated calls, and against the best possible adaptive order
on sets small enough to enumerate. Run: python tests/benchmarks/questions.py [--calls N] [--sets N] [--rows N]
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.next_question import next_question
from tests.benchmarks.asking import (
    FORM,
    FORM_PERSON_LAST,
    Expectation,
    Order,
    Remembered,
    by_next_question,
    in_order,
    played,
)
from tests.benchmarks.generated_calls import CompleteCall, generated_calls, start_of_call
from tests.benchmarks.generated_rows import generated_rows
from tests.benchmarks.measuring import kept, median_ms, p95, table, times_over
from tests.benchmarks.opened import INSTANT, built_in, communes
from tests.benchmarks.small_sets import SmallSet, small_sets

AIM = 1.15
CORES = 2
Counts = list[tuple[int, int]]


def orders() -> Mapping[str, Order]:
    return {
        "next_question": by_next_question,
        "formulaire (§3)": in_order(FORM),
        "formulaire, naissance et sexe après": in_order(FORM_PERSON_LAST),
    }


def play(number: int, part: int) -> tuple[dict[str, Counts], int, int]:
    """Counts of each order over one of CORES parts, then how often next_question was asked and worked out.

    Calls of one desk go to one part, so that what is worked out serves them all.
    """
    catalogue = built_in()
    every = sorted(generated_calls(catalogue, number), key=_desk)
    share = -(-number // CORES)
    calls = every[part * share : (part + 1) * share]
    counts: dict[str, Counts] = {}
    remembered = Remembered.of(by_next_question, catalogue.dispositifs)
    for name, order in orders().items():
        chosen = remembered if order is by_next_question else order
        counts[name] = [played(catalogue.dispositifs, call, chosen, catalogue.facts) for call in calls]
    return counts, remembered.asked, len(remembered.chosen)


def many_calls(number: int) -> None:
    with ProcessPoolExecutor(CORES) as pool:
        results = list(pool.map(play, [number] * CORES, range(CORES)))
    counts = {name: [pair for result in results for pair in result[0][name]] for name in orders()}
    reference = statistics.mean(sum(pair) for pair in counts["next_question"])
    without = statistics.mean(pair[0] for pair in counts["next_question"])
    table(
        f"Questions jusqu'à ce que rien ne reste ouvert, {number} appels, catalogue livré",
        [
            "ordre",
            "moyenne",
            "médiane",
            "p95",
            "/ next_question",
            "hors territoires",
            "/ next_question ",
            "territoires",
        ],
        [
            [
                name,
                f"{total:.2f}",
                f"{statistics.median(totals):g}",
                f"{p95(totals):g}",
                times_over(total, reference),
                f"{ordinary:.2f}",
                times_over(ordinary, without),
                f"{total - ordinary:.2f}",
            ]
            for name, pairs in counts.items()
            for totals in ([sum(pair) for pair in pairs],)
            for total in (statistics.mean(totals),)
            for ordinary in (statistics.mean(pair[0] for pair in pairs),)
        ],
    )
    print("« territoires » : CPTS que personne ne liste, toujours demandées en dernier (contrat).")
    asked, worked_out = sum(result[1] for result in results), sum(result[2] for result in results)
    print(f"next_question consulté {asked} fois, calculé pour {worked_out} situations différentes.")


def _desk(call: CompleteCall) -> tuple[str, str]:
    return str(call.start.known.get(facts.OFFER)), str(call.start.known[facts.SAS])


def compare(one: SmallSet) -> list[float]:
    """Expected questions: best, best without the contract's rule on territories, then each order.

    Last, best and next_question without counting territories: every order has to ask those in the end, and
    they would hide what the order of the others is worth.
    """
    defined = built_in().facts
    best = Expectation(one.rows, one.start, defined).of_best(one.atoms)
    free = Expectation(one.rows, one.start, defined, territories_last=False).of_best(one.atoms)
    expectation = Expectation(one.rows, one.start, defined)
    by_order = [
        expectation.of_order(Remembered.of(order, one.rows), one.atoms) for order in orders().values()
    ]
    bare = Expectation(one.rows, one.start, defined, territories_count=False)
    bare_ours = bare.of_order(Remembered.of(by_next_question, one.rows), one.atoms)
    return [best, free, *by_order, bare.of_best(one.atoms), bare_ours]


def compare_part(number: int, part: int) -> list[list[float]]:
    """Every CORES-th set."""
    return [compare(one) for one in list(small_sets(number))[part::CORES]]


def _as_they_were(count: int) -> list[int]:
    """Where each set's result stands once the parts are put end to end."""
    dealt = [place for part in range(CORES) for place in range(part, count, CORES)]
    return [dealt.index(place) for place in range(count)]


def best_order(number: int) -> None:
    sets = list(small_sets(number))
    with ProcessPoolExecutor(CORES) as pool:
        results = [
            result for part in pool.map(compare_part, [number] * CORES, range(CORES)) for result in part
        ]
    results = [results[place] for place in _as_they_were(len(sets))]
    lines: list[list[object]] = []
    for one, (best, free, ours, form, kinder, bare, bare_ours) in zip(sets, results, strict=True):
        sizes = [len(one.rows), len(one.facts), len(one.atoms)]
        expected = [f"{value:.3f}" for value in (best, free, ours)]
        ratios = [times_over(value, best) for value in (ours, form, kinder)]
        ratios.insert(1, times_over(bare_ours, bare))
        lines.append([one.name, *sizes, *expected, *ratios])
    headings = ["jeu", "dispositifs", "faits", "appels", "meilleur", "sans la règle", "next_question",
                "/ meilleur",
        "hors terr.", "formulaire / m.", "form. (2) / m."]  # fmt: skip
    table("Espérance du nombre de questions, contre le meilleur ordre adaptatif (exhaustif)", headings, lines)
    print(
        "« sans la règle » : meilleur ordre si une CPTS que personne ne liste pouvait être demandée plus tôt."
    )
    for group in ("livrés", "engendrés", ""):
        chosen = [r for one, r in zip(sets, results, strict=True) if one.name.startswith(group)]
        total = sum(result[6] for result in chosen) / sum(result[5] for result in chosen)
        each = [result[6] / result[5] for result in chosen]
        within = sum(ratio <= AIM for ratio in each)
        print(
            f"{group or 'ensemble'} : ×{total:.3f} du meilleur hors territoires, "
            f"médiane ×{statistics.median(each):.3f}, pire ×{max(each):.3f} ; "
            f"visée ×{AIM} {kept(total <= AIM)}, {within}/{len(each)} jeux."
        )


def own_cost(many: int) -> None:
    """What one choice costs, early and late in a call, and where the time goes."""
    start = start_of_call("44", "medecine_generale")
    home = start.with_fact(facts.RESIDENCE, communes().living("44109"))
    stages: dict[str, Call] = {
        "tout est ouvert, sans offre": start_of_call("44", None),
        "offre connue": start,
        "commune connue": home,
        "commune et motif connus": home.with_fact(facts.REASON, "cystite"),
    }
    lines = []
    for rows in (built_in().dispositifs, generated_rows(many)):
        for stage, call in stages.items():
            checklist = Checklist(rows, call, INSTANT)
            judged = median_ms(partial(Checklist, rows, call, INSTANT), 3)
            chosen = median_ms(
                partial(next_question, checklist, built_in().facts),
                9 if len(rows) < 1000 else 1,
            )
            lines.append([len(rows), stage, judged, chosen, times_over(chosen, judged)])
    table(
        "Coût d'un choix de question",
        ["dispositifs", "situation", "tout juger, ms", "next_question, ms", "question / juger"],
        [[str(line[0]), *line[1:]] for line in lines],
    )
    for rows in (built_in().dispositifs, generated_rows(many)):
        _profile(rows, start)


def _profile(rows: Sequence[Dispositif], call: Call) -> None:
    checklist = Checklist(rows, call, INSTANT)
    profile = cProfile.Profile()
    profile.runcall(next_question, checklist, built_in().facts)
    found = pstats.Stats(profile).get_stats_profile()
    top = sorted(found.func_profiles.items(), key=lambda item: -item[1].tottime)[:8]
    table(
        f"Où va le temps de next_question, {len(rows)} dispositifs, offre connue (sous profileur)",
        ["fonction", "appels", "part propre", "part cumulée"],
        [
            [name, one.ncalls, f"{one.tottime / found.total_tt:.0%}", f"{one.cumtime / found.total_tt:.0%}"]
            for name, one in top
        ],
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--calls", type=int, default=10_000)
    options.add_argument(
        "--rows", type=int, default=1000, help="dispositifs engendrés pour le coût d’un choix"
    )
    options.add_argument("--sets", type=int, default=60)
    options.add_argument("--sans-cout", action="store_true", help="sans mesurer le coût d’un choix")
    given = options.parse_args()
    if not given.sans_cout:
        own_cost(given.rows)
    best_order(given.sets)
    many_calls(given.calls)


if __name__ == "__main__":
    main()

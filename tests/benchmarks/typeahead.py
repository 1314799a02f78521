"""Typing commune names letter by letter: what does each keystroke cost?

Against fuzz.ratio over all names at every keystroke. Run: python tests/benchmarks/typeahead.py
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from rapidfuzz import fuzz, process

from osnp_console.app.places.find_commune import CommuneSearch
from osnp_console.domain.commune import fold, fold_all
from tests.benchmarks.measuring import each_ms, p95, table, times_over
from tests.benchmarks.opened import communes, communes_of

SEED = 200
WEST = ("44", "49", "85", "72", "53", "45", "28", "16", "42")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST, CLOSE = 2, 75.0


def typed_names(count: int) -> list[str]:
    """Names of the départements of the catalogue, drawn with a fixed seed."""
    every = [place.nom for departement in WEST for place in communes_of(departement)]
    return random.Random(SEED).sample(every, count)


def with_a_slip(name: str, chance: random.Random) -> str:
    """One letter of the second to fourth is wrong: no beginning matches from there on."""
    place = min(chance.randint(1, 3), len(name) - 1)
    wrong = chance.choice(LETTERS.replace(fold(name[place]) or "e", ""))
    return name[:place] + wrong + name[place + 1 :]


def keystrokes(names: Iterable[str]) -> list[str]:
    return [name[:length] for name in names for length in range(SHORTEST, len(name) + 1)]


def found_whole(search: CommuneSearch, typed: Iterable[str], meant: Iterable[str]) -> str:
    """How many of the names are among the suggestions once typed to the end."""
    pairs = list(zip(typed, meant, strict=True))
    hits = sum(any(one.commune.nom == name for one in search.search(text)) for text, name in pairs)
    return f"{hits}/{len(pairs)}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--noms", type=int, default=200)
    count = options.parse_args().noms
    search = CommuneSearch(communes())
    first = each_ms([search.prepare])[0]
    every = fold_all([place.nom for place in communes().communes()])
    right = typed_names(count)
    chance = random.Random(SEED)
    wrong = [with_a_slip(name, chance) for name in right]
    lines = []
    for title, names in (("nom exact", right), ("une faute", wrong)):
        typed = keystrokes(names)
        ours = each_ms([partial(search.search, text) for text in typed])
        ratio = each_ms([partial(_by_ratio, text, every) for text in typed])
        middle, other = statistics.median(ours), statistics.median(ratio)
        over = times_over(other, middle)
        found = found_whole(search, names, right)
        lines.append(
            [
                title,
                len(typed),
                middle,
                p95(ours),
                other,
                p95(ratio),
                over,
                times_over(p95(ratio), p95(ours)),
                found,
            ]
        )
    table(
        f"Saisie d'une commune, {count} noms lettre à lettre, {len(every)} communes (index : {first:.0f} ms)",
        [
            "saisie",
            "frappes",
            "ms",
            "p95",
            "fuzz.ratio, ms",
            "p95",
            "ratio / ici",
            "ratio / ici, p95",
            "trouvés",
        ],
        lines,
    )


def _by_ratio(text: str, names: list[str]) -> object:
    return process.extract(fold(text), names, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=8)


if __name__ == "__main__":
    main()

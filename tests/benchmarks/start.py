"""What one `osnp-console eligibilite` costs as a whole process, and the catalogue within it.

Against `python -c pass` and against a first start, whose cache is empty.
Run: python tests/benchmarks/start.py
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.catalogue.gazetteer import load_gazetteer
from osnp_console.catalogue.opening import open_catalogue
from osnp_console.resources import resources
from tests.benchmarks.measuring import median_ms, p95, table, times_ms, times_over
from tests.benchmarks.opened import INSTANT, NO_SITE, communes

ROOT = Path(__file__).resolve().parents[2]
CALL = """{"poste": {"role": "osnp", "sas": "44"}, "patient": {"commune": "44109"},
 "besoin": {"offre": "medecine_generale", "motif": "cystite"}}"""
COMMAND = ("-m", "osnp_console", "eligibilite", "--appel", "-", "--json", "--instant", INSTANT.isoformat())


def run(arguments: tuple[str, ...], home: Mapping[str, str], typed: str = "") -> None:
    """One process, to its end; anything but success stops the measurement."""
    subprocess.run(
        [sys.executable, *arguments], input=typed, text=True, check=True, stdout=subprocess.DEVNULL,
        env={**os.environ, **home}, cwd=ROOT,
    )  # fmt: skip


def whole_process(repeats: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = {"XDG_CACHE_HOME": f"{folder}/cache", "XDG_CONFIG_HOME": f"{folder}/config"}
        compiled = Path(folder) / "cache"

        def first_start() -> None:
            for path in compiled.rglob("*.msgpack"):
                path.unlink()
            run(COMMAND, home, CALL)

        times = {
            "python -c pass": times_ms(lambda: run(("-c", "pass"), home), repeats),
            "python -m osnp_console --version": times_ms(
                lambda: run(("-m", "osnp_console", "--version"), home), repeats
            ),
            "eligibilite, catalogue compilé": times_ms(lambda: run(COMMAND, home, CALL), repeats),
            "eligibilite, cache vide": times_ms(first_start, max(3, repeats // 3)),
        }
    bare = statistics.median(times["python -c pass"])
    table(
        "Processus entier",
        ["processus", "ms", "p95", "par rapport à python seul"],
        [
            [name, middle, p95(taken), times_over(middle, bare)]
            for name, taken in times.items()
            for middle in (statistics.median(taken),)
        ],
    )


def catalogue(repeats: int) -> None:
    living, today = communes().living, INSTANT.date()
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        open_catalogue(resources(), NO_SITE, cache, living, today)
        kept = median_ms(lambda: open_catalogue(resources(), NO_SITE, cache, living, today), repeats)
    read = median_ms(lambda: open_catalogue(resources(), NO_SITE, None, living, today), max(3, repeats // 3))
    places = median_ms(lambda: load_gazetteer(resources() / "communes" / "communes.tsv.gz"), repeats)
    table(
        "Chargement, dans le processus",
        ["chargement", "ms", "par rapport au compilé"],
        [
            ["catalogue compilé", kept, times_over(kept, kept)],
            ["catalogue lu du YAML et vérifié", read, times_over(read, kept)],
            ["communes", places, times_over(places, kept)],
        ],
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--repetitions", type=int, default=15)
    repeats = options.parse_args().repetitions
    whole_process(repeats)
    catalogue(repeats)


if __name__ == "__main__":
    main()

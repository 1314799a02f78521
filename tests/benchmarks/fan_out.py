"""Forty agendas with 200 ms of latency each, asked at once: the whole against the slowest asked alone.

The agendas are in a process of their own. The readers are opened ahead, as the program does once its window
is there; `--a-froid` leaves that out: the first search then also loads what reads the network.
Run: python tests/benchmarks/fan_out.py
"""

from __future__ import annotations

import argparse
import statistics
import sys
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.app.slots.search_events import Finished, Landed, SearchEvent
from osnp_console.app.slots.search_slots import SlotSearch
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.source import AgendaSource
from tests.benchmarks.loopback_agendas import QUERY, SLOTS, USED, agendas, tools
from tests.benchmarks.measuring import kept, table, times_over

MANY, LATENCY = 40, 0.2
AIM_WHOLE = 1.3


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds from the start to the first slot and to the end."""

    first: float
    whole: float


def one_search(search: SlotSearch, sources: list[AgendaSource]) -> Taken:
    """Ask those sources at once; every one of them must answer in full."""
    began = time.perf_counter()
    first: list[float] = []
    ended: list[float] = []
    done = threading.Event()

    def report(event: SearchEvent) -> None:
        now = (time.perf_counter() - began) * 1000
        if isinstance(event, Landed) and not first:
            first.append(now)
        if isinstance(event, Finished):
            ended.append(now)
            wrong = [
                one for one in event.answers if one.state is not SourceState.ANSWERED or one.read != SLOTS
            ]
            if wrong:
                first.clear()
            done.set()

    search.start([(source, QUERY) for source in sources], report)
    done.wait(30)
    if not first:
        raise SystemExit("Un agenda n'a pas répondu en entier.")
    return Taken(first[0], ended[0])


def ready(search: SlotSearch, sources: list[AgendaSource]) -> None:
    """Open the readers ahead, as the program does once its window is there."""
    search.prepare(sources)
    while any(thread.name == "agenda" for thread in threading.enumerate()):
        time.sleep(0.01)


def alone(search: SlotSearch, sources: list[AgendaSource]) -> list[Taken]:
    """Each source asked alone, once its connection is open."""
    return [one_search(search, [source]) for source in sources]


def measure(many: int, latency: float, repeats: int, *, prepared: bool) -> None:
    with agendas(many, latency) as sources:
        search = SlotSearch(USED, tools())
        if prepared:
            ready(search, sources)
        cold = one_search(search, sources)
        each = alone(search, sources)
        slowest, fastest = max(one.whole for one in each), min(one.first for one in each)
        busy = time.process_time()
        warm = [one_search(search, sources) for _ in range(repeats)]
        busy = (time.process_time() - busy) / repeats * 1000
        search.close()
        fresh = SlotSearch(USED, tools())
        opened = one_search(fresh, [replace(source, name="neuf") for source in sources])
        fresh.close()
    whole, first = statistics.median(one.whole for one in warm), statistics.median(one.first for one in warm)
    table(
        f"{many} agendas à {latency * 1000:.0f} ms, {SLOTS} créneaux chacun",
        ["mesure", "ms", "rapport", "visée"],
        [
            ["le plus lent, seul", slowest, "", ""],
            ["le plus rapide, seul, premier créneau", fastest, "", ""],
            [f"les {many} ensemble, à chaud", whole, times_over(whole, slowest),
             f"×{AIM_WHOLE} {kept(whole <= slowest * AIM_WHOLE)}"],
            ["dont le plus rapide des essais", min(one.whole for one in warm), "", ""],
            ["dont processeur", busy, "", ""],
            ["premier créneau, à chaud", first, times_over(first, fastest), ""],
            ["les mêmes, connexions à ouvrir", opened.whole, times_over(opened.whole, slowest), ""],
            ["premier créneau, connexions à ouvrir", opened.first, times_over(opened.first, fastest), ""],
            ["toute première recherche du programme", cold.whole, times_over(cold.whole, slowest), ""],
            ["son premier créneau", cold.first, times_over(cold.first, fastest), ""],
        ],
    )  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--agendas", type=int, default=MANY)
    options.add_argument("--latence", type=float, default=LATENCY)
    options.add_argument("--fois", type=int, default=9)
    options.add_argument("--a-froid", action="store_true", help="sans ouvrir les lecteurs d'avance")
    chosen = options.parse_args()
    measure(chosen.agendas, chosen.latence, chosen.fois, prepared=not chosen.a_froid)


if __name__ == "__main__":
    main()

"""What many searches leave behind: memory, threads and open handles after 500 searches against after 50.

Ten agendas on the loopback, one address at which nobody answers; every fifth search is given up for the next
one while it runs, as happens while an operator types.
Run: python tests/benchmarks/search_shift.py
"""

from __future__ import annotations

import argparse
import gc
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.app.slots.search_events import Asking, SearchEvent
from osnp_console.app.slots.search_slots import SlotSearch
from osnp_console.domain.slots.merging import merge_slots
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.benchmarks.loopback_agendas import QUERY, USED, agendas, tools
from tests.benchmarks.measuring import kept, shown, table

FEW, MANY, SOURCES = 50, 500, 10
AIM = 1.05
GIVEN_UP_EVERY = 5


@dataclass(frozen=True, slots=True)
class Left:
    """What the process holds."""

    kib: float
    handles: int
    threads: int
    blocks: int

    @classmethod
    def now(cls) -> Left:
        """Once what is under way has ended and all that nobody holds is gone."""
        until = time.monotonic() + 10
        while any(thread.name == "agenda" for thread in threading.enumerate()) and time.monotonic() < until:
            time.sleep(0.01)
        for _ in range(3):
            gc.collect()
        status = Path("/proc/self/status").read_text(encoding="ascii")
        resident = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
        handles = len(list(Path("/proc/self/fd").iterdir()))
        return cls(float(resident), handles, threading.active_count(), sys.getallocatedblocks())


def one_search(search: SlotSearch, sources: list[AgendaSource], *, given_up: bool) -> None:
    """Ask all the sources; put together what they found, unless the search is given up at once."""
    asked = threading.Event()

    def report(event: SearchEvent) -> None:
        if isinstance(event, Asking):
            asked.set()

    run = search.start([(source, QUERY) for source in sources], report)
    if given_up:
        asked.wait(10)
        return
    if not run.wait(30):
        raise SystemExit("Une recherche n'a pas fini.")
    merge_slots(slot for answer in run.answers for slot in answer.slots)


def measure(few: int, many: int) -> None:
    with agendas(SOURCES, 0.0) as sources:
        nobody = AgendaSource(
            "sourd", SourceKind.SAS_FHIR, "Sourd", "http://127.0.0.1:9/fhir", practitioners=("10009999999",)
        )
        search = SlotSearch(USED, tools())
        early = None
        for number in range(many):
            if number == few:
                early = Left.now()
            given_up = number % GIVEN_UP_EVERY == GIVEN_UP_EVERY - 1
            one_search(search, [*sources, nobody], given_up=given_up)
        search.cancel()
        late = Left.now()
    assert early is not None
    rows = [
        ("mémoire résidente (Kio)", early.kib, late.kib, AIM),
        ("fils d'exécution", early.threads, late.threads, 1.0),
        ("descripteurs ouverts", early.handles, late.handles, 1.0),
        ("blocs de mémoire de Python", early.blocks, late.blocks, AIM),
    ]
    table(
        f"Après {many} recherches contre après {few}, même processus",
        ["mesure", f"{few}", f"{many}", "rapport", "visée"],
        [
            [name, f"{before:.0f}", f"{after:.0f}", f"×{after / before:.3f}",
             f"×{shown(aim)} {kept(after <= before * aim)}"]
            for name, before, after, aim in rows
        ],
    )  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peu", type=int, default=FEW)
    options.add_argument("--beaucoup", type=int, default=MANY)
    chosen = options.parse_args()
    measure(chosen.peu, chosen.beaucoup)


if __name__ == "__main__":
    main()

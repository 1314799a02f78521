"""A large answer: what do 10 000 slots cost, and how long does the window wait meanwhile?

Decoded, merged, judged and ranked against `json.loads` alone in the same run; then the gaps of a main thread
that wakes every millisecond while a worker does the same work.
Run: python tests/benchmarks/decoding.py
"""

from __future__ import annotations

import json
import statistics
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.app.sources.agendas import Deadline, SlotQuery
from osnp_console.connectors.fhir.reading import SlotReading
from osnp_console.connectors.fhir.translation import SlotSource
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.slots.merging import merge_slots
from osnp_console.domain.slots.ranking import RankedSlot, rank
from osnp_console.domain.slots.ruling import Admissions, Ruling, SlotRuling, admissions_of
from osnp_console.domain.slots.slot import Slot
from tests.benchmarks.generated_searchset import FIRST, searchset
from tests.benchmarks.judging import settled_call
from tests.benchmarks.measuring import kept, p95, table, times_ms, times_over
from tests.benchmarks.opened import INSTANT, built_in

SLOTS, AGENDAS = 10_000, 250
AIM_RATIO, AIM_STALL_MS = 2.0, 50.0
NOW = FIRST - timedelta(hours=3)
QUERY = SlotQuery(NOW, NOW + timedelta(hours=72))
WAKE_MS = 1.0


class Work:
    """The way of one answer, step by step."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        rows = built_in().dispositifs
        self._admissions: Admissions = admissions_of(Checklist(rows, settled_call(), INSTANT))
        taking = sorted(name for name, one in self._admissions.items() if one.takes)
        self._source = SlotSource("essai", frozenset(taking[:2]), NOW)

    def decode(self) -> list[Slot]:
        slots: list[Slot] = []
        reading = SlotReading(self._source, QUERY, Deadline(60), slots.extend)
        reading.page(self.body)
        told = reading.end()
        if (told.read, told.rejected, len(slots)) != (SLOTS, 0, SLOTS):
            raise SystemExit(f"lu {told.read}, écarté {told.rejected}, gardé {len(slots)}")
        return slots

    def judge(self, slots: list[Slot]) -> list[tuple[Slot, Ruling]]:
        ruling = SlotRuling(self._admissions)
        return [(slot, ruling.decide(slot, NOW)) for slot in slots]

    def whole(self) -> list[RankedSlot]:
        return rank(self.judge(merge_slots(self.decode())), "Dr Essai")


def costs(work: Work) -> None:
    slots = work.decode()
    merged = merge_slots(slots)
    judged = work.judge(merged)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("json.loads seul", lambda: json.loads(work.body)),
        ("décoder", work.decode),
        ("réunir", lambda: merge_slots(slots)),
        ("juger", lambda: work.judge(merged)),
        ("ranger", lambda: rank(judged, "Dr Essai")),
        ("tout", work.whole),
    ]
    times = {name: statistics.median(times_ms(step, 7)) for name, step in steps}
    alone = times["json.loads seul"]
    lines = [[name, value, times_over(value, alone)] for name, value in times.items()]
    met = times["tout"] <= AIM_RATIO * alone
    lines[-1].append(f"{kept(met)} (≤ ×{AIM_RATIO:g})")
    size = len(work.body) / 1e6
    table(
        f"{SLOTS} créneaux, {3 * AGENDAS} ressources liées, {size:.1f} Mo".replace(".", ","),
        ["étape", "ms", "/ json.loads", "visée"],
        [[*line, ""][:4] for line in lines],
    )


def gaps_ms(busy: Callable[[], object] | None, runs: int) -> list[float]:
    """How much later than asked the main thread wakes, while a worker runs `busy` so many times."""
    done = threading.Event()

    def run() -> None:
        for _ in range(runs):
            if busy is not None:
                busy()
            else:
                time.sleep(0.3)
        done.set()

    worker = threading.Thread(target=run)
    worker.start()
    late = []
    while not done.is_set():
        asked = time.perf_counter()
        time.sleep(WAKE_MS / 1000)
        late.append((time.perf_counter() - asked) * 1000 - WAKE_MS)
    worker.join()
    return late


def stalls(work: Work) -> None:
    lines = []
    for name, busy in (
        ("au repos", None),
        ("pendant la réponse", work.whole),
        ("pendant json.loads", lambda: json.loads(work.body)),
    ):
        late = gaps_ms(busy, 5)
        aim = f"{kept(p95(late) < AIM_STALL_MS)} (< {AIM_STALL_MS:g} ms)" if busy == work.whole else ""
        lines.append([name, statistics.median(late), p95(late), max(late), aim])
    table("Attente du fil principal", ["", "médiane, ms", "p95, ms", "max, ms", "visée"], lines)


def main() -> None:
    work = Work(searchset(SLOTS, AGENDAS))
    costs(work)
    stalls(work)


if __name__ == "__main__":
    main()

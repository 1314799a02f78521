"""10 000 slots land in the real window: how long would a key wait meanwhile, at any moment of the search?

A saved searchset is one of the agendas of an open call. While it is searched, the window's loop is timed turn
by turn; a key that comes in the middle of a turn waits for its end. Against the same loop at rest.
Run: python tests/benchmarks/slots_in_window.py
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.opened_window import desk_window, painted, until  # first: it sets Qt's platform

# isort: split
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from osnp_console.app.ports import OpenUnit
from osnp_console.bootstrap.window import OpenWindow
from osnp_console.domain import facts
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.benchmarks.generated_searchset import FIRST, searchset
from tests.benchmarks.measuring import kept, p95, table
from tests.journeys.slots_desk import REDON_CALL

SLOTS, AGENDAS = 10_000, 250
AIM_MS = 50.0
REDON = "44-pays-de-redon-mg"
REST_SECONDS = 2.0
NOW = FIRST - timedelta(hours=3)


def waits_ms(opened: OpenWindow, done: Callable[[], bool]) -> list[float]:
    """What a key waits, for one coming at each millisecond until `done`."""
    waits: list[float] = []
    while not done():
        began = time.perf_counter()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 0)
        spent = (time.perf_counter() - began) * 1000
        waits += [spent - passed for passed in range(int(spent) + 1)]
        time.sleep(0.0005)
    return waits


def declare(opened: OpenWindow, file: Path) -> None:
    source = AgendaSource("grand", SourceKind.FHIR_BUNDLE, "Grande réponse", str(file), dispositifs=(REDON,))

    def put(open_unit: OpenUnit) -> None:
        with open_unit() as unit:
            unit.sources.put(source)
            unit.commit()

    opened.base.submit(put).result()


def measure(opened: OpenWindow) -> tuple[list[float], list[float], int]:
    """At rest, then while the search runs; and how many slots were shown."""
    window = opened.window
    searches = window.agendas.searches
    end = time.monotonic() + REST_SECONDS
    rest = waits_ms(opened, lambda: time.monotonic() > end)
    searches.load()
    until(lambda: bool(searches.declared.sources))
    window.calls.settle()
    call = window.calls.current
    assert call is not None
    window.calls.answer(facts.REASON, "otite")
    window.calls.settle()
    busy = waits_ms(opened, lambda: searches.slots_of(call).is_complete)
    painted()
    return rest, busy, len(searches.slots_of(call).board.column().rows)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, desk_window(now=lambda: NOW) as opened:
        file = Path(folder) / "grand.json"
        file.write_bytes(searchset(SLOTS, AGENDAS))
        declare(opened, file)
        opened.window.calls.take()
        for code, answer in REDON_CALL.items():
            if code != facts.REASON:
                opened.window.calls.answer(code, answer)
        painted()
        rest, busy, shown = measure(opened)
    lines = [
        [name, statistics.median(waits), p95(waits), max(waits), aim]
        for name, waits, aim in (
            ("au repos", rest, ""),
            (f"{SLOTS} créneaux se posent", busy, f"{kept(p95(busy) < AIM_MS)} (< {AIM_MS:g} ms)"),
        )
    ]
    table(
        f"Ce qu’une touche attend dans la fenêtre ({shown} rangs à la fin)",
        ["", "médiane, ms", "p95, ms", "max, ms", "visée"],
        lines,
    )


if __name__ == "__main__":
    main()

"""Times and tables of the measurements: medians over repeats, ratios within one run."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence


def times_ms(action: Callable[[], object], repeats: int) -> list[float]:
    """How long each of `repeats` runs of `action` took, after one that does not count."""
    action()
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def median_ms(action: Callable[[], object], repeats: int) -> float:
    return statistics.median(times_ms(action, repeats))


def each_ms(actions: Iterable[Callable[[], object]]) -> list[float]:
    """How long each of several different actions took."""
    taken = []
    for action in actions:
        start = time.perf_counter()
        action()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def p95(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def shown(value: float) -> str:
    """Three significant figures, never in powers of ten."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def times_over(value: float, reference: float) -> str:
    """`value` as a multiple of `reference`."""
    return f"×{shown(value / reference)}"


def kept(met: bool) -> str:
    return "tenu" if met else "MANQUÉ"


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    lines = [[cell if isinstance(cell, str) else _cell(cell) for cell in row] for row in rows]
    widths = [max(len(line[place]) for line in [list(headings), *lines]) for place in range(len(headings))]
    print(f"\n{title}")
    for line in [list(headings), ["-" * width for width in widths], *lines]:
        first, *others = zip(line, widths, strict=True)
        print("  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]))
    sys.stdout.flush()


def _cell(value: object) -> str:
    return shown(value) if isinstance(value, float) else str(value)

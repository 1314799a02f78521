"""What a long shift leaves behind: memory, open handles and threads after many calls, against after a few.

Each call is taken, filled in field by field, settled and closed in the real window, over a real encrypted
base; the window is looked at as an operator does (counts, detail, tabs). Memory is read once what can be
given back was given back.
Run: python tests/benchmarks/long_shift.py
"""

from __future__ import annotations

import argparse
import gc
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import Answer
from osnp_console.ui.frame.main_window import MainWindow
from tests.benchmarks.measuring import kept, shown, table
from tests.benchmarks.opened_window import desk_window, painted, until

FEW, MANY = 50, 500
AIM = 1.05
KIB = 1024
REASONS = ("otite", "cystite", "angine", "renouvellement")
COMMUNES = ("44067", "35236", "44109", "44184")


def sheet_of(number: int) -> list[tuple[str, Answer]]:
    """What the caller of a number says."""
    return [
        (fields.CALLER_LINK, "proche"), (fields.CALLER_PHONE, f"06399{number:05d}"),
        (fields.BIRTH_NAME, f"ESSAI{number:04d}"), (fields.FIRST_NAMES, "Camille"),
        (facts.BIRTH, f"{number % 28 + 1:02d}/03/{1950 + number % 70}"), (facts.SEX, "FM"[number % 2]),
        (facts.RESIDENCE, COMMUNES[number % len(COMMUNES)]), (facts.PRESENT_PLACE, "domicile"),
        (facts.REASON, REASONS[number % len(REASONS)]), (facts.DELAY, 48),
        (facts.REGULAR_DOCTOR, "indisponible"), (facts.CAN_TRAVEL, True),
        (fields.NOTE, "Au téléphone depuis hier soir, rappeler après 14 h."),
    ]  # fmt: skip


def one_call(window: MainWindow, number: int) -> None:
    """Take a call, fill it in, close it; every field is shown before the next."""
    calls = window.calls
    window.frame.take_call()
    for code, answer in sheet_of(number):
        calls.answer(code, answer)
        calls.settle()
        painted()
    calls.close("oriente")
    until(lambda: calls.is_saved)
    painted()
    # What Qt's own loop does each time it comes round, and no loop runs here.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@dataclass(frozen=True, slots=True)
class Left:
    """What the process holds."""

    kib: float
    handles: int
    threads: int
    blocks: int
    widgets: int
    kinds: Counter[str]

    @classmethod
    def now(cls, *, with_kinds: bool) -> Left:
        """Once all that nobody holds is gone; the kinds only when wanted: counting them takes memory too."""
        for _ in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            painted()
            gc.collect()
        kib, blocks = _resident(), sys.getallocatedblocks()
        kinds: Counter[str] = Counter()
        if with_kinds:
            kinds.update(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())
        return cls(
            kib,
            len(list(Path("/proc/self/fd").iterdir())),
            threading.active_count(),
            blocks,
            len(QApplication.allWidgets()),
            kinds,
        )


def _resident() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")))


def measure(few: int, many: int, *, grown: bool) -> None:
    """A shift of `many` calls, looked at after `few` of them too."""
    with desk_window() as opened:
        # What the start does beside the window is no part of the shift.
        until(lambda: any(thread.name == "communes" for thread in threading.enumerate()))
        until(lambda: not any(thread.name == "communes" for thread in threading.enumerate()))
        for number in range(few):
            one_call(opened.window, number)
        early = Left.now(with_kinds=grown)
        for number in range(few, many):
            one_call(opened.window, number)
        late = Left.now(with_kinds=grown)
    measures: list[tuple[str, Callable[[Left], float], float]] = [
        ("mémoire résidente (Kio)", lambda left: left.kib, AIM),
        ("descripteurs ouverts", lambda left: left.handles, 1.0),
        ("fils d'exécution", lambda left: left.threads, 1.0),
        ("blocs de mémoire de Python", lambda left: left.blocks, AIM),
        ("widgets", lambda left: left.widgets, 1.0),
    ]
    table(
        f"Après {many} appels contre après {few}, même processus",
        ["mesure", f"{few} appels", f"{many} appels", "rapport", "visée"],
        [
            [name, f"{read(early):.0f}", f"{read(late):.0f}", f"×{read(late) / read(early):.3f}",
             f"×{shown(aim)} {kept(read(late) <= read(early) * aim)}"]
            for name, read, aim in measures
        ],
    )  # fmt: skip
    if grown:
        more = late.kinds - early.kinds
        table("Ce qui a grandi", ["type", "de plus"], [[name, count] for name, count in more.most_common(25)])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peu", type=int, default=FEW)
    options.add_argument("--beaucoup", type=int, default=MANY)
    options.add_argument(
        "--grandi", action="store_true", help="dire les types d'objets devenus plus nombreux"
    )
    chosen = options.parse_args()
    measure(chosen.peu, chosen.beaucoup, grown=chosen.grandi)


if __name__ == "__main__":
    main()

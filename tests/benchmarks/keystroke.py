"""From a key to the painted checklist, in the real window, against a bare line and list given the same keys.

A key counts until nothing waits to be done or painted any more, the store's answers that come meanwhile
included. The bare window repaints its whole list at each key too.
Run: python tests/benchmarks/keystroke.py (under Xvfb with QT_QPA_PLATFORM=xcb)
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QMainWindow, QVBoxLayout, QWidget

from osnp_console.bootstrap.application import make_application
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.dispositif import Dispositif
from osnp_console.ui.frame.main_window import MainWindow
from tests.benchmarks.generated_rows import generated_rows
from tests.benchmarks.measuring import kept, p95, shown, table, times_over
from tests.benchmarks.opened import built_in
from tests.benchmarks.opened_window import WINDOW_SIZE, desk_window, painted, press, until

AIMS_MS = {93: 16.0, 5000: 32.0}
LETTER, FACT, ANSWER = "lettre sans fait", "lettre qui change un fait", "réponse complète"
Script = Sequence[tuple[str, str]]
CALLS: Sequence[Script] = (
    (
        (fields.CALLER_PHONE, "0639984107\r"), (fields.CALLER_LINK, "PP"), (fields.BIRTH_NAME, "le goff\r"),
        (fields.FIRST_NAMES, "noe\r"), (facts.BIRTH, "14/03/2019\r"), (facts.SEX, "M"),
        (facts.RESIDENCE, "redon\r"), (facts.PRESENT_PLACE, "D"), (facts.REASON, "otite\r"),
        (facts.DELAY, "4"), (facts.REGULAR_DOCTOR, "I"), (facts.CAN_TRAVEL, "O"),
        (fields.NOTE, "mere au telephone, douleur depuis hier soir, 38,4"),
    ),
    (
        (fields.CALLER_PHONE, "0261910427\r"), (fields.CALLER_LINK, "P"), (fields.BIRTH_NAME, "kerolguen\r"),
        (fields.FIRST_NAMES, "jeanne\r"), (facts.BIRTH, "52 ans\r"), (facts.SEX, "F"),
        (facts.RESIDENCE, "saint nazaire\r"), (facts.PRESENT_PLACE, "D"), (facts.REASON, "cystite\r"),
        (facts.DELAY, "2"), (facts.REGULAR_DOCTOR, "A"), (facts.CAN_TRAVEL, "N"),
        (fields.NOTE, "brulures depuis deux jours, pas de fievre, seule chez elle"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key: what it did, and how long until all was painted."""

    kind: str
    milliseconds: float


def timed(widget: QWidget, key: str) -> float:
    start = time.perf_counter()
    press(widget, key)
    painted()
    return (time.perf_counter() - start) * 1000


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


class Typist:
    """Types calls into the window, and notes what each key did to the call."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._settled = 0
        self.strokes: list[Stroke] = []
        window.calls.settled.connect(self._is_settled)

    def _is_settled(self) -> None:
        self._settled += 1

    def call(self, script: Script) -> None:
        """A whole call, from its taking to its close."""
        self._window.frame.take_call()
        for code, keys in script:
            if not self._window.frame.call_desk.intake.focus_field(code):
                continue
            for key in keys:
                self._settle_down()
                self._stroke(key)
        self._settle_down()
        self._window.calls.close("oriente")
        self._settle_down()

    def _settle_down(self) -> None:
        """One types when the last key is done with: a hundred milliseconds are many times what it takes."""
        until(lambda: self._window.calls.is_saved)
        painted()

    def _stroke(self, key: str) -> None:
        call = self._window.calls.current
        assert call is not None
        before, settled = call.call, self._settled
        taken = timed(focused(), key)
        kind = ANSWER if self._settled != settled else FACT if call.call != before else LETTER
        self.strokes.append(Stroke(kind, taken))


def in_the_window(dispositifs: Sequence[Dispositif] | None, repeats: int) -> list[Stroke]:
    """The strokes of all calls, after one call that does not count."""
    with desk_window(dispositifs) as opened:
        opened.window.activateWindow()
        Typist(opened.window).call(CALLS[0])
        typist = Typist(opened.window)
        for _ in range(repeats):
            for script in CALLS:
                typist.call(script)
        return typist.strokes


def in_a_bare_window(rows: int, repeats: int) -> list[float]:
    """The same keys in a QLineEdit over a QListView of as many plain rows."""
    make_application()
    window, line, listed = QMainWindow(), QLineEdit(), QListView()
    model = QStringListModel([f"Ligne {number}" for number in range(rows)])
    listed.setModel(model)
    middle = QWidget()
    column = QVBoxLayout(middle)
    column.addWidget(line)
    column.addWidget(listed)
    window.setCentralWidget(middle)
    line.textChanged.connect(listed.viewport().update)
    window.resize(*WINDOW_SIZE)
    window.show()
    window.activateWindow()
    painted()
    taken = []
    for _ in range(repeats):
        for script in CALLS:
            for _, keys in script:
                line.clear()
                painted()
                taken += [timed(line, key) for key in keys]
    window.close()
    return taken


def measure(rows: int, repeats: int) -> None:
    """One table, and whether the aim is met."""
    plain = in_a_bare_window(rows, repeats)
    strokes = in_the_window(None if rows == len(built_in().dispositifs) else generated_rows(rows), repeats)
    groups = {"toutes les frappes": [one.milliseconds for one in strokes]}
    for kind in (LETTER, FACT, ANSWER):
        groups[kind] = [one.milliseconds for one in strokes if one.kind == kind]
    groups["fenêtre nue, mêmes touches"] = plain
    bare = p95(plain)
    table(
        f"D'une touche à la liste peinte, {rows} dispositifs",
        ["frappes", "nombre", "ms", "p95", "max", "p95 / fenêtre nue"],
        [
            [name, len(taken), statistics.median(taken), p95(taken), max(taken), times_over(p95(taken), bare)]
            for name, taken in groups.items()
            if taken
        ],
    )
    aim = AIMS_MS.get(rows)
    found = p95(groups["toutes les frappes"])
    if aim is not None:
        print(f"Visée au p95, toutes les frappes : {shown(aim)} ms ; {shown(found)} ms, {kept(found < aim)}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--repetitions", type=int, default=5)
    options.add_argument("--dispositifs", type=int, nargs="*", default=list(AIMS_MS))
    chosen = options.parse_args()
    for rows in chosen.dispositifs:
        measure(rows, chosen.repetitions)


if __name__ == "__main__":
    main()

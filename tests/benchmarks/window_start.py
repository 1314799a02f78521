"""From the start of the process to a window where a call can be taken, against a bare window of Qt.

Each start is a fresh process, theirs and ours in turn; the catalogue is compiled and the base made before.
Run: python tests/benchmarks/window_start.py (under Xvfb with QT_QPA_PLATFORM=xcb)
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from osnp_console.bootstrap import build
from tests.benchmarks.measuring import kept, p95, shown, table, times_over
from tests.journeys.workstation import Workstation

ROOT = Path(__file__).resolve().parents[2]
AIM = 2.5
SCREEN = {"name": "écran", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96}
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
application.processEvents()
print("PEINTE", flush=True)
import os; os._exit(0)
"""


def start(command: list[str], home: Path) -> dict[str, float]:
    """When each word was said, in milliseconds from the start of the process."""
    environment = {
        "QT_QPA_PLATFORM": f"offscreen:configfile={home / 'ecran.json'}",
        **os.environ,
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "PYTHONPYCACHEPREFIX": str(home / "pyc"),
    }
    # An installed program has its modules compiled: the first start of each, which does not count, does it.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment, cwd=ROOT
    )
    assert process.stdout is not None
    said = {}
    with process.stdout:
        for line in process.stdout:
            said[line.split()[0]] = (time.perf_counter() - begun) * 1000
    if process.wait() != 0:
        raise RuntimeError(f"arrêt en échec : {command}")
    return said


def measure(repeats: int) -> None:
    """Start both in turn; the first start of each does not count."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        workstation = Workstation(home, build())
        workstation.install()
        (home / "ecran.json").write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
        secrets = json.dumps(workstation.keyring.secrets)
        ours = [sys.executable, str(ROOT / "tests/benchmarks/started_window.py"), folder, secrets]
        bare = [sys.executable, "-c", BARE]
        starts, plain = [], []
        for number in range(repeats + 1):
            one, other = start(ours, home), start(bare, home)
            if number:
                starts.append(one)
                plain.append(other["PEINTE"])
    reference = statistics.median(plain)
    groups = {
        "fenêtre nue (QMainWindow)": plain,
        "console, première image": [one["PEINTE"] for one in starts],
        "console, premier appel pris": [one["UTILISABLE"] for one in starts],
    }
    table(
        "Départ à froid, processus neuf, catalogue compilé",
        ["départ", "ms", "p95", "par rapport à la fenêtre nue"],
        [
            [name, statistics.median(taken), p95(taken), times_over(statistics.median(taken), reference)]
            for name, taken in groups.items()
        ],
    )
    ratio = statistics.median(groups["console, premier appel pris"]) / reference
    print(f"Visée : au plus × {shown(AIM)} ; × {shown(ratio)}, {kept(ratio <= AIM)}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--repetitions", type=int, default=15)
    measure(options.parse_args().repetitions)


if __name__ == "__main__":
    main()

"""Every measurement, one after the other. Run: python tests/benchmarks/run_all.py"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MEASUREMENTS = (
    "judging.py",
    "questions.py",
    "typeahead.py",
    "call_search.py",
    "start.py",
    "keystroke.py",
    "window_start.py",
    "long_shift.py",
    "decoding.py",
    "fan_out.py",
    "search_shift.py",
    "slots_in_window.py",
    "documents.py",
)


def main() -> int:
    here = Path(__file__).resolve().parent
    failed = []
    for name in MEASUREMENTS:
        print(f"\n=== {name} ===", flush=True)
        if subprocess.run([sys.executable, str(here / name)], check=False).returncode != 0:
            failed.append(name)
    if failed:
        print(f"Mesures en échec : {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""`kill -9` in the middle of writing: what was committed is there, complete, and the journal verifies."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from osnp_console.storage.store import Store
from tests.storage.kept import DESK, full_call
from tests.storage.places import StorePlace

_WRITES = """
import sys
from osnp_console.domain.journal import ANSWERED, JournalEntry
from tests.storage.kept import DESK, NOW, full_call
for number in range(100000):
    with store.unit() as unit:
        unit.calls.save(full_call(f"appel-{number}", number))
        unit.journal.append(JournalEntry(DESK, NOW, ANSWERED, f"appel-{number}", {"n": number}))
        unit.commit()
    print(number, flush=True)
"""


@pytest.mark.parametrize("killed_after", [1, 17, 40])
def test_after_kill_9_every_committed_call_is_offered_back_complete(
    place: StorePlace, store: Store, killed_after: int
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", place.opening + _WRITES],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert writer.stdout is not None
    told = -1
    for line in writer.stdout:
        told = int(line)
        if told >= killed_after:
            writer.send_signal(signal.SIGKILL)
            break
    told = max([told, *(int(line) for line in writer.stdout if line.strip().isdecimal())])
    writer.stdout.close()
    assert writer.wait() == -signal.SIGKILL
    assert place.verify().faults == ()
    with store.unit() as unit:
        back = {call.id: call for call in unit.calls.still_open(DESK)}
        lines = sum(len(unit.journal.of_call(call)) for call in back)
    assert {f"appel-{number}" for number in range(told + 1)} <= set(back)
    assert lines == len(back)
    assert all(call.sheet == full_call().sheet for call in back.values())

"""Desks as real processes: one program that loads once, then one process for each desk.

Run: python -m tests.load.desk_process PLANS.json

Says `prêt N` when desk N has its base open, then waits for the end of its standard input to begin; `appel N`
at each call that was ended, `fin N` when all is done and saved. Ends with 1 when a desk did not get there.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import msgspec

from osnp_console.connectors.local_agenda import booker, reader
from tests.load.booking_desk import BookingDesk
from tests.load.ledger import LedgerWriter
from tests.load.one_operator import Operator
from tests.load.workplace import DeskPlan, Workplace
from tests.unit.desk_calls import check

LOADED_BEFORE = (booker, reader)
"""What a desk imports when it first needs it: loaded once for all of them."""
LAST_SAVE_SECONDS = 180.0


def write_plans(file: Path, plans: list[DeskPlan]) -> None:
    """What `read_plans` reads."""
    file.write_bytes(msgspec.json.encode(plans))


def read_plans(file: Path) -> list[DeskPlan]:
    """The desks to start."""
    return msgspec.json.decode(file.read_bytes(), type=list[DeskPlan])


def run_desk(plan: DeskPlan) -> bool:
    """One desk from its opening to its last save; False when something could not be saved."""
    ledger = LedgerWriter(plan.ledger)
    workplace = Workplace(plan, check(), ledger)
    workplace.begin()
    booking = BookingDesk(workplace)
    _say("prêt", plan)
    os.read(0, 1)
    for _ in Operator(workplace, booking).work():
        _say("appel", plan)
    booking.settle_all()
    workplace.save()
    saved = workplace.until(lambda: workplace.is_saved, LAST_SAVE_SECONDS)
    ended = workplace.end(30)
    if saved and ended:
        ledger.write("fin")
        _say("fin", plan)
    return saved and ended


def _say(what: str, plan: DeskPlan) -> None:
    os.write(1, f"{what} {plan.number}\n".encode())


def main(plans: list[DeskPlan]) -> int:
    """Start every desk, wait for all of them; the exit status."""
    started = [_start(plan) for plan in plans]
    ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in started]
    return 1 if any(ends) else 0


def _start(plan: DeskPlan) -> int:
    # Nothing was connected and no thread was started yet: a copy of this process is as good as a new one.
    pid = os.fork()
    if pid:
        return pid
    try:
        done = run_desk(plan)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0 if done else 1)


if __name__ == "__main__":
    sys.exit(main(read_plans(Path(sys.argv[1]))))

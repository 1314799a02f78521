"""Desks as real processes: one program that loads once, then one process for each desk.

Run: python -m tests.load.desk_process PLANS.json

Says `prêt N PID` when desk N has its base open, then waits for the end of its standard input to begin;
`appel N` at each call that was ended, `fin N` when all is done and saved. A desk that is killed is started
again, with what was on its disk. Ends with 1 when a desk did not get there.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from pathlib import Path

import msgspec

from osnp_console.connectors.local_agenda import booker, reader
from tests.load.booking_desk import BookingDesk
from tests.load.handing_over import LineDesk, Sender, Transfers
from tests.load.ledger import LedgerWriter, read_ledger
from tests.load.network import enter_network
from tests.load.one_operator import Operator
from tests.load.proposing import Proposing
from tests.load.workplace import DeskPlan, Workplace
from tests.unit.desk_calls import check

LOADED_BEFORE = (booker, reader)
"""What a desk imports when it first needs it: loaded once for all of them."""
LAST_SAVE_SECONDS = 180.0
SENDERS_OVER = "plus-rien-a-remettre"
"""The file that appears in the room's folder once every desk that hands patients over has ended."""


def write_plans(file: Path, plans: list[DeskPlan]) -> None:
    """What `read_plans` reads."""
    file.write_bytes(msgspec.json.encode(plans))


def read_plans(file: Path) -> list[DeskPlan]:
    """The desks to start."""
    return msgspec.json.decode(file.read_bytes(), type=list[DeskPlan])


def run_desk(plan: DeskPlan, *, again: bool = False) -> bool:
    """One desk from its opening to its last save; False when something could not be saved."""
    if plan.network:
        enter_network(plan.network)
    before = read_ledger(plan.ledger, plan.desk.code) if again else None
    ledger = LedgerWriter(plan.ledger)
    workplace = Workplace(plan, check(), ledger)
    transfers, proposing = Transfers(workplace), Proposing(workplace)
    workplace.begin(again=again)
    booking = BookingDesk(workplace, proposing)
    operator = Operator(workplace, booking, Sender(workplace, transfers))
    _say("prêt", plan, os.getpid())
    if not again:
        os.read(0, 1)
    if plan.is_line:
        over = Path(plan.folder) / SENDERS_OVER
        for _ in LineDesk(workplace, transfers, operator.type_letters, over.exists).work(before):
            _say("transfert", plan)
    else:
        for _ in operator.work(before):
            _say("appel", plan)
    booking.settle_all()
    workplace.save()
    saved = workplace.until(lambda: workplace.is_saved, LAST_SAVE_SECONDS)
    ended = workplace.end(30)
    if saved and ended:
        ledger.write("fin")
        _say("fin", plan)
    return saved and ended


def _say(what: str, plan: DeskPlan, *more: int) -> None:
    os.write(1, f"{' '.join((what, str(plan.number), *map(str, more)))}\n".encode())


def main(plans: list[DeskPlan]) -> int:
    """Start every desk, start those again that are killed, wait for all of them; the exit status."""
    running = {_start(plan): plan for plan in plans}
    is_bad = False
    while running:
        pid, status = os.wait()
        plan = running.pop(pid)
        end = os.waitstatus_to_exitcode(status)
        if end == -signal.SIGKILL:
            LedgerWriter(plan.ledger).died()
            running[_start(plan, again=True)] = plan
        elif end != 0 and not is_bad:
            # The others would wait for it.
            is_bad = True
            for other in running:
                os.kill(other, signal.SIGTERM)
        elif all(other.is_line for other in running.values()):
            (Path(plan.folder) / SENDERS_OVER).touch()
    return 1 if is_bad else 0


def _start(plan: DeskPlan, *, again: bool = False) -> int:
    # Nothing was connected and no thread was started yet: a copy of this process is as good as a new one.
    pid = os.fork()
    if pid:
        return pid
    try:
        done = run_desk(plan, again=again)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0 if done else 1)


if __name__ == "__main__":
    sys.exit(main(read_plans(Path(sys.argv[1]))))

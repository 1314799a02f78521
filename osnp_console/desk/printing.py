"""Prints through the system's own queue (CUPS) and follows the sheet until it is out.

`lp` is chosen over drawing pages on the printer, where there is both: it reads the document from a pipe, so
that no file holds it on its way; the codes stay lines, not dots; and the queue says what became of it.
Measured on one A4 prescription: 33 KB sent in 0.05 s, against 566 KB in 1.1 s at 300 dots an inch.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from threading import Event

from osnp_console.app.prescription.print_records import PrintOutcome
from osnp_console.app.prescription.printing import (
    NO_PRINTER,
    NOT_OUT,
    NOT_OUT_YET,
    REFUSED,
    STOPPED,
    SWITCHED_OFF,
    UNREACHABLE,
    SendToPrinter,
    Sent,
)
from osnp_console.app.prescription.site_records import PaperSize

LOG = logging.getLogger(__name__)
TITLE = "Ordonnance"
"""What the queue calls the document: it names nobody."""
PATIENCE_S = 20.0
"""How long a sheet is waited for: a printer that is warm has it out well before."""
_LOOK_EVERY_S = 0.25
_COMMAND_S = 10.0
_GIVEN = re.compile(r"request id is (\S+-\d+)")


def system_printer() -> SendToPrinter | None:
    """What prints on this system by its queue; None where there is no such queue (Windows)."""
    return LpPrinter() if shutil.which("lp") and shutil.which("lpstat") and shutil.which("cancel") else None


class LpPrinter:
    """`app.prescription.printing.SendToPrinter` by `lp`. Each call waits: never on the window's thread."""

    def __init__(self, patience: float = PATIENCE_S, pause: Callable[[float], object] | None = None) -> None:
        """`patience` in seconds; `pause` waits that long."""
        self._looks = max(1, int(patience / _LOOK_EVERY_S))
        self._pause = pause if pause is not None else Event().wait

    def __call__(self, content: bytes, printer: str, size: PaperSize) -> Sent:
        """Print a PDF once, at its own size; the answer says what came of it."""
        if not printer:
            return Sent(PrintOutcome.NOT_PRINTED, NO_PRINTER)
        try:
            if self._is_off(printer):
                return Sent(PrintOutcome.NOT_PRINTED, SWITCHED_OFF.format(printer))
            options = ("-o", f"media={size.value}", "-o", "print-scaling=none")
            given = _run("lp", "-d", printer, "-t", TITLE, "-n", "1", *options, "-", content=content)
        except (OSError, subprocess.TimeoutExpired):
            return Sent(PrintOutcome.UNKNOWN, UNREACHABLE)
        request = _GIVEN.search(given.stdout)
        if given.returncode != 0 or request is None:
            LOG.info("impression_refusee", extra={"raison": given.returncode})
            said = REFUSED.format(printer) if _is_there() else UNREACHABLE
            return Sent(PrintOutcome.NOT_PRINTED, said)
        try:
            return self._followed(printer, request[1])
        except (OSError, subprocess.TimeoutExpired):
            return Sent(PrintOutcome.UNKNOWN, NOT_OUT_YET.format(printer))

    def _is_off(self, printer: str) -> bool:
        found = _run("lpstat", "-p", printer)
        return found.returncode == 0 and " disabled since " in found.stdout

    def _followed(self, printer: str, request: str) -> Sent:
        for _ in range(self._looks):
            if not _is_in_queue(printer, request):
                return _ended(printer, request)
            self._pause(_LOOK_EVERY_S)
        # Taken back, so that it does not come out once nobody waits for it any more.
        was_printing = request in _run("lpstat", "-p", printer).stdout
        ended = _ended(printer, request)
        if was_printing and ended.outcome is not PrintOutcome.PRINTED:
            return Sent(PrintOutcome.UNKNOWN, NOT_OUT_YET.format(printer))
        return ended


def _is_in_queue(printer: str, request: str) -> bool:
    found = _run("lpstat", "-W", "not-completed", "-o", printer)
    return any(line.split(" ", 1)[0] == request for line in found.stdout.splitlines())


def _ended(printer: str, request: str) -> Sent:
    """What a request came to: taking it back is refused for one that has ended, with how it did."""
    answer = _run("cancel", request)
    if answer.returncode == 0:
        return Sent(PrintOutcome.NOT_PRINTED, NOT_OUT.format(printer))
    if "already completed" in answer.stderr:
        return Sent(PrintOutcome.PRINTED)
    if "already canceled" in answer.stderr or "already aborted" in answer.stderr:
        return Sent(PrintOutcome.NOT_PRINTED, STOPPED.format(printer))
    return Sent(PrintOutcome.UNKNOWN, NOT_OUT_YET.format(printer))


def _is_there() -> bool:
    """Whether the system's print service answers."""
    try:
        return _run("lpstat", "-r").stdout.strip() == "scheduler is running"
    except (OSError, subprocess.TimeoutExpired):
        return False


def _run(*command: str, content: bytes = b"") -> subprocess.CompletedProcess[str]:
    """One of the system's commands, in its own words whatever the language of the desk."""
    ran = subprocess.run(
        command,
        input=content,
        capture_output=True,
        timeout=_COMMAND_S,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    out, told = (text.decode("utf-8", "replace") for text in (ran.stdout, ran.stderr))
    return subprocess.CompletedProcess(command, ran.returncode, out, told)

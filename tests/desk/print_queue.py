"""A print service (CUPS) with one printer that writes PDF files: started for tests, then stopped."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PRINTER = "Essai"
_PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
_BACKEND = Path("/usr/lib/cups/backend/cups-pdf")
MISSING = "CUPS et cups-pdf ne sont pas sur cette machine"
NOT_ROOT = "cups-pdf ne tourne que lancé par root"
_CONF = """LogLevel warn
Listen {folder}/socket
Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_FILES = """ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
SystemGroup root lpadmin
"""


def is_installed() -> bool:
    """Whether the programs are there."""
    programs = ("cupsd", "lpadmin", "lp", "cupsdisable")
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    found = all(shutil.which(one, path=path) for one in programs)
    return found and _PPD.exists() and _BACKEND.exists()


class PrintQueue:
    """The running service. Its address is `socket`, to be put in CUPS_SERVER."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "socket"
        # Where cups-pdf writes for a person is not for the asker to choose.
        self.out = Path(pwd.getpwuid(os.getuid()).pw_dir) / "PDF"
        self._before = {file: file.stat().st_mtime_ns for file in self.papers()}

    def papers(self) -> list[Path]:
        """The files that the printer has written, oldest first."""
        found = self.out.glob("*.pdf") if self.out.is_dir() else ()
        return sorted(found, key=lambda file: file.stat().st_mtime_ns)

    def new_papers(self) -> list[bytes]:
        """What came out since the queue was started, oldest first; the files are removed."""
        # Jobs are counted from 1 by each service: a name may come back.
        found = [file for file in self.papers() if self._before.get(file) != file.stat().st_mtime_ns]
        contents = [file.read_bytes() for file in found]
        for file in found:
            file.unlink()
        return contents

    def order(self, *command: str) -> None:
        """One of the service's own commands."""
        env = {**os.environ, "CUPS_SERVER": str(self.socket), "PATH": f"{os.environ['PATH']}:/usr/sbin"}
        subprocess.run(command, check=True, capture_output=True, env=env, timeout=20)


@contextmanager
def print_queue() -> Iterator[PrintQueue]:
    """The service, until the end of the block.

    Not in pytest's own folders: each session of it closes them to others, and filters run as another user.
    """
    folder = Path(tempfile.mkdtemp(prefix="impression-"))
    folder.chmod(0o755)
    try:
        with _served(folder) as queue:
            yield queue
    finally:
        shutil.rmtree(folder)


@contextmanager
def _served(folder: Path) -> Iterator[PrintQueue]:
    for name in ("root", "spool", "cache", "state", "log", "tmp"):
        (folder / name).mkdir(mode=0o755)
    (folder / "tmp").chmod(0o1777)
    (folder / "cupsd.conf").write_text(_CONF.format(folder=folder))
    (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))
    queue = PrintQueue(folder)
    command = [
        "/usr/sbin/cupsd",
        "-f",
        "-c",
        str(folder / "cupsd.conf"),
        "-s",
        str(folder / "cups-files.conf"),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until_it_answers(queue)
        queue.order("lpadmin", "-p", PRINTER, "-E", "-v", "cups-pdf:/", "-P", str(_PPD))
        yield queue
    finally:
        queue.new_papers()
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _until_it_answers(queue: PrintQueue) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if queue.socket.exists():
            try:
                queue.order("lpstat", "-r")
            except subprocess.CalledProcessError:
                continue
            return
        time.sleep(0.05)
    raise TimeoutError("cupsd")

"""A throw-away PostgreSQL server: started for the tests, stopped with everything it started."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest

from osnp_console.app.base.address import ServerAddress, base_place

MISSING = "les programmes de PostgreSQL (initdb, pg_ctl) ne sont pas sur cette machine"
DEMANDED = "OSNP_SERVEUR_EXIGE"
RUNS_AS = "postgres"
"""Who runs the server where root asks for it."""
_IN_MEMORY, _MEMORY_NEEDED = Path("/dev/shm"), 1 << 30
_ON_DISK = Path("/var/tmp")
_OPTIONS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=120"
    " -c shared_buffers=32MB -c autovacuum=off -c listen_addresses=127.0.0.1"
)


@cache
def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None where they are missing."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    # Debian keeps them out of the way of the commands.
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((one for one in folders if (one / "initdb").exists() and (one / "pg_ctl").exists()), None)


class RealServer:
    """One server on a loopback port and a unix socket; any name is let in, without password."""

    def __init__(self, folder: Path, options: str = "", hba: str | None = None) -> None:
        self.folder = folder
        self.port = _free_port()
        self._options = options
        self._made = 0
        if os.getuid() == 0:
            # The server refuses to run as root.
            shutil.chown(folder, RUNS_AS, RUNS_AS)
        self._run("initdb", "-D", str(self.data), "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8",
                  "--locale=C.UTF-8")  # fmt: skip
        if hba is not None:
            (self.data / "pg_hba.conf").write_text(hba)

    @property
    def data(self) -> Path:
        """The cluster's folder."""
        return self.folder / "data"

    def start(self) -> None:
        """Start it; it takes connections when this returns."""
        options = f"-p {self.port} -k {self.folder} {_OPTIONS} {self._options}"
        self._run("pg_ctl", "-D", str(self.data), "-w", "-s", "-l", str(self.folder / "log"), "-o", options,
                  "start")  # fmt: skip

    def restart(self) -> None:
        """Stop and start: for settings that are read at the start only."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-s", "restart")

    def demand_passwords(self) -> None:
        """From now on nobody gets in over the loopback without a password."""
        (self.data / "pg_hba.conf").write_text(
            "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        )
        self.say("select pg_reload_conf()")

    def kill(self) -> None:
        """`kill -9` on the server and everything it started; it can be started again when this returns."""
        group = self._group()
        if group is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        for _ in range(1000):
            try:
                os.killpg(group, 0)
            except ProcessLookupError:
                break
            time.sleep(0.01)  # until the system has taken the last of them away
        # A killed process that its parent has not looked after yet still counts as running for the server.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.folder / f".s.PGSQL.{self.port}.lock").unlink(missing_ok=True)

    def stop(self) -> None:
        """Stop it for good."""
        group = self._group()
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "-s", "stop")
        if group is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)

    def address(self, base: str, user: str = "postgres") -> ServerAddress:
        """A base of this server over the loopback."""
        place = base_place(f"postgresql://{user}@127.0.0.1:{self.port}/{base}?sslmode=disable")
        assert isinstance(place, ServerAddress)
        return place

    def new_base(self, template: str = "template0", *, name: str | None = None) -> str:
        """Create a base, a copy of another one; its name."""
        self._made += 1
        made = name or f"essai_{self._made}"
        self.say(f"CREATE DATABASE {made} TEMPLATE {template} STRATEGY FILE_COPY")
        return made

    def drop_base(self, base: str) -> None:
        """Remove a base, whoever is connected to it."""
        self.say(f"DROP DATABASE IF EXISTS {base} WITH (FORCE)")

    def say(self, statement: str, base: str = "postgres") -> list[tuple[object, ...]]:
        """One statement as the server's administrator; what it answers."""
        with self.connection(base) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description is not None else []

    @contextmanager
    def connection(self, base: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        """The administrator's own connection, in autocommit."""
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname=base, autocommit=True, sslmode="disable"
        ) as connection:
            yield connection

    def _group(self) -> int | None:
        # pg_ctl makes the server the leader of a group of its own.
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def _run(self, program: str, *arguments: str) -> None:
        folder = programs()
        assert folder is not None
        command: Sequence[str] = [str(folder / program), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", RUNS_AS, "--", *command]
        subprocess.run(
            command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=self.folder
        )


@contextmanager
def running(options: str = "", hba: str | None = None, *, on_disk: bool = False) -> Iterator[RealServer]:
    """A server of its own for whoever asks, in memory where there is room unless it is to be `on_disk`.

    Where its programs are missing the test is skipped; it fails where they are demanded (`DEMANDED`).
    """
    if programs() is None:
        if os.environ.get(DEMANDED):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    # A unix socket's path is short: not under pytest's own folders.
    folder = Path(tempfile.mkdtemp(prefix="osnp-pg-", dir=_room(on_disk)))
    watch = _watch(folder)
    try:
        server = RealServer(folder, options, hba)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        watch.communicate()


def _room(on_disk: bool) -> Path | None:
    """Where a server's folder goes; None for where temporary files go.

    A base is created ten times as fast in memory: hundreds of files are copied for each.
    """
    if on_disk:
        return _ON_DISK if os.access(_ON_DISK, os.W_OK) else None
    if os.access(_IN_MEMORY, os.W_OK) and shutil.disk_usage(_IN_MEMORY).free >= _MEMORY_NEEDED:
        return _IN_MEMORY
    return None


def _watch(folder: Path) -> subprocess.Popen[bytes]:
    """Takes the server and its folder away once this process is done with them, or has been killed."""
    script = (
        'cat >/dev/null; pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) &&'
        ' kill -s KILL -- "-$pid" 2>/dev/null; rm -rf "$1"'
    )
    return subprocess.Popen(
        ["sh", "-c", script, "sh", str(folder)], stdin=subprocess.PIPE, start_new_session=True
    )


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port

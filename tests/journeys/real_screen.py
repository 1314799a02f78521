"""A real X screen with a window manager, and programs on it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_S = 20
NEEDED = ("Xvfb", "openbox")


def missing(*programs: str) -> list[str]:
    """Those that this machine lacks, of what a screen needs and of these."""
    return [program for program in (*NEEDED, *programs) if shutil.which(program) is None]


@contextmanager
def running(*command: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A program that is ended with the context."""
    program = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    try:
        yield program
    finally:
        program.kill()
        program.wait(PATIENCE_S)
        if program.stdout is not None:
            program.stdout.close()


@contextmanager
def screen(size: str = "1366x768") -> Iterator[str]:
    """The name of a screen of its own, with a window manager."""
    reading, writing = os.pipe()
    with ExitStack() as ends:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
        )
        ends.callback(server.wait, PATIENCE_S)
        ends.callback(server.kill)
        os.close(writing)
        with os.fdopen(reading) as told:
            name = f":{told.readline().strip()}"
        ends.enter_context(running("openbox", DISPLAY=name))
        yield name

"""Which base a command works on, and its content: `--base` and `--cle-fd`."""

from __future__ import annotations

import argparse
import os
from contextlib import AbstractContextManager
from pathlib import Path

from osnp_console.app.base_address import base_file
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import Background, OpenUnit
from osnp_console.cli.program import Program

_LONGEST_KEY = 4096


def chosen_base(program: Program, options: argparse.Namespace) -> tuple[Path, bytes | None]:
    """The file of the base, and the key or passphrase that was given; raises Refusal (`usage`)."""
    file = base_file(options.base) if options.base is not None else program.base()
    return file, read_descriptor(options.cle_fd, "cle-fd")


def units(program: Program, options: argparse.Namespace) -> AbstractContextManager[OpenUnit]:
    """The chosen base, open until the context is left; entering raises StoreFailure, Refusal."""
    return program.units(*chosen_base(program, options))


def background(program: Program, options: argparse.Namespace) -> AbstractContextManager[Background]:
    """The chosen base on its own thread (`SourceTools.background`); entering raises as `units` does."""
    return program.background(*chosen_base(program, options))


def read_descriptor(descriptor: int | None, option: str) -> bytes | None:
    """What can be read from a file descriptor, for a secret that is no argument; raises Refusal (`usage`)."""
    if descriptor is None:
        return None
    content = b""
    try:
        with os.fdopen(os.dup(descriptor), "rb") as source:
            content = source.read(_LONGEST_KEY + 1)
    except (OSError, OverflowError) as error:
        raise Refusal("usage", f"Le descripteur de --{option} ne peut pas être lu.", option) from error
    if len(content) > _LONGEST_KEY:
        raise Refusal("usage", f"Ce que donne --{option} est trop long.", option)
    return content

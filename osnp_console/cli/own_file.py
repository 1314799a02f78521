"""A file that a command writes of a patient: read by nobody else on this computer, whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

OWN_EYES = 0o600
"""The mode of a file that holds health data."""


def write_own(file: Path, content: bytes) -> None:
    """Write it; raises OSError, and then leaves no half of it.

    A file that was there is made the owner's alone before anything is in it.
    """
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWN_EYES)
    with os.fdopen(descriptor, "wb", buffering=0) as target:
        is_file = stat.S_ISREG(os.fstat(target.fileno()).st_mode)
        try:
            if is_file:
                os.fchmod(target.fileno(), OWN_EYES)
            rest = memoryview(content)
            while rest:
                rest = rest[target.write(rest) or 0 :]
        except OSError:
            if is_file:
                unwrite(file)
            raise


def unwrite(file: Path) -> None:
    """Take away what was written, where it is a file; what cannot be taken away stays."""
    if file.is_file():
        file.unlink(missing_ok=True)

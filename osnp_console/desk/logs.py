"""The log of this workstation: event codes and where they come from, nothing about a person.

Only records of this program are written, and of an exception only its kind and where it was raised: its
text may quote what was typed.
"""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from osnp_console.desk.folders import made_private

PACKAGE = "osnp_console"
_BYTES, _FILES = 500_000, 4


class EventFormatter(logging.Formatter):
    """`2026-11-24T10:00:00+0100 WARNING osnp_console.storage.store repere_non_ecrit`."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def formatException(self, ei: object) -> str:  # noqa: N802 (the name is logging's)
        """The kinds of exceptions and the lines they passed, without their texts."""
        if not isinstance(ei, tuple) or ei[1] is None:
            return ""
        error: BaseException | None = ei[1]
        told = []
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            where = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))
            told.append(f"  {type(error).__name__} {where}")
            error = error.__cause__ or error.__context__
        return "\n".join(told)


class _OnlyCodes(logging.Filter):
    """Lets our own codes pass; a message with blanks or arguments is not one of ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.args and str(record.msg).replace("_", "").isalnum()


def open_log(folder: Path) -> logging.Handler:
    """Write the program's events to a file that is renewed as it grows; raises OSError."""
    made_private(folder)
    file = folder / "console.log"
    file.touch(mode=0o600)
    handler = RotatingFileHandler(file, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True)
    handler.setFormatter(EventFormatter())
    handler.addFilter(_OnlyCodes())
    logger = logging.getLogger(PACKAGE)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    return handler


def close_log(handler: logging.Handler) -> None:
    """Undo `open_log`."""
    logger = logging.getLogger(PACKAGE)
    logger.removeHandler(handler)
    logger.propagate = True
    handler.close()

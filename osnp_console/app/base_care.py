"""What an administrator asks of the base: create, migrate, verify, back up, restore."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class BaseFault:
    """Something that is not as it was written; `desk` and `line` when it is in the journal."""

    desk: str | None
    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class BaseReport:
    """What `base verifier` found: schema revision, how much there is, what is wrong."""

    revision: str
    counts: Mapping[str, int]
    faults: tuple[BaseFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Migration:
    """What `base migrer` did; the copy made before, None when the base was up to date already."""

    before: str
    after: str
    copy: Path | None


class BaseCare(Protocol):
    """The base as a whole. `secret` is what was given for this command, None to use the desk's own.

    Every method raises StoreFailure, and Refusal when a passphrase is needed and none was given.
    """

    def create(self, file: Path, secret: bytes | None) -> None:
        """Create an encrypted base where there is none."""

    def migrate(self, file: Path, secret: bytes | None) -> Migration:
        """Bring its schema up to date, after a copy."""

    def verify(self, file: Path, secret: bytes | None) -> BaseReport:
        """Check pages, journal and facts; changes nothing."""

    def back_up(self, file: Path, secret: bytes | None, target: Path) -> None:
        """Write a consistent encrypted copy."""

    def restore(self, file: Path, secret: bytes | None, source: Path) -> Path | None:
        """Put a verified copy in place; returns where the replaced base is kept."""

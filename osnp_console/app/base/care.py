"""What an administrator asks of the base: create, migrate, verify, back up, restore, copy, accept."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from osnp_console.app.base.address import BasePlace
from osnp_console.app.base.older_ends import ChainEnds
from osnp_console.app.ports import OpenUnit


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
    """What `base migrer` did; the copy made before, None when the base was up to date or is on a server."""

    before: str
    after: str
    copy: Path | None


@dataclass(frozen=True, slots=True)
class Copied:
    """What `base copier` copied: rows by table, lines of the journal by desk.

    `site_key` is the key to give once to every other desk, in hexadecimal, when the copy is on a server.
    """

    rows: Mapping[str, int]
    lines: Mapping[str, int]
    site_key: str | None = None


@dataclass(frozen=True, slots=True)
class OpenedEnds:
    """A base that is open for one command, and the ends of its chains as this desk noted them."""

    units: OpenUnit
    ends: ChainEnds


class BaseCare(Protocol):
    """The base as a whole. `secret` is what was given for this command, None to use the desk's own.

    Every method raises StoreFailure, and Refusal when a key or a passphrase is needed and none was given.
    """

    def create(self, place: BasePlace, secret: bytes | None) -> str | None:
        """Create an encrypted base, or one in an empty base of a server.

        Returns the site's key, in hexadecimal, when it was made just now: every other desk needs it once.
        """

    def migrate(self, place: BasePlace, secret: bytes | None) -> Migration:
        """Bring its schema up to date, an encrypted file after a copy."""

    def verify(self, place: BasePlace, secret: bytes | None) -> BaseReport:
        """Check pages (of a file), journal and facts; changes nothing."""

    def back_up(self, place: BasePlace, secret: bytes | None, target: Path) -> None:
        """Write a consistent encrypted copy of a file."""

    def restore(self, place: BasePlace, secret: bytes | None, source: Path) -> Path | None:
        """Put a verified copy in place of a file; returns where the replaced base is kept."""

    def copy(
        self, source: BasePlace, secret: bytes | None, target: BasePlace, target_secret: bytes | None
    ) -> Copied:
        """Copy a base from a file to a server or back, into an empty place; all of it or nothing."""

    def ends(self, place: BasePlace, secret: bytes | None) -> AbstractContextManager[OpenedEnds]:
        """The base, open until the context is left, with the ends of its chains."""

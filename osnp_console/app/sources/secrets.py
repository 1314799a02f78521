"""The secrets of agenda sources: each by its name, in the keyring, never in a declaration."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from osnp_console.app.ports import StoreFailure
from osnp_console.app.sources.agendas import SourceTools
from osnp_console.domain.slots.source import AgendaSource

_log = logging.getLogger(__name__)


class SecretKeeper(Protocol):
    """The workstation's keyring, by entry name; every method raises StoreFailure (`cle`)."""

    def get(self, name: str) -> str | None:
        """The secret of that name, None without one."""

    def set(self, name: str, secret: str) -> None:
        """Keep a secret."""

    def delete(self, name: str) -> None:
        """Forget a secret; nothing when there is none."""


def entry_name(source: str, name: str) -> str:
    """Where the secret `name` of a source lies. Names hold no hyphen: two sources never share an entry."""
    return f"source-{source}-{name}"


def reading(keeper: SecretKeeper) -> Callable[[str], str | None]:
    """Reads entries of the keyring; a keyring that is missing or locked has none to give.

    Sources that need no secret are asked all the same; one that needs it then says what it lacks.
    """

    def read(name: str) -> str | None:
        try:
            return keeper.get(name)
        except StoreFailure as failure:
            _log.info("keyring: %s", failure.code)
            return None

    return read


def tools_of(tools: SourceTools, source: AgendaSource) -> SourceTools:
    """The program's tools as a source's connector is given them: `secret` then reads that source's own.

    `tools.secret` reads the keyring by entry name.
    """
    return replace(tools, secret=lambda name: tools.secret(entry_name(source.id, name)))

"""What the page Agendas lets somebody do; each act answers later, on the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from osnp_console.app.ports import SourceMemory
from osnp_console.app.sources.agendas import Connectors
from osnp_console.app.sources.declare import Remark
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.source import AgendaSource

Done = Callable[[str | None], None]
"""Told that an act has ended: None, or a French sentence that says why it was not done."""


@dataclass(frozen=True, slots=True)
class AgendaList:
    """The declared sources in their order, and what is remembered of each."""

    sources: Sequence[AgendaSource] = ()
    memories: Mapping[str, SourceMemory] = field(default_factory=dict)


class AgendaActs(Protocol):
    """Acts on the declared sources and their secrets; those with a `then` return at once."""

    @property
    def connectors(self) -> Connectors:
        """The kinds that can be declared."""

    def now(self) -> datetime:
        """This instant."""

    def read(self, document: object) -> AgendaSource:
        """The source of a declaration; raises Refusal with the path of the field that is wrong."""

    def remarks(self, source: AgendaSource) -> Sequence[Remark]:
        """What to look at again in a declaration that is taken."""

    def answer_of(self, source: str) -> SourceAnswer | None:
        """How a source last answered while this window was open, None when it was not asked."""

    def load(self, then: Callable[[AgendaList], None], failed: Callable[[str], None]) -> None:
        """What is declared."""

    def keep(self, source: AgendaSource, then: Done) -> None:
        """Declare a source, or declare it anew."""

    def remove(self, source: AgendaSource, then: Done) -> None:
        """Take a source away with its memory and its secrets."""

    def attempt(
        self, source: AgendaSource, then: Callable[[SourceAnswer], None], failed: Callable[[str], None]
    ) -> None:
        """Ask the source once, now; whatever it does there is an answer. `failed`: it was not asked."""

    def kept_secrets(self, source: AgendaSource, then: Callable[[frozenset[str]], None]) -> None:
        """The names of its secrets that the keyring has, none without a keyring; never what they are."""

    def keep_secret(self, source: AgendaSource, name: str, secret: str, then: Done) -> None:
        """Keep a secret in the keyring."""

    def drop_secret(self, source: AgendaSource, name: str, then: Done) -> None:
        """Forget a secret."""

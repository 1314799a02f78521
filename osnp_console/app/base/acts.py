"""What the settings show of the base, and what they let somebody do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

KEY_NAMES: Mapping[str, str] = {
    "trousseau": "dans le trousseau de clés du système",
    "phrase": "phrase de passe demandée à chaque démarrage",
    "memoire": "aucune\u202f: rien n’est écrit sur ce poste",
}


@dataclass(frozen=True, slots=True)
class BaseFacts:
    """Where the base stands. `key` is a key of KEY_NAMES; `revision` is its schema's.

    `chain_sound` is what the last check said of the journal, None while it was not checked; `checked_at` is
    when that was. `lines` counts the journal's lines, None while they are not counted.
    """

    place: str
    key: str
    revision: str = ""
    calls: int | None = None
    lines: int | None = None
    checked_at: datetime | None = None
    chain_sound: bool | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """How an act ended: what happened, in one French sentence."""

    done: bool
    sentence: str


class BaseActs(Protocol):
    """Acts on the base; they return at once, and call `then` on the window's thread when they have ended."""

    def facts(self) -> BaseFacts:
        """What is known of the base now; asks nothing of the disk."""

    def verify(self, then: Callable[[Deed], None]) -> None:
        """Check pages, facts and the journal's chain; nothing is changed."""

    def suggested_copy(self) -> str:
        """A file where a copy could be written: its name says the day and no person."""

    def back_up(self, target: str, then: Callable[[Deed], None]) -> None:
        """Write an encrypted copy to a file that does not exist yet."""

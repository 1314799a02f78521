"""What the settings show of the base, and what they let somebody do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from osnp_console.app.base.address import BasePlace
from osnp_console.app.base.choice import FoundBase, TypedServer
from osnp_console.app.errors import Refusal

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


@dataclass(frozen=True, slots=True)
class BasePlaces:
    """Where the calls are, where they go from the next start on, and how the link to others stands.

    `link` is empty where nobody shares the base, and as long as nothing was heard.
    """

    now: BasePlace
    at_next_start: BasePlace
    link: str = ""
    keeps_secrets: bool = True


class BaseActs(Protocol):
    """Acts on the base; they return at once, and call `then` on the window's thread when they have ended."""

    draft: TypedServer | None
    """What is typed of another base and not settled: it outlives the page."""

    def places(self) -> BasePlaces:
        """Where the calls are."""

    def attempt(self, typed: TypedServer, then: Callable[[FoundBase | Refusal], None]) -> None:
        """Try a shared base; nothing is changed."""

    def change(self, typed: TypedServer | None, then: Callable[[BasePlace | Refusal], None]) -> None:
        """Keep the calls there from the next start on, None for this desk's own base.

        Refused while calls are open at this desk, and while something typed is not in the base of today.
        """

    def facts(self) -> BaseFacts:
        """What is known of the base now; asks nothing of the disk."""

    def verify(self, then: Callable[[Deed], None]) -> None:
        """Check pages, facts and the journal's chain; nothing is changed."""

    def suggested_copy(self) -> str:
        """A file where a copy could be written: its name says the day and no person."""

    def back_up(self, target: str, then: Callable[[Deed], None]) -> None:
        """Write an encrypted copy to a file that does not exist yet."""

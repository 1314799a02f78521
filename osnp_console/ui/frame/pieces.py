"""What the window is made with: bootstrap fills it, the frame hands it on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from osnp_console.app.check_eligibility import CheckEligibility
from osnp_console.app.find_commune import CommuneSearch
from osnp_console.app.journal_words import JournalWords
from osnp_console.app.ports import Background
from osnp_console.app.preferences import PreferenceKeeper
from osnp_console.domain.commune import Gazetteer
from osnp_console.ui.calls import Clock


class Situation(Enum):
    """What opening the calls' base takes."""

    FIRST_START = "premier_demarrage"
    FIRST_START_WITHOUT_KEYRING = "premier_demarrage_sans_trousseau"
    KEY_AT_HAND = "cle_presente"
    PASSPHRASE = "phrase_de_passe"


class Base(Background, Protocol):
    """The calls' base as the window opens it. Each future fails with StoreFailure."""

    def look(self) -> Future[Situation]:
        """What opening it takes; opens nothing."""

    def open(self, passphrase: str | None) -> Future[None]:
        """Open it, making it where there is none."""

    def verify(self) -> Future[tuple[str, ...]]:
        """What is wrong with it, sentence by sentence; nothing when it is sound."""

    def save_copy(self, path: str) -> Future[str]:
        """Write a copy that can be restored; answers where."""

    @property
    def place(self) -> str:
        """Where it is, as shown."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Everything the window needs, built once."""

    check: CheckEligibility
    gazetteer: Gazetteer
    communes: CommuneSearch
    words: JournalWords
    preferences: PreferenceKeeper
    base: Base
    clock: Clock
    new_id: Callable[[], str]
    version: str

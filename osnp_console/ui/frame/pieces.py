"""What the window is made with: bootstrap fills it, the frame hands it on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from osnp_console.app.base.care import BaseReport
from osnp_console.app.base.choice import BaseChoice
from osnp_console.app.base.drafts import DraftShelf
from osnp_console.app.base.live import Feed
from osnp_console.app.booking.papers import Papers
from osnp_console.app.calls.journal_words import JournalWords
from osnp_console.app.calls.kept_aside import Aside
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.effecteurs.lookup import OpenLookUp
from osnp_console.app.local_agenda.calendar_events import ReadEvents
from osnp_console.app.people.accounts import Passwords
from osnp_console.app.places.commune_names import CommuneNames
from osnp_console.app.places.find_commune import CommuneSearch
from osnp_console.app.places.whereabouts import Positions
from osnp_console.app.ports import Background
from osnp_console.app.preferences import PreferenceKeeper
from osnp_console.app.sources.agendas import Connectors
from osnp_console.app.sources.secrets import SecretKeeper
from osnp_console.app.telephony.dial import ClickToDial
from osnp_console.domain.commune import Gazetteer
from osnp_console.ui.calls import Clock
from osnp_console.ui.office.made import OfficeTools
from osnp_console.ui.unfinished import Unfinished


class Situation(Enum):
    """What opening the calls' base takes."""

    FIRST_START = "premier_demarrage"
    KEY_AT_HAND = "cle_presente"
    PASSPHRASE = "phrase_de_passe"


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the base found.

    `reason` says why a new one needs a passphrase, or what a server's base takes instead; else it is None.
    """

    situation: Situation
    reason: str | None = None


class Base(Background, Protocol):
    """The calls' base as the window opens it. Each future fails with StoreFailure."""

    @property
    def place(self) -> str:
        """Where it is, as shown."""

    @property
    def key_kind(self) -> str:
        """Where its key comes from: a key of `app.base_acts.KEY_NAMES`."""

    @property
    def waits_for(self) -> str | None:
        """What opening waits for at another desk, as a sentence; None while it waits for nothing."""

    def look(self) -> Future[Look]:
        """What opening it takes; opens nothing."""

    def open(self, passphrase: str | None) -> Future[None]:
        """Open it, making it where there is none."""

    def verify(self) -> Future[BaseReport]:
        """What it holds and what is wrong with it; it stays open meanwhile."""

    def save_copy(self, path: str) -> Future[str]:
        """Write a copy that can be restored; answers where."""

    def restore(self, path: str) -> Future[None]:
        """Put a verified copy in place of a base that is not open."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Everything the window needs, built once. `licences` are names of libraries with their licence.

    `choice` says where the calls are kept and changes it. `connectors` are the kinds of agenda this console
    reads, `secrets` the workstation's keyring, `is_file` says whether a path leads to a file; `positions`
    finds where communes are, as long as what it is given says that it may ask; `annuaire` opens the Annuaire
    Santé, `read_events` gives what reads a calendar.
    `office` makes prescriptions' documents, prints them and writes the message to the nurse.
    `feed` listens to the desks that share the base, once it is open, and `aside` keeps here what such a base
    has not taken yet: both give None where nobody shares it. `drafts` keeps here, until the base has it, what
    is typed in the forms that `unfinished` holds. `click_to_dial` asks a telephony server to dial.
    """

    check: CheckEligibility
    gazetteer: Gazetteer
    communes: CommuneSearch
    commune_names: CommuneNames
    words: JournalWords
    preferences: PreferenceKeeper
    base: Base
    choice: BaseChoice
    clock: Clock
    new_id: Callable[[], str]
    version: str
    licences: Callable[[], Sequence[tuple[str, str]]]
    connectors: Connectors
    secrets: SecretKeeper
    is_file: Callable[[str], bool]
    papers: Papers
    positions: Callable[[Callable[[], bool]], Positions]
    passwords: Passwords
    office: OfficeTools
    annuaire: OpenLookUp | None = None
    read_events: Callable[[], ReadEvents] | None = None
    click_to_dial: ClickToDial | None = None
    aside: Callable[[], Aside | None] = lambda: None
    drafts: Callable[[], DraftShelf | None] = lambda: None
    feed: Callable[[], Feed | None] = lambda: None
    unfinished: Unfinished = field(default_factory=Unfinished)

"""What a desk's operator settles once: which desk this is, how the window looks, who to call at worst."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Protocol

from osnp_console.app.prescription.signing_place import SigningPlace
from osnp_console.app.telephony.settings import Telephony
from osnp_console.domain.clock import in_paris
from osnp_console.domain.desk import Desk
from osnp_console.domain.regulator import NOBODY, Regulator
from osnp_console.domain.slots.ruling import USUAL_RIGHTS, Rights

LIGHT, DARK, BY_THE_HOUR = "clair", "sombre", "heure"
THEMES: Mapping[str, str] = {LIGHT: "Clair", DARK: "Sombre", BY_THE_HOUR: "Selon l’heure"}
DARK_FROM, DARK_UNTIL = time(20, 0), time(7, 0)
SMALLEST_TEXT, LARGEST_TEXT, TEXT_STEP = 100, 200, 10
LOCK_MINUTES, LONGEST_LOCK_MINUTES = 15, 60


@dataclass(frozen=True, slots=True)
class Preferences:
    """The settings of this desk.

    `theme` is a key of THEMES; `text_scale` is in per cent, 100 to 200 by steps of 10; `person` is shown in
    the top bar; `emergency_*` say who to call in a vital emergency; `layouts` holds the widths of columns
    by set of screens. `regulator` is who books here; `rights` are the types of slots this desk may use.
    `distances` lets the console ask where communes are. `lock_minutes` is after how long without a touch
    the screen is locked, where somebody is signed in and no call is in progress. `telephony` is what dials,
    `signing` where the key is that signs prescriptions.
    `arrival_sound` says a new transfer to a line of this desk by one sound.
    """

    desk: Desk = field(default_factory=Desk)
    theme: str = BY_THE_HOUR
    text_scale: int = SMALLEST_TEXT
    person: str = ""
    emergency_name: str = ""
    emergency_phone: str = ""
    layouts: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    regulator: Regulator = NOBODY
    rights: Rights = USUAL_RIGHTS
    distances: bool = False
    lock_minutes: int = LOCK_MINUTES
    telephony: Telephony = field(default_factory=Telephony)
    signing: SigningPlace = field(default_factory=SigningPlace)
    arrival_sound: bool = False

    def __post_init__(self) -> None:
        if self.theme not in THEMES:
            raise ValueError(self.theme)
        if self.text_scale != text_step(self.text_scale):
            raise ValueError(self.text_scale)
        if not 1 <= self.lock_minutes <= LONGEST_LOCK_MINUTES:
            raise ValueError(self.lock_minutes)

    def is_dark(self, now: datetime) -> bool:
        """Whether the window is dark at that instant (interface, §11: by the hour, 20:00 to 07:00)."""
        if self.theme != BY_THE_HOUR:
            return self.theme == DARK
        hour = in_paris(now).time()
        return hour >= DARK_FROM or hour < DARK_UNTIL


def text_step(per_cent: int) -> int:
    """The nearest text size that exists, in per cent."""
    steps = round(per_cent / TEXT_STEP) * TEXT_STEP
    return min(max(steps, SMALLEST_TEXT), LARGEST_TEXT)


class PreferenceKeeper(Protocol):
    """Where the preferences are kept. `first` says, once loaded, that none were: the first start."""

    first: bool

    def load(self) -> Preferences:
        """What was kept, the defaults where nothing was."""

    def save(self, preferences: Preferences) -> None:
        """Keep them; raises StoreFailure (`disque`)."""

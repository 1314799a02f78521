"""What the cards of agendas that a person reads show: portals, phone lines, and what was taken there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from osnp_console.app.slots.cards import NARROW, second_words, shown_number, slot_words
from osnp_console.domain.appointment import Appointment
from osnp_console.domain.slots.portal_line import LineRefused, read_portal_line

TAKEN_LABEL = "Ce qui a été pris"
TAKEN_EXAMPLE = "demain 14h20 Dr Maury"
TAKEN_MISSING = f"Écrire ici ce qui a été pris{NARROW}: {TAKEN_EXAMPLE}."


@dataclass(frozen=True, slots=True)
class TakenRead:
    """How the line was read: in full (`mercredi 26 novembre 2026 à 14:20, Dr Maury`), or what is wrong.

    `error` is a French sentence, None when the line can be kept as it was read.
    """

    said: str = ""
    error: str | None = None


ReadTaken = Callable[[str], TakenRead]
"""Reads the line of what was taken; called at each letter."""


def read_taken(text: str, now: datetime) -> TakenRead:
    """The line as the console reads it at that instant."""
    try:
        return TakenRead(read_portal_line(text, now).said)
    except LineRefused as refused:
        return TakenRead(error=refused.message)


class HowToBook(Protocol):
    """What one must know to book in an agenda that no program can ask. Empty and None: nothing to say.

    `page` is the address to open, `warned` the sentence that says whom to phone afterwards, `phone` the
    number as typed by the site.
    """

    @property
    def title(self) -> str: ...
    @property
    def steps(self) -> tuple[str, ...]: ...
    @property
    def search_words(self) -> str | None: ...
    @property
    def account(self) -> str | None: ...
    @property
    def needed(self) -> tuple[str, ...]: ...
    @property
    def page(self) -> str | None: ...
    @property
    def warned(self) -> str | None: ...
    @property
    def phone(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class PortalShown:
    """A portal: how to book there. Satisfies HowToBook."""

    title: str
    steps: tuple[str, ...] = ()
    search_words: str | None = None
    account: str | None = None
    needed: tuple[str, ...] = ()
    page: str | None = None
    warned: str | None = None
    phone: str | None = None


class TryAnswer(Enum):
    """What a call gave; the value is what is kept, and its letter the one that says it."""

    SILENT = "pas de réponse"
    BUSY = "occupé"
    REFUSED = "refusé"
    ACCEPTED = "accepté"

    @property
    def letter(self) -> str:
        """The key of its button."""
        return {"pas de réponse": "P", "occupé": "O", "refusé": "R", "accepté": "A"}[self.value]

    @property
    def label(self) -> str:
        """The words of its button."""
        return self.value[:1].upper() + self.value[1:]


@dataclass(frozen=True, slots=True)
class Try:
    """One call: when it was made, what it gave."""

    at: datetime
    answer: TryAnswer

    @property
    def words(self) -> str:
        """`10:04:12 · pas de réponse`."""
        return f"{second_words(self.at)} · {self.answer.value}"


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A number to call, whose it is, and the calls made to it for this call, oldest first."""

    name: str
    number: str
    note: str = ""
    tries: tuple[Try, ...] = ()

    @property
    def shown(self) -> str:
        """The number in groups."""
        return shown_number(self.number) or self.number


@dataclass(frozen=True, slots=True)
class PhoneShown:
    """Agendas that are asked by phone: the numbers in the order in which to call them."""

    title: str
    lines: tuple[PhoneLine, ...]
    steps: tuple[str, ...] = ()
    warned: str | None = None


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """A booking made at a portal that nobody wrote down yet."""

    sentence: str
    aside: str
    slot_words: str
    draft: str = ""


def waiting_shown(appointment: Appointment, portal_name: str, now: datetime) -> WaitingShown:
    """The card of an appointment to be confirmed at a portal (interface, section 10)."""
    return WaitingShown(
        f"À confirmer sur {portal_name}{NARROW}: noter ici ce qui a été pris.",
        second_words(appointment.asked_at),
        f"Demandé{NARROW}: {slot_words(appointment.slot, now)}.",
        appointment.typed,
    )

"""What other desks do on a shared base, as this one hears of it; and whether it hears anything at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol


class Subject(Enum):
    """What a change is about; the value is its name on the wire."""

    CALL = "appel"
    APPOINTMENT = "rendez_vous"
    AGENDA = "carnet"
    SOURCES = "agendas"
    DIRECTORY = "annuaire"
    PROPOSAL = "proposition"
    ACCOUNTS = "comptes"
    TRANSFER = "transfert"
    WAITING = "liste_attente"
    PRESCRIPTION = "ordonnance"
    NURSES = "infirmiers"
    SITE_PAPERS = "papiers"


@dataclass(frozen=True, slots=True)
class Change:
    """Another desk committed something. It holds an identifier and nothing about anybody."""

    subject: Subject
    id: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """The desk hears the others from `at` on. What was changed before, nobody told: it is read again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Alone:
    """The desk hears nobody since `since`."""

    since: datetime


@dataclass(frozen=True, slots=True)
class StillLinked:
    """At `at` the server answered: what is on screen was up to date then."""

    at: datetime


Heard = Change | Linked | Alone | StillLinked


class Feed(Protocol):
    """Listens to the other desks of a shared base."""

    def follow(self, heard: Callable[[Heard], None]) -> None:
        """Call `heard` from a thread of its own, from now on until `close`."""

    def close(self) -> None:
        """Stop listening; nothing is heard after this returns."""

"""What is to be booked, and among which agendas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osnp_console.app.effecteurs.directory import Directory
from osnp_console.app.sources.agendas import BookingPerson
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.call_sheet import CallSheet
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.slots.ruling import SlotRuling
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource


@dataclass(frozen=True, slots=True)
class Agendas:
    """The sources by id and the directory, as they are declared now."""

    sources: Mapping[str, AgendaSource]
    directory: Directory

    def name(self, source: str) -> str:
        """How a source is called, its id when it is gone."""
        found = self.sources.get(source)
        return found.name if found is not None else source


@dataclass(frozen=True, slots=True)
class BookingOrder:
    """What is to be booked, for which call, at which desk (its code).

    `ruling` judges as the call stands. `go_on` is the typed reason to book under reserve though an answer is
    missing; `override` the one to book though another attempt of the call is not settled.
    """

    call: str
    desk: str
    slot: Slot
    ruling: SlotRuling
    person: BookingPerson | None = None
    reason: str | None = None
    go_on: str = ""
    override: str = ""

    @property
    def typed(self) -> str:
        """The reasons that were typed, for the journal."""
        return " · ".join(one.strip() for one in (self.go_on, self.override) if one.strip())


def person_of(sheet: CallSheet, call: Call) -> BookingPerson | None:
    """Who is booked for, as far as the call says; None without any name.

    The birth date in ISO, only when its day is known: an age is none. The patient's number, else the
    caller's.
    """
    name, first = sheet.text(fields.BIRTH_NAME).strip(), sheet.text(fields.FIRST_NAMES).strip()
    if not name and not first:
        return None
    born = call.known.get(facts.BIRTH)
    day = born.first.isoformat() if isinstance(born, PartialDate) and born.first == born.last else None
    phone = sheet.text(fields.PATIENT_PHONE) or sheet.text(fields.CALLER_PHONE) or None
    return BookingPerson(name, first, day, call.text(facts.SEX), phone)

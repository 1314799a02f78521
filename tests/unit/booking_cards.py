"""A morning on which slots are booked: what the tests of the cards start from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.slots.ranking import Group, RankedSlot
from osnp_console.domain.slots.ruling import Ruling, Standing
from osnp_console.domain.slots.slot import REMOTE, Origin, Place, Practitioner, Slot

NOW = datetime(2026, 11, 25, 9, 2, 31, tzinfo=UTC)
"""10:02:31 in Paris, a Wednesday."""
REDON = Place(None, "Cabinet du Canal", "12 quai Jean Bart", "35600", "Redon", "0299710000")


def slot_at(
    start: datetime, name: str | None = "Dr Bréhault", place: Place = REDON, *, remote: bool = False
) -> Slot:
    """A slot of a quarter of an hour, announced by one source."""
    return Slot(
        f"{start:%d%H%M}",
        start,
        start + timedelta(minutes=15),
        Practitioner(name),
        place,
        (Origin("sas44", "Slot/1", NOW),),
        modalities=frozenset({REMOTE}) if remote else frozenset(),
    )


TAKEN = slot_at(datetime(2026, 11, 25, 9, 40, tzinfo=UTC))
"""10:40 in Paris, today."""
NEXT = slot_at(datetime(2026, 11, 25, 10, 20, tzinfo=UTC), "Dr Coudrais", Place(city="Plessé"))
TOMORROW = slot_at(datetime(2026, 11, 26, 13, 20, tzinfo=UTC), "Dr Maury", Place(city="Savenay"))


def ranked(slot: Slot, *missing: str) -> RankedSlot:
    """A slot as the list holds it, under reserve when facts are missing."""
    standing = Standing.TO_CHECK if missing else Standing.FREE
    return RankedSlot(slot, Ruling(standing, ("d",), missing=missing), Group.USABLE, False, None)


def appointment(state: AppointmentState = AppointmentState.UNKNOWN, slot: Slot = TAKEN) -> Appointment:
    """An attempt to book, in that state since 10:02:31."""
    return Appointment("a", "c", "poste 3", "sas44", slot, state, NOW, NOW)

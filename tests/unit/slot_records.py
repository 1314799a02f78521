"""Sources, effecteurs, appointments and centres of communes of a store that is only memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from osnp_console.app.places.position_records import KnownCentre
from osnp_console.app.ports import Conflict, SourceMemory, StoreFailure
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.source import AgendaSource

UNSETTLED = (AppointmentState.ASKED, AppointmentState.PENDING, AppointmentState.UNKNOWN)


class MemorySources:
    """Declared sources in a dictionary; what is written shows at once."""

    def __init__(self, sources: Sequence[AgendaSource] = ()) -> None:
        self.declared = {source.id: source for source in sources}
        self.remembered: dict[str, SourceMemory] = {}

    def all(self) -> Sequence[AgendaSource]:
        return list(self.declared.values())

    def put(self, source: AgendaSource) -> None:
        self.declared[source.id] = source

    def remove(self, source: str) -> bool:
        self.remembered.pop(source, None)
        return self.declared.pop(source, None) is not None

    def remember(self, source: str, memory: SourceMemory) -> None:
        if source in self.declared:
            self.remembered[source] = memory

    def memories(self) -> Mapping[str, SourceMemory]:
        return dict(self.remembered)


class MemoryEffecteurs:
    """A directory in a dictionary."""

    def __init__(self, effecteurs: Sequence[Effecteur] = ()) -> None:
        self.entries = {one.id: one for one in effecteurs}

    def all(self) -> Sequence[Effecteur]:
        return sorted(self.entries.values(), key=lambda one: (one.name, one.id))

    def put(self, effecteur: Effecteur) -> None:
        self.entries[effecteur.id] = effecteur

    def remove(self, effecteur: str) -> bool:
        return self.entries.pop(effecteur, None) is not None


class MemoryAppointments:
    """Appointments in a dictionary, with optimistic versions."""

    def __init__(self) -> None:
        self.saved: dict[str, Appointment] = {}

    def save(self, appointment: Appointment) -> Appointment:
        held = self.saved.get(appointment.id)
        if (held.version if held is not None else 0) != appointment.version:
            raise Conflict(appointment.call)
        saved = replace(appointment, version=appointment.version + 1)
        self.saved[appointment.id] = saved
        return saved

    def hold(self, call: str) -> None:
        """One at a time comes here anyway."""

    def get(self, appointment: str) -> Appointment:
        try:
            return self.saved[appointment]
        except KeyError:
            raise StoreFailure("introuvable", "Ce rendez-vous n’est pas dans la base.") from None

    def of_call(self, call: str) -> Sequence[Appointment]:
        return self._ordered(one for one in self.saved.values() if one.call == call)

    def unsettled(self) -> Sequence[Appointment]:
        return self._ordered(one for one in self.saved.values() if one.state in UNSETTLED)

    @staticmethod
    def _ordered(found: Iterable[Appointment]) -> list[Appointment]:
        return sorted(found, key=lambda one: one.asked_at)


class MemoryPositions:
    """Centres of communes in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, KnownCentre] = {}

    def all(self) -> Mapping[str, KnownCentre]:
        return dict(self.kept)

    def put(self, commune: str, answer: KnownCentre) -> None:
        self.kept[commune] = answer

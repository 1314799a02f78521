"""A store of sources and effecteurs in memory: what is not committed is not kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from osnp_console.app.people.session import UNNAMED
from osnp_console.app.ports import Unit
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.source import AgendaSource
from tests.unit.slot_records import MemoryEffecteurs, MemorySources


class MemoryUnit:
    """One transaction over sources and effecteurs; the rest of the store is out of reach."""

    session = UNNAMED

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.sources = MemorySources(list(store.sources.values()))
        self.effecteurs = MemoryEffecteurs(list(store.effecteurs.values()))

    @property
    def calls(self) -> NoReturn:
        raise AssertionError("calls")

    @property
    def journal(self) -> NoReturn:
        raise AssertionError("journal")

    @property
    def appointments(self) -> NoReturn:
        raise AssertionError("appointments")

    @property
    def agendas(self) -> NoReturn:
        raise AssertionError("agendas")

    @property
    def positions(self) -> NoReturn:
        raise AssertionError("positions")

    @property
    def accounts(self) -> NoReturn:
        raise AssertionError("accounts")

    @property
    def proposals(self) -> NoReturn:
        raise AssertionError("proposals")

    @property
    def transfers(self) -> NoReturn:
        raise AssertionError("transfers")

    @property
    def waiting(self) -> NoReturn:
        raise AssertionError("waiting")

    @property
    def prescriptions(self) -> NoReturn:
        raise AssertionError("prescriptions")

    @property
    def nurses(self) -> NoReturn:
        raise AssertionError("nurses")

    @property
    def site_papers(self) -> NoReturn:
        raise AssertionError("site_papers")

    @property
    def prints(self) -> NoReturn:
        raise AssertionError("prints")

    def commit(self) -> None:
        """Keep what this transaction changed."""
        self._store.sources = self.sources.declared
        self._store.effecteurs = self.effecteurs.entries


class MemoryStore:
    """Opens transactions; `sources` and `effecteurs` are what was committed."""

    def __init__(self, sources: Iterable[AgendaSource] = (), effecteurs: Iterable[Effecteur] = ()) -> None:
        self.sources = {one.id: one for one in sources}
        self.effecteurs = {one.id: one for one in effecteurs}

    @contextmanager
    def open(self) -> Iterator[Unit]:
        """One transaction."""
        yield MemoryUnit(self)

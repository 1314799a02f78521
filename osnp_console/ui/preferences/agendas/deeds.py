"""The acts of the page Agendas: the base on its own thread, the keyring and the agendas on others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from osnp_console.app.effecteurs.directory import all_effecteurs
from osnp_console.app.errors import Refusal
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.sources.agendas import Connectors, SourceTools
from osnp_console.app.sources.declare import Declared, DeclareSource, Remark
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.answers import SourceAnswer
from osnp_console.domain.slots.source import AgendaSource
from osnp_console.domain.slots.source_reading import source_document
from osnp_console.ui.agendas.door import AgendaDoor
from osnp_console.ui.background import StoreDoor
from osnp_console.ui.preferences.agendas.acts import AgendaList, Done

T = TypeVar("T")


class AgendaDeeds(QObject):
    """`AgendaActs` over the use cases.

    Signals:
        changed(): what is declared has changed: searches are to read it again.
    """

    changed = Signal()

    def __init__(
        self,
        connectors: Connectors,
        declare: DeclareSource,
        tools: SourceTools,
        store: StoreDoor,
        agendas: AgendaDoor,
        answer_of: Callable[[str], SourceAnswer | None],
        parent: QObject | None = None,
    ) -> None:
        """`tools.secret` reads the keyring by entry name; `answer_of` gives what the last search heard."""
        super().__init__(parent)
        self.connectors = connectors
        self._declare = declare
        self._tools = tools
        self._store = store
        self._agendas = agendas
        self._answer_of = answer_of
        self._tried: dict[str, SourceAnswer] = {}

    def _here(self, act: Callable[[T], None]) -> Callable[[T], None]:
        """The act, unless the panels were made anew meanwhile: those that asked are gone."""

        def arrive(answer: T) -> None:
            if isValid(self):
                act(answer)

        return arrive

    def now(self) -> datetime:
        """This instant."""
        return self._tools.clock()

    def read(self, document: object) -> AgendaSource:
        """The source of a declaration; raises Refusal."""
        return self._declare.read(document)

    def remarks(self, source: AgendaSource) -> Sequence[Remark]:
        """What to look at again in a declaration that is taken."""
        return self._declare.remarks(source)

    def answer_of(self, source: str) -> SourceAnswer | None:
        """The most recent of the trial's answer and the search's."""
        heard = [one for one in (self._answer_of(source), self._tried.get(source)) if one is not None]
        return max(heard, key=lambda one: one.at, default=None)

    def load(self, then: Callable[[AgendaList], None], failed: Callable[[str], None]) -> None:
        """What is declared."""
        self._store.ask(_read_list, self._here(then), self._here(_sentence(failed)))

    def keep(self, source: AgendaSource, then: Done) -> None:
        """Declare a source, or declare it anew; how it answered before is forgotten."""

        def work(open_unit: OpenUnit) -> Declared | Refusal:
            try:
                return self._declare.add(open_unit, source_document(source))
            except Refusal as refusal:
                return refusal

        self._store.ask(
            work, self._here(partial(self._settled, source.id, then)), self._here(_sentence(then))
        )

    def remove(self, source: AgendaSource, then: Done) -> None:
        """Take a source away with its memory and its secrets."""

        def work(open_unit: OpenUnit) -> object:
            try:
                return self._declare.remove(open_unit, source.id)
            except Refusal as refusal:
                return refusal

        self._store.ask(
            work, self._here(partial(self._settled, source.id, then)), self._here(_sentence(then))
        )

    def _settled(self, source: str, then: Done, outcome: object) -> None:
        if isinstance(outcome, Refusal):
            then(outcome.message)
            return
        self._tried.pop(source, None)
        then(None)
        self.changed.emit()

    def attempt(
        self, source: AgendaSource, then: Callable[[SourceAnswer], None], failed: Callable[[str], None]
    ) -> None:
        """Ask the source for the next 48 h, with the effecteurs that name it."""
        self._store.ask(
            all_effecteurs,
            self._here(partial(self._go_and_try, source, then, failed)),
            self._here(_sentence(failed)),
        )

    def _go_and_try(
        self,
        source: AgendaSource,
        then: Callable[[SourceAnswer], None],
        failed: Callable[[str], None],
        effecteurs: Sequence[Effecteur],
    ) -> None:
        now = self.now()

        def work() -> SourceAnswer | Refusal:
            try:
                return self._declare.try_out(source, self._tools, now, effecteurs)
            except Refusal as refusal:
                return refusal

        def tried(outcome: SourceAnswer | Refusal) -> None:
            if isinstance(outcome, Refusal):
                failed(outcome.message)
                return
            self._tried[source.id] = outcome
            then(outcome)

        self._agendas.go_and(work, self._here(tried))

    def kept_secrets(self, source: AgendaSource, then: Callable[[frozenset[str]], None]) -> None:
        """The names of its secrets that the keyring has, none where there is no keyring."""
        self._agendas.go_and(lambda: frozenset(self._declare.kept_secrets(source)), self._here(then))

    def keep_secret(self, source: AgendaSource, name: str, secret: str, then: Done) -> None:
        """Keep a secret in the keyring."""
        self._with_keyring(source, name, lambda: self._declare.keep_secret(source, name, secret), then)

    def drop_secret(self, source: AgendaSource, name: str, then: Done) -> None:
        """Forget a secret."""
        self._with_keyring(source, name, lambda: self._declare.forget_secret(source, name), then)

    def _with_keyring(self, source: AgendaSource, name: str, act: Callable[[], None], then: Done) -> None:
        """Change the keyring once the store says that whoever is here may."""

        def go(allowed: None) -> None:
            self._agendas.go_and(work, self._here(then))

        def work() -> str | None:
            try:
                act()
            except (Refusal, StoreFailure) as failure:
                return failure.message
            return None

        self._store.ask(
            lambda units: self._declare.may_change_secrets(units, source.id, name),
            self._here(go),
            self._here(_sentence(then)),
        )


def _read_list(open_unit: OpenUnit) -> AgendaList:
    with open_unit() as unit:
        return AgendaList(tuple(unit.sources.all()), dict(unit.sources.memories()))


def _sentence(then: Callable[[str], None]) -> Callable[[StoreFailure], None]:
    return lambda failure: then(failure.message)

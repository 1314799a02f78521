"""Work on the base within a deadline: whoever asks never waits for a disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from osnp_console.app.ports import Background, OpenUnit
from osnp_console.app.sources.agendas import Deadline, SourceFailure, SourceTools
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.source import AgendaSource

T = TypeVar("T")
AGENDA = "agenda"
NO_BASE = "la base du poste n’est pas ouverte"
NO_AGENDA = "la déclaration ne dit pas quel carnet"


class Overdue(Exception):
    """The base did not answer in time. `withdrawn`: the work was not begun, and never will be."""

    def __init__(self, withdrawn: bool) -> None:
        super().__init__("la base n’a pas répondu à temps")
        self.withdrawn = withdrawn


class AgendaBase:
    """The agenda that a source names, in the console's base."""

    def __init__(self, source: AgendaSource, tools: SourceTools) -> None:
        """Raises SourceFailure for a declaration without agenda, or a program without base."""
        named = source.options.get(AGENDA)
        if not isinstance(named, str) or not named.strip():
            raise SourceFailure(SourceState.FAILED, NO_AGENDA)
        if tools.background is None:
            raise SourceFailure(SourceState.FAILED, NO_BASE)
        self.agenda = named.strip()
        self._background: Background = tools.background

    def ask(self, work: Callable[[OpenUnit], T], deadline: Deadline) -> T:
        """What the work answers; raises Overdue, and whatever the work raises (StoreFailure)."""
        if deadline.is_over:
            raise Overdue(withdrawn=True)
        future = self._background.submit(work)
        try:
            return future.result(deadline.left())
        except TimeoutError:
            raise Overdue(withdrawn=future.cancel()) from None

"""A search over scripted agendas, moved by hand."""

from __future__ import annotations

from osnp_console.app.ports import SourceMemory
from osnp_console.app.slots.search_slots import SlotSearch
from osnp_console.app.sources.agendas import Connector, SlotQuery
from osnp_console.domain.slots.source import SourceKind
from tests.unit.slot_doubles import WINDOW, HandTurned, Heard, ManyAgendas, made_source


class Bench:
    """A search over scripted agendas, moved by hand."""

    def __init__(self, memories: dict[str, SourceMemory] | None = None) -> None:
        self.hand = HandTurned()
        self.agendas = ManyAgendas()
        self.kept: list[tuple[str, SourceMemory]] = []
        portal = Connector(SourceKind.PORTAL, "Portail", (), open=None)
        self.search = SlotSearch(
            {SourceKind.FHIR_AGENDA: self.agendas.connector(), SourceKind.PORTAL: portal},
            self.hand.tools(),
            memories,
            lambda source, memory: self.kept.append((source, memory)),
            spawn=self.hand.spawn,
            later=self.hand.later,
        )

    def start(self, *names: str, query: SlotQuery = WINDOW) -> Heard:
        """Begin a search of those sources."""
        heard = Heard()
        self.search.start([(made_source(name), query) for name in names], heard)
        return heard

    def whole(self, *names: str) -> Heard:
        """A search in which every source gets its turn."""
        heard = self.start(*names)
        self.hand.turn_all()
        return heard

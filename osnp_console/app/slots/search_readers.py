"""The opened readers of the sources: kept between searches, each used by one thread at a time."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

from osnp_console.app.sources.agendas import (
    Connector,
    Connectors,
    Deadline,
    Found,
    Reading,
    SlotQuery,
    SlotReader,
    SourceFailure,
    SourceTools,
)
from osnp_console.app.sources.secrets import tools_of
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.source import AgendaSource, SourceKind

LOG = logging.getLogger(__name__)
NO_SUCH_KIND = "genre d’agenda que cette console ne lit pas"


class OpenedReaders:
    """At most one idle reader a source; while it is in use, a further one is opened. For any thread."""

    def __init__(self, connectors: Connectors, tools: SourceTools) -> None:
        self._connectors = connectors
        self._tools = tools
        self._lock = threading.Lock()
        self._idle: dict[str, tuple[AgendaSource, SlotReader]] = {}
        self._is_closed = False

    def looks_itself(self, source: AgendaSource) -> bool:
        """True when the program can ask that source, False for what a person reads."""
        connector = self._connectors.get(source.kind)
        return connector is None or connector.looks_itself

    def lending(self, kind: SourceKind) -> Connector:
        """The connector of that kind, whose `open` lends a reader and whose `close` takes it back."""
        connector = self._connectors.get(kind)
        if connector is None:
            return Connector(kind, kind.value, (), open=_refuse)
        return replace(connector, open=lambda source, tools: _Lent(self, source, self._take(source)))

    def prepare(self, source: AgendaSource) -> None:
        """Open a reader ahead of the first search, asking nobody; one that cannot be opened says so then."""
        if not self.looks_itself(source):
            return
        try:
            self.give_back(source, self._take(source), is_sound=True)
        except Exception as error:  # a SourceFailure, or a fault of the connector: the search will say it
            LOG.info("agenda %s, ouverture : %s", source.id, type(error).__name__)

    def give_back(self, source: AgendaSource, reader: SlotReader, *, is_sound: bool) -> None:
        """Keep a sound reader for the next search; it is closed when there is one already."""
        with self._lock:
            is_kept = is_sound and not self._is_closed and source.id not in self._idle
            if is_kept:
                self._idle[source.id] = (source, reader)
        if not is_kept:
            reader.close()

    def forget(self, source: str) -> None:
        """Close the idle reader of a source that is no longer declared."""
        with self._lock:
            kept = self._idle.pop(source, None)
        if kept is not None:
            kept[1].close()

    def close(self) -> None:
        """Close every idle reader; those in use are closed when they are given back."""
        with self._lock:
            self._is_closed = True
            kept, self._idle = list(self._idle.values()), {}
        for _, reader in kept:
            reader.close()

    def _take(self, source: AgendaSource) -> SlotReader:
        with self._lock:
            kept = self._idle.pop(source.id, None)
        if kept is not None:
            if kept[0] == source:
                return kept[1]
            kept[1].close()
        connector = self._connectors.get(source.kind)
        if connector is None or connector.open is None:
            raise SourceFailure(SourceState.FAILED, NO_SUCH_KIND)
        return connector.open(source, tools_of(self._tools, source))


class _Lent:
    """A reader that goes back to its owner instead of being closed."""

    def __init__(self, owner: OpenedReaders, source: AgendaSource, reader: SlotReader) -> None:
        self._owner = owner
        self._source = source
        self._reader = reader
        self._is_sound = False

    def read(self, query: SlotQuery, deadline: Deadline, found: Found) -> Reading:
        """Read as the reader does; one that broke off in an unforeseen way is not used again."""
        try:
            reading = self._reader.read(query, deadline, found)
        except SourceFailure:
            self._is_sound = True
            raise
        self._is_sound = True
        return reading

    def close(self) -> None:
        """Give it back."""
        self._owner.give_back(self._source, self._reader, is_sound=self._is_sound)


def _refuse(source: AgendaSource, tools: SourceTools) -> SlotReader:
    raise SourceFailure(SourceState.FAILED, NO_SUCH_KIND)

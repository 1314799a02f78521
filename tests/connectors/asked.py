"""A declared source asked over a real connection, and what the server was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from osnp_console.app.sources.agendas import Deadline, Reading, SlotQuery, SourceTools
from osnp_console.connectors.registry import CONNECTORS
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource
from tests.connectors.misbehaving_server import Asked, Behaviour, MisbehavingServer, Reply, answering

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
QUERY = SlotQuery(NOW, NOW + timedelta(hours=48))
TOOLS = SourceTools(clock=lambda: NOW, secret=lambda name: None)


def read(
    source: AgendaSource, query: SlotQuery = QUERY, seconds: float = 60.0, slots: list[Slot] | None = None
) -> Reading:
    """One reading of the source; `slots` receives what is handed over."""
    open_ = CONNECTORS[source.kind].open
    assert open_ is not None
    reader = open_(source, TOOLS)
    kept: list[Slot] = [] if slots is None else slots
    try:
        return reader.read(query, Deadline(seconds), kept.extend)
    finally:
        reader.close()


def requests_of(
    declare: Callable[[str], AgendaSource], query: SlotQuery, reply: Reply | Behaviour
) -> Sequence[Asked]:
    """The requests that a reading makes of a server that answers so."""
    behaviour = answering(reply) if isinstance(reply, Reply) else reply
    with MisbehavingServer(behaviour) as server:
        read(declare(server.address), query)
        return list(server.asked)


def params_of(asked: Asked) -> list[tuple[str, str]]:
    """The parameters of a request, decoded."""
    return parse_qsl(urlsplit(asked.target).query, strict_parsing=True)

"""A shared agenda kept in the console's own base: read, booked and cancelled there."""

from __future__ import annotations

from osnp_console.app.sources.agendas import Booker, Connector, SlotReader, SourceField, SourceTools
from osnp_console.domain.slots.source import AgendaSource, SourceKind


def _open(source: AgendaSource, tools: SourceTools) -> SlotReader:
    from osnp_console.connectors.local_agenda.reader import LocalReader

    return LocalReader(source, tools)


def _book(source: AgendaSource, tools: SourceTools) -> Booker:
    from osnp_console.connectors.local_agenda.booker import LocalBooker

    return LocalBooker(source, tools)


CONNECTOR = Connector(
    kind=SourceKind.LOCAL_AGENDA,
    title="Carnet local",
    fields=(
        SourceField("options.agenda", "Carnet", required=True, hint="identifiant du carnet (agenda lister)"),
    ),
    open=_open,
    book=_book,
)

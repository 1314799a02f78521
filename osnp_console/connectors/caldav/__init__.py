"""A practice's free slots in a CalDAV collection (RFC 4791), read by one calendar-query.

The `caldav` library is not used: it brings an HTTP stack of its own beside requests, out of reach of the
deadline that every source has here.
"""

from __future__ import annotations

from osnp_console.app.sources.agendas import Connector, FieldKind, SlotReader, SourceField, SourceTools
from osnp_console.connectors.ical.access import ACCESS_FIELDS
from osnp_console.connectors.ical.declared import CALENDAR_FIELDS, calendar_hosts
from osnp_console.domain.slots.source import AgendaSource, SourceKind


def _open(source: AgendaSource, tools: SourceTools) -> SlotReader:
    from osnp_console.connectors.caldav.reader import open_collection

    return open_collection(source, tools)


CONNECTOR = Connector(
    kind=SourceKind.CALDAV,
    title="Calendrier partagé (CalDAV)",
    fields=(
        SourceField(
            "url", "Adresse du calendrier", FieldKind.URL, required=True, hint="celle de la collection"
        ),
        *ACCESS_FIELDS,
        *CALENDAR_FIELDS,
    ),
    open=_open,
    hosts=calendar_hosts,
)

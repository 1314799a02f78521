"""A practice's published free slots: an iCalendar file, by its https address or on this workstation."""

from __future__ import annotations

from osnp_console.app.sources.agendas import Connector, FieldKind, SlotReader, SourceField, SourceTools
from osnp_console.connectors.ical.access import ACCESS_FIELDS
from osnp_console.connectors.ical.declared import CALENDAR_FIELDS, calendar_hosts
from osnp_console.domain.slots.source import AgendaSource, SourceKind


def _open(source: AgendaSource, tools: SourceTools) -> SlotReader:
    from osnp_console.connectors.ical.reader import open_calendar

    return open_calendar(source, tools)


CONNECTOR = Connector(
    kind=SourceKind.ICAL,
    title="Calendrier publié (iCalendar)",
    fields=(
        SourceField(
            "url",
            "Adresse du calendrier",
            FieldKind.URL,
            hint="https://… ou chemin complet d’un fichier .ics",
        ),
        SourceField(
            "adresse_privee",
            "Adresse privée",
            FieldKind.SECRET,
            hint="à la place, si qui la connaît peut lire le calendrier",
        ),
        SourceField("options.fichier", "Fichier", FieldKind.FILE, hint="fichier .ics de ce poste"),
        *ACCESS_FIELDS,
        *CALENDAR_FIELDS,
    ),
    open=_open,
    hosts=calendar_hosts,
)

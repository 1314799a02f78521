"""An agenda that books by itself: the generic shared-agenda shape (SAS protocol note, section 11.1)."""

from __future__ import annotations

from osnp_console.app.sources.agendas import (
    Booker,
    Connector,
    FieldKind,
    SlotReader,
    SourceField,
    SourceTools,
)
from osnp_console.connectors.fhir.declaration import ADDRESS, PRACTITIONERS, TLS_FIELDS, booking_hosts
from osnp_console.domain.slots.source import AgendaSource, SourceKind

REQUEST = "demande"
"""The option of an agenda that takes requests, which the practice then confirms."""


def _open(source: AgendaSource, tools: SourceTools) -> SlotReader:
    from osnp_console.connectors.fhir.client import FhirReader
    from osnp_console.connectors.fhir_agenda.searches import searches
    from osnp_console.connectors.http import open_session
    from osnp_console.domain.slots.slot import BookingMode

    session = open_session(source, tools)
    return FhirReader(source, tools, session, lambda query: searches(source, query), BookingMode.DIRECT)


def _book(source: AgendaSource, tools: SourceTools) -> Booker:
    from osnp_console.connectors.fhir_agenda.booker import FhirBooker
    from osnp_console.connectors.http import open_session

    return FhirBooker(source, tools, open_session(source, tools, keeps_lines=False))


CONNECTOR = Connector(
    kind=SourceKind.FHIR_AGENDA,
    title="Agenda FHIR à réservation directe",
    fields=(
        ADDRESS,
        PRACTITIONERS,
        SourceField(
            f"options.{REQUEST}",
            "Le cabinet confirme chaque rendez-vous",
            FieldKind.FLAG,
            hint="la réservation est alors une demande",
        ),
        *TLS_FIELDS,
    ),
    open=_open,
    book=_book,
    hosts=booking_hosts,
)

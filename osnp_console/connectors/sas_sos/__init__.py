"""SAS, SOS Médecins: the slots of fixed consulting sites (SAS protocol note, section 4)."""

from __future__ import annotations

from osnp_console.app.sources.agendas import Connector, FieldKind, SlotReader, SourceField, SourceTools
from osnp_console.connectors.fhir.declaration import ADDRESS, BOOKING_FIELDS, TLS_FIELDS, booking_hosts
from osnp_console.domain.slots.source import AgendaSource, SourceKind


def _open(source: AgendaSource, tools: SourceTools) -> SlotReader:
    from osnp_console.connectors.fhir.client import FhirReader
    from osnp_console.connectors.http import open_session
    from osnp_console.connectors.sas_sos.searches import searches

    return FhirReader(source, tools, open_session(source, tools), lambda query: searches(source, query))


CONNECTOR = Connector(
    kind=SourceKind.SAS_SOS,
    title="SAS\u202f: SOS Médecins (FHIR)",
    fields=(
        ADDRESS,
        SourceField(
            "structures", "Associations cherchées", FieldKind.LIST, hint="numéros SIRET (14 chiffres)"
        ),
        *BOOKING_FIELDS,
        *TLS_FIELDS,
    ),
    open=_open,
    hosts=booking_hosts,
)

"""SAS, individual practitioners and CPTS: INT_R01 and INT_R04 (SAS protocol note, sections 2 and 3)."""

from __future__ import annotations

from osnp_console.app.sources.agendas import Connector, FieldKind, SlotReader, SourceField, SourceTools
from osnp_console.connectors.fhir.declaration import (
    ADDRESS,
    BOOKING_FIELDS,
    PRACTITIONERS,
    TLS_FIELDS,
    booking_hosts,
)
from osnp_console.domain.slots.source import AgendaSource, SourceKind


def _open(source: AgendaSource, tools: SourceTools) -> SlotReader:
    from osnp_console.connectors.fhir.client import FhirReader
    from osnp_console.connectors.http import open_session
    from osnp_console.connectors.sas_fhir.searches import searches

    return FhirReader(source, tools, open_session(source, tools), lambda query: searches(source, query))


CONNECTOR = Connector(
    kind=SourceKind.SAS_FHIR,
    title="SAS\u202f: praticiens et CPTS (FHIR)",
    fields=(
        ADDRESS,
        PRACTITIONERS,
        SourceField(
            "options.cpts",
            "Demander aussi les créneaux des CPTS",
            FieldKind.FLAG,
            hint="non, si l’éditeur refuse la demande",
        ),
        *BOOKING_FIELDS,
        *TLS_FIELDS,
    ),
    open=_open,
    hosts=booking_hosts,
)

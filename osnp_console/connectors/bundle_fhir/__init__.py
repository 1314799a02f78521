"""Saved FHIR searchsets, a file or a folder of them, read as an agenda's answer is."""

from __future__ import annotations

from osnp_console.app.sources.agendas import Connector, FieldKind, SlotReader, SourceField, SourceTools
from osnp_console.connectors.fhir.declaration import BOOKING_FIELDS, booking_hosts
from osnp_console.domain.slots.source import AgendaSource, SourceKind


def _open(source: AgendaSource, tools: SourceTools) -> SlotReader:
    from osnp_console.connectors.bundle_fhir.reader import BundleReader, path_of

    return BundleReader(source, path_of(source))


CONNECTOR = Connector(
    kind=SourceKind.FHIR_BUNDLE,
    title="Réponse FHIR enregistrée",
    fields=(
        SourceField("url", "Fichier ou dossier", FieldKind.FILE, required=True, hint="fichiers .json"),
        *BOOKING_FIELDS,
    ),
    open=_open,
    hosts=booking_hosts,
)

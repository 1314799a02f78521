"""Every kind of agenda by its name; a kind's code is imported when it is first looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from osnp_console.app.sources.agendas import Connector
from osnp_console.domain.slots.source import SourceKind

_PACKAGES: Mapping[SourceKind, str] = {
    SourceKind.SAS_FHIR: "sas_fhir",
    SourceKind.SAS_SOS: "sas_sos",
    SourceKind.FHIR_AGENDA: "fhir_agenda",
    SourceKind.FHIR_BUNDLE: "bundle_fhir",
    SourceKind.LOCAL_AGENDA: "local_agenda",
    SourceKind.ICAL: "ical",
    SourceKind.CALDAV: "caldav",
    SourceKind.PORTAL: "portal",
    SourceKind.PHONE: "phone",
}
"""The package of each kind, beside this module: each has a `CONNECTOR`."""


class _Registry(Mapping[SourceKind, Connector]):
    """The connectors, each imported once, when it is asked for."""

    def __getitem__(self, kind: SourceKind) -> Connector:
        package = _PACKAGES[kind]
        connector = import_module(f"osnp_console.connectors.{package}").CONNECTOR
        assert isinstance(connector, Connector), package
        return connector

    def __iter__(self) -> Iterator[SourceKind]:
        return iter(_PACKAGES)

    def __len__(self) -> int:
        return len(_PACKAGES)


CONNECTORS: Mapping[SourceKind, Connector] = _Registry()
"""What each kind of agenda is, and how it is opened."""

"""An agenda source as the site declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class SourceKind(Enum):
    """The kinds of agenda (`type` of the contract)."""

    SAS_FHIR = "sas_fhir"
    SAS_SOS = "sas_sos"
    FHIR_AGENDA = "fhir_agenda"
    LOCAL_AGENDA = "carnet_local"
    ICAL = "ical"
    CALDAV = "caldav"
    FHIR_BUNDLE = "bundle_fhir"
    PORTAL = "portail"
    PHONE = "telephone"


BY_HAND = frozenset({SourceKind.PORTAL, SourceKind.PHONE})
"""Kinds that no program can ask: a person looks, and writes down what was taken."""


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Paths of the client's certificate and key, and of the authority to trust (PEM); None: not needed."""

    certificate: str | None = None
    key: str | None = None
    authority: str | None = None


NO_FILES = TlsFiles()


@dataclass(frozen=True, slots=True)
class AgendaSource:
    """One declared source.

    `practitioners` are RPPS (11 digits), `structures` SIRET or FINESS numbers, `dispositifs` ids of the
    catalogue. `options` are those of its kind. No secret is in here: secrets lie in the keyring.
    """

    id: str
    kind: SourceKind
    name: str
    url: str | None = None
    practitioners: tuple[str, ...] = ()
    structures: tuple[str, ...] = ()
    dispositifs: tuple[str, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    tls: TlsFiles = NO_FILES

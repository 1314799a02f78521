"""What the FHIR kinds share in their declaration: fields of the form, and the hosts of booking pages."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from osnp_console.app.sources.agendas import FieldKind, SourceField
from osnp_console.connectors.http import KEY_PASSWORD, SERVER_NAME
from osnp_console.domain.slots.source import AgendaSource

HOSTS = "hotes"
"""The option that lists the hosts whose booking pages may be opened."""

ADDRESS = SourceField(
    "url", "Adresse du serveur FHIR", FieldKind.URL, required=True, hint="https://agenda.exemple.fr/fhir"
)
PRACTITIONERS = SourceField(
    "effecteurs", "Praticiens cherchés", FieldKind.LIST, hint="numéros RPPS (11 chiffres)"
)
TLS_FIELDS = (
    SourceField("tls.certificat", "Certificat du poste", FieldKind.FILE, hint="fichier PEM"),
    SourceField("tls.cle", "Clé du certificat", FieldKind.FILE, hint="fichier PEM"),
    SourceField(KEY_PASSWORD, "Mot de passe de la clé", FieldKind.SECRET),
    SourceField("tls.autorite", "Certificat de l’autorité", FieldKind.FILE, hint="fichier PEM"),
    SourceField(f"options.{SERVER_NAME}", "Nom attendu du serveur", hint="s’il diffère de l’adresse"),
)
BOOKING_FIELDS = (
    SourceField("options.origine", "Origine annoncée à l’éditeur", hint="par exemple\u202f: sas"),
    SourceField(
        f"options.{HOSTS}",
        "Sites de réservation permis",
        FieldKind.LIST,
        hint="par exemple\u202f: rdv.exemple.fr",
    ),
)


def booking_hosts(source: AgendaSource) -> Sequence[str]:
    """The hosts whose booking pages may be opened: those of `options.hotes`, else the server's own."""
    listed = source.options.get(HOSTS)
    if isinstance(listed, (list, tuple)):
        return tuple(host for host in listed if isinstance(host, str))
    try:
        own = urlsplit(source.url or "").hostname
    except ValueError:
        own = None
    return (own,) if own else ()


def flag(source: AgendaSource, name: str, default: bool) -> bool:
    """An option that is on or off."""
    value = source.options.get(name, default)
    return value if isinstance(value, bool) else default

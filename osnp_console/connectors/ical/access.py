"""Being let in by an account and a password, the latter from the keyring."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from osnp_console.app.sources.agendas import FieldKind, SourceFailure, SourceField, SourceTools
from osnp_console.connectors.ical.declared import ACCOUNT, PASSWORD
from osnp_console.domain.slots.answers import SourceState
from osnp_console.domain.slots.source import AgendaSource

NO_PASSWORD = "le mot de passe du compte n’est pas dans le trousseau de ce poste"
ACCESS_FIELDS = (
    SourceField(f"options.{ACCOUNT}", "Compte"),
    SourceField(PASSWORD, "Mot de passe", FieldKind.SECRET),
)


def authorization(source: AgendaSource, tools: SourceTools) -> Mapping[str, str]:
    """The header of a source that has an account; nothing for one without.

    Raises SourceFailure (`REFUSED`) where the keyring has no password for the account.
    """
    account = source.options.get(ACCOUNT)
    if not isinstance(account, str) or not account.strip():
        return {}
    password = tools.secret(PASSWORD)
    if password is None:
        raise SourceFailure(SourceState.REFUSED, NO_PASSWORD)
    return {"Authorization": "Basic " + b64encode(f"{account.strip()}:{password}".encode()).decode()}

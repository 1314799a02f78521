"""A person's own account: how it is named, what it may, in which state it is. It holds no password."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from osnp_console.domain.permissions import ACCOUNT_ROLES, ADMINISTRATOR

LONGEST_NAME = 80
IDENTIFIER_RULE = "Un identifiant a de 3 à 64 lettres sans accent, chiffres, points, tirets ou @."
NAME_RULE = f"Un nom affiché a de 1 à {LONGEST_NAME} caractères, sur une ligne."
ROLE_RULE = "Choisir au moins un rôle."
LOOKS_SHARED = (
    "Ce nom ressemble à celui d’un service. Un compte est à une seule personne\u202f: "
    "le journal dit qui a fait quoi."
)
_IDENTIFIER = re.compile(r"[a-z0-9](?:[a-z0-9._@-]*[a-z0-9])?", re.ASCII)
# Words of places, services and functions that nobody is called.
_SERVICES = frozenset(
    {
        "116117", "15", "accueil", "acces", "admin", "administrateur", "administration", "ap", "arm",
        "astreinte", "cabinet", "centre", "ch", "chu", "commun", "commune", "compte", "console", "cpts",
        "desk", "equipe", "garde", "hopital", "infirmier", "invite", "ligne", "medecin", "medecins", "mrg",
        "osnp", "partage",
        "poste", "regulateur", "regulation", "salle", "samu", "sas", "secretaire", "secretariat", "service",
        "sos", "standard", "telesecretariat", "test", "tous", "user", "utilisateur",
    }
)  # fmt: skip


class AccountState(Enum):
    """Whether somebody can sign in with it."""

    ACTIVE = "actif"
    MUST_CHANGE = "a_changer"
    BLOCKED = "bloque"
    REMOVED = "retire"


STATE_NAMES = {
    AccountState.ACTIVE: "actif",
    AccountState.MUST_CHANGE: "mot de passe à changer",
    AccountState.BLOCKED: "bloqué",
    AccountState.REMOVED: "retiré",
}


@dataclass(frozen=True, slots=True)
class Account:
    """One person. `id` is what the journal keeps, `identifier` what is typed, `name` what is shown.

    `version` is the store's, 0 before the first save. A removed account stays: the journal names it.
    """

    id: str
    identifier: str
    name: str
    roles: frozenset[str]
    state: AccountState
    made_at: datetime
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it has any right: neither blocked, removed, nor waiting for a password of its own."""
        return self.state is AccountState.ACTIVE

    @property
    def is_administrator(self) -> bool:
        """Whether it can look after the accounts, now or once its password is changed."""
        return ADMINISTRATOR in self.roles and self.state in (AccountState.ACTIVE, AccountState.MUST_CHANGE)

    def moved(self, state: AccountState) -> Account:
        """The account in another state."""
        return replace(self, state=state)


def read_identifier(text: str) -> str:
    """The identifier as it is kept and compared: however it was capitalised or composed."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def identifier_fault(text: str) -> str | None:
    """What is wrong with an identifier, in French; None for a good one."""
    read = read_identifier(text)
    return None if 3 <= len(read) <= 64 and _IDENTIFIER.fullmatch(read) else IDENTIFIER_RULE


def name_fault(text: str) -> str | None:
    """What is wrong with a shown name, in French; None for a good one."""
    bare = text.strip()
    return None if 1 <= len(bare) <= LONGEST_NAME and bare.isprintable() else NAME_RULE


def roles_fault(roles: Iterable[str]) -> str | None:
    """What is wrong with the roles of an account, in French; None for good ones."""
    chosen = tuple(roles)
    if not chosen:
        return ROLE_RULE
    unknown = next((role for role in chosen if role not in ACCOUNT_ROLES), None)
    return None if unknown is None else f"«\u00a0{unknown}\u00a0» n’est pas un rôle de compte."


def looks_shared(identifier: str, name: str) -> bool:
    """Whether either names a service rather than a person: a warning, never a refusal."""
    return _is_service(identifier) or _is_service(name)


def _is_service(text: str) -> bool:
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.split(r"[^a-z0-9]+", bare.partition("@")[0]) if word]
    # `osnp2` and `poste3` are `osnp` and `poste`.
    named = [word for word in words if word.rstrip("0123456789")]
    return bool(words) and all(word in _SERVICES or word.rstrip("0123456789") in _SERVICES for word in named)

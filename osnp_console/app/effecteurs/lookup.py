"""Looking an effecteur up outside the site's own directory: the national Annuaire Santé."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from osnp_console.app.errors import Refusal
from osnp_console.app.sources.agendas import Deadline, SourceFailure
from osnp_console.app.sources.secrets import SecretKeeper
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.identifiers import read_rpps

KEY_ENTRY = "annuaire-sante-cle"
"""Where the key of the Annuaire Santé lies in the keyring."""
NO_KEY = (
    "Aucune clé de l’Annuaire Santé n’est dans le trousseau de ce poste\u202f: "
    "la demander sur portal.api.esante.gouv.fr."
)
SECONDS = 20.0
"""The API gives up after 30 s; a person does sooner."""
PROFESSIONS: Mapping[str, str] = {
    "medecin": "10",
    "pharmacien": "21",
    "chirurgien_dentiste": "40",
    "sage_femme": "50",
    "infirmier": "60",
    "masseur_kinesitherapeute": "70",
    "orthophoniste": "91",
}
"""TRE_G15 codes of the professions one looks for, by the name an option gives them."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Who was found, and how many answers could not be read."""

    effecteurs: tuple[Effecteur, ...]
    rejected: int = 0


class EffecteurLookUp(Protocol):
    """A national directory; every method raises SourceFailure."""

    def by_number(self, numbers: Sequence[str], deadline: Deadline) -> LookedUp:
        """Those of these RPPS (11 digits), with their first place of practice."""

    def in_city(self, city: str, postcode: str, profession: str, deadline: Deadline) -> LookedUp:
        """Those of a TRE_G15 profession who practise in a commune; `postcode` may be its first digits."""


OpenLookUp = Callable[[str], AbstractContextManager[EffecteurLookUp]]
"""Opens the national directory with a key."""


class LookUpFailed(Exception):
    """The national directory did not answer; its sentence says why."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """What is looked for: one RPPS, or a profession in a commune."""

    rpps: str | None = None
    city: str = ""
    postcode: str = ""
    profession: str = "infirmier"


def look_up(wanted: LookUp, secrets: SecretKeeper, opening: OpenLookUp) -> LookedUp:
    """Ask the national directory with the key of the keyring.

    Raises Refusal where something is missing, StoreFailure (`cle`) where the keyring does not answer,
    LookUpFailed where the directory does not.
    """
    number = None
    if wanted.rpps is not None:
        read = read_rpps(wanted.rpps)
        if read.number is None:
            raise Refusal("valeur_invalide", read.fault or "", "rpps")
        number = read.number
    elif not wanted.city.strip():
        raise Refusal("champ_manquant", "Il manque un RPPS, ou une ville.", "rpps")
    profession = PROFESSIONS.get(wanted.profession)
    if profession is None:
        shown = ", ".join(PROFESSIONS)
        raise Refusal("valeur_invalide", f"Professions\u202f: {shown}.", "profession")
    key = secrets.get(KEY_ENTRY)
    if key is None:
        raise Refusal("interdit", NO_KEY, "cle")
    deadline = Deadline(SECONDS)
    try:
        with opening(key) as directory:
            if number is not None:
                return directory.by_number((number,), deadline)
            return directory.in_city(wanted.city.strip(), wanted.postcode.strip(), profession, deadline)
    except SourceFailure as failure:
        raise LookUpFailed(f"Annuaire Santé\u202f: {failure.message}.") from failure

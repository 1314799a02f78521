"""The ways the simulator can be told to misbehave, each under a name."""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from osnp_console.app.errors import Refusal

STATUSES = (401, 403, 429, 500, 503)

_WITH_AND_WITHOUT: Mapping[str, str] = {
    name: what
    for status in STATUSES
    for name, what in (
        (f"{status}", f"répond {status} avec un OperationOutcome"),
        (f"{status}_nu", f"répond {status} sans corps"),
    )
}

KNOWN: Mapping[str, str] = {
    "retard": "répond N ms plus tard (8000 si rien n’est dit)",
    "goutte_a_goutte": "envoie 64 octets toutes les N ms (200 si rien n’est dit)",
    "muet": "accepte et ne répond jamais",
    "coupe": "coupe la ligne au milieu de la réponse",
    "tronque": "envoie la moitié du JSON comme si c’était tout",
    **_WITH_AND_WITHOUT,
    "429": "répond 429 avec Retry-After: N secondes (30 si rien n’est dit) et un OperationOutcome",
    "429_nu": "répond 429 avec Retry-After: N secondes (30 si rien n’est dit), sans corps",
    "html": "répond 200 avec une page HTML",
    "autre_type": "répond le bon JSON sous le type text/plain",
    "vide": "répond 200 sans corps",
    "redirige": "renvoie vers une autre machine (302)",
    "pris": "le créneau est pris par quelqu’un d’autre juste avant la réservation (409)",
    "muet_apres_reservation": "réserve, puis ne répond jamais",
    "muet_avant_reservation": "ne réserve pas et ne répond jamais",
    "r01_seul": "refuse les inclusions d’INT_R04 (400)",
    "sos_dix": "refuse plus de 10 SIRET par recherche (400)",
    "creneaux_occupes": "_revinclude rend aussi les créneaux occupés, passés ou hors fenêtre",
    "sans_inclusions": "ne rend rien de ce qu’il faut inclure",
    "type_json_fhir": "se dit application/json+fhir (§12.1)",
    "sans_search_mode": "aucun search.mode (§12.2)",
    "total_faux": "total ne compte pas ce qui a été trouvé (§12.3)",
    "entree_vide": "un résultat vide a une liste entry vide (§12.4)",
    "fullurl_gabarit": "fullUrl en https://<base_URl>/… (§12.5)",
    "walkin_avec_lien": "un créneau sans rendez-vous a un lien (§12.6)",
    "sans_lien": "aucun créneau n’a de lien (§12.6)",
    "organisation_sans_type": "la structure d’un lieu n’a ni type ni system (§12.7)",
    "types_varies": "le système du type d’identifiant change de graphie (§12.8)",
    "tre_r66_varie": "le système TRE_R66 change de graphie (§12.9)",
    "self_incomplet": "le lien self oublie HealthcareService (§12.10)",
    "motif_avec_modalite": "le motif est dans l’entrée de la modalité (§12.11)",
    "specialite_en_texte": "la spécialité est un texte, seul ou avec son code (§12.12)",
    "heures_utc": "les instants sont écrits en +00:00 (§12.13)",
    "self_sept_c": "le lien self écrit 7C pour %7C et d’autres SIRET (§12.14)",
    "profil_sos": "une organisation de CPTS porte le profil SOS (§12.16)",
    "type_inconnu": "un type de créneau de plus, private (§12.19)",
    "types_minuscules": "les types de créneau sont en minuscules (§12.19)",
    "sans_profil": "aucun meta.profile",
    "sans_self": "aucun lien self",
    "ordre_inverse": "les entrées sont dans l’ordre inverse",
    "doublons": "chaque entrée vient deux fois",
    "champs_vides": "des éléments facultatifs sont envoyés vides",
    "creneau_abime": "le premier créneau finit avant de commencer",
    "creneau_illisible": "le premier créneau a un instant qui n’en est pas un",
    "creneau_orphelin": "le premier créneau renvoie à un agenda absent",
    "suite": "la réponse vient en deux pages (lien next)",
    "suite_ailleurs": "le lien next mène à une autre machine",
    "suite_sans_fin": "le lien next ramène toujours à la même page",
}
"""Every name, with what it does."""

DEFAULTS: Mapping[str, int] = {"retard": 8000, "goutte_a_goutte": 200, "429": 30, "429_nu": 30}
"""Names that take a value, and the value they have without one."""

_TEXT = re.compile(r"(?P<name>\w+)(=(?P<value>\d{1,7}))?(@((?P<path>/.+)|(?P<owner>\d+)))?", re.ASCII)
_OWNER = re.compile(r"\d{11}|\d{14}", re.ASCII)
_KEYS = frozenset({"nom", "valeur", "chemin", "praticien", "fois"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One misbehaviour; raises Refusal for a name that is none.

    `path` limits it to what lies under a path (`/redon/fhir`), `owner` to a practitioner (RPPS) or an
    association (SIRET): to requests about them, and to their resources in an answer. `times` is for how many
    requests; None: for all of them.
    """

    name: str
    value: int | None = None
    path: str | None = None
    owner: str | None = None
    times: int | None = None

    def __post_init__(self) -> None:
        if self.name not in KNOWN:
            raise Refusal(
                "valeur_invalide", f"Défaut inconnu : {self.name} (au choix : {', '.join(KNOWN)}).", "defaut"
            )
        if self.value is not None and self.name not in DEFAULTS:
            raise Refusal("valeur_invalide", f"Le défaut {self.name} ne prend pas de valeur.", "defaut")
        if self.owner is not None and not _OWNER.fullmatch(self.owner):
            raise Refusal(
                "valeur_invalide", "Un défaut vise un RPPS (11 chiffres) ou un SIRET (14).", "defaut"
            )

    @property
    def amount(self) -> int:
        """Its value, or the one it has without."""
        return self.value if self.value is not None else DEFAULTS[self.name]

    def is_about(self, path: str) -> bool:
        """Whether a request's path lies under this fault's."""
        if self.path is None:
            return True
        return path == self.path or path.startswith(self.path.rstrip("/") + "/")

    def document(self) -> dict[str, object]:
        """As `read_document` takes it."""
        told = {
            "nom": self.name,
            "valeur": self.value,
            "chemin": self.path,
            "praticien": self.owner,
            "fois": self.times,
        }
        return {name: value for name, value in told.items() if value is not None}


def read_fault(text: str) -> Fault:
    """`NOM`, `NOM=N`, `NOM@/chemin`, `NOM@RPPS`; raises Refusal for anything else."""
    found = _TEXT.fullmatch(text)
    if found is None:
        raise Refusal(
            "valeur_invalide", f"Défaut mal écrit : {text} (NOM, NOM=N, NOM@/chemin ou NOM@RPPS).", "defaut"
        )
    value = int(found["value"]) if found["value"] else None
    return Fault(found["name"], value, found["path"], found["owner"])


def read_document(document: Any) -> tuple[Fault, ...]:
    """`{"defauts": ["NOM@/chemin", {"nom": …, "fois": 2}, …]}`; raises Refusal for anything else."""
    found = document.get("defauts") if isinstance(document, dict) else None
    if not isinstance(found, list):
        raise Refusal("valeur_invalide", "Il faut un objet avec une liste defauts.", "defauts")
    return tuple(read_fault(one) if isinstance(one, str) else _read_object(one) for one in found)


def _read_object(one: Any) -> Fault:
    if not isinstance(one, dict) or not isinstance(one.get("nom"), str):
        raise Refusal("valeur_invalide", "Un défaut est un nom, ou un objet avec nom.", "defauts")
    for name in one.keys() - _KEYS:
        raise Refusal("champ_inconnu", "Ce champ n’existe pas.", name)
    for name, kind in (("valeur", int), ("fois", int), ("chemin", str), ("praticien", str)):
        if one.get(name) is not None and (type(one[name]) is not kind or one[name] in (0, "")):
            raise Refusal("valeur_invalide", f"Valeur inattendue pour {name}.", name)
    return Fault(one["nom"], one.get("valeur"), one.get("chemin"), one.get("praticien"), one.get("fois"))


class Faults:
    """The faults that are set, shared by the threads that answer."""

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        self._lock = threading.Lock()
        self._set = list(faults)

    def set(self, faults: Sequence[Fault]) -> None:
        """Replace them all."""
        with self._lock:
            self._set = list(faults)

    def active(self) -> tuple[Fault, ...]:
        """Those that are set, with the times that are left."""
        with self._lock:
            return tuple(self._set)

    def take(self, path: str, owners: Collection[str]) -> tuple[Fault, ...]:
        """Those of one request, which uses up one of their times."""
        with self._lock:
            taken = tuple(
                fault
                for fault in self._set
                if fault.is_about(path) and (fault.owner is None or fault.owner in owners)
            )
            left = []
            for fault in self._set:
                if fault in taken and fault.times is not None:
                    if fault.times > 1:
                        left.append(replace(fault, times=fault.times - 1))
                else:
                    left.append(fault)
            self._set = left
            return taken

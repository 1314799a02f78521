"""The codes of a dispositif's sheet in French words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from osnp_console.domain.access import Mode
from osnp_console.domain.dispositif import Status
from osnp_console.domain.hours import Hours
from osnp_console.domain.natures import cpts_name, nature_name
from osnp_console.domain.roles import NAMES, SAS_GROUP

STATUS_NAMES: Mapping[Status, str] = {
    Status.IN_SERVICE: "En service",
    Status.TRIAL: "Expérimentation",
    Status.TRIAL_CLOSED: "Expérimentation terminée",
    Status.PLANNED: "Prévu",
    Status.CONSIDERED: "En réflexion",
    Status.NONE_KNOWN: "Aucun connu",
    Status.NOT_DESCRIBED: "Non décrit",
}
MODE_NAMES: Mapping[Mode, str] = {
    Mode.AGENDA: "Réserver dans l’agenda",
    Mode.TRANSFER: "Transférer à la ligne",
    Mode.LINE: "Numéro à donner au patient",
    Mode.DIRECTION: "Orienter le patient",
    Mode.REGISTRATION: "Inscrire sur la liste",
    Mode.PRESCRIPTION: "Ordonnance d’abord",
}
TOOL_NAMES: Mapping[str, str] = {
    "citana": "Citana",
    "cpts_rdv": "CPTS Rendez-Vous",
    "doctolib_team": "Doctolib Team",
    "plateforme_sas": "Plateforme nationale SAS",
    "formulaire": "Formulaire en ligne",
}
STEP_NAMES: Mapping[str, str] = {
    "prepare": "Préparé",
    "appel": "Appel",
    "repondu": "Répondu",
    "presente": "Présenté",
    "creneau": "Créneau",
    "accord": "Accord",
    "remis": "Patient remis",
    "inscrit": "Inscrit",
}
ACT_NAMES: Mapping[str, str] = {
    "bilan_clinique": "Bilan clinique de proximité",
    "surveillance": "Surveillance, évaluation clinique",
    "evaluation_plaie": "Évaluation d’une plaie",
    "pansement": "Pansement",
    "prelevement_sanguin": "Prélèvement sanguin",
    "perfusion": "Perfusion",
    "reassurance": "Réassurance",
    "autre": "Autre acte à préciser",
}
PLACE_NAMES: Mapping[str, str] = {"domicile": "à domicile", "cabinet": "au cabinet"}
REGIME_NAMES: Mapping[str, str] = {
    "jour": "dérogatoire de jour",
    "astreinte": "astreinte",
    "propre": "propre au dispositif",
}
_HOLIDAYS: Mapping[str, str] = {
    "convention": "Jours fériés\u202f: fermé (convention de la console)",
    "ferme": "Jours fériés\u202f: fermé",
    "ouvert": "Jours fériés\u202f: ouvert",
    "inconnu": "Jours fériés\u202f: non précisé",
}


def role_names(roles: Iterable[str]) -> str:
    """`le SAS, médecin, pharmacien`; every role where none is named."""
    named = sorted(roles)
    if not named:
        return "tous les postes"
    return ", ".join("SAS" if role == SAS_GROUP else NAMES.get(role, role) for role in named)


def hours_words(hours: Hours | None) -> tuple[str, ...]:
    """The hours as the source says them, then what becomes of public holidays."""
    if hours is None:
        return ("heures non précisées",)
    return (hours.text, _HOLIDAYS[hours.holidays])


def dispositif_title(cpts: str, nature: str) -> str:
    """`Pays de Redon · médecine générale`."""
    return f"{cpts_name(cpts)} · {nature_name(nature)}"


def minutes_words(minutes: int) -> str:
    """A length in minutes as people say it: `45 min`, `4 h`, `1 h 30`, `3 jours`."""
    hours, rest = divmod(minutes, 60)
    if hours >= 48 and not rest and hours % 24 == 0:
        return f"{hours // 24} jours"
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"

"""How the natures of dispositifs are called on screen, in the order of the offer's list."""

from __future__ import annotations

from collections.abc import Mapping

NATURE_NAMES: Mapping[str, str] = {
    "medecine_generale": "Médecine générale",
    "centre_snp": "Centre de soins non programmés",
    "teleconsultation": "Téléconsultation",
    "infirmier": "Infirmier",
    "kinesitherapie": "Kinésithérapie",
    "orthophonie": "Orthophonie",
    "sage_femme": "Sage-femme",
    "dentaire": "Dentaire",
    "imagerie": "Imagerie",
    "biologie": "Biologie",
    "protocole_pharmacien": "Protocole pharmacien",
    "protocole_pluriprofessionnel": "Protocole pluriprofessionnel",
    "liste_attente_medecin_traitant": "Liste d’attente médecin traitant",
    "aucun": "Aucun dispositif",
}
"""Labels by code; every nature of the catalogue has one."""


_BEFORE_A_NAME = (
    "CPTS du ", "CPTS de la ", "CPTS de l’", "CPTS de l'", "CPTS des ", "CPTS de ", "CPTS d’", "CPTS d'",
    "CPTS ",
)  # fmt: skip


def nature_name(nature: str) -> str:
    """The nature within a sentence: `médecine générale`."""
    return NATURE_NAMES.get(nature, nature).lower()


def cpts_name(cpts: str) -> str:
    """The CPTS as a row shows it: without the word that all of them bear."""
    for prefix in _BEFORE_A_NAME:
        if cpts.startswith(prefix):
            return cpts.removeprefix(prefix)
    return cpts

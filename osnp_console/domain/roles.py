"""Who sits at the desk, and which right to refer each role gives (`poste.role` of the contract)."""

from __future__ import annotations

ROLES = frozenset(
    {
        "osnp", "telesecretariat", "medecin_regulateur", "arm", "iao", "pharmacien", "infirmier",
        "masseur_kinesitherapeute", "sage_femme", "medecin", "chirurgien_dentiste", "sos_medecins", "patient",
    }
)  # fmt: skip
SAS_ROLES = frozenset({"osnp", "medecin_regulateur", "arm"})
PRESCRIBERS = frozenset({"medecin", "medecin_regulateur"})
SAS_GROUP = "sas"

NAMES = {
    "osnp": "OSNP",
    "telesecretariat": "télésecrétariat",
    "medecin_regulateur": "médecin régulateur",
    "arm": "ARM",
    "iao": "infirmier d’accueil des urgences",
    "pharmacien": "pharmacien",
    "infirmier": "infirmier",
    "masseur_kinesitherapeute": "masseur-kinésithérapeute",
    "sage_femme": "sage-femme",
    "medecin": "médecin",
    "chirurgien_dentiste": "chirurgien-dentiste",
    "sos_medecins": "SOS Médecins",
    "patient": "patient",
}


def also_counts_as(role: str) -> tuple[str, ...]:
    """The role, then those it includes: a regulating doctor also counts as a doctor."""
    return (role, "medecin") if role == "medecin_regulateur" else (role,)

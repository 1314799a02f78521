"""The facts a call can hold: their codes, the question that asks each, and who can answer it.

The codes are the paths of `appel.json` in the contract; answers to further facts carry the bare code
that the catalogue defines (`reponses` in the contract).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

TERRITORY_PREFIX = "territoire:"


class AnsweredBy(Enum):
    """Who can establish a fact."""

    CALLER = "appelant"
    OPERATOR = "operateur"
    AGENDAS = "agendas"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be known of a call. `question` is what the operator asks, in French."""

    code: str
    question: str
    answered_by: AnsweredBy = AnsweredBy.CALLER


ROLE = "poste.role"
SAS = "poste.sas"
DESK_CPTS = "poste.cpts"
OFFER = "besoin.offre"
REASON = "besoin.motif"
DELAY = "besoin.delai_heures"
VITAL_EMERGENCY = "besoin.urgence_vitale"
TECHNICAL_PLATFORM = "besoin.plateau_technique"
PRESCRIPTION = "besoin.ordonnance"
ONSET = "besoin.debut"
BIRTH = "patient.date_naissance"
AGE = "patient.age_ans"
SEX = "patient.sexe"
PREGNANT = "patient.enceinte"
RESIDENCE = "patient.commune"
PRESENT_PLACE = "patient.commune_actuelle"
REGULAR_DOCTOR = "medecin_traitant.statut"
USUAL_PRACTITIONER = "praticien_habituel.statut"
USUAL_CONTACTED = "praticien_habituel.contacte"
CAN_TRAVEL = "deplacement_possible"

_BUILT_IN = (
    Fact(ROLE, "Quel est le rôle de ce poste ?", AnsweredBy.OPERATOR),
    Fact(SAS, "De quel SAS ce poste relève-t-il ?", AnsweredBy.OPERATOR),
    Fact(DESK_CPTS, "Pour quelles CPTS ce poste travaille-t-il ?", AnsweredBy.OPERATOR),
    Fact(OFFER, "Quelle offre cherche-t-on ?", AnsweredBy.OPERATOR),
    Fact(RESIDENCE, "Dans quelle commune le patient habite-t-il ?"),
    Fact(PRESENT_PLACE, "Où le patient se trouve-t-il en ce moment ?"),
    Fact(REASON, "Pour quel motif appelle-t-il ?"),
    Fact(REGULAR_DOCTOR, "A-t-il un médecin traitant, et celui-ci peut-il le voir à temps ?"),
    Fact(DELAY, "Sous combien d’heures doit-il être vu ?"),
    Fact(BIRTH, "Quelle est sa date de naissance ?"),
    Fact(AGE, "Quel âge a-t-il ?"),
    Fact(SEX, "Est-ce une femme ou un homme ?"),
    Fact(PREGNANT, "Est-elle enceinte ?"),
    Fact(TECHNICAL_PLATFORM, "Relève-t-il des urgences ou d’un plateau technique ?"),
    Fact(PRESCRIPTION, "A-t-il une ordonnance pour ce soin ?"),
    Fact(ONSET, "Depuis quand (premiers symptômes, sortie d’hôpital ou passage aux urgences) ?"),
    Fact(USUAL_PRACTITIONER, "A-t-il un praticien habituel pour ce soin, et celui-ci est-il disponible ?"),
    Fact(USUAL_CONTACTED, "A-t-il déjà contacté son praticien habituel ?"),
    Fact(CAN_TRAVEL, "Peut-il se déplacer jusqu’au cabinet ?"),
)
BUILT_IN: Mapping[str, Fact] = {fact.code: fact for fact in _BUILT_IN}


def territory_fact(cpts: str) -> Fact:
    """The fact "the patient belongs to this CPTS's territory", established by asking or by the operator."""
    return Fact(TERRITORY_PREFIX + cpts, f"Le patient relève-t-il du territoire de la {cpts} ?")

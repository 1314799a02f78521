"""What a field is called within a sentence, with its article and what agrees with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osnp_console.app.checklist.sheet_lines import french_spaces
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts


@dataclass(frozen=True, slots=True)
class FieldName:
    """`la commune`: the article with the noun."""

    words: str
    is_feminine: bool = False

    @property
    def mine(self) -> str:
        """`la mienne`, as a button says it."""
        return "la mienne" if self.is_feminine else "le mien"

    @property
    def yours(self) -> str:
        """`la vôtre`, as the console says it."""
        return "la vôtre" if self.is_feminine else "le vôtre"

    @property
    def theirs(self) -> str:
        """`la sienne`, somebody else's."""
        return "la sienne" if self.is_feminine else "le sien"


def _answer_to(label: str) -> FieldName:
    """A field that has no noun is named by its label."""
    return FieldName(french_spaces(f"la réponse à « {label} »"), is_feminine=True)


_NAMES: Mapping[str, FieldName] = {
    fields.CALLER_LINK: FieldName("le lien"),
    fields.CALLER_PHONE: FieldName("le numéro de rappel"),
    fields.BIRTH_NAME: FieldName("le nom"),
    fields.FIRST_NAMES: FieldName("le prénom"),
    facts.BIRTH: FieldName("la date de naissance", is_feminine=True),
    facts.SEX: FieldName("le sexe"),
    facts.PREGNANT: _answer_to("Enceinte"),
    fields.PATIENT_PHONE: FieldName("le téléphone du patient"),
    facts.RESIDENCE: FieldName("la commune", is_feminine=True),
    facts.PRESENT_PLACE: FieldName("le lieu où se trouve le patient"),
    facts.OFFER: FieldName("l’offre", is_feminine=True),
    facts.REASON: FieldName("le motif"),
    facts.DELAY: FieldName("le délai"),
    fields.DELAY_DAYS: FieldName("le nombre de jours"),
    facts.TECHNICAL_PLATFORM: _answer_to("Plateau technique"),
    facts.PRESCRIPTION: _answer_to("Ordonnance"),
    facts.ONSET: FieldName("le début"),
    facts.REGULAR_DOCTOR: FieldName("le statut du médecin traitant"),
    fields.AVAILABILITY[facts.REGULAR_DOCTOR]: FieldName(
        "la disponibilité du médecin traitant", is_feminine=True
    ),
    fields.DOCTOR_PRACTICE: FieldName("le cabinet du médecin traitant"),
    fields.DOCTOR_CALLED: _answer_to("Médecin traitant appelé ?"),
    facts.USUAL_PRACTITIONER: FieldName("le statut du praticien habituel"),
    fields.AVAILABILITY[facts.USUAL_PRACTITIONER]: FieldName(
        "la disponibilité du praticien habituel", is_feminine=True
    ),
    fields.USUAL_PRACTICE: FieldName("le cabinet du praticien habituel"),
    facts.USUAL_CONTACTED: _answer_to("Praticien habituel appelé ?"),
    facts.CAN_TRAVEL: _answer_to("Peut venir"),
    fields.NOTE: FieldName("la note", is_feminine=True),
}


def field_name(code: str, questions: Mapping[str, str]) -> FieldName:
    """The name of a field; `questions` are those of the dispositifs, by code.

    What this catalogue does not know is named by its code.
    """
    if code.startswith(facts.TERRITORY_PREFIX):
        return FieldName(f"le rattachement à la {code.removeprefix(facts.TERRITORY_PREFIX)}")
    return _NAMES.get(code) or _answer_to(questions.get(code, code))

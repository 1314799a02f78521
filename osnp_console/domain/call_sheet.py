"""What was typed in a call: answers by field, what was asked in vain, and texts that are no answer yet.

The sheet keeps everything as it was typed, so that a call comes back complete after a crash; the facts
that rules read are derived from it (`sheet_reading`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

from osnp_console.domain import facts

Value = str | bool | int
CALLER_LINK = "appelant.lien"
CALLER_PHONE = "appelant.telephone"
BIRTH_NAME = "patient.nom_naissance"
FIRST_NAMES = "patient.prenoms"
PATIENT_PHONE = "patient.telephone"
DOCTOR_PRACTICE = "medecin_traitant.cabinet"
DOCTOR_CALLED = "medecin_traitant.contacte"
USUAL_PRACTICE = "praticien_habituel.cabinet"
# « À voir sous… » when it is longer than the usual delays: the typed number of days.
DELAY_DAYS = "besoin.delai_jours"
NOTE = "note"
ELSEWHERE = "ailleurs"
"""`patient.commune_actuelle` when the patient is away from home and the commune is not known yet."""
LATER = "plus"
"""`besoin.delai_heures` when it is beyond the usual delays; `DELAY_DAYS` then says how many days."""

AVAILABILITY = {
    facts.REGULAR_DOCTOR: "medecin_traitant.disponibilite",
    facts.USUAL_PRACTITIONER: "praticien_habituel.disponibilite",
}
"""Asked in vain whether the one he has is available: that he has one stays known (`declare`)."""

NEVER_A_QUESTION = frozenset({NOTE, CALLER_LINK, PATIENT_PHONE, DOCTOR_PRACTICE, USUAL_PRACTICE})


class Asked(Enum):
    """The answer of somebody who was asked and does not know."""

    ASKED = "ne_sait_pas"


ASKED = Asked.ASKED
Answer = Value | Asked | None


@dataclass(frozen=True, slots=True)
class CallSheet:
    """The fields of a call. A code is never both in `values` and in `asked`.

    `pending` holds texts typed in a field whose answer is chosen from a list (a commune, a reason) and not
    chosen yet: no fact, yet never lost.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    pending: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        object.__setattr__(self, "pending", MappingProxyType(dict(self.pending)))

    def answer(self, code: str) -> Answer:
        """The value, ASKED when the caller does not know, None while it was not asked."""
        return ASKED if code in self.asked else self.values.get(code)

    def text(self, code: str) -> str:
        """The text value of a field, empty when it has none."""
        value = self.values.get(code)
        return value if isinstance(value, str) else ""

    def put(self, code: str, answer: Answer) -> CallSheet:
        """The sheet with one field answered, asked in vain, or (None, or an empty text) not asked again.

        An answer takes the place of what was being typed in that field.
        """
        values, asked, pending = dict(self.values), set(self.asked), dict(self.pending)
        values.pop(code, None)
        asked.discard(code)
        pending.pop(code, None)
        if answer is ASKED:
            asked.add(code)
        elif answer is not None and answer != "":
            values[code] = answer
        return CallSheet(values, frozenset(asked), pending)

    def type(self, code: str, text: str) -> CallSheet:
        """The sheet with a text that is being typed in a field and is no answer yet; the answer stays."""
        pending = dict(self.pending)
        pending.pop(code, None)
        if text:
            pending[code] = text
        return replace(self, pending=pending)

    @property
    def is_empty(self) -> bool:
        """True while nothing at all was typed or answered."""
        return not (self.values or self.asked or self.pending)


EMPTY_SHEET = CallSheet()
VITAL_EMERGENCY = facts.VITAL_EMERGENCY

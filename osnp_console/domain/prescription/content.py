"""What a prescription says: who prescribes what, for whom, by which dispositif; not how it is laid out.

The content is that of the form of Sarthe (S5, page 81), completed as the domain note says (section 5.1).
There is no price and no coefficient in it: the nurse codes, not the doctor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from osnp_console.domain.dates import PartialDate

OTHER_ACT = "autre"
"""The act that is described in full."""
ACTS: Mapping[str, str] = {
    "bilan_clinique": "Bilan clinique de proximité par infirmière à domicile",
    "surveillance": "Surveillance et évaluation clinique",
    "evaluation_plaie": "Évaluation d’une plaie",
    "pansement": "Pansement",
    "prelevement_sanguin": "Prélèvement sanguin",
    "perfusion": "Perfusion",
    "reassurance": "Réassurance",
    OTHER_ACT: "Autre acte à préciser",
}
"""The acts by code (contract, `ordonnance`), as the form names them, in the order in which they are shown."""
SEXES: Mapping[str, str] = {"F": "féminin", "M": "masculin", "I": "indéterminé"}


@dataclass(frozen=True, slots=True)
class OrderedAct:
    """One act: its code, and how; texts are as typed, empty without."""

    code: str
    detail: str = ""
    frequency: str = ""
    duration: str = ""


@dataclass(frozen=True, slots=True)
class Prescriber:
    """The doctor. `rpps` has eleven digits; `am_number` is their own number at the Assurance Maladie.

    Either is empty where it is not known: a number is never made up.
    """

    name: str
    first_name: str = ""
    rpps: str = ""
    quality: str = ""
    am_number: str = ""


@dataclass(frozen=True, slots=True)
class PatientIdentity:
    """Whom it is for. `commune` is an INSEE code, `phone` as typed; empty where not known.

    A birth date of which the day or the month is not known is a span (RNIV, domain note, section 8).
    """

    birth_name: str
    first_names: str
    birth: PartialDate | None
    used_name: str = ""
    sex: str = ""
    address: str = ""
    commune: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A whole prescription. `written_at` is aware; `finess` has nine characters, empty where none is known.

    `dispositif` is the catalogue's id. `at_home` is None while nobody said where the care is given.
    """

    dispositif: str
    prescriber: Prescriber
    patient: PatientIdentity
    acts: tuple[OrderedAct, ...]
    written_at: datetime
    finess: str = ""
    at_home: bool | None = None
    sundays_and_holidays: bool = False
    call_reference: str = ""

    @property
    def act_codes(self) -> tuple[str, ...]:
        """The codes of the acts, in their order."""
        return tuple(act.code for act in self.acts)

"""An assistance line: the steps it has, what it is told and reminded of, what it records and explains.

A value of the catalogue. What no source says is absent; what is the console's own has the source
`convention`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.sources import CONVENTION, Source
from osnp_console.domain.transfer.steps import ALL_STEPS, Step


class Topic(Enum):
    """One line of what is read aloud; the value is the catalogue's (`a_presenter[].sujet`)."""

    CALLER = "appelant"
    IDENTITY = "identite"
    RESIDENCE = "residence"
    PRESENT_PLACE = "lieu_actuel"
    REASON = "motif"
    ONSET = "debut"
    PREGNANCY = "grossesse"
    REGULAR_DOCTOR = "medecin_traitant"
    USUAL_PRACTITIONER = "praticien_habituel"
    PRESCRIPTION = "ordonnance"
    TECHNICAL_PLATFORM = "plateau_technique"
    TRAVEL = "deplacement"
    CALLBACK = "rappel"


TOPIC_FIELDS: Mapping[Topic, tuple[str, ...]] = {
    Topic.CALLER: (fields.CALLER_LINK,),
    Topic.IDENTITY: (fields.BIRTH_NAME, fields.FIRST_NAMES, facts.SEX, facts.BIRTH, facts.AGE),
    Topic.RESIDENCE: (facts.RESIDENCE,),
    Topic.PRESENT_PLACE: (facts.PRESENT_PLACE,),
    Topic.REASON: (facts.REASON, facts.DELAY, fields.DELAY_DAYS),
    Topic.ONSET: (facts.ONSET,),
    Topic.PREGNANCY: (facts.PREGNANT,),
    Topic.REGULAR_DOCTOR: (facts.REGULAR_DOCTOR, fields.DOCTOR_PRACTICE, fields.DOCTOR_CALLED),
    Topic.USUAL_PRACTITIONER: (facts.USUAL_PRACTITIONER, fields.USUAL_PRACTICE, facts.USUAL_CONTACTED),
    Topic.PRESCRIPTION: (facts.PRESCRIPTION,),
    Topic.TECHNICAL_PLATFORM: (facts.TECHNICAL_PLATFORM,),
    Topic.TRAVEL: (facts.CAN_TRAVEL,),
    Topic.CALLBACK: (fields.CALLER_PHONE, fields.PATIENT_PHONE),
}
"""The fields of the call sheet that each topic reads, the leading one first."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in French with the place it comes from."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of what must be told: a topic of the call, or a further fact by its code, or a free text.

    `text` beside a topic or a fact makes it precise (`le grade`, `en sortie d’hospitalisation`). `source`
    says where it is read that the line needs it, or `convention`.
    """

    source: Source
    topic: Topic | None = None
    fact: str | None = None
    text: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The codes of the fields to read in the call, the leading one first; none for a free text."""
        if self.topic is not None:
            return TOPIC_FIELDS[self.topic]
        return (self.fact,) if self.fact is not None else ()


OURS = Source(CONVENTION)
USUAL_ORDER = (
    Topic.IDENTITY, Topic.RESIDENCE, Topic.REASON, Topic.REGULAR_DOCTOR, Topic.TRAVEL, Topic.CALLBACK,
)  # fmt: skip
USUAL_TELLING = tuple(Told(OURS, topic) for topic in USUAL_ORDER)
"""What a line is told, and in which order, where its source only says to present the situation.

A convention of ours: enough to place a patient in general medicine, and nothing else.
"""


@dataclass(frozen=True, slots=True)
class Tag:
    """What the line records: the tag of the patient's file, and the mention that goes with the reason."""

    source: Source
    label: str | None = None
    mention: str | None = None

    def reason(self, reason: str, sas: str | None) -> str:
        """The reason as it is recorded: `SAS 35 – cystite`.

        `reason` is the reason's French label, `sas` the département of the SAS, None when it is not known.
        The mention is the source's, its place before the reason a convention of ours.
        """
        if self.mention is None:
            return reason
        # A label begins with a capital, which a mention before it takes over; « ECBU » keeps its own.
        lowered = reason[:1].lower() + reason[1:] if reason[1:2].islower() else reason
        return f"{self.mention} {sas} – {lowered}" if sas else f"{self.mention} – {lowered}"


@dataclass(frozen=True, slots=True)
class Line:
    """What a call to a line is made of; its number and its hours are those of the way in that holds it.

    `explains` is what the line tells the patient, ready to be read aloud.
    """

    steps: tuple[Step, ...] = ALL_STEPS
    to_tell: tuple[Told, ...] = USUAL_TELLING
    to_remind: tuple[Said, ...] = ()
    tag: Tag | None = None
    explains: Said | None = None

    @property
    def last_step(self) -> Step:
        """The last step that a source gives."""
        return self.steps[-1]

    @property
    def takes_the_patient(self) -> bool:
        """Whether the patient is handed over to the line during the call."""
        return Step.HANDED_OVER in self.steps

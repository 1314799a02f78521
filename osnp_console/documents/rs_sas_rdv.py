"""An appointment as an RS-SAS-RDV message of the Hub Santé (SAS protocol note, section 11.2).

No patient is in it: whoever receives it attaches it to a call by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, ValidationError, field, json

from osnp_console.app.errors import Refusal
from osnp_console.domain.appointment import Appointment, AppointmentState
from osnp_console.domain.clock import in_paris
from osnp_console.domain.regulator import Regulator, read_identifier
from osnp_console.domain.slots.slot import CPTS, Slot
from osnp_console.domain.slots.source import SourceKind

Instant = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[\-+]\d{2}:\d{2}$")]
Words = Annotated[str, Meta(min_length=1)]
Rpps = Annotated[str, Meta(pattern=r"^81[0-9]{10}$")]
Mail = Annotated[str, Meta(pattern=r"^[^\s@]+@[^\s@]+\.[^\s@]+$")]
Status = Literal["pending", "booked", "fulfilled", "noshow", "cancelled"]
Method = Literal["CreateAppointment", "UpdateAppointment"]
Category = Literal["CPTS", "MSP", "CDS", "SOS", "PS", "PDM"]

_STATUSES: Mapping[AppointmentState, Status] = {
    AppointmentState.PENDING: "pending",
    AppointmentState.BOOKED: "booked",
    AppointmentState.FULFILLED: "fulfilled",
    AppointmentState.NO_SHOW: "noshow",
    AppointmentState.CANCELLED: "cancelled",
}
_FIRST = frozenset({AppointmentState.PENDING, AppointmentState.BOOKED})
_TITLES = frozenset({"dr", "dr.", "docteur", "pr", "pr.", "m.", "mme"})
NOT_BOOKED = "Seul un rendez-vous pris, ou à confirmer, peut être exporté."
MISSING = "L’export demande {} de qui réserve\u202f: à saisir dans Réglages, Ce poste."


class _Message(Struct, forbid_unknown_fields=True, omit_defaults=True, rename="camel"):
    """What all parts share: no field that the schema does not know, none that is empty."""


class PractitionerPart(_Message):
    """Who gives the care: only with all three."""

    rpps_id: Rpps
    last_name: Words
    first_name: Words


class OrganizationPart(_Message):
    """Where the care is given."""

    organization_id: Words
    name: Words


class RegulatorPart(_Message):
    """Who booked."""

    regulator_name: Words
    regulator_firstname: Words
    regulator_email: Mail
    regulator_id: Words | None = None


class AppointmentMessage(_Message):
    """The message, in the order of its schema."""

    appointment_id: Words
    method: Method
    created: Instant
    start: Instant
    status: Status
    regulator: RegulatorPart
    end: Instant | None = None
    orientation_category: Category | None = None
    practitioner: PractitionerPart | None = field(default=None)
    organization: OrganizationPart | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, and what of the slot could not be said in it: French sentences."""

    content: bytes
    left_out: tuple[str, ...] = ()


def rs_sas_rdv(
    appointment: Appointment,
    regulator: Regulator,
    kind: SourceKind | None = None,
    *,
    is_update: bool | None = None,
) -> Exported:
    """The message as JSON in UTF-8; `kind` is that of the appointment's source.

    `is_update` says whether a first message was made of it; None: as its state tells, since what was
    honoured, missed or cancelled was booked before (an update of what is not known creates it).

    A practitioner without RPPS, first name or family name cannot be named in the message; the place is, when
    it has an identifier. Raises Refusal: `champ_manquant` when who books is not settled, `valeur_invalide`
    for a state that no message has.
    """
    status = _STATUSES.get(appointment.state)
    if status is None:
        raise Refusal("valeur_invalide", NOT_BOOKED, "rendez_vous.etat")
    if is_update is None:
        is_update = appointment.state not in _FIRST
    practitioner, left_out = _practitioner(appointment.slot)
    message = AppointmentMessage(
        appointment_id=appointment.id,
        method="UpdateAppointment" if is_update else "CreateAppointment",
        created=_instant(appointment.asked_at),
        start=_instant(appointment.slot.start),
        status=status,
        regulator=_regulator(regulator),
        # A line typed after a portal gives no end: none is made up.
        end=None if appointment.typed else _instant(appointment.slot.end),
        orientation_category=_category(appointment.slot, kind),
        practitioner=practitioner,
        organization=_organization(appointment.slot),
    )
    content = json.format(json.encode(message), indent=2)
    check(content)
    return Exported(content + b"\n", left_out)


def check(content: bytes) -> AppointmentMessage:
    """Read a message as strictly as its schema does; raises Refusal naming the field."""
    try:
        return json.decode(content, type=AppointmentMessage)
    except ValidationError as error:
        path = str(error).rpartition("`$.")[2].rstrip("`") if "`$." in str(error) else None
        raise Refusal("valeur_invalide", "Un champ n’a pas la forme que RS-SAS-RDV demande.", path) from None


def _instant(moment: datetime) -> str:
    return in_paris(moment).isoformat(timespec="seconds")


def _regulator(regulator: Regulator) -> RegulatorPart:
    for value, words, name in (
        (regulator.name, "le nom", "nom"),
        (regulator.first_name, "le prénom", "prenom"),
        (regulator.email, "le courriel", "courriel"),
    ):
        if not value.strip():
            raise Refusal("champ_manquant", MISSING.format(words), f"poste.regulateur.{name}")
    return RegulatorPart(
        regulator.name.strip(),
        regulator.first_name.strip(),
        regulator.email.strip(),
        read_identifier(regulator.identifier) or None,
    )


def _practitioner(slot: Slot) -> tuple[PractitionerPart | None, tuple[str, ...]]:
    rpps, name = slot.practitioner.rpps, slot.practitioner.name or ""
    if rpps is None and not name:
        return None, ()
    first, last = split_name(name)
    if rpps is None or not rpps.startswith("1"):
        return None, ("Le praticien n’est pas dans le message\u202f: son RPPS n’est pas connu.",)
    if not first or not last:
        return None, ("Le praticien n’est pas dans le message\u202f: son prénom ou son nom n’est pas connu.",)
    return PractitionerPart(f"8{rpps}", last, first), ()


def split_name(name: str) -> tuple[str, str]:
    """First names and family name of a displayed name: `Dr Jean Paul DE LA TOUR`.

    The family name is what stands in capitals, else the last word; it may stand first (`MAURY Anne`). A
    single word is a family name. Empty is not known.
    """
    words = [word for word in name.split() if word.casefold() not in _TITLES]
    capitals = [word for word in words if len(word) > 1 and word == word.upper() and word != word.lower()]
    if capitals and len(capitals) < len(words):
        return " ".join(word for word in words if word not in capitals), " ".join(capitals)
    return " ".join(words[:-1]), " ".join(words[-1:])


def _organization(slot: Slot) -> OrganizationPart | None:
    place = slot.place
    return OrganizationPart(place.id, place.name) if place.id and place.name else None


def _category(slot: Slot, kind: SourceKind | None) -> Category | None:
    if kind is SourceKind.SAS_SOS:
        return "SOS"
    if slot.cpts or CPTS in slot.types:
        return "CPTS"
    return "PS" if slot.practitioner.rpps is not None else None

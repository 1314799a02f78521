"""The message that carries a prescription to its nurse: prepared as a file, sent by hand from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.acts import SIGNED_PAPER, refused_words
from osnp_console.app.prescription.journal import other_entry
from osnp_console.app.prescription.transmission import SecureMessage, TransmissionSheet
from osnp_console.app.prescription.validate import ORIGINAL
from osnp_console.domain import journal
from osnp_console.domain.journal import JournalEntry
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.moves import PrescriptionMove, PrescriptionState
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.domain.prescription.prescription import Prescription

PREPARED = "message préparé"
NO_ADDRESS = "Écrire l’adresse de messagerie sécurisée de l’infirmier."
NOT_AN_ADDRESS = "Cette adresse n’a pas la forme d’une adresse de messagerie."
NOT_VALID = "Seule une ordonnance validée s’envoie."
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
"""Plain addresses only: in a message's head, comments, groups and encoded words would name others too."""
_LONGEST = 254


class KeepMessage(Protocol):
    """Writes a message with its papers where only the user reads it, until the console ends."""

    def __call__(self, message: SecureMessage, prescription: bytes, sheet: TransmissionSheet) -> str:
        """Where the file is; its name says nothing of anybody. Raises OSError."""


@dataclass(frozen=True, slots=True)
class ToSend:
    """What goes in the message: the prescription with its archived document, and the nurse who goes."""

    prescription: Prescription
    document: bytes
    nurse: Nurse | None
    kept_address: bool


def read_address(typed: str) -> str:
    """An address as typed; raises Refusal (`champ_manquant`, `valeur_invalide`) at the field `adresse`."""
    address = typed.strip()
    if not address:
        raise Refusal("champ_manquant", NO_ADDRESS, "adresse")
    if len(address) > _LONGEST or not _ADDRESS.fullmatch(address):
        raise Refusal("valeur_invalide", NOT_AN_ADDRESS, "adresse")
    return address


def prepare_sending(key: str, address: str, desk: str, now: datetime) -> Callable[[OpenUnit], ToSend]:
    """Work for the store: what is sent; the journal says that it was prepared, and nothing is marked as sent.

    The address stays with a nurse who had none, where whoever acts may change the directory. The work raises
    Refusal (also for a prescription that is not valid), StoreFailure, Forbidden.
    """

    def work(open_unit: OpenUnit) -> ToSend:
        to = read_address(address)
        with open_unit() as unit:
            unit.session.require(Act.SEND_PRESCRIPTION)
            prescription = unit.prescriptions.get(key)
            archived = unit.prescriptions.paper(key, SIGNED_PAPER)
            archived = archived or unit.prescriptions.paper(key, ORIGINAL)
            if prescription.number is None or archived is None:
                raise Refusal("valeur_invalide", NOT_VALID)
            if prescription.state is PrescriptionState.CANCELLED:
                # What is archived does not say that it is worth nothing any more.
                raise Refusal("conflit", refused_words(prescription, PrescriptionMove.SEND))
            nurse = next((one for one in unit.nurses.all() if one.id == prescription.nurse), None)
            keep = nurse is not None and not nurse.mail and unit.session.may(Act.EDIT_NURSES)
            if nurse is not None and keep:
                nurse = replace(nurse, mail=to)
                unit.nurses.put(nurse)
                told = {"annuaire": "infirmiers", "nombre": 1}
                unit.journal.append(JournalEntry(desk, now, journal.DIRECTORY_CHANGED, None, told))
            unit.journal.append(other_entry(prescription, PREPARED, desk, now))
            unit.commit()
        return ToSend(prescription, archived.content, nurse, keep)

    return work

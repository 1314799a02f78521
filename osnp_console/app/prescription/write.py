"""A prescription prepared: begun from a call, saved as it is typed, submitted to the doctor."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from osnp_console.app.errors import Refusal
from osnp_console.app.ports import OpenUnit, Unit
from osnp_console.app.prescription.journal import other_entry
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.checks import AFTER_VALIDATION
from osnp_console.domain.prescription.content import Content
from osnp_console.domain.prescription.prescription import IllegalPrescriptionMove, Prescription

BEGUN = "préparée"


@dataclass(frozen=True, slots=True)
class Written:
    """The prescription as the store holds it now; `sentence` says why nothing was written, empty else."""

    prescription: Prescription
    sentence: str = ""


def begin(prescription: Prescription, person: str | None = None) -> Callable[[OpenUnit], Prescription]:
    """Work for the store: keep a draft that begins. Raises StoreFailure, Forbidden.

    `person` is who began it, where somebody else brings it to the store.
    """

    def work(open_unit: OpenUnit) -> Prescription:
        with open_unit() as unit:
            unit.session.require(Act.PREPARE_PRESCRIPTION)
            unit.prescriptions.hold(prescription.id)
            before = kept_before(unit, prescription.call, prescription.id)
            if before is not None:
                return before
            saved = unit.prescriptions.save(prescription)
            entry = other_entry(saved, BEGUN, saved.desk, saved.made_at)
            unit.journal.append(replace(entry, person=person))
            unit.commit()
        return saved

    return work


def kept_before(unit: Unit, call: str, key: str) -> Prescription | None:
    """The draft as an earlier try kept it, whose answer was lost; None for the first."""
    return next((one for one in unit.prescriptions.of_call(call) if one.id == key), None)


def write(
    key: str, content: Content, seen: Content, tried: Collection[Content] = ()
) -> Callable[[OpenUnit], Written]:
    """Work for the store: what was typed in a draft. Raises StoreFailure, Forbidden.

    `seen` is the content it was typed over: what another desk wrote meanwhile is not written over, it comes
    back and both can be looked at. `tried` are contents of this desk that were sent and brought no answer:
    the store may hold one of them. A prescription that was validated meanwhile is not changed.
    """

    def work(open_unit: OpenUnit) -> Written:
        with open_unit() as unit:
            unit.session.require(Act.PREPARE_PRESCRIPTION)
            unit.prescriptions.hold(key)
            prescription = unit.prescriptions.get(key)
            if prescription.content == content:
                return Written(prescription)
            if prescription.content != seen and prescription.content not in tried:
                return Written(prescription, CHANGED_ELSEWHERE)
            try:
                changed = prescription.written(content)
            except IllegalPrescriptionMove:
                was_valid = prescription.number is not None
                return Written(prescription, AFTER_VALIDATION if was_valid else CANCELLED_ELSEWHERE)
            saved = unit.prescriptions.save(changed)
            unit.commit()
        return Written(saved)

    return work


CANCELLED_ELSEWHERE = "Ce brouillon a été annulé\u202f: rien n’y est plus écrit."
CHANGED_ELSEWHERE = "Cette ordonnance a été changée à un autre poste\u202f: relire, rien n’a été écrasé."


def needs_reason(text: str) -> str:
    """The reason as it is kept; raises Refusal (`champ_manquant`) without one."""
    if not text.strip():
        raise Refusal("champ_manquant", "Dire pourquoi.", "motif")
    return text.strip()

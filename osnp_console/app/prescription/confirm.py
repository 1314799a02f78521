"""What is only to be read again is confirmed: the journal keeps who did, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.journal import other_entry
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.prescription import Prescription

_NAMES = {"finess": "FINESS", "prescripteur.rpps": "RPPS", "prescripteur.nom": "prescripteur"}


def confirm_read_again(key: str, field: str, desk: str, now: datetime) -> Callable[[OpenUnit], Prescription]:
    """Work for the store: somebody read a field again. Raises StoreFailure, Forbidden."""

    def work(open_unit: OpenUnit) -> Prescription:
        with open_unit() as unit:
            unit.session.require(Act.PREPARE_PRESCRIPTION)
            prescription = unit.prescriptions.get(key)
            told = f"relue et confirmée : {_NAMES.get(field, field)}"
            unit.journal.append(other_entry(prescription, told, desk, now))
            unit.commit()
        return prescription

    return work

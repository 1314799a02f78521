"""A prescription that was validated is corrected: cancelled, and another one begun in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from osnp_console.app.ports import OpenUnit
from osnp_console.app.prescription.acts import Moved, refused_words
from osnp_console.app.prescription.journal import move_entry, other_entry
from osnp_console.app.prescription.validate import replacement
from osnp_console.app.prescription.write import BEGUN, kept_before, needs_reason
from osnp_console.domain.permissions import Act
from osnp_console.domain.prescription.moves import PrescriptionMove, right_to


def cancel_and_replace(
    key: str, new_key: str, reason: str, desk: str, now: datetime
) -> Callable[[OpenUnit], Moved]:
    """Work for the store: cancel it and begin its replacement, both or none; answers the replacement.

    The replacement takes over its nurse, and the tries with it. Raises Refusal without a reason, Forbidden
    (cancelling what a doctor validated is a doctor's), StoreFailure.
    """
    said = needs_reason(reason)

    def work(open_unit: OpenUnit) -> Moved:
        with open_unit() as unit:
            unit.prescriptions.hold(key)
            before = unit.prescriptions.get(key)
            unit.session.require(right_to(PrescriptionMove.CANCEL, before.state))
            unit.session.require(Act.PREPARE_PRESCRIPTION)
            taken = kept_before(unit, before.call, new_key)
            if taken is not None:
                return Moved(taken)  # by an earlier try whose answer was lost
            if before.number is None or not before.may(PrescriptionMove.CANCEL):
                return Moved(before, refused_words(before, PrescriptionMove.CANCEL))
            gone = before.moved(PrescriptionMove.CANCEL, now, desk, unit.session.name, said)
            unit.journal.append(
                move_entry(unit.prescriptions.save(gone), PrescriptionMove.CANCEL, desk, now, said)
            )
            taking = replace(replacement(before, new_key, desk, now), tries=before.tries)
            saved = unit.prescriptions.save(taking)
            unit.journal.append(other_entry(saved, BEGUN, desk, now))
            unit.commit()
        return Moved(saved)

    return work

"""A draft that reaches the store late: under the name of who began it, over what this desk had sent."""

from __future__ import annotations

import pytest

from osnp_console.app.errors import Forbidden
from osnp_console.app.prescription.write import CHANGED_ELSEWHERE, begin, write
from osnp_console.domain.permissions import ADMINISTRATOR, OSNP
from tests.unit.prescription_doubles import PrescriptionStore
from tests.unit.prescriptions import CONTENT, draft, other

FIRST, SECOND, THEIRS = (other(call_reference=words) for words in ("une lettre", "deux lettres", "autrui"))


def store_with_draft() -> PrescriptionStore:
    """A store whose draft an operator began."""
    store = PrescriptionStore()
    store.signed("roche", OSNP)
    begin(draft())(store.unit)
    return store


def test_who_began_a_draft_is_journaled_also_when_somebody_else_brings_it() -> None:
    store = PrescriptionStore()
    store.signed("morvan", OSNP)
    begin(draft(), "roche")(store.unit)
    begin(draft(), "roche")(store.unit)  # the first answer was lost
    assert [entry.person for entry in store.journal] == ["roche"]


def test_who_may_not_prepare_brings_nothing() -> None:
    store = PrescriptionStore()
    store.signed("blin", ADMINISTRATOR)
    with pytest.raises(Forbidden):
        begin(draft(), "roche")(store.unit)
    assert store.prescriptions.kept == {}


def test_what_this_desk_had_sent_without_an_answer_is_written_over_and_what_another_wrote_is_not() -> None:
    store = store_with_draft()
    write("p-1", FIRST, CONTENT)(store.unit)  # done, and its answer lost
    assert write("p-1", SECOND, CONTENT)(store.unit).sentence == CHANGED_ELSEWHERE
    assert write("p-1", SECOND, CONTENT, (FIRST,))(store.unit).sentence == ""
    write("p-1", THEIRS, SECOND)(store.unit)
    kept = write("p-1", SECOND, CONTENT, (FIRST, SECOND))(store.unit)
    assert (kept.prescription.content, kept.sentence) == (THEIRS, CHANGED_ELSEWHERE)

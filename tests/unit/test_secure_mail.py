"""A prescription prepared for sending: which document, to whom, whose address is kept, by whom."""

from __future__ import annotations

import pytest

from osnp_console.app.errors import Forbidden, Refusal
from osnp_console.app.prescription.records import ArchivedPaper
from osnp_console.app.prescription.secure_mail import prepare_sending, read_address
from osnp_console.domain.permissions import ADMINISTRATOR, REFERENT, SECRETARY
from osnp_console.domain.prescription.nurses import Nurse, NurseAnswer
from tests.unit.prescription_doubles import PrescriptionStore
from tests.unit.prescriptions import NOW, validated

ADDRESS = "ide@cabinet.mssante.example"


@pytest.fixture
def store() -> PrescriptionStore:
    """A valid prescription, its document, and the nurse who goes, whose address nobody knows."""
    made = PrescriptionStore()
    one = validated().tried("n-1", "Mme Hubert", NOW).answered(NurseAnswer.ACCEPTED, NOW)
    made.prescriptions.save(one)
    made.prescriptions.archive(ArchivedPaper("p-1", "original", NOW, b"original", "sha256:a"))
    made.nurses.put(Nurse("n-1", "Mme Hubert"))
    return made


def test_whoever_sends_prepares_and_the_journal_says_it_without_the_address(store: PrescriptionStore) -> None:
    store.signed("Gaëlle", SECRETARY)
    found = prepare_sending("p-1", ADDRESS, "72-1", NOW)(store.unit)
    assert (found.document, found.kept_address) == (b"original", False)
    assert store.nurses.entries["n-1"].mail == "", "a secretary does not change the directory"
    assert [one.facts["quoi"] for one in store.journal] == ["message préparé"]
    assert ADDRESS not in str(store.journal)
    assert store.prescriptions.get("p-1").state is validated().state


def test_the_address_stays_with_the_nurse_where_whoever_prepares_may_change_the_directory(
    store: PrescriptionStore,
) -> None:
    store.signed("Camille", SECRETARY, REFERENT)
    assert prepare_sending("p-1", ADDRESS, "72-1", NOW)(store.unit).kept_address
    assert store.nurses.entries["n-1"].mail == ADDRESS
    assert not prepare_sending("p-1", "autre@cabinet.example", "72-1", NOW)(store.unit).kept_address
    assert store.nurses.entries["n-1"].mail == ADDRESS


def test_what_the_doctor_signed_is_what_is_sent(store: PrescriptionStore) -> None:
    store.prescriptions.archive(ArchivedPaper("p-1", "signee", NOW, b"signed", "sha256:b"))
    assert prepare_sending("p-1", ADDRESS, "72-1", NOW)(store.unit).document == b"signed"


def test_who_may_not_send_prepares_nothing(store: PrescriptionStore) -> None:
    store.signed("Claude", ADMINISTRATOR)
    with pytest.raises(Forbidden):
        prepare_sending("p-1", ADDRESS, "72-1", NOW)(store.unit)
    assert store.journal == []


@pytest.mark.parametrize(
    "typed", ["", "  ", "ide", "ide@cabinet", "a@b.fr, c@d.fr", "a@b.fr\nBcc: c@d.fr", '"a"@b.fr']
)
def test_what_is_no_single_address_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_address(typed)
    assert refused.value.field == "adresse"

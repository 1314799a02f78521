"""A prescription prepared, validated by a doctor who is identified again, printed, sent, found again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from osnp_console.app.errors import Forbidden, Refusal
from osnp_console.app.people.session import SignedIn, session_of
from osnp_console.app.ports import OpenUnit, StoreFailure
from osnp_console.app.prescription import acts, correct, find, finess, nurse_directory, secure_mail, write
from osnp_console.app.prescription.journal import prescription_words
from osnp_console.app.prescription.records import PrescriptionQuery
from osnp_console.app.prescription.validate import (
    NOT_THE_SAME,
    ORIGINAL,
    READ_AGAIN,
    ValidatePrescription,
    replacement,
)
from osnp_console.domain import journal
from osnp_console.domain.account import Account, AccountState
from osnp_console.domain.permissions import ADMINISTRATOR, DOCTOR, OSNP, REFERENT, SECRETARY
from osnp_console.domain.prescription import canonical
from osnp_console.domain.prescription.checks import AFTER_VALIDATION, NO_FINESS, ONLY_A_DOCTOR
from osnp_console.domain.prescription.content import Content
from osnp_console.domain.prescription.moves import PrescriptionMove, PrescriptionState
from osnp_console.domain.prescription.nurses import Nurse, NurseAnswer
from osnp_console.domain.prescription.prescription import IllegalPrescriptionMove, Prescription
from tests.unit.prescription_doubles import PrescriptionStore
from tests.unit.prescriptions import CONTENT, DISPOSITIFS, FINESS, NOW, SARTHE, VENDEE, draft, other

M, S = PrescriptionMove, PrescriptionState
DESK = "72-2"
PASSWORD = "le bon"


class SignInAgain:
    """Knows one password; whose roles it proves is set by the test."""

    def __init__(self) -> None:
        self.roles = frozenset({DOCTOR})
        self.person = "Dr Durand"
        self.asked: list[str] = []

    def sign_in(self, identifier: str, password: str, desk: str, kind: str) -> SignedIn:
        self.asked.append(kind)
        if password != PASSWORD:
            raise Refusal("interdit", "Identifiant ou mot de passe inexact.", "mot_de_passe")
        account = Account(self.person, identifier, self.person, self.roles, AccountState.ACTIVE, NOW)
        return SignedIn(account, session_of(account, desk, NOW), "")


class Desk:
    """A desk with a doctor signed in, a draft submitted, and a printing of bytes."""

    def __init__(self) -> None:
        self.store, self.proof, self.now = PrescriptionStore(), SignInAgain(), NOW
        self.fails = self.wrong_logo = False
        self.validation = ValidatePrescription(
            self.proof, self._submit, self._render, DISPOSITIFS, lambda: self.now
        )
        self.store.signed("Inès", OSNP)
        self.draft = write.begin(draft())(self.store.unit)
        acts.move("p-1", M.SUBMIT, DESK, NOW)(self.store.unit)
        self.store.signed("Dr Durand", DOCTOR)

    def _submit(self, work: Callable[[OpenUnit], Prescription]) -> Prescription:
        return work(self.store.unit)

    def _render(self, prescription: Prescription) -> bytes:
        if self.fails:
            raise StoreFailure("disque", "Le document ne peut pas être fait.")
        if self.wrong_logo:
            raise ValueError("logo")
        assert prescription.number is not None
        return prescription.number.text.encode()

    def validate(
        self, password: str = PASSWORD, *, seen: Content = CONTENT, confirmed: bool = True
    ) -> Prescription:
        return self.validation.validate("p-1", seen, "durand", password, DESK, confirmed)

    @property
    def kept(self) -> Prescription:
        return self.store.prescriptions.kept["p-1"]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_doctor_validates_and_the_number_and_the_document_are_kept_together(desk: Desk) -> None:
    validated = desk.validate()
    assert validated.number is not None
    assert (validated.state, validated.number.text) == (S.VALIDATED, "72-sarthe-ide-2026-00001")
    assert validated.history[-1].person == "Dr Durand"
    paper = find.original("p-1")(desk.store.unit)
    assert paper.content == b"72-sarthe-ide-2026-00001"
    assert desk.proof.asked == [journal.IDENTIFIED_AGAIN]
    assert prescription_words(desk.store.journal[-1].facts) == "ordonnance 72-sarthe-ide-2026-00001 validée"


def test_a_document_that_cannot_be_made_leaves_no_gap_in_the_numbers(desk: Desk) -> None:
    desk.fails = True
    with pytest.raises(StoreFailure):
        desk.validate()
    assert desk.kept.state is S.TO_VALIDATE
    desk.fails = False
    number = desk.validate().number
    assert number is not None
    assert number.rank == 1


def test_a_logo_that_cannot_be_drawn_is_said_and_takes_no_number(desk: Desk) -> None:
    desk.wrong_logo = True
    with pytest.raises(Refusal) as refusal:
        desk.validate()
    assert refusal.value.field == "document"
    assert desk.kept.number is None
    desk.wrong_logo = False
    number = desk.validate().number
    assert number is not None
    assert number.rank == 1


def test_a_wrong_password_validates_nothing(desk: Desk) -> None:
    with pytest.raises(Refusal) as refusal:
        desk.validate("faux")
    assert refusal.value.field == "mot_de_passe"
    assert desk.kept.number is None


def test_whoever_is_no_doctor_validates_nothing_even_with_their_own_password(desk: Desk) -> None:
    desk.proof.roles = frozenset({OSNP})
    with pytest.raises(Forbidden) as refusal:
        desk.validate()
    assert refusal.value.message == ONLY_A_DOCTOR
    desk.proof.roles = frozenset({DOCTOR})
    desk.store.signed("Inès", OSNP)
    with pytest.raises(Forbidden):
        desk.validate()


def test_a_doctor_who_is_not_the_one_signed_in_changes_persons_first(desk: Desk) -> None:
    desk.proof.person = "Dr Martin-Lefort"
    with pytest.raises(Forbidden) as refusal:
        desk.validate()
    assert refusal.value.message == NOT_THE_SAME


def test_what_was_changed_since_it_was_read_is_not_validated(desk: Desk) -> None:
    write.write("p-1", other(at_home=False), CONTENT)(desk.store.unit)
    with pytest.raises(Refusal) as refusal:
        desk.validate()
    assert refusal.value.message == READ_AGAIN
    assert desk.validate(seen=other(at_home=False)).number is not None


def test_a_fault_and_an_unconfirmed_warning_are_said_at_their_field(desk: Desk) -> None:
    with pytest.raises(Refusal) as refusal:
        desk.validate(confirmed=False)
    assert (refusal.value.code, refusal.value.field) == ("a_confirmer", "finess")
    write.write("p-1", other(finess=""), CONTENT)(desk.store.unit)
    with pytest.raises(Refusal) as refusal:
        desk.validate(seen=other(finess=""))
    assert refusal.value.message == NO_FINESS


def test_the_prefix_is_settled_once_by_the_administrator_and_asked_no_more(desk: Desk) -> None:
    def settle(typed: str, *, source: str = "courrier du 3 mars", confirmed: bool = False) -> str:
        work = finess.settle_finess(SARTHE, typed, source, DESK, NOW, others=DISPOSITIFS, confirmed=confirmed)
        return work(desk.store.unit).finess

    with pytest.raises(Forbidden):
        settle("29 199 10 81")
    desk.store.signed("Référente", REFERENT)
    with pytest.raises(Forbidden):
        settle("29 199 10 81")
    desk.store.signed("Claude", ADMINISTRATOR)
    for typed, source, code in (
        ("29 199 10 82", "x", "finess_invalide"),
        ("29 199 10 81", " ", "champ_manquant"),
        ("29 199 10 81", "x", "a_confirmer"),
    ):
        with pytest.raises(Refusal) as refusal:
            settle(typed, source=source)
        assert refusal.value.code == code
    assert settle("29 199 10 81", confirmed=True) == FINESS
    kept = finess.read_settled(SARTHE.id)(desk.store.unit)
    assert kept is not None
    assert (kept.person, kept.at, kept.prefix_accepted) == ("Claude", NOW, True)
    desk.store.signed("Dr Durand", DOCTOR)
    assert desk.validate(confirmed=False).number is not None


def test_a_draft_that_bears_a_finess_of_before_is_not_validated(desk: Desk) -> None:
    desk.store.signed("Claude", ADMINISTRATOR)
    settle = finess.settle_finess(
        SARTHE, "720000025", "courrier", DESK, NOW, others=DISPOSITIFS, confirmed=True
    )
    settle(desk.store.unit)
    desk.store.signed("Dr Durand", DOCTOR)
    with pytest.raises(Refusal) as refusal:
        desk.validate()
    assert (refusal.value.code, refusal.value.field) == ("conflit", "finess")
    assert desk.kept.number is None


def test_where_the_catalogue_gives_no_finess_the_sites_own_is_printed_and_never_anothers(desk: Desk) -> None:
    assert finess.finess_of(VENDEE, None).finess == ""
    desk.store.signed("Claude", ADMINISTRATOR)
    with pytest.raises(Refusal) as refusal:
        finess.settle_finess(VENDEE, FINESS, "x", DESK, NOW, others=DISPOSITIFS, confirmed=True)(
            desk.store.unit
        )
    assert refusal.value.code == "finess_autre_dispositif"
    work = finess.settle_finess(VENDEE, "850000019", "x", DESK, NOW, others=DISPOSITIFS, confirmed=False)
    settled = work(desk.store.unit)
    assert finess.finess_of(VENDEE, settled).finess == "850000019"
    assert finess.shown_finess(FINESS) == "29 199 10 81"
    elsewhere = replace(VENDEE, id="44-erdre-cens-ide")
    with pytest.raises(Refusal) as refusal:  # the one that the site gave to another, too
        finess.settle_finess(
            elsewhere, "850000019", "x", DESK, NOW, others=(*DISPOSITIFS, elsewhere), confirmed=True
        )(desk.store.unit)
    assert refusal.value.code == "finess_autre_dispositif"


@pytest.mark.parametrize(
    "typed",
    [
        "=?utf-8?b?YUB4LmZyLGJAeS5mcg==?=@exemple.fr",  # decoded, it is two addresses
        "=?utf-8?q?a=0D=0ABcc=3A_x=40y.fr?=@exemple.fr",
        "groupe:sane@exemple.fr",
        "sane(b@y.fr)@exemple.fr",
        "sane\x00@exemple.fr",
        "sane@exemple.fr\r\nBcc: b@y.fr",
        "s" * 300 + "@exemple.fr",
        "sane@exemple",
    ],
)
def test_an_address_that_could_name_anybody_else_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        secure_mail.read_address(typed)
    assert (refusal.value.code, refusal.value.field) == ("valeur_invalide", "adresse")


def test_an_address_of_secure_mail_is_taken_as_typed() -> None:
    assert (
        secure_mail.read_address(" o'brien.sane+72@medecin.mssante.fr ")
        == "o'brien.sane+72@medecin.mssante.fr"
    )


def test_what_was_cancelled_is_not_prepared_to_be_sent(desk: Desk) -> None:
    desk.validate()
    prepare = secure_mail.prepare_sending("p-1", "sane@exemple.fr", DESK, NOW)
    assert prepare(desk.store.unit).document == b"72-sarthe-ide-2026-00001"
    acts.move("p-1", M.CANCEL, DESK, NOW, "erreur de patient")(desk.store.unit)
    with pytest.raises(Refusal) as refusal:
        prepare(desk.store.unit)
    assert refusal.value.code == "conflit"
    assert "annulée" in refusal.value.message


def test_after_validation_nothing_is_written_and_a_correction_takes_its_place(desk: Desk) -> None:
    validated = desk.validate()
    written = write.write("p-1", other(at_home=False), CONTENT)(desk.store.unit)
    assert (written.sentence, desk.kept) == (AFTER_VALIDATION, validated)
    acts.move("p-1", M.CANCEL, DESK, NOW, "Erreur de patient")(desk.store.unit)
    new = replacement(desk.kept, "p-2", DESK, NOW + timedelta(minutes=3))
    assert (new.replaces, new.state) == ("72-sarthe-ide-2026-00001", S.DRAFT)
    assert new.content.patient == CONTENT.patient, "nothing is typed again"


def test_a_draft_that_was_cancelled_meanwhile_is_not_said_to_be_valid(desk: Desk) -> None:
    acts.move("p-1", M.CANCEL, DESK, NOW, "doublon")(desk.store.unit)
    told = write.write("p-1", other(at_home=False), CONTENT)(desk.store.unit)
    assert told.sentence == write.CANCELLED_ELSEWHERE


def test_what_another_desk_wrote_is_not_written_over(desk: Desk) -> None:
    write.write("p-1", other(call_reference="a"), CONTENT)(desk.store.unit)
    mine = write.write("p-1", other(call_reference="b"), CONTENT)(desk.store.unit)
    assert mine.sentence == write.CHANGED_ELSEWHERE
    assert desk.kept.content.call_reference == "a"


def test_only_a_doctor_cancels_what_was_validated_and_says_why(desk: Desk) -> None:
    desk.validate()
    desk.store.signed("Gaëlle", SECRETARY)
    with pytest.raises(Forbidden):
        acts.move("p-1", M.CANCEL, DESK, NOW, "x")(desk.store.unit)
    desk.store.signed("Dr Durand", DOCTOR)
    with pytest.raises(IllegalPrescriptionMove):
        acts.move("p-1", M.CANCEL, DESK, NOW)(desk.store.unit)


def test_the_secretary_prints_signs_as_seen_and_sends_what_the_doctor_validated(desk: Desk) -> None:
    desk.validate()
    desk.store.signed("Gaëlle", SECRETARY)
    for move, text in (
        (M.PRINT, ""),
        (M.SIGN, "signature manuscrite constatée"),
        (M.SEND, "cabinet@mssante.example"),
        (M.ARCHIVE, ""),
    ):
        assert acts.move("p-1", move, DESK, NOW, text)(desk.store.unit).sentence == ""
    assert desk.kept.state is S.ARCHIVED
    late = acts.move("p-1", M.SEND, DESK, NOW, "x")(desk.store.unit)
    assert late.sentence == (
        "« Transmettre » n’a pas été noté\u202f: ordonnance archivée depuis le 24/11 à 10:00:00, par Gaëlle."
    )


def test_each_nurse_who_is_called_is_kept_with_what_they_said(desk: Desk) -> None:
    def called(nurse: str, at: datetime) -> Prescription:
        return acts.call_nurse("p-1", nurse, f"Cabinet {nurse}", DESK, at)(desk.store.unit)

    called("n-1", NOW)
    called("n-2", NOW + timedelta(minutes=1))
    assert desk.kept.tries[0].answer is NurseAnswer.NO_ANSWER, "nothing noted before the next was called"
    done = acts.nurse_answered("p-1", NurseAnswer.ACCEPTED, DESK, NOW)(desk.store.unit)
    assert (done.nurse, len(done.tries)) == ("n-2", 2)
    with pytest.raises(IllegalPrescriptionMove):
        acts.nurse_answered("p-1", NurseAnswer.REFUSED, DESK, NOW)(desk.store.unit)


def test_a_scanned_paper_finds_its_prescription_and_a_changed_one_is_told(desk: Desk) -> None:
    validated = desk.validate()
    assert validated.number is not None
    number = validated.number.text
    scanned = canonical.datamatrix_text(validated.content, number)
    assert find.by_datamatrix(scanned, DESK, NOW)(desk.store.unit) == desk.kept
    changed = canonical.datamatrix_text(other(at_home=False), number)
    for wrong in ("rien", canonical.datamatrix_text(CONTENT), changed):
        with pytest.raises(Refusal):
            find.by_datamatrix(wrong, DESK, NOW)(desk.store.unit)


def test_looking_prescriptions_up_is_journaled_without_what_was_typed(desk: Desk) -> None:
    query = PrescriptionQuery(patient="martin", states=frozenset({S.TO_VALIDATE}))
    assert len(find.search(query, DESK, NOW)(desk.store.unit)) == 1
    last = desk.store.journal[-1]
    assert last.kind == journal.PRESCRIPTIONS_READ
    assert last.facts == {"quoi": "ordonnances", "nombre": 1, "par": ["patient", "etat"]}


def test_what_is_asked_again_because_its_answer_was_lost_is_done_once(desk: Desk) -> None:
    again = acts.move("p-1", M.SUBMIT, DESK, NOW)(desk.store.unit)
    assert (again.sentence, again.prescription.state) == ("", S.TO_VALIDATE)
    assert write.begin(draft())(desk.store.unit).state is S.TO_VALIDATE
    for _ in range(2):
        acts.call_nurse("p-1", "n-1", "Mme Hubert", DESK, NOW)(desk.store.unit)
    desk.validate()
    for _ in range(2):
        assert acts.move("p-1", M.PRINT, DESK, NOW)(desk.store.unit).sentence == ""
    assert (len(desk.kept.tries), desk.kept.prints) == (1, 1), "the second print would say DUPLICATA"
    lines = len(desk.store.journal)
    replaced = [
        correct.cancel_and_replace("p-1", "p-2", "erreur", DESK, NOW + timedelta(minutes=1))(desk.store.unit)
        for _ in range(2)
    ]
    assert replaced[0] == replaced[1]
    assert replaced[0].prescription.id == "p-2"
    assert len(desk.store.journal) == lines + 2


def test_the_report_comes_back_to_its_prescription(desk: Desk) -> None:
    desk.validate()
    assert acts.note_report("p-1", "Plaie propre", DESK, NOW)(desk.store.unit).reported_at == NOW
    assert desk.store.prescriptions.paper("p-1", ORIGINAL) is not None
    assert replace(desk.kept, version=0).report == "Plaie propre"


def test_the_directory_of_nurses_is_changed_by_whoever_keeps_it_and_read_by_whoever_prescribes(
    desk: Desk,
) -> None:
    with pytest.raises(Forbidden):
        nurse_directory.put_nurses([Nurse("n-1", "Cabinet")], DESK, NOW)(desk.store.unit)
    desk.store.signed("Référente", REFERENT)
    assert nurse_directory.put_nurses([Nurse("n-1", "B"), Nurse("n-2", "A")], DESK, NOW)(desk.store.unit) == 2
    assert nurse_directory.remove_nurse("n-1", DESK, NOW)(desk.store.unit)
    assert not nurse_directory.remove_nurse("n-1", DESK, NOW)(desk.store.unit)
    desk.store.signed("Inès", OSNP)
    assert nurse_directory.all_nurses(desk.store.unit) == (Nurse("n-2", "A"),)

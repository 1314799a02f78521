"""A prescription on a desk: begun from a call, who can do what next, found by what is typed, its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.checklist.check_eligibility import CheckEligibility
from osnp_console.app.errors import Forbidden, Refusal
from osnp_console.app.prescription.board import board, grouped, waiting_here
from osnp_console.app.prescription.confirm import confirm_read_again
from osnp_console.app.prescription.correct import cancel_and_replace
from osnp_console.app.prescription.differences import difference_words
from osnp_console.app.prescription.doctors import bears_name, doctor_called, doctors_known
from osnp_console.app.prescription.from_call import (
    begin_draft,
    draft_from,
    nurse_dispositif,
)
from osnp_console.app.prescription.next_acts import Deed, foot_of
from osnp_console.app.prescription.records import PrescriptionQuery, SettledFiness
from osnp_console.app.prescription.shown import (
    StepLook,
    asked_words,
    delay_now,
    identity_words,
    left_words,
    steps_of,
)
from osnp_console.app.prescription.typed_search import find_typed, read_search
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.access import Reception
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Commune, Gazetteer
from osnp_console.domain.desk import Desk
from osnp_console.domain.dispositif import NurseVisit, Status
from osnp_console.domain.hours import Hours
from osnp_console.domain.permissions import DOCTOR, OSNP, may
from osnp_console.domain.prescription.birth import read_birth_date
from osnp_console.domain.prescription.canonical import datamatrix_text
from osnp_console.domain.prescription.checks import Fault, faults
from osnp_console.domain.prescription.content import OrderedAct, Prescriber
from osnp_console.domain.prescription.moves import PrescriptionMove, PrescriptionState
from osnp_console.domain.prescription.nurses import Nurse
from osnp_console.domain.prescription.prescription import Prescription
from tests.unit.prescription_doubles import PrescriptionStore
from tests.unit.prescriptions import (
    CONTENT,
    DISPOSITIFS,
    NOW,
    SARTHE,
    SOURCE,
    VENDEE,
    after,
    draft,
    other,
    validated,
)
from tests.unit.prescriptions import (
    DOCTOR as DURAND,
)

M, S = PrescriptionMove, PrescriptionState
LE_MANS = Commune("72181", "Le Mans", "72", ("72000", "72100"))
ON_CALL = replace(
    SARTHE,
    id="72-sarthe-ide-astreinte",
    nurse_visit=NurseVisit(SOURCE, "astreinte"),
    reception=Reception(hours=Hours("Mo-Su 20:00-24:00", "la nuit", "convention")),
)
BY_DAY = replace(SARTHE, reception=Reception(hours=Hours("Mo-Fr 08:00-20:00", "le jour", "convention")))
PLANNED = replace(SARTHE, id="53-mayenne-ide", status=Status.PLANNED)
GENERAL = replace(SARTHE, id="72-medecins", nature="medecine_generale", nurse_visit=None)
SHEET = {
    fields.CALLER_LINK: "patient",
    fields.CALLER_PHONE: "0639987320",
    fields.BIRTH_NAME: "BOUVET",
    fields.FIRST_NAMES: "Odette",
    facts.BIRTH: "02/05/1950",
    facts.SEX: "F",
    facts.RESIDENCE: "72181",
    facts.REASON: "pansement",
}


def a_call(*dispositifs: object, now: datetime = NOW, told: Mapping[str, str] = SHEET) -> OpenCall:
    """A call about Odette BOUVET, judged for these dispositifs."""
    reasons = {"pansement": "Pansement", "plaie": "Plaie simple"}
    catalogue = Catalogue("1", "sha256:0", dispositifs or (BY_DAY,), reasons=reasons)  # type: ignore[arg-type]
    record = CallRecord("call-1", 17, "72-2", now)
    for code, answer in {**SHEET, **told}.items():
        record = record.put(code, answer)
    return OpenCall(record, Desk(sas="72"), CheckEligibility(catalogue, Gazetteer.of([LE_MANS])), now)


def test_a_draft_has_what_the_call_knows_and_makes_nothing_up() -> None:
    made = draft_from(a_call(), BY_DAY, DURAND, "p-9", "72-2", NOW)
    patient = made.content.patient
    assert (patient.birth_name, patient.first_names, patient.sex) == ("BOUVET", "Odette", "F")
    assert (patient.commune, patient.phone, patient.address) == ("72181", "0639987320", "")
    assert patient.birth == read_birth_date("1950-05-02")
    assert made.content.acts == (OrderedAct("pansement"),)
    assert (made.asked_at, made.call, made.state) == (NOW, "call-1", S.DRAFT)
    assert made.content.call_reference == "2026-11-24-17, poste 72-2"
    assert made.content.at_home is None  # its source does not say where it goes
    told = draft_from(
        a_call(told={fields.CALLER_LINK: "proche", facts.REASON: "plaie"}), BY_DAY, DURAND, "p", "72-2", NOW
    )
    assert (told.content.acts, told.content.patient.phone) == ((), "")


def test_the_nurse_is_sent_by_the_row_that_is_chosen_else_by_what_is_open_now() -> None:
    night = NOW.replace(hour=22)
    assert nurse_dispositif(a_call(ON_CALL, BY_DAY), None, NOW) == BY_DAY
    assert nurse_dispositif(a_call(BY_DAY, ON_CALL, now=night), None, night) == ON_CALL
    assert nurse_dispositif(a_call(BY_DAY, ON_CALL), ON_CALL, NOW) == ON_CALL
    assert nurse_dispositif(a_call(GENERAL, PLANNED), PLANNED, NOW) is None
    assert nurse_dispositif(a_call(GENERAL, BY_DAY), GENERAL, NOW) == BY_DAY


def test_a_draft_bears_the_finess_that_the_site_settled() -> None:
    store = PrescriptionStore()
    store.prescriptions.settle(SettledFiness(VENDEE.id, "850000019", "courrier", False, "Admin", NOW))
    begun = begin_draft(draft(other(dispositif=VENDEE.id, finess="")), VENDEE)(store.unit)
    assert begun.content.finess == "850000019"
    assert begin_draft(replace(draft(), id="p-2"), SARTHE)(store.unit).content.finess == "291991081"


def foot(one: Prescription, *roles: str, found: tuple[Fault, ...] = ()) -> list[tuple[Deed, str]]:
    """The buttons: deed and why it cannot be pressed, the next one first."""
    made = foot_of(one, lambda act: may(roles, act), found)
    return [(each.deed, each.reason) for each in ((made.next,) if made.next else ()) + made.others]


def test_an_operator_submits_and_a_doctor_validates_or_sends_back() -> None:
    made = foot_of(draft(), lambda act: may([OSNP], act), ())
    assert made.next is not None
    assert (made.next.deed, made.next.words) == (Deed.SUBMIT, "Soumettre au Dr Durand")
    assert made.words == "Seul un médecin valide. Vous préparez."
    submitted = after(draft(), M.SUBMIT)
    assert foot(submitted, OSNP) == [(Deed.CANCEL, "")]
    assert foot(submitted, DOCTOR) == [(Deed.VALIDATE, ""), (Deed.SEND_BACK, ""), (Deed.CANCEL, "")]
    missing = faults(other(acts=(), finess=""), SARTHE, DISPOSITIFS)
    why = dict(foot(draft(), OSNP, found=missing))[Deed.SUBMIT]
    assert "Aucun FINESS connu pour ce dispositif." in why
    assert "Une ordonnance porte au moins un acte." in why


def test_after_validation_each_step_has_its_act_and_only_a_doctor_takes_it_back() -> None:
    one = after(draft(), M.SUBMIT, M.VALIDATE)
    following = []
    for move in (M.PRINT, M.SIGN, M.SEND, M.ARCHIVE):
        made = foot_of(one, lambda act: may([OSNP], act), ())
        assert made.next is not None
        following.append(made.next.deed)
        assert made.offers(Deed.SUBMIT) is None
        correct = made.offers(Deed.CORRECT)
        assert correct is not None
        assert correct.reason == "Seul un médecin valide une ordonnance."
        one = after(one, move)
    assert following == [Deed.PRINT, Deed.SIGN, Deed.SEND, Deed.ARCHIVE]
    assert foot_of(one, lambda act: True, ()).next is None


def test_where_the_desk_signs_by_key_a_doctor_signs_without_paper_and_nobody_else() -> None:
    one = after(draft(), M.SUBMIT, M.VALIDATE)
    by_doctor = foot_of(one, lambda act: may([DOCTOR], act), (), signs=True)
    assert by_doctor.next is not None
    assert by_doctor.next.deed is Deed.SIGN_BY_KEY
    assert by_doctor.offers(Deed.PRINT) is not None
    by_operator = foot_of(one, lambda act: may([OSNP], act), (), signs=True)
    assert by_operator.next is not None
    assert by_operator.next.deed is Deed.PRINT
    assert by_operator.offers(Deed.SIGN_BY_KEY) is None


def test_the_steps_are_gone_through_and_a_cancelled_one_stops_where_it_was() -> None:
    looks = [one.look for one in steps_of(after(draft(), M.SUBMIT, M.VALIDATE))]
    assert looks == [StepLook.DONE] * 2 + [StepLook.NOW] + [StepLook.TO_COME] * 4
    direct = [one.look for one in steps_of(after(draft(), M.VALIDATE, M.SIGN))]
    assert direct[1:5] == [StepLook.SKIPPED, StepLook.DONE, StepLook.SKIPPED, StepLook.NOW]
    gone = steps_of(after(draft(), M.SUBMIT, M.VALIDATE, M.CANCEL))
    assert [one.name for one in gone] == ["Brouillon", "À valider", "Validée", "Annulée"]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "reste 4 h 00"), (8, "reste 3 h 52"), (196, "reste 44 min"), (252, "délai dépassé de 12 min")],
)
def test_the_clock_of_the_delay_counts_until_the_visit_is_reported(minutes: int, words: str) -> None:
    now = NOW + timedelta(minutes=minutes)
    delay = delay_now(validated(), SARTHE, now)
    assert delay is not None
    assert left_words(delay) == words
    assert delay_now(validated().reported("fait", now), SARTHE, now) is None
    assert asked_words(validated(), SARTHE) == "demandée à 10:00 · passage avant 14:00"
    no_delay = replace(SARTHE, nurse_visit=NurseVisit(SOURCE, "propre"))
    assert asked_words(validated(), no_delay) == "demandée à 10:00"


def test_a_birth_of_which_only_the_year_is_known_is_said_so() -> None:
    told = replace(CONTENT.patient, birth=read_birth_date("1950-00-00"))
    assert identity_words(told, NOW).startswith("née en 1950 · ")


NURSES = (Nurse("n-1", "Mme Hubert", practice="Cabinet des Lilas"), Nurse("n-2", "M. Sané"))
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "query", "nurses"),
    [
        ("72-sarthe-ide-2026-00017", PrescriptionQuery(number="72-sarthe-ide-2026-00017"), ()),
        ("29 199 10 81", PrescriptionQuery(finess="291991081"), ()),
        ("martin 24/11", PrescriptionQuery(patient="martin", since=TODAY, until=TODAY), ()),
        ("25/11", PrescriptionQuery(since=date(2025, 11, 25), until=date(2025, 11, 25)), ()),
        ("hubert perfusion", PrescriptionQuery(patient="hubert", act="perfusion"), ("n-1",)),
        ("lilas", PrescriptionQuery(patient="lilas"), ("n-1",)),
        ("123456789", PrescriptionQuery(patient="123456789"), ()),
    ],
)
def test_one_line_finds_by_number_finess_date_act_nurse_or_patient(
    text: str, query: PrescriptionQuery, nurses: tuple[str, ...]
) -> None:
    typed = read_search(text, TODAY, NURSES)
    assert (typed.query, typed.nurses, typed.scanned) == (query, nurses, "")


def test_a_scanned_page_finds_its_prescription_and_a_changed_one_is_refused() -> None:
    store = PrescriptionStore()
    store.signed("roche", OSNP)
    kept = store.prescriptions.save(validated())
    assert kept.number is not None
    code = datamatrix_text(kept.content, kept.number.text)
    typed = read_search(f" {code}\n", TODAY)
    assert find_typed(typed, "72-1", NOW)(store.unit) == (kept,)
    forged = read_search(datamatrix_text(other(acts=()), kept.number.text), TODAY)
    with pytest.raises(Refusal, match="ne sont pas celles qui ont été validées"):
        find_typed(forged, "72-1", NOW)(store.unit)
    nowhere = read_search("72-sarthe-ide-2026-09999", TODAY)
    assert find_typed(nowhere, "72-1", NOW)(store.unit) == ()


def test_what_is_to_validate_comes_first_for_a_doctor_and_is_what_waits_for_them() -> None:
    submitted = replace(after(draft(), M.SUBMIT), id="p-2")
    back = replace(after(draft(), M.SUBMIT, M.SEND_BACK), id="p-3")
    valid = replace(after(draft(), M.SUBMIT, M.VALIDATE), id="p-4", desk="72-9")
    every = (draft(), submitted, back, valid)
    assert [one.state for one in grouped(every, validates=True)] == [S.TO_VALIDATE, S.DRAFT, S.VALIDATED]
    assert next(one.state for one in grouped(every, validates=False)) is S.DRAFT
    assert waiting_here(every, "72-1", validates=True) == 1
    assert waiting_here(every, "72-1", validates=False) == 1  # the one sent back; the valid one is not theirs
    assert waiting_here(every, "72-9", validates=False) == 1


def test_whoever_may_not_see_prescriptions_gets_an_empty_board() -> None:
    store = PrescriptionStore()
    store.prescriptions.save(draft())
    store.signed("roche", OSNP)
    assert len(board(TODAY)(store.unit)) == 1
    store.signed("admin", "administrateur")
    assert board(TODAY)(store.unit) == ()


def test_a_correction_cancels_and_begins_another_or_does_neither() -> None:
    store = PrescriptionStore()
    store.signed("durand", DOCTOR)
    kept = store.prescriptions.save(validated().tried("n-1", "Mme Hubert", NOW))
    with pytest.raises(Refusal):
        cancel_and_replace(kept.id, "p-9", "  ", "72-1", NOW)
    made = cancel_and_replace(kept.id, "p-9", "mauvais acte", "72-1", NOW)(store.unit)
    assert made.sentence == ""
    assert (made.prescription.replaces, made.prescription.state) == ("72-sarthe-ide-2026-00017", S.DRAFT)
    assert made.prescription.tries == kept.tries
    assert store.prescriptions.get(kept.id).state is S.CANCELLED
    assert cancel_and_replace(kept.id, "p-10", "encore", "72-1", NOW)(store.unit).sentence != ""
    store.signed("roche", OSNP)
    other_one = store.prescriptions.save(replace(validated(), id="p-11"))
    with pytest.raises(Forbidden):
        cancel_and_replace(other_one.id, "p-12", "motif", "72-1", NOW)(store.unit)
    assert "p-12" not in store.prescriptions.kept


def test_who_confirmed_what_is_to_be_read_again_is_journaled_without_a_name_of_the_patient() -> None:
    store = PrescriptionStore()
    store.signed("roche", OSNP)
    store.prescriptions.save(draft())
    confirm_read_again("p-1", "finess", "72-1", NOW)(store.unit)
    told = store.journal[-1]
    assert told.facts["quoi"] == "relue et confirmée : FINESS"
    assert "MARTIN" not in str(told.facts)


def test_the_doctor_of_an_account_is_the_listed_one_who_bears_its_name() -> None:
    assert doctor_called("Dr Paul DURAND", [DURAND]) == DURAND
    assert doctor_called("Dr Anne LE GOFF", [DURAND]) == Prescriber("LE GOFF", "Anne")
    assert doctor_called("Dr É. Tessier", []) == Prescriber("TESSIER", "É.")
    assert bears_name(DURAND, "Docteur Durand")
    assert not bears_name(DURAND, "Dr Martin")
    named = Prescriber("MARTIN", "Zoé", "10000000001")
    assert doctors_known([named], [validated(), draft(other(prescriber=Prescriber("PASVALIDE")))]) == (
        DURAND,
        named,
    )


def test_what_the_other_desk_wrote_is_said_before_one_chooses() -> None:
    theirs = other(
        patient=replace(CONTENT.patient, address="3 place du Marché"), acts=(), sundays_and_holidays=True
    )
    assert difference_words(CONTENT, theirs) == (
        "Chez l’autre\u202f: adresse «\u202f3 place du Marché\u202f», actes vide, "
        "dimanches et jours fériés «\u202foui\u202f»."
    )
    assert difference_words(CONTENT, CONTENT) == ""

"""What a prescription may become, what keeps it from being valid, and what its number and hash vouch for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.clock import PARIS
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.permissions import DOCTOR, MAY, OSNP, SECRETARY, Act
from osnp_console.domain.prescription import canonical, checks, nurses
from osnp_console.domain.prescription.birth import birth_text, read_birth_date
from osnp_console.domain.prescription.checks import faults, prefix_warning, warnings
from osnp_console.domain.prescription.content import Content, OrderedAct
from osnp_console.domain.prescription.delay import Nearness, delay_of
from osnp_console.domain.prescription.moves import (
    MOVES,
    RIGHTS,
    STEPS,
    PrescriptionMove,
    PrescriptionState,
    right_to,
)
from osnp_console.domain.prescription.nurses import Nurse, NurseAnswer, NurseTry, Rank, call_order
from osnp_console.domain.prescription.prescription import IllegalPrescriptionMove, Number, Prescription
from tests.unit.prescriptions import (
    CONTENT,
    DISPOSITIFS,
    FINESS,
    NOW,
    PATIENT,
    SARTHE,
    VENDEE,
    after,
    draft,
    other,
    validated,
)

M, S = PrescriptionMove, PrescriptionState


# --- states -----------------------------------------------------------------------------------------------


def test_the_secretarys_path_goes_through_every_step_in_the_order_shown() -> None:
    seen, one = [S.DRAFT], draft()
    for move in (M.SUBMIT, M.VALIDATE, M.PRINT, M.SIGN, M.SEND, M.ARCHIVE):
        one = after(one, move)
        seen.append(one.state)
    assert tuple(seen) == STEPS


def test_a_doctor_validates_at_once_and_an_electronic_signature_needs_no_paper() -> None:
    one = after(draft(), M.VALIDATE).moved(M.SIGN, NOW, "72-2", electronic=True)
    assert (one.state, one.history[-1].electronic, one.prints) == (S.SIGNED, True, 0)


def test_after_validation_nothing_changes_and_the_paper_can_be_told_from_its_data() -> None:
    one = validated()
    assert one.number is not None
    assert one.number.text == "72-sarthe-ide-2026-00017"
    with pytest.raises(IllegalPrescriptionMove):
        one.written(other(at_home=False))
    assert one.is_intact is True
    assert replace(one, content=other(at_home=False)).is_intact is False
    assert draft().is_intact is None


def test_what_is_changed_after_it_was_submitted_is_submitted_again() -> None:
    submitted = after(draft(), M.SUBMIT)
    assert submitted.written(CONTENT).state is S.TO_VALIDATE, "nothing was changed"
    assert submitted.written(other(at_home=False)).state is S.DRAFT


def test_a_second_print_is_counted_and_moves_nothing() -> None:
    one = after(validated(), M.PRINT, M.SIGN, M.SEND, M.ARCHIVE)
    again = one.moved(M.PRINT, NOW + timedelta(days=1), "72-1")
    assert (again.prints, again.state, again.since) == (2, S.ARCHIVED, one.since)


@pytest.mark.parametrize("move", [M.CANCEL, M.SEND_BACK])
def test_what_is_undone_says_why(move: PrescriptionMove) -> None:
    with pytest.raises(IllegalPrescriptionMove):
        after(draft(), M.SUBMIT).moved(move, NOW, "72-1", text=" ")


def test_only_a_doctor_validates_and_only_a_doctor_undoes_what_was_validated() -> None:
    assert MAY[RIGHTS[M.VALIDATE]] == {DOCTOR}
    assert right_to(M.CANCEL, S.VALIDATED) is Act.VALIDATE_PRESCRIPTION
    assert MAY[right_to(M.CANCEL, S.DRAFT)] == {OSNP, SECRETARY, DOCTOR}
    assert set(RIGHTS) == set(M)


def test_a_report_comes_back_only_for_what_was_validated() -> None:
    assert validated().reported(" Plaie propre ", NOW).report == "Plaie propre"
    with pytest.raises(IllegalPrescriptionMove):
        draft().reported("x", NOW)


@given(st.lists(st.sampled_from(list(PrescriptionMove)), max_size=25))
def test_any_sequence_leaves_a_legal_state_with_a_number_exactly_when_validated(
    moves: list[PrescriptionMove],
) -> None:
    one, numbered = draft(), False
    for move in moves:
        was = one
        try:
            one = after(one, move)
        except IllegalPrescriptionMove:
            assert move not in MOVES[was.state]
            assert one is was
            continue
        assert MOVES[was.state][move] is one.state
        assert one.history[:-1] == was.history
        numbered = numbered or move is M.VALIDATE
        assert (one.number is not None) is numbered, "never a number before, never without after"
        assert one.may_change is not numbered or one.state is S.CANCELLED
        assert one.content == CONTENT
    assert not MOVES[S.CANCELLED]


# --- what it says -----------------------------------------------------------------------------------------


def codes(content: Content) -> list[tuple[str, str]]:
    dispositif = next((one for one in DISPOSITIFS if one.id == content.dispositif), None)
    return [(one.code, one.field) for one in faults(content, dispositif, DISPOSITIFS)]


def test_a_whole_prescription_has_no_fault() -> None:
    assert codes(CONTENT) == []


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        (other(dispositif="99-x"), "dispositif_inconnu", "dispositif"),
        (other(finess=""), "finess_inconnu", "finess"),
        (other(finess="291991082"), "finess_invalide", "finess"),
        (other(dispositif="85-vendee-ide"), "finess_autre_dispositif", "finess"),
        (other(acts=()), "champ_manquant", "actes"),
        (other(acts=(OrderedAct("autre", " "),)), "champ_manquant", "actes.0.precision"),
        (other(acts=(OrderedAct("saignee"),)), "valeur_invalide", "actes.0.code"),
        (other(patient=replace(PATIENT, first_names=" ")), "champ_manquant", "patient.prenoms"),
        (other(patient=replace(PATIENT, birth=None)), "champ_manquant", "patient.date_naissance"),
        (
            other(patient=replace(PATIENT, birth=read_birth_date("2027-01-01"))),
            "valeur_invalide",
            "patient.date_naissance",
        ),
        (other(patient=replace(PATIENT, sex="X")), "valeur_invalide", "patient.sexe"),
        (other(prescriber=replace(CONTENT.prescriber, name="")), "champ_manquant", "prescripteur.nom"),
        (other(prescriber=replace(CONTENT.prescriber, rpps="12")), "valeur_invalide", "prescripteur.rpps"),
        (other(finess="000000000"), "finess_invalide", "finess"),
        (other(acts=(OrderedAct(""),)), "champ_manquant", "actes.0.code"),
        (other(acts=(OrderedAct("autre", "\u200b"),)), "champ_manquant", "actes.0.precision"),
        (other(acts=(OrderedAct("pansement"),) * 101), "valeur_invalide", "actes"),
        (other(acts=(OrderedAct("pansement", "mot " * 2501),)), "valeur_invalide", "actes.0.precision"),
        (other(acts=(OrderedAct("pansement", "mot " * 2500),) * 6), "valeur_invalide", "actes"),
        (other(patient=replace(PATIENT, birth_name="\x00")), "champ_manquant", "patient.nom_naissance"),
        (other(patient=replace(PATIENT, used_name="a\x00b")), "valeur_invalide", "patient.nom_utilise"),
        (other(patient=replace(PATIENT, address="\ud800")), "valeur_invalide", "patient.adresse"),
        (other(patient=replace(PATIENT, birth_name="中村")), "valeur_invalide", "patient.nom_naissance"),
        (other(acts=(OrderedAct("pansement", "jambe 😀"),)), "valeur_invalide", "actes.0.precision"),
        (other(call_reference="\x1b[2J"), "valeur_invalide", "reference_appel"),
        (
            other(patient=replace(PATIENT, birth=read_birth_date("1899-00-00"))),
            "valeur_invalide",
            "patient.date_naissance",
        ),
    ],
)
def test_what_keeps_it_from_being_valid_is_said_at_its_field(content: Content, code: str, field: str) -> None:
    assert (code, field) in codes(content)


def test_an_address_on_several_lines_and_the_year_1900_are_no_fault() -> None:
    born = read_birth_date("1900-00-00")
    assert codes(other(patient=replace(PATIENT, birth=born, address="1, rue B\r\n\t2e étage ≥ Łódź"))) == []


def test_a_dispositif_that_sends_no_nurse_prescribes_none() -> None:
    doctors = replace(SARTHE, nature="medecine_generale")
    assert [one.message for one in faults(CONTENT, doctors, ())] == [checks.NOT_FOR_NURSES]


def test_the_finess_of_another_departement_is_a_warning_that_the_administrator_settles_once() -> None:
    told = [one.message for one in warnings(CONTENT, SARTHE, prefix_settled=False)]
    assert told == ["Le FINESS commence par 29, le dispositif est en Sarthe (72). Confirmer\u202f?"]
    assert warnings(CONTENT, SARTHE, prefix_settled=True) == ()
    assert prefix_warning("850000123", VENDEE) is None
    assert prefix_warning("2A0000123", replace(VENDEE, departement="2A")) is None
    assert prefix_warning("970000123", replace(VENDEE, departement="974")) is None


def test_an_unusual_key_of_an_rpps_is_only_to_be_read_again() -> None:
    unusual = other(prescriber=replace(CONTENT.prescriber, rpps="10001288385"))
    assert codes(unusual) == []
    assert [one.field for one in warnings(unusual, SARTHE, prefix_settled=True)] == ["prescripteur.rpps"]


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.sampled_from(["%Y-%m-%d", "%Y-%m-00", "%Y-00-00"]))
def test_a_birth_date_of_which_a_part_is_not_known_is_read_and_written_alike(day: date, shape: str) -> None:
    text = day.strftime(shape)
    born = read_birth_date(text)
    assert born.first <= day <= born.last
    assert birth_text(born) == text


def test_a_birth_date_with_a_day_and_no_month_is_none() -> None:
    for text in ("1950-00-12", "1950-02-30", "12/05/1950"):
        with pytest.raises(ValueError, match=r".*"):
            read_birth_date(text)


# --- the hash and the number ------------------------------------------------------------------------------


def test_the_hash_is_the_datas_and_not_the_spellings() -> None:
    composed = other(patient=replace(PATIENT, first_names="Zoé"))
    decomposed = other(patient=replace(PATIENT, first_names="Zoe\u0301"))
    assert canonical.fingerprint(composed) == canonical.fingerprint(decomposed)
    elsewhere = other(written_at=NOW.astimezone(UTC))
    assert canonical.fingerprint(elsewhere) == canonical.fingerprint(CONTENT)
    assert canonical.fingerprint(CONTENT, "72-x-2026-00001") != canonical.fingerprint(CONTENT)


def test_any_field_that_changes_changes_the_hash() -> None:
    changed = [
        CONTENT,
        other(at_home=None),
        other(at_home=False),
        other(sundays_and_holidays=True),
        other(call_reference="a"),
        other(acts=(OrderedAct("bilan_clinique", frequency="2 fois par semaine"),)),
        other(patient=replace(PATIENT, birth=PartialDate.parse("1950"))),
        other(prescriber=replace(CONTENT.prescriber, am_number="1")),
    ]
    hashes = [canonical.fingerprint(one) for one in changed]
    assert len(set(hashes)) == len(changed)


def test_the_datamatrix_is_read_back_and_names_nobody() -> None:
    one = validated()
    assert one.number is not None
    text = canonical.datamatrix_text(one.content, one.number.text)
    assert canonical.read_datamatrix(text) == (one.number.text, one.sealed)
    assert "MARTIN" not in text
    assert canonical.read_datamatrix(canonical.datamatrix_text(CONTENT)) == (
        "",
        canonical.fingerprint(CONTENT),
    )
    assert canonical.read_datamatrix("autre chose") is None


# --- the delay and the nurses -----------------------------------------------------------------------------


def test_the_delay_counts_from_the_request_and_turns_amber_before_it_is_past() -> None:
    visit = SARTHE.nurse_visit
    assert visit is not None
    found = [delay_of(visit, NOW, NOW + timedelta(hours=4) - left) for left in
             (timedelta(hours=1), timedelta(minutes=44), timedelta(minutes=-12))]  # fmt: skip
    assert [one.nearness for one in found if one is not None] == [Nearness.FAR, Nearness.NEAR, Nearness.PAST]
    assert delay_of(replace(visit, delay_hours=None), NOW, NOW) is None, "no clock where no source gives one"


USUAL = Nurse("n-1", "Cabinet des Tilleuls", practice="Cabinet des Tilleuls")
SECTOR = Nurse("n-2", "Bleuenn Le Goff", communes=frozenset({"72181"}))
NEAR, FAR, SOMEWHERE = (Nurse(f"n-{number}", f"Infirmier {number}") for number in (3, 4, 5))
DISTANCES = {"n-3": 2.0, "n-4": 11.5}


def test_the_delay_is_as_long_in_the_night_when_clocks_go_back() -> None:
    assert SARTHE.nurse_visit is not None
    asked = datetime(2026, 10, 25, 0, 30, tzinfo=PARIS)
    now = datetime(2026, 10, 25, 3, 30, tzinfo=PARIS)
    delay = delay_of(SARTHE.nurse_visit, asked, now)
    assert delay is not None
    assert (delay.left, delay.nearness) == (timedelta(0), Nearness.NEAR)


def test_the_usual_nurse_is_called_first_then_the_nearest_and_an_unknown_distance_is_never_near() -> None:
    order = call_order((SOMEWHERE, FAR, NEAR, SECTOR, USUAL), "72181", " cabinet des tilleuls", DISTANCES, ())
    assert [one.nurse for one in order] == [USUAL, SECTOR, NEAR, FAR, SOMEWHERE]
    assert [one.rank for one in order] == [Rank.USUAL, Rank.GOES_THERE, Rank.NEAR, Rank.NEAR, Rank.OTHER]
    assert order[-1].distance_km is None


def test_each_try_is_kept_and_the_next_number_is_that_of_who_was_not_called() -> None:
    tries = (
        NurseTry("n-1", "Cabinet des Tilleuls", NOW, NurseAnswer.REFUSED, NOW),
        NurseTry("n-2", "Bleuenn Le Goff", NOW, NurseAnswer.NO_ANSWER, NOW),
    )
    order = call_order((NEAR, SECTOR, USUAL), "72181", "Cabinet des Tilleuls", DISTANCES, tries)
    following = nurses.next_to_call(order)
    assert following is not None
    assert following.nurse == NEAR
    accepted = (*tries, NurseTry("n-3", "Infirmier 3", NOW, NurseAnswer.ACCEPTED, NOW))
    order = call_order((NEAR, SECTOR, USUAL), "72181", "Cabinet des Tilleuls", DISTANCES, accepted)
    assert nurses.next_to_call(order) is None


@given(st.permutations([USUAL, SECTOR, NEAR, FAR, SOMEWHERE]))
def test_the_order_of_the_directory_does_not_matter(directory: list[Nurse]) -> None:
    order = call_order(directory, "72181", "Cabinet des Tilleuls", DISTANCES, ())
    places = [list(Rank).index(one.rank) for one in order]
    assert all(before <= following for before, following in pairwise(places))
    assert [one.nurse for one in order] == [USUAL, SECTOR, NEAR, FAR, SOMEWHERE]


def test_the_number_and_the_finess_are_those_of_the_dispositif() -> None:
    assert Number("72-sarthe-ide", 2026, 3).text == "72-sarthe-ide-2026-00003"
    assert CONTENT.finess == FINESS
    assert isinstance(draft(), Prescription)

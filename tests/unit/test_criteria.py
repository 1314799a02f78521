"""Each criterion in the words of the job: what meets it, what does not, what leaves it open."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from osnp_console.domain import facts
from osnp_console.domain.call import AT_HOME, Call
from osnp_console.domain.clock import PARIS
from osnp_console.domain.commune import Commune
from osnp_console.domain.criteria.answers import (
    GENERAL_SLOTS_GONE,
    AnswerIs,
    AnyOf,
    OnlyForReasons,
    OthersExhausted,
)
from osnp_console.domain.criteria.base import Criterion, Finding, Moment
from osnp_console.domain.criteria.desk import MayRefer, ReferralNotSaid
from osnp_console.domain.criteria.need import (
    CanTravel,
    NeededWithin,
    NoTechnicalPlatform,
    NoVitalEmergency,
    OfferServed,
    OnsetWithin,
    PrescriptionHeld,
    ReasonAmong,
)
from osnp_console.domain.criteria.person import AgeWithin, PregnancyIs, SexIs
from osnp_console.domain.criteria.place import InTerritory
from osnp_console.domain.criteria.usual_care import RegularDoctor, UsualPractitionerFirst
from osnp_console.domain.dates import PartialDate
from osnp_console.domain.roles import NAMES, ROLES
from osnp_console.domain.states import State
from osnp_console.domain.territory import Territory
from tests.unit.strategies import (
    BOCAGE,
    ELSEWHERE,
    GRANDVILLE,
    GRANDVILLE_2,
    INSTANT,
    LANDE,
    LISTED,
    MARAIS,
    UNLISTED,
    WHOLE,
)

MET, UNMET, UNKNOWN, NOT_APPLICABLE = State.MET, State.UNMET, State.UNKNOWN, State.NOT_APPLICABLE
Known = dict[str, object]


def found(criterion: Criterion, known: Known, instant: datetime = INSTANT) -> Finding:
    """What the criterion finds, having read no more than the facts it names."""
    finding = criterion.judge(Call(known), Moment.at(instant))
    assert criterion.label
    assert finding.fact is None or finding.fact in criterion.facts
    assert set(finding.missing) <= set(criterion.facts)
    if finding.state is not UNKNOWN:
        assert not finding.missing
    return finding


def state(criterion: Criterion, known: Known, instant: datetime = INSTANT) -> State:
    return found(criterion, known, instant).state


def on(text: str) -> PartialDate:
    return PartialDate.parse(text)


# The person -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2008-11-24", MET),  # 18 today
        ("2008-11-25", UNMET),  # 18 tomorrow
        ("2008-11", UNKNOWN),
        ("2008", UNKNOWN),
        ("2007", MET),
        ("2009", UNMET),
        ("2030", UNMET),  # not born yet reads as no age at all
    ],
)
def test_an_adult_is_one_from_the_day_of_the_birthday(born: str, expected: State) -> None:
    assert state(AgeWithin(minimum=18), {facts.BIRTH: on(born)}) is expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({facts.AGE: 15}, UNMET),
        ({facts.AGE: 16}, MET),
        ({facts.AGE: 65}, MET),
        ({facts.AGE: 66}, UNMET),
        ({}, UNKNOWN),
        ({facts.BIRTH: on("1960-11-24"), facts.AGE: 20}, UNMET),  # the birth date outweighs the age told
    ],
)
def test_both_bounds_of_an_age_are_included(known: Known, expected: State) -> None:
    assert state(AgeWithin(16, 65), known) is expected


def test_a_year_of_birth_that_straddles_both_bounds_stays_open() -> None:
    assert state(AgeWithin(17, 17), {facts.BIRTH: on("2009")}) is UNKNOWN


def test_an_age_that_is_open_lacks_the_birth_date_or_the_age() -> None:
    assert found(AgeWithin(18), {}).missing == (facts.BIRTH, facts.AGE)
    assert found(AgeWithin(18), {facts.BIRTH: on("2008")}).missing == (facts.BIRTH, facts.AGE)


def test_born_on_29_february_is_a_year_older_on_1_march() -> None:
    born: Known = {facts.BIRTH: on("2008-02-29")}
    assert state(AgeWithin(18), born, datetime(2026, 2, 28, 12, tzinfo=PARIS)) is UNMET
    assert state(AgeWithin(18), born, datetime(2026, 3, 1, 0, tzinfo=PARIS)) is MET


def test_the_birthday_comes_at_midnight_in_paris() -> None:
    late_evening_in_utc = datetime.fromisoformat("2026-11-23T23:30:00+00:00")
    assert state(AgeWithin(18), {facts.BIRTH: on("2008-11-24")}, late_evening_in_utc) is MET


@pytest.mark.parametrize(
    ("criterion", "label"),
    [
        (AgeWithin(maximum=17), "Moins de 18 ans"),
        (AgeWithin(maximum=0), "Moins de 1 an"),
        (AgeWithin(minimum=3), "À partir de 3 ans"),
        (AgeWithin(16, 65), "De 16 à 65 ans"),
    ],
)
def test_ages_are_told_in_french(criterion: AgeWithin, label: str) -> None:
    assert criterion.label == label


@pytest.mark.parametrize(("sex", "expected"), [("F", MET), ("M", UNMET), ("I", UNKNOWN), (None, UNKNOWN)])
def test_a_dispositif_for_women(sex: str | None, expected: State) -> None:
    assert state(SexIs("F"), {facts.SEX: sex} if sex else {}) is expected


def test_an_indeterminate_sex_is_not_asked_again() -> None:
    assert found(SexIs("F"), {facts.SEX: "I"}).missing == ()


@pytest.mark.parametrize(
    ("known", "pregnant", "not_pregnant"),
    [
        ({}, UNKNOWN, UNKNOWN),
        ({facts.PREGNANT: True}, MET, UNMET),
        ({facts.PREGNANT: False}, UNMET, MET),
        ({facts.SEX: "M"}, UNMET, MET),
        ({facts.SEX: "F"}, UNKNOWN, UNKNOWN),
        ({facts.SEX: "I"}, UNKNOWN, UNKNOWN),
        ({facts.SEX: "I", facts.PREGNANT: True}, MET, UNMET),
    ],
)
def test_pregnancy_is_answered_by_yes_or_no_or_by_a_man(
    known: Known, pregnant: State, not_pregnant: State
) -> None:
    assert state(PregnancyIs(), known) is pregnant
    assert state(PregnancyIs(False), known) is not_pregnant


# The need ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nature", "expected"),
    [
        ("medecine_generale", MET),
        ("centre_snp", MET),
        ("teleconsultation", MET),
        ("protocole_pluriprofessionnel", MET),
        ("protocole_pharmacien", MET),
        ("infirmier", UNMET),
        ("imagerie", UNMET),
        ("liste_attente_medecin_traitant", UNMET),
    ],
)
def test_general_medicine_is_also_served_by_four_other_natures(nature: str, expected: State) -> None:
    assert state(OfferServed(nature), {facts.OFFER: "medecine_generale"}) is expected


def test_another_offer_is_served_by_itself_only() -> None:
    assert state(OfferServed("medecine_generale"), {facts.OFFER: "centre_snp"}) is UNMET
    assert state(OfferServed("centre_snp"), {facts.OFFER: "centre_snp"}) is MET


def test_no_offer_looks_at_all_of_them() -> None:
    assert state(OfferServed("imagerie"), {}) is NOT_APPLICABLE


def test_reasons_are_admitted_or_refused_by_a_closed_list() -> None:
    wounds = frozenset({"plaie", "entorse"})
    assert state(ReasonAmong(wounds), {}) is UNKNOWN
    assert state(ReasonAmong(wounds), {facts.REASON: "plaie"}) is MET
    assert state(ReasonAmong(wounds), {facts.REASON: "angine"}) is UNMET
    assert state(ReasonAmong(wounds, admitted=False), {facts.REASON: "plaie"}) is UNMET
    assert state(ReasonAmong(wounds, admitted=False), {facts.REASON: "angine"}) is MET


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, MET), (24, MET), (48, MET), (49, UNMET), (None, UNKNOWN)]
)
def test_at_most_48_hours_has_no_lower_bound(hours: int | None, expected: State) -> None:
    assert state(NeededWithin(48), {facts.DELAY: hours} if hours is not None else {}) is expected


@pytest.mark.parametrize(
    ("role", "held", "expected"),
    [
        ("osnp", True, MET),
        ("osnp", False, UNMET),
        ("osnp", None, UNKNOWN),
        ("medecin", None, MET),
        ("medecin", False, MET),
        ("medecin_regulateur", False, MET),
        ("infirmier", False, UNMET),
    ],
)
def test_a_doctor_at_the_desk_is_a_prescription(role: str, held: bool | None, expected: State) -> None:
    known: Known = {facts.ROLE: role} if held is None else {facts.ROLE: role, facts.PRESCRIPTION: held}
    assert state(PrescriptionHeld(), known) is expected


@pytest.mark.parametrize(
    ("criterion", "onset", "expected"),
    [
        (OnsetWithin(months=1), "2026-10-24", MET),
        (OnsetWithin(months=1), "2026-10-23", UNMET),
        (OnsetWithin(months=1), "2026-10", UNKNOWN),
        (OnsetWithin(months=1), "2026-11", MET),
        (OnsetWithin(months=1), "2026-09", UNMET),
        (OnsetWithin(months=3), "2026-08-24", MET),
        (OnsetWithin(days=8), "2026-11-16", MET),
        (OnsetWithin(days=8), "2026-11-15", UNMET),
        (OnsetWithin(days=8), "2026", UNKNOWN),
        (OnsetWithin(hours=48), "2026-11-24", MET),
        (OnsetWithin(hours=48), "2026-11-23", MET),
        (OnsetWithin(hours=48), "2026-11-22", UNKNOWN),  # before ten or after, no fact tells
        (OnsetWithin(hours=48), "2026-11-21", UNMET),
        (OnsetWithin(hours=48), "2026-11", UNKNOWN),
    ],
)
def test_an_onset_is_recent_enough_up_to_the_limit(
    criterion: OnsetWithin, onset: str, expected: State
) -> None:
    assert state(criterion, {facts.ONSET: on(onset)}) is expected


def test_an_onset_that_only_the_hour_could_settle_is_not_asked_again() -> None:
    assert found(OnsetWithin(hours=48), {facts.ONSET: on("2026-11-22")}).missing == ()
    assert found(OnsetWithin(hours=48), {facts.ONSET: on("2026-11")}).missing == (facts.ONSET,)
    assert found(OnsetWithin(hours=48), {}).missing == (facts.ONSET,)


def test_a_month_before_31_march_is_the_last_of_february() -> None:
    instant = datetime(2026, 3, 31, 10, tzinfo=PARIS)
    assert state(OnsetWithin(months=1), {facts.ONSET: on("2026-02-28")}, instant) is MET
    assert state(OnsetWithin(months=1), {facts.ONSET: on("2026-02-27")}, instant) is UNMET


def test_at_midnight_two_days_ago_is_wholly_within_48_hours() -> None:
    midnight = datetime(2026, 11, 24, 0, 0, tzinfo=PARIS)
    assert state(OnsetWithin(hours=48), {facts.ONSET: on("2026-11-22")}, midnight) is MET


@pytest.mark.parametrize(
    ("criterion", "label"),
    [
        (OnsetWithin(months=1), "Dans le mois"),
        (OnsetWithin(months=3), "Dans les 3 mois"),
        (OnsetWithin(days=8), "Moins de 8 jours"),
        (OnsetWithin(hours=48), "Moins de 48 h"),
    ],
)
def test_onsets_are_told_in_french(criterion: OnsetWithin, label: str) -> None:
    assert criterion.label == label


@pytest.mark.parametrize(("needed", "expected"), [(True, UNMET), (False, MET), (None, UNKNOWN)])
def test_what_needs_a_technical_platform_goes_elsewhere(needed: bool | None, expected: State) -> None:
    known: Known = {} if needed is None else {facts.TECHNICAL_PLATFORM: needed}
    assert state(NoTechnicalPlatform(), known) is expected


@pytest.mark.parametrize(("able", "expected"), [(True, MET), (False, UNMET), (None, UNKNOWN)])
def test_the_practice_is_for_who_can_come(able: bool | None, expected: State) -> None:
    assert state(CanTravel(), {} if able is None else {facts.CAN_TRAVEL: able}) is expected


@pytest.mark.parametrize(
    ("alarm", "expected"), [(True, UNMET), (False, NOT_APPLICABLE), (None, NOT_APPLICABLE)]
)
def test_only_a_declared_alarm_counts(alarm: bool | None, expected: State) -> None:
    assert state(NoVitalEmergency(), {} if alarm is None else {facts.VITAL_EMERGENCY: alarm}) is expected


# Who usually cares for the patient --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "without_only", "or_unavailable"),
    [
        ("aucun", MET, MET),
        ("indisponible", UNMET, MET),
        ("disponible", UNMET, UNMET),
        ("declare", UNMET, UNKNOWN),
        (None, UNKNOWN, UNKNOWN),
    ],
)
def test_the_two_publics_of_the_regular_doctor(
    status: str | None, without_only: State, or_unavailable: State
) -> None:
    known: Known = {facts.REGULAR_DOCTOR: status} if status else {}
    assert state(RegularDoctor(), known) is without_only
    assert state(RegularDoctor(or_unavailable=True), known) is or_unavailable


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({facts.REGULAR_DOCTOR: "aucun"}, MET),
        ({facts.REGULAR_DOCTOR: "disponible"}, UNKNOWN),
        ({facts.REGULAR_DOCTOR: "disponible", facts.PRESENT_PLACE: AT_HOME}, UNMET),
        ({facts.PRESENT_PLACE: AT_HOME}, UNKNOWN),
        ({facts.PRESENT_PLACE: MARAIS}, UNKNOWN),
        ({facts.PRESENT_PLACE: MARAIS, facts.RESIDENCE: LANDE}, MET),
        ({facts.PRESENT_PLACE: LANDE, facts.RESIDENCE: LANDE, facts.REGULAR_DOCTOR: "disponible"}, UNMET),
    ],
)
def test_away_from_home_is_a_third_public_where_the_source_names_it(known: Known, expected: State) -> None:
    assert state(RegularDoctor(or_unavailable=True, or_away=True), known) is expected


def test_whoever_is_away_from_an_unknown_home_is_asked_the_home_too() -> None:
    criterion = RegularDoctor(or_unavailable=True, or_away=True)
    assert set(found(criterion, {facts.PRESENT_PLACE: MARAIS}).missing) == {
        facts.REGULAR_DOCTOR,
        facts.RESIDENCE,
    }
    seen = found(criterion, {facts.REGULAR_DOCTOR: "disponible"})
    assert seen.missing == (facts.PRESENT_PLACE,)


@pytest.mark.parametrize(("home", "place"), [(GRANDVILLE, GRANDVILLE_2), (GRANDVILLE_2, GRANDVILLE)])
def test_an_arrondissement_is_no_other_commune_than_its_own(home: Commune, place: Commune) -> None:
    known: Known = {
        facts.REGULAR_DOCTOR: "disponible", facts.RESIDENCE: home, facts.PRESENT_PLACE: place,
    }  # fmt: skip
    assert state(RegularDoctor(or_unavailable=True, or_away=True), known) is UNMET


@pytest.mark.parametrize(
    ("status", "contacted", "plain", "where_contact_is_demanded"),
    [
        (None, None, UNKNOWN, UNKNOWN),
        ("aucun", None, MET, MET),
        ("aucun", False, MET, MET),
        ("disponible", None, UNMET, UNMET),
        ("disponible", True, UNMET, UNMET),
        ("indisponible", None, MET, UNKNOWN),
        ("indisponible", True, MET, MET),
        ("indisponible", False, MET, UNMET),
        ("declare", None, UNKNOWN, UNKNOWN),
        ("declare", True, UNKNOWN, UNKNOWN),
        ("declare", False, UNKNOWN, UNMET),
    ],
)
def test_the_usual_practitioner_comes_first(
    status: str | None, contacted: bool | None, plain: State, where_contact_is_demanded: State
) -> None:
    known: Known = {facts.USUAL_PRACTITIONER: status} if status else {}
    if contacted is not None:
        known[facts.USUAL_CONTACTED] = contacted
    assert state(UsualPractitionerFirst(), known) is plain
    assert state(UsualPractitionerFirst(contacted=True), known) is where_contact_is_demanded


# The place --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("territory", "home", "expected"),
    [
        (LISTED, LANDE, MET),
        (LISTED, MARAIS, UNMET),
        (LISTED, GRANDVILLE_2, MET),  # with its commune
        (LISTED, ELSEWHERE, UNMET),
        (UNLISTED, LANDE, UNKNOWN),
        (UNLISTED, BOCAGE, UNKNOWN),
        (UNLISTED, ELSEWHERE, UNMET),
        (WHOLE, MARAIS, MET),
        (WHOLE, BOCAGE, UNMET),
    ],
)
def test_a_territory_is_a_list_a_departement_or_not_known(
    territory: Territory, home: Commune, expected: State
) -> None:
    assert territory.holds(home) is expected
    assert state(InTerritory(territory), {facts.RESIDENCE: home}) is expected


@pytest.mark.parametrize(
    ("home", "place", "expected"),
    [
        (ELSEWHERE, LANDE, MET),
        (LANDE, ELSEWHERE, MET),
        (ELSEWHERE, MARAIS, UNMET),
        (ELSEWHERE, AT_HOME, UNMET),
        (LANDE, AT_HOME, MET),
        (ELSEWHERE, None, UNKNOWN),
        (None, LANDE, MET),
        (None, AT_HOME, UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_visitors_count_by_where_they_are(home: Commune | None, place: object, expected: State) -> None:
    known: Known = {facts.RESIDENCE: home, facts.PRESENT_PLACE: place}
    told = {code: value for code, value in known.items() if value is not None}
    assert state(InTerritory(LISTED, visitors=True), told) is expected


def test_where_only_residents_are_taken_being_there_changes_nothing() -> None:
    assert state(InTerritory(LISTED), {facts.RESIDENCE: ELSEWHERE, facts.PRESENT_PLACE: LANDE}) is UNMET


def test_an_unlisted_territory_says_so_and_asks_the_operator() -> None:
    seen = found(InTerritory(UNLISTED), {facts.RESIDENCE: LANDE})
    assert "aucune source" in (seen.text or "")
    assert seen.missing == ("territoire:CPTS du Bocage",)


def test_the_operator_settles_no_territory_that_a_list_or_a_departement_settles() -> None:
    yes: Known = {"territoire:CPTS du Bocage": True, "territoire:CPTS de la Lande": True}
    assert state(InTerritory(LISTED), {**yes, facts.RESIDENCE: MARAIS}) is UNMET
    assert state(InTerritory(UNLISTED), {**yes, facts.RESIDENCE: ELSEWHERE}) is UNMET


# The desk ---------------------------------------------------------------------------------------------------

OPEN_TO_SAS = MayRefer("CPTS de la Lande", sas=frozenset({"44"}), sas_announced=frozenset({"49"}))


@pytest.mark.parametrize("role", ["osnp", "arm", "medecin_regulateur"])
@pytest.mark.parametrize(("sas", "expected"), [("44", MET), ("49", UNKNOWN), ("85", UNMET), (None, UNKNOWN)])
def test_the_sas_means_those_of_the_departements_covered(role: str, sas: str | None, expected: State) -> None:
    known: Known = {facts.ROLE: role} if sas is None else {facts.ROLE: role, facts.SAS: sas}
    assert state(OPEN_TO_SAS, known) is expected


@pytest.mark.parametrize("role", sorted(ROLES - {"osnp", "arm", "medecin_regulateur"}))
def test_a_desk_outside_the_sas_is_refused_what_is_open_to_the_sas(role: str) -> None:
    seen = found(OPEN_TO_SAS, {facts.ROLE: role, facts.SAS: "44"})
    assert seen.state is UNMET
    assert NAMES[role] in (seen.text or "")


def test_a_list_of_referrers_is_closed() -> None:
    referral = MayRefer("CPTS de la Lande", roles=frozenset({"pharmacien", "medecin"}))
    assert state(referral, {facts.ROLE: "pharmacien"}) is MET
    assert state(referral, {facts.ROLE: "infirmier"}) is UNMET
    assert state(referral, {facts.ROLE: "medecin_regulateur"}) is MET  # also counts as a doctor
    assert state(referral, {}) is UNKNOWN


@pytest.mark.parametrize(
    ("works_for", "expected"),
    [
        (("CPTS de la Lande",), MET),
        (("CPTS du Bocage",), UNMET),
        (("CPTS du Bocage", "CPTS de la Lande"), MET),
        ((), UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_members_refer_within_their_own_territory(works_for: tuple[str, ...] | None, expected: State) -> None:
    referral = MayRefer("CPTS de la Lande", members=frozenset({"pharmacien"}))
    known: Known = {facts.ROLE: "pharmacien"}
    if works_for is not None:
        known[facts.DESK_CPTS] = works_for
    assert state(referral, known) is expected


def test_a_right_announced_for_later_is_not_known_yet() -> None:
    referral = MayRefer("CPTS de la Lande", announced=frozenset({"iao"}))
    assert state(referral, {facts.ROLE: "iao"}) is UNKNOWN
    assert state(referral, {facts.ROLE: "arm"}) is UNMET


def test_a_right_under_condition_is_asked_of_whoever_holds_the_role() -> None:
    referral = MayRefer("CPTS de la Lande", conditional=(("medecin", "participe"),))
    assert found(referral, {facts.ROLE: "medecin"}).missing == ("participe",)
    assert state(referral, {facts.ROLE: "medecin", "participe": True}) is MET
    assert state(referral, {facts.ROLE: "medecin", "participe": False}) is UNMET
    assert state(referral, {facts.ROLE: "infirmier", "participe": True}) is UNMET


def test_the_best_of_several_titles_counts() -> None:
    referral = MayRefer(
        "CPTS de la Lande",
        sas=frozenset({"85"}),
        members=frozenset({"osnp"}),
        announced=frozenset({"medecin"}),
    )
    works_for: Known = {facts.DESK_CPTS: ("CPTS de la Lande",)}
    assert state(referral, {facts.ROLE: "osnp", facts.SAS: "44", **works_for}) is MET
    assert state(referral, {facts.ROLE: "medecin_regulateur", facts.SAS: "44"}) is UNKNOWN


def test_where_the_source_says_nothing_of_referrers_the_right_does_not_count() -> None:
    assert state(ReferralNotSaid(), {facts.ROLE: "patient"}) is NOT_APPLICABLE


# Further questions, alternatives ----------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "expected"), [(True, UNMET), (False, MET), (None, UNKNOWN)])
def test_a_further_question_may_expect_a_no(answer: bool | None, expected: State) -> None:
    criterion = AnswerIs("fievre", False, "A-t-il de la fièvre ?")
    assert state(criterion, {} if answer is None else {"fievre": answer}) is expected
    assert criterion.label == "A-t-il de la fièvre ?"


@pytest.mark.parametrize(("gone", "expected"), [(True, MET), (False, UNMET), (None, UNKNOWN)])
def test_a_centre_of_last_resort_waits_for_the_agendas(gone: bool | None, expected: State) -> None:
    known: Known = {} if gone is None else {GENERAL_SLOTS_GONE: gone}
    assert state(OthersExhausted(("44-lande-mg",)), known) is expected


EITHER = AnyOf((AgeWithin(65), PregnancyIs()))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, UNKNOWN),
        ({facts.AGE: 70}, MET),
        ({facts.AGE: 30}, UNKNOWN),
        ({facts.AGE: 30, facts.PREGNANT: True}, MET),
        ({facts.AGE: 30, facts.PREGNANT: False}, UNMET),
        ({facts.PREGNANT: True}, MET),
    ],
)
def test_one_alternative_is_enough_and_all_must_fail(known: Known, expected: State) -> None:
    assert state(EITHER, known) is expected


def test_open_alternatives_ask_all_that_they_lack() -> None:
    assert {facts.BIRTH, facts.PREGNANT} <= set(found(EITHER, {}).missing)
    assert EITHER.label == "À partir de 65 ans ou Enceinte"


WOUNDS_IN_PERSON = OnlyForReasons(frozenset({"plaie"}), CanTravel())


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, UNKNOWN),
        ({facts.REASON: "angine"}, NOT_APPLICABLE),
        ({facts.REASON: "angine", facts.CAN_TRAVEL: False}, NOT_APPLICABLE),
        ({facts.REASON: "plaie"}, UNKNOWN),
        ({facts.REASON: "plaie", facts.CAN_TRAVEL: False}, UNMET),
        ({facts.REASON: "plaie", facts.CAN_TRAVEL: True}, MET),
        ({facts.CAN_TRAVEL: True}, MET),
        ({facts.CAN_TRAVEL: False}, UNKNOWN),
    ],
)
def test_a_condition_for_some_reasons_counts_for_those_only(known: Known, expected: State) -> None:
    assert state(WOUNDS_IN_PERSON, known) is expected


def test_equal_criteria_are_the_same_criterion() -> None:
    assert {AgeWithin(18), AgeWithin(18)} == {AgeWithin(18)}
    assert AnyOf((CanTravel(),)) == AnyOf((CanTravel(),))
    assert ReasonAmong(frozenset({"a"})) != ReasonAmong(frozenset({"a"}), admitted=False)


def test_a_moment_without_offset_is_the_clock_of_paris() -> None:
    assert Moment.at(datetime(2026, 11, 24, 0, 5)).day == date(2026, 11, 24)  # noqa: DTZ001
    assert Moment.at(datetime.fromisoformat("2026-11-23T23:05:00+00:00")).day == date(2026, 11, 24)

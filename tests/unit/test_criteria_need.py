"""What the patient needs: what meets each criterion, what does not, what leaves it open."""

from __future__ import annotations

from datetime import datetime

import pytest

from osnp_console.domain import facts
from osnp_console.domain.clock import PARIS
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
from osnp_console.domain.states import State
from tests.unit.judged_criteria import MET, NOT_APPLICABLE, UNKNOWN, UNMET, Known, found, on, state


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

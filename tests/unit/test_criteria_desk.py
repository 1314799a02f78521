"""Who may refer a patient: rights of desks and roles, known, refused and not known yet."""

from __future__ import annotations

import pytest

from osnp_console.domain import facts
from osnp_console.domain.criteria.desk import MayRefer, ReferralNotSaid
from osnp_console.domain.roles import NAMES, ROLES
from osnp_console.domain.states import State
from tests.unit.judged_criteria import MET, NOT_APPLICABLE, UNKNOWN, UNMET, Known, found, state

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

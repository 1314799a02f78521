"""A dispositif's life, its rules in force, its ways in for a role, and the age of its sources."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from osnp_console.domain.access import Access, Mode, Reception, ways_in
from osnp_console.domain.clock import PARIS
from osnp_console.domain.criteria.base import Finding
from osnp_console.domain.criteria.need import CanTravel
from osnp_console.domain.dates import ALWAYS, Validity
from osnp_console.domain.dispositif import Dispositif, Rule, Status
from osnp_console.domain.hours import NOT_SAID, Hours
from osnp_console.domain.roles import NAMES, ROLES, also_counts_as
from osnp_console.domain.sources import Document, Doubt, Source, months_between
from osnp_console.domain.states import State

SOURCE = Source("S0", 3)
TODAY = date(2026, 11, 24)
OCTOBER = Validity(date(2026, 10, 1), date(2026, 10, 31))


def dispositif(status: Status, validity: Validity = ALWAYS, rules: tuple[Rule, ...] = ()) -> Dispositif:
    return Dispositif("d", "CPTS de la Lande", "44", "medecine_generale", status, "", SOURCE, validity, rules)


# In service or not ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.IN_SERVICE, Status.TRIAL])
def test_an_experiment_serves_like_what_is_in_service(status: Status) -> None:
    assert dispositif(status).out_of_service(TODAY) is None


@pytest.mark.parametrize(
    "status",
    [Status.TRIAL_CLOSED, Status.PLANNED, Status.CONSIDERED, Status.NONE_KNOWN, Status.NOT_DESCRIBED],
)
def test_what_does_not_serve_says_why(status: Status) -> None:
    assert dispositif(status).out_of_service(TODAY)


def test_a_planned_dispositif_does_not_open_by_its_date_alone() -> None:
    assert dispositif(Status.PLANNED, Validity(date(2026, 1, 1))).out_of_service(TODAY) is not None


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 9, 30), "Ouvre le 01/10/2026."),
        (date(2026, 10, 1), None),
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), "Terminé depuis le 31/10/2026."),
    ],
)
def test_it_serves_from_its_first_day_to_its_last(day: date, why: str | None) -> None:
    assert dispositif(Status.IN_SERVICE, OCTOBER).out_of_service(day) == why


def test_of_two_rules_with_one_id_only_the_one_in_force_is_judged() -> None:
    until, since = Validity(end=date(2026, 10, 31)), Validity(start=date(2026, 11, 1))
    rules = tuple(
        Rule("venir", CanTravel(), text, SOURCE, validity=when)
        for text, when in (("avant", until), ("depuis", since))
    )
    one = dispositif(Status.IN_SERVICE, rules=rules)
    assert [rule.label for rule in one.rules_in_force(date(2026, 10, 31))] == ["avant"]
    assert [rule.label for rule in one.rules_in_force(date(2026, 11, 1))] == ["depuis"]


def test_a_refusal_in_the_words_of_the_source_is_said_only_when_refused() -> None:
    rule = Rule("venir", CanTravel(), "Peut venir", SOURCE, refusal="Visites : voir SOS Médecins.")
    assert rule.said(Finding(State.UNMET, "Ne peut pas se déplacer")) == "Visites : voir SOS Médecins."
    assert rule.said(Finding(State.MET, "Peut venir")) == "Peut venir"


# Ways in ----------------------------------------------------------------------------------------------------


def way(name: str, *roles: str) -> Access:
    return Access(Mode.LINE, SOURCE, frozenset(roles), name)


WAYS = (
    way("pour le SAS", "sas"),
    way("pour les médecins", "medecin"),
    way("pour l’infirmier", "infirmier"),
    way("pour tous"),
)


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("osnp", ["pour le SAS", "pour tous"]),
        ("arm", ["pour le SAS", "pour tous"]),
        ("medecin_regulateur", ["pour le SAS", "pour les médecins", "pour tous"]),
        ("medecin", ["pour les médecins", "pour tous"]),
        ("infirmier", ["pour l’infirmier", "pour tous"]),
        ("patient", ["pour tous"]),
        ("telesecretariat", ["pour tous"]),
    ],
)
def test_a_role_has_its_own_ways_in_the_order_of_the_catalogue(role: str, names: list[str]) -> None:
    assert [access.name for access in ways_in(WAYS, role)] == names


def test_a_desk_without_a_role_sees_every_way() -> None:
    assert ways_in(WAYS, None) == WAYS


def test_a_regulating_doctor_also_counts_as_a_doctor_and_nobody_else_does() -> None:
    assert {role for role in ROLES if "medecin" in also_counts_as(role)} == {"medecin", "medecin_regulateur"}
    assert NAMES.keys() == ROLES


def test_without_hours_nobody_knows_whether_a_line_answers_or_a_place_is_open() -> None:
    instant = datetime(2026, 11, 24, 10, tzinfo=PARIS)
    assert way("pour tous").opening(instant) == NOT_SAID
    assert Reception().opening(instant) == NOT_SAID
    open_now = Hours("Mo-Fr 08:00-20:00", "")
    assert Access(Mode.LINE, SOURCE, hours=open_now).opening(instant).open is True
    assert Reception(hours=open_now).opening(instant).open is True


# Sources ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "to_review"),
    [
        (date(2025, 10, 24), True),  # thirteen months
        (date(2025, 11, 24), True),  # twelve months today
        (date(2025, 11, 25), False),  # twelve months tomorrow
        (date(2026, 11, 24), False),
        (date(2027, 1, 1), False),
        (None, True),  # undated
    ],
)
def test_a_document_of_a_year_or_without_a_date_is_to_be_checked_again(
    published: date | None, to_review: bool
) -> None:
    assert Document("S0", "Livret", published).to_review(TODAY) is to_review


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
        (date(2026, 1, 15), date(2026, 2, 15), 1),
        (date(2026, 2, 15), date(2026, 1, 15), -1),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
    ],
)
def test_months_are_counted_whole(start: date, end: date, months: int) -> None:
    assert months_between(start, end) == months


def test_a_doubt_is_told_with_our_reading_of_it() -> None:
    assert Doubt("Deux horaires.", "Le plus court.", SOURCE).sentence() == "Deux horaires. Le plus court."
    assert Doubt("Deux horaires.", None, SOURCE).sentence() == "Deux horaires."

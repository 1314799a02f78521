"""A waiting list: who may register, and until when one stays on it."""

from __future__ import annotations

from datetime import date

import pytest

from osnp_console.domain import facts
from osnp_console.domain.call import Call
from osnp_console.domain.states import State
from osnp_console.domain.waiting_list import WaitingList
from tests.unit.strategies import SOURCE

DISCHARGE = "sortie_hospitalisation"
PHYSIOTHERAPY = WaitingList(
    SOURCE,
    frozenset({"medecin", "telesecretariat"}),
    months=1,
    conditional=(("telesecretariat", DISCHARGE),),
)


def desk(role: str | None, **known: object) -> Call:
    """A call taken at a desk of that role."""
    return Call({**({facts.ROLE: role} if role is not None else {}), **known})


@pytest.mark.parametrize(
    ("call", "may"),
    [
        (desk("medecin"), State.MET),
        (desk("medecin_regulateur"), State.MET),
        (desk("telesecretariat", sortie_hospitalisation=True), State.MET),
        (desk("telesecretariat", sortie_hospitalisation=False), State.UNMET),
        (desk("telesecretariat"), State.UNKNOWN),
        (desk("patient", sortie_hospitalisation=True), State.UNMET),
        (desk("osnp"), State.UNMET),
        (desk(None, sortie_hospitalisation=True), State.UNKNOWN),
    ],
)
def test_those_named_register_some_under_a_condition_and_nobody_else(call: Call, may: State) -> None:
    assert PHYSIOTHERAPY.may_register(call) is may


def test_who_registers_is_not_known_where_the_source_does_not_say() -> None:
    assert WaitingList(SOURCE).may_register(desk("osnp")) is State.UNKNOWN


def test_a_regulating_doctor_who_may_not_register_as_a_doctor_is_asked_for_the_condition() -> None:
    listed = WaitingList(SOURCE, frozenset({"medecin"}), conditional=(("medecin", DISCHARGE),))
    assert listed.may_register(desk("medecin_regulateur")) is State.UNKNOWN


@pytest.mark.parametrize(
    ("registered", "ends"),
    [
        (date(2026, 11, 24), date(2026, 12, 24)),
        (date(2026, 12, 24), date(2027, 1, 24)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
    ],
)
def test_a_month_on_the_list_ends_on_the_same_day_or_on_the_last_of_a_shorter_month(
    registered: date, ends: date
) -> None:
    assert PHYSIOTHERAPY.ends_on(registered) == ends


def test_a_list_whose_source_gives_no_duration_has_no_end() -> None:
    assert WaitingList(SOURCE).ends_on(date(2026, 11, 24)) is None

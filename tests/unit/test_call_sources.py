"""Which agendas are asked for a call."""

from __future__ import annotations

import pytest

from osnp_console.app.calls.open_call import OpenCall
from osnp_console.app.slots.call_sources import can_search, sources_for
from osnp_console.domain import facts
from osnp_console.domain.effecteur import Effecteur
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.unit.desk_calls import BOCAGE_ENFANTS, LANDE_MG, NOW, DeskAtWork


@pytest.fixture
def call() -> OpenCall:
    return DeskAtWork().in_hand.take(NOW)


def source(name: str, *dispositifs: str) -> AgendaSource:
    return AgendaSource(name, SourceKind.SAS_FHIR, name, dispositifs=dispositifs)


def answer(call: OpenCall, code: str, value: bool | str | int) -> None:
    call.take(call.record.put(code, value))


def asked(call: OpenCall, *sources: AgendaSource, effecteurs: tuple[Effecteur, ...] = ()) -> list[str]:
    return [one.id for one in sources_for(call, sources, effecteurs)]


LANDE, BOCAGE = source("lande", LANDE_MG.id), source("bocage", BOCAGE_ENFANTS.id)


def test_nothing_is_searched_before_a_commune_or_a_reason_is_known(call: OpenCall) -> None:
    assert not can_search(call)
    answer(call, facts.REASON, "angine")
    assert can_search(call)


def test_a_vital_emergency_stops_the_search(call: OpenCall) -> None:
    answer(call, facts.REASON, "angine")
    answer(call, facts.VITAL_EMERGENCY, True)
    assert not can_search(call)


def test_agendas_of_dispositifs_that_refuse_are_left_alone(call: OpenCall) -> None:
    assert asked(call, LANDE, BOCAGE) == ["lande", "bocage"]
    answer(call, facts.REASON, "cystite")
    assert asked(call, LANDE, BOCAGE) == ["bocage"]


def test_an_agenda_whose_dispositifs_nobody_says_is_asked_too(call: OpenCall) -> None:
    answer(call, facts.REASON, "cystite")
    assert asked(call, source("inconnu"), LANDE) == ["inconnu"]


def test_a_practitioner_of_the_directory_brings_their_dispositifs_to_the_agenda(call: OpenCall) -> None:
    answer(call, facts.REASON, "cystite")
    doctor = Effecteur("10002673899", "Dr Essai", dispositifs=(BOCAGE_ENFANTS.id,), sources=("lande",))
    assert asked(call, LANDE, effecteurs=(doctor,)) == ["lande"]

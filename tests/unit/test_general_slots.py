"""Whether general medicine has no slot left: true only when every agenda said so."""

from __future__ import annotations

from dataclasses import replace

from osnp_console.app.slots.general_slots import general_slots_gone
from osnp_console.domain.call import Call
from osnp_console.domain.checklist import Checklist
from osnp_console.domain.criteria.answers import AnyOf, OthersExhausted
from osnp_console.domain.criteria.person import SexIs
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.slots.answers import SourceAnswer, SourceState
from osnp_console.domain.slots.slot import Slot
from osnp_console.domain.slots.source import AgendaSource, SourceKind
from tests.unit.desk_calls import rule
from tests.unit.slot_world import AGENDAS, CITANA, ESTUAIRE, LATE, NOW, REDON, SAS, dispositif, slot

MIDWIFE = replace(dispositif("44-sf", "CPTS"), rules=(rule("mg", OthersExhausted((REDON,))),))
SOURCES = AGENDAS[:2]


def answer(source: str, state: SourceState, *slots: Slot) -> SourceAnswer:
    """How a source ended."""
    return SourceAnswer(source, state, NOW, read=len(slots), slots=slots)


def gone(
    *answers: SourceAnswer,
    sources: tuple[AgendaSource, ...] = SOURCES,
    dispositifs: tuple[Dispositif, ...] = (MIDWIFE,),
    taken: tuple[str, ...] = (),
) -> bool | None:
    """The fact, of a call in which nothing else is known."""
    checklist = Checklist(dispositifs, Call(), NOW)
    return general_slots_gone({one.source: one for one in answers}, sources, checklist, NOW, taken)


ZERO = answer(SAS, SourceState.EMPTY)


def test_it_is_so_when_every_agenda_of_theirs_answered_and_none_had_a_slot() -> None:
    assert gone(ZERO) is True


def test_one_slot_says_that_it_is_not_so_whatever_the_others_do() -> None:
    assert gone(answer(SAS, SourceState.ANSWERED, slot("10:40"))) is False
    assert gone(answer(SAS, SourceState.LATE, slot("10:40"))) is False


def test_a_silent_agenda_is_never_an_empty_one() -> None:
    for state in (SourceState.LATE, SourceState.FAILED, SourceState.REFUSED):
        assert gone(answer(SAS, state)) is None
    assert gone() is None
    assert gone(answer(SAS, SourceState.STALE, slot("10:40"))) is None


def test_agendas_of_other_dispositifs_have_no_say() -> None:
    assert gone(ZERO, answer(CITANA, SourceState.ANSWERED, slot("10:40", dispositifs=(ESTUAIRE,)))) is True
    assert gone(ZERO, answer(CITANA, SourceState.LATE)) is True


def test_an_agenda_that_may_serve_anybody_must_have_answered_too() -> None:
    anybody = (*SOURCES, AgendaSource(LATE, SourceKind.FHIR_AGENDA, "CPTS RDV"))
    assert gone(ZERO, sources=anybody) is None
    assert gone(ZERO, answer(LATE, SourceState.EMPTY), sources=anybody) is True
    nobody_s = slot("10:40", source=LATE, dispositifs=())
    assert gone(ZERO, answer(LATE, SourceState.ANSWERED, nobody_s), sources=anybody) is None


def test_a_dispositif_without_an_agenda_or_with_a_portal_keeps_it_unknown() -> None:
    assert gone(ZERO, sources=SOURCES[1:]) is None
    portal = AgendaSource("p", SourceKind.PORTAL, "Portail", dispositifs=(REDON,))
    assert gone(ZERO, sources=(*SOURCES, portal)) is None


def test_slots_that_cannot_be_had_do_not_count() -> None:
    past, more = slot("10:01"), slot("10:40", over_booking=True)
    assert gone(answer(SAS, SourceState.ANSWERED, past, more)) is True
    lost = slot("10:40")
    assert gone(answer(SAS, SourceState.ANSWERED, lost), taken=(lost.id,)) is True


def test_criteria_that_would_get_different_answers_keep_it_unknown() -> None:
    nested = AnyOf((OthersExhausted((ESTUAIRE,)), SexIs("F")))
    other = replace(dispositif("44-sf2", "CPTS"), rules=(rule("mg", nested),))
    busy = answer(CITANA, SourceState.ANSWERED, slot("10:40", dispositifs=(ESTUAIRE,)))
    assert gone(ZERO, busy, dispositifs=(MIDWIFE, other)) is None
    assert gone(ZERO, answer(CITANA, SourceState.EMPTY), dispositifs=(MIDWIFE, other)) is True


def test_where_no_criterion_asks_for_it_it_is_not_told() -> None:
    assert gone(ZERO, dispositifs=()) is None

"""An assistance line: its steps in order, what it is told, what it records, the desks that answer it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain import call_sheet, facts
from osnp_console.domain.access import Access, Mode
from osnp_console.domain.desk import Desk
from osnp_console.domain.dispositif import Status
from osnp_console.domain.sources import CONVENTION
from osnp_console.domain.transfer.answering import lines_answered_by, lines_of
from osnp_console.domain.transfer.line import TOPIC_FIELDS, USUAL_TELLING, Line, Tag, Told, Topic
from osnp_console.domain.transfer.steps import ALL_STEPS, CALLING_STEPS, Step, in_order, missing_calling_step
from tests.unit.checklists import dispositif
from tests.unit.strategies import SOURCE

DAY = date(2026, 11, 24)
LANDE = "CPTS de la Lande"
SHEET_FIELDS = frozenset(
    {
        call_sheet.CALLER_LINK, call_sheet.CALLER_PHONE, call_sheet.BIRTH_NAME, call_sheet.FIRST_NAMES,
        call_sheet.PATIENT_PHONE, call_sheet.DOCTOR_PRACTICE, call_sheet.DOCTOR_CALLED,
        call_sheet.USUAL_PRACTICE, call_sheet.DELAY_DAYS,
    }
)  # fmt: skip
CALLED = Access(Mode.TRANSFER, SOURCE, name="Ligne", line=Line())
ACCESSES = (Access(Mode.AGENDA, SOURCE, name="Agenda"), CALLED)


@given(st.lists(st.sampled_from(ALL_STEPS), max_size=10))
def test_steps_are_in_order_when_they_are_those_of_the_model_with_some_left_out(steps: list[Step]) -> None:
    assert in_order(steps) == (steps == [step for step in ALL_STEPS if step in steps])


def test_any_call_to_a_line_is_prepared_dialled_answered_and_told_why() -> None:
    assert missing_calling_step(CALLING_STEPS) is None
    for step in CALLING_STEPS:
        assert missing_calling_step([one for one in ALL_STEPS if one is not step]) is step


def test_a_line_may_have_no_step_after_the_slot_is_found() -> None:
    whole, short = Line(), Line((*CALLING_STEPS, Step.SLOT))
    assert (whole.last_step, whole.takes_the_patient) == (Step.REGISTERED, True)
    assert (short.last_step, short.takes_the_patient) == (Step.SLOT, False)


def test_every_topic_is_read_in_a_field_that_calls_have() -> None:
    assert set(TOPIC_FIELDS) == set(Topic)
    for topic in Topic:
        codes = Told(SOURCE, topic).fields
        assert codes
        assert set(codes) <= SHEET_FIELDS | facts.BUILT_IN.keys(), topic


def test_a_further_fact_is_read_by_its_code_and_a_free_text_in_no_field() -> None:
    assert Told(SOURCE, fact="sortie_hospitalisation").fields == ("sortie_hospitalisation",)
    assert Told(SOURCE, text="Adresse électronique").fields == ()


def test_what_a_line_is_usually_told_is_a_convention_in_the_order_of_the_screen() -> None:
    order = [told.topic.value for told in Line().to_tell if told.topic is not None]
    assert order == ["identite", "residence", "motif", "medecin_traitant", "deplacement", "rappel"]
    assert {told.source.document for told in USUAL_TELLING} == {CONVENTION}


@pytest.mark.parametrize(
    ("mention", "sas", "reason", "recorded"),
    [
        ("SAS", "35", "Cystite", "SAS 35 – cystite"),
        ("SAS", None, "Cystite", "SAS – cystite"),
        ("SAS", "44", "Épisode aigu", "SAS 44 – épisode aigu"),
        ("SAS", "44", "AVC récent", "SAS 44 – AVC récent"),
        ("SAS", "44", "", "SAS 44 – "),
        (None, "35", "Cystite", "Cystite"),
    ],
)
def test_the_reason_is_recorded_with_the_mention_of_the_sas(
    mention: str | None, sas: str | None, reason: str, recorded: str
) -> None:
    assert Tag(SOURCE, "SAS", mention).reason(reason, sas) == recorded


def test_a_tele_secretariat_answers_the_lines_of_its_cpts_and_of_no_other() -> None:
    own = dispositif("44-lande-mg", accesses=ACCESSES)
    other = dispositif("49-bocage-mg", cpts="CPTS du Bocage", accesses=ACCESSES)
    desk = Desk("telesecretariat", None, (LANDE,))
    (answered,) = lines_answered_by(desk, (own, other), DAY)
    assert (answered.dispositif, answered.access, answered.line) == (own, CALLED, CALLED.line)
    both = Desk("telesecretariat", None, (LANDE, "CPTS du Bocage"))
    assert [line.dispositif for line in lines_answered_by(both, (own, other), DAY)] == [own, other]
    assert lines_answered_by(Desk("telesecretariat"), (own, other), DAY) == ()


@pytest.mark.parametrize("role", ["osnp", "arm", "medecin", "pharmacien"])
def test_another_desk_answers_no_line_even_if_it_works_for_the_cpts(role: str) -> None:
    own = dispositif("44-lande-mg", accesses=ACCESSES)
    assert lines_answered_by(Desk(role, "44", (LANDE,)), (own,), DAY) == ()


def test_the_line_of_a_dispositif_out_of_service_is_not_answered() -> None:
    planned = dispositif("44-lande-mg", status=Status.PLANNED, accesses=ACCESSES)
    assert lines_answered_by(Desk("telesecretariat", None, (LANDE,)), (planned,), DAY) == ()
    assert [line.access for line in lines_of(planned)] == [CALLED]


def test_an_agenda_is_no_line() -> None:
    assert lines_of(dispositif("44-lande-mg", accesses=(replace(CALLED, line=None),))) == ()

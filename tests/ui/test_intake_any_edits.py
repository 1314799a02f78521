"""Whatever one types, in whatever order, the sheet holds what the form shows."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import ASKED, ELSEWHERE, LATER
from osnp_console.ui.intake.choice_field import ChoiceField
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.note_field import NoteField
from osnp_console.ui.widgets.segments import Segments
from tests.ui.intake_world import CATALOGUE, GAZETTEER, Intake

TEXTS = {
    fields.CALLER_PHONE: ("0639984107", "06 39", "?", "", "+44 20 7946 0000"),
    fields.BIRTH_NAME: ("martin", "Le Goff", "?", ""),
    facts.BIRTH: ("14032019", "31/02/2019", "7 ans", "14/3/19", "?", "", "dem"),
    facts.RESIDENCE: ("lande", "val-clair", "zzqx", "?", "", "49994", "mar"),
    facts.REASON: ("oti", "dysph", "zzqx", "?", "", "Angine"),
    fields.DOCTOR_PRACTICE: ("Dr Hamon", "?", ""),
    fields.NOTE: ("Mère au téléphone", ""),
}
CHOICES: dict[str, tuple[object, ...]] = {
    facts.SEX: ("F", "M", "I"),
    facts.DELAY: (24, 72, LATER, ASKED),
    facts.REGULAR_DOCTOR: ("aucun", "declare", ASKED),
    facts.CAN_TRAVEL: (True, False, ASKED),
    facts.PRESENT_PLACE: ("domicile", ELSEWHERE),
    facts.OFFER: ("medecine_generale", "orthophonie", ""),
}
KEYS = (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Backtab)

LISTED = (facts.RESIDENCE, facts.REASON)


def typing(codes: Iterable[str]) -> st.SearchStrategy[tuple[str, object, object]]:
    """A text typed in a field, then left with some key, or not left."""
    return st.sampled_from(sorted(codes)).flatmap(
        lambda code: st.tuples(st.just(code), st.sampled_from(TEXTS[code]), st.sampled_from((*KEYS, None)))
    )


choosing = st.sampled_from(sorted(CHOICES)).flatmap(
    lambda code: st.tuples(st.just(code), st.sampled_from(CHOICES[code]), st.just("choose"))
)
calls = st.tuples(st.just("call"), st.just(""), st.sampled_from(("take", "next")))


def shown_answer(intake: Intake, code: str) -> object:
    """What one of the form's controls shows, as an answer."""
    control = intake.panel.control(code)
    if isinstance(control, ChoiceField):
        return ASKED if control.shown_value == "?" else control.shown_value
    if isinstance(control, LineField | Segments):
        return control.answer
    assert isinstance(control, NoteField)
    return control.text() or None


def named_answer(intake: Intake, code: str) -> object:
    """What the sheet holds, by the name the form gives it."""
    answer = intake.sheet.answer(code)
    if code == facts.RESIDENCE and isinstance(answer, str):
        commune = GAZETTEER.living(answer)
        assert commune is not None
        return commune.nom
    if code == facts.REASON and isinstance(answer, str):
        return CATALOGUE.reasons[answer]
    return "" if answer is None and code in (facts.RESIDENCE, facts.REASON) else answer


def check(intake: Intake) -> None:
    """The sheet and the form agree, and the facts are those of the sheet."""
    for code in (*TEXTS, facts.SEX, facts.DELAY, facts.REGULAR_DOCTOR, facts.CAN_TRAVEL):
        assert shown_answer(intake, code) == named_answer(intake, code), code
    for code in LISTED:
        field = intake.line(code)
        assert isinstance(field, ChoiceField)
        pending = field.text() if field.pending else ""
        assert intake.sheet.pending.get(code, "") == pending, code
    place, shown = intake.sheet.answer(facts.PRESENT_PLACE), intake.panel.controls.place.answer
    assert shown == (place if place in (None, ASKED, "domicile") else ELSEWHERE)
    assert intake.combo(facts.OFFER).answer == intake.sheet.text(facts.OFFER)


@settings(
    max_examples=200, deadline=None, database=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(edits=st.lists(st.one_of(typing(TEXTS), typing(LISTED), choosing, calls), min_size=2, max_size=10))
def test_the_sheet_is_what_the_form_shows(intake: Intake, edits: list[tuple[str, object, object]]) -> None:
    """One form for all the cases: a new call empties it."""
    intake.calls.take()
    for code, value, how in edits:
        if how == "choose":
            intake.choose(code, value)
        elif how == "take":
            intake.calls.take()
        elif how == "next":
            intake.calls.show_next(1)
        else:
            target = intake.type(code, str(value))
            if isinstance(how, Qt.Key):
                QTest.keyClick(target, how)
        check(intake)

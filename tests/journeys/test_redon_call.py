"""A call from first ring to settled verdict, by keyboard alone."""

from __future__ import annotations

import pytest

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.ui.frame.call_place import CHECKLIST
from tests.journeys.operator import NARROW, Operator, focused, pressed, typed


def talk(operator: Operator) -> None:
    """What the caller says, up to the last question; the mother of a boy with an earache calls."""
    pressed("F2")
    operator.answer("Rappeler au", "0639984107")
    assert operator.question == f"Dans quelle commune le patient habite-t-il{NARROW}?"
    typed("44290")
    suggestions = operator.frame.call_desk.intake.controls.residence.suggestions
    names = [row.name for row in suggestions.rows]
    for _ in range(names.index("Guémené-Penfao") - suggestions.index):
        pressed("Down")
    pressed("Return")
    operator.answer("Motif", "otit")
    operator.answer("Se trouve", "D")
    operator.answer("Médecin traitant, statut", "I")
    operator.answer("Peut venir", "O")
    operator.answer("À voir sous", "4")
    operator.answer("Plateau tech.", "N")


@pytest.mark.both_bases
def test_the_redon_call_goes_from_first_ring_to_settled_verdict_by_keyboard_alone(operator: Operator) -> None:
    talk(operator)
    assert operator.question == "Plus rien à demander"
    assert "Pays de Redon" in operator.eligible()
    assert operator.sheet.text(facts.RESIDENCE) == "44067"
    phone = operator.frame.call_desk.intake.controls.phone
    assert phone.text() == NARROW.join(("06", "39", "98", "41", "07"))
    assert phone.annotation == "mobile"
    operator.capture("redon-verdict")


def test_each_answer_of_the_redon_call_moves_the_question_and_f3_comes_back_to_it(operator: Operator) -> None:
    pressed("F2")
    assert operator.here == "Rappeler au"
    asked = [operator.question]
    typed("0639984107")
    for keys, field in (
        ("guémené", "Commune"), ("otite", "Motif"), ("D", "Se trouve"), ("I", "Médecin traitant, statut"),
        ("O", "Peut venir"), ("4", "À voir sous"), ("N", "Plateau tech."),
    ):  # fmt: skip
        pressed("F3")
        assert operator.here == field
        pressed("Ctrl+M")
        assert operator.here == "Note"
        pressed("Ctrl+Space")
        operator.answer(field, keys)
        asked.append(operator.question)
    assert len(set(asked)) == len(asked)
    assert asked[-1] == "Plus rien à demander"
    operator.capture("redon-questions")


def test_what_the_caller_says_besides_is_typed_by_tab_and_read_back(operator: Operator) -> None:
    talk(operator)
    before = operator.eligible()
    operator.frame.call_desk.intake.focus_first()
    pressed("Shift+Tab")
    operator.answer("Lien", "PP", then="Tab")
    operator.tab_to("Nom")
    operator.answer("Nom", "le goff", then="Tab")
    operator.answer("Prénom", "Noé", then="Tab")
    operator.answer("Né(e) le", "14032019", then="Tab")
    operator.answer("Sexe", "M", then="")
    pressed("Ctrl+M")
    operator.answer("Note", "Mère au téléphone. Douleur depuis hier soir, 38,4 °C.", then="")
    sheet = operator.sheet
    assert sheet.answer(fields.CALLER_LINK) == "proche"
    assert sheet.text(fields.BIRTH_NAME) == "LE GOFF"
    assert sheet.text(fields.FIRST_NAMES) == "Noé"
    assert sheet.answer(facts.SEX) == "M"
    assert sheet.text(fields.NOTE).endswith("38,4 °C.")
    assert operator.frame.call_desk.intake.controls.birth.annotation == "7 ans"
    assert operator.eligible() == before
    operator.capture("redon-fiche-complete")


def test_the_verdict_is_read_down_to_its_source_and_back_without_the_mouse(operator: Operator) -> None:
    talk(operator)
    desk = operator.frame.call_desk
    operator.go_to_pane(CHECKLIST)
    pressed("Home")
    for _ in range(5):
        if not operator.row.startswith("Pays de Redon"):
            pressed("Down")
    assert operator.row.startswith("Pays de Redon")
    pressed("Return")
    assert focused() is desk.checklist.view.detail.list
    pressed("Down")
    pressed("Ctrl+I")
    assert desk.source.isVisible()
    assert desk.source.isAncestorOf(focused()) or focused() is desk.source
    operator.capture("redon-source")
    pressed("Escape")
    assert not desk.source.isVisible()
    assert focused() is desk.checklist.view.detail.list
    pressed("Escape")
    assert focused() is desk.checklist.view.list


@pytest.mark.parametrize(
    ("width", "height", "text", "theme"),
    [(1366, 768, 200, "clair"), (1920, 1080, 100, "sombre"), (1920, 1080, 200, "sombre")],
)
def test_the_redon_call_is_taken_by_the_same_keys_on_other_screens(
    seated: Operator, width: int, height: int, text: int, theme: str
) -> None:
    seated.workstation.install(text=text, theme=theme)
    seated.start(width, height)
    talk(seated)
    assert seated.question == "Plus rien à demander"
    assert seated.frame.call_desk.checklist.view.list.hasFocus()
    assert "Pays de Redon" in seated.eligible()
    seated.capture(f"redon-{theme}-{width}x{height}-{text}")

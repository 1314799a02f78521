"""What the journal strip says: short, in French that agrees, never a name nor a number."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from osnp_console.app.calls.journal_words import JournalWords
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts, journal

WORDS = JournalWords({"otite": "Otite"}, {}, lambda code: None, lambda one: one.title())


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({fields.NOTE: "38,4 °C"}, "note écrite"),
        ({fields.BIRTH_NAME: "MARTIN", fields.CALLER_PHONE: "0639980000"}, "nom noté, numéro de rappel noté"),
        ({facts.RESIDENCE: None}, "commune\u202f: plus de réponse"),
        ({facts.CAN_TRAVEL: "?", facts.PRESCRIPTION: False}, "peut venir ne sait pas, ordonnance non"),
        ({facts.REASON: "otite", facts.DELAY: 48}, "motif Otite, à voir sous 48 h"),
    ],
)
def test_an_answer_is_said_by_its_field_and_what_is_private_is_only_said_to_be_there(
    answers: Mapping[str, object], said: str
) -> None:
    assert WORDS.say(journal.ANSWERED, {"reponses": answers}) == said


def test_a_document_is_said_by_what_it_is() -> None:
    assert (
        WORDS.say(journal.EXPORTED, {"quoi": "preuve de régulation"})
        == "document\u202f: preuve de régulation"
    )


@pytest.mark.parametrize(
    ("eligible", "said"),
    [
        ([], "aucun dispositif éligible"),
        (["redon"], "1 éligible\u202f: Redon"),
        (["redon", "ancenis"], "2 éligibles\u202f: Redon, Ancenis"),
        (["redon", "ancenis", "erdre"], "3 éligibles\u202f: Redon et 2 autres"),
    ],
)
def test_a_verdict_is_said_with_its_count(eligible: list[str], said: str) -> None:
    assert WORDS.say(journal.CHECKED, {"eligibles": eligible}) == said


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"pris": [], "des_deux": {}}, "changé à un autre poste"),
        ({"pris": ["issue"], "des_deux": {}}, "changé à un autre poste"),
        (
            {"pris": [facts.SEX, facts.DELAY, facts.VITAL_EMERGENCY], "des_deux": {}},
            "changé à un autre poste\u202f: sexe, à voir sous",
        ),
        (
            {"pris": [facts.SEX], "des_deux": {fields.BIRTH_NAME: {"ici": "MARTIN", "ailleurs": "DUPONT"}}},
            "changé à un autre poste\u202f: sexe\u202f; aux deux postes\u202f: nom",
        ),
    ],
)
def test_what_another_desk_changed_is_said_by_its_fields_and_never_by_what_stood_in_them(
    about: Mapping[str, object], said: str
) -> None:
    assert WORDS.say(journal.CHANGED_ELSEWHERE, about) == said

"""What two desks changed is said in French that agrees, with who, where and when as far as is known."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from osnp_console.app.calls.changed_elsewhere import Author, Difference, Held
from osnp_console.app.calls.changed_words import ChangedWords
from osnp_console.app.calls.field_names import field_name
from osnp_console.app.calls.intake_fields import ALWAYS
from osnp_console.app.calls.journal_words import _FIELDS
from osnp_console.app.calls.sheet_words import _FORM, CallSheetWords
from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_sheet import ASKED, EMPTY_SHEET, Answer, CallSheet
from osnp_console.domain.clock import PARIS
from osnp_console.domain.commune import Commune
from osnp_console.domain.natures import NATURE_NAMES

AT = datetime(2026, 11, 24, 10, 3, tzinfo=PARIS)
TODAY = AT.date()
TESSIER = Author("44-5", "É. Tessier", AT)
COMMUNES = {
    "44930": Commune("44930", "Val-Clair", "44", ("44994",)),
    "49930": Commune("49930", "Val-Clair", "49", ("49994",)),
}
SHEETS = CallSheetWords({"otite": "Otite"}, NATURE_NAMES, {}, COMMUNES.get)
WORDS = ChangedWords(SHEETS, {"vit_seul": "Vit-il seul ?"}, "44-3")
EVERY_FIELD = sorted(
    {code for _, group in _FORM for _, code, _ in group}
    | {*_FIELDS, *ALWAYS, *fields.AVAILABILITY.values(), fields.NOTE, fields.DELAY_DAYS}
    | {"vit_seul", f"{facts.TERRITORY_PREFIX}CPTS de la Lande"}
)


def difference(code: str, author: Author | None = TESSIER) -> Difference:
    return Difference(code, Held("a"), Held("b"), author)


@pytest.mark.parametrize("code", EVERY_FIELD)
def test_every_field_of_the_form_has_a_name_with_an_article_and_all_that_agrees(code: str) -> None:
    name = field_name(code, {"vit_seul": "Vit-il seul ?"})
    assert re.match(r"(le |la |l’)\w", name.words)
    assert f"«\u202f{code}\u202f»" not in name.words, "named by its code: the table of names lacks it"
    assert "." not in name.words
    if not name.words.startswith("l’"):
        assert name.is_feminine is name.words.startswith("la ")
    agreed = (
        ("la mienne", "la vôtre", "la sienne") if name.is_feminine else ("le mien", "le vôtre", "le sien")
    )
    assert (name.mine, name.yours, name.theirs) == agreed
    assert f"Garder {name.yours} ou prendre {name.theirs}\u202f?" in WORDS.question(difference(code), TODAY)


@pytest.mark.parametrize(
    ("code", "author", "asked"),
    [
        (
            facts.RESIDENCE,
            TESSIER,
            "É. Tessier a changé la commune à 10:03. Garder la vôtre ou prendre la sienne\u202f?",
        ),
        (
            facts.REASON,
            Author("44-5", None, AT),
            "Le poste 5 a changé le motif à 10:03. Garder le vôtre ou prendre le sien\u202f?",
        ),
        (
            facts.OFFER,
            Author("35-2", None, AT),
            "Le poste 2 (SAS 35) a changé l’offre à 10:03. Garder la vôtre ou prendre la sienne\u202f?",
        ),
        (
            fields.NOTE,
            None,
            "Un autre poste a changé la note. Garder la vôtre ou prendre la sienne\u202f?",
        ),
        (
            "vit_seul",
            TESSIER,
            "É. Tessier a changé la réponse à «\u202fVit-il seul\u202f?\u202f» à 10:03. "
            "Garder la vôtre ou prendre la sienne\u202f?",
        ),
        (
            facts.RESIDENCE,
            Author("44-5", "É. Tessier", AT - timedelta(days=1)),
            "É. Tessier a changé la commune le 23/11 à 10:03. Garder la vôtre ou prendre la sienne\u202f?",
        ),
    ],
)
def test_it_is_asked_with_who_changed_the_field_and_when_as_far_as_is_known(
    code: str, author: Author | None, asked: str
) -> None:
    assert WORDS.question(difference(code, author), TODAY) == asked


@pytest.mark.parametrize(
    ("codes", "author", "said"),
    [
        (
            (facts.RESIDENCE, facts.REASON),
            TESSIER,
            "É. Tessier (poste 5) a changé la commune et le motif à 10:03.",
        ),
        ((fields.BIRTH_NAME,), Author("44-5", None, AT), "Le poste 5 a changé le nom à 10:03."),
        ((fields.NOTE,), None, "Un autre poste a changé la note."),
        (
            (facts.SEX, facts.BIRTH, fields.NOTE),
            Author("35-2", "É. Tessier", AT),
            "É. Tessier (poste 2, SAS 35) a changé le sexe, la date de naissance et la note à 10:03.",
        ),
        (
            (facts.RESIDENCE, facts.REASON, facts.SEX, facts.DELAY, fields.NOTE, facts.BIRTH),
            None,
            "Un autre poste a changé la commune, le motif, le sexe, le délai et 2 autres réponses.",
        ),
    ],
)
def test_what_was_simply_taken_is_said_in_one_line(
    codes: tuple[str, ...], author: Author | None, said: str
) -> None:
    assert WORDS.taken(codes, author, TODAY) == said


def test_ends_and_alarms_of_another_desk_are_said() -> None:
    there = Author("44-5", None, AT)
    assert WORDS.outcome_question("Appel 14", "raccroche", "conseil", there, TODAY) == (
        "Le poste 5 a clos l’appel 14 à 10:03\u202f: Conseil donné. "
        "Garder cette issue ou la vôtre (A raccroché)\u202f?"
    )
    ended = "É. Tessier (poste 5) a clos l’appel 14 à 10:03\u202f: Conseil donné."
    assert WORDS.ended("Appel 14", "conseil", TESSIER, TODAY) == ended
    assert WORDS.alarm(True, there, TODAY) == "Le poste 5 a déclaré une urgence vitale à 10:03."
    assert WORDS.alarm(False, None, TODAY) == "Un autre poste a annulé l’urgence vitale."


@pytest.mark.parametrize(
    ("code", "held", "said"),
    [
        (facts.RESIDENCE, Held("44930"), "Val-Clair · 44994"),
        (facts.RESIDENCE, Held("49930"), "Val-Clair · 49994"),
        (facts.RESIDENCE, Held("44930", "lan"), "«\u202flan\u202f» (non choisi)"),
        (facts.RESIDENCE, Held("77777"), "77777"),
        (facts.PRESENT_PLACE, Held("domicile"), "À son domicile"),
        (facts.REASON, Held("otite"), "Otite"),
        (facts.OFFER, Held("infirmier"), "Infirmier"),
        (facts.CAN_TRAVEL, Held(False), "Non"),
        (facts.CAN_TRAVEL, Held(ASKED), "ne sait pas"),
        (facts.SEX, Held(None), "pas demandé"),
        (facts.DELAY, Held(48), "48 h"),
        (fields.DELAY_DAYS, Held("10"), "10 jours"),
        (fields.CALLER_PHONE, Held("0639980000"), "06\u202f39\u202f98\u202f00\u202f00"),
        (facts.BIRTH, Held("12/05/1990"), "12/05/1990 · 36 ans"),
        (fields.NOTE, Held("Tousse.\nFièvre."), "Tousse.\nFièvre."),
        (f"{facts.TERRITORY_PREFIX}CPTS de la Lande", Held(True), "Oui"),
    ],
)
def test_an_answer_is_told_as_the_form_shows_it(code: str, held: Held, said: str) -> None:
    assert WORDS.answer(code, held, EMPTY_SHEET, TODAY) == said


def test_a_long_delay_is_told_with_its_days() -> None:
    sheet = CallSheet({fields.DELAY_DAYS: "10"})
    assert WORDS.answer(facts.DELAY, Held(fields.LATER), sheet, TODAY) == "10 jours"


@pytest.mark.parametrize(
    ("code", "one", "other", "same"),
    [
        (fields.CALLER_PHONE, "0639980000", "06 39 98 00 00", True),
        (fields.BIRTH_NAME, "martin ", "MARTIN", True),
        (fields.FIRST_NAMES, "léa", "LÉA", False),
        (facts.BIRTH, "12051990", "12/05/1990", True),
        (facts.RESIDENCE, "44930", "49930", False),
        (facts.CAN_TRAVEL, True, "Oui", True),
        (fields.NOTE, "tousse", "tousse\n", True),
        (facts.SEX, None, ASKED, False),
    ],
)
def test_the_same_answer_typed_in_two_ways_is_no_difference(
    code: str, one: Answer, other: Answer, same: bool
) -> None:
    assert WORDS.is_same(code, Held(one), Held(other), EMPTY_SHEET, TODAY) is same

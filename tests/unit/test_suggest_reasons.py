"""The type-ahead of the reason: the offer's first, by the beginnings of words, slips last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.calls.suggest_reasons import ReasonSearch

LABELS = {
    "otite": "Otite",
    "fievre": "Fièvre",
    "cystite": "Cystite, brûlures mictionnelles",
    "plaie": "Plaie simple",
    "pansement": "Pansement",
    "evaluation_plaie": "Évaluation d'une plaie",
    "avc": "AVC récent, sortie d’hospitalisation",
}
OFFERS = {
    "otite": frozenset({"medecine_generale"}),
    "fievre": frozenset({"medecine_generale"}),
    "cystite": frozenset({"medecine_generale", "sage_femme"}),
    "plaie": frozenset({"medecine_generale", "infirmier"}),
    "pansement": frozenset({"infirmier"}),
    "evaluation_plaie": frozenset({"infirmier"}),
    "avc": frozenset({"orthophonie", "kinesitherapie"}),
}
SEARCH = ReasonSearch(LABELS, OFFERS)
GENERAL = "medecine_generale"


def codes(text: str, offer: str | None = GENERAL) -> list[str]:
    return [one.reason.code for one in SEARCH.search(text, offer)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("oti", ["otite"]),
        ("FIEVRE", ["fievre"]),
        ("fiè", ["fievre"]),
        ("brul", ["cystite"]),
        ("mict cyst", ["cystite"]),
        ("hospitalisation sor", ["avc"]),
        ("zzzz", []),
        ("…", []),
    ],
)
def test_every_word_typed_begins_a_word_of_the_label(typed: str, found: list[str]) -> None:
    assert codes(typed) == found


def test_the_reasons_of_the_offer_come_before_the_others() -> None:
    assert codes("pla") == ["plaie", "evaluation_plaie"]
    assert [one.of_offer for one in SEARCH.search("pla", GENERAL)] == [True, False]


def test_a_label_that_begins_with_the_text_comes_first_within_its_offer() -> None:
    assert codes("pla", "infirmier") == ["plaie", "evaluation_plaie"]
    assert codes("eva", "infirmier") == ["evaluation_plaie"]


def test_all_offers_have_all_reasons() -> None:
    assert all(one.of_offer for one in SEARCH.search("", None))
    assert len(SEARCH.search("", None, limit=20)) == len(LABELS)


@pytest.mark.parametrize("typed", ["ottite", "otitte", "pensement", "fiebre"])
def test_a_slip_is_understood_where_nothing_begins_so(typed: str) -> None:
    found = SEARCH.search(typed, None)
    assert found
    assert found[0].approximate
    assert found[0].reason.code in ("otite", "pansement", "fievre")


def test_three_letters_are_too_few_for_a_slip() -> None:
    assert codes("oxi") == []


def test_the_limit_keeps_the_best() -> None:
    assert [one.reason.code for one in SEARCH.search("", GENERAL, limit=2)] == ["otite", "fievre"]


def test_only_a_whole_label_is_exact() -> None:
    exact = SEARCH.exact("  otite ", GENERAL)
    assert exact is not None
    assert exact.reason.code == "otite"
    assert SEARCH.exact("oti", GENERAL) is None
    assert SEARCH.exact("", GENERAL) is None


def test_two_reasons_of_one_label_are_never_chosen_by_themselves() -> None:
    search = ReasonSearch({"a": "Plaie", "b": "plaie"}, {})
    assert search.exact("plaie", None) is None


def test_a_reason_of_another_offer_brings_its_offer() -> None:
    pansement, plaie, avc = SEARCH.find("pansement"), SEARCH.find("plaie"), SEARCH.find("avc")
    assert pansement is not None
    assert plaie is not None
    assert avc is not None
    assert SEARCH.offer_for(pansement, GENERAL) == "infirmier"
    assert SEARCH.offer_for(plaie, GENERAL) == GENERAL
    assert SEARCH.offer_for(pansement, None) is None
    assert SEARCH.offer_for(avc, GENERAL) == "kinesitherapie", "the first of the list of offers"


def test_an_offer_that_serves_general_medicine_and_has_no_reason_of_its_own_shares_its_reasons() -> None:
    assert [one.reason.code for one in SEARCH.search("", "centre_snp") if one.of_offer] == [
        "otite",
        "fievre",
        "cystite",
        "plaie",
    ]


@given(st.text(max_size=30), st.sampled_from([None, GENERAL, "infirmier", "dentaire"]), st.integers(0, 9))
def test_any_text_is_answered_within_the_limit_the_offer_first(
    text: str, offer: str | None, limit: int
) -> None:
    found = SEARCH.search(text, offer, limit)
    assert len(found) <= limit
    ordered = [one.of_offer for one in found]
    assert ordered == sorted(ordered, reverse=True)
    assert len({one.reason.code for one in found}) == len(found)

"""What the desk types in a commune field, and what it is offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osnp_console.app.places.find_commune import CommuneSearch, Suggestion
from osnp_console.catalogue.gazetteer import load_gazetteer
from osnp_console.domain.commune import Alias, Commune, Gazetteer, fold

GAZETTEER = load_gazetteer(Path(__file__).parents[2] / "resources" / "communes" / "communes.tsv.gz")
SEARCH = CommuneSearch(GAZETTEER)
ALL = list(GAZETTEER.communes())


def codes(text: str, limit: int = 8) -> list[str]:
    return [suggestion.commune.code for suggestion in SEARCH.search(text, limit)]


def first(text: str) -> Suggestion:
    return SEARCH.search(text)[0]


@pytest.mark.parametrize("text", ["", " ", "r", "-", "’", "3"])
def test_too_little_is_no_question(text: str) -> None:
    assert SEARCH.search(text) == ()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("gacilly", "56061"),
        ("herbiers", "85109"),
        ("oeuf en ternois", "62633"),
        ("Œuf-en-Ternois", "62633"),
        ("st nicolas de redon", "44185"),
        ("SAINT\u2011NICOLAS de redon", "44185"),
        ("l’hay les roses", "94038"),
        ("STE MARIE 35", "35294"),
    ],
)
def test_a_name_is_found_however_it_is_written(typed: str, code: str) -> None:
    assert codes(typed)[0] == code
    assert not first(typed).approximate


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("théillac", "Théhillac"),
        ("saint etiene", "Saint-Étienne"),
        ("vileurbane", "Villeurbanne"),
        ("evri courcourone", "Évry-Courcouronnes"),
        ("boersh", "Bœrsch"),
        ("clermond ferand", "Clermont-Ferrand"),
        ("monpelier", "Montpellier"),
        ("langan 33", "Langon"),
    ],
)
def test_a_slip_is_forgiven_and_said(typed: str, name: str) -> None:
    assert first(typed).shown == name
    assert first(typed).approximate


def test_beginnings_come_before_typos() -> None:
    approximate = [suggestion.approximate for suggestion in SEARCH.search("redon")]
    assert approximate == sorted(approximate)
    assert any(approximate)


def test_three_letters_are_too_few_for_a_typo() -> None:
    assert SEARCH.search("xqz") == ()


def test_the_three_langons_are_told_apart() -> None:
    labels = [suggestion.label for suggestion in SEARCH.search("langon")]
    assert "Langon, 33210, Gironde (33)" in labels
    assert "Langon, 35660, Ille-et-Vilaine (35)" in labels
    # The one of Loir-et-Cher is called Langon-sur-Cher in the code of 2026.
    assert "Langon-sur-Cher, 41320, Loir-et-Cher (41)" in labels


def test_no_exact_homonym_is_hidden_by_the_limit() -> None:
    homonyms = {commune.code for commune in ALL if fold(commune.nom) == "sainte colombe"}
    assert len(homonyms) > 8
    assert set(codes("Ste Colombe")) == homonyms


def test_the_limit_bounds_the_rest() -> None:
    assert len(codes("saint", 5)) == 5
    assert len(codes("35", 3)) == 3


@pytest.mark.parametrize("typed", ["langon 35", "35 langon", "Langon 35660", "35660 Langon", "langon 35145"])
def test_a_departement_or_a_code_beside_the_name_narrows_it(typed: str) -> None:
    assert codes(typed)[0] == "35145"
    assert "33227" not in codes(typed)


def test_a_whole_name_comes_before_one_without_its_article() -> None:
    assert [suggestion.shown for suggestion in SEARCH.search("vergné 17")][:2] == ["Vergné", "La Vergne"]


def test_a_one_letter_commune_is_found_with_its_departement() -> None:
    assert codes("Y 80")[0] == "80829"


def test_a_number_may_be_an_arrondissement() -> None:
    assert first("paris 12").shown == "Paris 12e Arrondissement"
    # Marseille in the Bouches-du-Rhône, then its thirteenth arrondissement.
    assert codes("marseille 13")[:2] == ["13055", "13213"]


def test_a_postal_code_gives_its_communes() -> None:
    assert codes("35600") == ["35236", "35013", "35294"]
    assert codes("356 00") == codes("35600")
    assert {suggestion.postal for suggestion in SEARCH.search("35600")} == {"35600"}
    assert "35236" in codes("3560")


def test_a_paris_postal_code_gives_the_arrondissement_before_the_city_and_the_code_of_before_1968() -> None:
    assert codes("75012") == ["75112", "75056", "92012"]
    assert first("75012").postal == "75012"


def test_an_insee_code_comes_before_the_same_postal_code() -> None:
    assert codes("69001")[:2] == ["69001", "69381"]
    assert codes("2a004") == ["2A004"]
    assert "2A004" in codes("2a")


def test_a_former_name_leads_to_the_living_commune_and_says_so() -> None:
    found = first("Saint-Hilaire-de-Loulay")
    assert found.commune.code == "85146"
    assert found.via == Alias("Saint-Hilaire-de-Loulay", "85224", "85146", "deleguee")
    assert found.label == (
        "Saint-Hilaire-de-Loulay (commune déléguée, aujourd'hui Montaigu-Vendée), 85600, Vendée (85)"
    )


def test_a_former_code_leads_to_the_living_commune() -> None:
    found = first("35158")
    assert (
        found.label
        == "35158 (ancien code, aujourd'hui La Chapelle du Lou du Lac), 35360, Ille-et-Vilaine (35)"
    )
    assert first("56064").shown == "Glénac"


def test_a_commune_that_kept_its_name_is_offered_once_and_as_itself() -> None:
    assert codes("La Gacilly").count("56061") == 1
    assert first("La Gacilly").via is None
    assert first("56061").via is None


def test_a_land_without_postal_code_is_still_told_apart() -> None:
    assert first("archipel des crozet").postal is None
    assert first("archipel des crozet").label.startswith("Archipel des Crozet, Terres australes")


def test_the_search_can_be_prepared_ahead() -> None:
    search = CommuneSearch(Gazetteer.of([Commune("35236", "Redon", "35", ("35600",))]))
    search.prepare()
    assert [suggestion.label for suggestion in search.search("redon")] == ["Redon, 35600, 35 (35)"]


@settings(deadline=None)
@given(st.sampled_from(ALL))
def test_every_commune_is_found_by_its_own_name_first_among_its_homonyms(commune: Commune) -> None:
    assert commune.code in codes(commune.nom) or len(fold(commune.nom)) < 2
    assert codes(f"{commune.nom} {commune.departement}")[0] == commune.code


@settings(deadline=None)
@given(st.text(max_size=30))
def test_whatever_is_typed_gets_an_answer_without_a_double(text: str) -> None:
    found = codes(text)
    assert len(found) == len(set(found))

"""What a commune is called, and which living commune an old code or name leads to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.domain.commune import Alias, Commune, Gazetteer, ListedRegister, fold, fold_all

GACILLY = Commune("56061", "La Gacilly", "56", ("56200",))
MONTAIGU = Commune("85146", "Montaigu-Vendée", "85", ("85600",))
PARIS = Commune("75056", "Paris", "75", ("75001", "75012"))
PARIS_12 = Commune("75112", "Paris 12e Arrondissement", "75", ("75012",), parent="75056")
BUSIGNY = Commune("59118", "Busigny", "59", ("59137",))
ALIASES = (
    Alias("La Gacilly", "56061", "56061", "deleguee"),
    Alias("Glénac", "56064", "56061", "deleguee"),
    Alias("Montaigu", "85146", "85146", "deleguee"),
    Alias("Saint-Hilaire-de-Loulay", "85224", "85146", "deleguee"),
    Alias("Escaufourt", "02285", "59118", "associee"),
    Alias("", "85999", "85146", "ancienne"),
)


@pytest.fixture
def gazetteer() -> Gazetteer:
    return Gazetteer.of(
        (PARIS_12, PARIS, MONTAIGU, GACILLY, BUSIGNY), ALIASES, {"56": "Morbihan", "85": "Vendée"}
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("SAINT\u2011NICOLAS-de-Redon", "St Nicolas de Redon"),
        ("Ste-Marie", "sainte marie"),
        ("Stes Maries de la Mer", "Saintes-Maries-de-la-Mer"),
        ("L’Haÿ-les-Roses", "l'hay les roses"),
        ("Œuf-en-Ternois", "oeuf en ternois"),
        ("  LANGON  ", "Langon"),
        ("The\u0301hillac", "Théhillac"),
        ("Lancon\nProvence", "Lançon-Provence"),
    ],
)
def test_what_people_type_differently_is_the_same_name(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant)


@pytest.mark.parametrize("name", ["Stains", "Brest", "Est", "Saint-Cast-le-Guildo"])
def test_st_is_spelt_out_only_as_a_whole_word(name: str) -> None:
    assert fold(name) == name.lower().replace("-", " ")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.text(st.characters(exclude_characters="\n")), min_size=1))
def test_many_names_are_folded_as_each_would_be(names: list[str]) -> None:
    assert fold_all(names) == [fold(name) for name in names]


def test_a_living_code_leads_to_itself_even_when_a_delegated_commune_shares_it(gazetteer: Gazetteer) -> None:
    assert gazetteer.living("56061") == GACILLY
    assert gazetteer.living("85146") == MONTAIGU


def test_delegated_associated_and_former_codes_lead_to_the_living_commune(gazetteer: Gazetteer) -> None:
    assert gazetteer.living("56064") == GACILLY
    assert gazetteer.living("02285") == BUSIGNY
    assert gazetteer.living("85999") == MONTAIGU


@pytest.mark.parametrize("code", ["", "00000", "5606", "La Gacilly", "56200"])
def test_what_was_never_a_code_leads_nowhere(gazetteer: Gazetteer, code: str) -> None:
    assert gazetteer.living(code) is None
    assert gazetteer.commune_of(code) is None
    assert gazetteer.departement_of(code) is None


def test_an_arrondissement_is_itself_and_counts_as_its_commune(gazetteer: Gazetteer) -> None:
    assert gazetteer.living("75112") == PARIS_12
    assert gazetteer.commune_of("75112") == PARIS
    assert gazetteer.commune_of("75056") == PARIS


def test_an_old_code_is_in_the_departement_of_today(gazetteer: Gazetteer) -> None:
    assert gazetteer.departement_of("02285") == "59"
    assert gazetteer.departement_of("56061") == "56"


def test_a_departement_without_a_name_shows_its_code(gazetteer: Gazetteer) -> None:
    assert gazetteer.departement_name("85") == "Vendée"
    assert gazetteer.departement_name("99") == "99"
    assert dict(gazetteer.departements) == {"56": "Morbihan", "85": "Vendée"}


def test_a_name_is_looked_up_within_a_departement(gazetteer: Gazetteer) -> None:
    assert gazetteer.by_name("LA GACILLY", "56") == (GACILLY,)
    assert gazetteer.by_name("st-hilaire de loulay", "85") == (MONTAIGU,)
    assert gazetteer.by_name("La Gacilly", "85") == ()
    assert gazetteer.by_name("Gacilly", "56") == ()
    assert gazetteer.by_name("", "85") == ()


def test_homonyms_of_one_departement_are_all_given(gazetteer: Gazetteer) -> None:
    first, second = Commune("35001", "Bors", "35", ()), Commune("35002", "Bors", "35", ())
    assert Gazetteer.of((second, first)).by_name("bors", "35") == (first, second)


def test_a_listed_register_is_sorted_by_code() -> None:
    register = ListedRegister((PARIS, GACILLY), ALIASES)
    assert [commune.code for commune in register.communes()] == ["56061", "75056"]
    assert [alias.code for alias in register.aliases()][:2] == ["02285", "56061"]

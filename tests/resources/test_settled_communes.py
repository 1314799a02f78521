"""A commune's text once its field is left, over the real communes."""

from __future__ import annotations

import pytest

from osnp_console.app.places.find_commune import CommuneSearch
from osnp_console.app.places.settle_commune import settle_commune
from osnp_console.catalogue.gazetteer import load_gazetteer
from osnp_console.resources import resources


@pytest.fixture(scope="module")
def search() -> CommuneSearch:
    return CommuneSearch(load_gazetteer(resources() / "communes" / "communes.tsv.gz"))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Guémené-Penfao", "44067"),
        ("guemene penfao", "44067"),
        ("44067", "44067"),
        ("44290 guemene penfao", "44067"),
        ("langon 35", "35145"),
        ("La Roche-sur-Yon", "85191"),
    ],
)
def test_an_exact_and_unique_text_is_one_commune(search: CommuneSearch, typed: str, code: str) -> None:
    chosen = settle_commune(search, typed).chosen
    assert chosen is not None
    assert chosen.commune.code == code


def test_homonyms_are_counted_and_never_chosen(search: CommuneSearch) -> None:
    settled = settle_commune(search, "Langon")
    assert settled.chosen is None
    assert settled.bearing > 1
    assert not settled.by_code


def test_a_postal_code_of_several_communes_is_not_chosen(search: CommuneSearch) -> None:
    settled = settle_commune(search, "35660")
    assert settled.chosen is None
    assert settled.bearing > 1
    assert settled.by_code


def test_a_beginning_resembles_and_nonsense_does_not(search: CommuneSearch) -> None:
    assert settle_commune(search, "guemene").chosen is None
    assert settle_commune(search, "guemene").resembling
    assert not settle_commune(search, "xqzwxqzw").resembling


def test_an_arrondissement_goes_before_its_city(search: CommuneSearch) -> None:
    chosen = settle_commune(search, "75012").chosen
    assert chosen is not None
    assert chosen.commune.code == "75112"


def test_a_code_that_is_a_postal_code_here_and_an_insee_code_there_is_not_chosen(
    search: CommuneSearch,
) -> None:
    assert settle_commune(search, "69003").bearing == 2

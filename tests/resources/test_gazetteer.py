"""The built list of communes: complete, sourced, and refused when damaged."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from osnp_console.app.errors import ResourceUnreadable
from osnp_console.catalogue.gazetteer import load_gazetteer
from osnp_console.domain.commune import Gazetteer

RESOURCE = Path(__file__).parents[2] / "resources" / "communes" / "communes.tsv.gz"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(RESOURCE)


def test_every_commune_and_arrondissement_is_there(gazetteer: Gazetteer) -> None:
    kinds = Counter("commune" if c.parent is None else c.parent for c in gazetteer.communes())
    assert kinds == {"commune": 34_969, "75056": 20, "13055": 16, "69123": 9}
    assert len(gazetteer.departements) == 109


def test_every_alias_leads_to_a_living_commune(gazetteer: Gazetteer) -> None:
    kinds = Counter(alias.genre for alias in gazetteer.aliases())
    assert kinds == {"deleguee": 2105, "associee": 471, "ancienne": 2248}
    for alias in gazetteer.aliases():
        living = gazetteer.living(alias.code)
        assert living is not None
        assert living.code == alias.vers
        assert living.parent is None


def test_every_code_is_found_and_only_once(gazetteer: Gazetteer) -> None:
    communes = list(gazetteer.communes())
    assert len({commune.code for commune in communes}) == len(communes)
    for commune in communes:
        assert gazetteer.living(commune.code) == commune
        assert commune.departement in gazetteer.departements


def test_only_uninhabited_lands_have_no_postal_code(gazetteer: Gazetteer) -> None:
    bare = {commune.code for commune in gazetteer.communes() if not commune.codes_postaux}
    assert bare == {"98411", "98412", "98413", "98414", "98415"}


def test_the_resource_says_where_it_comes_from(gazetteer: Gazetteer) -> None:
    origin = gazetteer.provenance
    assert origin is not None
    assert (origin.source, origin.version) == ("@etalab/decoupage-administratif", "6.0.0")
    assert origin.licence == "Licence Ouverte 2.0"
    assert (origin.millesime, origin.date) == ("2026", "2026-03-09")


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("56061", "La Gacilly"),
        ("56064", "La Gacilly"),
        ("85146", "Montaigu-Vendée"),
        ("85224", "Montaigu-Vendée"),
        ("35158", "La Chapelle du Lou du Lac"),
        ("55273", "Nonsard-Lamarche"),  # also listed among another commune's former codes
        ("2A004", "Ajaccio"),
        ("75112", "Paris 12e Arrondissement"),
    ],
)
def test_a_code_leads_to_the_commune_of_today(gazetteer: Gazetteer, old: str, today: str) -> None:
    living = gazetteer.living(old)
    assert living is not None
    assert living.nom == today


@pytest.mark.parametrize("code", ["", "00000", "99999", "9999", "560610", "\udcff0000", "ÿÿÿ", "\n0100"])
def test_an_unknown_code_leads_nowhere(gazetteer: Gazetteer, code: str) -> None:
    assert gazetteer.living(code) is None


def test_a_former_name_is_found_in_its_departement(gazetteer: Gazetteer) -> None:
    assert [c.code for c in gazetteer.by_name("saint hilaire de loulay", "85")] == ["85146"]
    assert [c.code for c in gazetteer.by_name("Langon", "35")] == ["35145"]
    assert gazetteer.by_name("Langon", "41") == ()


def test_the_resource_holds_no_date_of_its_building() -> None:
    assert RESOURCE.read_bytes()[4:8] == bytes(4)


def _without(content: bytes, lost: bytes) -> bytes:
    return gzip.compress(gzip.decompress(content).replace(lost, b"", 1))


def test_a_damaged_resource_is_refused_in_french(tmp_path: Path) -> None:
    whole = RESOURCE.read_bytes()
    redon = next(line for line in gzip.decompress(whole).splitlines(True) if line.startswith(b"35236\t"))
    damaged = (
        b"",
        b"not gzip",
        whole[:-1000],
        gzip.compress(b"# other\n"),
        gzip.compress(b"\xff"),
        _without(whole, redon),
        _without(whole, b"[alias]\n"),
        _without(whole, b"# licence=Licence Ouverte 2.0\n"),
    )
    path = tmp_path / "communes.tsv.gz"
    for content in damaged:
        path.write_bytes(content)
        with pytest.raises(ResourceUnreadable, match=r"communes \(communes.tsv.gz\) ne peut pas être lue"):
            load_gazetteer(path)


def test_a_missing_resource_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceUnreadable, match="ne peut pas être lue"):
        load_gazetteer(tmp_path / "absent.tsv.gz")

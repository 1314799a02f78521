"""The compiled catalogue: the same as the one read from the files, and never a reason to fail."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import msgspec
import pytest

from osnp_console.catalogue.compiled import read_compiled, write_compiled
from osnp_console.catalogue.files import fingerprint
from osnp_console.catalogue.loading import load
from osnp_console.catalogue.opening import open_catalogue
from osnp_console.domain.catalogue import Catalogue
from osnp_console.domain.commune import Gazetteer
from osnp_console.resources import resources

TODAY = date(2026, 11, 23)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache folder that does not exist yet."""
    return tmp_path / "cache"


def opened(cache: Path, gazetteer: Gazetteer, folder: Path | None = None) -> Catalogue:
    """The catalogue, with that cache and no layer of a site."""
    return open_catalogue(folder or resources(), cache / "no-such-site", cache, gazetteer.living, TODAY)


def compiled_file(cache: Path) -> Path:
    """The one compiled file."""
    (file,) = cache.glob("*.msgpack")
    return file


def test_what_is_compiled_is_what_was_read(cache: Path, gazetteer: Gazetteer, catalogue: Catalogue) -> None:
    first = opened(cache, gazetteer)
    assert compiled_file(cache).stat().st_size > 0
    second = opened(cache, gazetteer)
    assert first == catalogue
    assert second == catalogue


def test_the_forms_come_back_unchanged(cache: Path) -> None:
    form, print_of_files = load(resources()).form(), fingerprint(resources())
    write_compiled(cache, print_of_files, form)
    assert read_compiled(cache, print_of_files) == form


def test_the_compiled_file_is_used_when_there_is_one(
    cache: Path, gazetteer: Gazetteer, catalogue: Catalogue
) -> None:
    form = load(resources()).form()
    write_compiled(cache, fingerprint(resources()), msgspec.structs.replace(form, version="2099.01"))
    assert opened(cache, gazetteer).version == "2099.01" != catalogue.version


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\x00" * 1000,
        b"{}",
        msgspec.msgpack.encode({}),
        msgspec.msgpack.encode(["another", "program"]),
        msgspec.msgpack.encode({"dispositifs": [], "territoires": 3}),
        b"\x91" * 100_000,
    ],
    ids=lambda damage: repr(damage[:10]),
)
def test_a_damaged_or_foreign_file_is_read_over_and_replaced(
    cache: Path, gazetteer: Gazetteer, catalogue: Catalogue, damage: bytes
) -> None:
    opened(cache, gazetteer)
    file = compiled_file(cache)
    sound = file.read_bytes()
    file.write_bytes(damage)
    assert opened(cache, gazetteer) == catalogue
    assert compiled_file(cache).read_bytes() == sound


def test_a_file_cut_short_is_read_over(cache: Path, gazetteer: Gazetteer, catalogue: Catalogue) -> None:
    opened(cache, gazetteer)
    file = compiled_file(cache)
    file.write_bytes(file.read_bytes()[:-1])
    assert opened(cache, gazetteer) == catalogue


def test_a_compiled_file_that_refers_to_what_it_does_not_hold_is_read_over(
    cache: Path, gazetteer: Gazetteer, catalogue: Catalogue
) -> None:
    form = load(resources()).form()
    write_compiled(cache, fingerprint(resources()), msgspec.structs.replace(form, territoires=[], faits=[]))
    assert opened(cache, gazetteer) == catalogue


def test_a_folder_in_the_place_of_the_file_is_no_failure(
    cache: Path, gazetteer: Gazetteer, catalogue: Catalogue
) -> None:
    opened(cache, gazetteer)
    file = compiled_file(cache)
    file.unlink()
    file.mkdir()
    assert opened(cache, gazetteer) == catalogue


def test_a_folder_among_the_old_files_is_no_failure(
    cache: Path, gazetteer: Gazetteer, catalogue: Catalogue
) -> None:
    (cache / "catalogue-0.0-autre.msgpack").mkdir(parents=True)
    assert opened(cache, gazetteer) == catalogue


def test_a_file_in_the_place_of_the_cache_is_no_failure(
    cache: Path, gazetteer: Gazetteer, catalogue: Catalogue
) -> None:
    cache.write_text("", encoding="utf-8")
    assert opened(cache, gazetteer) == catalogue
    assert opened(cache / "inside", gazetteer) == catalogue


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="rights on folders bind neither Windows nor the superuser"
)
def test_a_cache_that_cannot_be_written_is_no_failure(
    cache: Path, gazetteer: Gazetteer, catalogue: Catalogue
) -> None:
    cache.mkdir(mode=0o500)
    assert opened(cache, gazetteer) == catalogue
    assert list(cache.iterdir()) == []


def test_nothing_half_written_is_left_behind(cache: Path, gazetteer: Gazetteer) -> None:
    opened(cache, gazetteer)
    assert list(cache.iterdir()) == [compiled_file(cache)]


def test_an_edited_catalogue_is_compiled_anew_and_the_old_one_goes(
    cache: Path, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(resources(), tmp_path / "catalogue"))
    before = opened(cache, gazetteer, folder)
    first = compiled_file(cache)
    sources = folder / "sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("2026.11", "2026.12"), encoding="utf-8")
    after = opened(cache, gazetteer, folder)
    assert (before.version, after.version) == ("2026.11", "2026.12")
    assert before.fingerprint != after.fingerprint
    assert compiled_file(cache) != first


def test_a_broken_catalogue_is_never_compiled(cache: Path, gazetteer: Gazetteer, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(resources(), tmp_path / "catalogue"))
    (folder / "sources.yaml").unlink()
    with pytest.raises(Exception, match="erreurs dans le catalogue"):
        opened(cache, gazetteer, folder)
    assert not cache.exists() or not list(cache.iterdir())


def test_the_fingerprint_is_that_of_names_and_contents(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(resources(), tmp_path / "catalogue"))
    assert fingerprint(folder) == fingerprint(resources())
    file = folder / "faits" / "base.yaml"
    file.rename(file.with_name("socle.yaml"))
    assert fingerprint(folder) != fingerprint(resources())

"""Settings come back as they were; what cannot be read never stops the desk."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnp_console.app.ports import StoreFailure
from osnp_console.app.preferences import Preferences
from osnp_console.app.prescription.signing_place import SigningPlace, SigningWay
from osnp_console.app.telephony.settings import Telephony, Way
from osnp_console.desk.settings import (
    DAMAGED,
    KeptPreferences,
    Settings,
    load_settings,
    named_base,
    save_settings,
)
from osnp_console.domain.desk import Desk
from osnp_console.domain.regulator import Regulator
from osnp_console.domain.slots.ruling import USUAL_RIGHTS, Rights

FULL = Settings(
    Preferences(
        desk=Desk("arm", "35", ("CPTS inventée",), 7, None),
        theme="sombre",
        text_scale=150,
        person="É. Inventé",
        emergency_name="Médecin régulateur",
        emergency_phone="15",
        layouts={"1920x1080": {"colonnes": [300, 900]}},
        regulator=Regulator("INVENTÉ", "Élise", "e.invente@exemple.fr", "810002909371"),
        rights=Rights(frozenset({"SNP", "PDM"}), territory=False),
        distances=True,
        lock_minutes=20,
        telephony=Telephony(
            way=Way.CLICK,
            outside_prefix="0",
            sip_domain="sip.exemple.fr",
            address="https://pabx.exemple.fr/",
            method="POST",
            body="a={numero}",
            header="X-Cle",
            authority="/a.pem",
        ),
        arrival_sound=True,
        signing=SigningPlace(SigningWay.TOKEN, "/cle.p12", "/usr/lib/carte.so", "CPS", "signature"),
    ),
    base="sqlite:////srv/console.base",
    next_base="postgresql://poste3@base.sas.example/appels",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings go; the folder does not exist yet."""
    return tmp_path / "configuration" / "reglages.json"


def test_settings_come_back_as_they_were_saved(file: Path) -> None:
    save_settings(file, FULL)
    loaded = load_settings(file)
    assert loaded.settings == FULL
    assert not loaded.first
    assert loaded.message is None
    assert file.stat().st_mode & 0o077 == 0


def test_a_first_start_has_the_usual_settings_and_says_that_it_is_the_first(file: Path) -> None:
    loaded = load_settings(file)
    assert loaded.first
    assert loaded.settings == Settings()


def test_what_a_newer_console_wrote_is_kept(file: Path) -> None:
    save_settings(file, FULL)
    document = json.loads(file.read_text())
    file.write_text(json.dumps({**document, "avenir": {"a": 1}}))
    save_settings(file, load_settings(file).settings)
    assert json.loads(file.read_text())["avenir"] == {"a": 1}


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xff", b"[" * 100_000])
def test_a_damaged_file_is_set_aside_with_a_sentence_and_the_desk_starts(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    loaded = load_settings(file)
    assert loaded.settings == Settings()
    assert loaded.message == DAMAGED
    assert file.with_name("reglages.json.illisible").read_bytes() == content
    assert not file.exists()


def test_one_field_of_another_kind_does_not_lose_the_others(file: Path) -> None:
    save_settings(file, FULL)
    document = json.loads(file.read_text())
    document["apparence"] = {"theme": "rose", "texte": 155}
    document["poste"]["role"] = "roi"
    document["signature"] |= {"par": "tampon", "module": 3}
    document["telephonie"] |= {"par": "pigeon", "demande": 3, "en_tete": None}
    file.write_text(json.dumps(document))
    kept = load_settings(file).settings.preferences
    assert (kept.theme, kept.text_scale) == ("heure", 160)
    assert kept.desk == Desk("osnp", "35", ("CPTS inventée",), 7, None)
    assert kept.person == "É. Inventé"
    assert kept.telephony.way is Way.TEL
    assert (kept.telephony.method, kept.telephony.header) == ("GET", "Authorization")
    assert kept.telephony.outside_prefix == "0"
    assert kept.signing == SigningPlace(SigningWay.BY_HAND, "/cle.p12", "", "CPS", "signature")


def test_settings_from_before_slots_were_looked_for_name_nobody_and_have_the_usual_rights(file: Path) -> None:
    save_settings(file, FULL)
    document = json.loads(file.read_text())
    del document["regulateur"], document["creneaux"]
    file.write_text(json.dumps(document))
    kept = load_settings(file).settings.preferences
    assert kept.regulator == Regulator()
    assert not kept.regulator.is_complete
    assert kept.rights == USUAL_RIGHTS
    assert kept.person == "É. Inventé"


def test_a_desk_that_may_use_no_type_at_all_stays_so(file: Path) -> None:
    save_settings(file, Settings(Preferences(rights=Rights(frozenset(), territory=False))))
    assert load_settings(file).settings.preferences.rights == Rights(frozenset(), territory=False)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(
    [
        "poste",
        "apparence",
        "personne",
        "urgence",
        "base",
        "base_suivante",
        "fenetres",
        "role",
        "sas",
        "cpts",
        "numero",
        "offre",
        "regulateur",
        "nom",
        "courriel",
        "creneaux",
        "types",
        "cpts_du_territoire",
    ]
)


@given(
    document=st.dictionaries(names, json_values | st.dictionaries(names, json_values, max_size=6), max_size=8)
)
def test_whatever_the_file_holds_the_desk_starts(
    tmp_path_factory: pytest.TempPathFactory, document: dict[str, object]
) -> None:
    file = tmp_path_factory.mktemp("reglages") / "reglages.json"
    file.write_text(json.dumps(document))
    settings = load_settings(file).settings
    save_settings(file, settings)
    assert load_settings(file).settings == settings


def test_preferences_are_kept_beside_the_other_settings(file: Path) -> None:
    save_settings(file, FULL)
    keeper = KeptPreferences(file)
    assert keeper.load() == FULL.preferences
    keeper.save(Preferences(person="Autre"))
    settings = load_settings(file).settings
    assert settings.preferences.person == "Autre"
    assert settings.base == FULL.base


def test_a_change_of_base_is_noted_across_starts_and_forgotten_once_made(file: Path) -> None:
    save_settings(file, replace(FULL, next_base=None))
    KeptPreferences(file).note_next_base("sqlite:////srv/autre.base")
    later = KeptPreferences(file)
    later.load()
    assert later.next_base == "sqlite:////srv/autre.base"
    assert named_base(file, file) == Path("/srv/console.base")
    later.change_base(later.next_base)
    assert [later.next_base or "", load_settings(file).settings.next_base or ""] == ["", ""]
    assert named_base(file, file) == Path("/srv/autre.base")
    later.change_base(None)
    assert named_base(file, file) == file


def test_preferences_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    (tmp_path / "configuration").write_bytes(b"un fichier, pas un dossier")
    with pytest.raises(StoreFailure) as refused:
        KeptPreferences(tmp_path / "configuration" / "reglages.json").save(Preferences())
    assert refused.value.code == "disque"


def test_a_save_that_fails_leaves_the_settings_as_they_were(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_settings(file, FULL)

    def refuse(_: int) -> None:
        raise OSError(28, "plein")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="plein"):
        save_settings(file, Settings())
    assert load_settings(file).settings == FULL
    assert [one.name for one in file.parent.iterdir()] == ["reglages.json"]


@pytest.mark.parametrize("minutes", [0, -5, 61, True, "15", None, 1.5])
def test_a_lock_that_cannot_be_takes_its_usual_length(file: Path, minutes: object) -> None:
    save_settings(file, FULL)
    document = json.loads(file.read_text())
    document["verrouillage"] = {"minutes": minutes}
    file.write_text(json.dumps(document))
    assert load_settings(file).settings.preferences.lock_minutes == 15

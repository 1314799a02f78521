"""`creneaux`: what an answer holds, what a call leaves of it, what is refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.console import NOW, Console, call_with
from tests.cli.saved_searchset import RPPS, slot, write_searchset

SOURCE_KEYS = ["id", "etat", "a", "duree_ms", "creneaux", "rejets", "message"]
SLOT_KEYS = [
    "id", "debut", "fin", "praticien", "lieu", "telephone", "types", "modalites", "dispositifs", "motifs",
    "reservation", "sans_rendez_vous", "ferme_a", "reprise_a", "sources",
]  # fmt: skip
SOON, LATER = NOW + timedelta(hours=4), NOW + timedelta(hours=60)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Four slots: usable, for a CPTS, of the day before, in sixty hours."""
    return write_searchset(
        tmp_path / "sas-essai.json",
        slot("snp", SOON, "SNP", "PUBLIC", comment="https://rdv.example/agenda"),
        slot("cpts", SOON + timedelta(hours=1), "CPTS"),
        slot("hier", NOW - timedelta(days=1), "SNP"),
        slot("tard", LATER, "SNP"),
    )


def read(console: Console, *arguments: str, call: str | None = None) -> dict[str, object]:
    said = console.run("creneaux", *arguments, "--json", stdin=call or "")
    assert said.status == 0, said.out + said.err
    return said.answer()


def slots(answer: dict[str, object]) -> list[dict[str, object]]:
    found = answer["creneaux"]
    assert isinstance(found, list)
    return found


def sources(answer: dict[str, object]) -> list[dict[str, object]]:
    found = answer["sources"]
    assert isinstance(found, list)
    return found


def test_a_saved_searchset_is_told_as_the_contract_writes_it(console: Console, bundle: Path) -> None:
    answer = read(console, "--tout", "--bundle", str(bundle))
    assert list(answer) == ["sources", "creneaux"]
    (source,) = sources(answer)
    assert list(source) == SOURCE_KEYS
    assert (source["id"], source["etat"], source["creneaux"], source["rejets"], source["message"]) == (
        "sas-essai", "repondu", 4, 0, None,
    )  # fmt: skip
    assert str(source["a"]).startswith("2026-11-24T10:00:0")
    assert str(source["a"]).endswith("+01:00")
    one = next(one for one in slots(answer) if one["debut"] == "2026-11-24T14:00:00+01:00")
    assert list(one) == SLOT_KEYS
    assert one == {
        **one,
        "fin": "2026-11-24T14:20:00+01:00",
        "praticien": {"nom": "Camille Essai", "rpps": RPPS},
        "lieu": {
            "nom": "Cabinet des Essais",
            "adresse": "1 rue des Essais",
            "commune": "Redon",
            "code_postal": "35600",
        },
        "telephone": "+33299000000",
        "types": ["SNP", "PUBLIC"],
        "modalites": ["AMB"],
        "dispositifs": [],
        "motifs": ["Consultation"],
        "reservation": {"mode": "portail", "url": "https://rdv.example/agenda"},
        "sans_rendez_vous": False,
        "ferme_a": None,
        "reprise_a": None,
        "sources": ["sas-essai"],
    }


def test_with_tout_nothing_is_left_out_by_call_rights_or_hour(console: Console, bundle: Path) -> None:
    assert len(slots(read(console, "--tout", "--bundle", str(bundle)))) == 4


def test_for_a_call_what_has_started_and_what_lies_beyond_the_hours_is_left_out(
    console: Console, bundle: Path
) -> None:
    shown = [
        one["debut"]
        for one in slots(read(console, "--appel", "-", "--bundle", str(bundle), call=call_with()))
    ]
    assert shown == ["2026-11-24T14:00:00+01:00", "2026-11-24T15:00:00+01:00"]
    answer = read(console, "--appel", "-", "--heures", "72", "--bundle", str(bundle), call=call_with())
    assert [one["debut"] for one in slots(answer)][-1] == "2026-11-26T22:00:00+01:00"
    assert sources(answer)[0]["creneaux"] == 4, "counted before any filter"


def test_a_vital_emergency_is_proposed_no_slot(console: Console, bundle: Path) -> None:
    call = call_with(besoin__urgence_vitale=True)
    answer = read(console, "--appel", "-", "--bundle", str(bundle), call=call)
    assert slots(answer) == []
    assert sources(answer)[0]["etat"] == "repondu"


def test_the_same_slot_in_two_searchsets_is_one_slot_with_two_sources(
    console: Console, bundle: Path, tmp_path: Path
) -> None:
    other = write_searchset(tmp_path / "autre.json", slot("autre", SOON, "PRO"))
    answer = read(console, "--tout", "--bundle", str(bundle), "--bundle", str(other))
    (one,) = [one for one in slots(answer) if one["debut"] == "2026-11-24T14:00:00+01:00"]
    assert (one["sources"], one["types"]) == (["autre", "sas-essai"], ["SNP", "PRO", "PUBLIC"])


def test_an_entry_that_cannot_be_read_loses_itself_alone(console: Console, tmp_path: Path) -> None:
    broken = {"resource": {"resourceType": "Slot", "id": "x", "status": "free", "start": "jamais"}}
    file = write_searchset(tmp_path / "abime.json", slot("bon", SOON, "SNP"), extra=(broken,))
    (source,) = sources(read(console, "--tout", "--bundle", str(file)))
    assert (source["etat"], source["creneaux"], source["rejets"]) == ("repondu", 1, 1)


@pytest.mark.parametrize(
    ("content", "state"),
    [
        ('{"resourceType": "Bundle", "type": "searchset", "total": 0}', "vide"),
        ("<html>panne</html>", "erreur"),
        ('{"resourceType": "OperationOutcome", "issue": []}', "erreur"),
    ],
)
def test_nothing_free_and_nothing_readable_are_two_things(
    console: Console, tmp_path: Path, content: str, state: str
) -> None:
    file = tmp_path / "reponse.json"
    file.write_text(content, encoding="utf-8")
    (source,) = sources(read(console, "--tout", "--bundle", str(file)))
    assert source["etat"] == state


def test_the_base_stays_closed_for_a_bundle(console: Console, bundle: Path, tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path / 'absente.base'}"
    assert read(console, "--tout", "--bundle", str(bundle), "--base", nowhere)["creneaux"]


def test_what_cannot_be_asked_is_refused_where_it_can_be_mended(console: Console, bundle: Path) -> None:
    for arguments, status, code, field in (
        (("--bundle", str(bundle)), 2, "usage", "appel"),
        (("--tout", "--bundle", str(bundle), "--heures", "0"), 1, "valeur_invalide", "heures"),
        (("--tout", "--bundle", str(bundle), "--heures", "trop"), 1, "valeur_invalide", "heures"),
        (("--tout", "--bundle", "absent.json"), 1, "introuvable", "bundle"),
        (("--tout", "--bundle", str(bundle), "--bundle", str(bundle)), 1, "valeur_invalide", "bundle"),
    ):
        said = console.run("creneaux", *arguments, "--json")
        assert (said.status, said.refusal()["code"], said.refusal().get("champ")) == (status, code, field)


def test_for_people_states_and_groups_are_told(console: Console, bundle: Path) -> None:
    said = console.run("creneaux", "--appel", "-", "--bundle", str(bundle), stdin=call_with())
    assert said.status == 0
    assert "sas-essai\u202f: répondu · 4 créneaux" in said.out
    assert "Sous réserve" in said.out
    assert "mardi 24/11 14:00 · Camille Essai · Redon · SNP, PUBLIC" in said.out

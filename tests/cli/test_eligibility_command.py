"""`eligibilite`: one call in, one JSON document out."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from osnp_console.domain.clock import PARIS
from tests.cli.console import REDON, Console, call_with, criterion

MAUGES = "49-mauges"  # nothing is known there: out of service
SARTHE_NURSES = "72-sarthe-ide"


def test_the_answer_holds_what_the_contract_names_and_nothing_else(console: Console) -> None:
    answer = console.judge(call_with()).answer()
    assert list(answer) == ["instant", "catalogue", "alerte", "dispositifs", "question_suivante"]
    catalogue = answer["catalogue"]
    assert isinstance(catalogue, dict)
    assert set(catalogue) == {"version", "empreinte"}
    assert catalogue["empreinte"].startswith("sha256:")


def test_a_dispositif_holds_what_the_contract_names_and_nothing_else(console: Console) -> None:
    redon = console.judge(call_with()).dispositifs()[REDON]
    assert list(redon) == ["id", "verdict", "criteres", "acces", "autres_acces", "accueil", "doutes"]
    assert redon["verdict"] == "eligible"
    assert redon["acces"] == {
        "mode": "transfert",
        "ouvert": True,
        "ferme_a": "2026-11-24T19:00:00+01:00",
        "ouvre_a": None,
        "telephone": "+33230303434",
        "outil": "citana",
    }
    others = redon["autres_acces"]
    assert isinstance(others, list)
    assert all(set(way) == set(redon["acces"]) for way in others)
    assert redon["accueil"] == {"ouvert": None, "ferme_a": None, "ouvre_a": None}


def test_a_criterion_says_what_was_found_on_which_fact_and_from_which_page(console: Console) -> None:
    territory = criterion(console.judge(call_with()).dispositifs()[REDON], "territoire")
    assert territory == {
        "id": "territoire",
        "libelle": "Réside sur le territoire",
        "etat": "oui",
        "constat": "Pipriac (35219) est dans la liste",
        "fait": "patient.commune",
        "source": {"document": "S5", "page": 14},
    }


def test_the_call_can_be_read_from_a_file(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "appel.json"
    file.write_text(call_with(), encoding="utf-8")
    from_file = console.run("eligibilite", "--appel", str(file), "--json")
    assert from_file == console.judge(call_with())
    assert from_file.status == 0


def test_the_same_call_at_the_same_instant_gives_the_same_bytes(console: Console) -> None:
    assert console.judge(call_with()).out == console.judge(call_with()).out


def test_an_empty_call_refuses_nobody_by_what_is_not_known(console: Console) -> None:
    said = console.judge("{}")
    assert said.status == 0
    assert said.err == ""
    verdicts = {row["verdict"] for row in said.dispositifs().values()}
    assert verdicts == {"a_verifier", "hors_service"}


def test_null_is_not_known_yet_and_never_no(console: Console) -> None:
    nothing = console.judge("{}").answer()
    nulls = json.dumps({"patient": None, "besoin": {"motif": None}, "reponses": None, "demandes": None})
    assert console.judge(nulls).answer() == nothing


def test_every_dispositif_is_listed_in_the_catalogues_order(console: Console) -> None:
    listed = [row["id"] for row in console.run("catalogue", "lister", "--json").rows()]
    assert list(console.judge(call_with()).dispositifs()) == listed
    assert list(console.judge("{}").dispositifs()) == listed
    departements = [str(row).split("-", 1)[0] for row in listed]
    assert all(before <= after for before, after in pairwise(departements))


def test_another_offer_is_listed_with_its_criterion_at_no(console: Console) -> None:
    nurses = console.judge(call_with()).dispositifs()[SARTHE_NURSES]
    assert nurses["verdict"] == "non_eligible"
    assert criterion(nurses, "offre")["etat"] == "non"


def test_out_of_service_has_neither_way_in_nor_reception(console: Console) -> None:
    mauges = console.judge(call_with()).dispositifs()[MAUGES]
    assert (mauges["verdict"], mauges["acces"], mauges["accueil"]) == ("hors_service", None, None)
    assert mauges["autres_acces"] == []


def test_a_no_wins_over_what_is_not_known(console: Console) -> None:
    call = call_with(deplacement_possible=False, medecin_traitant__statut=None)
    redon = console.judge(call).dispositifs()[REDON]
    assert criterion(redon, "medecin_traitant")["etat"] == "inconnu"
    assert redon["verdict"] == "non_eligible"


# The filter by id


def test_only_the_dispositifs_asked_for_are_judged(console: Console) -> None:
    said = console.judge(call_with(), "--dispositif", SARTHE_NURSES, "--dispositif", REDON)
    assert list(said.dispositifs()) == [REDON, SARTHE_NURSES]


def test_a_dispositif_asked_for_twice_is_listed_once(console: Console) -> None:
    assert list(console.judge(call_with(), "--dispositif", REDON, "--dispositif", REDON).dispositifs()) == [
        REDON
    ]


def test_the_filter_changes_no_verdict(console: Console) -> None:
    whole = console.judge(call_with()).dispositifs()[REDON]
    assert console.judge(call_with(), "--dispositif", REDON).dispositifs()[REDON] == whole


def test_the_next_question_is_about_the_dispositifs_asked_for(console: Console) -> None:
    call = call_with(deplacement_possible=None)
    question = console.judge(call, "--dispositif", REDON).answer()["question_suivante"]
    assert question == {"fait": "deplacement_possible", "libelle": "Peut-il se déplacer jusqu’au cabinet ?"}
    assert console.judge(call_with(), "--dispositif", REDON).answer()["question_suivante"] is None


def test_an_unknown_dispositif_is_refused(console: Console) -> None:
    said = console.judge(call_with(), "--dispositif", "44-nulle-part")
    assert said.status == 1
    assert said.refusal()["code"] == "dispositif_inconnu"
    assert said.refusal()["champ"] == "dispositif"


# The alarm


def test_a_vital_emergency_is_the_alarm_and_closes_all_that_serves(console: Console) -> None:
    said = console.judge(call_with(besoin__urgence_vitale=True))
    answer = said.answer()
    alert = answer["alerte"]
    assert isinstance(alert, dict)
    assert set(alert) == {"code", "message"}
    assert alert["code"] == "urgence_vitale"
    assert answer["question_suivante"] is None
    assert said.status == 0
    before = console.judge(call_with()).dispositifs()
    for name, row in said.dispositifs().items():
        serving = before[name]["verdict"] != "hors_service"
        assert row["verdict"] == ("non_eligible" if serving else "hors_service"), name


@pytest.mark.parametrize("known", [False, None])
def test_without_it_there_is_no_alarm_and_no_verdict_stays_open(console: Console, known: bool | None) -> None:
    said = console.judge(call_with(besoin__urgence_vitale=known))
    assert said.answer()["alerte"] is None
    assert said.dispositifs()[REDON]["verdict"] == "eligible"


def test_the_alarm_is_also_given_when_one_dispositif_is_asked_for(console: Console) -> None:
    said = console.judge(call_with(besoin__urgence_vitale=True), "--dispositif", REDON)
    assert said.answer()["alerte"] is not None
    assert said.dispositifs()[REDON]["verdict"] == "non_eligible"


def test_the_alarm_comes_first_on_a_terminal(console: Console) -> None:
    said = console.run("eligibilite", "--appel", "-", stdin=call_with(besoin__urgence_vitale=True))
    assert said.status == 0
    assert said.out.startswith("!! Urgence vitale")


# Instants


@pytest.mark.parametrize(
    ("given", "judged"),
    [
        ("2026-11-24T10:00:00+01:00", "2026-11-24T10:00:00+01:00"),
        ("2026-11-24T09:00:00Z", "2026-11-24T10:00:00+01:00"),
        ("2026-11-24T10:00", "2026-11-24T10:00:00+01:00"),
        ("2026-07-14T10:00:00", "2026-07-14T10:00:00+02:00"),
        ("2026-11-24T04:00:00-05:00", "2026-11-24T10:00:00+01:00"),
        ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),  # the hour that spring skips
        ("2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+01:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+02:00"),
    ],
)
def test_an_instant_is_told_on_the_clock_of_paris_with_its_offset(
    console: Console, given: str, judged: str
) -> None:
    said = console.judge(call_with(), "--instant", given)
    assert said.status == 0
    assert said.answer()["instant"] == judged


def test_the_hour_that_autumn_repeats_is_one_of_the_two(console: Console) -> None:
    answer = console.judge(call_with(), "--instant", "2026-10-25T02:30").answer()
    assert answer["instant"] in ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")


def test_without_an_instant_it_is_now(tmp_path: Path, console: Console) -> None:
    at_night = Console(tmp_path / "site", datetime(2026, 11, 24, 22, 30, tzinfo=PARIS))
    answer = at_night.judge(call_with())
    assert answer.answer()["instant"] == "2026-11-24T22:30:00+01:00"
    ways = answer.dispositifs()[REDON]["acces"]
    assert isinstance(ways, dict)
    assert (ways["ouvert"], ways["ouvre_a"]) == (False, "2026-11-25T08:00:00+01:00")


@pytest.mark.parametrize(
    "given",
    [
        "",
        "hier",
        "0001-01-01",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59",
        "9999-12-31T23:59:59-12:00",
        "2026-02-30T10:00",
        "2026-11-24T25:00",
        "1764000000",
        "24/11/2026 10:00",
        "٢٠٢٦-١١-٢٤T١٠:٠٠",
    ],
)
def test_an_instant_that_cannot_be_meant_is_refused(console: Console, given: str) -> None:
    said = console.judge(call_with(), "--instant", given)
    assert said.status == 1
    assert (said.refusal()["code"], said.refusal()["champ"]) == ("valeur_invalide", "instant")


@pytest.mark.parametrize("given", ["2099-12-31T23:59:59", "2099-12-31T23:59:59-12:00", "2000-01-01T00:00"])
def test_the_first_and_the_last_instant_are_judged(console: Console, given: str) -> None:
    assert console.judge(call_with(), "--instant", given).status == 0


# Phones


@pytest.mark.parametrize("number", ["12", "pas de numéro", "06 12 34", "", "+999999999999999999", "١٢٣"])
def test_a_phone_that_is_not_valid_is_a_warning_that_does_not_repeat_it(
    console: Console, number: str
) -> None:
    said = console.judge(call_with(patient__telephone=number))
    assert said.status == 0
    assert said.dispositifs()[REDON]["verdict"] == "eligible"
    assert "patient.telephone" in said.err
    assert not number or number not in said.err


def test_each_phone_has_its_own_warning(console: Console) -> None:
    said = console.judge(call_with(patient__telephone="1", appelant__telephone="2"))
    assert len(said.err.splitlines()) == 2
    assert "appelant.telephone" in said.err


def test_a_valid_phone_warns_of_nothing(console: Console) -> None:
    assert console.judge(call_with()).err == ""


# What the caller cannot answer


def test_a_fact_that_was_asked_in_vain_is_not_known_and_asked_last(console: Console) -> None:
    call = call_with(deplacement_possible=None, besoin__delai_heures=None, demandes=["deplacement_possible"])
    answer = console.judge(call, "--dispositif", REDON).answer()
    question = answer["question_suivante"]
    assert isinstance(question, dict)
    assert question["fait"] == "besoin.delai_heures"
    call = call_with(deplacement_possible=None, demandes=["deplacement_possible"])
    last = console.judge(call, "--dispositif", REDON)
    assert last.dispositifs()[REDON]["verdict"] == "a_verifier"
    question = last.answer()["question_suivante"]
    assert isinstance(question, dict)
    assert question["fait"] == "deplacement_possible"


# On a terminal


def test_without_json_people_read_french(console: Console) -> None:
    said = console.run("eligibilite", "--appel", "-", stdin=call_with())
    assert said.status == 0
    assert said.err == ""
    assert said.out.startswith("24/11/2026 10:00")
    assert "Éligible : 1 · " in said.out
    assert "CPTS Pays de Redon" in said.out
    assert "[S5 p. 14]" in said.out


def test_no_answer_repeats_who_calls(console: Console) -> None:
    for arguments in (("--json",), ()):
        said = console.run("eligibilite", "--appel", "-", *arguments, stdin=call_with())
        for personal in ("MARTIN", "LEA", "1994", "261911234", "61 91 12 34"):
            assert personal not in said.out + said.err

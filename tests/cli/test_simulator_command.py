from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.cli.console import ROOT, Console

AT = "2026-11-24T10:00:00+01:00"
SECONDS = 20.0
by_interrupt = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is sent to a process on POSIX only")


@contextmanager
def serving(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own, ended where the test has not done so."""
    # Ignored in what a shell runs in the background, and inherited from there.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "osnp_console", "simulateur", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
    finally:
        signal.signal(signal.SIGINT, before)
    with process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> dict[str, object]:
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    assert isinstance(told, dict)
    return told


def rows(told: dict[str, object], name: str) -> Sequence[dict[str, object]]:
    found = told[name]
    assert isinstance(found, list)
    return found


@by_interrupt
def test_it_says_where_it_answers_and_what_it_holds_then_serves_until_interrupted() -> None:
    with serving("--json", "--instant", AT, "--territoire", "redon") as process:
        told = first_line(process)
        (source,) = (one for one in rows(told, "sources") if one["type"] == "sas_fhir")
        statement = requests.get(f"{source['url']}/metadata", timeout=SECONDS).json()
        assert statement["resourceType"] == "CapabilityStatement"
        assert told["instant"] == "2026-11-24T10:00:00.000+01:00"
        assert source["effecteurs"] == [one["rpps"] for one in rows(told, "praticiens")]
        assert source["dispositifs"] == ["44-pays-de-redon-mg"]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=SECONDS)
        assert (process.returncode, out, err) == (0, "", "")


@by_interrupt
def test_its_clock_starts_where_it_is_told() -> None:
    with serving("--json", "--instant", AT, "--territoire", "demonstration") as process:
        told = first_line(process)
        query = (
            "start=ge2026-11-24T10:00:00%2B01:00&start=le2026-11-24T12:00:00%2B01:00&status=free"
            "&schedule.actor:Practitioner.identifier=urn:oid:1.2.250.1.71.4.2.1%7C819900000019"
        )
        answer = requests.get(f"{told['adresse']}/sas44/fhir/Slot?{query}", timeout=SECONDS).json()
        assert [entry["resource"]["start"][11:16] for entry in answer["entry"]] == ["10:40"]


@by_interrupt
def test_a_fault_is_set_from_the_start() -> None:
    with serving(
        "--json", "--territoire", "redon", "--defaut", "503@/lent", "--defaut", "401@/ferme"
    ) as process:
        address = first_line(process)["adresse"]
        asked = [
            requests.get(f"{address}/{name}/metadata", timeout=SECONDS) for name in ("lent", "ferme", "bon")
        ]
        assert [answer.status_code for answer in asked] == [503, 401, 200]


@by_interrupt
def test_over_tls_its_declarations_carry_the_files_to_use(tmp_path: Path) -> None:
    folder = tmp_path / "tls"
    with serving("--json", "--tls", str(folder), "--territoire", "redon") as process:
        source = rows(first_line(process), "sources")[0]
        tls = source["tls"]
        assert isinstance(tls, dict)
        url = f"{source['url']}/metadata"
        client = (tls["certificat"], tls["cle"])
        assert requests.get(url, cert=client, verify=tls["autorite"], timeout=SECONDS).status_code == 200
        with pytest.raises(requests.ConnectionError):
            requests.get(url, verify=tls["autorite"], timeout=SECONDS)
    assert folder.is_dir()


@by_interrupt
def test_for_people_it_writes_declarations_that_can_be_pasted() -> None:
    with serving("--territoire", "nord-estuaire") as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if line.startswith("Ctrl+C"):
                break
        documents = [json.loads(line) for line in lines if line.startswith("{")]
        assert {one["type"] for one in documents} == {"sas_fhir", "sas_sos", "fhir_agenda"}
        fields = {"id", "type", "nom", "url", "effecteurs", "structures", "dispositifs", "options"}
        assert all(set(one) == fields for one in documents)
        assert any("Savenay" in line and "créneau" in line for line in lines)
        assert any(line.strip().startswith("muet :") for line in lines)


def test_a_port_that_is_taken_is_refused(console: Console) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        said = console.run("simulateur", "--json", "--port", str(port))
    assert said.status == 3
    assert said.refusal()["code"] == "reseau"


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("--defaut", "fantaisie"), "defaut"),
        (("--defaut", "retard=vite"), "defaut"),
        (("--territoire", "ailleurs"), "territoire"),
        (("--territoire", "demonstration", "--territoire", "redon"), "territoire"),
        (("--instant", "demain"), "instant"),
    ],
)
def test_what_it_does_not_know_is_refused_by_name(
    console: Console, arguments: tuple[str, ...], field: str
) -> None:
    said = console.run("simulateur", "--json", *arguments)
    assert said.status == 1
    assert said.refusal()["code"] == "valeur_invalide"
    assert said.refusal()["champ"] == field


@pytest.mark.parametrize("arguments", [("--port", "70000"), ("--port", "-1"), ("--graine", "un"), ("ici",)])
def test_wrong_usage_is_told_apart(console: Console, arguments: tuple[str, ...]) -> None:
    said = console.run("simulateur", "--json", *arguments)
    assert said.status == 2
    assert said.refusal()["code"] == "usage"

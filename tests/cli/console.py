"""The program as a test drives it: own streams, own clock, own folder for the site."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from osnp_console.bootstrap import build
from osnp_console.cli.main import run
from osnp_console.cli.program import Folders
from osnp_console.desk.password_hash import ArgonPasswords
from osnp_console.domain.clock import PARIS
from osnp_console.resources import resources

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)  # a Tuesday

REDON = "44-pays-de-redon-mg"
# An invented caller whom the Pays de Redon takes.
CALL: Mapping[str, object] = {
    "poste": {"role": "osnp", "sas": "44", "cpts": []},
    "appelant": {"lien": "patient", "telephone": "+33261911234"},
    "patient": {
        "nom_naissance": "MARTIN",
        "prenoms": "LEA",
        "sexe": "F",
        "date_naissance": "1994-05-02",
        "age_ans": None,
        "enceinte": None,
        "commune": "35219",
        "commune_actuelle": None,
        "telephone": "02 61 91 12 34",
    },
    "besoin": {
        "offre": "medecine_generale",
        "motif": "cystite",
        "delai_heures": 48,
        "urgence_vitale": False,
        "plateau_technique": False,
        "ordonnance": None,
        "debut": None,
    },
    "medecin_traitant": {"statut": "indisponible", "contacte": True},
    "praticien_habituel": {"statut": None, "contacte": None},
    "deplacement_possible": True,
    "reponses": {},
    "demandes": [],
}


def call_with(**changed: object) -> str:
    """The invented call as JSON; `patient__commune=…` changes one field of a group."""
    call: dict[str, object] = {
        name: dict(part) if isinstance(part, dict) else part for name, part in CALL.items()
    }
    for path, value in changed.items():
        group, _, name = path.partition("__")
        inner = call.get(group)
        if name and isinstance(inner, dict):
            inner[name] = value
        else:
            call[group] = value
    return json.dumps(call)


@dataclass(frozen=True)
class Said:
    """What a command answered: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    def document(self) -> object:
        """The one JSON document of standard output, alone on its line."""
        assert self.out.endswith("\n")
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)

    def answer(self) -> dict[str, object]:
        """The document, where it is an object."""
        document = self.document()
        assert isinstance(document, dict)
        return document

    def rows(self) -> list[dict[str, object]]:
        """The document, where it is an array of objects."""
        document = self.document()
        assert isinstance(document, list)
        return document

    def refusal(self) -> dict[str, object]:
        """The `erreur` of a refusal printed as JSON: code, message and perhaps champ, nothing else."""
        answer = self.answer()
        assert list(answer) == ["erreur"], answer
        error = answer["erreur"]
        assert isinstance(error, dict)
        assert {"code", "message"} <= set(error) <= {"code", "message", "champ"}
        return error

    def dispositifs(self) -> dict[str, dict[str, object]]:
        """The dispositifs of an answer of `eligibilite`, by id, in the order given."""
        return by_id(self.answer())

    def lines(self) -> list[dict[str, object]]:
        """Every line of standard output as a JSON object."""
        documents = [json.loads(line) for line in self.out.splitlines()]
        assert all(isinstance(document, dict) for document in documents)
        return documents


def by_id(answer: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """The dispositifs of one answer, by id."""
    rows = answer["dispositifs"]
    assert isinstance(rows, list)
    return {row["id"]: row for row in rows}


def criterion(dispositif: Mapping[str, object], name: str) -> dict[str, object]:
    """One criterion of a dispositif of an answer."""
    rows = dispositif["criteres"]
    assert isinstance(rows, list)
    found = [row for row in rows if row["id"] == name]
    assert len(found) == 1
    assert isinstance(found[0], dict)
    return found[0]


class Console:
    """Runs commands in this process; each run builds the program anew, as a new process would."""

    def __init__(self, site: Path, now: datetime = NOW) -> None:
        self.site = site
        self.now = now

    def run(self, *arguments: str, stdin: str | bytes = "") -> Said:
        """Run one command; whatever it raises is the test's failure."""
        out, err = io.StringIO(), io.StringIO()
        source = (
            io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
            if isinstance(stdin, bytes)
            else io.StringIO(stdin)
        )
        program = replace(
            build(),
            defaults=Folders(resources(), self.site),
            passwords=lambda: ArgonPasswords(64, 1, 1),  # tests/desk pays the price of a real one
            now=lambda: self.now,
            stdin=source,
            stdout=out,
            stderr=err,
        )
        status = run(program, arguments)
        return Said(status, out.getvalue(), err.getvalue())

    def judge(self, call: str | bytes, *arguments: str) -> Said:
        """`eligibilite --appel - --json` on a call."""
        return self.run("eligibilite", "--appel", "-", "--json", *arguments, stdin=call)

    def batch(self, *lines: str) -> Said:
        """`eligibilite --lot - --json` on lines."""
        return self.run("eligibilite", "--lot", "-", "--json", stdin="\n".join(lines) + "\n")

    def process(self, *arguments: str, stdin: bytes = b"") -> Said:
        """Run one command in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "osnp_console", *arguments],
            input=stdin,
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    def process_into(self, target: Path, *arguments: str) -> tuple[int, str]:
        """Run one command in a process whose standard output is a file; status and standard error."""
        with target.open("wb") as out:
            return _run_into(out.fileno(), arguments)

    def process_closing(self, stream: int, *arguments: str) -> tuple[int, str]:
        """Run one command in a process that starts without one of its streams; status and standard error."""
        closed = f"import os, sys; os.close({stream}); "
        again = "os.execv(sys.executable, [sys.executable, '-m', 'osnp_console', *sys.argv[1:]])"
        done = subprocess.run(
            [sys.executable, "-c", closed + again, *arguments],
            input=b"",
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
        return done.returncode, done.stderr.decode()

    def process_without_reader(self, *arguments: str) -> tuple[int, str]:
        """Run one command in a process whose standard output nobody reads; status and standard error."""
        reader, writer = os.pipe()
        os.close(reader)
        try:
            return _run_into(writer, arguments)
        finally:
            os.close(writer)


def _run_into(out: int, arguments: Sequence[str]) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "osnp_console", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        check=False,
    )
    return done.returncode, done.stderr.decode()

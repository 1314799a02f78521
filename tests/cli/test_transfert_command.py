"""`transfert`: a patient handed over to a line from the command line, as a script does it."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from osnp_console.domain import call_sheet as fields
from osnp_console.domain import facts
from osnp_console.domain.call_record import CallRecord
from osnp_console.domain.call_sheet import Answer
from osnp_console.storage.store import open_store
from tests.cli.agenda_base import KEY, keyed, new_base, refused
from tests.cli.console import NOW, REDON, Console, Said

pytestmark = pytest.mark.usefixtures("keyring_of_the_session")

ANSWERS: tuple[tuple[str, Answer], ...] = (
    (fields.CALLER_LINK, "patient"),
    (fields.CALLER_PHONE, "06 39 98 27 44"),
    (fields.BIRTH_NAME, "MARTIN"),
    (fields.FIRST_NAMES, "Léa"),
    (facts.SEX, "F"),
    (facts.BIRTH, "02/05/1994"),
    (facts.RESIDENCE, "35219"),
    (facts.OFFER, "medecine_generale"),
    (facts.REASON, "cystite"),
    (facts.DELAY, 24),
    (facts.TECHNICAL_PLATFORM, False),
    (facts.REGULAR_DOCTOR, "indisponible"),
    (fields.DOCTOR_CALLED, True),
    (facts.CAN_TRAVEL, True),
)
CALL = "appel-12"
PREPARE = ("preparer", "--appel", CALL, "--dispositif", REDON)


@pytest.fixture
def base(console: Console, tmp_path: Path) -> Path:
    """A base in which the SAS 35's first desk has taken a call that the Pays de Redon takes."""
    file = new_base(console, tmp_path)
    keep_call(file, CALL)
    return file


def keep_call(file: Path, name: str, **changed: Answer) -> None:
    record = CallRecord(name, 12, "35-1", NOW)
    for code, answer in ANSWERS:
        record = record.put(code, answer)
    for constant, answer in changed.items():
        record = record.put(getattr(facts, constant), answer)
    with closing(open_store(file, bytes.fromhex(KEY))) as store, store.unit() as unit:
        unit.calls.save(record)
        unit.commit()


class Script:
    """The commands one after the other, a few seconds apart."""

    def __init__(self, console: Console, base: Path) -> None:
        self.console, self.base = console, base

    def run(self, *arguments: str, as_json: bool = True) -> Said:
        self.console.now += timedelta(seconds=10)
        return keyed(self.console, self.base, "transfert", *arguments, json=as_json)

    def prepare(self, *arguments: str) -> str:
        """The id of a transfer that is prepared."""
        return str(self.run(*(arguments or PREPARE)).answer()["id"])

    def note(self, transfer: str, *arguments: str) -> dict[str, Any]:
        """Note a move as the sender's desk."""
        return self.run("noter", transfer, *arguments, "--poste", "35-1").answer()


@pytest.fixture
def script(console: Console, base: Path) -> Script:
    return Script(console, base)


def test_a_patient_is_handed_over_from_prepared_to_registered(script: Script) -> None:
    made = script.run(*PREPARE).answer()
    key = str(made["id"])
    assert (made["etat"], made["ligne"], made["sas"], made["annonce"]) == ("prepare", "AccèsS", "35", True)
    assert made["prepare_par"] == {"poste": "35-1", "nom": None}
    assert made["conditions"] == {"non_reunies": [], "a_verifier": [], "ligne_fermee": None, "motif": None}
    assert made["gestes"] == ["appeler", "repondre", "annuler"]
    assert script.note(key, "appeler")["etat"] == "appel"
    assert script.note(key, "sans_reponse")["etape_suivante"] == "appel"
    script.note(key, "appeler")
    taken = script.run("prendre", key, "--poste", "ligne-1").answer()
    assert (taken["etat"], taken["pris"]["poste"]) == ("repondu", "ligne-1")  # type: ignore[index]
    script.note(key, "presenter")
    found = script.note(key, "trouver", "--texte", "aujourd’hui 10:45, Dr Anne Bréhault, Redon")
    assert found["creneau"] == "aujourd’hui 10:45, Dr Anne Bréhault, Redon"
    script.note(key, "accorder")
    script.note(key, "remettre")
    done = script.run("noter", key, "inscrire", "--poste", "ligne-1").answer()
    assert (done["etat"], done["gestes"], done["etape_suivante"]) == ("inscrit", [], None)
    passages = done["passages"]
    assert isinstance(passages, list)
    assert [(one["geste"], one["poste"]) for one in passages] == [
        ("appeler", "35-1"), ("sans_reponse", "35-1"), ("appeler", "35-1"), ("repondre", "ligne-1"),
        ("presenter", "35-1"), ("trouver", "35-1"), ("accorder", "35-1"), ("remettre", "35-1"),
        ("inscrire", "ligne-1"),
    ]  # fmt: skip
    assert passages[0]["a"] == "2026-11-24T10:00:20+01:00"
    assert keyed(script.console, script.base, "base", "verifier").status == 0
    assert [one["etat"] for one in script.run("lister").rows()] == ["inscrit"]
    assert script.run("lister", "--en-cours").rows() == []


def test_a_line_refuses_and_the_call_is_transferred_anew(script: Script) -> None:
    key = script.prepare()
    other = script.run("preparer", "--appel", "35-1/12", "--dispositif", REDON)
    refused(other, "conflit", "appel")
    assert f"{key} (prepare)" in str(other.refusal()["message"])
    script.note(key, "repondre")
    refused(script.run("noter", key, "refuser"), "champ_manquant", "motif")
    refused(script.run("noter", key, "refuser", "--motif", "fatigue"), "valeur_invalide", "motif")
    refused(script.run("noter", key, "refuser", "--motif", "autre"), "champ_manquant", "texte")
    refused(script.run("noter", key, "presenter", "--motif", "complet"), "valeur_invalide", "motif")
    last = script.note(key, "refuser", "--motif", "complet")["passages"][-1]
    assert (last["etat"], last["motif"], last["texte"]) == ("refuse", "complet", None)
    again = script.prepare()
    assert again != key
    assert [one["etat"] for one in script.run("lister", "--ligne", REDON).rows()] == ["refuse", "prepare"]
    assert [one["id"] for one in script.run("lister", "--en-cours").rows()] == [again]


def test_an_illegal_move_is_refused_with_the_state_it_is_in(script: Script) -> None:
    key = script.prepare()
    said = script.run("noter", key, "inscrire")
    refused(said, "conflit", "geste")
    message = str(said.refusal()["message"])
    assert "«\u00a0Inscrit\u00a0»" in message or "« Inscrit »" in message
    assert message.endswith("État\u202f: prepare\u202f; gestes possibles\u202f: appeler, repondre, annuler.")
    assert script.run("montrer", key).answer()["etat"] == "prepare"
    script.note(key, "annuler")
    over = script.run("noter", key, "appeler")
    refused(over, "conflit", "geste")
    assert str(over.refusal()["message"]).endswith("État\u202f: annule\u202f; gestes possibles\u202f: aucun.")
    refused(script.run("noter", "t-9", "appeler"), "introuvable", None)
    refused(script.run("noter", key, "raccrocher"), "usage", None, status=2)


def test_two_desks_of_the_line_cannot_take_the_same_patient(script: Script) -> None:
    key = script.prepare()
    script.run("prendre", key, "--poste", "ligne-1")
    second = script.run("prendre", key, "--poste", "ligne-2")
    refused(second, "conflit", "id")
    assert "Le poste 1 l’a pris à 10:00:20." in str(second.refusal()["message"])
    refused(script.run("rendre", key, "--poste", "ligne-2"), "conflit", "id")
    over = script.run("prendre", key, "--poste", "ligne-2", "--reprendre").answer()
    assert over["pris"]["poste"] == "ligne-2"  # type: ignore[index]
    back = script.run("rendre", key, "--poste", "ligne-2").answer()
    assert (back["pris"], back["etat"]) == (None, "repondu")
    gone = script.run("patient", key, "parti").answer()
    assert gone["patient_parti_a"] == "2026-11-24T10:01:10+01:00"
    assert script.run("patient", key, "revenu").answer()["patient_parti_a"] is None


def test_going_on_against_a_condition_or_a_closed_line_needs_a_reason_that_is_kept(
    script: Script, base: Path
) -> None:
    keep_call(base, "nantes", RESIDENCE="44109")
    outside = ("preparer", "--appel", "nantes", "--dispositif", REDON)
    said = script.run(*outside)
    refused(said, "champ_manquant", "motif")
    assert "Réside sur le territoire" in str(said.refusal()["message"])
    assert "Nantes" not in said.out + said.err
    made = script.run(*outside, "--motif", "accord de la coordinatrice").answer()
    conditions = made["conditions"]
    assert isinstance(conditions, dict)
    assert conditions["motif"] == "accord de la coordinatrice"
    assert len(conditions["non_reunies"]) == 1
    script.console.now = NOW.replace(hour=19, minute=4)
    closed = script.run(*PREPARE)
    refused(closed, "champ_manquant", "motif")
    assert "AccèsS ferme à 19:00, il est 19:04." in str(closed.refusal()["message"])


def test_what_cannot_be_prepared_says_why(script: Script) -> None:
    refused(script.run("preparer", "--appel", "rien", "--dispositif", REDON), "introuvable", None)
    refused(script.run("preparer", "--appel", "35-1/9", "--dispositif", REDON), "introuvable", "appel")
    refused(
        script.run("preparer", "--appel", CALL, "--dispositif", "44-nulle-part"),
        "dispositif_inconnu",
        "dispositif",
    )
    refused(
        script.run("preparer", "--appel", CALL, "--dispositif", "44-erdre-cens-mg"),
        "dispositif_inadapte",
        "dispositif",
    )
    refused(script.run("lister", "--ligne", "44-nulle-part"), "dispositif_inconnu", "ligne")
    refused(script.run(*PREPARE, "--poste", "Gaëlle"), "valeur_invalide", "poste")
    not_utf8 = os.fsdecode(b"accord \xff")
    refused(script.run(*PREPARE, "--motif", not_utf8), "valeur_invalide", None)
    assert script.run("lister").rows() == []


def test_the_text_to_read_aloud_is_told_and_the_reading_is_journaled(script: Script) -> None:
    key = script.prepare()
    told = script.run("dire", key, "--poste", "35-1").answer()
    assert "une patiente du Pays de Redon" in str(told["ouverture"])
    lines = told["lignes"]
    assert isinstance(lines, list)
    assert lines[0] == {
        "libelle": "Patiente",
        "texte": "Léa MARTIN, née le 2 mai 1994, 32 ans",
        "connu": True,
        "a_demander": None,
        "precision": None,
    }
    assert lines[1]["texte"] == "Pipriac, 35550 · sur le territoire"
    assert told["a_inscrire"] == {"etiquette": "SAS", "motif": "SAS 35 – cystite, brûlures mictionnelles"}
    plain = script.run("dire", key, as_json=False).out
    assert plain == f"{told['texte']}\n"
    assert journal_kinds(script.base, CALL)[-2:] == ["lecture", "lecture"]


def test_the_sheet_is_written_for_its_owner_alone_and_the_journal_says_so(
    script: Script, tmp_path: Path
) -> None:
    key, file = script.prepare(), tmp_path / "fiche.pdf"
    done = script.run("fiche", key, "--pdf", str(file)).answer()
    assert str(done["empreinte"]).startswith("sha256:")
    (page,) = PdfReader(file).pages
    assert "MARTIN" in page.extract_text()
    assert "SAS 35 – cystite" in page.extract_text()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = script.run("fiche", key, "--texte", as_json=False).out
    assert text.startswith("FICHE DE TRANSFERT\nÀ AccèsS, le 24/11/2026 à 10:00\n")
    assert script.run("fiche", key, "--texte").answer() == {"texte": text}
    assert journal_kinds(script.base, CALL).count("export") == 3
    lost = script.run("fiche", key, "--pdf", str(tmp_path / "nulle" / "part.pdf"))
    refused(lost, "disque", None, status=3)
    assert journal_kinds(script.base, CALL).count("export") == 3
    refused(script.run("fiche", key), "usage", None, status=2)


def test_neither_listing_nor_showing_says_who_the_patient_is(script: Script) -> None:
    key = script.prepare()
    for arguments in (("lister",), ("montrer", key)):
        for as_json in (True, False):
            said = script.run(*arguments, as_json=as_json)
            assert said.status == 0
            assert not any(word in said.out for word in ("MARTIN", "Léa", "39 98"))
    shown = script.run("montrer", key, as_json=False).out
    assert shown.splitlines()[0].startswith(
        f"{key}  AccèsS  {REDON}  prepare depuis 24/11 10:00:10  poste 35-1"
    )
    assert shown.endswith("Gestes possibles\u202f: appeler, repondre, annuler.\n")
    assert script.run("lister", "--ligne", "45-ouest-loiret-mg", as_json=False).out == "Aucun transfert.\n"


def journal_kinds(base: Path, call: str) -> list[str]:
    with closing(open_store(base, bytes.fromhex(KEY))) as store, store.unit() as unit:
        return [one.line.kind for one in unit.journal.of_call(call)]

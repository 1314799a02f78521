"""`ordonnance`: from a file of data the document is a draft; the FINESS is the dispositif's own or none."""

from __future__ import annotations

import hashlib
import json
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from osnp_console.app.prescription.records import ArchivedPaper
from osnp_console.cli import ordonnance
from osnp_console.cli.own_file import write_own
from osnp_console.domain.prescription.canonical import fingerprint
from osnp_console.domain.prescription.moves import PrescriptionMove
from osnp_console.domain.prescription.prescription import Number, Prescription
from osnp_console.domain.prescription.reading import read_content
from osnp_console.storage.store import open_store
from tests.cli.agenda_base import KEY, keyed, new_base, refused
from tests.cli.console import NOW, Console, Said

pytestmark = pytest.mark.usefixtures("keyring_of_the_session")

SARTHE, VENDEE, REDON = "72-sarthe-ide", "85-vendee-ide", "44-pays-de-redon-mg"
DATA: dict[str, object] = {
    "dispositif": SARTHE,
    "finess": None,
    "prescripteur": {
        "nom": "DURAND",
        "prenom": "Paul",
        "rpps": "10002909371",
        "qualite": "Médecin régulateur",
    },
    "patient": {
        "nom_naissance": "MARTIN",
        "nom_utilise": None,
        "prenoms": "LEA",
        "sexe": "F",
        "date_naissance": "1950-05-02",
        "adresse": "12 rue des Lilas",
        "commune": "72181",
        "telephone": "0261911234",
    },
    "actes": [
        {"code": "bilan_clinique", "precision": None, "frequence": None, "duree": None},
        {"code": "autre", "precision": "Pansement", "frequence": "2 fois par semaine", "duree": "15 jours"},
    ],
    "domicile": True,
    "dimanches_feries": False,
    "date": "2026-11-24T10:00:00+01:00",
    "reference_appel": "appel 14",
}


def written(console: Console, file: Path, *options: str, **changed: object) -> Said:
    """`ordonnance --donnees -` of the invented patient; `patient__sexe=…` changes one field of a group."""
    data = json.loads(json.dumps(DATA))
    for path, value in changed.items():
        group, _, name = path.partition("__")
        if name:
            data[group][name] = value
        else:
            data[group] = value
    arguments = ("ordonnance", "--donnees", "-", "--sortie", str(file), "--json", *options)
    return console.run(*arguments, stdin=json.dumps(data))


def test_a_document_from_data_alone_is_a_draft_without_number(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "o.pdf"
    said = written(console, file)
    content = file.read_bytes()
    assert said.answer() == {
        "numero": None,
        "fichier": str(file),
        "empreinte": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "finess": "291991081",
    }
    assert "29" in said.err, "the prefix of another département is a warning, on standard error"
    assert "Sarthe (72)" in said.err
    text = PdfReader(file).pages[0].extract_text()
    assert "PROJET NON VALABLE" in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = tmp_path / "again.pdf"
    written(console, again)
    assert again.read_bytes() == content, "byte-identical for the same data"
    assert written(console, again, "--format", "A5").status == 0
    assert again.read_bytes() != content


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"dispositif": "99-x"}, "dispositif_inconnu", "dispositif"),
        ({"dispositif": REDON}, "dispositif_inadapte", "dispositif"),
        ({"dispositif": VENDEE}, "finess_inconnu", "finess"),
        ({"dispositif": VENDEE, "finess": "29 199 10 81"}, "finess_autre_dispositif", "finess"),
        ({"finess": "291991082"}, "finess_invalide", "finess"),
        ({"dispositif": None}, "champ_manquant", "dispositif"),
        ({"prescripteur__nom": " "}, "champ_manquant", "prescripteur.nom"),
        ({"patient__nom_naissance": None}, "champ_manquant", "patient.nom_naissance"),
        ({"patient__prenoms": None}, "champ_manquant", "patient.prenoms"),
        ({"patient__date_naissance": None}, "champ_manquant", "patient.date_naissance"),
        ({"patient__date_naissance": "02/05/1950"}, "valeur_invalide", "patient.date_naissance"),
        ({"actes": []}, "champ_manquant", "actes"),
        ({"actes": [{"code": "autre"}]}, "champ_manquant", "actes.0.precision"),
        ({"actes": [{"code": "saignee"}]}, "valeur_invalide", "actes.0.code"),
        ({"actes": {"code": "autre"}}, "valeur_invalide", "actes"),
        ({"date": None}, "champ_manquant", "date"),
        ({"date": "hier"}, "valeur_invalide", "date"),
        ({"date": "0001-01-01T00:00:00+14:00"}, "valeur_invalide", "date"),
        ({"date": "9999-12-31T23:59:59-12:00"}, "valeur_invalide", "date"),
        ({"prescripteur": False}, "valeur_invalide", "prescripteur"),
        ({"patient": []}, "valeur_invalide", "patient"),
        ({"patient__date_naissance": "1899-12-31"}, "valeur_invalide", "patient.date_naissance"),
        ({"patient__adresse": "\ud83d"}, "valeur_invalide", "patient.adresse"),
        ({"domicile": "oui"}, "valeur_invalide", "domicile"),
        ({"tarif": 17.64}, "champ_inconnu", "tarif"),
        ({"patient__nir": "1"}, "champ_inconnu", "patient.nir"),
    ],
)
def test_what_cannot_be_printed_is_refused_at_its_field_and_no_file_is_written(
    console: Console, tmp_path: Path, changed: dict[str, object], code: str, field: str
) -> None:
    file = tmp_path / "o.pdf"
    refused(written(console, file, **changed), code, field)
    assert not file.exists()


def test_a_birth_date_of_which_the_day_is_not_known_is_printed_as_it_is_known(
    console: Console, tmp_path: Path
) -> None:
    file = tmp_path / "o.pdf"
    assert written(console, file, patient__date_naissance="1950-00-00").status == 0
    assert "1950 (" in PdfReader(file).pages[0].extract_text()


@pytest.mark.parametrize("typed", ["100 0290 9371", "810002909371"])
def test_a_number_typed_with_blanks_or_its_prefix_is_the_same_document(
    console: Console, tmp_path: Path, typed: str
) -> None:
    usual, other = tmp_path / "usual.pdf", tmp_path / "other.pdf"
    assert written(console, usual).status == 0
    assert written(console, other, prescripteur__rpps=typed).status == 0
    assert other.read_bytes() == usual.read_bytes()


def test_without_data_or_a_file_to_write_it_is_wrong_usage(console: Console) -> None:
    for arguments in (("ordonnance", "--json"), ("ordonnance", "--donnees", "-", "--json")):
        said = console.run(*arguments, stdin="{}")
        assert said.status == 2
        assert said.refusal()["code"] == "usage"


def test_the_site_enters_the_finess_that_no_source_gives_and_the_command_takes_it(
    console: Console, tmp_path: Path
) -> None:
    base = new_base(console, tmp_path)
    settle = ("ordonnance", "finess", VENDEE, "--numero", "85 000 00 19", "--source", "courrier")
    assert keyed(console, base, *settle).answer()["finess"] == "850000019"
    said = keyed(
        console, base, "ordonnance", "--donnees", "-", "--sortie", str(tmp_path / "o.pdf"),
        stdin=json.dumps({**DATA, "dispositif": VENDEE}),
    )  # fmt: skip
    assert said.answer()["finess"] == "850000019"
    refused(keyed(console, base, "ordonnance", "finess", SARTHE, "--numero", "291991081", "--source", "x"),
            "conflit", "finess")  # fmt: skip


def kept(base: Path, *papers: tuple[str, bytes], precision: str = "Pansement") -> Prescription:
    """A validated prescription of the base, with what was archived of it by its kind."""
    acts = [{"code": "autre", "precision": precision}]
    content = read_content({**DATA, "finess": "291991081", "actes": acts})
    made = Prescription("p-1", "call-1", content, "72-1", NOW, NOW, state_since=NOW)
    made = made.validated(Number(SARTHE, 2026, 17), NOW + timedelta(minutes=5), "72-2", "Dr Durand")
    with closing(open_store(base, bytes.fromhex(KEY))) as store, store.unit() as unit:
        saved = unit.prescriptions.save(made)
        for kind, paper in papers:
            unit.prescriptions.archive(ArchivedPaper("p-1", kind, NOW, paper, "sha256:x"))
        unit.commit()
    return saved


def elsewhere(base: Path, move: PrescriptionMove) -> None:
    """Another desk makes a move on it."""
    with closing(open_store(base, bytes.fromhex(KEY))) as store, store.unit() as unit:
        unit.prescriptions.save(unit.prescriptions.get("p-1").moved(move, NOW, "72-2", "Dr Durand", "motif"))
        unit.commit()


NUMBER = "72-sarthe-ide-2026-00017"


def test_the_first_print_is_the_archived_document_and_the_signed_one_where_there_is_one(
    console: Console, tmp_path: Path
) -> None:
    base = new_base(console, tmp_path)
    kept(base, ("original", b"%PDF original"), ("signee", b"%PDF signe"))
    file = tmp_path / "1.pdf"
    file.write_bytes(b"ancien")
    file.chmod(0o644)
    said = keyed(console, base, "ordonnance", "imprimer", NUMBER, "--sortie", str(file))
    assert file.read_bytes() == b"%PDF signe"
    assert said.answer()["empreinte"] == f"sha256:{hashlib.sha256(b'%PDF signe').hexdigest()}"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    keyed(console, base, "ordonnance", "imprimer", NUMBER, "--sortie", str(file))
    assert "DUPLICATA" in PdfReader(file).pages[0].extract_text()


def test_one_that_is_cancelled_while_it_is_printed_leaves_no_paper(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, file = new_base(console, tmp_path), tmp_path / "1.pdf"
    kept(base, ("original", b"%PDF original"))

    def cancelled_meanwhile(target: Path, content: bytes) -> None:
        write_own(target, content)
        elsewhere(base, PrescriptionMove.CANCEL)

    monkeypatch.setattr(ordonnance, "write_own", cancelled_meanwhile)
    said = keyed(console, base, "ordonnance", "imprimer", NUMBER, "--sortie", str(file))
    refused(said, "conflit", "numero")
    assert "annulée" in str(said.refusal()["message"])
    assert not file.exists()


def test_of_two_that_print_at_once_one_paper_says_duplicata(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, file = new_base(console, tmp_path), tmp_path / "1.pdf"
    kept(base, ("original", b"%PDF original"))
    written_so_far: list[bytes] = []

    def printed_meanwhile(target: Path, content: bytes) -> None:
        write_own(target, content)
        if not written_so_far:
            elsewhere(base, PrescriptionMove.PRINT)
        written_so_far.append(content)

    monkeypatch.setattr(ordonnance, "write_own", printed_meanwhile)
    said = keyed(console, base, "ordonnance", "imprimer", NUMBER, "--sortie", str(file))
    assert said.status == 0
    assert "DUPLICATA" in PdfReader(file).pages[0].extract_text()


def test_a_file_that_cannot_be_written_whole_is_none(console: Console, tmp_path: Path) -> None:
    refused(written(console, tmp_path), "disque", None, 3)
    refused(written(console, Path("/dev/full")), "disque", None, 3)
    assert Path("/dev/full").exists()


def test_a_month_without_a_file_is_one_json_document_with_json(console: Console, tmp_path: Path) -> None:
    base = new_base(console, tmp_path)
    kept(base, precision="Pansement\r\nmatin et soir")
    month = ("ordonnance", "exporter", "2026-11")
    answer = keyed(console, base, *month).answer()
    assert NUMBER in str(answer["csv"])
    assert answer["ordonnances"] == 1, "a line break within an act is none of the table"
    assert keyed(console, base, *month, json=False).out == answer["csv"]


def test_a_validated_one_is_printed_with_its_number_and_says_duplicata_the_second_time(
    console: Console, tmp_path: Path
) -> None:
    base = new_base(console, tmp_path)
    content = read_content({**DATA, "finess": "291991081"})
    number = Number(SARTHE, 2026, 17)
    made = Prescription("p-1", "call-1", content, "72-1", NOW, NOW, state_since=NOW)
    made = made.validated(number, NOW + timedelta(minutes=5), "72-2", "Dr Durand")
    with closing(open_store(base, bytes.fromhex(KEY))) as store, store.unit() as unit:
        unit.prescriptions.save(made)
        unit.commit()
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    said = keyed(console, base, "ordonnance", "imprimer", number.text, "--sortie", str(first))
    assert said.answer()["numero"] == number.text
    keyed(console, base, "ordonnance", "imprimer", number.text, "--sortie", str(second))
    texts = [PdfReader(file).pages[0].extract_text() for file in (first, second)]
    assert ["DUPLICATA" in text for text in texts] == [False, True]
    assert number.text in texts[0]
    assert made.sealed == fingerprint(content, number.text)
    refused(
        keyed(console, base, "ordonnance", "imprimer", "72-x", "--sortie", str(first)), "introuvable", None
    )

"""`infirmiers` and the lists of `ordonnance`: taken with a report, listed, taken away, exported."""

from __future__ import annotations

import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from osnp_console.domain.prescription.prescription import Number, Prescription
from osnp_console.domain.prescription.reading import read_content
from osnp_console.storage.store import open_store
from tests.cli.agenda_base import KEY, keyed, new_base, refused
from tests.cli.console import NOW, Console
from tests.cli.test_ordonnance_command import DATA, SARTHE

pytestmark = pytest.mark.usefixtures("keyring_of_the_session")

TABLE = (
    "Nom;Prénom;RPPS;Cabinet;Téléphone;MSSanté;Communes;Humeur\r\n"
    "HUBERT;Odile;10002909371;Cabinet des Lilas;0261911234;o@lilas.mssante.example;Le Mans (72);bonne\r\n"
    ";Sans;;;;;;\r\n"
    "LEROY;Paul;123;;;;;\r\n"
)


def test_a_table_is_tried_then_taken_with_a_report_by_line_and_written_back(
    console: Console, tmp_path: Path
) -> None:
    base = new_base(console, tmp_path)
    tried = keyed(console, base, "infirmiers", "importer", "-", "--essai", stdin=TABLE).answer()
    assert (tried["ajoutes"], tried["refuses"], tried["essai"]) == (1, 2, True)
    assert keyed(console, base, "infirmiers", "lister").rows() == []
    taken = keyed(console, base, "infirmiers", "importer", "-", stdin=TABLE).answer()
    lines = taken["lignes"]
    assert isinstance(lines, list)
    assert [(one["ligne"], one["etat"], one["champ"]) for one in lines] == [
        (2, "ajoute", None),
        (3, "refuse", "nom"),
        (4, "refuse", "numero"),
    ]
    assert taken["colonnes_ignorees"] == ["Humeur"]
    assert keyed(console, base, "infirmiers", "importer", "-", stdin=TABLE).answer()["remplaces"] == 1
    [one] = keyed(console, base, "infirmiers", "lister", "lilas").rows()
    assert (one["id"], one["communes"]) == ("10002909371", ["72181"])
    assert keyed(console, base, "infirmiers", "lister", "ailleurs").rows() == []
    file = tmp_path / "infirmiers.csv"
    assert keyed(console, base, "infirmiers", "exporter", "--sortie", str(file)).answer()["infirmiers"] == 1
    assert "10002909371" in str(keyed(console, base, "infirmiers", "exporter").answer()["csv"])
    again = keyed(console, base, "infirmiers", "importer", str(file)).answer()
    assert (again["remplaces"], again["refuses"]) == (1, 0)
    assert keyed(console, base, "infirmiers", "retirer", "10002909371").answer() == {"id": "10002909371"}
    refused(keyed(console, base, "infirmiers", "retirer", "10002909371"), "introuvable", None)
    refused(keyed(console, base, "infirmiers", "importer", "-", stdin="a;b\r\n"), "champ_manquant", "nom")
    refused(keyed(console, base, "infirmiers", "importer", str(tmp_path / "x")), "introuvable", "fichier")


def test_what_was_prescribed_is_listed_and_a_month_is_written_for_its_owner_alone(
    console: Console, tmp_path: Path
) -> None:
    base = new_base(console, tmp_path)
    content = read_content({**DATA, "finess": "291991081"})
    made = Prescription("p-1", "call-1", content, "72-1", NOW, NOW, state_since=NOW)
    with closing(open_store(base, bytes.fromhex(KEY))) as store, store.unit() as unit:
        unit.prescriptions.save(
            made.validated(Number(SARTHE, 2026, 1), NOW + timedelta(minutes=5), "72-2", "D")
        )
        unit.prescriptions.save(Prescription("p-2", "call-2", content, "72-1", NOW, NOW, state_since=NOW))
        unit.commit()
    every = keyed(console, base, "ordonnance", "lister", "--mois", "2026-11").rows()
    assert [(one["id"], one["etat"]) for one in every] == [("p-2", "brouillon"), ("p-1", "validee")]
    found = keyed(console, base, "ordonnance", "lister", "--etat", "validee", "--patient", "mart").rows()
    assert [one["numero"] for one in found] == ["72-sarthe-ide-2026-00001"]
    assert found[0]["manque"] == ["signature", "envoi à l’infirmier", "infirmier", "compte rendu"]
    assert keyed(console, base, "ordonnance", "lister", "--mois", "2026-10").rows() == []
    file = tmp_path / "novembre.csv"
    said = keyed(console, base, "ordonnance", "exporter", "2026-11", "--sortie", str(file)).answer()
    assert said == {"fichier": str(file), "mois": "2026-11", "ordonnances": 1}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes().startswith(b"\xef\xbb\xbfnumero;etat")
    told = keyed(console, base, "ordonnance", "exporter", "2026-11", json=False).out
    assert "72-sarthe-ide-2026-00001" in told
    for wrong in ("2026-13", "novembre"):
        refused(keyed(console, base, "ordonnance", "exporter", wrong), "valeur_invalide", "mois")

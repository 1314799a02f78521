"""The waiting list commands: who is on a list in its own tool, and on one that the console keeps itself."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from osnp_console.app.csv_table import table_rows
from tests.cli.agenda_base import keyed, new_base, refused
from tests.cli.console import CALL, Console, Said

pytestmark = pytest.mark.usefixtures("keyring_of_the_session")

KINE, MAYENNE = "85-centre-vendee-kine", "53-nord-est-mayenne-liste-mt"
OWN = """\
id: "53-nord-est-mayenne-liste-mt"
saisie: {auteur: "Référente", date: "2026-11-23"}
liste_attente:
  tenue_ici: true
  inscription_par: [osnp]
  duree_mois: 2
  priorites: ["Patients en ALD"]
  source: {document: site}
"""


@pytest.fixture
def base(console: Console, tmp_path: Path) -> Path:
    """An empty base, and a site that keeps one list itself."""
    folder = tmp_path / "site" / "dispositifs"
    folder.mkdir(parents=True)
    (folder / f"{MAYENNE}.yaml").write_text(OWN, encoding="utf-8")
    return new_base(console, tmp_path)


def registering(console: Console, base: Path, *options: str, **told: object) -> Said:
    """`attente inscrire` of the invented caller."""
    document = json.dumps({"liste": KINE, "appel": CALL, "reference_appel": "appel-1", **told})
    return keyed(console, base, "attente", "inscrire", "--donnees", "-", *options, stdin=document)


def listed(said: Said) -> list[dict[str, Any]]:
    """The array that a command answered."""
    document = said.document()
    assert isinstance(document, list)
    return document


def test_somebody_registered_in_the_lists_own_tool_is_followed_there(console: Console, base: Path) -> None:
    made = registering(console, base, courriel="lea@exemple.invalid").answer()
    assert (made["etat"], made["jusqu_au"], made["tenue_ici"]) == ("inscrit", "2026-12-24", False)
    assert (made["besoin"], made["courriel"]) == ("Cystite, brûlures mictionnelles", "lea@exemple.invalid")
    refused(registering(console, base), "conflit", "reference_appel")
    refused(registering(console, base, reference_appel="appel-2"), "conflit", "appel.patient.nom_naissance")
    other = registering(console, base, "--quand-meme", reference_appel="appel-2").answer()
    assert keyed(console, base, "attente", "noter", str(other["id"]), "retirer").answer()["etat"] == "retire"
    key = str(made["id"])
    called = keyed(console, base, "attente", "noter", key, "contacter", "--texte", "rappelée").answer()
    assert called["etat"] == "contacte"
    honoured = keyed(console, base, "attente", "noter", key, "honorer").answer()
    assert (honoured["etat"], honoured["gestes"]) == ("honore", [])
    refused(keyed(console, base, "attente", "noter", key, "retirer"), "conflit", "geste")
    refused(keyed(console, base, "attente", "noter", "ailleurs", "retirer"), "introuvable", None)
    entry = next(one for one in listed(keyed(console, base, "attente", "lister", KINE)) if one["id"] == key)
    assert [step["geste"] for step in entry["etapes"]] == ["inscrire", "contacter", "honorer"]


def test_a_list_kept_here_wants_consent_and_a_way_to_call_back_and_leaves_as_a_table(
    console: Console, base: Path, tmp_path: Path
) -> None:
    own: dict[str, Any] = {"liste": MAYENNE, "besoin": "médecin traitant"}
    refused(registering(console, base, **own), "champ_manquant", "accord")
    nobody: dict[str, Any] = {"poste": {"role": "osnp"}, "patient": {"nom_naissance": "MARTIN"}}
    refused(
        registering(console, base, **own, appel=nobody, accord=True), "champ_manquant", "patient.telephone"
    )
    doctor = {**CALL, "poste": {"role": "medecin"}}
    refused(registering(console, base, **own, appel=doctor, accord=True), "interdit", "poste.role")
    refused(registering(console, base, **own, accord=True, priorite="Autre"), "valeur_invalide", "priorite")
    for wrong in ("n’importe quoi", "35-1\n", "72-"):
        refused(registering(console, base, "--poste", wrong, **own, accord=True), "valeur_invalide", "poste")
    made = registering(console, base, **own, accord=True, priorite="Patients en ALD").answer()
    assert (made["jusqu_au"], made["accord"]) == ("2027-01-24", "2026-11-24T10:00:00+01:00")
    later = registering(console, base, "--plus-tard", **own, accord=True, reference_appel="appel-2").answer()
    assert (later["etat"], later["inscrit_le"]) == ("a_inscrire", None)
    counted = {one["liste"]: one for one in listed(keyed(console, base, "attente", "lister"))}
    assert (counted[MAYENNE]["en_attente"], counted[MAYENNE]["a_inscrire"]) == (1, 1)
    assert (counted[KINE]["duree_mois"], counted[KINE]["en_attente"]) == (1, 0)
    file = tmp_path / "liste.csv"
    written = keyed(console, base, "attente", "exporter", MAYENNE, "--sortie", str(file)).answer()
    assert written == {"fichier": str(file), "liste": MAYENNE, "inscriptions": 2}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "it names patients"
    told = keyed(console, base, "attente", "exporter", MAYENNE).answer()
    assert told == {**written, "fichier": None, "csv": file.read_bytes().decode("utf-8-sig")}
    heading, first, _ = (cells for _, cells in table_rows(file.read_bytes()))
    row = dict(zip(heading, first, strict=True))
    assert (row["nom"], row["commune"], row["naissance"]) == ("MARTIN", "Pipriac", "02/05/1994")
    assert row["priorite"] == "Patients en ALD"


def test_what_is_wrong_in_a_registration_is_told_at_its_field(console: Console, base: Path) -> None:
    wrong: list[tuple[dict[str, Any], str, str]] = [
        ({"liste": "85-nulle-part"}, "dispositif_inconnu", "liste"),
        ({"liste": "44-pays-de-redon-mg"}, "dispositif_inadapte", "liste"),
        ({"liste": None}, "champ_manquant", "liste"),
        ({"appel": None}, "champ_manquant", "appel"),
        ({"urgence": "oui"}, "champ_inconnu", "urgence"),
        ({"besoin": "\ud800"}, "valeur_invalide", "besoin"),
        ({"accord": "oui"}, "valeur_invalide", "accord"),
        ({"courriel": "lea"}, "valeur_invalide", "courriel"),
        ({"appel": {"patient": {"commune": "00000"}}}, "valeur_invalide", "appel.patient.commune"),
    ]
    for told, code, field in wrong:
        refused(registering(console, base, **told), code, field)
    usage = console.run("attente", "noter", "x", "oublier", "--json")
    refused(usage, "usage", None, status=2)

"""The verifier refuses a broken catalogue, and says in which file, on which line, and how to mend it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from osnp_console.app.base.verification import CatalogueUnusable, Problem
from osnp_console.catalogue.opening import open_catalogue, verify
from osnp_console.domain.commune import Gazetteer
from osnp_console.resources import resources

TODAY = date(2026, 11, 23)
REDON = "dispositifs/44/44-pays-de-redon-mg.yaml"
OUEST_LOIRET = "dispositifs/45/45-ouest-loiret-mg.yaml"
SARTHE_NURSES = "dispositifs/72/72-sarthe-ide.yaml"
HAUT_BOCAGE = "dispositifs/85/85-haut-bocage-csnp.yaml"
PHYSIOTHERAPY = "dispositifs/85/85-centre-vendee-kine.yaml"
MIDWIFE = "dispositifs/44/44-nord-estuaire-sage-femme-clinicienne.yaml"
TERRITORIES = "territoires/44-a.yaml"
GROUPS = "motifs/groupes.yaml"
FACTS = "faits/base.yaml"
HERE = "source: {document: S5, page: 14}"
DELAY = "  - id: delai\n    type: delai\n    heures: 48\n"
REDON_COMMUNE = '{code: "35236", nom: "Redon"}'
REMEDY = re.compile(
    r"corriger|retirer|mettre|vérifier|revoir|relire|ajouter|donner|garder|dater|définir|écrire|choisir"
    r"|écrivent|changer|attendu"
)


@dataclass(frozen=True)
class Fault:
    """One edit of one file; `at` stands on the line to be named, `says` in the message."""

    name: str
    file: str
    old: str
    new: str
    at: str
    says: str


FAULTS = (
    Fault("unknown field", REDON, "cpts:", "couleur: bleue\ncpts:", "couleur:", "champ inconnu « couleur »"),
    Fault(
        "unknown field of a criterion",
        REDON,
        "    heures: 48",
        "    heures: 48\n    jours: 2",
        "    jours: 2",
        "champ inconnu « jours »",
    ),
    Fault("unknown commune", TERRITORIES, REDON_COMMUNE, '{code: "35999", nom: "Redon"}', '"35999"', "35999"),
    Fault(
        "former commune",
        TERRITORIES,
        REDON_COMMUNE,
        '{code: "44004", nom: "Anetz"}',
        '"44004"',
        "44163 (Vair-",
    ),
    Fault(
        "commune outside the départements",
        TERRITORIES,
        REDON_COMMUNE,
        '{code: "72181", nom: "Le Mans"}',
        '"72181"',
        "Le Mans est dans le 72",
    ),
    Fault("unknown commune of a place", HAUT_BOCAGE, '"85109"', '"85999"', '"85999"', "85999"),
    Fault(
        "unknown reason",
        REDON,
        "motifs: [renouvellement_ordonnance]",
        "motifs: [renouvelement]",
        "  - id: motif\n",
        "le motif « renouvelement »",
    ),
    Fault("unknown group of reasons", HAUT_BOCAGE, "[aigu]", "[aigue]", "[aigue]", "motifs « aigue »"),
    Fault("unknown reason of a group", GROUPS, "[otite,", "[otitte,", "code: aigu\n", "le motif « otitte »"),
    Fault(
        "unknown fact",
        REDON,
        DELAY,
        "  - {id: travail, type: reponse, fait: travaille, " + HERE + "}\n" + DELAY,
        "fait: travaille",
        "le fait « travaille »",
    ),
    Fault(
        "unknown dispositif",
        MIDWIFE,
        '["44-nord-estuaire-mg"]',
        '["44-nord-estuaire"]',
        "  - id:",
        "le dispositif « 44-nord-estuaire »",
    ),
    Fault(
        "unknown role", REDON, "membres: [pharmacien,", "membres: [epicier,", "membres:", "rôle « epicier »"
    ),
    Fault(
        "unknown territory", REDON, '"CPTS Pays de Redon"', '"CPTS de Redon"', "cpts:", "« CPTS de Redon »"
    ),
    Fault("unknown nature", REDON, "nature: medecine_generale", "nature: magie", "nature:", "« magie »"),
    Fault("unknown status", REDON, "statut: en_service", "statut: ouvert", "statut:", "« ouvert »"),
    Fault(
        "unknown type", REDON, "type: delai\n", "type: delais\n", "type: delais", "type inconnu « delais »"
    ),
    Fault("missing field", REDON, "    heures: 48\n", "", "  - id: delai", "il manque le champ « heures »"),
    Fault("missing type", REDON, "    type: delai\n", "", "  - id: delai", "il manque le champ « type »"),
    Fault("text for a number", REDON, "heures: 48", "heures: deux", "heures: deux", "attendu"),
    Fault(
        "criterion without source", REDON, DELAY + f"    {HERE}\n", DELAY, "- id: delai", "est sans source"
    ),
    Fault(
        "source without page",
        REDON,
        f"48\n    {HERE}",
        "48\n    source: {document: S5}",
        "{document: S5}",
        "page",
    ),
    Fault(
        "unknown document",
        REDON,
        f"48\n    {HERE}",
        "48\n    source: {document: S9, page: 14}",
        "S9",
        "la source « S9 »",
    ),
    Fault(
        "unknown document of a territory",
        TERRITORIES,
        "{document: S5, page: 9}",
        "{document: S9, page: 9}",
        "CPTS Sud Loire Vignoble",
        "la source « S9 »",
    ),
    Fault("name reserved", REDON, "- id: delai", "- id: territoire", "- id: territoire", "« territoire »"),
    Fault(
        "two criteria with one id on the same day",
        REDON,
        DELAY,
        DELAY + f'    {HERE}\n    jusqu_a: "2026-12-31"\n' + DELAY + '    depuis: "2026-12-31"\n',
        DELAY + "    depuis",
        "deux critères « delai » valent le même jour",
    ),
    Fault(
        "age without bounds", OUEST_LOIRET, "type: delai\n    heures: 48", "type: age", "- id: delai", "âge"
    ),
    Fault(
        "age that nobody has",
        OUEST_LOIRET,
        "type: delai\n    heures: 48",
        "type: age\n    minimum: 18\n    maximum: 6",
        "- id: delai",
        "aucun âge",
    ),
    Fault(
        "hours that do not parse",
        REDON,
        '"Mo-Fr 08:00-19:00; Sa,Su unknown"',
        '"du lundi au vendredi"',
        "osm:",
        "« du lundi au vendredi »",
    ),
    Fault("holidays inside the hours", REDON, "19:00; Sa", "19:00; PH off; Sa", "osm:", "jours fériés"),
    Fault(
        "hour without quotes",
        REDON,
        'texte: "De 8 h à 19 h, jours non précisés"',
        "texte: 9:00",
        "9:00",
        "« 9:00 »",
    ),
    Fault(
        "no without quotes",
        REDON,
        '"02 30 30 34 34"}',
        '"02 30 30 34 34", patients: no}',
        "patients: no",
        "« no »",
    ),
    Fault("no where a text is due", REDON, "outil: citana", "outil: no", "outil: no", "« no »"),
    Fault("code without quotes", TERRITORIES, '"35236"', "01004", "01004", "« 01004 »"),
    Fault(
        "number where a text is due",
        REDON,
        'departement: "44"',
        "departement: 44",
        "departement: 44",
        "guillemets",
    ),
    Fault("date without quotes", REDON, '"2022-06-02"', "2022-06-02", "2022-06-02", "« 2022-06-02 »"),
    Fault("day that does not exist", REDON, '"2022-06-02"', '"2022-06-31"', '"2022-06-31"', "« 2022-06-31 »"),
    Fault(
        "duplicated key",
        REDON,
        "    heures: 48\n",
        "    heures: 48\n    heures: 72\n",
        "heures: 72",
        "deux fois",
    ),
    Fault("phone that is none", REDON, '"02 30 30 34 34"', '"02 30 30 34"', "telephone: ", "« 02 30 30 34 »"),
    Fault("FINESS with a wrong key", SARTHE_NURSES, "291991081", "291991082", "finess:", "Clé du FINESS"),
    Fault("FINESS too short", SARTHE_NURSES, "291991081", "29199108", "finess:", "neuf caractères"),
    Fault("summary too long", REDON, 'resume: "', 'resume: "' + "Créneaux " * 30, "resume:", "160"),
    Fault(
        "example by a criterion that is none",
        REDON,
        "non_eligible, par: delai}",
        "non_eligible, par: delais}",
        "par: delais",
        "« delais »",
    ),
    Fault(
        "fact defined twice",
        FACTS,
        "faits:\n",
        'faits:\n  - {code: creneaux_mg_epuises, question: "Quoi ?"}\n',
        "  - code: creneaux_mg_epuises",
        "« creneaux_mg_epuises » est déjà défini",
    ),
    Fault(
        "document of a day that does not exist",
        "sources.yaml",
        'date: "2024-04-15"',
        'date: "2024-04-31"',
        '"2024-04-31"',
        "« 2024-04-31 »",
    ),
    Fault(
        "unknown document of a territory's doubt",
        TERRITORIES,
        "        source: {document: S5, page: 6}",
        "        source: {document: S9, page: 6}",
        "{document: S9",
        "la source « S9 »",
    ),
    Fault(
        "territory described twice",
        TERRITORIES,
        '  - cpts: "CPTS Sud Loire Vignoble"',
        '  - cpts: "CPTS Atlantique Nord Loire"',
        '"CPTS Atlantique Nord Loire"\n    departements: ["44"]\n    source: {document: S5, page: 9}',
        "est déjà décrit",
    ),
    Fault(
        "other id than the file's name",
        REDON,
        'id: "44-pays-de-redon-mg"',
        'id: "44-redon"',
        "id:",
        "« 44-redon »",
    ),
    Fault(
        "steps out of order",
        REDON,
        "creneau, accord, remis, inscrit]",
        "accord, creneau, remis, inscrit]",
        "    etapes:",
        "étapes dans le désordre",
    ),
    Fault(
        "unknown topic",
        PHYSIOTHERAPY,
        "    - {sujet: ordonnance,",
        "    - {sujet: humeur,",
        "    - {sujet: humeur,",
        "« humeur »",
    ),
    Fault(
        "condition of somebody who does not register",
        PHYSIOTHERAPY,
        "inscription_par: [medecin, telesecretariat]\n  conditions:",
        "inscription_par: [medecin]\n  conditions:",
        "  conditions:",
        "« telesecretariat » n’inscrit pas",
    ),
    Fault(
        "YAML that does not parse", REDON, "criteres:\n", "criteres: [\n", "  - id: motif\n", "YAML mal formé"
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the built-in catalogue, to be broken."""
    return Path(shutil.copytree(resources(), tmp_path / "catalogue"))


def problems_of(folder: Path, gazetteer: Gazetteer) -> Sequence[Problem]:
    """What the verifier says of a folder without a site's layer."""
    return verify(folder, folder / "no-such-site", gazetteer.living, TODAY)


def edit(folder: Path, fault: Fault) -> int:
    """Break one file; the line that the verifier has to name: the last `at` before the end of the edit."""
    file = folder / fault.file
    before = file.read_text(encoding="utf-8")
    place = before.index(fault.old)
    text = before.replace(fault.old, fault.new, 1)
    file.write_text(text, encoding="utf-8")
    at = text.rindex(fault.at, 0, place + len(fault.new) + len(fault.at))
    return text[:at].count("\n") + 1


def test_the_built_in_catalogue_has_no_error(gazetteer: Gazetteer) -> None:
    found = problems_of(resources(), gazetteer)
    assert [problem for problem in found if not problem.warning] == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: str(fault.name))
def test_one_fault_is_named_with_its_file_its_line_and_its_remedy(
    fault: Fault, folder: Path, gazetteer: Gazetteer
) -> None:
    line = edit(folder, fault)
    errors = [problem for problem in problems_of(folder, gazetteer) if not problem.warning]
    named = [problem for problem in errors if fault.says in problem.message]
    assert named, errors
    assert {problem.file for problem in named} == {fault.file}
    assert named[0].line == line, named[0]
    assert REMEDY.search(named[0].message), named[0].message


@pytest.mark.parametrize("fault", FAULTS[:2], ids=lambda fault: str(fault.name))
def test_a_broken_catalogue_cannot_be_opened(fault: Fault, folder: Path, gazetteer: Gazetteer) -> None:
    edit(folder, fault)
    with pytest.raises(CatalogueUnusable) as refused:
        open_catalogue(folder, folder / "no-such-site", None, gazetteer.living, TODAY)
    assert refused.value.problems[0].file == fault.file


def test_several_faults_are_all_named_at_once(folder: Path, gazetteer: Gazetteer) -> None:
    for fault in (FAULTS[0], FAULTS[2], next(one for one in FAULTS if one.file == SARTHE_NURSES)):
        edit(folder, fault)
    files = {problem.file for problem in problems_of(folder, gazetteer) if not problem.warning}
    assert {REDON, TERRITORIES, SARTHE_NURSES} <= files


def test_two_files_with_one_id_are_refused_on_the_line_of_the_id(folder: Path, gazetteer: Gazetteer) -> None:
    other = folder / "dispositifs" / "44" / "44-redon-bis.yaml"
    shutil.copy(folder / REDON, other)
    found = problems_of(folder, gazetteer)
    named = [problem for problem in found if "est déjà celui de" in problem.message]
    assert [(problem.file, problem.line) for problem in named] == [("dispositifs/44/44-redon-bis.yaml", 1)]
    assert REDON in named[0].message
    assert REMEDY.search(named[0].message)


def test_two_criteria_with_one_id_may_follow_each_other(folder: Path, gazetteer: Gazetteer) -> None:
    first = DELAY.replace("heures: 48", 'heures: 24\n    jusqu_a: "2026-12-31"') + f"    {HERE}\n"
    second = DELAY.replace("heures: 48", 'heures: 48\n    depuis: "2027-01-01"')
    edit(folder, Fault("", REDON, DELAY, first + second, "heures: 24", ""))
    assert problems_of(folder, gazetteer) == ()


def test_a_row_that_has_expired_but_still_serves_is_a_warning_only(
    folder: Path, gazetteer: Gazetteer
) -> None:
    ended = 'jusqu_a: {date: "2025-12", source: {document: S5, page: 14}}\ncpts:'
    line = edit(folder, Fault("", REDON, "cpts:", ended, "jusqu_a:", ""))
    (problem,) = problems_of(folder, gazetteer)
    assert (problem.file, problem.line, problem.warning) == (REDON, line, True)
    assert "terminé depuis le 31/12/2025" in problem.message
    assert REMEDY.search(problem.message)
    open_catalogue(folder, folder / "no-such-site", None, gazetteer.living, TODAY)


def test_a_row_serves_to_the_last_day_of_its_end(folder: Path, gazetteer: Gazetteer) -> None:
    ended = 'jusqu_a: {date: "2026-11-23", source: {document: S5, page: 14}}\ncpts:'
    edit(folder, Fault("", REDON, "cpts:", ended, "jusqu_a:", ""))
    assert problems_of(folder, gazetteer) == ()


def test_a_row_without_examples_is_a_warning_only(folder: Path, gazetteer: Gazetteer) -> None:
    file = folder / REDON
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("exemples:")], encoding="utf-8")
    (problem,) = problems_of(folder, gazetteer)
    assert (problem.file, problem.warning) == (REDON, True)
    assert REMEDY.search(problem.message)


@pytest.mark.parametrize("file", ["sources.yaml", "motifs/motifs.csv", "motifs/groupes.yaml"])
def test_a_missing_file_is_named(file: str, folder: Path, gazetteer: Gazetteer) -> None:
    (folder / file).unlink()
    assert file in {problem.file for problem in problems_of(folder, gazetteer)}


def test_reasons_of_another_shape_are_refused(folder: Path, gazetteer: Gazetteer) -> None:
    (folder / "motifs" / "motifs.csv").write_text("motif,offre\notite,medecine_generale\n", encoding="utf-8")
    named = [p for p in problems_of(folder, gazetteer) if p.file == "motifs/motifs.csv"]
    assert named
    assert "code;libelle;offres" in named[0].message


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sources.yaml", "  - cle: S2", "  - cle: S1"),
        (GROUPS, "groupes:\n", 'groupes:\n  - {code: aigu, libelle: "Autre", motifs: [otite]}\n'),
        ("motifs/motifs.csv", "grippe;", "otite;"),
    ],
)
def test_a_code_defined_twice_is_refused(
    file: str, old: str, new: str, folder: Path, gazetteer: Gazetteer
) -> None:
    edit(folder, Fault("", file, old, new, new, ""))
    named = [p for p in problems_of(folder, gazetteer) if p.file == file and not p.warning]
    assert len(named) == 1

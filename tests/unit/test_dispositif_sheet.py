"""A dispositif's sheet says what the sources say, and says where they are silent."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from osnp_console.app.checklist.dispositif_sheet import DispositifSheet, source_lines, source_name
from osnp_console.app.checklist.dispositif_words import minutes_words
from osnp_console.app.checklist.sheet_lines import Look, SheetLine, french_spaces
from osnp_console.domain.dispositif import Dispositif
from osnp_console.domain.sources import Source
from tests.unit.described import DESCRIBED, DESCRIBED_CATALOGUE, DOCUMENTS, LIVING, OLD, SILENT, UNDATED

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SHEETS = DispositifSheet(DESCRIBED_CATALOGUE.reasons, LIVING.get)
N = "\u202f"


def section(title: str, dispositif: Dispositif = DESCRIBED) -> tuple[SheetLine, ...]:
    return next(one.lines for one in SHEETS.sections(dispositif, NOW) if one.title == title)


def labelled(title: str, dispositif: Dispositif = DESCRIBED) -> dict[str, str]:
    return {line.label: line.text for line in section(title, dispositif) if line.label}


def test_the_sections_follow_the_order_in_which_an_operator_reads() -> None:
    assert [one.title for one in SHEETS.sections(DESCRIBED, NOW)] == [
        "En bref",
        f"Accès{N}: transférer à la ligne",
        f"Accès{N}: mode non précisé",
        "Accueil",
        "Conditions",
        "Créneaux",
        "Qui est prévenu",
        "Intervention de l’infirmier",
        "Liste d’attente",
        "Conseils",
        "Doutes dans les sources",
    ]


def test_a_way_in_says_for_whom_by_which_number_when_and_what_to_say() -> None:
    said = labelled(f"Accès{N}: transférer à la ligne")
    assert said["Pour"] == "médecin, SAS"
    assert said["Téléphone"].replace(N, " ") == "02 61 91 12 34"
    assert said["Heures"] == "Du lundi au vendredi, 8 h à 19 h"
    assert said["Maintenant"] == "ouvert jusqu’à 19:00"
    assert said["Étapes"] == "Préparé › Appel › Inscrit"
    assert said["À dire"] == "Le motif"
    lines = section(f"Accès{N}: transférer à la ligne")
    assert [line.text for line in lines if line.look is Look.STEP] == [
        "Le motif",
        "L’âge",
        "La ligne rappelle",
    ]
    assert next(line.note for line in lines if line.label == "Téléphone") == "à ne pas donner au patient"


def test_a_way_in_for_everybody_says_so() -> None:
    said = labelled(f"Accès{N}: mode non précisé")
    assert said["Pour"] == "tous les postes"
    assert said["Recherche"] == "SNP Lande"
    assert said["Compte"] == "compte du service"
    assert "Heures" not in said


def test_a_criterion_gives_its_closed_lists_its_refusal_its_validity_and_its_source() -> None:
    lines = {line.text: line for line in section("Conditions")}
    assert lines["Réside sur le territoire"].note == f"2 communes{N}: Grandville, Lande-le-Bourg"
    assert lines["Motif pris en charge"].note == f"Ce motif n’est pas pris ici. · Motifs{N}: Angine, Entorse"
    assert lines["Motif non exclu"].note == f"Sauf{N}: Autre"
    assert lines["Besoin sous 48 h"].note == "à partir du 01/01/2027"
    assert source_name(lines["Besoin sous 48 h"].source) == "S2 p. 3"
    assert lines["Ce poste peut y adresser"].note == (
        f"SAS 44 · médecin · du territoire{N}: pharmacien · annoncé{N}: SAS 49 · annoncé{N}: infirmier"
        f" · sous condition{N}: infirmier d’accueil des urgences"
    )


def test_what_no_source_says_is_written_as_such() -> None:
    conditions = {line.text: line.note for line in section("Conditions", SILENT)}
    assert (
        conditions["Réside sur le territoire"] == "Aucune source ne liste ses communes (département 44, 49)"
    )
    assert conditions["Réside dans le département"] == "Tout le département (44)"
    assert conditions["Ce poste peut y adresser"] == "La source ne dit pas qui adresse"
    assert "aucune source" in labelled("Créneaux", SILENT)["Fermeture"]
    visit = labelled("Intervention de l’infirmier", SILENT)
    assert visit["Délai"] == "sans délai chiffré"
    assert visit["FINESS"] == "Aucun FINESS connu pour ce dispositif."
    assert visit["Actes"] == visit["Où"] == "non précisé"
    assert labelled("Liste d’attente", SILENT)["Qui inscrit"] == "non précisé"


def test_a_dispositif_that_does_not_serve_says_it_first() -> None:
    brief = section("En bref", SILENT)
    assert (brief[1].text, brief[1].look) == ("Prévu, pas encore ouvert.", Look.WARNING)
    assert labelled("En bref", SILENT)["Validité"] == "début non précisé, sans fin connue"
    assert labelled("En bref")["Validité"] == "depuis le 01/01/2025, jusqu’au 31/12/2027"


def test_the_clocks_of_slots_are_said_as_people_say_them() -> None:
    assert labelled("Créneaux") == {
        "Fermeture": "1 h avant l’heure",
        "Reprise": "24 h avant l’heure",
        "Ouverts sur": "2 jours",
        "Durée": "15 min",
        "Séances": "1",
        "Volume": "deux par jour",
    }


def test_who_is_told_has_three_answers() -> None:
    assert labelled("Qui est prévenu") == {
        "Réservé par SAS": f"médecin{N}: n’est pas prévenu · patient{N}: prévenu",
        "Réservé par tous": f"médecin{N}: non précisé · patient{N}: non précisé",
    }


def test_a_nurse_visit_and_a_waiting_list_keep_their_rules() -> None:
    assert labelled("Intervention de l’infirmier")["Actes"] == "Pansement"
    waiting = labelled("Liste d’attente")
    assert (waiting["Durée"], waiting["Séances"]) == ("6 mois au plus", "4 au plus, 2 par semaine au plus")
    assert waiting["Priorités"] == "Suivi urgent"


def test_a_doubt_keeps_both_readings() -> None:
    first, second = section("Doutes dans les sources")
    assert (first.text, first.note) == ("La source écrit « Lande-la-Ville ».", "Lu : Lande-le-Bourg.")
    assert (second.text, second.note) == ("Page illisible.", "")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (OLD, {"Document": "Recensement inventé", "Date": "01/03/2024", "Page": "14",
               "Adresse": "https://exemple.invalid/recensement", "": "à revérifier"}),
        (UNDATED, {"Document": "Communiqué sans date", "Date": "non daté", "Page": "3", "": "à revérifier"}),
        (Source("S3"), {"Document": "Document récent", "Date": "01/06/2026", "Page": "non précisé"}),
        (Source("convention"), {"Origine": "convention de la console"}),
        (Source("site", None, "A. Riou", date(2026, 11, 2)),
         {"Origine": "saisi par le site", "Auteur": "A. Riou", "Saisi le": "02/11/2026"}),
    ],
)  # fmt: skip
def test_a_source_says_its_document_its_date_its_page_and_its_age(
    source: Source, said: dict[str, str]
) -> None:
    lines = source_lines(source, DOCUMENTS, date(2026, 11, 24))
    assert {line.label: line.text for line in lines} == said


def test_marks_of_punctuation_never_begin_a_line() -> None:
    assert french_spaces("Lu : « Lande » ; non ?") == f"Lu{N}: «{N}Lande{N}»{N}; non{N}?"


@pytest.mark.parametrize(
    ("minutes", "said"), [(45, "45 min"), (60, "1 h"), (90, "1 h 30"), (1440, "24 h"), (2880, "2 jours")]
)
def test_lengths_are_said_in_their_largest_unit(minutes: int, said: str) -> None:
    assert minutes_words(minutes) == said

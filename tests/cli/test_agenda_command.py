"""The agenda commands, as whoever keeps a local agenda types them, on an encrypted base."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.agenda_base import keyed, new_base, refused
from tests.cli.console import Console, Said

pytestmark = pytest.mark.usefixtures("keyring_of_the_session")

CSNP: dict[str, Any] = {
    "nom": "CSNP du Port",
    "id": "csnp",
    "lieu": "Maison médicale",
    "adresse": "1 quai Brancas",
    "code_postal": "44000",
    "commune": "Nantes",
    "telephone": "02 61 91 00 00",
    "dispositifs": ["44-erdre-cens-mg"],
    "types": ["SNP"],
    "modalites": ["AMB"],
    "note": None,
}
AFTERNOONS: dict[str, Any] = {
    "id": "apres-midi",
    "jours": "lundi-vendredi",
    "debut": "14h",
    "fin": "14h40",
    "duree": 20,
    "surnombre": 1,
    "praticien": "Camille Maury",
    "rpps": "10002673899",
}
TWO, TWENTY_PAST = "20261124T130000Z/10002673899", "20261124T132000Z/10002673899"
CALENDAR = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//essai//FR\r
BEGIN:VEVENT\r
UID:u1@essai\r
DTSTAMP:20261101T000000Z\r
DTSTART:20261124T150000Z\r
DTEND:20261124T160000Z\r
SUMMARY:Mme Untel\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:u2@essai\r
DTSTAMP:20261101T000000Z\r
DTSTART;VALUE=DATE:20261125\r
SUMMARY:Mme Untel\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.fixture
def base(console: Console, tmp_path: Path) -> Path:
    """A base with an agenda open in the afternoon: 14:00 and 14:20, one place each, one beyond."""
    file = new_base(console, tmp_path)
    assert given(console, file, CSNP, "creer").status == 0
    assert given(console, file, AFTERNOONS, "ouvrir", "csnp").status == 0
    return file


def agenda(
    console: Console, base: Path, *arguments: str, stdin: str | bytes = "", as_json: bool = True
) -> Said:
    return keyed(console, base, "agenda", *arguments, stdin=stdin, json=as_json)


def given(console: Console, base: Path, document: object, *arguments: str) -> Said:
    return agenda(console, base, *arguments, "--donnees", "-", stdin=json.dumps(document))


def slots(console: Console, base: Path, *arguments: str) -> list[dict[str, Any]]:
    found = agenda(console, base, "creneaux", "csnp", "--jours", "1", *arguments).answer()["creneaux"]
    assert isinstance(found, list)
    return found


def test_an_agenda_is_created_listed_shown_changed_and_removed(console: Console, base: Path) -> None:
    other = given(console, base, {"nom": "Garde de Pornic"}, "creer")
    assert other.answer()["id"] == "garde-de-pornic"
    assert "carnet_local" in other.err
    listed = agenda(console, base, "lister").rows()
    assert listed[0] == CSNP
    assert [one["id"] for one in listed] == ["csnp", "garde-de-pornic"]
    given(console, base, {**CSNP, "nom": "CSNP"}, "creer", "--remplacer")
    shown = agenda(console, base, "montrer", "csnp").answer()
    assert shown["nom"] == "CSNP"
    assert shown["fermetures"] == []
    assert agenda(console, base, "supprimer", "garde-de-pornic").answer() == {"id": "garde-de-pornic"}
    refused(agenda(console, base, "supprimer", "garde-de-pornic"), "introuvable", "carnet")


def test_what_is_shown_can_be_given_again(console: Console, base: Path) -> None:
    given(console, base, {"du": "24/12/2026", "raison": "congés"}, "fermer", "csnp")
    given(console, base, {"date": "27/11/2026", "debut": "9h", "fin": "12h", "places": 6}, "ouvrir", "csnp")
    shown = agenda(console, base, "montrer", "csnp").answer()
    openings, closures = shown["ouvertures"], shown["fermetures"]
    assert isinstance(openings, list)
    assert isinstance(closures, list)
    assert (len(openings), len(closures)) == (2, 1)
    for one in openings:
        again = given(console, base, one, "ouvrir", "csnp").answer()
        assert (again["id"], again["ajoutes"], again["retires"]) == (one["id"], [], [])
    assert given(console, base, closures[0], "fermer", "csnp").answer()["retires"] == []


def test_an_opening_says_what_it_makes_of_four_weeks(console: Console, base: Path) -> None:
    mornings = {"jours": "mercredi", "debut": "9h", "fin": "9h30", "duree": 30, "semaines": "paires"}
    tried = given(console, base, mornings, "ouvrir", "csnp", "--essai").answer()
    made = given(console, base, mornings, "ouvrir", "csnp").answer()
    assert (tried["id"], tried["essai"], made["essai"]) == (None, True, False)
    assert tried["ajoutes"] == made["ajoutes"]
    assert isinstance(made["ajoutes"], list)
    assert [one["debut"] for one in made["ajoutes"]] == [
        "2026-11-25T09:00:00+01:00",
        "2026-12-09T09:00:00+01:00",
    ]


@pytest.mark.parametrize(
    ("verb", "document", "code", "field"),
    [
        ("ouvrir", {**AFTERNOONS, "fin": "14h"}, "valeur_invalide", "fin"),
        ("ouvrir", {**AFTERNOONS, "patient": "x"}, "champ_inconnu", "patient"),
        ("ouvrir", {**AFTERNOONS, "debut": ["14h"]}, "valeur_invalide", "debut"),
        ("ouvrir", {"debut": "14h", "fin": "15h"}, "champ_manquant", "jours"),
        ("ouvrir", [], "valeur_invalide", "donnees"),
        ("fermer", {"du": "31/02/2026"}, "valeur_invalide", "du"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(
    console: Console, base: Path, verb: str, document: object, code: str, field: str
) -> None:
    refused(given(console, base, document, verb, "csnp"), code, field)


def test_an_agenda_that_cannot_be_is_refused(console: Console, base: Path) -> None:
    refused(given(console, base, CSNP, "creer"), "conflit", "id")
    unknown = {**CSNP, "id": "x", "dispositifs": ["44-nulle-part"]}
    refused(given(console, base, unknown, "creer"), "dispositif_inconnu", "dispositifs")
    refused(given(console, base, {"nom": "x", "types": "SNP"}, "creer"), "valeur_invalide", "types")


@pytest.mark.parametrize(
    "arguments",
    [("montrer", "rien"), ("creneaux", "rien"), ("reserver", "rien", TWO), ("retirer", "rien", "x")],
)
def test_an_agenda_that_is_not_there_is_told(
    console: Console, base: Path, arguments: tuple[str, ...]
) -> None:
    refused(agenda(console, base, *arguments), "introuvable", None)


def test_slots_are_listed_with_their_places(console: Console, base: Path) -> None:
    first, second = slots(console, base)
    assert first == {
        "reference": TWO,
        "debut": "2026-11-24T14:00:00+01:00",
        "fin": "2026-11-24T14:20:00+01:00",
        "praticien": {"nom": "Camille Maury", "rpps": "10002673899"},
        "places": 1,
        "libres": 1,
        "surnombre": 1,
        "surnombre_libres": 1,
        "sans_rendez_vous": False,
        "ouverture": "apres-midi",
        "reservations": [],
    }
    assert second["reference"] == TWENTY_PAST
    assert len(slots(console, base, "--du", "30/11/2026")) == 2


def test_a_place_is_booked_once_for_each_key_and_given_back(console: Console, base: Path) -> None:
    booked = agenda(
        console, base, "reserver", "csnp", TWO, "--cle", "k1", "--appel", "appel-1", "--poste", "44-3"
    )
    assert booked.answer() == {"cle": "k1", "issue": "reserve", "message": None}
    assert agenda(console, base, "reserver", "csnp", TWO, "--cle", "k1").answer()["issue"] == "reserve"
    (held,) = slots(console, base)[0]["reservations"]
    assert (held["cle"], held["appel"], held["poste"], held["etat"]) == ("k1", "appel-1", "44-3", "reserve")
    refused(agenda(console, base, "reserver", "csnp", TWO), "conflit", "reference")
    beyond = agenda(console, base, "reserver", "csnp", TWO, "--surnombre").answer()
    assert (beyond["issue"], beyond["cle"]) != ("reserve", "k1")
    assert beyond["issue"] == "a_confirmer"
    assert [one["reference"] for one in slots(console, base, "--libres")] == [TWENTY_PAST]
    cancelled = agenda(console, base, "annuler", "k1")
    assert (cancelled.status, cancelled.answer()["etat"]) == (0, "annule")
    refused(agenda(console, base, "annuler", "k1"), "conflit", "cle")
    refused(agenda(console, base, "annuler", "k9"), "introuvable", None)
    assert slots(console, base)[0]["libres"] == 1


def test_a_place_is_booked_for_a_desk_and_for_nothing_else(console: Console, base: Path) -> None:
    for wrong in ("n’importe quoi", "35-1\n", "72-", "Gaëlle"):
        refused(agenda(console, base, "reserver", "csnp", TWO, "--poste", wrong), "valeur_invalide", "poste")
    assert slots(console, base)[0]["reservations"] == []
    agenda(console, base, "reserver", "csnp", TWO, "--poste", "ligne-1")
    agenda(console, base, "reserver", "csnp", TWENTY_PAST)
    (held,), (other,) = (one["reservations"] for one in slots(console, base)[:2])
    assert (held["poste"], other["poste"]) == ("ligne-1", "commande")


def test_what_became_of_a_booking_is_written_down(console: Console, base: Path) -> None:
    agenda(console, base, "reserver", "csnp", TWO, "--cle", "k1")
    agenda(console, base, "reserver", "csnp", TWO, "--cle", "k2", "--surnombre")
    assert agenda(console, base, "etat", "k2", "reserve").answer()["etat"] == "reserve"
    assert agenda(console, base, "etat", "k1", "absent").answer()["etat"] == "absent"
    refused(agenda(console, base, "etat", "k1", "honore"), "conflit", "cle")
    refused(agenda(console, base, "etat", "k1", "perdu"), "usage", None, status=2)
    assert slots(console, base)[0]["libres"] == 0


def test_a_slot_that_is_past_or_was_never_there_is_not_booked(console: Console, base: Path) -> None:
    refused(agenda(console, base, "reserver", "csnp", "20261123T130000Z/10002673899"), "conflit", "reference")
    refused(agenda(console, base, "reserver", "csnp", "rien"), "conflit", "reference")
    refused(agenda(console, base, "reserver", "csnp", TWO, "--cle", "k" * 65), "valeur_invalide", "cle")


def test_a_closure_names_those_it_leaves_without_a_slot_until_it_is_opened_again(
    console: Console, base: Path
) -> None:
    agenda(console, base, "reserver", "csnp", TWO, "--cle", "k1")
    closed = given(console, base, {"du": "24/11/2026", "raison": "réunion"}, "fermer", "csnp")
    stranded = closed.answer()["sans_creneau"]
    assert isinstance(stranded, list)
    assert [one["cle"] for one in stranded] == ["k1"]
    assert "k1, 24/11/2026 14:00" in closed.err
    seen = agenda(console, base, "creneaux", "csnp", "--jours", "1").answer()
    assert seen["creneaux"] == []
    assert isinstance(seen["sans_creneau"], list)
    assert [one["cle"] for one in seen["sans_creneau"]] == ["k1"]
    refused(agenda(console, base, "supprimer", "csnp"), "conflit", None)
    entry = str(closed.answer()["id"])
    assert agenda(console, base, "retirer", "csnp", entry, "--essai").answer()["essai"] is True
    opened = agenda(console, base, "retirer", "csnp", entry).answer()
    assert isinstance(opened["ajoutes"], list)
    assert len(opened["ajoutes"]) == 2
    refused(agenda(console, base, "retirer", "csnp", entry), "introuvable", "id")


def test_a_table_is_imported_with_a_report(console: Console, base: Path, tmp_path: Path) -> None:
    table = tmp_path / "ouvertures.csv"
    table.write_text("date;debut;fin;duree\n25/11/2026;9h;10h;20\n31/02/2026;9h;10h;20\n", encoding="utf-8")
    tried = agenda(console, base, "importer", "csnp", str(table), "--essai").answer()
    assert (tried["ajoutees"], tried["essai"]) == (1, True)
    said = agenda(console, base, "importer", "csnp", str(table))
    assert (said.status, said.answer()) == (
        0,
        {
            "essai": False,
            "ajoutees": 1,
            "deja_la": 0,
            "refusees": [
                {
                    "ligne": 3,
                    "texte": "31/02/2026 ; 9h ; 10h ; 20",
                    "champ": "date",
                    "raison": "Cette date n’existe pas.",
                }
            ],
        },
    )
    again = agenda(console, base, "importer", "csnp", "-", stdin=table.read_text(encoding="utf-8"))
    assert (again.status, again.answer()["deja_la"]) == (0, 1)
    nothing = agenda(console, base, "importer", "csnp", "-", stdin="date;debut;fin\nx;9h;10h\n")
    assert nothing.status == 1
    refused(agenda(console, base, "importer", "csnp", str(tmp_path / "rien.csv")), "introuvable", "fichier")
    refused(agenda(console, base, "importer", "csnp", "-", stdin="heure\n9h\n"), "champ_inconnu", "heure")


def test_a_calendar_is_imported_without_its_titles(console: Console, base: Path, tmp_path: Path) -> None:
    calendar = tmp_path / "libres.ics"
    calendar.write_bytes(CALENDAR)
    said = agenda(
        console, base, "importer", "csnp", str(calendar), "--praticien", "Dr Le Gall", "--duree", "30"
    )
    report = said.answer()
    assert (report["ajoutees"], report["deja_la"]) == (1, 0)
    assert isinstance(report["refusees"], list)
    assert [one["raison"] for one in report["refusees"]] == ["Journée entière, sans heure."]
    assert "Untel" not in said.out + said.err
    found = [one["debut"] for one in slots(console, base) if one["praticien"]["nom"] == "Dr Le Gall"]
    assert found == ["2026-11-24T16:00:00+01:00", "2026-11-24T16:30:00+01:00"]
    refused(
        agenda(console, base, "importer", "csnp", "-", "--calendrier", stdin="x"),
        "valeur_invalide",
        "fichier",
    )


def test_each_verb_says_in_french_what_it_did(console: Console, base: Path) -> None:
    said = [
        agenda(console, base, *arguments, as_json=False).out
        for arguments in (
            ("lister",),
            ("creneaux", "csnp", "--jours", "1"),
            ("reserver", "csnp", TWO, "--cle", "k1"),
            ("annuler", "k1"),
            ("retirer", "csnp", "apres-midi"),
            ("creneaux", "csnp"),
        )
    ]
    assert said == [
        "csnp  CSNP du Port\n",
        f"24/11 14:00  1 sur 1  Camille Maury  {TWO}\n24/11 14:20  1 sur 1  Camille Maury  {TWENTY_PAST}\n",
        "Réservé\u202f: k1.\n",
        "Place rendue.\n",
        "Fait (apres-midi)\u202f: sur quatre semaines, 0 créneaux ajoutés, 40 retirés, 0 offerts.\n",
        "Aucun créneau.\n",
    ]


def test_the_search_finds_what_the_agenda_offers(console: Console, base: Path) -> None:
    declaration = {
        "id": "carnet",
        "type": "carnet_local",
        "nom": "Carnet du Port",
        "options": {"agenda": "csnp"},
    }
    added = keyed(console, base, "sources", "ajouter", "--donnees", "-", stdin=json.dumps(declaration))
    assert added.status == 0, added.out
    agenda(console, base, "reserver", "csnp", TWO)
    found = keyed(console, base, "creneaux", "--tout").answer()
    assert isinstance(found["sources"], list)
    assert [(one["id"], one["etat"], one["creneaux"]) for one in found["sources"]] == [
        ("carnet", "repondu", 4)
    ]
    assert isinstance(found["creneaux"], list)
    assert found["creneaux"][0]["reservation"] == {"mode": "carnet_local", "url": None}

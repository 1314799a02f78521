"""`comptes`: who may sign in, from the command line; passwords come by descriptors, never as arguments."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

import pytest

from osnp_console import APPLICATION
from osnp_console.app.preferences import Preferences
from osnp_console.desk.folders import desk_folders
from osnp_console.desk.settings import KeptPreferences
from osnp_console.domain.account import LOOKS_SHARED
from osnp_console.domain.desk import Desk
from tests.cli.agenda_base import KEY, given_by_descriptor, keyed, new_base, refused
from tests.cli.console import Console, Said
from tests.storage.kept import behind

pytestmark = pytest.mark.usefixtures("keyring_of_the_session")

PHRASE, OTHER, THIRD = "quatre marées à Pénestin", "un phare derrière la dune", "trois barques au mouillage"


def lines_with_persons(file: Path, key: bytes) -> list[tuple[str, str | None]]:
    """Kind and account of every line of the journal, in the order of the chain of its desk."""
    with behind(file, key) as connection:
        found = connection.execute("select kind, person from journal order by desk, number")
        return [tuple(row) for row in found]


class Town:
    """A base and the commands given on it."""

    def __init__(self, console: Console, tmp_path: Path) -> None:
        self.console = console
        self.base = new_base(console, tmp_path)

    def run(
        self,
        *arguments: str,
        new: str | None = None,
        by: tuple[str, str] | None = None,
        json: bool = True,
        stdin: str = "",
    ) -> Said:
        """`comptes …`, or another command that begins with a space; `new` and `by` go through descriptors."""
        with ExitStack() as given:
            rest = list(arguments)
            if new is not None:
                rest += ["--mot-de-passe-fd", given.enter_context(given_by_descriptor(f"{new}\n".encode()))]
            if by is not None:
                word = given.enter_context(given_by_descriptor(by[1].encode()))
                rest += ["--compte", by[0], "--compte-fd", word]
            return keyed(self.console, self.base, *rest, stdin=stdin, json=json)

    def import_territory(self, sheet: Path, by: tuple[str, str] | None) -> Said:
        """`territoires importer`, which asks this desk's own base."""
        with ExitStack() as given:
            rest = ["--cle-fd", given.enter_context(given_by_descriptor(KEY.encode()))]
            if by is not None:
                rest += [
                    "--compte",
                    by[0],
                    "--compte-fd",
                    given.enter_context(given_by_descriptor(by[1].encode())),
                ]
            return self.console.run(
                "territoires",
                "importer",
                str(sheet),
                "--cpts",
                "CPTS du Pays Blanc",
                "--auteur",
                "É. Morvan",
                "--json",
                *rest,
            )

    def first(self) -> Said:
        return self.run(
            "comptes", "creer", "e.morvan", "--nom", "Erwan Morvan", "--role", "osnp", "--premier", new=PHRASE
        )


BOSS = ("e.morvan", PHRASE)


@pytest.fixture
def town(console: Console, tmp_path: Path) -> Town:
    return Town(console, tmp_path)


def test_the_first_account_is_an_administrator(town: Town) -> None:
    said = town.first()
    assert said.status == 0
    account = said.answer()
    assert {name: account[name] for name in ("identifiant", "nom", "roles", "etat")} == {
        "identifiant": "e.morvan",
        "nom": "Erwan Morvan",
        "roles": ["administrateur", "osnp"],
        "etat": "actif",
    }
    refused(town.first(), "interdit", None)


def test_no_password_is_an_argument(town: Town) -> None:
    said = town.run("comptes", "creer", "e.morvan", "--nom", "Erwan Morvan", "--premier")
    assert said.status == 2
    refused(said, "usage", None, status=2)


def test_a_short_password_and_an_unknown_role_are_refused(town: Town) -> None:
    refused(
        town.run("comptes", "creer", "e.morvan", "--nom", "Erwan Morvan", "--premier", new="court"),
        "valeur_invalide",
        "mot_de_passe",
    )
    said = town.run("comptes", "creer", "e.morvan", "--nom", "E", "--role", "arm", "--premier", new=PHRASE)
    refused(said, "usage", None, status=2)


def test_an_administrator_adds_a_person_who_chooses_a_password_of_their_own(town: Town) -> None:
    town.first()
    made = town.run(
        "comptes", "creer", "g.tessier", "--nom", "Gaëlle Tessier", "--role", "osnp", new=OTHER, by=BOSS
    )
    assert made.answer()["etat"] == "a_changer"
    # Nothing else is allowed before.
    refused(town.run("comptes", "lister", by=("g.tessier", OTHER)), "interdit", "compte")
    own = town.run("comptes", "mot-de-passe", "g.tessier", new=THIRD, by=("g.tessier", OTHER))
    assert own.answer()["etat"] == "actif"
    refused(town.run("comptes", "lister", by=("g.tessier", THIRD)), "interdit", None)
    listed = town.run("comptes", "lister", by=BOSS).rows()
    assert [one["identifiant"] for one in listed] == ["e.morvan", "g.tessier"]


def test_without_saying_who_acts_nothing_is_done_on_a_base_with_accounts(town: Town) -> None:
    town.first()
    said = town.run("comptes", "bloquer", "e.morvan")
    refused(said, "interdit", None)
    assert said.refusal()["message"] == (
        "Cette base a des comptes\u202f: dire qui agit par --compte et --compte-fd."
    )
    refused(town.run("comptes", "lister", "--compte", "e.morvan"), "usage", "compte-fd", status=2)


def test_accounts_are_changed_blocked_given_back_and_removed(town: Town) -> None:
    town.first()
    town.run("comptes", "creer", "g.tessier", "--nom", "Gaëlle Tessier", "--role", "osnp", new=OTHER, by=BOSS)
    town.run("comptes", "mot-de-passe", "g.tessier", new=THIRD, by=("g.tessier", OTHER))
    changed = town.run(
        "comptes", "modifier", "g.tessier", "--role", "referent", "--identifiant", "g.letessier", by=BOSS
    )
    assert (changed.answer()["roles"], changed.answer()["identifiant"]) == (["referent"], "g.letessier")
    refused(town.run("comptes", "modifier", "g.letessier", by=BOSS), "champ_manquant", None)
    assert town.run("comptes", "bloquer", "g.letessier", by=BOSS).answer()["etat"] == "bloque"
    said = town.run("sources", "lister", by=("g.letessier", THIRD))
    assert str(said.refusal()["message"]).startswith("Ce compte ne permet plus rien")
    assert town.run("comptes", "debloquer", "g.letessier", by=BOSS).answer()["etat"] == "a_changer"
    assert (
        town.run("comptes", "mot-de-passe", "g.letessier", new=OTHER, by=BOSS).answer()["etat"] == "a_changer"
    )
    assert town.run("comptes", "retirer", "g.letessier", by=BOSS).answer()["etat"] == "retire"
    refused(town.run("comptes", "retirer", "g.letessier", by=BOSS), "interdit", "identifiant")
    refused(town.run("comptes", "retirer", "e.morvan", by=BOSS), "interdit", None)
    refused(town.run("comptes", "bloquer", "personne", by=BOSS), "introuvable", "identifiant")


def test_a_wrong_password_is_refused_with_the_attempts_left(town: Town) -> None:
    town.first()
    said = town.run("comptes", "lister", by=("e.morvan", "faux"))
    refused(said, "interdit", None)
    assert said.refusal()["message"] == "Identifiant ou mot de passe inexact. Encore 4 essais."


def test_people_read_one_line_an_account_and_are_warned_of_a_shared_login(town: Town) -> None:
    said = town.run("comptes", "creer", "samu44", "--nom", "Poste 3", "--premier", new=PHRASE, json=False)
    assert said.out == "samu44 · Poste 3 · administrateur · actif\n"
    assert said.err == LOOKS_SHARED + "\n"
    listed = town.run("comptes", "lister", by=("samu44", PHRASE), json=False)
    assert listed.out == f"{said.out.rstrip()} · connecté aujourd’hui 10:00\n"


def test_what_commands_do_for_somebody_is_in_the_journal_under_their_name(town: Town) -> None:
    first = town.first().answer()["id"]
    town.run("comptes", "creer", "g.tessier", "--nom", "Gaëlle Tessier", "--role", "osnp", new=OTHER, by=BOSS)
    told = lines_with_persons(town.base, bytes.fromhex(KEY))
    assert told == [("compte_cree", first), ("connexion", first), ("compte_cree", first)]


def test_a_command_says_at_which_workstation_somebody_signed_in_for_it(town: Town) -> None:
    town.first()
    settings = desk_folders(APPLICATION).settings
    KeptPreferences(settings).save(Preferences(desk=Desk(role="osnp", sas="35", number=7)))
    assert town.run("comptes", "lister", by=BOSS).status == 0
    refused(town.run("comptes", "lister", by=("e.morvan", "faux")), "interdit", None)
    with behind(town.base, bytes.fromhex(KEY)) as connection:
        found = connection.execute(
            "select j.kind, f.facts from journal j join journal_facts f on f.desk = j.desk"
            " and f.number = j.number where j.desk = 'commande' order by j.number"
        ).fetchall()
    told = [(kind, json.loads(facts).get("poste")) for kind, facts in found]
    assert told[-2:] == [("connexion", "35-7"), ("connexion_refusee", "35-7")]


def test_the_directorys_table_and_the_sites_territories_are_for_whoever_keeps_the_rules(
    town: Town, tmp_path: Path
) -> None:
    town.first()
    town.run("comptes", "creer", "g.tessier", "--nom", "Gaëlle Tessier", "--role", "osnp", new=OTHER, by=BOSS)
    town.run("comptes", "mot-de-passe", "g.tessier", new=THIRD, by=("g.tessier", OTHER))
    settings = desk_folders(APPLICATION).settings
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"base": f"sqlite:///{town.base}"}))
    sheet, table = tmp_path / "communes.csv", tmp_path / "annuaire.csv"
    sheet.write_text("44069\n", encoding="utf-8")
    export = ("effecteurs", "exporter", "--sortie", str(table))
    for who in (None, ("g.tessier", THIRD)):
        refused(town.run(*export, by=who), "interdit", None)
        refused(town.import_territory(sheet, who), "interdit", None)
    assert not table.exists()
    assert not town.console.site.exists()
    assert town.run(*export, by=BOSS).status == 0
    file = Path(str(town.import_territory(sheet, BOSS).answer()["fichier"]))
    assert file.parent == town.console.site / "territoires"
    told = [kind for kind, _ in lines_with_persons(town.base, bytes.fromhex(KEY)) if kind != "connexion"]
    assert told[-2:] == ["export", "catalogue_modifie"]

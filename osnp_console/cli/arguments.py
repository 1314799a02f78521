"""The commands' options, and wrong usage said in French."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

_IN_FRENCH = (
    (re.compile(r"the following arguments are required: (.+)"), "il manque : {0}"),
    (re.compile(r"unrecognized arguments: (.+)"), "option ou argument inconnu : {0}"),
    (
        re.compile(r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)"),
        "{0} : {1} n’existe pas ; au choix : {2}",
    ),
    (re.compile(r"argument (.+?): expected one argument"), "{0} veut une valeur"),
    (re.compile(r"argument (.+?): not allowed with argument (.+)"), "{0} et {1} ne vont pas ensemble"),
    (re.compile(r"one of the arguments (.+) is required"), "il faut l’un de : {0}"),
    (re.compile(r"argument (.+?): invalid (.+?) value: (.+)"), "{0} : valeur {2} mal formée"),
)


class WrongUsage(Exception):
    """The command line cannot be understood (exit status 2)."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message)
        self.message = message
        self.usage = usage


class FrenchHelp(argparse.HelpFormatter):
    """argparse's help with its own words in French."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """The usage line."""
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """argparse, saying what is wrong in French and leaving the exit to the caller."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "add_help": False, "formatter_class": FrenchHelp})
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="cette aide")

    def error(self, message: str) -> NoReturn:
        """Raise WrongUsage instead of printing and exiting."""
        raise WrongUsage(in_french(message), self.format_usage())


def in_french(message: str) -> str:
    """Argparse's message in French."""
    for pattern, said in _IN_FRENCH:
        found = pattern.fullmatch(message)
        if found is not None:
            return said.format(*found.groups())
    return message


def _with(parser: argparse.ArgumentParser, *names: str) -> None:
    helps = {
        "--json": "un seul document JSON sur la sortie standard",
        "--catalogue": "un autre catalogue que celui du programme",
        "--site": "la couche du site (par défaut : le dossier de configuration)",
        "--instant": "l’instant à juger, heure de Paris s’il est sans décalage (par défaut : maintenant)",
    }
    for name in names:
        if name == "--json":
            parser.add_argument(name, action="store_true", help=helps[name])
        else:
            parser.add_argument(
                name, metavar="DOSSIER" if name != "--instant" else "INSTANT", help=helps[name]
            )


def build_parser(version: str) -> Parser:
    """Every command with its options."""
    parser = Parser(
        prog="osnp-console", description="Console des opérateurs de soins non programmés.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"osnp-console {version}", help="la version")
    commands = parser.add_subparsers(dest="command", metavar="commande", required=True)

    one = commands.add_parser("eligibilite", help="quels dispositifs prennent ce patient", allow_abbrev=False)
    calls = one.add_mutually_exclusive_group(required=True)
    calls.add_argument("--appel", metavar="FICHIER", help="l’appel en JSON, - pour l’entrée standard")
    calls.add_argument(
        "--lot", metavar="FICHIER", help="beaucoup d’appels, un objet {instant, appel} par ligne"
    )
    one.add_argument(
        "--dispositif", action="append", default=[], metavar="ID", help="seulement celui-ci (répétable)"
    )
    _with(one, "--json", "--catalogue", "--site", "--instant")

    catalogue = commands.add_parser("catalogue", help="le catalogue des dispositifs", allow_abbrev=False)
    verbs = catalogue.add_subparsers(dest="verb", metavar="action", required=True)
    _with(
        verbs.add_parser("verifier", help="relit tous les fichiers et leurs exemples", allow_abbrev=False),
        "--json",
        "--catalogue",
        "--site",
    )
    listing = verbs.add_parser("lister", help="les dispositifs, ou les faits", allow_abbrev=False)
    listing.add_argument("--faits", action="store_true", help="les faits qu’un appel peut contenir")
    _with(listing, "--json", "--catalogue", "--site")
    show = verbs.add_parser("montrer", help="la fiche entière d’un dispositif", allow_abbrev=False)
    show.add_argument("id", metavar="ID")
    _with(show, "--json", "--catalogue", "--site")

    territories = commands.add_parser("territoires", help="les communes des CPTS", allow_abbrev=False)
    actions = territories.add_subparsers(dest="verb", metavar="action", required=True)
    importing = actions.add_parser(
        "importer", help="lit les communes d’une CPTS dans un CSV", allow_abbrev=False
    )
    importing.add_argument("fichier", metavar="FICHIER.csv")
    importing.add_argument("--cpts", required=True, help="le nom exact de la CPTS")
    importing.add_argument("--auteur", help="qui saisit (par défaut : le compte de la session)")
    _with(importing, "--json", "--catalogue", "--site", "--instant")
    _with(
        actions.add_parser("lister", help="ce que l’on sait de chaque territoire", allow_abbrev=False),
        "--json",
        "--catalogue",
        "--site",
    )

    communes = commands.add_parser(
        "communes", help="recherche une commune comme on la tape", allow_abbrev=False
    )
    communes.add_argument("texte", metavar="TEXTE")
    _with(communes, "--json")

    show_off = commands.add_parser("demonstration", help="l’appel de Redon, pas à pas", allow_abbrev=False)
    _with(show_off, "--catalogue", "--site")
    return parser


def wants_json(arguments: Sequence[str]) -> bool:
    """True when the command line asks for JSON, even one that cannot be understood."""
    return "--json" in arguments

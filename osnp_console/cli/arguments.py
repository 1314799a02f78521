"""The commands' options, and wrong usage said in French."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NoReturn

from osnp_console.cli.agenda_arguments import add_agenda
from osnp_console.cli.attente_arguments import add_waiting
from osnp_console.cli.comptes_arguments import add_accounts
from osnp_console.cli.demonstration import STORIES
from osnp_console.cli.infirmiers_arguments import add_nurses
from osnp_console.cli.ordonnance_arguments import add_prescriptions
from osnp_console.cli.transfert_arguments import add_transfers

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

    def parse_args(self, *arguments: Any, **options: Any) -> Any:
        """As argparse does; a line without command is wrong usage unless it asks for the self-check."""
        read = super().parse_args(*arguments, **options)
        if read.self_check_json and not read.self_check:
            self.error("unrecognized arguments: --json")
        if read.command is None and not read.self_check:
            self.error("the following arguments are required: commande")
        return read

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


def with_base(parser: argparse.ArgumentParser, *, by_account: bool = True) -> None:
    """The options of a command that works on the base; `by_account` for what a person has a right to."""
    parser.add_argument(
        "--base",
        metavar="URL",
        help="sqlite:///dossier/fichier ou postgresql://nom@serveur:port/base, sans mot de passe "
        "(par défaut : la base de ce poste)",
    )
    with_account(parser, by_account=by_account)


def with_account(parser: argparse.ArgumentParser, *, by_account: bool = True) -> None:
    """What opens the base, and who acts in it."""
    parser.add_argument(
        "--cle-fd",
        metavar="N",
        type=_descriptor,
        help="lit dans ce descripteur de fichier la clé (64 chiffres hexadécimaux) ou la phrase de passe ; "
        "pour un serveur, son mot de passe sur une ligne, et la clé du site sur une autre",
    )
    if not by_account:
        return
    parser.add_argument("--compte", metavar="IDENTIFIANT", help="qui agit, là où la base a des comptes")
    parser.add_argument(
        "--compte-fd",
        metavar="N",
        type=_descriptor,
        help="lit le mot de passe de ce compte dans ce descripteur de fichier",
    )


@cache
def build_parser(version: str) -> Parser:
    """Every command with its options, made once."""
    parser = Parser(
        prog="osnp-console", description="Console des opérateurs de soins non programmés.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"osnp-console {version}", help="la version")
    parser.add_argument(
        "--self-check",
        action="store_true",
        help="démarre chaque pièce sans fenêtre et dit ce qui marche (avec --json : en JSON)",
    )
    parser.add_argument("--json", dest="self_check_json", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="commande")
    for add in (
        _add_eligibility,
        _add_slots,
        _add_catalogue,
        _add_territories,
        _add_communes,
        _add_sources,
        _add_effecteurs,
        _add_agenda,
        _add_waiting,
        _add_transfers,
        _add_prescriptions,
        _add_nurses,
        _add_simulator,
        _add_base,
        _add_accounts,
        _add_window,
    ):
        add(commands)
    return parser


def _add_eligibility(commands: argparse._SubParsersAction[Parser]) -> None:
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


def _add_catalogue(commands: argparse._SubParsersAction[Parser]) -> None:
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


def _add_slots(commands: argparse._SubParsersAction[Parser]) -> None:
    one = commands.add_parser(
        "creneaux", help="les créneaux de tous les agendas que ce patient peut avoir", allow_abbrev=False
    )
    one.add_argument("--appel", metavar="FICHIER", help="l’appel en JSON, - pour l’entrée standard")
    one.add_argument("--heures", metavar="N", default="48", help="jusqu’à combien d’heures (par défaut : 48)")
    asked = one.add_mutually_exclusive_group()
    asked.add_argument(
        "--source", action="append", default=[], metavar="ID", help="seulement cet agenda (répétable)"
    )
    asked.add_argument(
        "--bundle",
        action="append",
        default=[],
        metavar="FICHIER",
        help="lit une réponse FHIR gardée au lieu d’interroger les agendas (répétable)",
    )
    one.add_argument(
        "--tout", action="store_true", help="n’écarte rien d’après l’appel, les droits ou l’heure"
    )
    with_base(one)
    _with(one, "--json", "--catalogue", "--site", "--instant")


def _add_territories(commands: argparse._SubParsersAction[Parser]) -> None:
    territories = commands.add_parser("territoires", help="les communes des CPTS", allow_abbrev=False)
    actions = territories.add_subparsers(dest="verb", metavar="action", required=True)
    importing = actions.add_parser(
        "importer", help="lit les communes d’une CPTS dans un CSV", allow_abbrev=False
    )
    importing.add_argument("fichier", metavar="FICHIER.csv")
    importing.add_argument("--cpts", required=True, help="le nom exact de la CPTS")
    importing.add_argument("--auteur", help="qui saisit (par défaut : le compte de la session)")
    _with(importing, "--json", "--catalogue", "--site", "--instant")
    with_account(importing)
    _with(
        actions.add_parser("lister", help="ce que l’on sait de chaque territoire", allow_abbrev=False),
        "--json",
        "--catalogue",
        "--site",
    )


def _add_communes(commands: argparse._SubParsersAction[Parser]) -> None:
    communes = commands.add_parser(
        "communes", help="recherche une commune comme on la tape", allow_abbrev=False
    )
    communes.add_argument("texte", metavar="TEXTE")
    _with(communes, "--json")


def _add_sources(commands: argparse._SubParsersAction[Parser]) -> None:
    sources = commands.add_parser("sources", help="les agendas que ce poste interroge", allow_abbrev=False)
    verbs = sources.add_subparsers(dest="verb", metavar="action", required=True)
    adding = verbs.add_parser("ajouter", help="déclare une source, ou la remplace", allow_abbrev=False)
    adding.add_argument(
        "--donnees", metavar="FICHIER", required=True, help="la déclaration en JSON, - pour l’entrée standard"
    )
    _with(adding, "--catalogue", "--site")
    listing = verbs.add_parser("lister", help="les sources déclarées", allow_abbrev=False)
    trying = verbs.add_parser("essayer", help="interroge une source maintenant", allow_abbrev=False)
    removing = verbs.add_parser("retirer", help="retire une source et ses secrets", allow_abbrev=False)
    secret = verbs.add_parser(
        "secret", help="garde un secret d’une source dans le trousseau du poste", allow_abbrev=False
    )
    for one in (trying, removing, secret):
        one.add_argument("id", metavar="ID")
    secret.add_argument("nom", metavar="NOM", help="mot_de_passe, par exemple")
    value = secret.add_mutually_exclusive_group(required=True)
    value.add_argument(
        "--valeur-fd", metavar="N", type=_descriptor, help="lit le secret dans ce descripteur de fichier"
    )
    value.add_argument("--oublier", action="store_true", help="retire le secret du trousseau")
    for one in (adding, listing, trying, removing, secret):
        with_base(one)
        _with(one, "--json")


def _add_effecteurs(commands: argparse._SubParsersAction[Parser]) -> None:
    people = commands.add_parser("effecteurs", help="l’annuaire du site", allow_abbrev=False)
    verbs = people.add_subparsers(dest="verb", metavar="action", required=True)
    importing = verbs.add_parser("importer", help="lit un CSV, avec un rapport par ligne", allow_abbrev=False)
    importing.add_argument("fichier", metavar="FICHIER.csv", help="- pour l’entrée standard")
    importing.add_argument("--essai", action="store_true", help="dit ce qui serait pris, sans rien écrire")
    _with(importing, "--catalogue", "--site")
    exporting = verbs.add_parser("exporter", help="l’annuaire en CSV", allow_abbrev=False)
    exporting.add_argument("--sortie", metavar="FICHIER.csv", help="par défaut : la sortie standard")
    searching = verbs.add_parser("chercher", help="par nom, numéro, commune, dispositif", allow_abbrev=False)
    searching.add_argument("texte", metavar="TEXTE", nargs="?")
    _add_look_up(searching)
    listing = verbs.add_parser("lister", help="tous les effecteurs", allow_abbrev=False)
    showing = verbs.add_parser("montrer", help="un effecteur", allow_abbrev=False)
    removing = verbs.add_parser("retirer", help="retire un effecteur", allow_abbrev=False)
    for one in (showing, removing):
        one.add_argument("id", metavar="NUMERO", help="RPPS, SIRET ou FINESS")
    key = verbs.add_parser(
        "cle", help="garde la clé de l’Annuaire Santé dans le trousseau du poste", allow_abbrev=False
    )
    value = key.add_mutually_exclusive_group(required=True)
    value.add_argument(
        "--valeur-fd", metavar="N", type=_descriptor, help="lit la clé dans ce descripteur de fichier"
    )
    value.add_argument("--oublier", action="store_true", help="retire la clé du trousseau")
    _with(key, "--json")
    for one in (importing, exporting, searching, listing, showing, removing):
        with_base(one)
        _with(one, "--json")


def _add_look_up(searching: argparse.ArgumentParser) -> None:
    searching.add_argument(
        "--annuaire", action="store_true", help="dans l’Annuaire Santé, avec la clé du trousseau"
    )
    searching.add_argument("--rpps", metavar="RPPS")
    searching.add_argument("--ville", metavar="VILLE")
    searching.add_argument("--code-postal", metavar="CODE", help="ou ses premiers chiffres")
    searching.add_argument("--profession", metavar="NOM", default="infirmier", help="infirmier par défaut")


def _add_agenda(commands: argparse._SubParsersAction[Parser]) -> None:
    def finish(parser: Parser, *names: str) -> None:
        with_base(parser)
        _with(parser, *names)

    add_agenda(commands, finish)


def _add_waiting(commands: argparse._SubParsersAction[Parser]) -> None:
    def finish(parser: Parser, *names: str) -> None:
        with_base(parser)
        _with(parser, *names)

    add_waiting(commands, finish)


def _add_prescriptions(commands: argparse._SubParsersAction[Parser]) -> None:
    def finish(parser: Parser, *names: str) -> None:
        with_base(parser)
        _with(parser, *names)

    add_prescriptions(commands, finish)


def _add_nurses(commands: argparse._SubParsersAction[Parser]) -> None:
    def finish(parser: Parser, *names: str) -> None:
        with_base(parser)
        _with(parser, *names)

    add_nurses(commands, finish)


def _add_transfers(commands: argparse._SubParsersAction[Parser]) -> None:
    def finish(parser: Parser, *names: str) -> None:
        with_base(parser)
        _with(parser, *names)

    add_transfers(commands, finish)


def _add_accounts(commands: argparse._SubParsersAction[Parser]) -> None:
    def finish(parser: Parser) -> None:
        with_base(parser)
        _with(parser, "--json")

    add_accounts(commands, finish, _descriptor)


def _add_window(commands: argparse._SubParsersAction[Parser]) -> None:
    show_off = commands.add_parser(
        "demonstration",
        help="des appels joués dans la vraie fenêtre, personnes inventées",
        allow_abbrev=False,
    )
    show_off.add_argument(
        "--histoire",
        action="append",
        choices=tuple(STORIES),
        help="seulement celle-ci (répétable ; par défaut : toutes)",
    )
    show_off.add_argument(
        "--captures",
        metavar="DOSSIER",
        help="où laisser les captures d’écran (par défaut : un dossier nommé à la fin)",
    )
    _with(show_off, "--catalogue", "--site")
    window = commands.add_parser(
        "fenetre", help="ouvre la console (ce que fait aussi la commande seule)", allow_abbrev=False
    )
    _with(window, "--catalogue", "--site")


def _add_base(commands: argparse._SubParsersAction[Parser]) -> None:
    base = commands.add_parser("base", help="la base chiffrée des appels et du journal", allow_abbrev=False)
    verbs = base.add_subparsers(dest="verb", metavar="action", required=True)
    for verb, what, file in (
        ("creer", "crée une base chiffrée, ou une base sur un serveur, là où il n’y en a pas", None),
        ("migrer", "met le schéma d’une base à jour, celui d’un fichier après une copie", None),
        ("verifier", "relit chaque page, chaque ligne du journal et chaque fait", None),
        ("accepter", "accepte que le journal finisse avant ce que ce poste en a noté, et l’y écrit", None),
        ("sauvegarder", "écrit une copie chiffrée, la base pouvant servir pendant ce temps", "la copie"),
        ("restaurer", "met une copie vérifiée à la place de la base, gardée à côté", "la copie"),
    ):
        parser = verbs.add_parser(verb, help=what, allow_abbrev=False)
        if file is not None:
            parser.add_argument("fichier", metavar="FICHIER", help=file)
        # The others tell nothing of anybody, and are wanted where nobody's account can be read.
        with_base(parser, by_account=verb in ("accepter", "sauvegarder", "restaurer"))
        _with(parser, "--json")
    copy = verbs.add_parser(
        "copier", help="copie une base vers un serveur, ou d’un serveur vers un fichier", allow_abbrev=False
    )
    copy.add_argument("source", metavar="SOURCE", help="l’adresse de la base à copier")
    copy.add_argument("cible", metavar="CIBLE", help="l’adresse d’une base vide, ou d’un fichier à créer")
    with_account(copy)
    copy.add_argument("--cle-cible-fd", metavar="N", type=_descriptor, help="le mot de passe du serveur")
    _with(copy, "--json")


def _add_simulator(commands: argparse._SubParsersAction[Parser]) -> None:
    one = commands.add_parser(
        "simulateur", help="un éditeur d’agendas inventé, pour essayer les sources", allow_abbrev=False
    )
    one.add_argument("--port", metavar="N", type=_port, default=0, help="par défaut : un port libre")
    one.add_argument("--adresse", metavar="ADRESSE", default="127.0.0.1", help="par défaut : 127.0.0.1")
    one.add_argument(
        "--tls",
        metavar="DOSSIER",
        help="en HTTPS, certificat client exigé ; autorité et certificats jetables écrits dans ce dossier",
    )
    one.add_argument(
        "--graine", metavar="N", type=int, default=1, help="le même nombre donne le même territoire (1)"
    )
    one.add_argument(
        "--defaut",
        action="append",
        default=[],
        metavar="NOM[=N][@CIBLE]",
        help="se tient mal ainsi ; CIBLE : /chemin, RPPS ou SIRET (répétable)",
    )
    one.add_argument(
        "--territoire",
        action="append",
        default=[],
        metavar="NOM",
        help="seulement celui-ci (répétable), ou demonstration (par défaut : tous)",
    )
    _with(one, "--json", "--instant")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= 65535):
        raise ValueError(text)
    return int(text)


def _descriptor(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)


def wants_json(arguments: Sequence[str]) -> bool:
    """True when the command line asks for JSON, even one that cannot be understood."""
    return "--json" in arguments

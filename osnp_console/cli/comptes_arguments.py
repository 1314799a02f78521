"""The options of `comptes`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from osnp_console.domain.permissions import ACCOUNT_ROLES

if TYPE_CHECKING:
    from osnp_console.cli.arguments import Parser


def add_accounts(
    commands: argparse._SubParsersAction[Parser],
    finish: Callable[[Parser], None],
    descriptor: Callable[[str], int],
) -> None:
    """Every action of `comptes`; `finish` adds what all of them take."""
    accounts = commands.add_parser("comptes", help="les comptes des personnes", allow_abbrev=False)
    verbs = accounts.add_subparsers(dest="verb", metavar="action", required=True)
    making = verbs.add_parser("creer", help="crée un compte", allow_abbrev=False)
    making.add_argument("id", metavar="IDENTIFIANT")
    making.add_argument("--nom", metavar="NOM", required=True, help="le nom affiché")
    making.add_argument(
        "--premier", action="store_true", help="le premier compte de la base, administrateur d’office"
    )
    changing = verbs.add_parser("modifier", help="change ce qui est donné", allow_abbrev=False)
    changing.add_argument("id", metavar="IDENTIFIANT")
    changing.add_argument("--nom", metavar="NOM", help="un autre nom affiché")
    changing.add_argument("--identifiant", metavar="NOUVEAU", help="un autre identifiant")
    for one in (making, changing):
        one.add_argument(
            "--role",
            action="append",
            choices=list(ACCOUNT_ROLES),
            help="ce qu’il permet (répétable)",
        )
    word = verbs.add_parser(
        "mot-de-passe", help="en donne un autre ; le sien, ou à changer à la connexion", allow_abbrev=False
    )
    word.add_argument("id", metavar="IDENTIFIANT")
    for one in (making, word):
        one.add_argument(
            "--mot-de-passe-fd",
            metavar="N",
            type=descriptor,
            required=True,
            help="lit le nouveau mot de passe dans ce descripteur de fichier",
        )
    finish(verbs.add_parser("lister", help="tous les comptes, retirés compris", allow_abbrev=False))
    for one in (making, changing, word):
        finish(one)
    for verb, what in (
        ("bloquer", "plus personne ne s’en sert, séances ouvertes comprises"),
        ("debloquer", "le rend, essais manqués oubliés, mot de passe à changer"),
        ("retirer", "le retire ; son nom reste au journal"),
    ):
        one = verbs.add_parser(verb, help=what, allow_abbrev=False)
        one.add_argument("id", metavar="IDENTIFIANT")
        finish(one)

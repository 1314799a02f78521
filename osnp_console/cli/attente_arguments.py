"""The options of `attente`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from osnp_console.cli.attente import MOVES

Finish = Callable[..., None]
"""Adds to a parser the options of the base, then those that are named."""


def add_waiting(commands: argparse._SubParsersAction[Any], finish: Finish) -> None:
    """Every action of `attente`, each with its own options."""
    waiting = commands.add_parser("attente", help="les listes d’attente", allow_abbrev=False)
    verbs = waiting.add_subparsers(dest="verb", metavar="action", required=True)
    listing = verbs.add_parser(
        "lister", help="les listes et combien y attendent ; les inscrits de l’une d’elles", allow_abbrev=False
    )
    listing.add_argument("liste", metavar="LISTE", nargs="?", help="l’identifiant du dispositif")
    registering = verbs.add_parser(
        "inscrire", help="inscrit un patient, ou suit où il l’a été", allow_abbrev=False
    )
    registering.add_argument(
        "--donnees",
        metavar="FICHIER",
        required=True,
        help="en JSON, - pour l’entrée standard : liste, appel (comme eligibilite), reference_appel, "
        "courriel, accord, besoin, priorite",
    )
    registering.add_argument(
        "--plus-tard", action="store_true", help="seulement à inscrire, quand l’outil ne répond pas"
    )
    registering.add_argument(
        "--quand-meme", action="store_true", help="même si quelqu’un de même nom attend déjà sur la liste"
    )
    noting = verbs.add_parser("noter", help="dit ce qu’une inscription est devenue", allow_abbrev=False)
    noting.add_argument("id", metavar="ID")
    noting.add_argument("geste", choices=MOVES, help="accord : le patient dit oui à la liste")
    noting.add_argument("--texte", metavar="TEXTE", default="", help="ce qu’il faut en garder")
    for one in (registering, noting):
        one.add_argument(
            "--poste",
            metavar="CODE",
            default="",
            help="le code du poste qui le fait, 35-1 (par défaut : commande)",
        )
    exporting = verbs.add_parser("exporter", help="une liste en CSV", allow_abbrev=False)
    exporting.add_argument("liste", metavar="LISTE")
    exporting.add_argument("--sortie", metavar="FICHIER.csv", help="par défaut : la sortie standard")
    for one in (listing, registering, noting, exporting):
        finish(one, "--json", "--catalogue", "--site")

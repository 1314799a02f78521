"""The options of `infirmiers`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Finish = Callable[..., None]
"""Adds to a parser the options of the base, then those that are named."""


def add_nurses(commands: argparse._SubParsersAction[Any], finish: Finish) -> None:
    """Every action of `infirmiers`, each with its own options."""
    nurses = commands.add_parser("infirmiers", help="l’annuaire des infirmiers", allow_abbrev=False)
    verbs = nurses.add_subparsers(dest="verb", metavar="action", required=True)
    importing = verbs.add_parser(
        "importer",
        help="lit un CSV, avec un rapport par ligne",
        description="Colonnes : nom (seule obligatoire), prenom, numero (RPPS ou ADELI), cabinet, telephone, "
        "courriel, commune, communes (desservies), horaires.",
        allow_abbrev=False,
    )
    importing.add_argument("fichier", metavar="FICHIER.csv", help="- pour l’entrée standard")
    importing.add_argument("--essai", action="store_true", help="dit ce qui serait pris, sans rien écrire")
    listing = verbs.add_parser("lister", help="tous, ou ceux qu’un texte trouve", allow_abbrev=False)
    listing.add_argument("texte", metavar="TEXTE", nargs="?", help="nom, cabinet, numéro, téléphone, commune")
    removing = verbs.add_parser("retirer", help="retire un infirmier", allow_abbrev=False)
    removing.add_argument("id", metavar="ID", help="l’id que donne lister")
    exporting = verbs.add_parser("exporter", help="l’annuaire en CSV", allow_abbrev=False)
    exporting.add_argument("--sortie", metavar="FICHIER.csv", help="par défaut : la sortie standard")
    for one in (importing, listing, removing, exporting):
        finish(one, "--json")

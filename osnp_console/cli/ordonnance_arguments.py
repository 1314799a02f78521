"""The options of `ordonnance`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from osnp_console.domain.prescription.moves import PrescriptionState

Finish = Callable[..., None]
"""Adds to a parser the options of the base, then those that are named."""


def add_prescriptions(commands: argparse._SubParsersAction[Any], finish: Finish) -> None:
    """`ordonnance` from data, and its verbs, each with its own options."""
    parser = commands.add_parser(
        "ordonnance",
        help="l’ordonnance pour un infirmier, en PDF",
        description="Sans action : d’un fichier de données, le document est un projet, sans numéro.",
        allow_abbrev=False,
    )
    parser.add_argument("--donnees", metavar="FICHIER", help="en JSON, - pour l’entrée standard")
    _paper(parser, required=False)
    finish(parser, "--json", "--catalogue", "--site")
    verbs = parser.add_subparsers(dest="verb", metavar="action")
    printing = verbs.add_parser(
        "imprimer", help="le document d’une ordonnance validée ; DUPLICATA ensuite", allow_abbrev=False
    )
    printing.add_argument("numero", metavar="NUMERO")
    _paper(printing, required=True)
    settling = verbs.add_parser(
        "finess", help="règle le FINESS des ordonnances d’un dispositif (administrateur)", allow_abbrev=False
    )
    settling.add_argument("dispositif", metavar="DISPOSITIF")
    settling.add_argument("--numero", metavar="FINESS", required=True, help="neuf caractères, espaces permis")
    settling.add_argument("--source", metavar="TEXTE", required=True, help="d’où il vient : courrier, date")
    settling.add_argument(
        "--confirmer",
        action="store_true",
        help="accepte, une fois, le préfixe d’un autre département",
    )
    listing = verbs.add_parser("lister", help="les ordonnances, la dernière d’abord", allow_abbrev=False)
    listing.add_argument("--mois", metavar="AAAA-MM", help="celles écrites ce mois-là")
    listing.add_argument("--patient", metavar="NOM", default="", help="le début d’un nom ou d’un prénom")
    listing.add_argument(
        "--etat", choices=[one.value for one in PrescriptionState], help="celles qui en sont là"
    )
    exporting = verbs.add_parser(
        "exporter",
        help="un mois en CSV, pour vérifier ce que les infirmiers facturent",
        description="Les ordonnances validées du mois, la première d’abord, avec ce qui manque à chacune.",
        allow_abbrev=False,
    )
    exporting.add_argument("mois", metavar="AAAA-MM")
    exporting.add_argument("--sortie", metavar="FICHIER.csv", help="par défaut : la sortie standard")
    for one in (listing, exporting):
        one.add_argument("--dispositif", metavar="ID", default="", help="celles de ce dispositif")
    for one in (printing, settling, listing, exporting):
        finish(one, "--json", "--catalogue", "--site")


def _paper(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--sortie", metavar="FICHIER.pdf", required=required, help="le PDF à écrire")
    parser.add_argument("--format", choices=("A4", "A5"), default="A4", help="le papier (par défaut : A4)")

"""The options of `ordonnance`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

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
    for one in (printing, settling):
        finish(one, "--json", "--catalogue", "--site")


def _paper(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--sortie", metavar="FICHIER.pdf", required=required, help="le PDF à écrire")
    parser.add_argument("--format", choices=("A4", "A5"), default="A4", help="le papier (par défaut : A4)")

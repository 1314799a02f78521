"""The options of `transfert`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from osnp_console.domain.roles import ROLES
from osnp_console.domain.transfer.moves import TransferMove
from osnp_console.domain.transfer.reasons import REASONS

if TYPE_CHECKING:
    from osnp_console.cli.arguments import Parser

PATIENT_LEFT, PATIENT_BACK = "parti", "revenu"
_MOVES: Mapping[TransferMove, str] = {
    TransferMove.DIAL: "la ligne est appelée",
    TransferMove.GET_NO_ANSWER: "elle ne répond pas",
    TransferMove.FIND_ENGAGED: "elle est occupée",
    TransferMove.ANSWER: "elle répond",
    TransferMove.PRESENT: "la situation lui est présentée",
    TransferMove.FIND_SLOT: "elle a un créneau (--texte : lequel)",
    TransferMove.FIND_NOTHING: "elle n’a rien de libre",
    TransferMove.AGREE: "elle donne son accord",
    TransferMove.REFUSE: "elle refuse (--motif)",
    TransferMove.HAND_OVER: "le patient lui est remis",
    TransferMove.REGISTER: "elle l’a inscrit",
    TransferMove.FAIL: "le transfert a échoué (--motif)",
    TransferMove.CANCEL: "il est annulé",
}


def add_transfers(commands: argparse._SubParsersAction[Parser], finish: Callable[..., None]) -> None:
    """Every action of `transfert`; `finish` adds the options of the base, then those that are named."""
    transfers = commands.add_parser(
        "transfert", help="les patients remis aux lignes d’assistance", allow_abbrev=False
    )
    verbs = transfers.add_subparsers(dest="verb", metavar="action", required=True)
    _preparing(verbs, finish)
    listing = verbs.add_parser("lister", help="ceux en cours, et ceux du jour", allow_abbrev=False)
    listing.add_argument(
        "--ligne", action="append", metavar="ID", help="seulement vers ce dispositif (répétable)"
    )
    listing.add_argument("--en-cours", action="store_true", help="sans ceux qui sont terminés")
    finish(listing, "--catalogue", "--site", "--json")
    finish(_of_one(verbs, "montrer", "où il en est, et ce qui peut suivre"), "--json")
    _noting(verbs, finish)
    taking = _of_one(verbs, "prendre", "un poste de la ligne le prend, ce qui vaut réponse", acts=True)
    taking.add_argument(
        "--reprendre", action="store_true", help="même à un autre poste, et le dit au journal"
    )
    finish(taking, "--json")
    finish(_of_one(verbs, "rendre", "le poste qui l’a pris le remet dans la file", acts=True), "--json")
    patient = _of_one(verbs, "patient", "le patient a raccroché, ou est de nouveau en ligne", acts=True)
    patient.add_argument("geste", choices=(PATIENT_LEFT, PATIENT_BACK))
    finish(patient, "--json")
    saying = _of_one(verbs, "dire", "le texte à lire à la ligne, avec l’identité du patient", acts=True)
    finish(saying, "--catalogue", "--site", "--json")
    sheet = _of_one(verbs, "fiche", "la fiche d’une page, avec l’identité du patient", acts=True)
    shape = sheet.add_mutually_exclusive_group(required=True)
    shape.add_argument("--pdf", metavar="FICHIER", help="l’écrit dans ce fichier, lisible de vous seul")
    shape.add_argument("--texte", action="store_true", help="l’écrit sur la sortie standard, en texte")
    finish(sheet, "--catalogue", "--site", "--json")


def _preparing(verbs: argparse._SubParsersAction[Parser], finish: Callable[..., None]) -> None:
    one = verbs.add_parser(
        "preparer", help="annonce à une ligne le patient d’un appel de la base", allow_abbrev=False
    )
    one.add_argument(
        "--appel",
        metavar="ID",
        required=True,
        help="l’appel, déjà dans la base ; 35-1/12 : l’appel ouvert 12 du poste 1 du SAS 35",
    )
    one.add_argument("--dispositif", metavar="ID", required=True, help="celui dont la ligne est appelée")
    one.add_argument(
        "--motif",
        metavar="TEXTE",
        default="",
        help="pourquoi continuer malgré une condition non réunie ou une ligne fermée ; gardé",
    )
    one.add_argument("--role", choices=sorted(ROLES), default="osnp", help="le rôle du poste (osnp)")
    _by_desk(one, "le code du poste qui envoie, 35-1 (par défaut : celui de l’appel)")
    finish(one, "--catalogue", "--site", "--json")


def _noting(verbs: argparse._SubParsersAction[Parser], finish: Callable[..., None]) -> None:
    one = _of_one(verbs, "noter", "note ce qui s’est passé, si l’état le permet", acts=True)
    one.add_argument("geste", choices=[move.value for move in TransferMove], metavar="GESTE")
    one.add_argument("--motif", metavar="CODE", default="", help="le motif d’un refus ou d’un échec")
    one.add_argument("--texte", default="", help="ce qui est écrit avec : le créneau, ou le motif « autre »")
    one.add_argument("--rendez-vous", metavar="ID", default="", help="la réservation qui donne le créneau")
    moves = " ; ".join(f"{move.value} : {said}" for move, said in _MOVES.items())
    reasons = " ; ".join(f"{move.value} : {', '.join(codes)}" for move, codes in REASONS.items())
    one.epilog = f"Gestes. {moves}. Motifs. {reasons}."
    finish(one, "--json")


def _of_one(verbs: argparse._SubParsersAction[Parser], name: str, what: str, *, acts: bool = False) -> Parser:
    one = verbs.add_parser(name, help=what, allow_abbrev=False)
    one.add_argument("id", metavar="ID")
    if acts:
        _by_desk(one, "le code du poste qui agit, 35-1 (par défaut : commande)")
    return one


def _by_desk(one: argparse.ArgumentParser, what: str) -> None:
    one.add_argument("--poste", metavar="CODE", default="", help=what)

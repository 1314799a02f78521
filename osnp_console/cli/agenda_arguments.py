"""The options of `agenda`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Finish = Callable[..., None]
"""Adds to a parser the options of the base, then those that are named."""
_OPENING = (
    "date ou jours, debut, fin, duree, places, surnombre, semaines, du, au, feries, praticien, rpps,"
    " sans_rendez_vous"
)
_WRITTEN = (
    "Une date s’écrit 24/11/2026, une heure 14h20, des jours lundi-vendredi ou lundi, jeudi, une durée"
    " en minutes (sans elle, une seule plage), des semaines toutes, paires ou impaires, le reste oui ou non."
)


def add_agenda(commands: argparse._SubParsersAction[Any], finish: Finish) -> None:
    """The verbs of `agenda`, each with its own options."""
    agenda = commands.add_parser(
        "agenda", help="les carnets partagés, tenus dans la base", allow_abbrev=False
    )
    verbs = _Verbs(agenda.add_subparsers(dest="verb", metavar="action", required=True))
    creating = verbs.add("creer", "crée un carnet ; --remplacer en change un")
    creating.add_argument("--remplacer", action="store_true", help="change le carnet de cet identifiant")
    _given_in_json(
        creating,
        "nom, id, lieu, adresse, code_postal, commune, telephone, dispositifs, types, modalites, note",
    )
    verbs.add("lister", "les carnets")
    verbs.add("montrer", "un carnet, ses ouvertures et fermetures à venir", "carnet")
    verbs.add("supprimer", "supprime un carnet où plus personne n’est attendu", "carnet")
    _changing_hours(verbs)
    _booking(verbs)
    for one in verbs.made:
        finish(one, *(("--catalogue", "--site") if one is creating else ()), "--json")


class _Verbs:
    """The verbs as they are added."""

    def __init__(self, commands: argparse._SubParsersAction[Any]) -> None:
        self._commands = commands
        self.made: list[argparse.ArgumentParser] = []

    def add(self, name: str, what: str, *positions: str) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = self._commands.add_parser(name, help=what, allow_abbrev=False)
        for position in positions:
            one.add_argument(position, metavar=position.upper())
        self.made.append(one)
        return one


def _given_in_json(one: argparse.ArgumentParser, what: str) -> None:
    one.add_argument(
        "--donnees", metavar="FICHIER", required=True, help=f"en JSON, - pour l’entrée standard : {what}"
    )


def _changing_hours(verbs: _Verbs) -> None:
    opening = verbs.add("ouvrir", "ajoute une ouverture, ou change celle de cet id", "carnet")
    _given_in_json(opening, f"{_OPENING}, id")
    closing = verbs.add("fermer", "ajoute une fermeture, ou change celle de cet id", "carnet")
    _given_in_json(closing, "du, au, debut, fin, raison, praticien, rpps, id")
    removing = verbs.add("retirer", "retire une ouverture, ou rouvre une fermeture", "carnet", "entree")
    importing = verbs.add(
        "importer", "ajoute les ouvertures d’un tableau CSV ou d’un calendrier .ics", "carnet", "fichier"
    )
    _importing(importing)
    for one in (opening, closing, removing, importing):
        one.add_argument("--essai", action="store_true", help="dit ce que cela ferait, ne change rien")


def _importing(importing: argparse.ArgumentParser) -> None:
    importing.epilog = f"Colonnes du tableau, nommées à la première ligne\u202f: {_OPENING}. {_WRITTEN}"
    importing.add_argument(
        "--calendrier", action="store_true", help="c’est un calendrier, quel que soit le nom du fichier"
    )
    for option, what in (
        ("--praticien", "de qui sont les créneaux du calendrier"),
        ("--rpps", "son numéro RPPS"),
        ("--duree", "coupe chaque événement en créneaux de N minutes"),
        ("--places", "places de chaque créneau du calendrier (1)"),
    ):
        importing.add_argument(option, default="", help=what)


def _booking(verbs: _Verbs) -> None:
    booking = verbs.add("reserver", "réserve une place, une seule fois par clé", "carnet", "reference")
    booking.add_argument("--cle", help="la clé de la tentative (par défaut : une nouvelle)")
    booking.add_argument("--appel", metavar="ID", help="l’appel pour lequel elle est réservée")
    booking.add_argument(
        "--poste",
        metavar="CODE",
        default="",
        help="le code du poste qui réserve, 35-1 (par défaut : commande)",
    )
    booking.add_argument("--surnombre", action="store_true", help="prend aussi une place en surnombre")
    verbs.add("annuler", "rend une place réservée", "cle")
    settling = verbs.add("etat", "dit ce qu’une réservation est devenue", "cle")
    settling.add_argument(
        "etat",
        choices=("reserve", "honore", "absent", "annule", "non_obtenu"),
        help="reserve : le médecin est d’accord",
    )
    looking = verbs.add("creneaux", "les créneaux du carnet et qui les tient", "carnet")
    looking.add_argument("--du", metavar="DATE", help="24/11/2026 (par défaut : maintenant)")
    looking.add_argument("--jours", metavar="N", default="2", help="pendant N jours (2)")
    looking.add_argument("--libres", action="store_true", help="seulement ceux où il reste une place")

"""Leaving one base for another: who may, what must be settled first, what is to be done about the calls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from osnp_console.app.base.address import BasePlace, base_text
from osnp_console.app.base.choice import LeftBehind, place_words
from osnp_console.app.errors import Refusal
from osnp_console.app.people.permissions import caring_for_base
from osnp_console.app.ports import OpenUnit

NOT_WRITTEN = (
    "Ce qui a été tapé n’est pas encore tout entier dans la base d’aujourd’hui\u202f: attendre qu’elle "
    "réponde, puis recommencer."
)
TRIAL, CHANGE = "essai_de_base", "changement_de_base"
"""What the journal calls them."""


def leaving(desk: str) -> Callable[[OpenUnit], int]:
    """Work for the store before this desk leaves its base: how many of its calls are open there.

    Raises Forbidden for who may not, StoreFailure.
    """
    allowed, count = caring_for_base(CHANGE), open_calls(desk)

    def work(open_unit: OpenUnit) -> int:
        allowed(open_unit)
        return count(open_unit)

    return work


def open_calls(desk: str) -> Callable[[OpenUnit], int]:
    """Work for the store: how many calls of this desk are open. The work raises StoreFailure."""

    def work(open_unit: OpenUnit) -> int:
        with open_unit() as unit:
            return len(unit.calls.still_open(desk))

    return work


def why_not(open_there: int, in_hand: int, is_saved: bool) -> Refusal | None:
    """Why this desk may not leave its base now, None when it may.

    Of its calls `open_there` are open in the base, `in_hand` in the window, some of which may be both.
    """
    still_open = max(open_there, in_hand)
    if still_open:
        return Refusal("interdit", still_open_words(still_open))
    return None if is_saved else Refusal("reseau", NOT_WRITTEN)


def staying_words(left: LeftBehind, then: BasePlace) -> str:
    """Why the base has not changed at this start, and what to do."""
    if left.calls == 1:
        why, do = "un appel est resté ouvert dans celle d’aujourd’hui", "Le terminer"
    elif left.calls:
        why, do = f"{left.calls} appels sont restés ouverts dans celle d’aujourd’hui", "Les terminer"
    else:
        why = "ce poste n’avait pas tout écrit dans celle d’aujourd’hui"
        do = "Attendre que ce soit fait"
    return (
        f"La base n’a pas encore changé\u202f: {why}. {do}, puis fermer et rouvrir la console. "
        f"Base suivante, {place_words(then)}."
    )


def unseen_words(left: LeftBehind, then: BasePlace) -> str:
    """The base of today does not open, and a change is noted: why it is not made, and what to do."""
    noted = (
        f"Un changement de base est noté\u202f: {place_words(then)}. Il attend que la base d’aujourd’hui "
        "s’ouvre, un appel a pu y rester ouvert."
    )
    if left.kept_here:
        return (
            f"{noted} Ce poste garde aussi, chiffré, ce qui a été tapé et qu’elle n’a pas encore\u202f: il "
            "n’en change pas avant de l’y avoir écrit."
        )
    if left.kept_here is None:
        return f"{noted} On ne sait pas non plus si ce poste garde quelque chose qu’elle n’a pas encore."
    return (
        f"{noted} Ce poste ne garde rien qu’elle n’ait pas. Changer maintenant est possible\u202f; un appel "
        "resté ouvert s’y retrouvera quand elle s’ouvrira."
    )


def still_open_words(count: int) -> str:
    """Calls of this desk would stay behind."""
    if count == 1:
        return (
            "Un appel est ouvert à ce poste\u202f: le terminer d’abord, "
            "il resterait dans la base d’aujourd’hui."
        )
    return (
        f"{count} appels sont ouverts à ce poste\u202f: les terminer d’abord, ils resteraient dans la base "
        "d’aujourd’hui."
    )


def copying_words(now: BasePlace, *, to_shared: bool) -> str:
    """The calls do not follow by themselves: the command that takes them along, before the change.

    It makes the base it copies to (`base copier`), which is why that one has to be empty.
    """
    there = "postgresql://nom@serveur/base" if to_shared else "sqlite:///dossier/fichier"
    here = f"sqlite:///{now}" if isinstance(now, Path) else base_text(now)
    empty = "vers une base du serveur encore vide" if to_shared else "vers un fichier qui n’existe pas encore"
    return (
        "Les appels d’ici ne suivent pas d’eux-mêmes. Pour les emporter, avant de changer et les consoles "
        f"fermées, l’administrateur les copie {empty}\u202f: base copier {here} {there}"
    )

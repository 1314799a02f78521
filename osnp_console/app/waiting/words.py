"""Waiting lists in words: states, moves, what the list asks, what the journal says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from osnp_console.domain.clock import in_paris
from osnp_console.domain.journal import Facts
from osnp_console.domain.waiting_entry import EntryMove, EntryState, WaitingEntry

STATE_WORDS: Mapping[EntryState, str] = {
    EntryState.PREPARED: "à inscrire",
    EntryState.REGISTERED: "inscrit",
    EntryState.CONTACTED: "contacté",
    EntryState.HONOURED: "honoré",
    EntryState.REFUSED: "refusé",
    EntryState.WITHDRAWN: "retiré",
    EntryState.EXPIRED: "expiré",
}
MOVE_WORDS: Mapping[EntryMove, str] = {
    EntryMove.REGISTER: "Inscrire",
    EntryMove.CONTACT: "Contacté",
    EntryMove.HONOUR: "Honoré",
    EntryMove.REFUSE: "Refusé",
    EntryMove.WITHDRAW: "Retirer",
}
NO_CONSENT = "Sans l’accord du patient, il n’est pas inscrit sur cette liste\u202f: le lui demander."
NO_CONTACT = "Un téléphone ou une adresse électronique est nécessaire pour rappeler le patient."
NO_NAME = "Le nom du patient est nécessaire pour l’inscrire."
NO_MAIL = "Cette adresse électronique n’en a pas la forme."
NO_PRIORITY = "Cette priorité n’est pas de celles de la liste."
NOT_THIS_DESK = "Ce poste n’inscrit pas sur cette liste."
ALREADY_THERE = "Rien n’a été ajouté\u202f: le patient est déjà inscrit sur cette liste pour cet appel."
MAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
ENTRY, LIST, STATE, WHAT = "inscription", "liste", "etat", "quoi"


def end_words(entry: WaitingEntry, day: date) -> str:
    """How long somebody still waits: `jusqu’au 24/12`, `expiré le 24/12`; empty without a known end."""
    if entry.ends_on is None:
        return ""
    if entry.state_on(day) is EntryState.EXPIRED:
        return f"expiré le {entry.ends_on:%d/%m/%Y}"
    return f"jusqu’au {entry.ends_on:%d/%m/%Y}"


def double_words(entry: WaitingEntry) -> str:
    """Somebody on the list looks like the patient; no name, since the sentence may leave the window."""
    since = f"{in_paris(entry.made_at):%d/%m/%Y}"
    return f"Même nom et même naissance, ou même numéro, que quelqu’un noté sur cette liste le {since}."


def waiting_words(about: Facts, named: Callable[[str], str] = str) -> str:
    """An entry of the journal in a few words: `liste d’attente Centre Vendée : inscrit`.

    `named` gives a dispositif's title by its id; of it the territory is said, the list is said already.
    """
    where = named(str(about.get(LIST) or "")).partition(" · ")[0]
    try:
        state = STATE_WORDS[EntryState(about.get(STATE))]
    except ValueError:
        state = str(about.get(WHAT) or "changée")
    return f"liste d’attente {where}".rstrip() + f"\u202f: {state}"

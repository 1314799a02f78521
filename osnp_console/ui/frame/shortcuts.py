"""Every shortcut of the window, in one list: the window arms it, F1 and the settings show it.

Each holds a modifier or is a function key, so that none can fire while somebody types a word. Never used
(interface, §9): F10, Alt+F4, Alt+Space, Ctrl+Alt (AltGr), digits, Ctrl+Shift+U, Insert, and what text fields
own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Act(Enum):
    """What a shortcut does; the value is its name in the settings."""

    HELP = "aide"
    NEW_CALL = "nouvel_appel"
    UNANNOUNCED = "appel_sans_annonce"
    NEXT_QUESTION = "question"
    HOLD = "attente"
    NEXT_PANE = "volet_suivant"
    PREVIOUS_PANE = "volet_precedent"
    FULL_SCREEN = "plein_ecran"
    EMERGENCY = "urgence_vitale"
    NEXT_CALL = "appel_suivant"
    PREVIOUS_CALL = "appel_precedent"
    SEARCH = "recherche"
    CLOSE_CALL = "clore"
    SOURCE = "source"
    NOTE = "note"
    COPY = "copier"
    REFRESH = "actualiser"
    PRESCRIBE = "ordonnance"
    TRANSFER = "transferer"
    TRANSFER_OTHER = "suite_du_transfert"
    PATIENT = "patient_au_telephone"
    BOOK = "reserver"
    NOTHING_FREE = "rien_de_libre"
    FILTERS = "filtres"
    DIAL = "appeler"
    PRINT = "imprimer"
    SAVE = "enregistrer"
    KEEP_MINE = "garder_la_mienne"
    TAKE_THEIRS = "prendre_la_sienne"
    LARGER = "texte_plus_grand"
    SMALLER = "texte_plus_petit"
    CALL_PLACE = "espace_appel"
    FOLLOW_UP_PLACE = "espace_suivi"
    TRANSFERS_PLACE = "espace_transferts"
    PRESCRIPTIONS_PLACE = "espace_ordonnances"
    DISPOSITIFS_PLACE = "espace_dispositifs"
    AGENDA_PLACE = "espace_carnet"
    PREFERENCES_PLACE = "espace_reglages"
    LOCK = "verrouiller"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An act, its keys as Qt spells them, the keys as shown, what it does, and where."""

    act: Act
    keys: tuple[str, ...]
    shown: str
    words: str
    where: str = "partout"


SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut(Act.HELP, ("F1",), "F1", "Toutes les touches"),
    Shortcut(Act.NEW_CALL, ("F2",), "F2", "Nouvel appel"),
    Shortcut(Act.UNANNOUNCED, ("Shift+F2",), "Maj+F2", "Appel transféré sans annonce", "postes d’une ligne"),
    Shortcut(
        Act.NEXT_QUESTION, ("F3", "Ctrl+Space"), "F3 ou Ctrl+Espace", "Aller à la question suivante", "appel"
    ),
    Shortcut(Act.HOLD, ("F4",), "F4", "Mettre en attente, reprendre", "appel"),
    Shortcut(Act.REFRESH, ("F5",), "F5", "Chercher à nouveau, afficher les nouveaux créneaux", "appel"),
    Shortcut(Act.NEXT_PANE, ("F6",), "F6", "Volet suivant"),
    Shortcut(Act.PREVIOUS_PANE, ("Shift+F6",), "Maj+F6", "Volet précédent"),
    Shortcut(
        Act.PATIENT, ("Shift+F4",), "Maj+F4", "Le patient a raccroché, est de nouveau en ligne", "transfert"
    ),
    Shortcut(Act.PRESCRIBE, ("F7",), "F7", "Ordonnance pour un infirmier", "appel"),
    Shortcut(
        Act.TRANSFER,
        ("F8",),
        "F8",
        "Transférer à une ligne, puis l’étape suivante ; inscrire sur une liste",
        "appel",
    ),
    Shortcut(
        Act.TRANSFER_OTHER, ("Shift+F8",), "Maj+F8", "Sans réponse, rien de libre, refus, échec", "transfert"
    ),
    Shortcut(
        Act.BOOK,
        ("F9",),
        "F9",
        "Réserver le créneau choisi ; noter l’inscription ; soumettre, valider l’ordonnance",
        "créneaux, ordonnances",
    ),
    Shortcut(Act.NOTHING_FREE, ("Shift+F9",), "Maj+F9", "Rien de libre", "transferts"),
    Shortcut(Act.FULL_SCREEN, ("F11",), "F11", "Plein écran"),
    Shortcut(Act.EMERGENCY, ("F12",), "F12", "Urgence vitale : alerter, tout refuser", "appel"),
    Shortcut(
        Act.NEXT_CALL, ("Ctrl+Tab", "Ctrl+PgDown"), "Ctrl+Tab ou Ctrl+Page suiv.", "Appel ouvert suivant"
    ),
    Shortcut(
        Act.PREVIOUS_CALL,
        ("Ctrl+Shift+Tab", "Ctrl+PgUp"),
        "Ctrl+Maj+Tab ou Ctrl+Page préc.",
        "Appel ouvert précédent",
    ),
    Shortcut(Act.SEARCH, ("Ctrl+F",), "Ctrl+F", "Chercher un appel"),
    Shortcut(Act.CLOSE_CALL, ("Ctrl+G",), "Ctrl+G", "Terminer l’appel avec une issue", "appel"),
    Shortcut(
        Act.SOURCE, ("Ctrl+I",), "Ctrl+I", "Source du critère choisi, du rappel à la ligne", "dispositifs"
    ),
    Shortcut(Act.FILTERS, ("Ctrl+L",), "Ctrl+L", "Filtres des créneaux", "créneaux"),
    Shortcut(Act.NOTE, ("Ctrl+M",), "Ctrl+M", "Aller à la note", "appel"),
    Shortcut(
        Act.PRINT,
        ("Ctrl+P",),
        "Ctrl+P",
        "Imprimer le texte à donner au patient, l’ordonnance",
        "créneaux, ordonnances",
    ),
    Shortcut(Act.SAVE, ("Ctrl+S",), "Ctrl+S", "Enregistrer le brouillon maintenant", "ordonnances"),
    Shortcut(Act.DIAL, ("Ctrl+T",), "Ctrl+T", "Appeler le numéro affiché", "créneaux, transfert, infirmiers"),
    Shortcut(Act.COPY, ("Ctrl+Shift+C",), "Ctrl+Maj+C", "Copier le numéro ou le texte affiché", "appel"),
    Shortcut(Act.KEEP_MINE, ("Alt+G",), "Alt+G", "Changé aussi à un autre poste : garder la mienne", "fiche"),
    Shortcut(
        Act.TAKE_THEIRS, ("Alt+P",), "Alt+P", "Changé aussi à un autre poste : prendre la sienne", "fiche"
    ),
    Shortcut(Act.LARGER, ("Ctrl++", "Ctrl+="), "Ctrl++ ou Ctrl+=", "Texte plus grand"),
    Shortcut(Act.SMALLER, ("Ctrl+-",), "Ctrl+-", "Texte plus petit"),
    Shortcut(Act.CALL_PLACE, ("Alt+A",), "Alt+A", "Espace Appel"),
    Shortcut(Act.FOLLOW_UP_PLACE, ("Alt+S",), "Alt+S", "Espace Suivi"),
    Shortcut(Act.TRANSFERS_PLACE, ("Alt+T",), "Alt+T", "Espace Transferts"),
    Shortcut(Act.PRESCRIPTIONS_PLACE, ("Alt+O",), "Alt+O", "Espace Ordonnances"),
    Shortcut(Act.DISPOSITIFS_PLACE, ("Alt+D",), "Alt+D", "Espace Dispositifs"),
    Shortcut(Act.AGENDA_PLACE, ("Alt+C",), "Alt+C", "Espace Carnet"),
    Shortcut(Act.PREFERENCES_PLACE, ("Alt+R",), "Alt+R", "Espace Réglages"),
    Shortcut(Act.LOCK, ("Ctrl+Shift+L",), "Ctrl+Maj+L", "Verrouiller, changer de personne"),
)
"""In the order F1 shows them."""

IN_CONTROLS: tuple[tuple[str, str], ...] = (
    ("Entrée", "Valider le champ et aller à la question suivante"),
    ("Tab · Maj+Tab", "Champ suivant, précédent"),
    ("O · N · S", "Oui, non, ne sait pas, sur la réponse qui a le focus"),
    ("O · N · S sur un infirmier", "Appelé : accepté, refusé, sans réponse"),
    ("A · E · D · I · S", "Médecin traitant : aucun, en a un, disponible, indisponible, ne sait pas"),
    ("Retour arrière", "Revenir à « pas demandé »"),
    ("? seul dans un champ", "Ne sait pas"),
    ("↑ ↓ · ← →", "Lignes de la liste ; replier et déplier un groupe"),
    (
        "A · B · M",
        "Autres solutions d’un transfert, sur leur liste : créneau ou dispositif, médecin régulateur",
    ),
    ("Échap", "Fermer ce qui couvre, revenir à la liste ; rien de tapé n’est perdu"),
)
"""Keys that act on the control that has the focus, for the help only."""


def shortcut(act: Act) -> Shortcut:
    """The shortcut of an act."""
    return next(one for one in SHORTCUTS if one.act is act)

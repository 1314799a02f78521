"""Opening the base: by its passphrase, or saying why it does not open and what can be done."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.ports import StoreFailure
from osnp_console.ui.first_start.passphrase import PassphraseField
from osnp_console.ui.first_start.sheet import StartPage
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.titles import SectionTitle

OPENING = "Ouverture de la base…"
ASK_PHRASE = "Cette base s’ouvre par une phrase de passe."
TITLES: Mapping[str, str] = {
    "base_verrouillee": "La base est déjà ouverte ailleurs",
    "base_plus_recente": "La base vient d’une version plus récente",
    "base_endommagee": "La base est abîmée",
    "disque": "Le disque ne laisse pas ouvrir la base",
    "cle": "La clé de la base manque",
    "introuvable": "La base est introuvable",
    "conflit": "La base a changé ailleurs",
    "reseau": "Le serveur de la base ne répond pas",
}
"""A title for each code of StoreFailure."""

RESTORABLE = frozenset({"base_endommagee", "introuvable"})
# Waiting or unlocking changes nothing to a base that a newer console has made.
_RETRIED = frozenset(TITLES) - {"base_plus_recente"}


class OpenBasePage(StartPage):
    """Asks the passphrase at each start.

    Signals:
        passphrase_given(str): the phrase to try.
        quit_wanted(): leave the program.
    """

    passphrase_given = Signal(str)
    quit_wanted = Signal()

    def __init__(self, theme: Theme, asked: str | None = None, parent: QWidget | None = None) -> None:
        """A page with one field; `asked` says what a server's base takes in place of a passphrase."""
        super().__init__(theme, "Ouvrir la base", asked or ASK_PHRASE, parent)
        name, label = ("Phrase de passe", "Phrase") if asked is None else ("Mot de passe et clé", "Secrets")
        self._missing = "Écrire la phrase de passe." if asked is None else "Écrire ce qui ouvre la base."
        self.phrase = PassphraseField(theme, name, self.card)
        self.add(FormRow(theme, label, self.phrase, parent=self.card))
        self.leave = ActionButton(theme, "Quitter", parent=self.card)
        self.open = ActionButton(theme, "Ouvrir la base", "Entrée", "primary", parent=self.card)
        self.end(self.leave, self.open)
        self.phrase.next_wanted.connect(self._give)
        self.phrase.typed.connect(self._typed)
        self.open.clicked.connect(self._give)
        self.leave.clicked.connect(self.quit_wanted)
        self._typed("")

    def focus_first(self) -> None:
        """Put the keyboard in the field."""
        self.phrase.setFocus()

    def show_wrong(self, sentence: str) -> None:
        """Say that the phrase opened nothing; it stays, selected, to be typed again."""
        self.phrase.set_error(sentence)
        self.open.set_reason(None)
        self.phrase.setEnabled(True)
        self.phrase.setFocus()
        self.phrase.line_edit.selectAll()

    def _typed(self, text: str) -> None:
        self.phrase.set_error(None)
        self.open.set_reason(None if text else self._missing)

    def _give(self) -> None:
        if self.phrase.phrase and self.phrase.isEnabled():
            self.phrase.set_error(None)
            self.open.set_reason(OPENING)
            self.phrase.setEnabled(False)
            self.passphrase_given.emit(self.phrase.phrase)


class WaitingPage(StartPage):
    """Says what opening waits for, at another desk.

    Signals:
        quit_wanted(): leave the program.
    """

    quit_wanted = Signal()

    def __init__(self, theme: Theme, sentence: str, parent: QWidget | None = None) -> None:
        """The page of one sentence."""
        super().__init__(theme, "Mise à jour de la base", sentence, parent)
        self.leave = ActionButton(theme, "Quitter", parent=self.card)
        self.end(self.leave)
        self.leave.clicked.connect(self.quit_wanted)


class ClosedBasePage(StartPage):
    """A base that does not open: what happened, and what can be done.

    Signals:
        retry_wanted(): try to open it again.
        restore_wanted(str): put the copy of that file in its place.
        without_base_wanted(): work with calls kept in memory only.
        change_wanted(): open the other base that is noted, without having looked into this one.
        quit_wanted(): leave the program.
    """

    retry_wanted = Signal()
    restore_wanted = Signal(str)
    without_base_wanted = Signal()
    change_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        failure: StoreFailure,
        may_work_without: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """The page of one failure; `may_work_without` offers to work in memory."""
        title = TITLES.get(failure.code, "La base ne s’ouvre pas")
        super().__init__(theme, title, failure.message, parent)
        card = self.card
        self.lead.set_role("text")
        self.copy = LineField(theme, "Fichier de la sauvegarde", optional=True, parent=card)
        self.copy.set_placeholder("chemin de la copie")
        self.restore = ActionButton(theme, "Restaurer", height=28, parent=card)
        self.without = ActionButton(theme, "Travailler sans base", parent=card)
        self.noted = PlainLabel(theme, wrap=True, parent=card)
        self.change = ActionButton(theme, "Changer de base maintenant", parent=card)
        self.leave = ActionButton(theme, "Quitter", parent=card)
        self.retry = ActionButton(theme, "Réessayer", "Entrée", "primary", parent=card)
        self._offer(failure.code, may_work_without)
        self.retry.clicked.connect(self.retry_wanted)
        self.leave.clicked.connect(self.quit_wanted)
        self.without.clicked.connect(self.without_base_wanted)
        self.change.clicked.connect(self.change_wanted)
        self.restore.clicked.connect(self._restore)
        self.copy.next_wanted.connect(self._restore)

    def _offer(self, code: str, may_work_without: bool) -> None:
        if code in RESTORABLE:
            self.add(SectionTitle(self.theme, "Restaurer une sauvegarde", parent=self.card))
            row = FormRow(self.theme, "Fichier", self.copy, self.restore, stretches=(1, 0), parent=self.card)
            self.add(row)
        else:
            self.copy.hide()
            self.restore.hide()
        if may_work_without:
            self.without.set_tip("Les appels restent en mémoire et s’effacent à la fermeture.")
        else:
            self.without.hide()
        if code not in _RETRIED:
            self.retry.hide()
            self.leave.set_kind("primary")
        for widget in (self.noted, self.change):
            widget.hide()
        self.add(self.noted)
        self.end(self.without, self.change, self.leave, self.retry)

    def focus_first(self) -> None:
        """Put the keyboard on the usual next act."""
        (self.leave if self.retry.isHidden() else self.retry).setFocus()

    def offer_change(self, words: str, *, may_change: bool) -> None:
        """Say that another base is noted, and offer it where that hides nothing this desk keeps."""
        self.noted.setText(words)
        self.noted.show()
        self.change.setVisible(may_change)

    def show_failure(self, sentence: str) -> None:
        """Say how the act ended when it did not open the base."""
        self.lead.setText(sentence)
        self.copy.set_error(None)

    def _restore(self) -> None:
        target = self.copy.text().strip()
        if target:
            self.copy.set_error(None)
            self.restore_wanted.emit(target)
        else:
            self.copy.set_error("Écrire où est la sauvegarde.")

"""Looking somebody up in the Annuaire Santé, by number or by commune, with the key of this desk."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.effecteurs.lookup import LookedUp, LookUp
from osnp_console.app.sources.agendas import FieldKind, SourceField
from osnp_console.domain.effecteur import Effecteur
from osnp_console.ui.preferences.effecteurs.acts import DirectoryActs
from osnp_console.ui.preferences.field_rows import LABEL_WIDTH, SecretRow
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message, MessageLine

PROFESSIONS: Mapping[str, str] = {
    "medecin": "Médecin",
    "infirmier": "Infirmier",
    "masseur_kinesitherapeute": "Masseur-kinésithérapeute",
    "orthophoniste": "Orthophoniste",
    "sage_femme": "Sage-femme",
    "chirurgien_dentiste": "Chirurgien-dentiste",
    "pharmacien": "Pharmacien",
}
KEY = SourceField("cle", "Clé de l’Annuaire Santé", FieldKind.SECRET, hint="de portal.api.esante.gouv.fr")
UNDER_WAY = "Recherche dans l’Annuaire Santé…"
NOBODY = "Répondu\u202f: personne ne correspond."
ALREADY = "déjà dans l’annuaire du site"
SHOWN_ROWS = 8
_ROW = 44


class LookUpPanel(Page):
    """The key, what is looked for, who was found.

    Signals:
        chosen(object): an Effecteur to add to the site's directory, or to show where it is there.
        given_up(): back to the directory.
    """

    chosen = Signal(object)
    given_up = Signal()

    def __init__(self, theme: Theme, acts: DirectoryActs, parent: QWidget | None = None) -> None:
        """Nothing is asked of the national directory before the person does."""
        super().__init__(theme, "Chercher dans l’Annuaire Santé", parent)
        self._acts = acts
        self._run = 0
        self._found: dict[str, Effecteur] = {}
        self._there: Collection[str] = ()
        self.column.setContentsMargins(theme.px(6), 0, theme.px(14), theme.px(12))
        sheet = self.sheet
        self.rpps = LineField(theme, "RPPS", optional=True, parent=sheet)
        self.rpps.set_placeholder("seul, ou bien une commune et une profession")
        self.city = LineField(theme, "Commune", optional=True, parent=sheet)
        self.postcode = LineField(theme, "Code postal", optional=True, parent=sheet)
        choices = [Choice(code, name) for code, name in PROFESSIONS.items()]
        self.profession = Combo(theme, "Profession", choices, clearable=False, parent=sheet)
        self.profession.set_answer("medecin")
        self.key = SecretRow(theme, KEY, parent=sheet)
        self.ask = ActionButton(theme, "Chercher", kind="primary", height=28, parent=sheet)
        self.cancel = ActionButton(theme, "Fermer", height=28, parent=sheet)
        self.outcome = MessageLine(theme, sheet)
        self.list = TwoLineList(theme, "Trouvés dans l’Annuaire Santé", sheet)
        self.list.setFixedHeight(theme.px(_ROW) * SHOWN_ROWS)
        self.list.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        sheet = self.sheet
        for label, control in (
            ("RPPS", self.rpps),
            ("Commune", self.city),
            ("Code postal", self.postcode),
            ("Profession", self.profession),
        ):
            self.add(FormRow(self.theme, label, control, label_width=LABEL_WIDTH, parent=sheet))
        self.add(self.key)
        self._buttons = QWidget(sheet)
        self._flow = Flow(self._buttons, self.theme.px(8), (self.ask, self.cancel))
        self.add(FormRow(self.theme, "", self._buttons, label_width=LABEL_WIDTH, parent=sheet))
        self.add(self.outcome, self.list)
        self.explain(
            "L’Annuaire Santé dit qui exerce où. Il ne dit pas dans quel agenda chercher\u202f: "
            "cela se coche après l’ajout."
        )
        self.end()

    def _connect(self) -> None:
        self.ask.clicked.connect(self._ask)
        self.cancel.clicked.connect(self.given_up)
        for field in (self.rpps, self.city, self.postcode):
            field.next_wanted.connect(self._ask)
        self.key.typed.connect(self._keep_key)
        self.key.dropped.connect(self._drop_key)
        self.list.opened.connect(self._choose)

    def open(self, there: Collection[str]) -> None:
        """Begin; `there` are the numbers of the site's directory."""
        self._there = there
        self._acts.has_key(self.key.show_kept, self._say_keyring)
        self.rpps.setFocus()

    def _say_keyring(self, sentence: str) -> None:
        self.key.set_message(sentence, Message.WARNING)

    def _keep_key(self, name: str, secret: str) -> None:
        self._acts.keep_key(secret, self.key.keep_done)

    def _drop_key(self, name: str) -> None:
        self._acts.drop_key(self.key.drop_done)

    def _ask(self) -> None:
        rpps = self.rpps.text().strip() or None
        wanted = LookUp(
            rpps, self.city.text().strip(), self.postcode.text().strip(), str(self.profession.answer)
        )
        self._run += 1
        run = self._run
        self.ask.set_reason(UNDER_WAY)
        self.outcome.set_message(UNDER_WAY, Message.NOTE)
        self._acts.look_up(
            wanted, lambda found: self._answered(run, found), lambda sentence: self._failed(run, sentence)
        )

    def _failed(self, run: int, sentence: str) -> None:
        if run == self._run:
            self.ask.set_reason(None)
            self.list.hide()
            self.outcome.set_message(sentence, Message.ERROR)

    def _answered(self, run: int, found: LookedUp) -> None:
        if run != self._run:
            return
        self.ask.set_reason(None)
        self._found = {one.id: one for one in found.effecteurs}
        self.list.set_rows([self._row(one) for one in found.effecteurs])
        self.list.setVisible(bool(self._found))
        count = len(self._found)
        said = f"Répondu\u202f: {count} trouvé{'s' if count > 1 else ''}." if count else NOBODY
        if found.rejected:
            said += f" {found.rejected} réponses illisibles."
        self.outcome.set_message(said, Message.WARNING if found.rejected else Message.NOTE)
        if self._found:
            self.list.choose(next(iter(self._found)))
            self.list.setFocus()

    def _row(self, one: Effecteur) -> TwoLines:
        place = one.place
        where = " · ".join(part for part in (place.name, place.postcode, place.city) if part)
        there = one.id in self._there
        return TwoLines(
            one.id,
            one.name,
            kind=one.profession or "",
            second=" · ".join(part for part in (where, ALREADY if there else "") if part),
            aside=one.id,
            mark=("tick" if there else "plus", "muted" if there else "accent"),
        )

    def _choose(self, key: str) -> None:
        self.chosen.emit(self._found[key])

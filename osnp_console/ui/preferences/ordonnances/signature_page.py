"""The electronic signature of this desk: none, a file, or a card; tried for real with what is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from osnp_console.app.errors import Refusal
from osnp_console.app.prescription.signing_place import SigningWay, signing_key
from osnp_console.app.sources.agendas import FieldKind, SourceField
from osnp_console.app.sources.words import Standing
from osnp_console.ui.preferences.agendas.state_line import StateLine
from osnp_console.ui.preferences.field_rows import FileRow, SourceRow, TextRow
from osnp_console.ui.preferences.ordonnances.acts import NotDone, OrdonnanceActs
from osnp_console.ui.preferences.ordonnances.parts import align_with_list
from osnp_console.ui.preferences.page import KeptPreferences, Page
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo

WAYS = {
    SigningWay.BY_HAND: "Manuscrite, constatée après l’impression",
    SigningWay.FILE: "Un fichier du médecin (PKCS#12, .p12)",
    SigningWay.TOKEN: "Une carte ou une clé USB (PKCS#11)",
}
WAY = SourceField("way", "Signature")
FIELDS = {
    "file": SourceField("file", "Fichier de signature", FieldKind.FILE, hint="/media/cle/durand.p12"),
    "module": SourceField(
        "module", "Module de la carte", FieldKind.FILE, hint="/usr/lib/libcps3_pkcs11_lux.so"
    ),
    "token": SourceField("token", "Nom de la carte", hint="la seule présente si rien n’est dit"),
    "certificate": SourceField("certificate", "Certificat", hint="le premier de la carte si rien n’est dit"),
}
SECRETS = {SigningWay.FILE: "Phrase de passe", SigningWay.TOKEN: "Code de la carte"}
SECRET = SourceField("secret", "Phrase de passe", hint="pour cet essai\u202f: rien n’en est gardé")
OUTCOME = SourceField("outcome", "")
UNDER_WAY = "Essai de signature…"
SIGNED = "page d’essai signée"
ABOUT = (
    "La phrase de passe ou le code se tape à chaque signature\u202f: la console ne les garde jamais. L’essai "
    "signe une page faite pour cela, aussitôt jetée. Un code faux compte\u202f: une carte se bloque après "
    "quelques essais."
)
# The fields that a refusal names, and the rows of this page.
_ROWS = {
    "fichier": "file",
    "module": "module",
    "certificat": "certificate",
    "phrase": "secret",
    "code": "secret",
}


class SignaturePage(Page):
    """What signs at this desk; nothing of it goes to the base."""

    def __init__(
        self,
        theme: Theme,
        kept: KeptPreferences,
        acts: OrdonnanceActs,
        choose: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        """`choose` asks for a file, a title given."""
        super().__init__(theme, "Signature électronique", parent)
        align_with_list(self)
        self._kept, self._acts = kept, acts
        self.section.set_note("ce poste")
        sheet = self.sheet
        choices = [Choice(way.value, words) for way, words in WAYS.items()]
        self.way = Combo(theme, WAY.label, choices, clearable=False, parent=sheet)
        self._way_row = SourceRow(theme, WAY, self.way, parent=sheet)
        self.fields: dict[str, TextRow] = {}
        for name, field in FIELDS.items():
            if field.kind is FieldKind.FILE:
                self.fields[name] = FileRow(theme, field, choose, parent=sheet)
            else:
                self.fields[name] = TextRow(theme, field, parent=sheet)
        self.attempt = ActionButton(theme, "Essayer", height=28, parent=sheet)
        self.secret = TextRow(theme, SECRET, self.attempt, parent=sheet)
        self.secret.line.line_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.outcome = StateLine(theme, sheet)
        self._outcome_row = SourceRow(theme, OUTCOME, self.outcome, parent=sheet)
        self.add(self._way_row, *self.fields.values(), self.secret, self._outcome_row)
        self._about = self.explain(ABOUT)
        self.end()
        self._show_kept()
        self.way.answered.connect(self._way_chosen)
        for row in self.fields.values():
            row.changed.connect(self._field_typed)
        self.attempt.clicked.connect(self._attempt)
        self.secret.line.next_wanted.connect(self._attempt)

    def _show_kept(self) -> None:
        place = self._kept.now.signing
        self.way.set_answer(place.way.value)
        for name, row in self.fields.items():
            row.show_value(getattr(place, name))
        self._show_way()

    def _show_way(self) -> None:
        """Only what serves the way that is chosen."""
        way = self._kept.now.signing.way
        card = way is SigningWay.TOKEN
        self.fields["file"].setVisible(way is SigningWay.FILE)
        for name in ("module", "token", "certificate"):
            self.fields[name].setVisible(card)
        signs = way is not SigningWay.BY_HAND
        self.secret.setVisible(signs)
        self._about.setVisible(signs)
        if signs:
            self.secret.set_label(SECRETS[way])
            self.secret.line.setAccessibleName(SECRETS[way])
        self.secret.line.set_text("")
        self._outcome_row.hide()
        self._say_nothing()

    def _say_nothing(self) -> None:
        for row in (*self.fields.values(), self.secret):
            row.say(None)

    def _way_chosen(self, way: object) -> None:
        place = replace(self._kept.now.signing, way=SigningWay(str(way)))
        self._way_row.set_message(self._kept.keep(replace(self._kept.now, signing=place)))
        self._show_way()

    def _field_typed(self, name: str) -> None:
        row = self.fields[name]
        changed: dict[str, str] = {name: row.line.text().strip()}
        place = replace(self._kept.now.signing, **changed)  # type: ignore[arg-type]  # its texts alone
        row.say(None)
        row.set_message(self._kept.keep(replace(self._kept.now, signing=place)))
        self._outcome_row.hide()

    def _attempt(self) -> None:
        self._say_nothing()
        for row in self.fields.values():
            row.line.commit()
        try:
            key = signing_key(self._kept.now.signing, self.secret.line.text())
        except Refusal as refusal:
            self._ended(NotDone(refusal.message, refusal.field or ""))
            return
        # Typed for this attempt alone.
        self.secret.line.set_text("")
        self.attempt.set_reason(UNDER_WAY)
        self.outcome.say(Standing.ASKING, UNDER_WAY)
        self._outcome_row.show()
        self._acts.try_signature(key, self._ended)

    def _ended(self, trouble: NotDone | None) -> None:
        self.attempt.set_reason(None)
        if trouble is None:
            self.outcome.say(Standing.ANSWERED, SIGNED)
            self._outcome_row.show()
            return
        name = _ROWS.get(trouble.field)
        row = self.secret if name == "secret" else self.fields.get(name or "")
        if row is None:
            self.outcome.say(Standing.FAILED, "non signée", details=trouble.sentence)
            self._outcome_row.show()
            return
        self._outcome_row.hide()
        row.say(trouble.sentence)
        row.line.setFocus()

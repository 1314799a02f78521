"""Téléphonie: what dials, how it is reached, and a number dialled for real."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from osnp_console.app.sources.agendas import FieldKind, SourceField
from osnp_console.app.sources.words import Standing
from osnp_console.app.telephony.dial import Dialled, Outcome
from osnp_console.app.telephony.settings import (
    AUTHORIZATION,
    GET,
    NO_ADDRESS,
    NO_DOMAIN,
    NO_PLACE,
    POST,
    Telephony,
    Way,
    telephony_faults,
)
from osnp_console.ui.preferences.agendas.state_line import StateLine
from osnp_console.ui.preferences.field_rows import FileRow, SecretRow, SourceRow, TextRow
from osnp_console.ui.preferences.page import KeptPreferences, Page
from osnp_console.ui.preferences.telephony.deeds import TelephonyActs
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.message_line import Message
from osnp_console.ui.widgets.segments import Segments

FORM = "telephonie"
WAYS: Mapping[Way, str] = {
    Way.TEL: "Le téléphone relié à ce poste (tel:)",
    Way.SIP: "Un logiciel de téléphonie SIP (sip:)",
    Way.CLICK: "Un serveur de téléphonie (https)",
    Way.BY_HAND: "Aucun\u202f: composer à la main",
}
FIELDS: Mapping[str, SourceField] = {
    "sip_domain": SourceField("sip_domain", "Domaine SIP", hint="sip.exemple.fr"),
    "address": SourceField(
        "address", "Adresse", hint="https://pabx.exemple.fr/appel?poste=201&vers={numero}"
    ),
    "body": SourceField("body", "Contenu envoyé", hint='{"poste": "201", "vers": "{numero}"}'),
    "header": SourceField("header", "En-tête du secret", hint=AUTHORIZATION),
    "authority": SourceField(
        "authority", "Autorité du serveur", FieldKind.FILE, hint="celles du système si rien n’est dit"
    ),
    "outside_prefix": SourceField("outside_prefix", "Préfixe de sortie", hint="0 derrière un standard"),
}
WAY = SourceField("way", "Appeler par")
METHOD = SourceField("method", "Demande")
SECRET = SourceField("secret", "Secret", FieldKind.SECRET, hint="dans le trousseau du poste")
NUMBER = SourceField("number", "Numéro d’essai", hint="celui d’un téléphone à portée de main")
OUTCOME = SourceField("outcome", "")
UNDER_WAY = "Essai en cours…"
NO_NUMBER = "Écrire le numéro à appeler."
OUTCOMES: Mapping[Outcome, tuple[Standing, str]] = {
    Outcome.SENT: (Standing.ANSWERED, "lancé"),
    Outcome.NOT_SENT: (Standing.FAILED, "non lancé"),
    Outcome.UNKNOWN: (Standing.LATE, "issue inconnue"),
}
# What is only not said yet is kept: its other half may stand in the next field.
_NOT_YET = frozenset({NO_DOMAIN, NO_ADDRESS, NO_PLACE})
_OF_SERVER = ("address", "body", "header", "authority")


class TelephonyPage(Page):
    """The telephone of this desk."""

    def __init__(
        self,
        theme: Theme,
        kept: KeptPreferences,
        acts: TelephonyActs,
        choose: Callable[[str], str],
        unfinished: Unfinished,
        parent: QWidget | None = None,
    ) -> None:
        """The telephony as kept; `choose` asks for a file, a title given."""
        super().__init__(theme, "Téléphonie", parent)
        self._kept = kept
        self._acts = acts
        self._unfinished = unfinished
        self._keeping = False
        self._try_after = False
        self._choose = choose
        self._make_rows()
        self._show_kept()
        self._connect()
        self._show_way()
        self._say_faults()
        acts.has_secret(self.secret.show_kept, self._say_keyring)

    def _make_rows(self) -> None:
        """From the top down, as Tab goes."""
        theme, sheet = self.theme, self.sheet
        choices = [Choice(way.value, name) for way, name in WAYS.items()]
        methods = [Choice(GET, "GET", "G"), Choice(POST, "POST", "P")]
        self.way = Combo(theme, WAY.label, choices, clearable=False, parent=sheet)
        self._way_row = SourceRow(theme, WAY, self.way, parent=sheet)
        self.fields: dict[str, TextRow] = {}
        self._add_fields("sip_domain", "address")
        self.method = Segments(theme, METHOD.label, methods, sheet)
        self._method_row = SourceRow(theme, METHOD, self.method, parent=sheet)
        self._add_fields("body", "header")
        self.secret = SecretRow(theme, SECRET, parent=sheet)
        self._add_fields("authority", "outside_prefix")
        self.attempt = ActionButton(theme, "Essayer", height=28, parent=sheet)
        self.number = TextRow(theme, NUMBER, self.attempt, parent=sheet)
        self.outcome = StateLine(theme, sheet)
        self._outcome_row = SourceRow(theme, OUTCOME, self.outcome, parent=sheet)
        fields = self.fields
        self.add(self._way_row, fields["sip_domain"], fields["address"], self._method_row, fields["body"])
        self.add(fields["header"], self.secret, fields["authority"], fields["outside_prefix"])
        self.add(self.number, self._outcome_row)
        self.explain(
            "Un numéro appelé est aussi copié. Sans préfixe il est composé en +33\u202f; avec un préfixe, "
            "comme d’un poste du standard. Les numéros d’urgence, 15, 112 et autres, n’en prennent jamais."
        )
        self._server_note = self.explain(
            "{numero} est remplacé par le numéro, dans l’adresse ou dans le contenu. "
            "Le secret ne va jamais dans l’adresse."
        )
        self.end()

    def _add_fields(self, *names: str) -> None:
        for name in names:
            field = FIELDS[name]
            if field.kind is FieldKind.FILE:
                self.fields[name] = FileRow(self.theme, field, self._choose, parent=self.sheet)
            else:
                self.fields[name] = TextRow(self.theme, field, parent=self.sheet)

    def _show_kept(self) -> None:
        """What is kept, and what was typed before the panels were made anew."""
        now, held = self._kept.now.telephony, self._unfinished.held(FORM)
        self.way.set_answer(now.way.value)
        self.method.set_answer(now.method)
        for name, row in self.fields.items():
            row.show_value(held.get(name, getattr(now, name)))
        self.number.show_value(held.get(NUMBER.name))

    def _connect(self) -> None:
        self.way.answered.connect(self._way_chosen)
        self.method.answered.connect(self._method_chosen)
        for row in self.fields.values():
            row.changed.connect(self._field_typed)
        self.secret.typed.connect(self._keep_secret)
        self.secret.dropped.connect(self._drop_secret)
        self.attempt.clicked.connect(self._attempt)
        self.number.line.next_wanted.connect(self._attempt)
        self.number.changed.connect(self._number_typed)

    # --- what is settled --------------------------------------------------------------------------------

    def _way_chosen(self, way: object) -> None:
        self._keep(self._way_row, way=Way(str(way)))
        self._show_way()

    def _method_chosen(self, method: object) -> None:
        if not isinstance(method, str):
            self.method.set_answer(self._kept.now.telephony.method)
            return
        self._keep(self._method_row, method=method)
        self._show_way()

    def _field_typed(self, name: str) -> None:
        row = self.fields[name]
        text = row.line.text().strip()
        if name == "header" and not text:
            row.show_value(text := AUTHORIZATION)
        fault = telephony_faults(_with(self._kept.now.telephony, name, text)).get(name)
        if fault is None or fault in _NOT_YET:
            self._unfinished.drop(FORM, name)
            self._keep(row, **{name: text})
        else:
            self._unfinished.hold(FORM, name, text)
            self._say_faults()

    def _keep(self, row: FormRow, **changed: Any) -> None:
        telephony = replace(self._kept.now.telephony, **changed)
        failure = self._kept.keep(replace(self._kept.now, telephony=telephony))
        self._say_faults()
        row.set_message(failure)

    def _say_faults(self) -> None:
        """Under each field what is wrong with what stands in it, kept or not."""
        now, held = self._kept.now.telephony, self._unfinished.held(FORM)
        for name, row in self.fields.items():
            typed = _with(now, name, str(held[name])) if name in held else now
            fault = telephony_faults(typed).get(name)
            if fault in _NOT_YET:
                row.say(None, fault)
            else:
                row.say(fault)

    def _show_way(self) -> None:
        """Only what serves the way that is chosen."""
        now = self._kept.now.telephony
        server = now.way is Way.CLICK
        rows: dict[QWidget, bool] = {
            self.fields["sip_domain"]: now.way is Way.SIP,
            self.fields["outside_prefix"]: now.way is not Way.BY_HAND,
            self._method_row: server,
            self.secret: server,
            self._server_note: server,
            **{self.fields[name]: server for name in _OF_SERVER},
        }
        rows[self.fields["body"]] = server and now.method == POST
        for row, shown in rows.items():
            row.setVisible(shown)
        self._outcome_row.hide()

    # --- the secret -------------------------------------------------------------------------------------

    def _say_keyring(self, sentence: str) -> None:
        self.secret.set_message(sentence, Message.WARNING)

    def _keep_secret(self, name: str, secret: str) -> None:
        self._keeping = True
        self._acts.keep_secret(secret, self._secret_kept)

    def _secret_kept(self, fault: str | None) -> None:
        self.secret.keep_done(fault)
        self._keeping = False
        if self._try_after:
            self._try_after = False
            self._dial()

    def _drop_secret(self, name: str) -> None:
        self._acts.drop_secret(self.secret.drop_done)

    # --- a number dialled for real ----------------------------------------------------------------------

    def _number_typed(self, name: str) -> None:
        self._unfinished.hold(FORM, name, self.number.line.text())

    def _attempt(self) -> None:
        if not self.number.line.text().strip():
            self.number.say(NO_NUMBER)
            return
        self.number.say(None)
        self.attempt.set_reason(UNDER_WAY)
        self.outcome.say(Standing.ASKING, UNDER_WAY)
        self._outcome_row.show()
        if self._keeping:  # a secret just typed goes with this very attempt
            self._try_after = True
        else:
            self._dial()

    def _dial(self) -> None:
        self._acts.attempt(self.number.line.text().strip(), self._kept.now.telephony, self._dialled)

    def _dialled(self, dialled: Dialled) -> None:
        self.attempt.set_reason(None)
        standing, word = OUTCOMES[dialled.outcome]
        self.outcome.say(standing, word, details=dialled.sentence)
        self._outcome_row.show()


def _with(telephony: Telephony, field: str, text: str) -> Telephony:
    """The telephony with another text in a field."""
    changed: dict[str, Any] = {field: text}
    return replace(telephony, **changed)

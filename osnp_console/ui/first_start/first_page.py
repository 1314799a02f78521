"""The first start: which desk this is, where its calls are kept, who administers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from osnp_console.domain.desk import Desk
from osnp_console.domain.roles import SAS_ROLES
from osnp_console.ui.first_start.passphrase import PassphraseField
from osnp_console.ui.first_start.sheet import StartPage
from osnp_console.ui.first_start.who_block import WhoBlock
from osnp_console.ui.preferences.desk_page import HIGHEST_NUMBER, NOT_A_NUMBER, role_choices
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.combo import Combo
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.segments import Segments

SAS, LINE = "sas", "ligne"
_LINE_ROLE = "telesecretariat"
NOT_THE_SAME = "Les deux phrases ne sont pas les mêmes."
IN_KEYRING = "Sur ce poste, dans une base chiffrée. Sa clé est gardée dans le trousseau de clés du système."
ON_THIS_DESK = "Sur ce poste, dans une base chiffrée."
FORGOTTEN = "Oubliée, cette phrase ne peut pas être retrouvée, et la base ne s’ouvre plus."


class FirstStartPage(StartPage):
    """Three blocks done in order; then the window opens on an empty call.

    Signals:
        ready(object, object, object): the Desk, the passphrase of the base (None when the keyring has its
            key), the FirstAccount of the administrator.
    """

    ready = Signal(object, object, object)

    def __init__(
        self,
        theme: Theme,
        departements: Mapping[str, str],
        cpts: Sequence[str],
        passphrase_reason: str | None = None,
        shortest: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        """A page to fill in.

        `departements` are names by code, `cpts` the names a line can work for. `passphrase_reason` says why
        a passphrase is needed, None when the keyring keeps the key; `shortest` is its least length.
        """
        super().__init__(
            theme,
            "Premier démarrage",
            "Trois réglages, puis un appel vide.",
            parent,
        )
        self._reason = passphrase_reason
        self._shortest = shortest
        self._desk_fields(departements, cpts)
        self._keeping_fields()
        self.who = WhoBlock(theme, self, self._tell, self._start)
        self.start = ActionButton(theme, "Commencer", "Entrée", "primary", parent=self.card)
        self.end(self.start)
        self.start.clicked.connect(self._start)
        self._kind_chosen(self.kind.answer)

    # --- Ce poste ---------------------------------------------------------------------------------------

    def _desk_fields(self, departements: Mapping[str, str], cpts: Sequence[str]) -> None:
        theme, card = self.theme, self.card
        self.desk_tick = self.add_block("Ce poste")
        kinds = (Choice(SAS, "SAS", "S"), Choice(LINE, "Ligne d’une CPTS", "L"))
        self.kind = Segments(theme, "Ce poste", kinds, card)
        self.kind.set_answer(SAS)
        sas = [Choice(code, f"{code} · {name}") for code, name in sorted(departements.items())]
        self.sas = Combo(theme, "SAS", sas, clearable=False, parent=card)
        self.sas.set_placeholder("choisir le département")
        self.cpts = Combo(theme, "CPTS", [Choice(name, name) for name in cpts], clearable=False, parent=card)
        self.cpts.set_placeholder("choisir la CPTS")
        self.role = Combo(theme, "Rôle", role_choices(), clearable=False, parent=card)
        self.number = LineField(theme, "Numéro du poste", optional=True, parent=card)
        self.number.set_text("1")
        self._sas_row = FormRow(theme, "Département", self.sas, parent=card)
        self._cpts_row = FormRow(theme, "CPTS", self.cpts, parent=card)
        self.add(
            FormRow(theme, "Poste", self.kind, parent=card),
            self._sas_row,
            self._cpts_row,
            FormRow(theme, "Rôle", self.role, parent=card),
            FormRow(theme, "Numéro", self.number, parent=card),
        )
        self.kind.answered.connect(self._kind_chosen)
        self.sas.answered.connect(self._tell)
        self.cpts.answered.connect(self._tell)
        self.role.answered.connect(self._tell)
        self.number.typed.connect(self._number_typed)
        for control in (self.kind, self.sas, self.cpts, self.role, self.number):
            control.next_wanted.connect(self._start)

    def _kind_chosen(self, kind: object) -> None:
        if kind is None:
            self.kind.set_answer(SAS)
        is_sas = self.kind.answer == SAS
        self._sas_row.setVisible(is_sas)
        self._cpts_row.setVisible(not is_sas)
        roles = [choice for choice in role_choices() if (choice.value in SAS_ROLES) is is_sas]
        self.role.set_choices(roles)
        if self.role.answer is None:
            self.role.set_answer("osnp" if is_sas else _LINE_ROLE)
        self._tell()

    def _number_typed(self, text: str) -> None:
        self.number.set_error(None if self._desk_number() else NOT_A_NUMBER)
        self._tell()

    def _desk_number(self) -> int | None:
        text = self.number.text().strip()
        good = text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= HIGHEST_NUMBER
        return int(text) if good else None

    def desk(self) -> Desk | None:
        """The desk as it is filled in, None while something is missing."""
        number = self._desk_number()
        chosen = self.sas.answer if self.kind.answer == SAS else self.cpts.answer
        if number is None or not isinstance(chosen, str):
            return None
        role = str(self.role.answer)
        if self.kind.answer == SAS:
            return Desk(role, chosen, (), number)
        return Desk(role, None, (chosen,), number)

    # --- Où garder les appels ---------------------------------------------------------------------------

    def _keeping_fields(self) -> None:
        theme, card = self.theme, self.card
        self.keeping_tick = self.add_block("Où garder les appels")
        said = IN_KEYRING if self._reason is None else ON_THIS_DESK
        self.keeping = PlainLabel(theme, said, wrap=True, parent=card)
        self.add(self.keeping)
        self.phrase = PassphraseField(theme, "Phrase de passe", card)
        self.again = PassphraseField(theme, "Phrase de passe, encore une fois", card)
        self.visible = QCheckBox("Montrer la phrase", card)
        self.visible.setFont(theme.font())
        if self._reason is None:
            for widget in (self.phrase, self.again, self.visible):
                widget.hide()
            return
        self._why = MessageLine(theme, card)
        self._why.set_message(f"{self._reason} {FORGOTTEN}", Message.WARNING)
        self.add(
            self._why,
            FormRow(theme, "Phrase", self.phrase, parent=card),
            FormRow(theme, "Encore", self.again, parent=card),
            FormRow(theme, "", self.visible, parent=card),
        )
        self.visible.toggled.connect(self.phrase.set_visible_text)
        self.visible.toggled.connect(self.again.set_visible_text)
        self.phrase.set_note(
            f"{self._shortest} caractères au moins\u202f; plusieurs mots, faciles à retenir."
        )
        for field in (self.phrase, self.again):
            field.typed.connect(self._tell)
            field.committed.connect(self._check_phrases)
            field.next_wanted.connect(self._start)

    def _check_phrases(self) -> None:
        first, second = self.phrase.phrase, self.again.phrase
        short = bool(first) and len(first) < self._shortest
        self.phrase.set_error(f"Il faut {self._shortest} caractères au moins." if short else None)
        self.again.set_error(NOT_THE_SAME if second and first != second else None)

    def _phrase_is_good(self) -> bool:
        first = self.phrase.phrase
        return self._reason is None or (len(first) >= self._shortest and first == self.again.phrase)

    # --- both -------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the keyboard in the first control."""
        self.kind.setFocus()

    def show_failure(self, sentence: str) -> None:
        """Say why the base could not be made; what was filled in stays."""
        self.keeping.setText(sentence)
        self.keeping.set_role("verify")

    def _tell(self, *_: object) -> None:
        self.desk_tick.set_done(self.desk() is not None)
        self.keeping_tick.set_done(self._phrase_is_good())
        self.start.set_reason(self._missing())

    def _missing(self) -> str | None:
        if self.desk() is None:
            chosen = self.sas.answer if self.kind.answer == SAS else self.cpts.answer
            if not isinstance(chosen, str):
                return "Choisir le département." if self.kind.answer == SAS else "Choisir la CPTS."
            return NOT_A_NUMBER
        if not self._phrase_is_good():
            return "Écrire deux fois la même phrase de passe."
        return self.who.missing()

    def _start(self) -> None:
        desk = self.desk()
        first = self.who.account(desk.role) if desk is not None else None
        if desk is not None and first is not None and self._phrase_is_good():
            self.ready.emit(desk, None if self._reason is None else self.phrase.phrase, first)
            return
        if self._reason is not None:
            self._check_phrases()
        self.who.check()

"""The form of one account: made with a button, then applied field by field on leaving each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from osnp_console.app.people.account_words import last_in_words, state_words
from osnp_console.app.people.accounts import AccountForm, SeenAccount
from osnp_console.domain.account import LOOKS_SHARED, AccountState, identifier_fault, name_fault, roles_fault
from osnp_console.domain.permissions import ACCOUNT_ROLES, ADMINISTRATOR
from osnp_console.ui.lock.new_password_page import PasswordPair
from osnp_console.ui.preferences.accounts.acts import NotDone
from osnp_console.ui.preferences.accounts.passwords import NEW as PASSWORD
from osnp_console.ui.preferences.accounts.passwords import GivenPassword, in_a_row
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.asked_in_place import AskedInPlace
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.tick_box import TickBox

FOR_ALL = "pour tous les postes"
NEW_ACCOUNT, FIRST_ACCOUNT = "Nouveau compte", "Premier compte"
IDENTIFIER, NAME, ROLES = "identifiant", "nom", "roles"
GONE = "Ce compte est retiré\u202f: son nom reste au journal."
TELL_IT = "Le dire à la personne\u202f: elle en choisira un autre à sa première connexion."
MAKING = "Création…"
FIRST_LEAD = (
    "Cette base n’a pas encore de compte\u202f: chacun y fait tout, sans nom. Le premier compte est "
    "l’administrateur\u202f; ensuite, chaque poste demande qui est là."
)


class RoleTicks(QWidget):
    """A tick for each role an account can have.

    Signals:
        changed(): the person ticked or cleared one.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.ticks = {role: TickBox(theme, name, self) for role, name in ACCOUNT_ROLES.items()}
        self.message = MessageLine(theme, self)
        boxes = QWidget(self)
        self._flow = Flow(boxes, theme.px(4), self.ticks.values())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(boxes)
        column.addWidget(self.message)
        for tick in self.ticks.values():
            tick.clicked.connect(self.changed)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that are ticked."""
        return tuple(role for role, tick in self.ticks.items() if tick.is_ticked)

    def set_roles(self, roles: object) -> None:
        """Tick exactly these; emits nothing."""
        held = frozenset(roles) if isinstance(roles, list | tuple | frozenset) else frozenset()
        for role, tick in self.ticks.items():
            tick.set_ticked(role in held)


class AccountFields(Page):
    """The form; the same one shows one account after the other.

    Signals:
        edited(): the person settled a field of an account that exists.
        typing(): what is typed of it has changed.
        create_wanted(): the account is to be made.
        block_wanted(), unblock_wanted(), remove_wanted(): the buttons; removing was asked twice.
        password_given(str): another password for it.
    """

    edited = Signal()
    typing = Signal()
    create_wanted = Signal()
    block_wanted = Signal()
    unblock_wanted = Signal()
    remove_wanted = Signal()
    password_given = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty form."""
        super().__init__(theme, NEW_ACCOUNT, parent)
        self.column.setContentsMargins(theme.px(6), 0, theme.px(14), theme.px(12))
        self.section.set_note(FOR_ALL)
        self._is_new = True
        self.state = MessageLine(theme, self.sheet)
        self._make_fields()
        self._make_buttons()
        self.add(self.state, *self._fields, *self._of_new, self._give_up_row, *self._of_kept)
        self.end()
        self._connect()

    def _row(self, label: str, control: QWidget) -> FormRow:
        # Made with its control: Tab goes as the rows are made.
        return FormRow(self.theme, label, control, parent=self.sheet)

    def _make_fields(self) -> None:
        theme, sheet = self.theme, self.sheet
        self.name = LineField(theme, "Nom", optional=True, parent=sheet)
        self.name.set_placeholder("Gaëlle Tessier")
        name_row = self._row("Nom", self.name)
        self.identifier = LineField(theme, "Identifiant", optional=True, parent=sheet)
        self.identifier.set_placeholder("g.tessier")
        identifier_row = self._row("Identifiant", self.identifier)
        self.roles = RoleTicks(theme, sheet)
        self._fields: tuple[QWidget, ...] = (name_row, identifier_row, self._row("Rôles", self.roles))

    def _make_buttons(self) -> None:
        theme, sheet = self.theme, self.sheet
        self.pair = PasswordPair(theme, sheet)
        self.create_it = ActionButton(theme, "Créer le compte", "Entrée", height=28, parent=sheet)
        self._of_new: tuple[QWidget, ...] = (*self.pair.rows, in_a_row(theme, sheet, self.create_it))
        self.give_up = AskedInPlace(theme, "Abandonner…", "Abandonner", "Continuer", sheet)
        self.give_up.set_question("Rien n’est enregistré. Abandonner ce qui est tapé\u202f?")
        self._give_up_row = self._row("", self.give_up)
        self.block = ActionButton(theme, "Bloquer", height=28, parent=sheet)
        self.unblock = ActionButton(theme, "Débloquer", height=28, parent=sheet)
        blocking = in_a_row(theme, sheet, self.block, self.unblock)
        self.word = GivenPassword(theme, sheet)
        self.remove = AskedInPlace(theme, "Retirer ce compte…", "Retirer", "Garder", sheet)
        self._of_kept: tuple[QWidget, ...] = (blocking, self.word, self._row("", self.remove))

    def _connect(self) -> None:
        for field in (self.name, self.identifier):
            field.committed.connect(self._settled)
            field.typed.connect(self._typed)
        self.name.next_wanted.connect(self.identifier.setFocus)
        self.identifier.next_wanted.connect(next(iter(self.roles.ticks.values())).setFocus)
        # Held before it is kept: what is kept is then let go of.
        self.roles.changed.connect(self._typed)
        self.roles.changed.connect(self._settled)
        for word in (self.pair.word, self.pair.again):
            word.typed.connect(self._tell)
            word.committed.connect(self._check_pair)
        self.pair.word.next_wanted.connect(self.pair.again.setFocus)
        self.pair.again.next_wanted.connect(self._create)
        self.create_it.clicked.connect(self._create)
        self.give_up.confirmed.connect(self.remove_wanted)
        self.remove.confirmed.connect(self.remove_wanted)
        self.block.clicked.connect(self.block_wanted)
        self.unblock.clicked.connect(self.unblock_wanted)
        self.word.given.connect(self.password_given)

    # --- what is shown ----------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the keyboard in the first field that can be typed in."""
        (self.name if self.name.isEnabled() else self).setFocus()

    @property
    def form(self) -> AccountForm:
        """What is typed of the account."""
        return AccountForm(self.identifier.text(), self.name.text(), self.roles.roles)

    @property
    def typed_word(self) -> str:
        """The first password of a new account."""
        return self.pair.word.phrase

    def show_new(self, typed: AccountForm, *, first: bool = False) -> None:
        """A new account, as far as it was typed; `first` is the base's first one, an administrator."""
        self._is_new = True
        self.section.set_title(FIRST_ACCOUNT if first else NEW_ACCOUNT)
        self.section.set_note("" if first else FOR_ALL)
        self._fill(replace(typed, roles=(*typed.roles, ADMINISTRATOR)) if first else typed)
        self._set_open(is_open=True)
        self.roles.ticks[ADMINISTRATOR].setEnabled(not first)
        self._show_parts(first=first)
        for word in (self.pair.word, self.pair.again):
            word.set_text("")
            word.set_error(None)
        self.pair.word.set_note(None if first else TELL_IT)
        self.state.set_message(None)
        self.say(None)
        self._tell()

    def show_kept(self, seen: SeenAccount, now: datetime, typed: AccountForm | None = None) -> None:
        """An account, with what was typed of it and could not be kept."""
        account = seen.account
        self._is_new = False
        gone = account.state is AccountState.REMOVED
        self.section.set_title(account.name)
        self.section.set_note(FOR_ALL)
        self._fill(typed or AccountForm(account.identifier, account.name, tuple(account.roles)))
        self._set_open(is_open=not gone)
        self._show_parts()
        self.word.set_subject(account.identifier, account.name)
        self.remove.set_question(f"Retirer «\u202f{account.name}\u202f»\u202f? Il ne pourra plus servir.")
        blocked = account.state is AccountState.BLOCKED
        self.block.setVisible(not blocked)
        self.unblock.setVisible(blocked or seen.waits_until is not None)
        for widget in self._of_kept:
            widget.setVisible(not gone)
        told = GONE if gone else f"{state_words(seen)} · {last_in_words(seen, now)}"
        self.state.set_message(told[:1].upper() + told[1:], Message.NOTE)
        self.say(None)

    def _fill(self, typed: AccountForm) -> None:
        for field, text in ((self.name, typed.name), (self.identifier, typed.identifier)):
            field.set_text(text)
        self.roles.set_roles(typed.roles)

    def _set_open(self, *, is_open: bool) -> None:
        for field in (self.name, self.identifier, *self.roles.ticks.values()):
            field.setEnabled(is_open)

    def _show_parts(self, *, first: bool = False) -> None:
        for widget in self._of_new:
            widget.setVisible(self._is_new)
        self._give_up_row.setVisible(self._is_new and not first)
        for widget in self._of_kept:
            widget.setVisible(not self._is_new)

    # --- what is wrong ----------------------------------------------------------------------------------

    def say(self, trouble: NotDone | None) -> None:
        """Why something was not done: under its field, at the head for none; None takes sentences away."""
        field = trouble.field if trouble is not None else ""
        sentence = trouble.sentence if trouble is not None else None
        self._weigh({field: sentence} if sentence else {})
        if sentence and field == PASSWORD:
            (self.pair.word.set_error if self._is_new else self.word.say)(sentence)
        elif sentence and field not in (IDENTIFIER, NAME, ROLES):
            self.state.set_message(sentence, Message.ERROR)

    def faults(self) -> Mapping[str, str]:
        """What is wrong with what is typed, by field; an empty field of a new account is not wrong yet."""
        form = self.form
        found = {
            IDENTIFIER: identifier_fault(form.identifier) if form.identifier or not self._is_new else None,
            NAME: name_fault(form.name) if form.name or not self._is_new else None,
            ROLES: roles_fault(form.roles) if not self._is_new else None,
        }
        return {field: fault for field, fault in found.items() if fault is not None}

    def _weigh(self, told: Mapping[str, str | None] | None = None) -> None:
        """Each sentence under its field: what the base said, else what is wrong as it is typed."""
        said = {**self.faults(), **{field: text for field, text in (told or {}).items() if text}}
        for name, line in ((IDENTIFIER, self.identifier), (NAME, self.name)):
            line.set_error(said.get(name))
        if NAME not in said:
            self.name.set_warning(LOOKS_SHARED if self.form.warns else None)
        self.roles.message.set_message(said.get(ROLES))

    def _missing(self) -> str | None:
        form = self.form
        for fault in (name_fault(form.name), identifier_fault(form.identifier), roles_fault(form.roles)):
            if fault is not None:
                return fault
        return self.pair.missing(form.identifier, form.name)

    # --- what is typed ----------------------------------------------------------------------------------

    def _typed(self, *_: object) -> None:
        self.typing.emit()
        self._tell()

    def _tell(self, *_: object) -> None:
        if self._is_new:
            self.create_it.set_reason(self._missing())

    def _check_pair(self) -> None:
        self.pair.check(self.identifier.text(), self.name.text())

    def _settled(self) -> None:
        self._weigh()
        if not self._is_new and not self.faults():
            self.edited.emit()

    def _create(self) -> None:
        if self._missing() is None:
            self.create_it.set_reason(MAKING)
            self.create_wanted.emit()
        else:
            self._weigh({ROLES: roles_fault(self.roles.roles)})
            self._check_pair()
            self._go_to_mistake()

    def _go_to_mistake(self) -> None:
        """Put the keyboard in the first field that keeps the account from being made."""
        form = self.form
        wrong: QWidget = self.pair.word
        if name_fault(form.name):
            wrong = self.name
        elif identifier_fault(form.identifier):
            wrong = self.identifier
        elif roles_fault(form.roles):
            wrong = next(iter(self.roles.ticks.values()))
        elif self.pair.word.message.kind is not Message.ERROR:
            wrong = self.pair.again
        wrong.setFocus()

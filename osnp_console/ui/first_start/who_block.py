"""The block « Qui êtes-vous » of the first start: the administrator's own account."""

from __future__ import annotations

from collections.abc import Callable

from osnp_console.app.people.accounts import AccountForm
from osnp_console.domain.account import LOOKS_SHARED, identifier_fault, looks_shared, name_fault
from osnp_console.domain.permissions import ACCOUNT_ROLES, ADMINISTRATOR, OSNP
from osnp_console.ui.first_start.sheet import StartPage
from osnp_console.ui.lock.new_password_page import PasswordPair
from osnp_console.ui.lock.seat import FirstAccount
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField

TITLE = "Qui êtes-vous"
SIGN_IN_AFTER = (
    "Cette base a déjà des comptes\u202f: la console l’ouvre, puis demande de se connecter avec le sien."
)
NO_NAME = "Écrire le nom et l’identifiant de la personne."


class WhoBlock:
    """Name, identifier and password of the first administrator, who also takes calls at this desk."""

    def __init__(
        self, theme: Theme, page: StartPage, changed: Callable[[], None], start: Callable[[], None]
    ) -> None:
        """The block at the end of a page: `changed` when something is typed, `start` on Entrée."""
        card = page.card
        self.tick = page.add_block(TITLE)
        self.name = LineField(theme, "Nom affiché", optional=True, parent=card)
        self.name.set_placeholder("prénom et nom")
        self.identifier = LineField(theme, "Identifiant", optional=True, parent=card)
        self.pair = PasswordPair(theme, card)
        self.sign_in = PlainLabel(theme, SIGN_IN_AFTER, wrap=True, parent=card)
        self.sign_in.hide()
        self._rows = (
            FormRow(theme, "Nom", self.name, parent=card),
            FormRow(theme, "Identifiant", self.identifier, parent=card),
            *self.pair.rows,
        )
        page.add(self.sign_in, *self._rows)
        self._changed = changed
        self._has_accounts = False
        for field in (self.name, self.identifier, self.pair.word, self.pair.again):
            field.typed.connect(self._typed)
            field.committed.connect(self._check)
            field.next_wanted.connect(start)

    def set_has_accounts(self, has_accounts: bool) -> None:
        """A base that has accounts gets no second first administrator: whoever is here signs in to it.

        What was typed stays, for a base without accounts that would be chosen after all.
        """
        if has_accounts is not self._has_accounts:
            self._has_accounts = has_accounts
            self.sign_in.setVisible(has_accounts)
            for row in self._rows:
                row.setVisible(not has_accounts)
        self.tick.set_done(self.missing() is None)

    def missing(self) -> str | None:
        """What is still missing or wrong; None when the account can be made, or is there already."""
        if self._has_accounts:
            return None
        name, identifier = self.name.text(), self.identifier.text()
        if not name.strip() or not identifier.strip():
            return NO_NAME
        return name_fault(name) or identifier_fault(identifier) or self.pair.missing(identifier, name)

    def account(self, desk_role: str) -> FirstAccount | None:
        """The account as it is filled in, None while something is missing and where the base has accounts.

        It has the desk's own role, an OSNP's where that is no role of accounts, and administers.
        """
        if self._has_accounts or self.missing() is not None:
            return None
        role = desk_role if desk_role in ACCOUNT_ROLES else OSNP
        form = AccountForm(self.identifier.text(), self.name.text(), (role, ADMINISTRATOR))
        return FirstAccount(form, self.pair.word.phrase)

    def check(self) -> None:
        """Say under the fields what is wrong with what was typed."""
        self._check()

    def _typed(self, text: str) -> None:
        self.tick.set_done(self.missing() is None)
        self._changed()

    def _check(self) -> None:
        name, identifier = self.name.text(), self.identifier.text()
        self.name.set_error(name_fault(name) if name.strip() else None)
        self.identifier.set_error(identifier_fault(identifier) if identifier.strip() else None)
        self.identifier.set_warning(LOOKS_SHARED if looks_shared(identifier, name) else None)
        if self.pair.word.phrase:
            self.pair.check(identifier, name)

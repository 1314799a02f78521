"""Comptes: the accounts at the left, one of them at the right; everybody's own password."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from osnp_console.app.people.account_words import last_in_words, roles_words, state_words
from osnp_console.app.people.accounts import AccountForm, SeenAccount
from osnp_console.app.people.session import Standing
from osnp_console.domain.account import AccountState
from osnp_console.domain.permissions import Act, who_may
from osnp_console.ui.preferences.accounts.acts import AccountActs, Done, NotDone
from osnp_console.ui.preferences.accounts.form import FIRST_LEAD, FOR_ALL, NEW_ACCOUNT, AccountFields
from osnp_console.ui.preferences.accounts.passwords import MINE, OwnPasswordForm
from osnp_console.ui.reading.panes import Panes, under_way_back
from osnp_console.ui.reading.two_lines import TwoLineList, TwoLines
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.unfinished import Unfinished
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.titles import SectionTitle

HELD = "comptes"
"""Under that name, what is typed of accounts and not kept: never a password."""
# No account is called so.
NEW, FIRST = "nouveau", "premier"
EMPTY = AccountForm("", "", ())
MADE = "Compte créé."
GIVEN = "Mot de passe donné\u202f: il sera à changer à la prochaine connexion."
_MARKS = {
    AccountState.ACTIVE: ("eligible", "eligible"),
    AccountState.MUST_CHANGE: ("verify", "verify"),
    AccountState.BLOCKED: ("refused", "refused"),
    AccountState.REMOVED: ("off", "off"),
}


class AccountsPage(QWidget):
    """The heading Comptes of Réglages."""

    def __init__(
        self, theme: Theme, acts: AccountActs, unfinished: Unfinished, parent: QWidget | None = None
    ) -> None:
        """The accounts are read when the page is shown."""
        super().__init__(parent)
        self.theme = theme
        self._acts = acts
        self._unfinished = unfinished
        self.seen: dict[str, SeenAccount] = {}
        self.key: str | None = None
        self.setAccessibleName("Comptes")
        self.message = MessageLine(theme, self)
        self.list = TwoLineList(theme, "Comptes", self)
        self.add = ActionButton(theme, "Ajouter", mark="plus", height=28, parent=self)
        self.mine = ActionButton(theme, f"{MINE}…", height=28, parent=self)
        self.form = AccountFields(theme, self)
        self.own = OwnPasswordForm(theme, acts, self)
        self._nothing = QWidget(self)
        self._stack = QStackedWidget(self)
        for page in (self._nothing, self.form, self.own):
            self._stack.addWidget(page)
        self._back = ActionButton(theme, "Liste", "Échap", "link", height=28, parent=self)
        detail = under_way_back(self._back, self._stack)
        self._panes = Panes(theme, self._listing(), detail, stretches=(42, 58, 0), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(8), theme.px(4), theme.px(4))
        column.addWidget(self._panes)
        self._connect()
        self._reflow()

    def _listing(self) -> QWidget:
        theme = self.theme
        pane = QWidget(self)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.title = SectionTitle(theme, "Comptes", FOR_ALL, pane)
        column.addWidget(self.title)
        column.addWidget(self.message)
        column.addWidget(self.list, 1)
        self._buttons = QWidget(pane)
        self._flow = Flow(self._buttons, theme.px(6), (self.add, self.mine))
        column.addWidget(self._buttons)
        # Where there is no list, the buttons stand at the top.
        self._rest = QWidget(pane)
        column.addWidget(self._rest, 1)
        return pane

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.add.clicked.connect(self._begin)
        self.mine.clicked.connect(self._open_own)
        self.message.action_wanted.connect(self.load)
        self._back.clicked.connect(self.back_to_list)
        self._panes.reflowed.connect(self._reflow)
        form = self.form
        form.edited.connect(self._keep)
        form.typing.connect(self._hold)
        form.create_wanted.connect(self._create)
        form.block_wanted.connect(self._block)
        form.unblock_wanted.connect(self._unblock)
        form.remove_wanted.connect(self._remove)
        form.password_given.connect(self._give_word)

    # --- what the workspace calls -----------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the keyboard in the list, or in the only form there is."""
        if self._without_accounts:
            self.form.focus_first()
        elif self.list.isVisibleTo(self):
            self.back_to_list()
        else:
            self._panes.show_detail(False)
            self.mine.setFocus()

    def back_to_list(self) -> None:
        """Put the keyboard back in the list, shown again where only one pane fits."""
        self._panes.show_detail(False)
        if self.list.isVisibleTo(self) and self.list.rows:
            if self.list.current_key is None:
                self.list.choose(self.list.rows[0].key)
            self.list.setFocus()
        else:
            self.mine.setFocus()

    @property
    def _without_accounts(self) -> bool:
        return self._acts.session.standing is Standing.WITHOUT_ACCOUNTS

    def load(self) -> None:
        """Read the accounts, for whoever may; the others find their own password."""
        self.message.set_message(None)
        manages = self._acts.session.may(Act.MANAGE_ACCOUNTS)
        self._show_list(manages)
        if manages:
            self._acts.load(self._loaded, self._not_loaded)
        elif self._without_accounts:
            self._show_first()
        else:
            self.message.set_message(who_may(Act.MANAGE_ACCOUNTS), Message.NOTE)
            if self._stack.currentWidget() is not self.own:
                self._show_own()

    def _show_list(self, manages: bool) -> None:
        self.list.setVisible(manages)
        self.add.setVisible(manages)
        self._rest.setVisible(not manages)
        self.mine.setVisible(not self._without_accounts)
        self.title.set_note(FOR_ALL if manages else "")

    def _loaded(self, found: Sequence[SeenAccount]) -> None:
        self.seen = {one.account.id: one for one in found}
        self._say_rows()
        if self.key is not None and self._stack.currentWidget() is self.form and not self.form.holds_focus:
            self._show(self.key)

    def _not_loaded(self, trouble: NotDone) -> None:
        self.message.set_message(trouble.sentence, Message.ERROR, "Réessayer")

    # --- the list ---------------------------------------------------------------------------------------

    def _say_rows(self) -> None:
        now = self._acts.now()
        drafts = [
            TwoLines(key, typed.name or NEW_ACCOUNT, second="pas encore enregistré")
            for key, typed in self._held.items()
            if key == NEW
        ]
        kept = [
            TwoLines(
                one.account.id,
                one.account.name,
                kind=one.account.identifier,
                second=f"{roles_words(one)} · {last_in_words(one, now)}",
                aside=state_words(one),
                mark=_MARKS[one.account.state],
            )
            for one in sorted(self.seen.values(), key=_removed_last)
        ]
        self.list.set_rows([*drafts, *kept])

    @property
    def _held(self) -> dict[str, AccountForm]:
        held = self._unfinished.held(HELD)
        return {key: typed for key, typed in held.items() if isinstance(typed, AccountForm)}

    def _choose(self, key: str) -> None:
        # The rows said anew choose the same one again: what is typed in its form stays as it is.
        if key != self.key or self._stack.currentWidget() is not self.form:
            self._show(key)

    def _show(self, key: str) -> None:
        seen, typed = self.seen.get(key), self._held.get(key)
        if seen is not None:
            self.form.show_kept(seen, self._acts.now(), typed)
        elif typed is not None:
            self.form.show_new(typed)
        else:
            return
        self.key = key
        self._stack.setCurrentWidget(self.form)

    def _open(self, key: str) -> None:
        self._choose(key)
        self._panes.show_detail(True)
        self.form.focus_first()

    def _begin(self) -> None:
        if NEW not in self._held:
            self._unfinished.hold(HELD, NEW, EMPTY)
        self._say_rows()
        self.list.choose(NEW)
        self._open(NEW)

    def _show_first(self) -> None:
        if self.key != FIRST:
            self.key = FIRST
            self.form.show_new(self._held.get(FIRST, EMPTY), first=True)
        self._stack.setCurrentWidget(self.form)
        self._panes.show_detail(True)
        self._say_first()

    def _say_first(self) -> None:
        """Beside the form, or over it where only one of the two fits."""
        narrow = self._panes.is_narrow
        self.message.set_message(None if narrow else FIRST_LEAD, Message.NOTE)
        self.form.state.set_message(FIRST_LEAD if narrow else None, Message.NOTE)

    def _open_own(self) -> None:
        self._show_own()
        self._panes.show_detail(True)
        self.own.focus_first()

    def _show_own(self) -> None:
        self.key = None
        self.list.setCurrentIndex(QModelIndex())
        self.own.open()
        self._stack.setCurrentWidget(self.own)

    # --- acts -------------------------------------------------------------------------------------------

    def _hold(self) -> None:
        if self.key is not None:
            self._unfinished.hold(HELD, self.key, self.form.form)
            if self._shown is None:
                self._say_rows()

    def _keep(self) -> None:
        seen = self._shown
        if seen is None:
            return
        typed, account = self.form.form, seen.account
        if (typed.identifier, typed.name, frozenset(typed.roles)) == (
            account.identifier,
            account.name,
            account.roles,
        ):
            self._unfinished.drop(HELD, account.id)
        else:
            self._acts.change(account.identifier, typed, self._ended(account.id, typed=typed))

    def _create(self) -> None:
        key, form, word = self.key, self.form.form, self.form.typed_word
        if key == FIRST:
            self._acts.create_first(form, word, partial(self._created, key))
        elif key is not None:
            self._acts.create(form, word, partial(self._created, key))

    def _created(self, key: str, trouble: NotDone | None) -> None:
        if trouble is not None:
            if self.key == key:
                self.form.say(trouble)
                self.form.create_it.set_reason(None)
            return
        self._unfinished.drop(HELD, key)
        if self.key == key:
            self.key = None
            self._stack.setCurrentWidget(self._nothing)
        self.load()
        self.message.set_message(MADE, Message.NOTE)
        self.back_to_list()

    @property
    def _shown(self) -> SeenAccount | None:
        return self.seen.get(self.key or "")

    def _block(self) -> None:
        if self._shown is not None:
            account = self._shown.account
            self._acts.block(account.identifier, self._ended(account.id, focus=self.form.unblock))

    def _unblock(self) -> None:
        if self._shown is not None:
            account = self._shown.account
            self._acts.unblock(account.identifier, self._ended(account.id, focus=self.form.block))

    def _remove(self) -> None:
        if self._shown is not None:
            account = self._shown.account
            self._acts.remove(account.identifier, self._ended(account.id, focus=self.list))
        elif self.key is not None:
            self._unfinished.drop(HELD, self.key)
            self.key = None
            self._stack.setCurrentWidget(self._nothing)
            self._say_rows()
            self.back_to_list()

    def _give_word(self, word: str) -> None:
        if self._shown is not None:
            account = self._shown.account
            self._acts.give_password(account.identifier, word, self._ended(account.id, word=True))

    def _ended(
        self,
        account: str,
        *,
        typed: AccountForm | None = None,
        focus: QWidget | None = None,
        word: bool = False,
    ) -> Done:
        """What follows an act: the accounts as they are now, or why it was not done."""

        def ended(trouble: NotDone | None) -> None:
            if trouble is not None:
                if self.key == account:
                    self.form.say(trouble)
                return
            if typed is not None and self._held.get(account) == typed:
                self._unfinished.drop(HELD, account)
            self._acts.load(partial(self._follow, account, focus, word), self._not_loaded)

        return ended

    def _follow(self, account: str, focus: QWidget | None, word: bool, found: Sequence[SeenAccount]) -> None:
        """Show what an act made of an account, the keyboard where work goes on."""
        self._loaded(found)
        if self.key != account:
            return
        had = cast("QWidget | None", self.window().focusWidget())
        self._show(account)
        if word:
            self.form.word.close_again()
            self.form.state.set_message(GIVEN, Message.NOTE)
        elif focus is not None and (had is None or not had.isVisible() or not had.isEnabled()):
            focus.setFocus()

    # --- panes ------------------------------------------------------------------------------------------

    def _reflow(self) -> None:
        self._back.setVisible(self._panes.is_narrow and not self._without_accounts)
        if self._without_accounts and self.key == FIRST:
            self._say_first()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap goes from the form to the list."""
        focused = cast("QWidget | None", self.window().focusWidget())
        inside = focused is not None and self._stack.isAncestorOf(focused)
        if event.key() == Qt.Key.Key_Escape and inside and not self._without_accounts:
            self.back_to_list()
        else:
            super().keyPressEvent(event)


def _removed_last(seen: SeenAccount) -> tuple[bool, str]:
    return seen.account.state is AccountState.REMOVED, seen.account.name.casefold()

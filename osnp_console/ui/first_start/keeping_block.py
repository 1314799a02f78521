"""The block « Où garder les appels » of the first start: this desk's own base, or one that desks share."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from osnp_console.app.base.choice import FoundBase, TypedServer
from osnp_console.app.errors import Refusal
from osnp_console.ui.first_start.passphrase import PassphraseField
from osnp_console.ui.first_start.server_form import TRYING, Attempt, ServerForm
from osnp_console.ui.first_start.sheet import StartPage
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.segments import Segments

TITLE = "Où garder les appels"
HERE, SHARED = "poste", "partagee"
PLACES = (Choice(HERE, "Sur ce poste", "P"), Choice(SHARED, "Base partagée", "B"))
NOT_THE_SAME = "Les deux phrases ne sont pas les mêmes."
TWICE = "Écrire deux fois la même phrase de passe."
TRY_FIRST = "Essayer la base partagée."
IN_KEYRING = "Sur ce poste, dans une base chiffrée. Sa clé est gardée dans le trousseau de clés du système."
ON_THIS_DESK = "Sur ce poste, dans une base chiffrée."
FORGOTTEN = "Oubliée, cette phrase ne peut pas être retrouvée, et la base ne s’ouvre plus."
ABOUT_SHARED = (
    "Sur un serveur, avec les autres postes. L’administrateur a gardé son adresse et la clé du site, que le "
    "serveur ne connaît pas."
)


class KeepingBlock:
    """Where the calls go: what is asked of each place, and whether it is all there.

    `keeping` is the sentence that says where, and why the base could not be made.
    """

    def __init__(
        self,
        theme: Theme,
        page: StartPage,
        reason: str | None,
        shortest: int,
        attempt: Attempt,
        browse: Callable[[str], str],
        keeps_secrets: bool,
        changed: Callable[[], None],
        start: Callable[[], None],
    ) -> None:
        """The block of a page.

        `reason` says why this desk's own base needs a passphrase of `shortest` signs, None when the keyring
        has its key; `keeps_secrets` whether there is a keyring. `changed` when something is settled or typed,
        `start` on Entrée.
        """
        self._reason = reason
        self._shortest = shortest
        self._changed = changed
        self._page = page
        card = page.card
        self.tick = page.add_block(TITLE)
        self.where = Segments(theme, TITLE, PLACES, card)
        self.where.set_answer(HERE)
        self.where.answered.connect(self._where_chosen)
        self.where.next_wanted.connect(start)
        self.keeping = PlainLabel(theme, wrap=True, parent=card)
        self.phrase = PassphraseField(theme, "Phrase de passe", card)
        self.again = PassphraseField(theme, "Phrase de passe, encore une fois", card)
        self.visible = QCheckBox("Montrer la phrase", card)
        self.visible.setFont(theme.font())
        self.form = ServerForm(theme, attempt, browse, card)
        if not keeps_secrets:
            self.form.say_secrets_asked_again()
        self._phrases = _stack(card, theme)
        page.add(FormRow(theme, "Où", self.where, parent=card), self.keeping, self._phrases, self.form)
        self._phrase_fields(theme, start)
        self.form.edited.connect(changed)
        self.form.tried.connect(self._tried)
        self.form.next_wanted.connect(start)
        self._show_place()

    def _phrase_fields(self, theme: Theme, start: Callable[[], None]) -> None:
        holder = self._phrases
        self._why = MessageLine(theme, holder)
        if self._reason is not None:
            self._why.set_message(f"{self._reason} {FORGOTTEN}", Message.WARNING)
        column = holder.layout()
        assert column is not None
        for row in (
            self._why,
            FormRow(theme, "Phrase", self.phrase, parent=holder),
            FormRow(theme, "Encore", self.again, parent=holder),
            FormRow(theme, "", self.visible, parent=holder),
        ):
            column.addWidget(row)
        self.visible.toggled.connect(self.phrase.set_visible_text)
        self.visible.toggled.connect(self.again.set_visible_text)
        self.phrase.set_note(
            f"{self._shortest} caractères au moins\u202f; plusieurs mots, faciles à retenir."
        )
        for field in (self.phrase, self.again):
            field.typed.connect(self._changed)
            field.committed.connect(self.check)
            field.next_wanted.connect(start)

    # --- what is chosen ---------------------------------------------------------------------------------

    @property
    def is_shared(self) -> bool:
        """Whether the base is one that desks share."""
        return self.where.answer == SHARED

    @property
    def passphrase(self) -> str | None:
        """The phrase of this desk's own base; None where none is needed."""
        return None if self._reason is None or self.is_shared else self.phrase.phrase

    @property
    def server(self) -> TypedServer | None:
        """The shared base as it is typed; None for this desk's own."""
        return self.form.typed if self.is_shared else None

    @property
    def found(self) -> FoundBase | None:
        """What the trial found of the shared base that is typed."""
        return self.form.found if self.is_shared else None

    def missing(self) -> str | None:
        """What is still missing; None when the base can be opened or made."""
        if self.is_shared:
            return TRYING if self.form.is_trying else None if self.form.found is not None else TRY_FIRST
        first = self.phrase.phrase
        good = self._reason is None or (len(first) >= self._shortest and first == self.again.phrase)
        return None if good else TWICE

    def check(self) -> None:
        """Say under the phrases what is wrong with them."""
        if self._reason is None or self.is_shared:
            return
        first, second = self.phrase.phrase, self.again.phrase
        short = bool(first) and len(first) < self._shortest
        self.phrase.set_error(f"Il faut {self._shortest} caractères au moins." if short else None)
        self.again.set_error(NOT_THE_SAME if second and first != second else None)

    # --- what became of it ------------------------------------------------------------------------------

    def say(self, sentence: str) -> None:
        """Say why the base did not open; what was filled in stays."""
        if self.is_shared:
            self.form.say_failure(sentence)
        else:
            self.keeping.setText(sentence)
            self.keeping.set_role("verify")

    def say_waiting(self, sentence: str) -> None:
        """Say what opening a shared base waits for."""
        self.form.say_waiting(sentence)

    def refuse(self, refusal: Refusal) -> None:
        """Say what is refused of a shared base, at its field."""
        self.form.refuse(refusal)

    def _tried(self) -> None:
        if self.form.is_trying or self.form.found is not None:
            self._page.show_in_view(self.form.state)
        self._changed()

    def _where_chosen(self, answer: object) -> None:
        if answer is None:
            self.where.set_answer(HERE)
        self._show_place()
        self._changed()

    def _show_place(self) -> None:
        shared = self.is_shared
        own = IN_KEYRING if self._reason is None else ON_THIS_DESK
        self.keeping.set_role("text")
        self.keeping.setText(ABOUT_SHARED if shared else own)
        self._phrases.setVisible(self._reason is not None and not shared)
        self.form.setVisible(shared)


def _stack(card: QWidget, theme: Theme) -> QWidget:
    holder = QWidget(card)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(6))
    return holder

"""Another place for the calls, in the page Base: tried now, taken from the next start on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from osnp_console.app.base.acts import BaseActs
from osnp_console.app.base.address import BasePlace, ServerAddress
from osnp_console.app.base.choice import TypedServer, place_words, read_server, typed_of
from osnp_console.app.base.leaving import copying_words
from osnp_console.app.errors import Refusal
from osnp_console.ui.first_start.keeping_block import HERE, PLACES, SHARED, TITLE
from osnp_console.ui.first_start.server_form import ServerForm
from osnp_console.ui.preferences.files import SystemFiles
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.message_line import Message
from osnp_console.ui.widgets.segments import Segments
from osnp_console.ui.widgets.titles import SectionTitle

CHANGING = "Changement en cours…"
ALREADY = "C’est là que ce poste les gardera\u202f: rien à changer."
TRY_FIRST = "Essayer d’abord cette base."
NOTED = (
    "C’est noté. Au prochain démarrage de la console\u202f: {}. D’ici là rien ne change\u202f; tant qu’un "
    "appel reste ouvert à ce poste, même après une panne, il garde la base d’aujourd’hui."
)
STAYS = "C’est noté. Les appels restent où ils sont\u202f: {}."


class PlaceSection(QWidget):
    """The choice, its form, and what the settings name for the next start."""

    def __init__(self, theme: Theme, acts: BaseActs, parent: QWidget) -> None:
        """The section as the settings stand; what was typed and not settled is there again."""
        super().__init__(parent)
        self.theme = theme
        self._acts = acts
        self._is_changing = False
        self.where = Segments(theme, TITLE, PLACES, self)
        self.form = ServerForm(theme, acts.attempt, SystemFiles().to_read, self)
        self.change = ActionButton(theme, "Changer au prochain démarrage", height=28, parent=self)
        self.next_start = PlainLabel(theme, wrap=True, parent=self)
        self.reminder = PlainLabel(theme, role="muted", points=9, wrap=True, parent=self)
        self.reminder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self.where.answered.connect(self._chosen)
        self.form.edited.connect(self._edited)
        self.form.tried.connect(self._tried)
        self.form.next_wanted.connect(self._change)
        self.change.clicked.connect(self._change)
        self._fill()

    def _lay_out(self) -> None:
        theme = self.theme
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.change)
        row.addStretch(1)
        self._change_row = FormRow(theme, "", holder, parent=self)
        self.outcome = self._change_row.message
        self._next_row = FormRow(theme, "Ensuite", self.next_start, parent=self)
        self.next_start.setMinimumHeight(theme.px(28))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(10), 0, 0)
        column.setSpacing(theme.px(6))
        for widget in (
            SectionTitle(theme, TITLE, parent=self),
            self._next_row,
            FormRow(theme, "Où", self.where, parent=self),
            self.form,
            self._change_row,
            self.reminder,
        ):
            column.addWidget(widget)

    def _fill(self) -> None:
        places = self._acts.places()
        draft, then = self._acts.draft, places.at_next_start
        known = then if isinstance(then, ServerAddress) else None
        if known is None and isinstance(places.now, ServerAddress):
            known = places.now
        self.where.set_answer(SHARED if draft is not None or isinstance(then, ServerAddress) else HERE)
        if draft is not None:
            self.form.show_typed(draft, kept=_is_typed_of(draft, known))
        elif known is not None:
            self.form.show_typed(typed_of(known), kept=places.keeps_secrets)
        if not places.keeps_secrets:
            self.form.say_secrets_asked_again()
        self._say()

    @property
    def wanted(self) -> BasePlace | None:
        """The place that is chosen; None while what is typed of it is no address."""
        places = self._acts.places()
        if self.where.answer == HERE:
            return next((one for one in (places.now, places.at_next_start) if not _is_shared(one)), None)
        try:
            return read_server(self.form.typed)
        except Refusal:
            return None

    def _chosen(self, answer: object) -> None:
        if answer is None:
            self.where.set_answer(HERE)
        self.outcome.set_message(None)
        self._say()

    def _tried(self) -> None:
        self._say()
        fault = next((field for field in self.form.fields.values() if field.message.words), None)
        self._show_in_view(self.form.state if fault is None else fault)

    def _show_in_view(self, widget: QWidget) -> None:
        """Scroll the page until a widget of the section is seen."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            margin = self.theme.px(12)
            above.ensureWidgetVisible(widget, margin, margin)

    def _edited(self) -> None:
        self._acts.draft = self.form.typed
        self.outcome.set_message(None)
        self._say()

    def refresh(self) -> None:
        """Say again what the settings name: another page, or another program, may have changed it."""
        self._say()

    def _say(self) -> None:
        places = self._acts.places()
        shared = self.where.answer == SHARED
        self.form.setVisible(shared)
        moves = places.at_next_start != places.now
        self._next_row.setVisible(moves)
        self.next_start.setText(f"au prochain démarrage, {place_words(places.at_next_start)}")
        self.change.set_reason(self._reason(places.at_next_start, shared=shared))
        self.reminder.setVisible(self.wanted != places.now)
        self.reminder.setText(copying_words(places.now, to_shared=shared))

    def _reason(self, at_next_start: BasePlace, *, shared: bool) -> str | None:
        if self._is_changing:
            return CHANGING
        if shared:
            found = self.form.found
            if found is None:
                return TRY_FIRST
            return ALREADY if found.address == at_next_start else None
        return None if _is_shared(at_next_start) else ALREADY

    def _change(self) -> None:
        if not self.change.isEnabled():
            return
        self._is_changing = True
        self.outcome.set_message(CHANGING, Message.NOTE)
        self._say()
        typed = self.form.typed if self.where.answer == SHARED else None

        def ended(answer: BasePlace | Refusal) -> None:
            if isValid(self):
                self._ended(answer)

        self._acts.change(typed, ended)

    def _ended(self, answer: BasePlace | Refusal) -> None:
        self._is_changing = False
        if isinstance(answer, Refusal):
            self.outcome.set_message(answer.message, Message.ERROR)
            if answer.field is not None:
                self.form.refuse(answer)
        else:
            self._acts.draft = None
            words = STAYS if answer == self._acts.places().now else NOTED
            self.outcome.set_message(words.format(place_words(answer)), Message.NOTE)
            self._show_in_view(self._change_row)
        self._say()


def _is_shared(place: BasePlace) -> bool:
    return isinstance(place, ServerAddress)


def _is_typed_of(draft: TypedServer, known: ServerAddress | None) -> bool:
    return known is not None and draft.without_secrets == typed_of(known)

"""What every form of the workspace has: fields, refusals under them, a preview, the two last buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from osnp_console.app.errors import Refusal
from osnp_console.ui.preferences.page import Page
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.asked_in_place import AskedInPlace
from osnp_console.ui.widgets.flow import Flow
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.message_line import Message, MessageLine
from osnp_console.ui.widgets.tick_box import TickBox
from osnp_console.ui.widgets.titles import SectionTitle

MISSING = "champ_manquant"
LOOKING = "Aperçu en cours…"


class EditPage(Page):
    """A form that is saved by its button, never by leaving it.

    Signals:
        typing(): what is typed has changed.
        save_wanted(), given_up(): the buttons.
        drop_wanted(): what is edited is to be removed; asked for twice.
    """

    typing = Signal()
    save_wanted = Signal()
    given_up = Signal()
    drop_wanted = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        """A form without fields yet."""
        super().__init__(theme, title, parent)
        self.column.setContentsMargins(theme.px(10), 0, theme.px(12), theme.px(10))
        self._said: dict[str, LineField | FormRow] = {}
        self.trouble = MessageLine(theme, self.sheet)
        self.save = ActionButton(theme, "Enregistrer", kind="primary", height=28, parent=self.sheet)
        self.cancel = ActionButton(theme, "Abandonner", height=28, parent=self.sheet)
        self.drop = AskedInPlace(theme, "Retirer…", "Retirer", "Garder", self.sheet)
        self.save.clicked.connect(self.save_wanted)
        self.cancel.clicked.connect(self.given_up)
        self.drop.confirmed.connect(self.drop_wanted)

    # --- building ---------------------------------------------------------------------------------------

    def line(self, name: str, label: str, hint: str = "", spoken: str = "") -> LineField:
        """A line field for the refusals of `name`; its row is to be added."""
        field = LineField(self.theme, spoken or label, optional=True, parent=self.sheet)
        field.set_placeholder(hint)
        field.typed.connect(self._typed)
        field.next_wanted.connect(self.save_wanted)
        self._said[name] = field
        return field

    def row(self, name: str, label: str, control: QWidget, *more: QWidget) -> FormRow:
        """Add a row; without a line field of that name, the refusals of `name` stand under it."""
        row = FormRow(self.theme, label, control, *more, parent=self.sheet)
        self.add(row)
        self._said.setdefault(name, row)
        return row

    def tick(self, words: str) -> TickBox:
        """A box whose ticks count as typing."""
        box = TickBox(self.theme, words, self.sheet)
        box.clicked.connect(self._typed)
        return box

    def flow(self, *widgets: QWidget) -> QWidget:
        """Widgets side by side, on as many lines as they need."""
        holder = QWidget(self.sheet)
        holder.setProperty("flow", Flow(holder, self.theme.px(2), widgets))
        return holder

    def finish(self) -> None:
        """Add what stands under the fields of every form."""
        theme = self.theme
        self.seen = SectionTitle(theme, "Les 4 semaines à venir", parent=self.sheet)
        self.lines = PlainLabel(theme, points=9.5, wrap=True, parent=self.sheet)
        self.stranded = MessageLine(theme, self.sheet)
        self.add(self.seen, self.lines, self.stranded, self.trouble)
        self.add(self.flow(self.save, self.cancel))
        self.add(self.drop)
        self.end()
        self.clear_preview()

    def without_preview(self) -> None:
        """For a form that opens or closes nothing."""
        for widget in (self.seen, self.lines, self.stranded):
            widget.hide()

    # --- saying -----------------------------------------------------------------------------------------

    @property
    def fields(self) -> Mapping[str, LineField | FormRow]:
        """Where the refusals of each field are said."""
        return self._said

    def clear_refusals(self) -> None:
        """Nothing is wrong with what is typed, or it was not looked at yet."""
        for said in self._said.values():
            if isinstance(said, LineField):
                said.set_error(None)
            else:
                said.set_message(None)
        self.trouble.set_message(None)

    def say_refusal(self, refusal: Refusal, *, loud: bool) -> None:
        """Say what cannot be under its field; what only lacks is said there once saving was asked for."""
        self.clear_refusals()
        said = self._said.get(refusal.field or "")
        is_empty = isinstance(said, LineField) and not said.text().strip()
        if not loud and (refusal.code == MISSING or is_empty):
            self.clear_preview(refusal.message)
            return
        self.clear_preview()
        if isinstance(said, LineField):
            said.set_error(refusal.message)
        elif said is not None:
            said.set_message(refusal.message)
        else:
            self.trouble.set_message(refusal.message, Message.ERROR)
        if loud and isinstance(said, LineField):
            said.setFocus()

    def show_preview(self, lines: Sequence[str], stranded: str) -> None:
        """What the change would do."""
        self.lines.setText("\n".join(lines))
        self.stranded.set_message(stranded, Message.WARNING)

    def clear_preview(self, words: str = "") -> None:
        """Nothing can be told of the change yet; `words` say what lacks."""
        self.lines.setText(words)
        self.stranded.set_message(None)

    def set_subject(self, title: str, question: str = "") -> None:
        """What is edited; `question` is asked before it is removed, empty for something new."""
        self.section.set_title(title)
        self.drop.setVisible(bool(question))
        self.drop.set_question(question)

    def _typed(self) -> None:
        self.typing.emit()

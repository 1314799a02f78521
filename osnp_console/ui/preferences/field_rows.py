"""Rows of an agenda's form, one for each kind of field that a connector asks for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QWidget

from osnp_console.app.sources.agendas import FieldKind, SourceField
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.choices import Choice
from osnp_console.ui.widgets.form_row import FormRow
from osnp_console.ui.widgets.line_field import LineField
from osnp_console.ui.widgets.list_field import ListField
from osnp_console.ui.widgets.message_line import Message
from osnp_console.ui.widgets.segments import Segments

YES_NO = (Choice(True, "Oui", "O"), Choice(False, "Non", "N"))
LABEL_WIDTH = 184
# From there on, labels stand over their controls: beside them, these would be too narrow to type in.
_LARGE_TEXT = 1.7
KEPT_SECRET = "enregistré"
REPLACE = "taper pour remplacer"


class SourceRow(FormRow):
    """A row for one field of a declaration.

    Signals:
        changed(str): the person settled another value; the field's path.
        typing(): what is typed has changed and is not settled.
    """

    changed = Signal(str)
    typing = Signal()

    def __init__(
        self, theme: Theme, field: SourceField, control: QWidget, *more: QWidget, parent: QWidget
    ) -> None:
        """A row named as the connector names it; a long name stands over its control."""
        long = QFontMetrics(theme.font(9.5)).horizontalAdvance(field.label) > theme.px(LABEL_WIDTH - 2)
        super().__init__(
            theme,
            field.label,
            control,
            *more,
            stretches=(1, 0),
            above=long or theme.scale >= _LARGE_TEXT,
            label_width=LABEL_WIDTH,
            parent=parent,
        )
        self.field = field

    @property
    def value(self) -> object:
        """What is typed, None for nothing."""
        raise AttributeError("each kind of row has its own")

    def show_value(self, value: object) -> None:
        """Show a value of the declaration; emits nothing."""
        raise AttributeError("each kind of row has its own")

    def say(self, fault: str | None, remark: str | None = None) -> None:
        """Say under the field what is wrong with it, or what to look at again; what was typed stays."""
        if fault:
            self.set_message(fault, Message.ERROR)
        else:
            self.set_message(remark, Message.WARNING)

    def _changed(self) -> None:
        self.changed.emit(self.field.name)


class TextRow(SourceRow):
    """One line of text or an address; buttons may stand beside it."""

    def __init__(self, theme: Theme, field: SourceField, *beside: QWidget, parent: QWidget) -> None:
        self.line = LineField(theme, field.label, optional=not field.required, parent=parent)
        self.line.set_placeholder(field.hint)
        super().__init__(theme, field, self.line, *beside, parent=parent)
        self.line.committed.connect(self._changed)
        self.line.typed.connect(self.typing)

    @property
    def value(self) -> object:
        return self.line.text().strip() or None

    def show_value(self, value: object) -> None:
        self.line.set_text(value if isinstance(value, str) else "")

    def say(self, fault: str | None, remark: str | None = None) -> None:
        self.line.set_error(fault)
        self.line.set_warning(None if fault else remark)


class FileRow(TextRow):
    """The path of a file, typed or chosen."""

    def __init__(
        self, theme: Theme, field: SourceField, choose: Callable[[str], str], *, parent: QWidget
    ) -> None:
        """`choose` asks the person for a file, a title given; empty when they give up."""
        self.browse = ActionButton(theme, "Choisir…", height=28, parent=parent)
        super().__init__(theme, field, self.browse, parent=parent)
        self._choose = choose
        self.browse.setAccessibleName(f"Choisir\u202f: {field.label}")
        self.browse.clicked.connect(self._browse)

    def _browse(self) -> None:
        path = self._choose(self.field.label)
        if path:
            self.line.set_text(path)
            self._changed()


class FlagRow(SourceRow):
    """Yes, no, or not said."""

    def __init__(self, theme: Theme, field: SourceField, *, parent: QWidget) -> None:
        self.segments = Segments(theme, field.label, YES_NO, parent)
        super().__init__(theme, field, self.segments, parent=parent)
        self.segments.set_tip(field.hint)
        self.say(None)
        self.segments.answered.connect(self._changed)

    def say(self, fault: str | None, remark: str | None = None) -> None:
        """As for every row; with nothing wrong, what the answer means."""
        if fault or remark:
            super().say(fault, remark)
        else:
            self.set_message(self.field.hint, Message.NOTE)

    @property
    def value(self) -> object:
        return self.segments.answer

    def show_value(self, value: object) -> None:
        self.segments.set_answer(value if isinstance(value, bool) else None)


class ListRow(SourceRow):
    """Several texts."""

    def __init__(self, theme: Theme, field: SourceField, *, parent: QWidget) -> None:
        self.list = ListField(theme, field.label, parent)
        self.list.set_placeholder(field.hint or "un par ligne")
        super().__init__(theme, field, self.list, parent=parent)
        self.list.committed.connect(self._changed)
        self.list.typed.connect(self.typing)

    @property
    def value(self) -> object:
        return list(self.list.values) or None

    def show_value(self, value: object) -> None:
        self.list.set_values([str(one) for one in value] if isinstance(value, list | tuple) else [])


class SecretRow(SourceRow):
    """A secret: typed once, never shown again; it can be replaced or taken away.

    Signals:
        typed(str, str): a secret to keep; the field's path, the secret.
        dropped(str): the kept secret is to be forgotten; the field's path.
    """

    typed = Signal(str, str)
    dropped = Signal(str)

    def __init__(self, theme: Theme, field: SourceField, *, parent: QWidget) -> None:
        self.line = LineField(theme, field.label, optional=True, parent=parent)
        self.line.line_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.drop = ActionButton(theme, "Retirer", kind="link", height=28, parent=parent)
        super().__init__(theme, field, self.line, self.drop, parent=parent)
        self.drop.setAccessibleName(f"Retirer\u202f: {field.label}")
        self.line.committed.connect(self._typed)
        self.drop.clicked.connect(self._drop)
        self.show_kept(False)

    @property
    def value(self) -> object:
        """Nothing: a secret is no part of a declaration."""
        return None

    @property
    def waiting(self) -> str:
        """What is typed and not kept yet."""
        return self.line.text()

    def show_value(self, value: object) -> None:
        """Nothing: a secret is no part of a declaration."""

    def show_kept(self, kept: bool) -> None:
        """Whether the keyring has one."""
        self.line.set_annotation(KEPT_SECRET if kept else "")
        self.line.set_placeholder(REPLACE if kept else self.field.hint)
        self.drop.setVisible(kept)

    def keep_done(self, fault: str | None) -> None:
        """The keyring took what was typed, or says why not; what it did not take stays typed."""
        self.line.set_error(fault)
        if fault is None:
            self.line.set_text("")
            self.show_kept(True)

    def drop_done(self, fault: str | None) -> None:
        """The keyring forgot the secret, or says why not."""
        self.set_message(fault, Message.ERROR)
        if fault is None:
            self.show_kept(False)

    def _typed(self) -> None:
        if self.line.text():
            self.typed.emit(self.field.name, self.line.text())

    def _drop(self) -> None:
        self.dropped.emit(self.field.name)


def make_row(theme: Theme, field: SourceField, choose: Callable[[str], str], parent: QWidget) -> SourceRow:
    """The row that a field is typed in."""
    match field.kind:
        case FieldKind.FILE:
            return FileRow(theme, field, choose, parent=parent)
        case FieldKind.SECRET:
            return SecretRow(theme, field, parent=parent)
        case FieldKind.FLAG:
            return FlagRow(theme, field, parent=parent)
        case FieldKind.LIST:
            return ListRow(theme, field, parent=parent)
        case _:
            return TextRow(theme, field, parent=parent)

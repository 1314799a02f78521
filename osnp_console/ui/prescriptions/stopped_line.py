"""What is said of the prescription on screen; of what two desks wrote, which one stays."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.action_button import ActionButton
from osnp_console.ui.widgets.message_line import Message, MessageLine

KEEP_MINE, TAKE_THEIRS, GIVE_UP = "Garder ma saisie", "Prendre la sienne", "Abandonner ma saisie"


class StoppedLine(QWidget):
    """Hidden while there is nothing to say.

    Signals:
        mine_wanted(), theirs_wanted(): what was typed here stays, or what the other desk wrote does.
    """

    mine_wanted = Signal()
    theirs_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = MessageLine(theme, self)
        self.mine = ActionButton(theme, KEEP_MINE, "Alt+G", height=28, parent=self)
        self.theirs = ActionButton(theme, TAKE_THEIRS, "Alt+P", height=28, parent=self)
        self.mine.clicked.connect(self.mine_wanted)
        self.theirs.clicked.connect(self.theirs_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.mine)
        buttons.addWidget(self.theirs)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(2), theme.px(14), theme.px(4))
        column.setSpacing(theme.px(2))
        column.addWidget(self.message)
        column.addLayout(buttons)
        self.hide()

    @property
    def asks(self) -> bool:
        """Whether a choice stands here."""
        return not self.theirs.isHidden()

    def say(self, told: str, stopped: str, *, may_keep: bool, kind: Message = Message.WARNING) -> None:
        """Say why what is typed is not saved (`stopped`), else what was told; hide without any."""
        self.mine.setVisible(bool(stopped) and may_keep)
        self.theirs.setVisible(bool(stopped))
        self.theirs.set_text(TAKE_THEIRS if may_keep else GIVE_UP)
        said = stopped or told
        self.message.set_message(said or None, Message.WARNING if stopped else kind)
        self.setVisible(bool(said))

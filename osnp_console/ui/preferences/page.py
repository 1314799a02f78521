"""What every page of the settings is: a title, rows of a form, one place where changes are kept."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from osnp_console.app.ports import StoreFailure
from osnp_console.app.preferences import PreferenceKeeper, Preferences
from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.labels import PlainLabel
from osnp_console.ui.widgets.titles import SectionTitle

FORM_WIDTH = 600


class KeptPreferences(QObject):
    """The preferences as the pages change them.

    Signals:
        appearance_changed(object): the theme or the text size; the Preferences.
        desk_changed(object): the desk, the person shown or who to call; the Preferences.
    """

    appearance_changed = Signal(object)
    desk_changed = Signal(object)

    def __init__(self, keeper: PreferenceKeeper, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self.now = preferences

    def keep(self, preferences: Preferences) -> str | None:
        """Keep and announce a change; returns a sentence when it holds only until the program ends."""
        before, self.now = self.now, preferences
        if before == preferences:
            return None
        failure = None
        try:
            self._keeper.save(preferences)
        except StoreFailure as error:
            failure = error.message
        look = (before.theme, before.text_scale) != (preferences.theme, preferences.text_scale)
        (self.appearance_changed if look else self.desk_changed).emit(preferences)
        return failure


class Page(QScrollArea):
    """One heading of the settings: rows from the top, scrolled where height lacks."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        """An empty page under its title."""
        super().__init__(parent)
        self.theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        self.viewport().setAutoFillBackground(False)
        self.sheet = QWidget(self)
        self.sheet.setMaximumWidth(theme.px(FORM_WIDTH))
        self.column = QVBoxLayout(self.sheet)
        self.column.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(12))
        self.column.setSpacing(theme.px(6))
        self.section = SectionTitle(theme, title, parent=self.sheet)
        self.column.addWidget(self.section)
        self.setWidget(self.sheet)
        self.sheet.setAutoFillBackground(False)

    def add(self, *widgets: QWidget) -> None:
        """Add rows, one under the other."""
        for widget in widgets:
            self.column.addWidget(widget)

    def explain(self, text: str) -> PlainLabel:
        """Add a muted sentence under the last row."""
        label = PlainLabel(self.theme, text, role="muted", points=9, wrap=True, parent=self.sheet)
        self.column.addWidget(label)
        return label

    def end(self) -> None:
        """Leave the rest of the page empty."""
        self.column.addStretch(1)

    @property
    def holds_focus(self) -> bool:
        """Whether the keyboard is in the page."""
        focused = cast("QWidget | None", self.window().focusWidget())
        return focused is not None and self.isAncestorOf(focused)

    def focus_first(self) -> None:
        """Put the keyboard in the first control of the page."""
        for widget in self.sheet.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(self.sheet):
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return

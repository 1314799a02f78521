"""Where the operator was, to be there again once every panel is made anew; and which key leads where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from osnp_console.ui.frame.rail import Place
from osnp_console.ui.frame.shortcuts import Act

PLACE_OF: Mapping[Act, Place] = {
    Act.CALL_PLACE: Place.CALL,
    Act.FOLLOW_UP_PLACE: Place.FOLLOW_UP,
    Act.TRANSFERS_PLACE: Place.TRANSFERS,
    Act.PRESCRIPTIONS_PLACE: Place.PRESCRIPTIONS,
    Act.DISPOSITIFS_PLACE: Place.DISPOSITIFS,
    Act.AGENDA_PLACE: Place.LOCAL_AGENDA,
    Act.PREFERENCES_PLACE: Place.PREFERENCES,
}
"""The workspaces by the act that shows them."""


@dataclass(frozen=True, slots=True)
class Here:
    """Where the operator was: workspace, field by its accessible name, heading of Réglages, page of Suivi."""

    place: Place
    field: str
    heading: str = ""
    page: str = ""


def focused_name() -> str:
    """The accessible name of what has the keyboard, empty where nothing has."""
    focused = QApplication.focusWidget()
    return focused.accessibleName() if focused is not None else ""


def focus_named(root: QWidget, name: str) -> None:
    """Give the keyboard to what bears that name in `root`, whatever its value is now."""
    label = name.partition("\u202f:")[0]
    for widget in root.findChildren(QWidget) if label else ():
        same = widget.accessibleName().partition("\u202f:")[0] == label
        if same and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.isVisibleTo(root):
            widget.setFocus()
            return

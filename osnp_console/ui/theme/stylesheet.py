"""The style sheet of Qt's own widgets, written from the palette; the project's widgets paint themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from string import Template

from PySide6.QtCore import QTemporaryDir

from osnp_console.ui.theme.marks import coloured
from osnp_console.ui.theme.palette import Palette

# Marks the style sheet shows, and the roles that colour them.
_PICTURES = (
    ("chevron-down", "text"),
    ("chevron-down", "disabled"),
    ("chevron-up", "text"),
    ("tick", "accent"),
    ("tick", "disabled"),
    ("disc", "accent"),
    ("disc", "disabled"),
)

# The project's fields are subclasses that paint themselves: a leading dot leaves them out.
_SHEET = Template("""
QToolTip { background: $raised; color: $text; border: ${px1}px solid $border; padding: ${px4}px; }

.QLineEdit, .QPlainTextEdit, .QTextEdit, QAbstractSpinBox, QComboBox {
    background: $field; color: $text; border: ${px1}px solid $border; border-radius: ${px4}px;
    selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $muted;
}
.QLineEdit, QAbstractSpinBox, QComboBox { min-height: ${px26}px; padding: 0 ${px8}px; }
.QPlainTextEdit, .QTextEdit { padding: ${px3}px ${px4}px; }
.QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: ${px2}px solid $focus; min-height: ${px24}px; padding: 0 ${px7}px;
}
.QPlainTextEdit:focus, .QTextEdit:focus { border: ${px2}px solid $focus; padding: ${px2}px ${px3}px; }
.QLineEdit:disabled, .QPlainTextEdit:disabled, .QTextEdit:disabled, QAbstractSpinBox:disabled,
QComboBox:disabled {
    background: $raised; color: $disabled; border-color: $line;
}
QComboBox[bare="true"] {
    background: transparent; border: none; padding: 0; min-height: 0;
}

QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: none; width: ${px28}px; }
QComboBox::down-arrow { image: url($picture_chevron_down_text); width: ${px14}px; height: ${px14}px; }
QComboBox::down-arrow:disabled { image: url($picture_chevron_down_disabled); }
QComboBox QAbstractItemView {
    background: $panel; color: $text; border: ${px1}px solid $border; outline: none;
    selection-background-color: $selection; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: ${px28}px; padding: 0 ${px8}px; }
QComboBox QAbstractItemView::item:selected { background: $selection; color: $text; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: ${px20}px; }
QAbstractSpinBox::up-arrow { image: url($picture_chevron_up_text); width: ${px10}px; height: ${px10}px; }
QAbstractSpinBox::down-arrow { image: url($picture_chevron_down_text); width: ${px10}px; height: ${px10}px; }

QCheckBox, QRadioButton { color: $text; spacing: ${px8}px; min-height: ${px24}px; padding: 0 ${px3}px; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox:focus, QRadioButton:focus {
    border: ${px2}px solid $focus; border-radius: ${px4}px; padding: 0 ${px1}px; min-height: ${px20}px;
}
QCheckBox::indicator, QRadioButton::indicator {
    width: ${px14}px; height: ${px14}px; border: ${px1}px solid $border; background: $field;
}
QCheckBox::indicator { border-radius: ${px3}px; }
QRadioButton::indicator { border-radius: ${px8}px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked {
    border: ${px1}px solid $accent; background: $accent_tint;
}
QCheckBox::indicator:checked { image: url($picture_tick_accent); }
QRadioButton::indicator:checked { image: url($picture_disc_accent); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $raised; }
QCheckBox::indicator:checked:disabled { image: url($picture_tick_disabled); }
QRadioButton::indicator:checked:disabled { image: url($picture_disc_disabled); }

QPushButton {
    background: $panel; color: $text; border: ${px1}px solid $border; border-radius: ${px4}px;
    min-height: ${px30}px; padding: 0 ${px12}px;
}
QPushButton:hover { background: $raised; }
QPushButton:pressed { background: $accent_tint; }
QPushButton:focus { border: ${px2}px solid $focus; min-height: ${px28}px; padding: 0 ${px11}px; }
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: bold;
}
QPushButton[kind="primary"]:focus { border: ${px2}px solid $text; }
QPushButton[kind="danger"] { color: $alarm; border-color: $alarm; font-weight: bold; }
QPushButton[kind="danger"]:focus { border: ${px2}px solid $focus; }
QPushButton:disabled, QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled {
    background: transparent; color: $disabled; border: ${px1}px solid $line;
}

QScrollBar:vertical { background: transparent; width: ${px12}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${px12}px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: ${px3}px; }
QScrollBar::handle:vertical { min-height: ${px24}px; margin: ${px2}px ${px3}px; }
QScrollBar::handle:horizontal { min-width: ${px24}px; margin: ${px3}px ${px2}px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QMenu { background: $panel; color: $text; border: ${px1}px solid $border; padding: ${px4}px; }
QMenu::item { padding: ${px5}px ${px24}px; min-height: ${px18}px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: ${px1}px; background: $line; margin: ${px4}px; }
QSplitter::handle { background: transparent; }
""")


class StyleSheet:
    """The style sheet of one palette at one scale.

    A style sheet can only name pictures by file: the few it needs are written, coloured, in a temporary
    folder that lives as long as this object. If the disk refuses, the boxes stay told apart by their edge and
    their tint.
    """

    def __init__(self, palette: Palette, px: Callable[[float], int]) -> None:
        self._palette = palette
        self._px = px
        self._folder: QTemporaryDir | None = None

    def text(self) -> str:
        """The whole sheet, ready for QApplication.setStyleSheet."""
        words: dict[str, str] = {name: str(colour) for name, colour in asdict(self._palette).items()}
        words |= {f"px{n}": str(self._px(n)) for n in range(1, 33)}
        words |= self._pictures()
        return _SHEET.substitute(words)

    def _pictures(self) -> dict[str, str]:
        self._folder = self._folder or QTemporaryDir()
        pictures = {}
        for name, role in _PICTURES:
            file = Path(self._folder.path()) / f"{name}-{role}.svg"
            try:
                file.write_text(coloured(name, getattr(self._palette, role)), encoding="utf-8")
            except OSError:
                file = Path()
            pictures[f"picture_{name}_{role}".replace("-", "_")] = f'"{file.as_posix()}"'
        return pictures

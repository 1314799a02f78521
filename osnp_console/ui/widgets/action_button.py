"""Buttons: what can be done, with the key that does it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from osnp_console.ui.theme.theme import Theme
from osnp_console.ui.widgets.edges import FOCUS_WIDTH, RADIUS, edge_pen, fill_rounded, stroke_inside
from osnp_console.ui.widgets.key_cap import key_cap_size, paint_key_cap

# kind: ground, edge, ink, bold, ink of the key cap, focus ring
_KINDS = {
    "primary": ("accent", "accent", "on_accent", True, "on_accent", "on_accent"),
    "secondary": ("panel", "border", "text", False, "muted", "focus"),
    "danger": ("panel", "alarm", "alarm", True, "alarm", "focus"),
    "link": ("", "", "accent", False, "accent", "focus"),
}


class ActionButton(QAbstractButton):
    """A button with its key cap inside.

    Kinds: `primary` (one on screen), `secondary`, `danger`, `link` (no edge). A disabled button says why in
    its tool tip and its accessible description.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        key_label: str = "",
        kind: str = "secondary",
        *,
        mark: str = "",
        height: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        """A button that says `text`; `height` is 32, or 28 inside a pane.

        Raises:
            ValueError: no such kind.
        """
        super().__init__(parent)
        if kind not in _KINDS:
            raise ValueError(f"bouton inconnu : {kind}")
        self.theme = theme
        self._kind = kind
        self._key = key_label
        self._mark = mark
        self._tip = ""
        self._reason = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(height))
        self.set_text(text)
        self._describe()

    def set_text(self, text: str) -> None:
        """Changes what the button says."""
        # Qt would read an ampersand as a mnemonic.
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self._words = text
        self.updateGeometry()
        self.update()

    @property
    def key(self) -> str:
        """The key on the cap, empty for none."""
        return self._key

    @property
    def is_next(self) -> bool:
        """Whether it is solid: the next deliberate act."""
        return self._kind == "primary"

    def set_kind(self, kind: str) -> None:
        """Makes the button solid, outlined, red or a link; `KeyError` if there is no such kind."""
        _KINDS[kind]
        self._kind = kind
        self.updateGeometry()
        self.update()

    def set_key(self, key_label: str) -> None:
        """Changes the key on the cap; none when it is empty."""
        self._key = key_label
        self._describe()
        self.updateGeometry()
        self.update()

    def set_tip(self, text: str) -> None:
        """A tool tip for the enabled button."""
        self._tip = text
        self._describe()

    def set_reason(self, reason: str | None) -> None:
        """Disables the button and says why; None or an empty text enables it again."""
        self._reason = reason or ""
        self.setEnabled(not self._reason)
        self._describe()

    def _describe(self) -> None:
        tip = self._reason or self._tip
        self.setToolTip(tip)
        key = f"touche {self._key}" if self._key else ""
        self.setAccessibleDescription(" · ".join(part for part in (tip, key) if part))

    def _text_font(self) -> QFont:
        return self.theme.font(bold=_KINDS[self._kind][3])

    def _side(self) -> int:
        return self.theme.px(6 if self._kind == "link" else 12)

    def sizeHint(self) -> QSize:
        theme = self.theme
        width = 2 * self._side() + QFontMetrics(self._text_font()).horizontalAdvance(self._words)
        if self._mark:
            width += theme.px(16) + theme.px(6 if self._words else 0)
        if self._key:
            width += theme.px(8) + key_cap_size(theme, self._key).width() - theme.px(2)
        return QSize(max(width, theme.px(24)), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée presses the button, as Espace does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink, _bold, cap_ink, ring = _KINDS[self._kind]
        if not self.isEnabled():
            ground, edge, ink, cap_ink = "", "line" if edge else "", "disabled", "disabled"
        elif ground != "accent" and self.isDown():
            ground = "accent_tint"
        elif ground != "accent" and self.underMouse():
            ground = "raised"
        rect, radius = QRectF(self.rect()), self.theme.px(RADIUS + 1)
        if ground:
            fill_rounded(painter, rect, self.theme.color(ground), radius)
        if edge:
            stroke_inside(painter, rect, edge_pen(self.theme, edge, 1), radius)
        if self.hasFocus():
            inset = self.theme.px(2) if ground == "accent" else 0
            around = rect.adjusted(inset, inset, -inset, -inset)
            stroke_inside(painter, around, edge_pen(self.theme, ring, FOCUS_WIDTH), radius - inset)
        self._paint_content(painter, ink, cap_ink)
        painter.end()

    def _paint_content(self, painter: QPainter, ink: str, cap_ink: str) -> None:
        theme, middle = self.theme, self.height() / 2
        # Wider than it asks for, the content stays in the middle.
        left = self._side() + max(0, self.width() - self.sizeHint().width()) / 2
        if self._mark:
            picture = theme.mark(self._mark, ink)
            painter.drawPixmap(round(left), round(middle - theme.px(8)), picture)
            left += theme.px(16) + theme.px(6 if self._words else 0)
        font = self._text_font()
        width = QFontMetrics(font).horizontalAdvance(self._words)
        painter.setFont(font)
        painter.setPen(theme.color(ink))
        painter.drawText(
            QRectF(left, 0, width + 1, self.height()),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine),
            self._words,
        )
        if self._key:
            size = key_cap_size(theme, self._key)
            cap = QRectF(
                round(left + width) + theme.px(8),
                round(middle - size.height() / 2),
                size.width(),
                size.height(),
            )
            paint_key_cap(painter, theme, cap, self._key, cap_ink)

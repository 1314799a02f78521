"""What every widget asks for its sizes, its font, its colours and its marks."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from osnp_console.ui.theme.fonts import FAMILY, register_fonts
from osnp_console.ui.theme.marks import draw_mark
from osnp_console.ui.theme.palette import DARK, LIGHT, Palette
from osnp_console.ui.theme.stylesheet import StyleSheet

SMALLEST_POINTS = 8.5
"""Nothing on screen is smaller (interface, §1.2)."""


class Theme:
    """A palette and a text scale; passed to each widget, never global.

    The theme of a desk changes by making another one: the window then rebuilds what it shows.
    """

    def __init__(self, palette: Palette, scale: float = 1.0, dark: bool = False) -> None:
        """Args.

        palette: the colours.
        scale: text scale, 1.0 to 2.0; every size follows it.
        dark: whether the palette is the dark one.
        """
        register_fonts()
        self.palette = palette
        self.scale = scale
        self.dark = dark
        self._colours: dict[str, QColor] = {}
        self._pictures: dict[tuple[str, str, int, float], QPixmap] = {}
        self._sheet = StyleSheet(self.palette, self.px)

    @classmethod
    def of(cls, *, dark: bool, scale: float = 1.0) -> Theme:
        """The light or the dark theme at a text scale."""
        return cls(DARK if dark else LIGHT, scale, dark)

    def px(self, n: float) -> int:
        """A size given at 100 % text, in device-independent pixels at this theme's scale; at least 1."""
        return max(1, int(n * self.scale + 0.5)) if n > 0 else 0

    def font(self, points: float = 10.0, bold: bool = False) -> QFont:
        """Noto Sans at a size given at 100 % text; sizes under 8.5 points are raised to it."""
        font = QFont(FAMILY)
        font.setPointSizeF(max(points, SMALLEST_POINTS) * self.scale)
        font.setBold(bold)
        return font

    def color(self, role: str) -> QColor:
        """The colour of a role of the palette.

        Raises:
            AttributeError: the palette has no such role.
        """
        colour = self._colours.get(role)
        if colour is None:
            colour = self._colours[role] = QColor(self._hex(role))
        return QColor(colour)

    def mark(self, name: str, role: str, size: float = 16) -> QPixmap:
        """A mark of resources/icons in the colour of a role, `size` pixels at 100 % text.

        Raises:
            FileNotFoundError: no mark has this name.
            AttributeError: the palette has no such role.
        """
        side = self.px(size)
        screens = QGuiApplication.instance()
        ratio = screens.devicePixelRatio() if isinstance(screens, QGuiApplication) else 1.0
        key = (name, role, side, ratio)
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._pictures[key] = draw_mark(name, self._hex(role), side, ratio)
        return picture

    def icon(self, name: str, role: str = "text", size: float = 16) -> QIcon:
        """A mark as an icon, greyed when its owner is disabled; same errors as `mark`."""
        icon = QIcon(self.mark(name, role, size))
        icon.addPixmap(self.mark(name, "disabled", size), QIcon.Mode.Disabled)
        return icon

    def apply(self, app: QApplication) -> None:
        """Gives the whole program this theme: Fusion, colours, font and style sheet."""
        # With a sheet in place every widget there is would be dressed anew for each change that follows.
        app.setStyleSheet("")
        if app.style().name() != "fusion":
            app.setStyle("Fusion")
        app.setPalette(self.system_palette())
        app.setFont(self.font())
        app.setStyleSheet(self._sheet.text())

    def system_palette(self) -> QPalette:
        """The palette as Qt's own widgets read it."""
        group, role = QPalette.ColorGroup, QPalette.ColorRole
        palette = QPalette()
        for qt_role, name in {
            role.Window: "window",
            role.WindowText: "text",
            role.Base: "field",
            role.AlternateBase: "raised",
            role.Text: "text",
            role.Button: "panel",
            role.ButtonText: "text",
            role.BrightText: "on_accent",
            role.PlaceholderText: "muted",
            role.ToolTipBase: "raised",
            role.ToolTipText: "text",
            role.Highlight: "accent",
            role.HighlightedText: "on_accent",
            role.Accent: "accent",
            role.Link: "accent",
            role.LinkVisited: "accent",
            role.Light: "panel",
            role.Midlight: "raised",
            role.Mid: "line",
            role.Dark: "border",
            role.Shadow: "border",
        }.items():
            palette.setColor(qt_role, self.color(name))
        for qt_role in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
            palette.setColor(group.Disabled, qt_role, self.color("disabled"))
        palette.setColor(group.Disabled, role.Base, self.color("raised"))
        palette.setColor(group.Disabled, role.Highlight, self.color("line"))
        palette.setColor(group.Disabled, role.HighlightedText, self.color("text"))
        return palette

    def _hex(self, role: str) -> str:
        return str(getattr(self.palette, role))

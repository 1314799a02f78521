"""The edges of controls: solid, dashed, amber, and the focus ring inside."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from osnp_console.ui.theme.theme import Theme

RADIUS = 4
FOCUS_WIDTH = 2


class Edge(Enum):
    """How the edge of a control tells its state, without colour."""

    SOLID = "solid"
    NOT_ASKED = "dashed"
    WARNING = "amber, thin"
    ERROR = "amber, thick"


def edge_pen(theme: Theme, role: str, width: float, *, dashed: bool = False) -> QPen:
    """A pen of `width` pixels at 100 % text; dashes and gaps keep their length whatever the width."""
    thickness = theme.px(width)
    pen = QPen(theme.color(role), thickness)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dashed:
        pen.setDashPattern([theme.px(4) / thickness, theme.px(3) / thickness])
    return pen


def stroke_inside(painter: QPainter, rect: QRectF, pen: QPen, radius: float) -> None:
    """Draws a rounded outline wholly inside `rect`."""
    half = pen.widthF() / 2
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = max(0.0, radius - half)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), inner, inner)


def fill_rounded(painter: QPainter, rect: QRectF, colour: QColor, radius: float) -> None:
    """Fills a rounded rectangle."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, radius, radius)


def rounded_side(rect: QRectF, radius: float, *, left: bool, right: bool) -> QPainterPath:
    """A rectangle whose left or right corners only are rounded."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(rect, radius, radius)
    if not left:
        path.addRect(QRectF(rect.left(), rect.top(), rect.width() / 2, rect.height()))
    if not right:
        path.addRect(QRectF(rect.center().x(), rect.top(), rect.width() / 2, rect.height()))
    return path.simplified()


def paint_box(painter: QPainter, theme: Theme, widget: QWidget, edge: Edge, *, focused: bool) -> None:
    """The ground and the edge of a field that fills `widget`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRectF(widget.rect())
    radius = theme.px(RADIUS)
    enabled = widget.isEnabled()
    fill_rounded(painter, rect, theme.color("field" if enabled else "raised"), radius)
    if not enabled:
        stroke_inside(painter, rect, edge_pen(theme, "line", 1), radius)
        return
    if edge in (Edge.WARNING, Edge.ERROR):
        width = 2 if edge is Edge.ERROR else 1
        stroke_inside(painter, rect, edge_pen(theme, "verify", width), radius)
        if focused:
            inset = theme.px(width)
            ring = rect.adjusted(inset, inset, -inset, -inset)
            stroke_inside(painter, ring, edge_pen(theme, "focus", FOCUS_WIDTH), radius - inset)
        return
    dashed = edge is Edge.NOT_ASKED
    role, width = ("focus", FOCUS_WIDTH) if focused else ("border", 1)
    stroke_inside(painter, rect, edge_pen(theme, role, width, dashed=dashed), radius)

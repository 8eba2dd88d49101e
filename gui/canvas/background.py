"""The ground of the canvas: a plain surface with faint dots, which show how it moves."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from gui.canvas.look import Look

SPACING = 24.0
_LEAST_PIXELS = 14.0


def paint_background(painter: QPainter, area: QRectF, look: Look, scale: float) -> None:
    """Paint the ground of ``area``; far away, only every second dot, or fourth, and so on."""
    painter.fillRect(area, look.colour("surface.canvas"))
    spacing = SPACING * 2 ** max(0, math.ceil(math.log2(_LEAST_PIXELS / (SPACING * scale))))
    across = range(math.floor(area.left() / spacing), math.ceil(area.right() / spacing) + 1)
    down = range(math.floor(area.top() / spacing), math.ceil(area.bottom() / spacing) + 1)
    pen = look.pen("surface.grid", 2.0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.drawPoints(QPolygonF([QPointF(x * spacing, y * spacing) for x in across for y in down]))

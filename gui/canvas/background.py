"""The ground of the canvas: a plain surface with faint dots, which show how it moves."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap, QTransform

from gui.canvas.look import Look

SPACING = 24.0
_LEAST_PIXELS = 14.0
_TILE_PIXELS = 256
_DOT = 2.0


def paint_background(painter: QPainter, area: QRectF, look: Look) -> None:
    """Paint the ground of ``area`` of the scene; far away, only every second dot, or fourth, and so on."""
    transform = painter.worldTransform()
    scale = transform.m11()
    spacing = round(SPACING * scale * 2 ** max(0, math.ceil(math.log2(_LEAST_PIXELS / (SPACING * scale)))))
    tile = look.shared(("ground", spacing), lambda: _tile(spacing, look))
    shown, origin = transform.mapRect(area), transform.map(QPointF())
    start = QPointF(round(shown.x() - origin.x()) % spacing, round(shown.y() - origin.y()) % spacing)
    painter.setWorldTransform(QTransform())
    painter.drawTiledPixmap(shown, tile, start)
    painter.setWorldTransform(transform)


def _tile(spacing: int, look: Look) -> QPixmap:
    """Return a piece of the ground, many dots large, so that few pieces cover the canvas."""
    count = max(1, _TILE_PIXELS // spacing)
    tile = QPixmap(count * spacing, count * spacing)
    tile.fill(look.colour("surface.canvas"))
    painter = QPainter(tile)
    for x in range(count):
        for y in range(count):
            painter.fillRect(QRectF(x * spacing, y * spacing, _DOT, _DOT), look.colour("surface.grid"))
    painter.end()
    return tile

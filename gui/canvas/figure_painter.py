"""Paints a value or a gradient: a line with its label and shape, and below it the numbers or the heat map."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from gui.canvas import look as looks
from gui.canvas.face import Figure
from gui.canvas.geometry import CAPTION, LABELS, ROW, Box, cell_width, heat_size
from gui.canvas.heat import heat_image
from gui.canvas.look import Look

DASH = "—"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


def paint_figure(painter: QPainter, look: Look, box: Box, figure: Figure, colour: str) -> None:
    """Paint one figure into ``box``; ``colour`` is the key of the colour of its label and numbers."""
    left, top, width, height = box
    line = QRectF(left, top, width, LABELS)
    painter.setPen(look.colour(colour))
    painter.setFont(look.font(looks.LABEL))
    painter.drawText(line, _LEFT, figure.label)
    painter.setPen(look.colour("text.faint"))
    painter.setFont(look.font(looks.SHAPE))
    rest = width - look.metrics(looks.LABEL).horizontalAdvance(figure.label) - 8
    painter.drawText(line, _RIGHT, look.elided(looks.SHAPE, figure.shape, rest))
    room = QRectF(left, top + LABELS, width, height - LABELS)
    if not figure.is_computed:
        painter.setFont(look.font(looks.SCALAR))
        painter.drawText(room, _CENTRE, DASH)
        return
    if figure.stale:
        painter.save()
        painter.setOpacity(painter.opacity() * 0.45)
    if figure.cells:
        _paint_cells(painter, look, room, figure, colour)
    else:
        _paint_heat_map(painter, look, room, figure, colour)
    if figure.stale:
        painter.restore()
        painter.fillRect(room, _hatch(look))


def _paint_cells(painter: QPainter, look: Look, room: QRectF, figure: Figure, colour: str) -> None:
    rows, columns = len(figure.cells), len(figure.cells[0])
    if figure.heat is None:
        painter.setPen(look.colour(colour))
        painter.setFont(look.font(looks.SCALAR))
        painter.drawText(room, _CENTRE, figure.cells[0][0])
        return
    width = min(room.width() / columns, cell_width(columns) * 1.5)
    left = room.center().x() - columns * width / 2
    top = room.top() + (room.height() - rows * ROW) / 2
    painter.setFont(look.font(looks.CELL if columns <= 2 else looks.TIGHT_CELL))
    for row, texts in enumerate(figure.cells):
        for column, text in enumerate(texts):
            cell = QRectF(left + column * width, top + row * ROW, width, ROW)
            painter.fillRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), _heat_colour(look, figure.heat[row][column], 0.22))
            painter.setPen(look.colour(colour))
            painter.drawText(cell.adjusted(0, 0, -5, 0), _RIGHT, text)


def _paint_heat_map(painter: QPainter, look: Look, room: QRectF, figure: Figure, colour: str) -> None:
    rows, columns = len(figure.heat), len(figure.heat[0])
    width, height = heat_size(rows, columns)
    area = QRectF(room.center().x() - width / 2, room.top() + (room.height() - CAPTION - height) / 2, width, height)
    painter.drawImage(area, heat_image(look, figure.heat))
    painter.setPen(look.pen("surface.line", 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)
    painter.setPen(look.colour(colour))
    painter.setFont(look.font(looks.SHAPE))
    caption = QRectF(room.left(), room.bottom() - CAPTION, room.width(), CAPTION)
    painter.drawText(caption, _CENTRE, look.elided(looks.SHAPE, figure.caption, caption.width()))


def _heat_colour(look: Look, amount: float, strength: float) -> QColor:
    """Return the colour of a number from -1 to 1: none at 0, the sign's own at the ends; a fault's where it is nan."""
    if math.isnan(amount):
        return look.colour("meaning.problem")
    result = QColor(look.colour("meaning.positive" if amount >= 0 else "meaning.negative"))
    result.setAlphaF(min(1.0, abs(float(amount))) * strength)
    return result


def _hatch(look: Look) -> QBrush:
    return QBrush(look.faded("meaning.stale", 0.55), Qt.BrushStyle.BDiagPattern)

"""Paints a value or a gradient: a line with its label and shape, and below it the numbers or the heat map."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from gui.canvas import look as looks
from gui.canvas.figure import Figure
from gui.canvas.geometry import CAPTION, LABELS, ROW, Box, cell_width, heat_size
from gui.canvas.look import Look

DASH = "—"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


def paint_label(painter: QPainter, look: Look, box: Box, figure: Figure, colour: str) -> None:
    """Paint what a figure is and its shape, on the first line of ``box``."""
    left, top, width, _ = box
    line = QRectF(left, top, width, LABELS)
    painter.setPen(look.colour(colour))
    painter.setFont(look.font(looks.LABEL))
    painter.drawText(line, _LEFT | Qt.TextFlag.TextDontClip, figure.label)
    painter.setPen(look.colour("text.faint"))
    painter.setFont(look.font(looks.SHAPE))
    rest = width - look.metrics(looks.LABEL).horizontalAdvance(figure.label) - 8
    shape = look.elided(looks.SHAPE, figure.shape_text, rest)
    painter.drawText(line, _RIGHT | Qt.TextFlag.TextDontClip, shape)


def paint_numbers(painter: QPainter, look: Look, box: Box, figure: Figure, colour: str) -> None:
    """Paint a figure's numbers below the first line of ``box``, or a dash; ``colour`` is the key of their colour."""
    left, top, width, height = box
    room = QRectF(left, top + LABELS, width, height - LABELS)
    if not figure.is_computed:
        painter.setPen(look.colour("text.faint"))
        painter.setFont(look.font(looks.SCALAR))
        painter.drawText(room, _CENTRE, DASH)
        return
    opacity = painter.opacity()
    if figure.stale:
        painter.setOpacity(opacity * 0.45)
    if figure.is_map:
        _paint_heat_map(painter, look, room, figure, colour)
    else:
        _paint_cells(painter, look, room, figure, colour)
    if figure.stale:
        painter.setOpacity(opacity)
        painter.fillRect(room, _hatch(look))


def _paint_cells(painter: QPainter, look: Look, room: QRectF, figure: Figure, colour: str) -> None:
    painter.setPen(look.colour(colour))
    if figure.is_scalar:
        painter.setFont(look.font(looks.SCALAR))
        fits = look.width(looks.SCALAR, figure.change) <= room.width()
        painter.drawText(room, _CENTRE, (figure.change if fits else "") or figure.cells[0][0])
        return
    rows, columns = len(figure.cells), len(figure.cells[0])
    width = min(room.width() / columns, cell_width(columns) * 1.5)
    left = room.center().x() - columns * width / 2
    top = room.top() + (room.height() - rows * ROW) / 2
    for row, amounts in enumerate(figure.heat.tolist()):
        for column, amount in enumerate(amounts):
            cell = QRectF(left + column * width + 0.5, top + row * ROW + 0.5, width - 1, ROW - 1)
            painter.fillRect(cell, _heat_colour(look, amount, 0.22))
    painter.setFont(look.font(looks.CELL if columns <= 2 else looks.TIGHT_CELL))
    for row, texts in enumerate(figure.cells):
        for column, text in enumerate(texts):
            painter.drawText(QRectF(left + column * width, top + row * ROW, width - 5, ROW), _RIGHT, text)


def _paint_heat_map(painter: QPainter, look: Look, room: QRectF, figure: Figure, colour: str) -> None:
    paint_heat(painter, look, room.adjusted(0, 0, 0, -CAPTION), figure)
    painter.setPen(look.colour(colour))
    painter.setFont(look.font(looks.SHAPE))
    caption = QRectF(room.left(), room.bottom() - CAPTION, room.width(), CAPTION)
    painter.drawText(caption, _CENTRE, look.elided(looks.SHAPE, figure.caption, caption.width()))


def paint_heat(painter: QPainter, look: Look, room: QRectF, figure: Figure) -> None:
    """Paint a figure's numbers as colours in the middle of ``room``."""
    picture = figure.picture(look)
    width, height = heat_size(picture.height(), picture.width())
    height = min(height, room.height())
    area = QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
    painter.drawImage(area, picture)
    painter.setPen(look.pen("surface.line", 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)


def _heat_colour(look: Look, amount: float, strength: float) -> QColor:
    """Return the colour of a number from -1 to 1: none at 0, the sign's own at the ends; a fault's where it is nan."""
    if math.isnan(amount):
        return look.colour("meaning.problem")
    result = QColor(look.colour("meaning.positive" if amount >= 0 else "meaning.negative"))
    result.setAlphaF(min(1.0, abs(float(amount))) * strength)
    return result


def _hatch(look: Look) -> QBrush:
    return QBrush(look.faded("meaning.stale", 0.55), Qt.BrushStyle.BDiagPattern)

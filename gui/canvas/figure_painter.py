"""Paints a value or a gradient: a line with its label and shape, and below it the numbers or the heat map."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui.canvas import look as looks
from gui.canvas.figure import Figure
from gui.canvas.geometry import CAPTION, LABELS, Box
from gui.canvas.heat import heat_room
from gui.canvas.look import Look

DASH = "—"
_HATCH = 8.0
"""How far apart the lines across stale numbers are, across and down."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


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
    room = (left, top + LABELS, width, height - LABELS)
    if not figure.is_computed:
        painter.setPen(look.colour("text.faint"))
        _paint_in_the_middle(painter, look, looks.SCALAR, room, DASH)
        return
    opacity = painter.opacity()
    if figure.stale:
        painter.setOpacity(opacity * 0.45)
    painter.setPen(look.colour(colour))
    if figure.is_map:
        _paint_heat_map(painter, look, room, figure)
    elif figure.is_scalar:
        fits = look.width(looks.SCALAR, figure.change) <= width
        _paint_in_the_middle(painter, look, looks.SCALAR, room, (figure.change if fits else "") or figure.cells[0][0])
    else:
        figure.table(look, room).paint(painter, look)
    if figure.stale:
        painter.setOpacity(opacity)
        painter.setPen(QPen(look.faded("meaning.stale", 0.55), 1.0))
        painter.drawLines(_hatch(room))


def _paint_heat_map(painter: QPainter, look: Look, room: Box, figure: Figure) -> None:
    left, top, width, height = room
    paint_heat(painter, look, (left, top, width, height - CAPTION), figure)
    caption = look.elided(looks.SHAPE, figure.caption, width)
    _paint_in_the_middle(painter, look, looks.SHAPE, (left, top + height - CAPTION, width, CAPTION), caption)


def paint_heat(painter: QPainter, look: Look, room: Box, figure: Figure) -> None:
    """Paint a figure's numbers as colours in the middle of ``room``, and a line around them."""
    picture = figure.picture(look)
    frame, area = heat_room(room, picture.height(), picture.width())
    painter.fillRect(frame, look.colour("surface.line"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawImage(area, picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _paint_in_the_middle(painter: QPainter, look: Look, role: str, room: Box, text: str) -> None:
    left, top, width, height = room
    painter.setFont(look.font(role))
    painter.drawText(look.centred(role, text, left + width / 2, top + height / 2), text)


@lru_cache(maxsize=256)
def _hatch(room: Box) -> list[QLineF]:
    """Return slanting lines across a room. Qt's own pattern stays where it is when the card moves."""
    left, top, width, height = room
    lines = []
    for step in range(1, math.ceil((width + height) / _HATCH)):
        start, end = max(0.0, step * _HATCH - height), min(width, step * _HATCH)
        lines.append(QLineF(left + start, top + step * _HATCH - start, left + end, top + step * _HATCH - end))
    return lines

"""What a note looks like: a soft card in one of a few colours, each of which has a sign of its own."""

from __future__ import annotations

import math

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from gui.canvas.look import Look
from gui.canvas.note_text import NoteText

PAD = 12.0
SIGN = 20.0
"""The room that the sign of the colour takes at the left of the text."""
LEAST_HEIGHT = 44.0
TEXT_MARGINS = QMarginsF(PAD + SIGN, PAD - 1, PAD, PAD - 1)
"""What stays free around the text, as long as it is not written larger to be read from afar."""
REACH = 8.0
_CORNER = 8.0
_READABLE = 0.45
_LESS_PAD = 4.0
"""Above and below a text that is written larger to be read from afar."""
_SIGN_RADIUS = 6.0
_GRIP = (4.0, 26.0)
_CORNERS = {"yellow": 0, "green": 3, "blue": 4, "pink": 5}
"""How many corners the sign of a colour has: none is a disc, and what is not listed is a bar."""


def text_width(width: float) -> float:
    """Return how wide the lines in a note of a width are."""
    return max(1.0, width - 2 * PAD - SIGN)


def paint_note(painter: QPainter, look: Look, outline: QRectF, colour: str, text: NoteText, level: float) -> None:
    """Paint a note with its top left corner at the origin, seen at ``level`` pixels a unit."""
    painter.setPen(QPen(look.faded(f"note.{colour}_edge", 0.55), 1.2))
    painter.setBrush(look.colour(f"note.{colour}"))
    painter.drawRoundedRect(outline, _CORNER, _CORNER)
    paint_sign(painter, look, QPointF(PAD + _SIGN_RADIUS - 2, LEAST_HEIGHT / 2), colour)
    painter.setPen(look.colour("text.strong"))
    less = 0.0 if level >= _READABLE else PAD - 1 - _LESS_PAD
    text.paint(painter, outline.marginsRemoved(TEXT_MARGINS).adjusted(0, -less, 0, less), level)


def paint_sign(painter: QPainter, look: Look, middle: QPointF, colour: str) -> None:
    """Paint the sign of a colour, so that it can be told without seeing the colour."""
    painter.setPen(look.no_pen)
    painter.setBrush(look.colour(f"note.{colour}_edge"))
    corners = _CORNERS.get(colour)
    if corners is None:
        painter.drawRoundedRect(QRectF(middle.x() - _SIGN_RADIUS, middle.y() - 2, 2 * _SIGN_RADIUS, 4), 2, 2)
    elif corners == 0:
        painter.drawEllipse(middle, _SIGN_RADIUS, _SIGN_RADIUS)
    else:
        turn = math.pi / 4 if corners == 4 else math.pi / 2
        angles = (turn + 2 * math.pi * corner / corners for corner in range(corners))
        radius = _SIGN_RADIUS + 1
        points = [middle - QPointF(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]
        painter.drawPolygon(QPolygonF(points))


def paint_selected(painter: QPainter, look: Look, outline: QRectF) -> None:
    """Mark a note as selected, with the grip that its width is changed by."""
    painter.setPen(look.pen("meaning.selection", 2.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(outline, _CORNER, _CORNER)
    painter.setPen(look.pen("surface.card", 1.0))
    painter.setBrush(look.colour("meaning.selection"))
    width, height = _GRIP
    grip = QRectF(outline.right() - width / 2 - 1, outline.center().y() - height / 2, width + 2, height)
    painter.drawRoundedRect(grip, 3, 3)


def paint_halo(painter: QPainter, look: Look, outline: QRectF) -> None:
    """Paint what surrounds a note that is selected."""
    painter.setPen(look.no_pen)
    painter.setBrush(look.faded("meaning.selection", 0.3))
    painter.drawRoundedRect(outline.adjusted(-6, -6, 6, 6), _CORNER + 5, _CORNER + 5)

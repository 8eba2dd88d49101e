"""Table: the numbers of a small array, each with its place on the card and the colour behind it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from gui.canvas import look as looks
from gui.canvas.geometry import ROW, Box, cell_width
from gui.canvas.look import Look

_SHADES = 64
_STRENGTH = 0.22
_INSET, _CLEAR = 5.0, 3.0
"""What stays free at the right and the left of a number."""


@dataclass(frozen=True, slots=True)
class Table:
    """Worked out once for a figure, and painted any number of times."""

    role: str
    grounds: list[tuple[QRectF, QColor]]
    texts: list[tuple[QPointF, str]]
    long_texts: list[tuple[QPointF, str, float]]
    """Those that are too long for their cell, each with how much smaller it is painted: its sign must be seen."""

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint the numbers; the painter's pen has their colour."""
        for cell, colour in self.grounds:
            painter.fillRect(cell, colour)
        painter.setFont(look.font(self.role))
        for place, text in self.texts:
            painter.drawText(place, text)
        for place, text, scale in self.long_texts:
            painter.save()
            painter.translate(place)
            painter.scale(scale, scale)
            painter.drawText(QPointF(), text)
            painter.restore()


def table_in(look: Look, room: Box, cells: list[list[str]], heat: list[list[float]]) -> Table:
    """Return numbers laid out in rows and columns in the middle of ``room``; ``heat`` is from -1 to 1."""
    columns = len(cells[0])
    role = looks.CELL if columns <= 2 else looks.TIGHT_CELL
    sink = look.baseline(role)
    grounds, texts, long_texts = [], [], []
    numbers = zip(chain.from_iterable(cells), chain.from_iterable(heat), strict=True)
    for (ground, right, middle), (text, amount) in zip(_rooms(room, len(cells), columns), numbers, strict=True):
        if amount:
            grounds.append((ground, _heat_colour(look, amount)))
        width, most = look.width(role, text), ground.width() - _INSET - _CLEAR
        if width <= most:
            texts.append((QPointF(right - width, middle + sink), text))
        else:
            long_texts.append((QPointF(right - most, middle + sink * most / width), text, most / width))
    return Table(role, grounds, texts, long_texts)


@lru_cache(maxsize=256)
def _rooms(room: Box, rows: int, columns: int) -> list[tuple[QRectF, float, float]]:
    """Return row by row the ground of each number, where the number ends, and how far down its middle is."""
    left, top, wide, high = room
    width = min(wide / columns, cell_width(columns) * 1.5)
    left, top = left + (wide - columns * width) / 2, top + (high - rows * ROW) / 2
    corners = [(left + column * width, top + row * ROW) for row in range(rows) for column in range(columns)]
    return [(QRectF(x + 0.5, y + 0.5, width - 1, ROW - 1), x + width - _INSET, y + ROW / 2) for x, y in corners]


def _heat_colour(look: Look, amount: float) -> QColor:
    """Return the colour of a number from -1 to 1: none at 0, the sign's own at the ends; a fault's where it is nan."""
    if math.isnan(amount):
        return look.colour("meaning.problem")
    shades = look.shared("shades", lambda: _shades(look))
    return shades[_SHADES + round(max(-1.0, min(1.0, amount)) * _SHADES)]


def _shades(look: Look) -> list[QColor]:
    """Return the colours from -1 to 1."""
    shades = []
    for step in range(-_SHADES, _SHADES + 1):
        key = "meaning.positive" if step >= 0 else "meaning.negative"
        shades.append(look.faded(key, abs(step) / _SHADES * _STRENGTH))
    return shades

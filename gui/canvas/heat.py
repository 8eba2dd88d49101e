"""A heat map: a picture with one pixel a number, and the room that it fills."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from gui.canvas.geometry import Box, heat_size
from gui.canvas.look import Look

_LINE = 0.5
"""Half the width of the line around a heat map."""
_STEPS = 127
_MIDDLE = _STEPS + 1
"""Where 0 is in the table of colours; -1 is at 1, 1 is at its end, and what is not a number is at 0."""


@lru_cache(maxsize=256)
def heat_room(room: Box, rows: int, columns: int) -> tuple[QRectF, QRectF]:
    """Return the frame of a heat map in the middle of ``room``, and the area of its colours within."""
    left, top, width, height = room
    wide, high = heat_size(rows, columns)
    high = min(high, height)
    left, top = left + (width - wide) / 2, top + (height - high) / 2
    frame = QRectF(left - _LINE, top - _LINE, wide + 2 * _LINE, high + 2 * _LINE)
    return frame, frame.adjusted(2 * _LINE, 2 * _LINE, -2 * _LINE, -2 * _LINE)


def heat_image(look: Look, heat: npt.NDArray[Any]) -> QImage:
    """Return numbers from -1 to 1 as colours: the ground's at 0, the sign's own at the ends, a fault's where nan."""
    if math.isnan(np.maximum.reduce(heat, axis=None)):
        heat = np.where(np.isnan(heat), -_MIDDLE / _STEPS, heat)
    places = (heat * _STEPS + (_MIDDLE + 0.5)).astype(np.uint8)
    pixels = look.shared("heat", lambda: _table(look)).take(places)
    rows, columns = heat.shape
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied).copy()


def _table(look: Look) -> npt.NDArray[np.uint32]:
    """Return the colour of each place, as Qt wants it."""
    ground = _parts(look.colour("surface.canvas"))
    amounts = np.linspace(0.0, 1.0, _MIDDLE)[:, np.newaxis]
    positive = ground + (_parts(look.colour("meaning.positive")) - ground) * amounts
    negative = ground + (_parts(look.colour("meaning.negative")) - ground) * amounts
    fault = _parts(look.colour("meaning.problem"))[np.newaxis]
    shades = np.rint(np.concatenate([fault, negative[:0:-1], positive])).astype(np.uint32)
    table: npt.NDArray[np.uint32] = shades @ np.array([1 << 16, 1 << 8, 1], np.uint32) | np.uint32(0xFF000000)
    return table


def _parts(colour: QColor) -> npt.NDArray[np.float64]:
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=np.float64)

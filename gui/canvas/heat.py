"""A heat map as a picture, one pixel a number."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from gui.canvas.look import Look

_STEPS = 127
_MIDDLE = _STEPS + 1
"""Where 0 is in the table of colours; -1 is at 1, 1 is at its end, and what is not a number is at 0."""


def heat_image(look: Look, heat: npt.NDArray[Any]) -> QImage:
    """Return numbers from -1 to 1 as colours: the ground's at 0, the sign's own at the ends, a fault's where nan."""
    if math.isnan(heat.sum()):
        heat = np.where(np.isnan(heat), -_MIDDLE / _STEPS, heat)
    places = (heat * _STEPS + (_MIDDLE + 0.5)).astype(np.uint8)
    pixels = look.shared("heat", lambda: _table(look)).take(places, axis=0)
    rows, columns = heat.shape
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()


def _table(look: Look) -> npt.NDArray[np.uint8]:
    """Return the colour of each place, as red, green, blue and opacity."""
    ground = _parts(look.colour("surface.canvas"))
    amounts = np.linspace(0.0, 1.0, _MIDDLE)[:, np.newaxis]
    positive = ground + (_parts(look.colour("meaning.positive")) - ground) * amounts
    negative = ground + (_parts(look.colour("meaning.negative")) - ground) * amounts
    fault = _parts(look.colour("meaning.problem"))[np.newaxis]
    table: npt.NDArray[np.uint8] = np.rint(np.concatenate([fault, negative[:0:-1], positive])).astype(np.uint8)
    return table


def _parts(colour: QColor) -> npt.NDArray[np.float64]:
    return np.array([colour.red(), colour.green(), colour.blue(), 255], dtype=np.float64)

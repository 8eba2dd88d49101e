"""A heat map as a picture, one pixel a number."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from gui.canvas.look import Look


def heat_image(look: Look, heat: npt.NDArray[Any]) -> QImage:
    """Return numbers from -1 to 1 as colours: the ground's at 0, the sign's own at the ends, a fault's where nan."""
    amount = np.nan_to_num(np.abs(heat))[..., np.newaxis]
    ground = _bytes(look.colour("surface.canvas"))
    negative, positive = _bytes(look.colour("meaning.negative")), _bytes(look.colour("meaning.positive"))
    sign = np.where((heat < 0)[..., np.newaxis], negative, positive)
    pixels = ground + (sign - ground) * amount
    pixels[np.isnan(heat)] = _bytes(look.colour("meaning.problem"))
    rows, columns = heat.shape
    data = np.ascontiguousarray(np.rint(pixels).astype(np.uint8))
    return QImage(data.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()


def _bytes(colour: QColor) -> npt.NDArray[np.float64]:
    return np.array([colour.red(), colour.green(), colour.blue(), 255], dtype=np.float64)

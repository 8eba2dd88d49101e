"""Stamp: what of a card does not change with its numbers is painted once, and then laid down pixel by pixel."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

from gui.canvas.geometry import Box
from gui.canvas.look import Look

_MOST_PIXELS = 12_000_000
"""Four bytes each; a card at its own size takes 30,000."""
_NO_TRANSFORM = QTransform()


class _Stamps:
    """The pictures that were made last."""

    def __init__(self) -> None:
        self.pictures: dict[Hashable, QPixmap] = {}
        self._pixels = 0

    def keep(self, key: Hashable, picture: QPixmap) -> QPixmap:
        """Keep the picture for a key, and no more than there is room for: it drives out the oldest."""
        self.pictures[key] = picture
        self._pixels += picture.width() * picture.height()
        while self._pixels > _MOST_PIXELS and len(self.pictures) > 1:
            old = self.pictures.pop(next(iter(self.pictures)))
            self._pixels -= old.width() * old.height()
        return picture


def stamp(
    painter: QPainter, look: Look, ratio: float, key: Hashable, bounds: Box, paint: Callable[[QPainter], None]
) -> None:
    """Lay down what ``paint`` paints within ``bounds``; everything with the same ``key`` looks the same.

    ``ratio``: the dots of the screen in a unit of the viewport.
    """
    transform = painter.worldTransform()
    scale = transform.m11()
    stamps, full_key = look.shared("stamps", _Stamps), (key, round(scale * ratio, 4))
    pixmap = stamps.pictures.get(full_key)
    if pixmap is None:
        pixmap = stamps.keep(full_key, _picture(bounds, scale, ratio, paint))
    shift_x, shift_y = transform.dx(), transform.dy()
    x, y = math.floor(shift_x + bounds[0] * scale + 0.5), math.floor(shift_y + bounds[1] * scale + 0.5)
    if scale == 1.0:
        painter.drawPixmap(QPointF(x - shift_x, y - shift_y), pixmap)
    else:
        painter.setWorldTransform(_NO_TRANSFORM)
        painter.drawPixmap(x, y, pixmap)
        painter.setWorldTransform(transform)


def _picture(bounds: Box, scale: float, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
    left, top, width, height = bounds
    factor = scale * ratio
    pixmap = QPixmap(math.ceil(width * factor), math.ceil(height * factor))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    painter.translate(-left, -top)
    paint(painter)
    painter.end()
    return pixmap

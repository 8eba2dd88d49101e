"""Stamp: what of a card does not change with its numbers is painted once, and then laid down pixel by pixel."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

from gui.canvas.look import Look

_MOST_PIXELS = 12_000_000
"""Four bytes each; a card at its own size takes 30,000."""


class _Stamps:
    """The pictures that were used last."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._pixels = 0

    def of(self, key: Hashable, make: Callable[[], QPixmap]) -> QPixmap:
        """Return the picture for a key; one that has to be made drives out those that were not used for longest."""
        picture = self._pictures.get(key)
        if picture is not None:
            self._pictures.move_to_end(key)
            return picture
        picture = make()
        self._pictures[key] = picture
        self._pixels += picture.width() * picture.height()
        while self._pixels > _MOST_PIXELS and len(self._pictures) > 1:
            _, old = self._pictures.popitem(last=False)
            self._pixels -= old.width() * old.height()
        return picture


def stamp(painter: QPainter, look: Look, key: Hashable, bounds: QRectF, paint: Callable[[QPainter], None]) -> None:
    """Lay down what ``paint`` paints within ``bounds``; everything with the same ``key`` looks the same."""
    transform = painter.worldTransform()
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    scale = transform.m11()
    stamps = look.shared("stamps", _Stamps)
    pixmap = stamps.of((key, round(scale * ratio, 4)), lambda: _picture(bounds, scale, ratio, paint))
    corner = transform.map(bounds.topLeft())
    painter.setWorldTransform(QTransform())
    painter.drawPixmap(QPointF(round(corner.x()), round(corner.y())), pixmap)
    painter.setWorldTransform(transform)


def _picture(bounds: QRectF, scale: float, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
    factor = scale * ratio
    pixmap = QPixmap(math.ceil(bounds.width() * factor), math.ceil(bounds.height() * factor))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    painter.translate(-bounds.topLeft())
    paint(painter)
    painter.end()
    return pixmap

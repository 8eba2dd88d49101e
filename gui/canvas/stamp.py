"""Stamp: a picture that many cards share is painted once, and then laid down pixel by pixel."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

from gui.canvas.look import Look


def stamp(painter: QPainter, look: Look, key: Hashable, bounds: QRectF, paint: Callable[[QPainter], None]) -> None:
    """Lay down what ``paint`` paints within ``bounds``; everything with the same ``key`` looks the same."""
    transform = painter.worldTransform()
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    scale = transform.m11()
    pixmap = look.shared((key, round(scale * ratio, 4)), lambda: _picture(bounds, scale, ratio, paint))
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

"""The icons of a player, drawn: sharp at every size and in every colour, whatever fonts there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF

_RIGHT = ((0.0, 0.0), (1.0, 0.5), (0.0, 1.0))
_LEFT = ((1.0, 0.0), (0.0, 0.5), (1.0, 1.0))
_FLAG = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 0.68), (0.0, 1.0))
_BAR = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))

_Part = tuple[Sequence[tuple[float, float]], QRectF]

_PARTS: Mapping[str, Sequence[_Part]] = {
    "first": ((_BAR, QRectF(3, 5, 2, 10)), (_LEFT, QRectF(5.5, 5, 5.5, 10)), (_LEFT, QRectF(11, 5, 5.5, 10))),
    "back": ((_LEFT, QRectF(4, 5, 8, 10)), (_BAR, QRectF(13, 5, 2.5, 10))),
    "play": ((_RIGHT, QRectF(5.5, 3.5, 11, 13)),),
    "pause": ((_BAR, QRectF(5.5, 5, 3, 10)), (_BAR, QRectF(11.5, 5, 3, 10))),
    "step": ((_BAR, QRectF(4.5, 5, 2.5, 10)), (_RIGHT, QRectF(8, 5, 8, 10))),
    "last": ((_RIGHT, QRectF(3.5, 5, 5.5, 10)), (_RIGHT, QRectF(9, 5, 5.5, 10)), (_BAR, QRectF(15, 5, 2, 10))),
    "next_batch": ((_RIGHT, QRectF(3, 5, 7, 10)), (_BAR, QRectF(11, 9.2, 7, 1.8)), (_BAR, QRectF(13.6, 6.6, 1.8, 7))),
    "bookmark": ((_FLAG, QRectF(6, 3.5, 8, 13)),),
}

SIDE = 20


def icon(name: str, colour: QColor, disabled: QColor, side: int = SIDE) -> QIcon:
    """Return one of the icons, such as ``first`` or ``play``, ``side`` pixels high."""
    result = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        for ratio in (1, 2, 3):
            result.addPixmap(_picture(name, ink, side, ratio), mode)
    return result


def _picture(name: str, ink: QColor, side: int, ratio: int) -> QPixmap:
    picture = QPixmap(side * ratio, side * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / SIDE, side / SIDE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for outline, place in _PARTS[name]:
        points = [QPointF(place.left() + x * place.width(), place.top() + y * place.height()) for x, y in outline]
        painter.drawPolygon(QPolygonF(points))
    painter.end()
    return picture

"""A card from afar: its colour and its name, large, and of its numbers what can still be made out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from gui.canvas import look as looks
from gui.canvas.card_base import CORNER, paint_frame
from gui.canvas.face import Face
from gui.canvas.figure_painter import paint_heat
from gui.canvas.geometry import CardGeometry
from gui.canvas.look import Look
from gui.canvas.stamp import stamp

if TYPE_CHECKING:
    from gui.canvas.card_painter import Sight

_CENTRE = Qt.AlignmentFlag.AlignCenter
_NAME_HEIGHT = 54.0
_NUMBERS_FROM = 0.2


def paint_thumbnail(painter: QPainter, look: Look, card: CardGeometry, face: Face, sight: Sight) -> None:
    """Paint a card that is seen from afar."""
    outline = QRectF(0, 0, card.width, card.height)
    if sight.is_on_screen:
        key = ("thumbnail", card.width, card.height, face.group, face.title)
        stamp(painter, look, key, outline.adjusted(-4, -4, 4, 4), lambda onto: _paint_patch(onto, look, outline, face))
    else:
        _paint_patch(painter, look, outline, face)
    if sight.level >= _NUMBERS_FROM:
        _paint_value(painter, look, outline.adjusted(8, _NAME_HEIGHT + 6, -8, -8), face)


def _paint_patch(painter: QPainter, look: Look, outline: QRectF, face: Face) -> None:
    paint_frame(painter, look, outline)
    painter.setPen(look.no_pen)
    painter.setBrush(look.group(face.group))
    painter.drawRoundedRect(outline.adjusted(1, 1, -1, -1), CORNER, CORNER)
    painter.setBrush(look.colour("surface.card"))
    painter.drawRect(QRectF(4, _NAME_HEIGHT, outline.width() - 8, outline.height() - _NAME_HEIGHT - 4))
    painter.setPen(look.colour("text.on_accent"))
    painter.setFont(look.font(looks.AFAR))
    name = QRectF(6, 0, outline.width() - 12, _NAME_HEIGHT)
    painter.drawText(name, _CENTRE, look.elided(looks.AFAR, face.title, name.width()))


def _paint_value(painter: QPainter, look: Look, room: QRectF, face: Face) -> None:
    figure = face.value
    if figure.stale or not figure.is_computed:
        return
    if not figure.is_scalar:
        paint_heat(painter, look, room, figure)
        return
    painter.setPen(look.colour("meaning.value"))
    painter.setFont(look.font(looks.FAR_VALUE))
    _paint_whole(painter, room, figure.cells[0][0], look.metrics(looks.FAR_VALUE).horizontalAdvance(figure.cells[0][0]))


def _paint_whole(painter: QPainter, room: QRectF, number: str, width: float) -> None:
    """Paint a number smaller where it does not fit: one that is cut could lose its exponent, and lie."""
    scale = min(1.0, room.width() / (width + 2))
    painter.save()
    painter.translate(room.center())
    painter.scale(scale, scale)
    painter.drawText(QRectF(-width, -room.height(), 2 * width, 2 * room.height()), _CENTRE, number)
    painter.restore()

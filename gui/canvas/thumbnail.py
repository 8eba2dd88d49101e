"""A card from afar: its colour and its name, large, and of its numbers what can still be made out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from gui.canvas import look as looks
from gui.canvas.card_base import CORNER, paint_frame
from gui.canvas.face import Badge, Face
from gui.canvas.figure import Figure
from gui.canvas.figure_painter import paint_heat
from gui.canvas.geometry import Box, CardGeometry
from gui.canvas.look import Look
from gui.canvas.number_glyphs import ROW_HEIGHT, Block
from gui.canvas.stamp import stamp

if TYPE_CHECKING:
    from gui.canvas.card_painter import Sight

_CENTRE = Qt.AlignmentFlag.AlignCenter
_NAME_HEIGHT = 46.0
_RAISED = 2.5
"""How far above the middle a name stands, so that what hangs below the line is still on the colour."""
_UPDATED, _WRONG = "↻", "✗"
_OF_WRONG = ("meaning.problem_ground", "meaning.problem")
_SIGNS = {Badge.UPDATED: _UPDATED, Badge.WRONG: _WRONG}
_NUMBERS_FROM = 0.2
_GRADIENTS_FROM = 0.3
"""The scale from which two numbers can be read one above the other."""
_LEAST_SIZE, _LEAST_IN_ROWS = 0.26, 0.3
"""How small numbers are painted, 8 pixels, and 9 one above the other; smaller ones are told by their colours alone."""


def paint_thumbnail(painter: QPainter, look: Look, card: CardGeometry, face: Face, sight: Sight) -> None:
    """Paint a card that is seen from afar."""
    width, height = card.width, card.height
    sign = _sign(face, sight)
    if sight.ratio:
        key = ("thumbnail", width, height, face.group, face.title, sign)
        bounds = (-4.0, -4.0, width + 8, height + 8)
        stamp(painter, look, sight.ratio, key, bounds, lambda onto: _paint_patch(onto, look, card, face, sign))
    else:
        _paint_patch(painter, look, card, face, sign)
    if sight.level >= _NUMBERS_FROM:
        shows_both = sight.level >= _GRADIENTS_FROM and _is_shown(face.gradient)
        room = (8.0, _NAME_HEIGHT + 3, width - 16, height - _NAME_HEIGHT - 10)
        _paint_figures(painter, look, room, face, shows_both, sight.level)


def _sign(face: Face, sight: Sight) -> str:
    """Return what stands beside the name: a wrong gradient, an update, or else its number in the Kahn order."""
    if face.badge in _SIGNS:
        return _SIGNS[face.badge]
    return face.place if sight.level >= _GRADIENTS_FROM else ""


def _paint_patch(painter: QPainter, look: Look, card: CardGeometry, face: Face, sign: str) -> None:
    outline = QRectF(0, 0, card.width, card.height)
    paint_frame(painter, look, outline)
    painter.setPen(look.no_pen)
    painter.setBrush(look.group(face.group))
    painter.drawRoundedRect(outline.adjusted(1, 1, -1, -1), CORNER, CORNER)
    painter.setBrush(look.colour("surface.card"))
    painter.drawRect(QRectF(4, _NAME_HEIGHT, outline.width() - 8, outline.height() - _NAME_HEIGHT - 4))
    name = QRectF(6, -_RAISED, outline.width() - 12, _NAME_HEIGHT)
    width = look.width(looks.FAR_VALUE, sign) + 14
    if sign in _SIGNS.values() or (sign and look.width(looks.AFAR, face.title) + width + 6 <= name.width()):
        _paint_sign(painter, look, QRectF(name.right() - width, 5, width, _NAME_HEIGHT - 10), sign)
        name.setRight(name.right() - width - 6)
    painter.setPen(look.colour("text.on_accent"))
    painter.setFont(look.font(looks.AFAR))
    painter.drawText(name, _CENTRE | Qt.TextFlag.TextDontClip, look.elided(looks.AFAR, face.title, name.width()))


def _paint_sign(painter: QPainter, look: Look, badge: QRectF, sign: str) -> None:
    ground, ink = _OF_WRONG if sign == _WRONG else ("text.on_accent", "surface.chip_ink")
    painter.setPen(look.no_pen)
    painter.setBrush(look.colour(ground))
    painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
    painter.setPen(look.colour(ink))
    painter.setFont(look.font(looks.FAR_VALUE))
    painter.drawText(badge, _CENTRE, sign)


def _is_shown(figure: Figure) -> bool:
    return figure.is_computed and not figure.stale


def _paint_figures(painter: QPainter, look: Look, room: Box, face: Face, shows_both: bool, level: float) -> None:
    """Paint the value, and under a line the gradient where that is there and can be read."""
    left, top, width, height = room
    half = height / 2
    above = (left, top, width, half) if shows_both else room
    if _is_shown(face.value):
        _paint_figure(painter, look, above, face.value, "meaning.value", level)
    elif face.badge_text and not shows_both:
        _paint_text(painter, look, above, face.badge_text, "text.normal")
    if shows_both:
        painter.setPen(look.pen("surface.line", 1.5))
        painter.drawLine(QPointF(left, top + half), QPointF(left + width, top + half))
        _paint_figure(painter, look, (left, top + half, width, half), face.gradient, "meaning.gradient", level)


def _paint_figure(painter: QPainter, look: Look, room: Box, figure: Figure, colour: str, level: float) -> None:
    left, top, width, height = room
    if not figure.is_map:
        block = figure.block(look)
        scale = _scale(room, figure, block, level)
        if scale:
            painter.setPen(look.colour(colour))
            block.paint(painter, left + width / 2, top + height / 2, scale)
            return
    paint_heat(painter, look, (left, top + 3, width, height - 6), figure)


def _scale(room: Box, figure: Figure, block: Block, level: float) -> float:
    """Return how small numbers are painted in ``room``; 0 where they could not be read from so far.

    A single number is painted at any size: cut, it could lose its exponent, and lie.
    """
    _, _, width, height = room
    if figure.is_scalar:
        return min(1.0, width / (block.widest + 2))
    rows, columns = len(figure.cells), len(figure.cells[0])
    scale = min(1.0, height / (ROW_HEIGHT * rows), width / (block.column * columns))
    return scale if scale * level >= (_LEAST_SIZE if rows == 1 else _LEAST_IN_ROWS) else 0.0


def _paint_text(painter: QPainter, look: Look, room: Box, text: str, colour: str) -> None:
    """Paint a text, smaller where it does not fit."""
    left, top, width, height = room
    x, y = left + width / 2, top + height / 2
    painter.setPen(look.colour(colour))
    painter.setFont(look.font(looks.FAR_VALUE))
    scale = width / (look.width(looks.FAR_VALUE, text) + 2)
    if scale >= 1.0:
        painter.drawText(look.centred(looks.FAR_VALUE, text, x, y), text)
        return
    painter.save()
    painter.translate(x, y)
    painter.scale(scale, scale)
    painter.drawText(look.centred(looks.FAR_VALUE, text, 0, 0), text)
    painter.restore()

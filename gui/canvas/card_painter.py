"""Paints a card from plain data: the same on the screen, in a picture and in print.

What does not change with its numbers (frame, header, name, place, labels, ports) is painted once and stamped; the
numbers are painted each time. In a picture nothing is stamped, so that every line stays a line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui.canvas import look as looks
from gui.canvas.card_base import CORNER, paint_base, paint_port, paint_port_sign
from gui.canvas.complaint import paint_complaint
from gui.canvas.face import Badge, Face
from gui.canvas.figure_painter import paint_numbers
from gui.canvas.geometry import HEADER, PAD, CardGeometry
from gui.canvas.look import Look
from gui.canvas.stamp import stamp
from gui.canvas.thumbnail import paint_thumbnail

FULL_DETAIL = 0.5
"""The scale below which numbers cannot be read, and a card shows its name alone, large."""
REACH = 12.0
"""How far a card paints beyond its edges: its ports, when they light up, and its halo."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class PortMark(Enum):
    """How a port stands to the wire that is being drawn: radius, line and filling."""

    FITS = (7.0, "meaning.good", "meaning.good_ground")
    TARGET = (9.0, "meaning.good", "meaning.good")
    REFUSED = (9.0, "meaning.problem", "meaning.problem_ground")


@dataclass(frozen=True)
class Emphasis:
    """What is special about a card at the moment, beside what it shows."""

    is_selected: bool = False
    is_dimmed: bool = False
    marks: Mapping[int | str, PortMark] = field(default_factory=dict)


PLAIN = Emphasis()


@dataclass(frozen=True)
class Sight:
    """How a card is seen: how large a unit of the scene appears, and how many dots of the screen make a unit of it."""

    level: float = 1.0
    ratio: float = 0.0
    """0 in a picture, where there are no dots."""


@lru_cache(maxsize=64)
def on_screen(level: float, ratio: float) -> Sight:
    """Return how a card is seen on a screen."""
    return Sight(level, ratio)


def paint_card(
    painter: QPainter, look: Look, card: CardGeometry, face: Face, sight: Sight, emphasis: Emphasis = PLAIN
) -> None:
    """Paint one card with its top left corner at the origin."""
    if emphasis.is_dimmed:
        painter.setOpacity(painter.opacity() * 0.4)
    if emphasis.is_selected:
        painter.setPen(look.no_pen)
        painter.setBrush(look.faded("meaning.selection", 0.3))
        painter.drawRoundedRect(QRectF(-6, -6, card.width + 12, card.height + 12), CORNER + 5, CORNER + 5)
    if sight.level < FULL_DETAIL:
        paint_thumbnail(painter, look, card, face, sight)
    else:
        _paint_whole(painter, look, card, face, sight)
    pen = _frame_pen(look, face, sight, emphasis)
    if pen is not None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(0, 0, card.width, card.height), CORNER, CORNER)
    if face.fault and sight.level >= FULL_DETAIL:
        paint_complaint(painter, look, card, face.fault)
    for port, mark in emphasis.marks.items():
        _paint_mark(painter, look, card, port, mark)


def _frame_pen(look: Look, face: Face, sight: Sight, emphasis: Emphasis) -> QPen | None:
    if face.is_current:
        return look.pen("meaning.current", 4.0)
    if face.fault:
        return look.pen("meaning.problem", 2.0, Qt.PenStyle.DashLine)
    if face.badge is Badge.WRONG and sight.level < FULL_DETAIL and not emphasis.is_selected:
        return look.pen("meaning.problem", 6.0 if sight.level >= FULL_DETAIL / 2 else 12.0)
    if face.badge is Badge.READY and not emphasis.is_selected:
        return look.pen("meaning.ready", 2.5, Qt.PenStyle.DashDotLine)
    return look.pen("meaning.selection", 2.5) if emphasis.is_selected else None


def _paint_whole(painter: QPainter, look: Look, card: CardGeometry, face: Face, sight: Sight) -> None:
    if sight.ratio:
        bounds = (-REACH, -REACH, card.width + 2 * REACH, card.height + 2 * REACH)
        key = (card, face.lasting)
        stamp(painter, look, sight.ratio, key, bounds, lambda onto: _paint_lasting(onto, look, card, face))
    else:
        _paint_lasting(painter, look, card, face)
    paint_numbers(painter, look, card.figure(0), face.value, "meaning.value")
    paint_numbers(painter, look, card.figure(1), face.gradient, "meaning.gradient")


def _paint_lasting(painter: QPainter, look: Look, card: CardGeometry, face: Face) -> None:
    """Paint all of a card but its numbers."""
    paint_base(painter, look, card, face)
    if face.place:
        _paint_place(painter, look, _place_room(look, card.width - PAD + 2, face.place), face.place)
    _paint_names(painter, look, _names_room(look, card, face), face)


def _place_room(look: Look, right: float, place: str) -> QRectF:
    """Return the room of the number in the Kahn order, at the right end of the header."""
    width = max(19.0, look.width(looks.PLACE, place) + 10)
    return QRectF(right - width, (HEADER - 19) / 2, width, 19)


def _paint_place(painter: QPainter, look: Look, badge: QRectF, place: str) -> None:
    painter.setPen(look.no_pen)
    painter.setBrush(look.colour("text.on_accent"))
    painter.drawRoundedRect(badge, 9.5, 9.5)
    painter.setPen(look.colour("surface.chip_ink"))
    painter.setFont(look.font(looks.PLACE))
    painter.drawText(badge, _CENTRE, place)


def badge_room(look: Look, card: CardGeometry, face: Face) -> QRectF:
    """Return where on a card the badge stands; empty where it has none, or no room for it."""
    if face.badge is Badge.NONE:
        return QRectF()
    return _room_beside(look, _names_room(look, card, face), face)


def _names_room(look: Look, card: CardGeometry, face: Face) -> QRectF:
    left, right = PAD + 33.0, card.width - PAD + 2
    right = _place_room(look, right, face.place).left() - 6 if face.place else right - 2
    return QRectF(left, 0, right - left, HEADER)


def _room_beside(look: Look, room: QRectF, face: Face) -> QRectF:
    """Return the room beside the name for the type, or what the node waits for; the name has the right of way."""
    name_width = look.width(looks.TITLE, face.title)
    width = look.width(looks.KIND, face.badge_text or face.kind) + (10 if face.badge_text else 2)
    left_over = room.width() - min(name_width, room.width() * 0.62 if face.badge_text else room.width()) - 8
    if left_over < min(width, 34.0):
        return QRectF()
    width = min(width, left_over)
    return QRectF(room.right() - width, 0, width, HEADER)


def _paint_names(painter: QPainter, look: Look, room: QRectF, face: Face) -> None:
    """Paint the name, and beside it the type, or what the node waits for."""
    beside = _room_beside(look, room, face)
    name_room = room.width() - (beside.width() + 8 if not beside.isEmpty() else 0)
    painter.setPen(look.colour("text.on_accent"))
    painter.setFont(look.font(looks.TITLE))
    painter.drawText(room, _LEFT, look.elided(looks.TITLE, face.title, name_room))
    if not beside.isEmpty():
        _paint_beside(painter, look, beside, face, face.badge_text or face.kind)


def _paint_beside(painter: QPainter, look: Look, room: QRectF, face: Face, text: str) -> None:
    painter.setFont(look.font(looks.KIND))
    if face.badge is Badge.NONE:
        painter.drawText(room, _RIGHT, look.elided(looks.KIND, text, room.width()))
        return
    pill = room.adjusted(0, 4, 0, -4)
    ground, ink = _PILLS[face.badge]
    painter.setPen(look.no_pen)
    painter.setBrush(look.colour(ground))
    painter.drawRoundedRect(pill, 8, 8)
    painter.setPen(look.colour(ink))
    painter.drawText(pill, _CENTRE, look.elided(looks.KIND, text, pill.width() - 4))


_PILLS = {
    Badge.READY: ("meaning.good_ground", "meaning.ready"),
    Badge.WAITS: ("surface.card", "text.normal"),
    Badge.STALE: ("meaning.stale_ground", "meaning.stale"),
    Badge.UPDATED: ("surface.card", "meaning.value"),
    Badge.WRONG: ("meaning.problem_ground", "meaning.problem"),
}


def _paint_mark(painter: QPainter, look: Look, card: CardGeometry, port: int | str, mark: PortMark) -> None:
    centre = QPointF(card.width, card.out) if isinstance(port, str) else QPointF(0, card.ports[port])
    radius, line, filling = mark.value
    paint_port(painter, look.pen(line, 2.5), look.colour(filling), centre, radius)
    if mark is PortMark.REFUSED:
        paint_port_sign(painter, centre)

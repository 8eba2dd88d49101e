"""Paints a card from plain data: the same on the screen, in a picture and in print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen

from gui.canvas import look as looks
from gui.canvas.face import Badge, Face
from gui.canvas.figure_painter import paint_figure
from gui.canvas.geometry import GAP, HEADER, PAD, PORT_RADIUS, CardGeometry
from gui.canvas.look import Look

CORNER = 7.0
FULL_DETAIL = 0.35
"""The scale below which numbers cannot be read and are not painted."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class PortMark(Enum):
    """How a port stands to the wire that is being drawn."""

    FITS = "fits"
    TARGET = "target"
    REFUSED = "refused"


@dataclass(frozen=True)
class Emphasis:
    """What is special about a card at the moment, beside what it shows."""

    is_selected: bool = False
    is_dimmed: bool = False
    marks: Mapping[int | str, PortMark] = field(default_factory=dict)


PLAIN = Emphasis()


def paint_card(
    painter: QPainter, look: Look, card: CardGeometry, face: Face, level: float, emphasis: Emphasis = PLAIN
) -> None:
    """Paint one card with its top left corner at the origin; ``level`` is how large a unit of the scene appears."""
    if emphasis.is_dimmed:
        painter.setOpacity(0.4)
    outline = QRectF(0, 0, card.width, card.height)
    _paint_frame(painter, look, outline, face, emphasis)
    if level < FULL_DETAIL:
        _paint_from_afar(painter, look, outline, face)
    else:
        _paint_header(painter, look, card, face)
        _paint_body(painter, look, card, face)
    if level >= FULL_DETAIL or emphasis.marks:
        _paint_ports(painter, look, card, face, emphasis)


def _paint_frame(painter: QPainter, look: Look, outline: QRectF, face: Face, emphasis: Emphasis) -> None:
    painter.setPen(look.no_pen)
    if emphasis.is_selected:
        painter.setBrush(look.faded("meaning.selection", 0.3))
        painter.drawRoundedRect(outline.adjusted(-6, -6, 6, 6), CORNER + 5, CORNER + 5)
    painter.setBrush(look.colour("surface.shadow"))
    painter.drawRoundedRect(outline.adjusted(-0.5, 1.5, 0.5, 2.5), CORNER, CORNER)
    painter.setBrush(look.colour("surface.card"))
    painter.setPen(_frame_pen(look, face, emphasis))
    painter.drawRoundedRect(outline, CORNER, CORNER)


def _frame_pen(look: Look, face: Face, emphasis: Emphasis) -> QPen:
    if face.is_current:
        return look.pen("meaning.current", 4.0)
    if face.fault:
        return look.pen("meaning.problem", 2.0, Qt.PenStyle.DashLine)
    if emphasis.is_selected:
        return look.pen("meaning.selection", 2.5)
    return look.pen("surface.line", 1.2)


def _paint_from_afar(painter: QPainter, look: Look, outline: QRectF, face: Face) -> None:
    painter.setPen(look.no_pen)
    painter.setBrush(look.group(face.group))
    painter.drawRoundedRect(outline.adjusted(2, 2, -2, -2), CORNER, CORNER)
    painter.setPen(look.colour("text.on_accent"))
    painter.setFont(look.font(looks.AFAR))
    text = look.elided(looks.AFAR, face.title, outline.width() - 16)
    painter.drawText(outline, _CENTRE, text)


def _paint_header(painter: QPainter, look: Look, card: CardGeometry, face: Face) -> None:
    header = QPainterPath()
    header.setFillRule(Qt.FillRule.WindingFill)
    header.addRoundedRect(QRectF(0, 0, card.width, HEADER), CORNER, CORNER)
    header.addRect(QRectF(0, HEADER / 2, card.width, HEADER / 2))
    inset = 2.0 if face.is_current else 0.6
    painter.save()
    painter.setClipRect(QRectF(inset, inset, card.width - 2 * inset, HEADER - inset), Qt.ClipOperation.IntersectClip)
    painter.fillPath(header, look.group(face.group))
    painter.restore()
    chip = QRectF(PAD - 2, 5, 28, HEADER - 10)
    painter.setPen(look.no_pen)
    painter.setBrush(look.colour("surface.chip"))
    painter.drawRoundedRect(chip, 4, 4)
    painter.setPen(look.colour("text.on_accent"))
    painter.setFont(look.font(looks.SYMBOL))
    painter.drawText(chip, _CENTRE, face.symbol)
    right = _paint_place(painter, look, card.width - PAD + 2, face.place)
    _paint_names(painter, look, QRectF(chip.right() + 7, 0, right - chip.right() - 7, HEADER), face)


def _paint_place(painter: QPainter, look: Look, right: float, place: str) -> float:
    """Paint the number in the Kahn order at the right end of the header; return where it begins."""
    if not place:
        return right - 2
    width = max(19.0, look.metrics(looks.LABEL).horizontalAdvance(place) + 10)
    badge = QRectF(right - width, (HEADER - 19) / 2, width, 19)
    painter.setPen(look.no_pen)
    painter.setBrush(look.colour("text.on_accent"))
    painter.drawRoundedRect(badge, 9.5, 9.5)
    painter.setPen(look.colour("surface.chip_ink"))
    painter.setFont(look.font(looks.PLACE))
    painter.drawText(badge, _CENTRE, place)
    return badge.left() - 6


def _paint_names(painter: QPainter, look: Look, room: QRectF, face: Face) -> None:
    """Paint the name, and beside it the type, or what the node waits for; the name has the right of way."""
    name_width = look.metrics(looks.TITLE).horizontalAdvance(face.title) + 1
    beside = face.badge_text or face.kind
    beside_width = look.metrics(looks.KIND).horizontalAdvance(beside) + (12 if face.badge_text else 2)
    left_over = room.width() - min(name_width, room.width() * 0.62 if face.badge_text else room.width()) - 6
    if left_over < min(beside_width, 34.0):
        left_over = 0.0
    name_room = room.width() - (min(beside_width, left_over) + 6 if left_over else 0)
    painter.setPen(look.colour("text.on_accent"))
    painter.setFont(look.font(looks.TITLE))
    painter.drawText(room, _LEFT, look.elided(looks.TITLE, face.title, name_room))
    if left_over:
        width = min(beside_width, left_over)
        _paint_beside(painter, look, QRectF(room.right() - width, 0, width, HEADER), face, beside)


def _paint_beside(painter: QPainter, look: Look, room: QRectF, face: Face, text: str) -> None:
    painter.setFont(look.font(looks.KIND))
    if face.badge is Badge.NONE:
        painter.setPen(look.colour("text.on_accent"))
        painter.drawText(room, _RIGHT, look.elided(looks.KIND, text, room.width()))
        return
    pill = room.adjusted(0, 5.5, 0, -5.5)
    ground, ink = _PILLS[face.badge]
    painter.setPen(look.no_pen)
    painter.setBrush(look.colour(ground))
    painter.drawRoundedRect(pill, 8, 8)
    painter.setPen(look.colour(ink))
    painter.drawText(pill, _CENTRE, look.elided(looks.KIND, text, pill.width() - 6))


_PILLS = {
    Badge.READY: ("meaning.good_ground", "meaning.ready"),
    Badge.WAITS: ("surface.card", "text.normal"),
    Badge.STALE: ("meaning.stale_ground", "meaning.stale"),
}


def _paint_body(painter: QPainter, look: Look, card: CardGeometry, face: Face) -> None:
    painter.setPen(look.pen("surface.line", 1.0))
    middle = HEADER + GAP + card.block
    painter.drawLine(QPointF(card.strip + PAD, middle), QPointF(card.width - PAD, middle))
    paint_figure(painter, look, card.figure(0), face.value, "meaning.value")
    paint_figure(painter, look, card.figure(1), face.gradient, "meaning.gradient")


def _paint_ports(painter: QPainter, look: Look, card: CardGeometry, face: Face, emphasis: Emphasis) -> None:
    painter.setFont(look.font(looks.PORT))
    for port, (name, y) in enumerate(zip(face.ports, card.ports, strict=True)):
        _paint_port(painter, look, QPointF(0, y), port in face.free_ports, emphasis.marks.get(port))
        painter.setPen(look.colour("text.normal"))
        painter.drawText(
            QRectF(PORT_RADIUS + 4, y - 8, card.strip, 16), _LEFT, look.elided(looks.PORT, name, card.strip - 6)
        )
    _paint_port(painter, look, QPointF(card.width, card.out), False, emphasis.marks.get("out"))


def _paint_port(painter: QPainter, look: Look, centre: QPointF, is_free: bool, mark: PortMark | None) -> None:
    radius = PORT_RADIUS
    pen = look.pen("meaning.wire", 2.0, Qt.PenStyle.SolidLine)
    brush = QBrush(look.colour("surface.card"))
    if mark is PortMark.FITS:
        radius, pen, brush = 7.0, look.pen("meaning.good", 2.5), QBrush(look.colour("meaning.good_ground"))
    elif mark is PortMark.TARGET:
        radius, pen, brush = 9.0, look.pen("meaning.good", 3.0), QBrush(look.colour("meaning.good"))
    elif mark is PortMark.REFUSED:
        radius, pen, brush = 9.0, look.pen("meaning.problem", 3.0), QBrush(look.colour("meaning.problem_ground"))
    elif not is_free:
        brush = QBrush(look.colour("meaning.wire"))
    painter.setPen(pen)
    painter.setBrush(brush)
    painter.drawEllipse(centre, radius, radius)
    if mark is PortMark.REFUSED:
        painter.drawLine(centre + QPointF(-3.5, -3.5), centre + QPointF(3.5, 3.5))
        painter.drawLine(centre + QPointF(-3.5, 3.5), centre + QPointF(3.5, -3.5))

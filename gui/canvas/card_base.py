"""What many cards have in common: frame, header, symbol, labels, the names of the ports and the ports."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gui.canvas import look as looks
from gui.canvas.face import Face
from gui.canvas.figure_painter import paint_label
from gui.canvas.geometry import GAP, HEADER, PAD, PORT_RADIUS, CardGeometry
from gui.canvas.look import Look

CORNER = 7.0
CHIP_WIDTH = 28.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


def paint_base(painter: QPainter, look: Look, card: CardGeometry, face: Face) -> None:
    """Paint all of a card but its name, its place and its numbers."""
    paint_frame(painter, look, QRectF(0, 0, card.width, card.height))
    _paint_header(painter, look, card, face)
    painter.setPen(look.pen("surface.line", 1.0))
    middle = HEADER + GAP + card.block
    painter.drawLine(QPointF(card.strip + PAD, middle), QPointF(card.width - PAD, middle))
    paint_label(painter, look, card.figure(0), face.value, "meaning.value")
    paint_label(painter, look, card.figure(1), face.gradient, "meaning.gradient")
    _paint_ports(painter, look, card, face)


def paint_frame(painter: QPainter, look: Look, outline: QRectF) -> None:
    """Paint an empty card and its shadow."""
    painter.setPen(look.no_pen)
    painter.setBrush(look.colour("surface.shadow"))
    painter.drawRoundedRect(outline.adjusted(-0.5, 1.5, 0.5, 2.5), CORNER, CORNER)
    painter.setBrush(look.colour("surface.card"))
    painter.setPen(look.pen("surface.line", 1.2))
    painter.drawRoundedRect(outline, CORNER, CORNER)


def _paint_header(painter: QPainter, look: Look, card: CardGeometry, face: Face) -> None:
    header = QPainterPath(QPointF(0, HEADER))
    header.lineTo(0, CORNER)
    header.arcTo(QRectF(0, 0, 2 * CORNER, 2 * CORNER), 180, -90)
    header.lineTo(card.width - CORNER, 0)
    header.arcTo(QRectF(card.width - 2 * CORNER, 0, 2 * CORNER, 2 * CORNER), 90, -90)
    header.lineTo(card.width, HEADER)
    header.closeSubpath()
    painter.fillPath(header, look.group(face.group))
    chip = QRectF(PAD - 2, 5, CHIP_WIDTH, HEADER - 10)
    painter.setPen(look.no_pen)
    painter.setBrush(look.colour("surface.chip"))
    painter.drawRoundedRect(chip, 4, 4)
    painter.setPen(look.colour("text.on_accent"))
    painter.setFont(look.font(looks.SYMBOL))
    painter.drawText(chip, _CENTRE, face.symbol)


def _paint_ports(painter: QPainter, look: Look, card: CardGeometry, face: Face) -> None:
    painter.setFont(look.font(looks.PORT))
    filled, free = look.colour("meaning.wire"), look.colour("surface.card")
    for port, (name, y) in enumerate(zip(face.ports, card.ports, strict=False)):
        brush = free if port in face.free_ports else filled
        paint_port(painter, look.pen("meaning.wire", 2.0), brush, QPointF(0, y), PORT_RADIUS)
        painter.setPen(look.colour("text.normal"))
        room = QRectF(PORT_RADIUS + 4, y - 8, card.strip, 16)
        painter.drawText(room, _LEFT, look.elided(looks.PORT, name, card.strip - 6))
    paint_port(painter, look.pen("meaning.wire", 2.0), filled, QPointF(card.width, card.out), PORT_RADIUS)


def paint_port(painter: QPainter, pen: QPen, filling: QColor, centre: QPointF, radius: float) -> None:
    """Paint one port."""
    painter.setPen(pen)
    painter.setBrush(filling)
    painter.drawEllipse(centre, radius, radius)


def paint_port_sign(painter: QPainter, centre: QPointF) -> None:
    """Cross a port out."""
    painter.drawLine(centre + QPointF(-3.5, -3.5), centre + QPointF(3.5, 3.5))
    painter.drawLine(centre + QPointF(-3.5, 3.5), centre + QPointF(3.5, -3.5))

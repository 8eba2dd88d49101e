"""Complaint: what is wrong at a node, in words, below its card."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from gui.canvas import look as looks
from gui.canvas.geometry import CardGeometry
from gui.canvas.look import Look

_LEAST_WIDTH = 250.0
_MOST_HEIGHT = 74.0
_GAP = 7.0
_WRAPS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


def complaint_room(card: CardGeometry) -> QRectF:
    """Return where a complaint may be, from the card's top left corner."""
    return QRectF(-1, card.height + _GAP - 1, max(_LEAST_WIDTH, card.width) + 2, _MOST_HEIGHT + 2)


def paint_complaint(painter: QPainter, look: Look, card: CardGeometry, sentence: str) -> None:
    """Paint a sentence below a card, on a ground that says that something is wrong."""
    room = complaint_room(card).adjusted(1, 1, -1, -1)
    text = f"✗ {sentence}"
    needed = look.metrics(looks.KIND).boundingRect(room.adjusted(8, 0, -8, 0), int(_WRAPS), text)
    ground = QRectF(room.left(), room.top(), room.width(), min(_MOST_HEIGHT, needed.height() + 10))
    painter.setPen(look.pen("meaning.problem", 1.0))
    painter.setBrush(look.colour("meaning.problem_ground"))
    painter.drawRoundedRect(ground, 5, 5)
    painter.setPen(look.colour("meaning.problem"))
    painter.setFont(look.font(looks.KIND))
    painter.drawText(ground.adjusted(8, 5, -8, -5), int(_WRAPS), text)

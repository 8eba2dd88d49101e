"""Ghost: where a new card would come."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.card_painter import Sight, paint_card
from gui.canvas.face import Face
from gui.canvas.figure import Figure
from gui.canvas.geometry import CardGeometry
from gui.canvas.gestures import TOP_LAYER
from gui.canvas.look import Look
from gui.canvas.ports import ports_of
from gui.presentation.catalogue import Entry
from miniflow.graph.records import NodeRecord
from miniflow.overriding import override


class Ghost(QGraphicsItem):
    """A translucent card that is not in the document."""

    def __init__(self, card: CardGeometry, look: Look, entry: Entry) -> None:
        super().__init__()
        self._card, self._look = card, look
        ports = ports_of(NodeRecord("", entry.type))
        self._face = Face(
            entry.name, "", entry.symbol, entry.colour_group, ports, Figure(""), Figure(""),
            free_ports=frozenset(range(len(ports))),
        )  # fmt: skip
        self.setOpacity(0.65)
        self.setZValue(TOP_LAYER)

    @override
    def boundingRect(self) -> QRectF:
        return QRectF(-8, -8, self._card.width + 16, self._card.height + 16)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        level = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        paint_card(painter, self._look, self._card, self._face, Sight(level))

"""MarqueeGesture selects what a rectangle touches; CutGesture removes the wires that a stroke crosses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem

from gui.canvas.edge_item import EdgeItem
from gui.canvas.gestures import TOP_LAYER, Gesture
from gui.canvas.node_item import NodeItem
from gui.canvas.note_item import NoteItem
from miniflow.graph import composing
from miniflow.overriding import override

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

translate = QCoreApplication.translate
_PARTS = 24
"""How many straight parts a wire is taken for."""


class MarqueeGesture(Gesture):
    """Selects the cards and notes that a rectangle touches, beside what was selected where ``extends``."""

    def __init__(self, canvas: Canvas, place: QPointF, extends: bool) -> None:
        super().__init__(canvas, place)
        selection = self.workspace.selection
        self._before = selection.chosen
        self._kept, self._kept_wires, self._kept_notes = self._before if extends else ((), (), ())
        self._extends = extends
        self._frame = QGraphicsRectItem()

    @override
    def begin(self) -> None:
        look = self.scene.look
        pen = QPen(look.colour("meaning.selection"), 0, Qt.PenStyle.DashLine)
        self._frame.setPen(pen)
        self._frame.setBrush(look.faded("meaning.selection", 0.12))
        self._frame.setZValue(TOP_LAYER)
        self.scene.addItem(self._frame)

    @override
    def drag(self, place: QPointF) -> None:
        area = QRectF(self.start, self.canvas.to_scene(place)).normalized()
        self._frame.setRect(area)
        touched = self.scene.items(area)
        nodes = [item.node_id for item in touched if isinstance(item, NodeItem) and item.card_rect().intersects(area)]
        notes = [item.record.id for item in touched if isinstance(item, NoteItem) and item.sheet().intersects(area)]
        kept_notes = (*self._kept_notes, *sorted(notes))
        self.workspace.selection.select((*self._kept, *sorted(nodes)), self._kept_wires, kept_notes)

    @override
    def click(self) -> None:
        if not self._extends:
            self.workspace.selection.select()

    @override
    def revert(self) -> None:
        self.workspace.selection.select(*self._before)

    @override
    def clear(self) -> None:
        if self._frame.scene() is not None:
            self.scene.removeItem(self._frame)


class CutGesture(Gesture):
    """Removes every wire that the stroke crosses, as one step to undo."""

    def __init__(self, canvas: Canvas, place: QPointF) -> None:
        super().__init__(canvas, place)
        self._stroke = [self.start]
        self._line = QGraphicsPathItem()

    @override
    def begin(self) -> None:
        pen = QPen(self.scene.look.colour("meaning.problem"), 2, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        self._line.setPen(pen)
        self._line.setZValue(TOP_LAYER)
        self.scene.addItem(self._line)

    @override
    def drag(self, place: QPointF) -> None:
        self._stroke.append(self.canvas.to_scene(place))
        path = QPainterPath()
        path.addPolygon(QPolygonF(self._stroke))
        self._line.setPath(path)

    @override
    def drop(self, place: QPointF) -> None:
        crossed = [
            item
            for item in self.scene.items(self._line.path().controlPointRect().adjusted(-1, -1, 1, 1))
            if isinstance(item, EdgeItem) and crosses(self._stroke, item.path())
        ]
        edits = composing.disconnect(self.workspace.document, sorted(wire.key for wire in crossed))
        self.canvas.do(translate("Canvas", "Cut wires"), edits)

    @override
    def clear(self) -> None:
        if self._line.scene() is not None:
            self.scene.removeItem(self._line)


def crosses(stroke: Sequence[QPointF], line: QPainterPath) -> bool:
    """Tell whether a stroke, given by its points, crosses a line."""
    along = [line.pointAtPercent(step / _PARTS) for step in range(_PARTS + 1)]
    return any(
        QLineF(a, b).intersects(QLineF(c, d))[0] == QLineF.IntersectionType.BoundedIntersection
        for a, b in pairwise(stroke)
        for c, d in pairwise(along)
    )

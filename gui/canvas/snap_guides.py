"""SnapGuides: while cards are dragged, makes them snap, and draws the lines that they snap to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from gui.canvas.background import SPACING
from gui.canvas.gestures import TOP_LAYER
from gui.canvas.node_item import NodeItem
from gui.canvas.pieces import around
from gui.presentation.alignment import Box
from gui.presentation.snapping import Jump, Snap, Tie, covers, snap_to_grid, snap_to_neighbours

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

_REACH_PIXELS = 7.0
_INVERTS = Qt.KeyboardModifier.ControlModifier


class SnapGuides:
    """Made when a drag begins: the cards in sight that stay where they are, and the wires to what is dragged."""

    def __init__(self, canvas: Canvas, grabbed: QRectF, group: Collection[QRectF], dragged: Collection[str]) -> None:
        self._scene = canvas.mirror
        self._reach = _REACH_PIXELS / canvas.navigator.scale
        self._choice = canvas.workspace.snapping
        self._card = _box(grabbed)
        self._group, self._around, self._dragged = [_box(room) for room in group], around(group), {*dragged}
        self._others = self._staying_in(canvas.navigator.visible())
        self._ties = [tie for node in dragged for tie in self._ties_of(node, dragged)]
        self._line = QGraphicsPathItem()
        pen = QPen(self._scene.look.colour("meaning.selection"), 1, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        self._line.setPen(pen)
        self._line.setZValue(TOP_LAYER)
        self._scene.addItem(self._line)

    def snapped(self, delta: QPointF, modifiers: Qt.KeyboardModifier) -> QPointF:
        """Return how far the cards go where the mouse has gone so far, and show the lines that they snap to."""
        snap = self._snap(delta, bool(modifiers & _INVERTS))
        path = QPainterPath()
        for x, y, end_x, end_y in snap.guides:
            path.moveTo(x, y)
            path.lineTo(end_x, end_y)
        self._line.setPath(path)
        return delta + QPointF(snap.across or 0.0, snap.down or 0.0)

    def clear(self) -> None:
        """Take the lines away."""
        self._scene.removeItem(self._line)

    def _snap(self, delta: QPointF, is_inverted: bool) -> Snap:
        to_neighbours, to_grid = self._choice.to_neighbours, self._choice.to_grid
        if is_inverted:
            to_neighbours, to_grid = not (to_neighbours or to_grid), False
        x, y, width, height = self._card
        card = (x + delta.x(), y + delta.y(), width, height)
        found = Snap()
        if to_neighbours:
            ties = [replace(tie, x=tie.x + delta.x(), y=tie.y + delta.y()) for tie in self._ties]
            found = snap_to_neighbours(card, self._others, ties, self._reach, lambda jump: self._may(delta, jump))
        if not to_grid:
            return found
        grid = snap_to_grid(card, SPACING)
        across = grid.across if found.across is None else found.across
        down = grid.down if found.down is None else found.down
        return Snap(across, down, found.guides) if self._may(delta, (across, down)) else found

    def _may(self, delta: QPointF, jump: Jump) -> bool:
        """Tell whether what is dragged may jump from there: it covers no card that stays."""
        if jump == (None, None):
            return True
        x, y = delta.toTuple()
        margin = max(self._reach, SPACING)
        near = self._staying_in(self._around.translated(delta).adjusted(-margin, -margin, margin, margin))
        return not covers([(left + x, top + y, wide, high) for left, top, wide, high in self._group], jump, near)

    def _staying_in(self, area: QRectF) -> list[Box]:
        """Return the cards there that are not dragged."""
        cards = (item for item in self._scene.items(area) if isinstance(item, NodeItem))
        return [_box(card.card_rect()) for card in cards if card.node_id not in self._dragged]

    def _ties_of(self, node: str, dragged: Collection[str]) -> list[Tie]:
        ties = []
        for wire in self._scene.wires_at(node):
            source, consumer = self._scene.nodes[wire.source], self._scene.nodes[wire.consumer]
            start, end = source.out_port(), consumer.in_port(wire.port)
            if wire.source == node and wire.consumer not in dragged:
                ties.append(Tie(start.x(), start.y(), end.x(), end.y()))
            elif wire.consumer == node and wire.source not in dragged:
                ties.append(Tie(end.x(), end.y(), start.x(), start.y()))
        return ties


def _box(rect: QRectF) -> Box:
    return rect.x(), rect.y(), rect.width(), rect.height()

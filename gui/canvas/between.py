"""Between: newcomers go into a wire where there is room for them; if there is none, what stands behind moves along."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF

from gui.canvas.clearance import is_taken, placed, rooms_of
from gui.canvas.making_room import box_of, move_along, standing
from gui.canvas.pieces import around, clear_offset
from gui.canvas.scene import CanvasScene
from gui.presentation.layout.clearing import ROOM
from gui.presentation.layout.parting import WIRE_ROOM, parted
from miniflow.graph.edits import Edit

_MARGIN = 16.0
"""Between the ends of a wire and a newcomer for which it is just long enough."""


def put_between(scene: CanvasScene, edits: Iterable[Edit], wire: tuple[str, int]) -> tuple[Edit, ...]:
    """Return ``edits`` with newcomers, which go into ``wire``, where they cover nothing, and what moves for that."""
    edits = tuple(edits)
    newcomers = rooms_of(scene, edits)
    group = around(newcomers.values())
    corner, moves = _room_for(scene, group, wire)
    by = corner - group.topLeft()
    return (*placed(edits, {id: room.topLeft() + by for id, room in newcomers.items()}), *moves)


def _room_for(scene: CanvasScene, group: QRectF, wire: tuple[str, int]) -> tuple[QPointF, tuple[Edit, ...]]:
    """Return the corner of a group that goes into a wire, and the edits that move what is in its way."""
    if not is_taken(scene, group):
        return group.topLeft(), ()
    ends = scene.wires[wire].ends
    start, end = ends[0].x(), ends[1].x()
    if start < end < start + group.width() + 2 * _MARGIN:
        return _part(scene, group, start)
    if start < end:
        group = QRectF(group)
        group.moveLeft(max(start + _MARGIN, min(group.left(), end - _MARGIN - group.width())))
    return group.topLeft() + QPointF(*clear_offset(scene, [group])), ()


def _part(scene: CanvasScene, group: QRectF, start: float) -> tuple[QPointF, tuple[Edit, ...]]:
    """Let a group stand beside what begins before ``start``, where its wire does; what stands behind moves along."""
    boxes = standing(scene)
    level = [box for box in boxes.values() if box[1] < group.bottom() and group.top() < box[3]]
    rights = [box[2] + ROOM for box in level if box[0] < start and box[2] > start]
    group = QRectF(group)
    group.moveLeft(max([start + WIRE_ROOM, *rights]))
    boxes[None] = box_of(group)
    return group.topLeft(), move_along(scene, parted(boxes, {None: (start, group.top(), start, group.bottom())}))

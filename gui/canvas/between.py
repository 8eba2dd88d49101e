"""Between: newcomers go into a wire where there is room for them; if there is none, what stands behind moves along."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF

from gui.canvas.clearance import is_taken, placed, rooms_of
from gui.canvas.making_room import move_along, standing
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
    start, end = scene.wires[wire].ends
    if start.x() < end.x() < start.x() + group.width() + 2 * _MARGIN:
        return _part(scene, group, start.x(), end.y())
    if start.x() < end.x():
        group = QRectF(group)
        group.moveLeft(max(start.x() + _MARGIN, min(group.left(), end.x() - _MARGIN - group.width())))
    if is_taken(scene, group):
        group = group.translated(*clear_offset(scene, [group]))
    return group.topLeft(), ()


def _part(scene: CanvasScene, group: QRectF, start: float, level: float) -> tuple[QPointF, tuple[Edit, ...]]:
    """Let a group stand beside what begins before ``start``, where its wire does; what stands behind moves along.

    ``level`` is where the wire ends: what it comes to stands behind the group, also if it is not beside it.
    """
    boxes = standing(scene)
    top, bottom = min(group.top(), level), max(group.bottom(), level)
    beside = [box for box in boxes.values() if box[1] < bottom and top < box[3]]
    rights = [box[2] + ROOM for box in beside if box[0] < start and box[2] > start]
    group = group.translated(max([start + WIRE_ROOM, *rights]) - group.left(), 0)
    boxes[None] = (group.left(), top, group.right(), bottom)
    return group.topLeft(), move_along(scene, parted(boxes, {None: (start, top, start, bottom)}))

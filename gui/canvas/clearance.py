"""Clearance: how large newcomers are going to be, and where they cover neither a card nor a note."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsItem

from gui.canvas.geometry import CardGeometry, card_geometry
from gui.canvas.node_item import NodeItem
from gui.canvas.note_item import NoteItem
from gui.canvas.pieces import clear_offset
from gui.canvas.ports import ports_of
from gui.canvas.scene import CanvasScene
from miniflow.graph import composing
from miniflow.graph.edits import AddNode, Connect, Edit
from miniflow.graph.records import GraphRecord, NodeRecord, Zeros, replace
from miniflow.graph.survey import Survey

ROOM = 56.0
"""Between two cards with a wire from one to the other."""
_MARGIN = 8.0


def measures(scene: CanvasScene, edits: Iterable[Edit]) -> dict[str, CardGeometry]:
    """Return the measures that the cards which some edits bring have once all of these are made."""
    nodes: dict[str, NodeRecord] = {}
    for edit in edits:
        match edit:
            case AddNode(node, _):
                nodes[node.id] = node
            case Connect(id, port, _, new) if id in nodes:
                inputs = [*nodes[id].inputs, *[None] * (port + 1 - len(nodes[id].inputs))]
                inputs[port] = new
                nodes[id] = replace(nodes[id], inputs=tuple(inputs))
    feeding = {source for node in nodes.values() for source in node.inputs if source is not None} - nodes.keys()
    shapes = Survey(GraphRecord({id: _stand_in(scene, id) for id in feeding} | nodes)).shapes
    return {id: card_geometry(ports_of(node), shapes[id]) for id, node in nodes.items()}


def clear_of_all(scene: CanvasScene, edits: Iterable[Edit], stays: str) -> tuple[Edit, ...]:
    """Return ``edits`` with newcomers moved, but not ``stays``: those before it end there, and none covers anything."""
    edits = tuple(edits)
    cards = measures(scene, edits)
    places = {edit.node.id: edit.node.position or (0.0, 0.0) for edit in edits if isinstance(edit, AddNode)}
    rooms = {id: QRectF(*place, cards[id].width, cards[id].height) for id, place in places.items()}
    middle = rooms.pop(stays)
    taken = [middle]
    for id, room in rooms.items():
        if room.left() < middle.left():
            room.moveRight(min(room.right(), middle.left() - ROOM))
        else:
            room.moveLeft(max(room.left(), middle.right() + ROOM))
        room.translate(*clear_offset(scene, [room], others=taken))
        places[id] = room.topLeft().toTuple()
        taken.append(room)
    return tuple(
        AddNode(replace(edit.node, position=places[edit.node.id]), edit.index) if isinstance(edit, AddNode) else edit
        for edit in edits
    )


def corner_clear(scene: CanvasScene, corner: QPointF, card: CardGeometry) -> QPointF:
    """Return the nearest corner at or below a place where a card covers neither a card nor a note."""
    room = QRectF(corner.x(), corner.y(), card.width, card.height)
    room.adjust(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
    while any(_covers(found, room) for found in scene.items(room)):
        room.translate(0, composing.ROW / 2)
    return room.topLeft() + QPointF(_MARGIN, _MARGIN)


def _covers(item: QGraphicsItem, room: QRectF) -> bool:
    if isinstance(item, NodeItem):
        return item.card_rect().intersects(room)
    return isinstance(item, NoteItem) and item.sheet().intersects(room)


def _stand_in(scene: CanvasScene, node: str) -> NodeRecord:
    """Return an Input that gives what a card that is there gives, as far as that is known."""
    shape = scene.workspace.structure.shapes.get(node)
    return NodeRecord(node, "Input", value=None if shape is None else Zeros(shape))

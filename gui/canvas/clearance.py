"""Clearance: how large newcomers are going to be, and where they cover neither a card nor a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsItem

from gui.canvas.geometry import CardGeometry, card_geometry
from gui.canvas.node_item import NodeItem
from gui.canvas.note_item import NoteItem
from gui.canvas.pieces import clear_offset
from gui.canvas.ports import ports_of
from gui.canvas.scene import CanvasScene
from gui.presentation.layout.clearing import ROOM
from gui.presentation.layout.parting import WIRE_ROOM
from miniflow.graph import composing
from miniflow.graph.edits import AddNode, Connect, Edit
from miniflow.graph.records import GraphRecord, NodeRecord, Zeros, replace
from miniflow.graph.survey import Survey

_MARGIN = 8.0
_ENDLESS = 1e9


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
    """Return ``edits`` with newcomers where none covers anything, before or behind ``stays``, which is not moved.

    ``stays`` is one of them, or a card that is there already.
    """
    edits = tuple(edits)
    rooms = _in_columns(scene, edits, stays)
    middle = rooms.pop(stays) if stays in rooms else scene.nodes[stays].card_rect()
    taken, places = [middle], {}
    for id, room in rooms.items():
        beyond = _before(middle) if room.left() > middle.left() else _behind(middle)
        room.translate(*clear_offset(scene, [room], others=(*taken, beyond)))
        places[id] = room.topLeft()
        taken.append(room)
    return placed(edits, places)


def in_columns(scene: CanvasScene, edits: Iterable[Edit], stays: str) -> tuple[Edit, ...]:
    """Return ``edits`` with newcomers before or behind one of them, which is not moved, whatever else is there."""
    edits = tuple(edits)
    return placed(edits, {id: room.topLeft() for id, room in _in_columns(scene, edits, stays).items()})


def rooms_of(scene: CanvasScene, edits: Sequence[Edit]) -> dict[str, QRectF]:
    """Return the room that each of the cards takes which some edits bring."""
    cards = measures(scene, edits)
    corners = {edit.node.id: edit.node.position or (0.0, 0.0) for edit in edits if isinstance(edit, AddNode)}
    return {id: QRectF(*corner, cards[id].width, cards[id].height) for id, corner in corners.items()}


def placed(edits: Iterable[Edit], corners: Mapping[str, QPointF]) -> tuple[Edit, ...]:
    """Return ``edits`` with newcomers at other places."""
    places = {id: (round(corner.x(), 2), round(corner.y(), 2)) for id, corner in corners.items()}
    return tuple(
        AddNode(replace(edit.node, position=places[edit.node.id]), edit.index)
        if isinstance(edit, AddNode) and edit.node.id in places
        else edit
        for edit in edits
    )


def _in_columns(scene: CanvasScene, edits: Sequence[Edit], stays: str) -> dict[str, QRectF]:
    """Return the rooms of newcomers moved sideways: those before ``stays`` end before it, others begin behind it."""
    rooms = rooms_of(scene, edits)
    middle = rooms[stays] if stays in rooms else scene.nodes[stays].card_rect()
    for id, room in rooms.items():
        if id != stays and room.left() < middle.left():
            room.moveRight(min(room.right(), middle.left() - WIRE_ROOM))
        elif id != stays:
            room.moveLeft(max(room.left(), middle.right() + WIRE_ROOM))
    return rooms


def corner_clear(scene: CanvasScene, corner: QPointF, card: CardGeometry) -> QPointF:
    """Return the nearest corner at or below a place where a card covers neither a card nor a note."""
    room = QRectF(corner.x(), corner.y(), card.width, card.height)
    while is_taken(scene, room):
        room.translate(0, composing.ROW / 2)
    return room.topLeft()


def is_taken(scene: CanvasScene, room: QRectF) -> bool:
    """Tell whether a card or a note lies in a room, or all but touches it."""
    near = room.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
    return any(_covers(found, near) for found in scene.items(near))


def _before(card: QRectF) -> QRectF:
    """Return all the room from which a wire to a card behind this one would lead back."""
    return QRectF(-_ENDLESS, -_ENDLESS, _ENDLESS + card.right() + WIRE_ROOM - ROOM - 1, 2 * _ENDLESS)


def _behind(card: QRectF) -> QRectF:
    """Return all the room from which a wire to this card would lead back."""
    return QRectF(card.left() - WIRE_ROOM + ROOM + 1, -_ENDLESS, _ENDLESS, 2 * _ENDLESS)


def _covers(item: QGraphicsItem, room: QRectF) -> bool:
    if isinstance(item, NodeItem):
        return item.card_rect().intersects(room)
    return isinstance(item, NoteItem) and item.sheet().intersects(room)


def _stand_in(scene: CanvasScene, node: str) -> NodeRecord:
    """Return an Input that gives what a card that is there gives, as far as that is known."""
    shape = scene.workspace.structure.shapes.get(node)
    return NodeRecord(node, "Input", value=None if shape is None else Zeros(shape))

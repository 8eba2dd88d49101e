"""Making room: what a grown card would cover moves along with all that stands beyond it, in the same step to undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QRectF

from gui.canvas.node_item import NodeItem
from gui.canvas.note_item import NoteItem
from gui.presentation.layout.clearing import Box
from gui.presentation.layout.parting import parted
from gui.presentation.wires import Point
from miniflow.graph import annotating, composing
from miniflow.graph.edits import AddNode, Edit
from miniflow.graph.records import Position

if TYPE_CHECKING:
    from gui.canvas.geometry import CardGeometry
    from gui.canvas.scene import CanvasScene

Item: TypeAlias = "NodeItem | NoteItem"


class MakingRoom(QObject):
    """Adds to whatever makes a card grow the moves of what is in its way."""

    def __init__(self, scene: CanvasScene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._came: set[str] = set()
        self._before: dict[str, Box] = {}
        """The cards that the last edits made larger, or smaller, as they were."""
        scene.workspace.edited.connect(self._forget)
        scene.workspace.crowded.connect(self._make_room)

    def resize(self, item: NodeItem, card: CardGeometry, has_complaint: bool) -> None:
        """Have a card take other measures; what it then covers may have to move, unless it has only just come."""
        before = item.card_rect()
        item.resize(card, has_complaint)
        if item.card_rect() != before and item.node_id not in self._came:
            self._before[item.node_id] = box_of(before)

    def _forget(self, edits: Sequence[Edit]) -> None:
        """Begin anew: these edits are about to be mirrored."""
        self._came = {edit.node.id for edit in edits if isinstance(edit, AddNode)}
        self._before = {}

    def _make_room(self, edits: list[Edit]) -> None:
        nodes, before = self._scene.nodes, self._before
        grown = ((nodes[node], box) for node, box in before.items() if node in nodes)
        outgrown: dict[Item | None, Box] = {item: box for item, box in grown if self._is_near_another(item)}
        if outgrown:
            edits += move_along(self._scene, parted(standing(self._scene), outgrown))

    def _is_near_another(self, item: NodeItem) -> bool:
        near = self._scene.items(item.sceneBoundingRect())
        return any(isinstance(other, (NodeItem, NoteItem)) and other is not item for other in near)


def standing(scene: CanvasScene) -> dict[Item | None, Box]:
    """Return the room of every card and note."""
    cards: Iterable[tuple[Item, QRectF]] = ((item, item.card_rect()) for item in scene.nodes.values())
    notes: Iterable[tuple[Item, QRectF]] = ((item, item.sheet()) for item in scene.notes.items.values())
    return {item: box_of(room) for item, room in (*cards, *notes)}


def move_along(scene: CanvasScene, shifts: Mapping[Item | None, Point]) -> tuple[Edit, ...]:
    """Return the edits that move cards and notes; and that write down where unplaced cards are, if any card moves."""
    document = scene.workspace.document
    nodes = {item.node_id: _moved(item, by) for item, by in shifts.items() if isinstance(item, NodeItem)}
    notes = {item.record.id: _moved(item, by) for item, by in shifts.items() if isinstance(item, NoteItem)}
    settled = [edit for edit in scene.places.settle(document.nodes) if nodes and edit.node not in nodes]
    return (*composing.move(document, nodes), *settled, *annotating.move_notes(document, notes))


def box_of(room: QRectF) -> Box:
    """Return the left, top, right and bottom of a rectangle."""
    return room.left(), room.top(), room.right(), room.bottom()


def _moved(item: Item, by: Point) -> Position:
    return round(item.x() + by[0], 2), round(item.y() + by[1], 2)

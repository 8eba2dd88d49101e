"""Places: where each card stands. A node that the document has not placed is given a place to be shown at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from gui.canvas.arranged import arranged
from gui.presentation.layout import Arrangement
from miniflow.graph.edits import Move
from miniflow.graph.records import NodeRecord, Position

if TYPE_CHECKING:
    from gui.canvas.geometry import CardGeometry

FARTHEST = 1_000_000.0
"""A card that the file places farther out than this is shown here, where a person can still get at it."""


_ROOM = 60.0


def within_reach(position: Position) -> QPointF:
    """Return where what the document places at ``position`` is shown."""
    x, y = position
    return QPointF(max(-FARTHEST, min(FARTHEST, x)), max(-FARTHEST, min(FARTHEST, y)))


class Places:
    """The places of the nodes that the document has not placed: they are shown somewhere, but that is no edit."""

    def __init__(self) -> None:
        self._found: dict[str, QPointF] = {}

    def of(self, node: str, position: Position | None) -> QPointF:
        """Return where the card of a node at ``position`` is shown."""
        if position is None:
            return self._found.get(node, QPointF())
        return within_reach(position)

    def find(self, nodes: Mapping[str, NodeRecord], cards: Mapping[str, CardGeometry]) -> Arrangement:
        """Choose places for the nodes without one, below those that have one; return the arrangement of them."""
        self._found = {}
        unplaced = [node for node in nodes.values() if node.position is None]
        if not unplaced:
            return Arrangement()
        placed = {node.id: node.position for node in nodes.values() if node.position is not None}
        bottoms = [within_reach(position).y() + cards[id].height for id, position in placed.items()]
        found = arranged(unplaced, cards)
        down = max(bottoms) + _ROOM - min(y for _, y in found.positions.values()) if bottoms else 0.0
        moved = Arrangement(
            {node: (x, y + down) for node, (x, y) in found.positions.items()},
            {wire: tuple((x, y + down) for x, y in points) for wire, points in found.way_points.items()},
        )
        self._found = {node: QPointF(*place) for node, place in moved.positions.items()}
        return moved

    def rename(self, old: str, new: str) -> None:
        """Follow a node that was renamed."""
        if old in self._found:
            self._found[new] = self._found.pop(old)

    def settle(self, nodes: Mapping[str, NodeRecord]) -> list[Move]:
        """Return the edits that write down where unplaced nodes are shown, to go with the first move of any node."""
        return [
            Move(node, None, (place.x(), place.y()))
            for node, place in self._found.items()
            if node in nodes and nodes[node].position is None
        ]

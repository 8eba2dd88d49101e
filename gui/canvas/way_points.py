"""Way points: where an arranged long wire passes, so that it runs across no card."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from gui.canvas.edge_item import EdgeItem
from gui.canvas.node_item import NodeItem
from gui.presentation.layout import Arrangement
from gui.presentation.wires import Point


class WayPoints:
    """The way points of what was arranged. A wire's hold for as long as both its ends stay where they were."""

    def __init__(self) -> None:
        self._found: Arrangement = Arrangement()

    def keep(self, arrangement: Arrangement) -> None:
        """Use the way points of this arrangement."""
        self._found = arrangement

    def add(self, arrangement: Arrangement) -> None:
        """Use the way points of this arrangement too, beside those between nodes that it did not place."""
        placed, before = arrangement.positions, self._found
        kept = {wire: way for wire, way in before.way_points.items() if wire[0] not in placed and wire[1] not in placed}
        self._found = Arrangement({**before.positions, **placed}, {**kept, **arrangement.way_points})

    def of(self, wire: EdgeItem, source: NodeItem, consumer: NodeItem) -> tuple[Point, ...]:
        """Return the way points of a wire between two cards, as they stand now."""
        if not self._found.way_points:
            return ()
        points = self._found.way_points.get((wire.source, wire.consumer, wire.port), ())
        places = self._found.positions
        stays = points and all(QPointF(*places[card.node_id]) == card.pos() for card in (source, consumer))
        return tuple(points) if stays else ()

"""Way points: where an arranged long wire passes, so that it runs across no card."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from gui.presentation.layout import Arrangement, Wire
from gui.presentation.wires import Point


class WayPoints:
    """The way points of the last arrangement. A wire's hold for as long as both its ends stay where they were."""

    def __init__(self) -> None:
        self._found: Arrangement = Arrangement()

    def keep(self, arrangement: Arrangement) -> None:
        """Use the way points of this arrangement."""
        self._found = arrangement

    def of(self, wire: Wire, source: QPointF, consumer: QPointF) -> tuple[Point, ...]:
        """Return the way points of a wire between cards that stand at these places."""
        points = self._found.way_points.get(wire, ()) if self._found.way_points else ()
        ends = ((wire[0], source), (wire[1], consumer))
        stays = points and all(QPointF(*self._found.positions[node]) == place for node, place in ends)
        return tuple(points) if stays else ()

"""RoomItem: an item of the scene whose room Qt knows, and of which Qt keeps a picture while that saves work."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem

_NO_PEN = QPen(Qt.PenStyle.NoPen)


class RoomItem(QGraphicsRectItem):
    """Takes up a rectangle, which ``setRect`` changes; what it looks like is its own affair.

    In a frame Qt asks every item near what has changed for its room, several times: in Python that would take longer
    than painting what has changed.
    """

    def __init__(self, room: QRectF) -> None:
        super().__init__(room)
        self.setPen(_NO_PEN)
        self.kept_for = 0.0
        """The dots of the screen in a unit of the viewport, where Qt keeps a picture of this item; else 0."""

    def keep(self, ratio: float) -> None:
        """Have Qt keep a picture, for a screen with so many dots in a unit of the viewport."""
        self.kept_for = ratio
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def let_go(self) -> None:
        """Be painted each time."""
        if self.kept_for:
            self.kept_for = 0.0
            self.setCacheMode(QGraphicsItem.CacheMode.NoCache)

"""Stills: while the canvas moves, or something on it, the cards and short wires in sight are kept as pictures.

Each frame then lays them down as they are. Painting a strip of a card, where a wire has passed or an edge has come
into sight, costs as much as painting all of it; laying down a picture costs next to nothing. At rest nothing is kept:
neither memory for pictures nor a second painting for every number that changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QGraphicsItem

from gui.canvas.edge_item import EdgeItem
from gui.canvas.node_item import NodeItem

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

_REST_MS = 400
_ROOM_KB = 65_536
"""Enough for a screen of 3840 x 2160 that is full of cards."""
_LARGE = 40_000.0
"""Pixels, a card's and a half."""


class Stills(QObject):
    """Has what is in sight kept from the first movement until a moment after the last."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._kept = canvas.mirror.faces.kept
        self._sight = QRectF()
        self._clock = QTimer(self, singleShot=True, interval=_REST_MS)
        self._clock.timeout.connect(self.let_go)
        canvas.mirror.rebuilding.connect(self.let_go)
        QPixmapCache.setCacheLimit(max(_ROOM_KB, QPixmapCache.cacheLimit()))

    def hold(self) -> None:
        """Something moves: keep what is in sight and rests."""
        self._clock.start()
        sight = self._canvas.navigator.visible()
        if sight == self._sight or self._canvas.far_view.is_for(self._canvas.navigator.scale):
            return
        self._sight = sight
        ratio, scale = self._canvas.viewport().devicePixelRatio(), self._canvas.navigator.scale
        for item in self._canvas.mirror.items(sight, Qt.ItemSelectionMode.IntersectsItemBoundingRect):
            if item not in self._kept and _is_worth_it(item, scale):
                item.kept_for = ratio
                item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
                self._kept.add(item)

    def let_go(self) -> None:
        """Paint everything anew from now on."""
        self._clock.stop()
        self._sight = QRectF()
        for item in self._kept:
            if isinstance(item, NodeItem | EdgeItem):
                item.kept_for = 0.0
            item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
        self._kept.clear()


def _is_worth_it(item: QGraphicsItem, scale: float) -> TypeGuard[NodeItem | EdgeItem]:
    """Tell whether to keep an item: any card, but no wire whose picture would be large and almost empty."""
    if isinstance(item, EdgeItem):
        bounds = item.boundingRect()
        return bounds.width() * bounds.height() * scale * scale < _LARGE
    return isinstance(item, NodeItem)

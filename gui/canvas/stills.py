"""Stills: while the canvas moves, or something on it, the cards and wires in sight are kept as pictures.

Each frame then lays them down as they are. Painting a strip of a card, where a wire has passed or an edge has come
into sight, costs as much as painting all of it, and so does a strip of a wire; laying down a picture costs next to
nothing. At rest nothing is kept: neither memory for pictures nor a second painting for every number that changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPixmapCache, QTransform

from gui.canvas.node_item import NodeItem
from gui.canvas.room_item import RoomItem

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

_REST_MS = 400
_ROOM_KB = 65_536
"""Enough for a screen of 3840 x 2160 that is full of cards."""
_ROOM = _ROOM_KB * 1024 / 4
"""The same in dots of the screen."""
_LARGE = 200_000.0
"""The dots from which laying down the picture of a wire, most of it empty, takes as long as painting the wire."""
_BY_BOUNDS = Qt.ItemSelectionMode.IntersectsItemBoundingRect


class Stills(QObject):
    """Has what is in sight kept from the first movement until a moment after the last."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._kept = canvas.mirror.faces.kept
        self._view: QTransform | None = None
        """How the canvas was last looked at."""
        self._has_moved = False
        self._clock = QTimer(self, interval=_REST_MS)
        self._clock.timeout.connect(self._rest)
        canvas.mirror.rebuilding.connect(self.let_go)
        QPixmapCache.setCacheLimit(max(_ROOM_KB, QPixmapCache.cacheLimit()))

    def hold(self) -> None:
        """Something moves: keep what is in sight and rests."""
        self._has_moved = True
        if not self._clock.isActive():
            self._clock.start()
        view = self._canvas.viewportTransform()
        if view != self._view and not self._canvas.far_view.is_for(view.m11()):
            self._view = view
            self._keep_what_is_in_sight()

    def let_go(self) -> None:
        """Paint everything anew from now on."""
        self._clock.stop()
        self._view = None
        for item in self._kept:
            item.let_go()
        self._kept.clear()

    def _rest(self) -> None:
        """Let go once nothing has moved for a while."""
        if not self._has_moved:
            self.let_go()
        self._has_moved = False

    def _keep_what_is_in_sight(self) -> None:
        sight = self._canvas.navigator.visible()
        near = self._canvas.mirror.items(sight, _BY_BOUNDS)
        if len(self._kept) > 2 * len(near):
            for gone in self._kept.keys() - {*near}:
                gone.let_go()
                del self._kept[gone]
        ratio = self._canvas.viewport().devicePixelRatio()
        scale = self._canvas.navigator.scale * ratio
        room = _ROOM - sum(self._kept.values())
        for item in near:  # the cards, which lie above the wires, come first
            if item not in self._kept and isinstance(item, RoomItem):
                dots = _area(item.rect(), sight) * scale * scale
                if dots <= (room if isinstance(item, NodeItem) else min(room, _LARGE)):
                    room -= dots
                    self._kept[item] = dots
                    item.keep(ratio)


def _area(room: QRectF, sight: QRectF) -> float:
    """How large the picture of a room is: of what is larger than the view Qt keeps no more than is in sight."""
    return min(room.width(), sight.width()) * min(room.height(), sight.height())

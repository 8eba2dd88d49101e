"""Extent: the room that the cards take, kept up without looking at them all."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsScene

_ROOM = 1000.0


class Extent:
    """A rectangle around all cards, perhaps too large after some have gone; Qt's index of items spans it."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self.area = QRectF()

    def grow(self, area: QRectF) -> None:
        """Hold ``area`` too. The index is made anew only now and then, since it is given room to spare."""
        self.area = self.area.united(area)
        if not self._scene.sceneRect().contains(area):
            room = max(area.width(), area.height(), 2 * _ROOM) / 2
            self._scene.setSceneRect(self._scene.sceneRect().united(area).adjusted(-room, -room, room, room))


class Changes:
    """Which nodes have come, gone, moved or been wired since somebody last asked."""

    def __init__(self) -> None:
        self._nodes: set[str] | None = None

    def add(self, nodes: Iterable[str]) -> None:
        """These have changed."""
        if self._nodes is not None:
            self._nodes.update(nodes)

    def add_everything(self) -> None:
        """Another document is shown."""
        self._nodes = None

    def take(self) -> set[str] | None:
        """Return the nodes that changed; None where it is everything."""
        nodes, self._nodes = self._nodes, set()
        return nodes

"""Aligning: brings the selected cards into line, or spaces them evenly, as one step to undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.presentation.alignment import Box, aligned, distributed
from miniflow.graph import composing
from miniflow.graph.records import Position

if TYPE_CHECKING:
    from gui.canvas.view import Canvas


class Aligning(QObject):
    """Hears what the menus ask for, and measures the cards for it."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        canvas.workspace.viewport.align.connect(self.align)
        canvas.workspace.viewport.distribute.connect(self.distribute)

    def align(self, edge: str) -> None:
        """Bring the selected cards into line."""
        self._move(self.tr("Align"), aligned(self._boxes(), edge))

    def distribute(self, way: str) -> None:
        """Leave the same room between the selected cards."""
        self._move(self.tr("Distribute"), distributed(self._boxes(), way))

    def _boxes(self) -> dict[str, Box]:
        self._canvas.arranger.finish()
        items = self._canvas.mirror.nodes
        chosen = [items[node] for node in self._canvas.workspace.selection.nodes if node in items]
        return {item.node_id: (item.x(), item.y(), item.card.width, item.card.height) for item in chosen}

    def _move(self, text: str, places: Mapping[str, Position]) -> None:
        document = self._canvas.workspace.document
        edits = composing.move(document, places)
        if edits:
            settled = self._canvas.mirror.places.settle(document.nodes)
            self._canvas.do(text, (*edits, *(edit for edit in settled if edit.node not in places)))

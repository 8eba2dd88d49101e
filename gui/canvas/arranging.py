"""Arranging: the layout as a command, and the cards that glide to where it puts them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation

from gui.canvas.arranged import arranged
from miniflow.graph import composing
from miniflow.graph.edits import Edit, Move

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

_GLIDE_MS = 350
_MOST_GLIDING = 400
"""With more cards than this, they are simply there."""


class Arranger(QObject):
    """Lays the graph, or the selection, out as one step to undo; the cards glide to where the document has them."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._workspace = canvas.workspace
        self._from: dict[str, QPointF] = {}
        self._glide = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=_GLIDE_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._glide.valueChanged.connect(self._show)
        self._glide.finished.connect(self.finish)
        self._workspace.viewport.arrange.connect(self.arrange)
        self._workspace.edited.connect(self.finish)
        canvas.mirror.rebuilding.connect(self.finish)

    @property
    def is_gliding(self) -> bool:
        """Whether cards are on their way."""
        return bool(self._from)

    def arrange(self) -> None:
        """Arrange what is selected, where that is more than one node, or else everything."""
        self.finish()
        document, items = self._workspace.document, self._canvas.mirror.nodes
        chosen = self._workspace.selection.nodes
        only = chosen if len(chosen) > 1 else None
        places = {node: (item.x(), item.y()) for node, item in items.items()}
        cards = {node: item.card for node, item in items.items()}
        found = arranged(document.nodes.values(), cards, only, places)
        settled = self._canvas.mirror.places.settle(document.nodes)
        edits = composing.move(document, found.positions)
        edits += tuple(edit for edit in settled if edit.node not in found.positions)
        way_points = self._canvas.mirror.way_points
        if only is None:
            way_points.keep(found)
        else:
            way_points.add(found)
        if edits and self._workspace.do(self.tr("Arrange"), *edits):
            if only is None:
                self._canvas.navigator.fit_all()
            self.glide(edits)

    def glide(self, edits: Iterable[Edit]) -> None:
        """Have the cards that these edits moved, which were just made, glide there from where they stood."""
        mirror = self._canvas.mirror
        moves = [edit for edit in edits if isinstance(edit, Move) and edit.node in mirror.nodes]
        before = {move.node: mirror.places.of(move.node, move.old) for move in moves}
        self._from = {node: place for node, place in before.items() if place != mirror.nodes[node].pos()}
        if self._canvas.isVisible() and 0 < len(self._from) <= _MOST_GLIDING:
            self._show(0.0)
            self._glide.start()
        else:
            self.finish()

    def finish(self) -> None:
        """Have every card stand where the document has it, at once."""
        if self._from:
            gliding, self._from = self._from, {}
            self._glide.stop()
            mirror, document = self._canvas.mirror, self._workspace.document
            for node in gliding.keys() & mirror.nodes.keys():
                mirror.nodes[node].setPos(mirror.places.of(node, document.nodes[node].position))
            mirror.route_wires_at(gliding)
            mirror.detours.find(dict.fromkeys(wire for node in gliding for wire in mirror.wires_at(node)))

    def _show(self, part: float) -> None:
        mirror, document = self._canvas.mirror, self._workspace.document
        for node, start in self._from.items():
            if node in mirror.nodes:
                end = mirror.places.of(node, document.nodes[node].position)
                mirror.nodes[node].setPos(start + (end - start) * part)
        mirror.route_wires_at(self._from)

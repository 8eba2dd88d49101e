"""MoveGesture: pressing on a card selects it, dragging moves all that is selected, as one step to undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF
from typing_extensions import override

from gui.canvas.gestures import Gesture
from gui.canvas.snap_guides import SnapGuides
from miniflow.graph.edits import Edit, Move

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

translate = QCoreApplication.translate


class MoveGesture(Gesture):
    """Selects and moves cards. ``extends``: the press adds to the selection, or takes away from it."""

    def __init__(self, canvas: Canvas, place: QPointF, node: str, extends: bool) -> None:
        super().__init__(canvas, place)
        self.node = node
        self._extends = extends
        self._was_selected = node in self.workspace.selection.nodes
        self._from: dict[str, QPointF] = {}
        self._guides: SnapGuides | None = None
        if not self._was_selected:
            others = self.workspace.selection.nodes if extends else ()
            self.workspace.selection.select((*others, node))

    @override
    def begin(self) -> None:
        nodes = self.workspace.selection.nodes
        self._from = {node: self.scene.nodes[node].pos() for node in nodes if node in self.scene.nodes}
        if self.node in self._from:
            self._guides = SnapGuides(self.canvas, self.node, self._from.keys())

    @override
    def drag(self, place: QPointF) -> None:
        delta = self.canvas.to_scene(place) - self.start
        self._shift(delta if self._guides is None else self._guides.snapped(delta, self.modifiers))

    @override
    def drop(self, place: QPointF) -> None:
        self.drag(place)
        self.canvas.move_nodes(self._from)

    @override
    def click(self) -> None:
        selection = self.workspace.selection
        if self._was_selected and self._extends:
            selection.select(node for node in selection.nodes if node != self.node)
        elif self._was_selected:
            selection.select((self.node,))

    @override
    def revert(self) -> None:
        self._shift(QPointF())

    @override
    def clear(self) -> None:
        if self._guides is not None:
            self._guides.clear()
            self._guides = None

    def _shift(self, delta: QPointF) -> None:
        for node, place in self._from.items():
            if node in self.scene.nodes:
                self.scene.nodes[node].setPos(place + delta)
        self.scene.route_wires_at(self._from)


def move_edits(canvas: Canvas, nodes: list[str]) -> list[Edit]:
    """Return the edits that write down where these cards are shown now, and where those are that had no place yet."""
    document = canvas.workspace.document
    edits: list[Edit] = []
    for node in nodes:
        item, old = canvas.mirror.nodes[node], document.nodes[node].position
        new = (round(item.x(), 2), round(item.y(), 2))
        if new != old:
            edits.append(Move(node, old, new))
    if edits:
        edits += [edit for edit in canvas.mirror.places.settle(document.nodes) if edit.node not in nodes]
    return edits

"""Walking: from one thing on the canvas to the next by keys, along the wires where there are some, else by place."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, QPointF

from gui.canvas.node_item import NodeItem
from gui.canvas.note_item import NoteItem
from gui.canvas.scene import CanvasScene

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

Stop: TypeAlias = "NodeItem | NoteItem"
"""What one can stand on while walking with the arrows."""
_WIDEST = 3.0
"""What lies more than so many times as far to the side as ahead is beside, not ahead."""
_DETOUR = 3.0
"""To the side, each step counts as so many ahead: what lies straight ahead comes before what is nearer, but aside."""


class Walking(QObject):
    """Selects the next node or note in a direction, or the next wire of a node, and brings it into sight."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._selection = canvas.workspace.selection
        self._home: str | None = None
        """The node whose wires are being walked."""
        canvas.workspace.viewport.next_wire.connect(self.to_next_wire)

    def go(self, direction: QPointF) -> None:
        """Go to the next node or note; from a wire, to the node at its left or right end."""
        found = self._end_of_wire(direction) or neighbour(self._canvas.mirror, self._here(), direction)
        if isinstance(found, NodeItem):
            self._selection.select((found.node_id,))
            self._canvas.navigator.bring(found.card_rect())
        elif found is not None:
            self._selection.select((), (), (found.record.id,))
            self._canvas.navigator.bring(found.sheet())

    def to_next_wire(self) -> None:
        """Select the next wire of the selected node, or of the node whose wire is selected."""
        wires = [(wire.source, wire.consumer, wire.port) for wire in self._canvas.mirror.wires_at(self._find_home())]
        if wires:
            chosen = self._selection.wires[-1] if self._selection.wires else None
            following = wires[(wires.index(chosen) + 1) % len(wires)] if chosen in wires else wires[0]
            self._selection.select((), (following,))
            self._canvas.navigator.bring(self._canvas.mirror.wires[following[1:]].path().controlPointRect())

    def _find_home(self) -> str:
        """Return whose wires to walk: the selected node, or the one where this began, if the wire is one of its."""
        if self._selection.current is not None:
            self._home = self._selection.current
        elif self._selection.wires:
            source, consumer, _ = self._selection.wires[-1]
            self._home = self._home if self._home in (source, consumer) else consumer
        return self._home or ""

    def _end_of_wire(self, direction: QPointF) -> Stop | None:
        if self._selection.nodes or self._selection.notes or not self._selection.wires:
            return None
        source, consumer, _ = self._selection.wires[-1]
        return self._canvas.mirror.nodes.get(source if direction.x() < 0 or direction.y() < 0 else consumer)

    def _here(self) -> Stop | None:
        mirror, selection = self._canvas.mirror, self._selection
        return mirror.nodes.get(selection.current or "") or mirror.notes.items.get(selection.current_note or "")


def neighbour(scene: CanvasScene, here: Stop | None, direction: QPointF) -> Stop | None:
    """Return what comes next in a direction: a node that this one is wired to, or else the nearest that lies there."""
    if here is None:
        return next(iter(scene.nodes.values()), None) or next(iter(scene.notes.items.values()), None)
    wired: list[str] = []
    if isinstance(here, NodeItem) and direction.x() < 0:
        inputs = scene.workspace.document.nodes[here.node_id].inputs
        wired = [source for source in inputs if source is not None]
    elif isinstance(here, NodeItem) and direction.x() > 0:
        wired = [consumer for consumer, _ in scene.workspace.document.consumers(here.node_id)]
    return scene.nodes[wired[0]] if wired else _nearest(scene, here, direction)


def _nearest(scene: CanvasScene, here: Stop, direction: QPointF) -> Stop | None:
    start = _middle(here)

    def cost(other: Stop) -> float:
        away = _middle(other) - start
        along = QPointF.dotProduct(away, direction)
        across = abs(away.x() * direction.y()) + abs(away.y() * direction.x())
        return along + _DETOUR * across if along > across / _WIDEST else float("inf")

    others: list[Stop] = [*scene.nodes.values(), *scene.notes.items.values()]
    best = min((other for other in others if other is not here), key=cost, default=None)
    return best if best is not None and cost(best) < float("inf") else None


def _middle(stop: Stop) -> QPointF:
    return stop.card_rect().center() if isinstance(stop, NodeItem) else stop.sheet().center()

"""FarView: the whole graph in a few strokes, for when it is so far away that cards are mere patches of colour."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui.canvas.card_painter import FULL_DETAIL
from gui.canvas.faces import symbol_and_group
from gui.canvas.run_mirror import RunMirror
from gui.canvas.scene import CanvasScene

_ALWAYS_BELOW = 0.12
_MANY = 250
"""With more nodes than this, cards become patches as soon as their numbers cannot be read."""


class FarView(QObject):
    """Paints every card as a patch and every wire as a straight line: one call for each colour."""

    def __init__(self, scene: CanvasScene, run: RunMirror) -> None:
        super().__init__(scene)
        self._scene = scene
        self._run = run
        self._patches: dict[str, dict[str, QRectF]] = {}
        self._group_of: dict[str, str] = {}
        self._lines: dict[tuple[str, int], QLineF] = {}

    def is_for(self, scale: float) -> bool:
        """Tell whether this, rather than cards, is what to show at a scale."""
        return scale < _ALWAYS_BELOW or (scale < FULL_DETAIL and len(self._scene.nodes) > _MANY)

    def paint(self, painter: QPainter) -> None:
        """Paint the graph; the painter is in the coordinates of the scene."""
        self._catch_up()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        look = self._scene.look
        self._paint_notes(painter)
        painter.setPen(QPen(look.colour("meaning.wire"), 0))
        painter.drawLines(list(self._lines.values()))
        painter.setPen(look.no_pen)
        for group, patches in self._patches.items():
            painter.setBrush(look.group(group))
            painter.drawRects(list(patches.values()))
        self._paint_live(painter)
        self._paint_frames(painter)

    def _paint_notes(self, painter: QPainter) -> None:
        """Paint the notes whole, since they are few: their words are for reading from afar."""
        level = painter.worldTransform().m11()
        sight = painter.worldTransform().inverted()[0].mapRect(QRectF(painter.viewport()))
        for item in self._scene.notes.items.values():
            if item.sheet().intersects(sight):
                painter.translate(item.pos())
                item.paint_at(painter, level, item.is_selected)
                painter.translate(-item.pos())

    def _paint_live(self, painter: QPainter) -> None:
        for key, flow in self._run.live.items():
            if key in self._lines:
                pen = QPen(self._scene.look.colour(flow.colour), 3)
                pen.setCosmetic(True)
                painter.setPen(pen)
                painter.drawLine(self._lines[key])

    def _paint_frames(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        selected = self._scene.workspace.selection.nodes
        current = (self._run.current,) if self._run.current else ()
        for nodes, colour in ((selected, "meaning.selection"), (current, "meaning.current")):
            pen = QPen(self._scene.look.colour(colour), 3)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRects([self._scene.nodes[node].card_rect() for node in nodes if node in self._scene.nodes])

    def _catch_up(self) -> None:
        """Learn what has changed since the last time: all that was moved, or everything."""
        changes = self._scene.changes.take()
        if changes is None:
            self._patches, self._group_of, self._lines = {}, {}, {}
            changes = set(self._scene.nodes)
            wires = list(self._scene.wires.values())
        else:
            wires = [wire for node in changes for wire in self._scene.wires_at(node)]
        for node in changes:
            self._patch(node)
        for wire in wires:
            start, end = self._scene.nodes[wire.source], self._scene.nodes[wire.consumer]
            self._lines[wire.key] = QLineF(start.out_port(), end.in_port(wire.port))

    def _patch(self, node: str) -> None:
        item = self._scene.nodes[node]
        group = self._group_of.get(node) or symbol_and_group(self._scene.workspace.document.nodes[node])[1]
        self._group_of[node] = group
        self._patches.setdefault(group, {})[node] = item.card_rect()

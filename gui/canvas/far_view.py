"""FarView: the whole graph in a few strokes, for when it is so far away that cards are mere patches of colour."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

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
        self._into: dict[str, set[tuple[str, int]]] = {}
        """The lines that end at each node."""

    def is_for(self, scale: float) -> bool:
        """Tell whether this, rather than cards, is what to show at a scale."""
        return scale < _ALWAYS_BELOW or (scale < FULL_DETAIL and len(self._scene.nodes) > _MANY)

    def paint(self, painter: QPainter) -> None:
        """Paint the graph; the painter is in the coordinates of the scene."""
        self._catch_up()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_notes(painter)
        self._paint_graph(painter, self._scene.look.colour("meaning.wire"))
        self._paint_live(painter)
        self._paint_frames(painter)

    def paint_plan(self, painter: QPainter) -> None:
        """Paint where cards, notes and wires are, and nothing of a run or a selection."""
        self._catch_up()
        look = self._scene.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for item in self._scene.notes.items.values():
            painter.setPen(QPen(look.colour(f"note.{item.record.colour}_edge"), 0))
            painter.setBrush(look.colour(f"note.{item.record.colour}"))
            painter.drawRect(item.sheet())
        self._paint_graph(painter, look.faded("meaning.wire", 0.5))

    def _paint_graph(self, painter: QPainter, wires: QColor) -> None:
        look = self._scene.look
        painter.setPen(QPen(wires, 0))
        painter.drawLines(list(self._lines.values()))
        painter.setPen(look.no_pen)
        for group, patches in self._patches.items():
            painter.setBrush(look.group(group))
            painter.drawRects(list(patches.values()))

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
        framed = ((selected, "selection"), (self._run.wrong, "problem"), (current, "current"))
        for nodes, colour in framed:
            pen = QPen(self._scene.look.colour(f"meaning.{colour}"), 3)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRects([self._scene.nodes[node].card_rect() for node in nodes if node in self._scene.nodes])

    def _catch_up(self) -> None:
        """Learn what has changed since the last time: all that an edit or the mouse has touched, or everything."""
        changes = self._scene.changes.take()
        if changes is None:
            self._patches, self._group_of, self._lines, self._into = {}, {}, {}, {}
            changes = set(self._scene.nodes)
            wires = list(self._scene.wires.values())
        else:
            for node in changes:
                self._forget(node)
            wires = [wire for node in changes for wire in self._scene.wires_at(node)]
        for node in changes & self._scene.nodes.keys():
            self._patch(node)
        for wire in wires:
            start, end = self._scene.nodes[wire.source], self._scene.nodes[wire.consumer]
            self._lines[wire.key] = QLineF(start.out_port(), end.in_port(wire.port))
            self._into.setdefault(wire.consumer, set()).add(wire.key)

    def _forget(self, node: str) -> None:
        group = self._group_of.pop(node, None)
        if group is not None:
            del self._patches[group][node]
        for key in self._into.pop(node, ()):
            self._lines.pop(key, None)

    def _patch(self, node: str) -> None:
        group = symbol_and_group(self._scene.workspace.document.nodes[node])[1]
        self._group_of[node] = group
        self._patches.setdefault(group, {})[node] = self._scene.nodes[node].card_rect()

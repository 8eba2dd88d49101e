"""The same drawing in NodeGraphQt, the best known node editor in Python: what the canvas is measured against."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from NodeGraphQt import BaseNode, NodeGraph
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from miniflow.graph.records import GraphRecord

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PORTS = 2


class Card(BaseNode):  # type: ignore[misc]
    __identifier__ = "bench"

    def __init__(self) -> None:
        super().__init__()
        for port in range(PORTS):
            self.add_input(f"in {port}")
        self.add_output("out")


class InNodeGraphQt:
    """A view of NodeGraphQt as large as the canvas."""

    def __init__(self) -> None:
        self.graph = NodeGraph()
        self.graph.register_node(Card)
        self.nodes: dict[str, Any] = {}
        self.view = self.graph.viewer()
        self.graph.widget.resize(1280, 800)
        self.graph.widget.show()

    def populate(self, record: GraphRecord) -> None:
        """Draw every node and wire in the way that costs it least: selecting nothing and with nothing to undo."""
        create = self.graph.create_node
        for id, node in record.nodes.items():
            self.nodes[id] = create("bench.Card", id, selected=False, pos=node.position, push_undo=False)
        for id, node in record.nodes.items():
            for port, source in enumerate(node.inputs):
                self.nodes[id].input(port).connect_to(self.nodes[source].output(0), push_undo=False, emit_signal=False)
        QApplication.processEvents()

    def look_at(self, part: QRectF) -> None:
        """Bring a part of the drawing into sight."""
        self.view.set_scene_rect(part.getRect())
        QApplication.processEvents()

    def pan(self, part: QRectF, frames: Any) -> float:
        """Cost of a frame of panning there."""
        shifts = cycle([part.translated(7, 5), part])
        return float(frames(lambda: self.look_at(next(shifts))))

    def drag(self, part: QRectF, node: str, places: Iterator[QPoint], frames: Any) -> float:
        """Cost of a frame of dragging one node there, from place to place."""
        self.look_at(part)
        viewport, card = self.view.viewport(), self.nodes[node].view
        start = self.view.mapFromScene(card.sceneBoundingRect().center().x(), card.sceneBoundingRect().top() + 12)
        QTest.mousePress(viewport, LEFT, NO_KEY, start)

        def frame() -> None:
            QTest.mouseMove(viewport, start + next(places))
            QApplication.processEvents()

        place = card.pos()
        cost = float(frames(frame))
        QTest.mouseRelease(viewport, LEFT, NO_KEY, start)
        card.setPos(place)
        return cost

    def fit(self, part: QRectF, frames: Any) -> float:
        """Cost of a frame of all that is in sight there."""
        self.look_at(part)

        def frame() -> None:
            self.view.viewport().update()
            QApplication.processEvents()

        return float(frames(frame))

"""Speaking: the selected node or wire in words, for people who hear the canvas instead of seeing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QTimer

from gui.canvas.ports import ports_of
from gui.presentation import numbers

if TYPE_CHECKING:
    from gui.canvas.view import Canvas


class Speaking(QObject):
    """Keeps the canvas' accessible description about what is selected, once after each burst of changes."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._workspace = canvas.workspace
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._speak)
        self._workspace.selection.changed.connect(self._soon.start)
        self._workspace.readings.changed.connect(self._soon.start)
        self._workspace.edited.connect(self._hear)
        self._workspace.document_replaced.connect(self._soon.start)

    def words(self) -> str:
        """Return what is selected in words; empty where nothing is."""
        selection, nodes = self._workspace.selection, self._workspace.document.nodes
        known = [node for node in selection.nodes if node in nodes]
        if len(known) == 1:
            return self._of_node(known[0])
        if known:
            return self.tr("{0} nodes are selected").format(len(known))
        wires = [wire for wire in selection.wires if wire[1] in nodes]
        return "; ".join(self._of_wire(*wire) for wire in wires)

    def _hear(self, _edits: object) -> None:
        self._soon.start()

    def _speak(self) -> None:
        words = self.words()
        if words != self._canvas.accessibleDescription():
            self._canvas.setAccessibleDescription(words)  # Qt tells assistive technology of it

    def _of_node(self, node: str) -> str:
        record, reading = self._workspace.document.nodes[node], self._workspace.readings.of(node)
        parts = [f"{record.type} {node}"]
        for port, name in enumerate(ports_of(record)):
            source = record.inputs[port] if port < len(record.inputs) else None
            words = self.tr("input {0}, from {1}").format(name, source)
            parts.append(self.tr("input {0}, free").format(name) if source is None else words)
        feeds = dict.fromkeys(consumer for consumer, _ in self._workspace.document.consumers(node))
        if feeds:
            parts.append(self.tr("feeds {0}").format(", ".join(feeds)))
        if reading.stale:
            parts.append(self.tr("its numbers are stale"))
        else:
            parts.append(self.tr("value {0}").format(self._number(reading.value)))
            parts.append(self.tr("gradient {0}").format(self._number(reading.gradient)))
        return ", ".join(parts)

    def _of_wire(self, source: str, consumer: str, port: int) -> str:
        name = ports_of(self._workspace.document.nodes[consumer])[port]
        return self.tr("Wire from {0} to {1}, input {2}").format(source, consumer, name)

    def _number(self, array: Any) -> str:
        if array is None:
            return self.tr("not computed")
        if np.size(array) == 1:
            return numbers.exact(float(np.reshape(array, ())))
        return self.tr("of shape {0}").format(numbers.shape(np.shape(array)))

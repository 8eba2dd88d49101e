"""Spoken: the parts of the graph in words, for people who hear the canvas instead of seeing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from gui.canvas.ports import ports_of
from gui.presentation import numbers
from gui.widgets.note_words import note_name
from gui.widgets.sentences import say

if TYPE_CHECKING:
    from gui.workspace import Workspace

translate = QCoreApplication.translate


class Spoken:
    """Puts what a workspace shows into words. Whoever asks for a part has made sure that it is there."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def selection(self) -> str:
        """Return what is selected; empty where nothing is."""
        selection, document = self._workspace.selection, self._workspace.document
        nodes = [node for node in selection.nodes if node in document.nodes]
        if len(nodes) == 1:
            return f"{self.node(nodes[0])}, {self.about_node(nodes[0])}"
        if nodes:
            return translate("Speaking", "{0} nodes are selected").format(len(nodes))
        wires = [self.wire(consumer, port) for _, consumer, port in selection.wires if consumer in document.nodes]
        return "; ".join(wires + [self.note(note) for note in selection.notes if note in document.notes])

    def node(self, node: str) -> str:
        """Return what a node is called: its type and its name."""
        return f"{self._workspace.document.nodes[node].type} {node}"

    def about_node(self, node: str) -> str:
        """Return what is wrong with a node, where its inputs come from, what it feeds, its value and its gradient."""
        record, fault = self._workspace.document.nodes[node], self._workspace.structure.misfits.get(node)
        parts = [] if fault is None else [say(fault)]
        if record.trainable:
            parts.append(translate("Speaking", "trainable"))
        parts += [self._port(node, port) for port in range(len(ports_of(record)))]
        feeds = dict.fromkeys(consumer for consumer, _ in self._workspace.document.consumers(node))
        if feeds:
            parts.append(translate("Speaking", "feeds {0}").format(", ".join(feeds)))
        return ", ".join((*parts, self.numbers(node)))

    def numbers(self, node: str) -> str:
        """Return the value and the gradient that a node shows now."""
        reading = self._workspace.readings.of(node)
        if reading.stale:
            return translate("Speaking", "its numbers are stale")
        value = translate("Speaking", "value {0}").format(_number(reading.value))
        return f"{value}, {translate('Speaking', 'gradient {0}').format(_number(reading.gradient))}"

    def port(self, node: str, port: int) -> str:
        """Return what an in port is called: its node, its own name and where its value comes from."""
        return f"{self.node(node)}, {self._port(node, port)}"

    def out_port(self, node: str) -> str:
        """Return what the out port is called."""
        return translate("Speaking", "{0}, output").format(self.node(node))

    def wire(self, consumer: str, port: int) -> str:
        """Return what the wire into a port is called: both its ends."""
        record = self._workspace.document.nodes[consumer]
        words = translate("Speaking", "Wire from {0} to {1}, input {2}")
        return words.format(record.inputs[port], consumer, ports_of(record)[port])

    def note(self, note: str) -> str:
        """Return what a note is called: its colour and how it begins."""
        return note_name(self._workspace.document.notes[note])

    def _port(self, node: str, port: int) -> str:
        record = self._workspace.document.nodes[node]
        name = ports_of(record)[port]
        source = record.inputs[port] if port < len(record.inputs) else None
        if source is None:
            return translate("Speaking", "input {0}, free").format(name)
        return translate("Speaking", "input {0}, from {1}").format(name, source)


def _number(array: Any) -> str:
    import numpy as np

    if array is None:
        return translate("Speaking", "not computed")
    if np.size(array) == 1:
        return numbers.exact(float(np.reshape(array, ())))
    return translate("Speaking", "of shape {0}").format(numbers.shape(np.shape(array)))

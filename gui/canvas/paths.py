"""Paths: every way from the cost back to the selected node, since along each of them a part of its gradient comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from gui.canvas.scene import CanvasScene, InPort
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import AddNode, Connect, Edit, RemoveNode, Rename, SetOutput
from miniflow.graph.structure import Structure


class Paths(QObject):
    """Marks the wires between the selected node and the cost."""

    def __init__(self, scene: CanvasScene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._marked: set[InPort] = set()
        self._workspace = scene.workspace
        self._workspace.selection.changed.connect(self._follow)
        self._workspace.edited.connect(self._hear)
        scene.rebuilding.connect(self._marked.clear)

    def _hear(self, edits: Sequence[Edit]) -> None:
        if any(isinstance(edit, AddNode | RemoveNode | Connect | Rename | SetOutput) for edit in edits):
            self._follow()

    def _follow(self) -> None:
        chosen = self._workspace.selection.nodes
        wanted = wires_between(self._workspace.structure, chosen[0]) if len(chosen) == 1 else set()
        for key in self._marked | wanted:
            wire = self._scene.wires.get(key)
            if wire is not None:
                wire.show_state(replace(wire.state, is_on_path=key in wanted))
        self._marked.clear()
        self._marked |= wanted


def wires_between(structure: Structure, node: str) -> set[InPort]:
    """Return the wires on any way from a node to the output; none where the output does not depend on it."""
    document = structure.drawing
    if node not in document.nodes or not document.consumers(node):
        return set()
    output = structure.output
    wires = _wires_behind(document, node)
    if output is None or not any(consumer == output for consumer, _ in wires):
        return set()
    useful, waiting = {output}, [output]
    while waiting:
        record = document.nodes[waiting.pop()]
        for source in record.inputs:
            if source is not None and source not in useful:
                useful.add(source)
                waiting.append(source)
    return {(consumer, port) for consumer, port in wires if consumer in useful}


def _wires_behind(document: GraphDocument, node: str) -> set[InPort]:
    found: set[InPort] = set()
    seen, waiting = {node}, [node]
    while waiting:
        for consumer, port in document.consumers(waiting.pop()):
            found.add((consumer, port))
            if consumer not in seen:
                seen.add(consumer)
                waiting.append(consumer)
    return found

"""Highlights: which cards and wires are selected, under the mouse, or lit up while a wire is drawn."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from gui.canvas.card_painter import PLAIN, Emphasis, PortMark
from gui.canvas.edge_item import EdgeItem
from gui.canvas.fitting import fitting_ports
from gui.canvas.hits import Port
from gui.canvas.paths import Paths
from gui.canvas.scene import CanvasScene, InPort


class Highlights(QObject):
    """Keeps the emphasis of cards and wires; touches only those whose emphasis changes."""

    def __init__(self, scene: CanvasScene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._paths = Paths(scene)
        self._selection = scene.workspace.selection
        self._nodes: set[str] = set()
        self._wires: set[InPort] = set()
        self._hovered: InPort | None = None
        self._wired_from: tuple[str, Port] | None = None
        self._taken: InPort | None = None
        self._aimed: tuple[tuple[str, Port] | None, PortMark] | None = None
        self._before_aim: dict[str, Emphasis] = {}
        """How the card that is aimed at looked before."""
        self._selection.changed.connect(self._follow)
        scene.rebuilding.connect(self._forget)
        scene.rebuilt.connect(self._follow)
        scene.workspace.edited.connect(self._follow)

    def hover(self, wire: InPort | None) -> None:
        """Thicken the wire under the mouse."""
        if wire != self._hovered:
            for key, is_hovered in ((self._hovered, False), (wire, True)):
                item = self._scene.wires.get(key) if key else None
                if item is not None:
                    item.show_state(replace(item.state, is_hovered=is_hovered))
            self._hovered = wire

    def begin_wiring(self, node: str, port: Port, taken: EdgeItem | None) -> None:
        """Light up every port that could take a wire from this one, and dim the cards that have none."""
        self._wired_from = node, port
        if taken is not None:
            self._taken = taken.key
            taken.show_state(replace(taken.state, is_dimmed=True))
        for id, ports in fitting_ports(self._scene, node, port, None if taken is None else taken.source):
            marks = dict.fromkeys([*ports, port] if id == node else ports, PortMark.FITS)
            self._scene.nodes[id].emphasise(Emphasis(id in self._nodes, not marks, marks))

    def aim(self, target: tuple[str, Port] | None, mark: PortMark) -> None:
        """Mark the port that the wire would end at; the one before looks again as it did."""
        if (target, mark) == self._aimed:
            return
        for node, emphasis in self._before_aim.items():
            if node in self._scene.nodes:
                self._scene.nodes[node].emphasise(emphasis)
        self._aimed, self._before_aim = (target, mark), {}
        item = self._scene.nodes.get(target[0]) if target is not None else None
        if target is not None and item is not None:
            self._before_aim = {target[0]: item.emphasis}
            marks = {**item.emphasis.marks, target[1]: mark}
            item.emphasise(replace(item.emphasis, marks=marks, is_dimmed=False))

    def end_wiring(self) -> None:
        """Let every port look as usual."""
        if self._wired_from is None:
            return
        self._wired_from = self._aimed = None
        self._before_aim = {}
        for item in self._scene.nodes.values():
            item.emphasise(_selected(item.node_id in self._nodes))
        wire = self._scene.wires.get(self._taken) if self._taken else None
        if wire is not None:
            wire.show_state(replace(wire.state, is_dimmed=False))
        self._taken = None

    def _forget(self) -> None:
        self._nodes, self._wires = set(), set()
        self._hovered = self._wired_from = self._taken = self._aimed = None
        self._before_aim = {}

    def _follow(self, _edits: object = None) -> None:
        nodes = set(self._selection.nodes)
        wires = {(consumer, port) for _, consumer, port in self._selection.wires}
        for node in self._nodes ^ nodes:
            if node in self._scene.nodes:
                self._scene.nodes[node].emphasise(_selected(node in nodes))
        for key in self._wires | wires:
            wire = self._scene.wires.get(key)
            if wire is not None:
                wire.show_state(replace(wire.state, is_selected=key in wires))
        for node in nodes & self._scene.nodes.keys():
            item = self._scene.nodes[node]
            if not item.emphasis.is_selected:
                item.emphasise(replace(item.emphasis, is_selected=True))
        self._nodes, self._wires = nodes, wires


def _selected(is_selected: bool) -> Emphasis:
    return Emphasis(is_selected=True) if is_selected else PLAIN

"""Cycle: the wires of one cycle that holds Kahn's algorithm up, drawn from the first step on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from gui.canvas.scene import CanvasScene, InPort


class Cycle(QObject):
    """Marks the wires of the cycle that the run on the screen has found."""

    def __init__(self, scene: CanvasScene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._marked: set[InPort] = set()
        self._stepping = scene.workspace.stepping
        self._stepping.moved.connect(self._follow)
        scene.rebuilding.connect(self._marked.clear)
        scene.rebuilt.connect(self._follow)

    def _follow(self) -> None:
        wanted = self._wires()
        for key in self._marked ^ wanted:
            wire = self._scene.wires.get(key)
            if wire is not None:
                wire.show_state(replace(wire.state, is_on_cycle=key in wanted))
        self._marked.clear()
        self._marked |= wanted

    def _wires(self) -> set[InPort]:
        trace = self._stepping.trace
        if trace is None or self._stepping.stale or not trace.cycle:
            return set()
        following = dict(zip(trace.cycle, (*trace.cycle[1:], trace.cycle[0]), strict=True))
        return {
            (consumer, port)
            for source, consumer in following.items()
            for port, feeding in enumerate(trace.record.nodes[consumer].inputs)
            if feeding == source
        }

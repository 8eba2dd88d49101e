"""RunMirror: shows the run on the cards and wires. Of each step it touches only what the step touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.canvas.cycle import Cycle
from gui.canvas.scene import CanvasScene, InPort
from gui.canvas.wire_state import Flow

if TYPE_CHECKING:
    from miniflow.engine.trace import Moment, Step
    from miniflow.graph.records import NodeRecord

_FEW = 16
"""Steps between two positions up to which only what they touch is repainted."""


class RunMirror(QObject):
    """Keeps the scene as the run stands."""

    def __init__(self, scene: CanvasScene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._cycle = Cycle(scene)
        self._workspace = scene.workspace
        self._shown: Moment | None = None
        self._shown_stale = False
        self.wrong: frozenset[str] = frozenset()
        """The nodes whose gradients were found to be wrong."""
        self.live: dict[InPort, Flow] = {}
        """The wires that the step just made runs through."""
        self._workspace.stepping.moved.connect(self._follow)
        self._workspace.readings.shapes_changed.connect(self._show_shapes)
        self._workspace.training.advanced.connect(self._show_training)
        self._workspace.training.state_changed.connect(self._show_training)
        self._workspace.checks.changed.connect(self._show_verdicts)
        scene.rebuilding.connect(self._forget)
        scene.rebuilt.connect(self._follow)

    @property
    def current(self) -> str | None:
        """The node of the step just made, where the run is not stale."""
        step = self._shown.step if self._shown is not None and not self._shown_stale else None
        return step.node if step is not None else None

    def _forget(self) -> None:
        self._shown, self.live = None, {}

    def _follow(self) -> None:
        moment, stale = self._workspace.stepping.moment, self._workspace.stepping.stale
        touched = None if stale != self._shown_stale else touched_between(self._shown, moment)
        self._shown, self._shown_stale = moment, stale
        if touched is None:
            self._scene.repaint_all()
        else:
            for node in touched & self._scene.nodes.keys():
                self._scene.nodes[node].forget_face()
        self._show_flow({} if moment is None or stale else flows(moment))

    def _show_flow(self, live: dict[InPort, Flow]) -> None:
        for key in self.live.keys() | live.keys():
            wire = self._scene.wires.get(key)
            if wire is not None:
                wire.show_state(replace(wire.state, flow=live.get(key, Flow.NONE)))
        self.live = live

    def _show_shapes(self) -> None:
        for wire in self._scene.wires.values():
            self._scene.describe(wire)
        self._scene.repaint_all()

    def _show_training(self) -> None:
        for node, record in self._workspace.document.nodes.items():
            if record.trainable and node in self._scene.nodes:
                self._scene.nodes[node].forget_face()

    def _show_verdicts(self) -> None:
        shown, self.wrong = self.wrong, self._workspace.checks.wrong
        for node in (shown ^ self.wrong) & self._scene.nodes.keys():
            self._scene.nodes[node].forget_face()


def touched_between(before: Moment | None, after: Moment | None) -> set[str] | None:
    """Return the nodes that show something else after going from one moment to the other; None: possibly all."""
    if before is None or after is None or before.trace is not after.trace:
        return None
    first, last = sorted((before.position, after.position))
    ordered = len(after.trace.order)
    crosses_the_end_of_the_order = first < ordered <= last and ordered < len(after.trace.record.nodes)
    if last - first > _FEW or crosses_the_end_of_the_order:
        return None
    steps = after.trace.steps[max(0, first - 1) : last]
    return {node for step in steps for node in _touched_by(step)}


def _touched_by(step: Step) -> set[str]:
    lowered = getattr(step, "lowered", ())
    return {step.node, *(consumer for consumer, _ in lowered)}


def flows(moment: Moment) -> dict[InPort, Flow]:
    """Return the wires that the step just made runs through, by the in ports at their ends."""
    from miniflow.engine.trace import BackwardStep, ForwardStep, OrderStep, UpdateStep

    nodes = moment.trace.record.nodes
    match moment.step:
        case OrderStep(node, _, lowered):
            return _between(nodes, node, [consumer for consumer, _ in lowered], Flow.ORDER)
        case ForwardStep(node):
            ports = enumerate(nodes[node].inputs)
            return {(node, port): Flow.FORWARD for port, source in ports if source is not None}
        case BackwardStep(node, _, terms):
            return _between(nodes, node, [term.consumer for term in terms], Flow.BACKWARD)
        case UpdateStep() | None:
            return {}


def _between(
    nodes: Mapping[str, NodeRecord], source: str, consumers: Iterable[str | None], flow: Flow
) -> dict[InPort, Flow]:
    return {
        (consumer, port): flow
        for consumer in consumers
        if consumer is not None
        for port, feeding in enumerate(nodes[consumer].inputs)
        if feeding == source
    }

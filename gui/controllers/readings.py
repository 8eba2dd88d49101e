"""What number each node shows now: the one answer that the canvas and the panels give alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from miniflow.graph.records import NodeRecord, Shape, ValueRecord

if TYPE_CHECKING:
    from gui.workspace import Workspace
    from miniflow.engine.trace import Moment, Trace


class Reading(NamedTuple):
    """What one node shows: None stands for "not computed", which is never shown as 0."""

    value: Any = None
    gradient: Any = None
    place: int | None = None
    stale: bool = False
    """The numbers are of an earlier state of the document, or of weights that are being trained away from."""
    before_update: Any = None
    """What the value was before the update that the run has made by now; None where there was none."""


class Readings(QObject):
    """Combines the document (an Input's value), the run (what is computed by now) and live training."""

    changed = Signal()
    shapes_changed = Signal()
    """Other shapes hold now: a batch has been drawn, or its run has become stale."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._arrays: dict[str, tuple[ValueRecord, Any]] = {}
        workspace.document_replaced.connect(self._arrays.clear)
        self._batch: Trace | None = None
        workspace.stepping.moved.connect(self._hear)
        workspace.training.advanced.connect(self._hear)
        workspace.training.state_changed.connect(self._hear)

    def of(self, node: str) -> Reading:
        """What ``node`` shows now."""
        stepping = self._workspace.stepping
        record = self._workspace.document.nodes.get(node)
        moment = stepping.moment
        known = moment is not None and node in moment.trace.record.nodes
        gradient = moment.gradient(node) if moment and known else None
        place = moment.place(node) if moment and known else None
        stale = stepping.stale
        if record is not None and record.type == "Input":
            value = self._of_input(record, moment if known and not stale else None)
        else:
            value = moment.value(node) if moment and known else None
        update = moment.update(node) if moment and known and not stale else None
        has_old_numbers = gradient is not None or place is not None or (moment is not None and value is not None)
        before_update = update.old if update is not None else None
        return Reading(value, gradient, place, stale and known and has_old_numbers, before_update)

    @property
    def batch(self) -> Trace | None:
        """The run seen from the batch whose rows show now; None where every shape is the document's own."""
        moment = self._workspace.stepping.moment
        if moment is None or self._workspace.stepping.stale:
            return None
        has_rows = moment.trace.batches[moment.trace.batch].rows is not None
        return moment.trace if has_rows and moment.has_begun_batch else None

    def shape(self, node: str) -> Shape | None:
        """The shape of the value of ``node`` as everything is to show it now: in the batch, else in the document."""
        batch = self.batch
        in_batch = _shape_in(batch, node) if batch is not None else None
        return self._workspace.structure.shapes.get(node) if in_batch is None else in_batch

    def _hear(self) -> None:
        if self.batch is not self._batch:
            self._batch = self.batch
            self.shapes_changed.emit()
        self.changed.emit()

    def _of_input(self, record: NodeRecord, moment: Moment | None) -> Any:
        """What an Input holds in training, else in the run, else in the document."""
        live = self._workspace.training.live_value(record.id)
        if live is not None:
            return live
        held = moment.weight(record.id) if moment is not None else None
        return held if held is not None else self._array_of(record.id, record.value)

    def _array_of(self, node: str, value: ValueRecord | None) -> Any:
        """The numbers of an Input's value, made once for each value it gets; None where there are none."""
        if value is None:
            return None
        cached = self._arrays.get(node)
        if cached is None or cached[0] is not value:
            from miniflow.errors import MiniFlowError
            from miniflow.graph.build import array_of

            try:
                cached = value, array_of(value)
            except MiniFlowError:
                cached = value, None
            self._arrays[node] = cached
        return cached[1]


def _shape_in(batch: Trace, node: str) -> Shape | None:
    """The shape of the value that ``node`` gets in a batch; None where it gets none."""
    import numpy as np

    from miniflow.engine.steps import ForwardStep, Phase

    step = batch.step_of(Phase.FORWARD, node)
    return np.shape(step.value) if isinstance(step, ForwardStep) else None

"""What if: other values for Inputs, run at once, and kept only when the person says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui.controllers.stepping import HARMLESS
from miniflow.graph.edits import Edit, Rename, SetValue
from miniflow.graph.records import DatasetPart, replace

if TYPE_CHECKING:
    from gui.workspace import Workspace
    from miniflow.engine.trace import Trace
    from miniflow.explain.nudging import Nudge
    from miniflow.graph.records import GraphRecord, NodeRecord

MOST_NUMBERS = 16
"""Values of more numbers are not tried out one by one."""


class Trying(QObject):
    """Values that Inputs have in one batch of the run in place of their own. The document knows nothing of them."""

    changed = Signal()
    """Another value is tried out, or none any more."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._values: dict[str, Any] = {}
        self._before: Trace | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._run)
        workspace.stepping.variant = self._with_what_is_tried
        workspace.document_replaced.connect(self._forget)
        workspace.training.state_changed.connect(self._give_way_to_training)

    # --- what views read ------------------------------------------------------------------------------------------

    @property
    def values(self) -> Mapping[str, Any]:
        """What is tried out, by node."""
        return self._values

    @property
    def batch(self) -> int:
        """The batch, from 0, in which something is tried out; that on the screen where nothing is."""
        stepping = self._workspace.stepping
        trace = self._before or (None if stepping.stale else stepping.trace)
        return trace.batch if trace is not None else 0

    @property
    def can_be_kept(self) -> bool:
        """Whether the document can have what is tried: it has what the first batch begins with, and no single rows."""
        nodes = self._workspace.document.nodes
        return self.batch == 0 and not any(isinstance(nodes[node].value, DatasetPart) for node in self._values)

    def can_try(self, node: str) -> bool:
        """Whether a node is an Input of a few numbers."""
        record = self._workspace.document.nodes.get(node)
        if record is None or record.value is None or self._workspace.training.active:
            return False
        shape = self._shape(node)
        return shape is not None and 0 < prod(shape) <= MOST_NUMBERS

    def array(self, node: str) -> Any:
        """The numbers that a node has in the batch on the screen, those tried out included."""
        if node in self._values and self._is_here:
            return self._values[node]
        return self._in_run(self._run_here, node)

    def original(self, node: str) -> Any:
        """The numbers that a node has in the batch on the screen where nothing is tried out there."""
        return self._in_run(self._before if self._is_here and self._before else self._run_here, node)

    def nudge(self) -> Nudge | None:
        """What all that was moved in this batch does to the output; None where nothing was."""
        from miniflow.explain.nudging import nudge

        after = self._workspace.stepping.trace
        if self._before is None or after is None or not self._is_here:
            return None
        return nudge(self._before, after, self._values)

    def program_record(self) -> GraphRecord:
        """The document, with what is tried out where it can be kept."""
        record = self._workspace.document.record()
        return replace(record, nodes={**record.nodes, **self._kept_nodes()})

    # --- what the person does -------------------------------------------------------------------------------------

    def set_number(self, node: str, index: tuple[int, ...], number: float) -> None:
        """Try out another number at one place of an Input that can be tried; the run follows soon."""
        import numpy as np

        if not self.can_try(node):
            return
        if not self._is_here:
            self.put_back()
        if not self._values:
            self._before = self._workspace.stepping.prepare()
        array = np.array(self.array(node), dtype=float)
        array[index] = number
        if np.array_equal(array, self.original(node)):
            self._values.pop(node, None)
        else:
            self._values[node] = array[()]
        self._soon.start()

    def keep(self) -> None:
        """Write what is tried out into the document, as one edit that can be undone."""
        nodes = self._workspace.document.nodes
        edits = [SetValue(node, nodes[node].value, new.value) for node, new in self._kept_nodes().items()]
        if edits:
            self._forget()
            self._workspace.do(self.tr("Keep what was tried"), *edits)
            self._workspace.stepping.run_again()

    def _kept_nodes(self) -> dict[str, NodeRecord]:
        """The nodes as they would be in the document, were what is tried out kept."""
        from miniflow.graph.build import literal_of

        nodes, tried = self._workspace.document.nodes, self._values if self.can_be_kept else {}
        return {node: replace(nodes[node], value=literal_of(value)) for node, value in tried.items()}

    def put_back(self) -> None:
        """Go back to the values of the document."""
        if self._values:
            self._forget()
            self._run()

    # --- what happens ---------------------------------------------------------------------------------------------

    def hear(self, edits: Sequence[Edit]) -> None:
        """Learn of a batch of edits: any that means something ends the trying."""
        for edit in edits:
            if isinstance(edit, Rename):
                self._rename(edit.old, edit.new)
        if any(not isinstance(edit, HARMLESS) for edit in edits):
            self._forget()

    def _rename(self, old: str, new: str) -> None:
        self._values = {new if node == old else node: value for node, value in self._values.items()}
        self._before = self._before and self._before.renamed(old, new)

    @property
    def _run_here(self) -> Trace | None:
        """The run seen from the batch on the screen, where it is not stale."""
        stepping = self._workspace.stepping
        return None if stepping.stale else stepping.trace

    @property
    def _is_here(self) -> bool:
        """Whether what is tried out, if anything is, is tried out in the batch on the screen."""
        here = self._run_here
        return self._before is None or (here is not None and here.batch == self._before.batch)

    def _in_run(self, trace: Trace | None, node: str) -> Any:
        """What a node has in a batch of a run; without a run, what it has in the document."""
        from miniflow.engine.trace import ForwardStep, Phase
        from miniflow.graph.build import array_of

        step = trace.step_of(Phase.FORWARD, node) if trace is not None else None
        if isinstance(step, ForwardStep):
            return step.value
        value = self._workspace.document.nodes[node].value
        return None if value is None else array_of(value)

    def _shape(self, node: str) -> tuple[int, ...] | None:
        """The shape that a node has in the batch on the screen, known without making large arrays."""
        from miniflow.engine.trace import ForwardStep, Phase
        from miniflow.graph.limits import shape_of

        step = self._run_here.step_of(Phase.FORWARD, node) if self._run_here is not None else None
        if isinstance(step, ForwardStep):
            return tuple(step.value.shape)
        value = self._workspace.document.nodes[node].value
        return None if value is None or isinstance(value, DatasetPart) else shape_of(value)

    def _with_what_is_tried(self, trace: Trace) -> Trace:
        if self._before is not None and self.batch < len(trace.batches):
            self._before = trace.seen_from(self.batch)
        if not self._values:
            return trace
        from miniflow.engine.trace import Trial
        from miniflow.training.recording import with_trial

        return with_trial(trace, Trial(self.batch, dict(self._values)))

    def _run(self) -> None:
        self._workspace.stepping.run_again()
        self.changed.emit()

    def _forget(self) -> None:
        had_any = bool(self._values)
        self._soon.stop()
        self._values, self._before = {}, None
        if had_any:
            self.changed.emit()

    def _give_way_to_training(self) -> None:
        if self._workspace.training.active:
            self.put_back()

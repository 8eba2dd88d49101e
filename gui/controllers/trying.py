"""What if: other values for Inputs, run at once, and kept only when the person says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from miniflow.graph.edits import Edit, Move, Rename, SetValue
from miniflow.graph.records import GraphRecord, ValueRecord

if TYPE_CHECKING:
    from gui.workspace import Workspace
    from miniflow.engine.trace import Trace
    from miniflow.explain.nudging import Nudge

MOST_NUMBERS = 16
"""Values of more numbers are not tried out one by one."""


class Trying(QObject):
    """Values that the run has in place of the document's. The document knows nothing of them until they are kept."""

    changed = Signal()
    """Another value is tried out, or none any more."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._values: dict[str, ValueRecord] = {}
        self._before: Trace | None = None
        self._last: tuple[str, tuple[int, ...]] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._run)
        workspace.stepping.variant = self._with_what_is_tried
        workspace.document_replaced.connect(self._forget)
        workspace.training.state_changed.connect(self._give_way_to_training)

    # --- what views read ------------------------------------------------------------------------------------------

    @property
    def values(self) -> Mapping[str, ValueRecord]:
        """What is tried out, by node."""
        return self._values

    def can_try(self, node: str) -> bool:
        """Whether a node is an Input of a few numbers."""
        from miniflow.graph.limits import shape_of

        record = self._workspace.document.nodes.get(node)
        if record is None or record.value is None or self._workspace.training.active:
            return False
        shape = shape_of(record.value)
        return shape is not None and 0 < prod(shape) <= MOST_NUMBERS

    def array(self, node: str) -> Any:
        """The numbers that a node has now, those tried out included."""
        from miniflow.graph.build import array_of

        value = self._values.get(node) or self._workspace.document.nodes[node].value
        return None if value is None else array_of(value)

    def original(self, node: str) -> Any:
        """The numbers that the document has for a node."""
        from miniflow.graph.build import array_of

        value = self._workspace.document.nodes[node].value
        return None if value is None else array_of(value)

    def nudge(self) -> Nudge | None:
        """What the last number that was moved does to the output, against the run before anything was moved."""
        from miniflow.explain.nudging import nudge

        after = self._workspace.stepping.trace
        if self._before is None or self._last is None or after is None or len(self._values) != 1:
            return None
        return nudge(self._before, after, *self._last)

    # --- what the person does -------------------------------------------------------------------------------------

    def set_number(self, node: str, index: tuple[int, ...], number: float) -> None:
        """Try out another number at one place of an Input; the run follows as soon as nothing else is to be done."""
        import numpy as np

        from miniflow.graph.build import literal_of

        if not self._values:
            self._before = self._workspace.stepping.prepare()
        array = np.array(self.array(node))
        array[index] = number
        if np.array_equal(array, self.original(node)):
            self._values.pop(node, None)
        else:
            self._values[node] = literal_of(array)
        self._last = (node, index)
        self._soon.start()

    def keep(self) -> None:
        """Write what is tried out into the document, as one edit that can be undone."""
        document = self._workspace.document
        edits = [SetValue(node, document.nodes[node].value, value) for node, value in self._values.items()]
        self._forget()
        if edits:
            self._workspace.do(self.tr("Keep what was tried"), *edits)

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
        if self._values and any(not isinstance(edit, Move | Rename) for edit in edits):
            self._forget()

    def _rename(self, old: str, new: str) -> None:
        self._values = {new if node == old else node: value for node, value in self._values.items()}
        self._before = self._before and self._before.renamed(old, new)
        self._last = (new, self._last[1]) if self._last and self._last[0] == old else self._last

    def _with_what_is_tried(self, record: GraphRecord) -> GraphRecord:
        tried = {id: replace(record.nodes[id], value=value) for id, value in self._values.items() if id in record.nodes}
        return replace(record, nodes={**record.nodes, **tried}) if tried else record

    def _run(self) -> None:
        self._workspace.stepping.run_again()
        self.changed.emit()

    def _forget(self) -> None:
        had_any = bool(self._values)
        self._soon.stop()
        self._values, self._before, self._last = {}, None, None
        if had_any:
            self.changed.emit()

    def _give_way_to_training(self) -> None:
        if self._workspace.training.active:
            self.put_back()

"""The numbers of a node in a sheet: an Input's can be typed over in place, each change at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.presentation.nested import as_rows, from_rows, shape_of_table
from gui.widgets.array_view import ArrayView
from gui.widgets.drafts import DraftEditor
from gui.widgets.sentences import say
from gui.widgets.value_forms import MOST_IN_GRID
from miniflow.errors import MiniFlowError, Sentence
from miniflow.graph.build import array_of, literal_of
from miniflow.graph.records import DatasetPart, Literal, Nested, NodeRecord, ValueRecord, replace
from miniflow.overriding import override


class ValueTable(DraftEditor):
    """A spreadsheet of the value that a node has now; what is no number waits in its cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = ArrayView("inspector.value", self.tr("Value"), "meaning.value")
        self._node: NodeRecord | None = None
        self._shown: Any = None
        self._numbers = self.view.grid.numbers
        self._numbers.why_not = self._why_not
        self._numbers.edited.connect(self._offer)
        self._numbers.refused.connect(self._hear_refusal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    def show_value(self, node: NodeRecord, array: Any, stale: bool) -> None:
        """Show the value that a node has now; None where it is not computed."""
        if self._node is None or self._node.id != node.id:
            self.view.begin()
        self._node, self._shown = node, array
        self._numbers.may_grow = np.ndim(array) <= 2
        self.view.show_array(array, stale, editable=node.type == "Input")

    @override
    def hand_out(self) -> str:
        self.view.grid.finish_cell()
        return self._numbers.reason

    @override
    def settle(self) -> str:
        reason = self.hand_out()
        if reason and self.isVisible():
            self.view.grid.go_to_fault()
        return reason

    @override
    def give_up(self) -> None:
        self._node, self._shown = None, None
        self._numbers.show_rows([])
        self.view.show_array(None)

    def _offer(self) -> None:
        """Hand out the numbers that are there now."""
        node = self._node
        if node is None or self._why_not():
            return
        value = self._value(node.value)
        if value != node.value:
            self._node, self._shown = replace(node, value=value), array_of(value)
            self.accepted.emit(value)

    def _hear_refusal(self, reason: str) -> None:
        if not reason:
            self.released.emit()

    def _value(self, old: ValueRecord | None) -> Literal:
        rows = self._numbers.rows
        if np.ndim(self._shown) > 2:
            return literal_of(np.reshape(np.asarray(rows, dtype=np.float64), np.shape(self._shown)))
        if isinstance(old, Literal):
            rows = _as_written(rows, old.data)
        shape = shape_of_table(len(rows), len(rows[0]), np.shape(self._shown))
        return Literal(from_rows(rows, len(shape)))

    def _why_not(self) -> str:
        """Why the numbers in sight cannot be typed over; an empty text where they can."""
        node = self._node
        if node is None or node.type != "Input":
            template = "These numbers are computed: only those of an Input can be typed."
        elif isinstance(node.value, DatasetPart):
            template = "These are rows of a data set: “Change the value…” gives {node} numbers of its own."
        elif np.size(self._shown) > MOST_IN_GRID:
            template = "These are too many numbers to type them one by one: “Change the value…” gives others."
        elif not self._is_own(node):
            template = "These are the numbers that the run has come to: step back to its start to type others."
        else:
            return ""
        return say(Sentence(template, {"node": node.id if node else ""}))

    def _is_own(self, node: NodeRecord) -> bool:
        """Whether the numbers in sight are the value that the document gives the node."""
        try:
            return node.value is not None and np.array_equal(array_of(node.value), self._shown)
        except MiniFlowError:
            return False


def _as_written(rows: list[list[Any]], data: Nested) -> list[list[Any]]:
    """Return the rows of a table with the numbers that are still those of ``data`` written as they are there."""
    before = as_rows(data)
    return [
        [old[column] if column < len(old) and old[column] == number else number for column, number in enumerate(row)]
        for row, old in zip(rows, [*before, *[[]] * (len(rows) - len(before))], strict=False)
    ]

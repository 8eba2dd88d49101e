"""A table of numbers that can be typed into: what is no number stays in its cell, with a sentence that says why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from gui.presentation import numbers
from gui.presentation.nested import resized
from gui.presentation.value_text import parse_number
from gui.widgets.sentences import say
from miniflow.errors import MiniFlowError, Sentence
from miniflow.overriding import override

Index = QModelIndex | QPersistentModelIndex
Cell = tuple[int, int]


@dataclass(frozen=True)
class Fault:
    """What was typed into a cell that cannot be in it, and why."""

    typed: str
    reason: str


class ArrayModel(QAbstractTableModel):
    """A table of numbers; None is an empty cell. A NumPy array is not copied until something is typed over it."""

    edited = Signal()
    """The person has changed a number, or has typed what is none."""
    refused = Signal(str)
    """Why something that was typed or pasted cannot be in the table; an empty text where everything can."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.may_be_empty = False
        self.may_grow = True
        self.why_not: Callable[[], str] = lambda: ""
        """Returns why nothing can be typed into the table as it is now; an empty text where it can."""
        self._rows: Any = []
        self._editable = False
        self._exact = False
        self._marks: Any = None
        self._faults: dict[Cell, Fault] = {}

    # --- what it shows --------------------------------------------------------------------------------------------

    def mark(self, right: Any) -> None:
        """Put a tick or a cross before each number until another is entered; None takes them away."""
        self._marks = right
        self._tell_all_changed()

    def show_rows(self, rows: Any, editable: bool = False) -> None:
        """Show another table: what was typed into the last one and is no number is forgotten."""
        self._faults = {}
        self._show(rows, editable)

    def show_resized(self, rows: Any) -> None:
        """Show the same table with more or fewer cells: what is no number is in its cell again when that is."""
        self._show(rows, self._editable)

    def show_array(self, array: Any, editable: bool = False) -> None:
        """Show an array of any shape: a vector is a row, and what has more dimensions a row for each last."""
        values = np.asarray(array)
        rows = values.reshape(-1, values.shape[-1]) if values.ndim else values.reshape(1, 1)
        if rows.shape == (self.rowCount(), self.columnCount()) and editable == self._editable:
            self._rows = rows
            self._tell_all_changed()
        else:
            self._show(rows, editable)
            self._faults = {cell: fault for cell, fault in self._faults.items() if self.hasIndex(*cell)}

    @property
    def rows(self) -> Any:
        """The numbers as they are now."""
        return self._rows

    def set_exact(self, exact: bool) -> None:
        """Show every digit, or four."""
        self.beginResetModel()
        self._exact = exact
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not len(self._rows) else len(self._rows[0])

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable if self._editable else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | editable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        fault = self.fault_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"⚠ {fault.typed}" if fault else self._shown(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole and fault:
            return fault.reason
        if role in (Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return fault.typed if fault else every_digit(self._rows[index.row()][index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None

    def _shown(self, row: int, column: int) -> str:
        value = self._rows[row][column]
        if value is None or self._exact:
            return every_digit(value)
        if self._marks is not None:
            return f"{'✓' if self._marks[row][column] else '✗'} {numbers.number(value)}"
        return numbers.number(value)

    # --- what is typed into it ------------------------------------------------------------------------------------

    @property
    def editable(self) -> bool:
        """Whether it can be typed into at all."""
        return self._editable

    @property
    def faulty(self) -> QModelIndex:
        """The first cell with what cannot be in it; an invalid index where there is none."""
        return self.index(*min(filter(lambda cell: self.hasIndex(*cell), self._faults), default=(-1, -1)))

    def fault_at(self, index: Index) -> Fault | None:
        """What was typed into a cell that cannot be in it, if anything was."""
        return self._faults.get((index.row(), index.column()))

    @property
    def reason(self) -> str:
        """Why what is in the first faulty cell cannot be there; an empty text where every cell has a number."""
        fault = self.fault_at(self.faulty)
        return fault.reason if fault else ""

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        cell, typed = (index.row(), index.column()), str(value)
        try:
            number = self._read(typed)
        except MiniFlowError as error:
            self._faults[cell] = Fault(typed, say(error.sentence))
        else:
            if self._faults.pop(cell, None) is None and number == self._rows[cell[0]][cell[1]]:
                return True
            self._own_rows()[cell[0]][cell[1]] = number
        self._marks = None
        self.dataChanged.emit(index, index)
        self._tell_edited()
        return cell not in self._faults

    def forget(self, cells: Collection[Index]) -> bool:
        """Give up what is no number in these cells: the last number is there again. Tell if there was any."""
        given_up = [self._faults.pop((cell.row(), cell.column()), None) for cell in cells]
        self._tell_all_changed()
        self.refused.emit(self.reason)
        return any(given_up)

    def clear(self, cells: Collection[Index]) -> None:
        """Empty these cells; where every cell has a number, give up what is none in them, or else say so."""
        if self.may_be_empty:
            for cell in cells:
                self._own_rows()[cell.row()][cell.column()] = None
            self.forget(cells)
            self._marks = None
            self._tell_edited()
        elif not self.forget(cells):
            template = "There is a number in every cell: type another one over it, such as 0."
            self.refused.emit(say(Sentence(template)))

    def put(self, row: int, column: int, table: Sequence[Sequence[float]]) -> None:
        """Write a table over this one from a cell on; it grows where the table reaches beyond its edges."""
        height, width = max(self.rowCount(), row + len(table)), max(self.columnCount(), column + len(table[0]))
        has_size = (height, width) == (self.rowCount(), self.columnCount())
        if not has_size and not self.may_grow:
            template = "What is pasted reaches beyond the last row or the last column, and there is no room for more."
            self.refused.emit(say(Sentence(template)))
            return
        rows = resized(self._own_rows(), height, width)
        for offset, entries in enumerate(table):
            rows[row + offset][column : column + len(entries)] = entries
            for place in range(column, column + len(entries)):
                self._faults.pop((row + offset, place), None)
        if has_size:
            self._rows, self._marks = rows, None
            self._tell_all_changed()
        else:
            self._show(rows, self._editable)
        self._tell_edited()

    def _read(self, typed: str) -> float | None:
        reason = self.why_not()
        if reason:
            raise MiniFlowError(reason)
        return None if self.may_be_empty and not typed.strip() else parse_number(typed)

    def _own_rows(self) -> list[list[Any]]:
        """The rows as lists that may be written to."""
        if not isinstance(self._rows, list):
            self._rows = np.asarray(self._rows).tolist()
        return self._rows

    def _show(self, rows: Any, editable: bool) -> None:
        self.beginResetModel()
        self._rows, self._editable, self._marks = rows, editable, None
        self.endResetModel()

    def _tell_edited(self) -> None:
        self.edited.emit()
        self.refused.emit(self.reason)

    def _tell_all_changed(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))


def every_digit(value: Any) -> str:
    """Return a number so that it can be read back exactly; an empty text where there is none."""
    return "" if value is None else numbers.exact(value)

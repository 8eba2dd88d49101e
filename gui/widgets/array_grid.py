"""Numbers in rows and columns, as a spreadsheet shows them: to read, to edit, to copy and to paste."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QHeaderView, QLineEdit, QTableView, QWidget
from typing_extensions import override

from gui.presentation import numbers
from gui.presentation.table_text import parse_table
from gui.presentation.value_text import parse_number
from gui.widgets.sentences import say
from miniflow.errors import MiniFlowError

ROWS_THAT_SET_THE_WIDTH = 20
LONGEST_SHORT = "−0.008142"
Index = QModelIndex | QPersistentModelIndex


class ArrayModel(QAbstractTableModel):
    """A table of numbers; None is an empty cell. A NumPy array is not copied, lists can be edited."""

    refused = Signal(str)
    """What was typed or pasted is no number, and why; an empty text once numbers are taken."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._rows: Any = []
        self._editable = False
        self._exact = False
        self._marks: Any = None

    def mark(self, right: Any) -> None:
        """Put a tick or a cross before each number until another is entered; None takes them away."""
        self._marks = right
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def show_rows(self, rows: Any, editable: bool = False) -> None:
        """Show another table."""
        self.beginResetModel()
        self._rows, self._editable, self._marks = rows, editable, None
        self.endResetModel()

    def show_array(self, array: Any) -> None:
        """Show an array of any shape, to read: a vector is a row, and what has more dimensions a row for each last."""
        values = np.asarray(array)
        rows = values.reshape(-1, values.shape[-1]) if values.ndim else values.reshape(1, 1)
        if rows.shape == (self.rowCount(), self.columnCount()) and not self._editable:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(rows.shape[0] - 1, rows.shape[1] - 1))
        else:
            self.show_rows(rows)

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
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(index.row(), index.column())
        if role in (Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return _every_digit(self._rows[index.row()][index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _shown(self, row: int, column: int) -> str:
        value = self._rows[row][column]
        if value is None or self._exact:
            return _every_digit(value)
        if self._marks is not None:
            return f"{'✓' if self._marks[row][column] else '✗'} {numbers.number(value)}"
        return numbers.number(value)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        try:
            number = parse_number(str(value))
        except MiniFlowError as error:
            self.refused.emit(say(error.sentence))
            return False
        self._rows[index.row()][index.column()] = number
        self._marks = None
        self.dataChanged.emit(index, index)
        self.refused.emit("")
        return True

    def put(self, row: int, column: int, table: Sequence[Sequence[float]]) -> None:
        """Write a table over this one from a cell on; it grows where the table reaches beyond its edges."""
        height, width = max(len(self._rows), row + len(table)), max(self.columnCount(), column + len(table[0]))
        grown = resized(self._rows, height, width)
        for offset, entries in enumerate(table):
            grown[row + offset][column : column + len(entries)] = entries
        self.show_rows(grown, editable=True)


class ArrayGrid(QTableView):
    """A table of numbers that copies to and pastes from a spreadsheet."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.numbers = ArrayModel(self)
        self.setModel(self.numbers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            header.setHighlightSections(True)
            header.setResizeContentsPrecision(ROWS_THAT_SET_THE_WIDTH)
        self.verticalHeader().setMinimumSectionSize(12)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.numbers.modelReset.connect(self._fit_columns)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, or all of them where at most one is selected, every digit kept."""
        cells = self.selectionModel().selectedIndexes()
        if len(cells) <= 1:
            block = [list(row) for row in self.numbers.rows]
        else:
            top, bottom = min(cell.row() for cell in cells), max(cell.row() for cell in cells)
            left, right = min(cell.column() for cell in cells), max(cell.column() for cell in cells)
            block = [list(row[left : right + 1]) for row in self.numbers.rows[top : bottom + 1]]
        text = "\n".join("\t".join(_every_digit(value) for value in row) for row in block)
        QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Write the table on the clipboard from the current cell on; where it is none, say why and change nothing."""
        current = self.currentIndex()
        try:
            table = parse_table(QGuiApplication.clipboard().text())
        except MiniFlowError as error:
            self.numbers.refused.emit(say(error.sentence))
            return
        self.numbers.put(max(current.row(), 0), max(current.column(), 0), table)
        self.numbers.refused.emit("")

    def finish_cell(self) -> None:
        """Take what is typed into a cell that is open."""
        if self.state() == QTableView.State.EditingState:
            for field in self.viewport().findChildren(QLineEdit):
                self.commitData(field)
                self.closeEditor(field, QAbstractItemDelegate.EndEditHint.NoHint)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy and paste by the keys of the platform; leave Enter and Escape to whoever holds the grid."""
        editable = bool(self.numbers.flags(self.numbers.index(0, 0)) & Qt.ItemFlag.ItemIsEditable)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste) and editable:
            self.paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.setAccepted(self.state() == QTableView.State.EditingState)  # then it ends the editing of the cell
        else:
            super().keyPressEvent(event)

    def _fit_columns(self) -> None:
        """Give the columns the room that the first rows need, and any number of four digits."""
        least = self.fontMetrics().horizontalAdvance(LONGEST_SHORT) + 12
        for column in range(min(self.numbers.columnCount(), 50)):
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, max(self.columnWidth(column), least))


def _every_digit(value: Any) -> str:
    return "" if value is None else numbers.exact(value)


def resized(rows: Sequence[Sequence[float]], height: int, width: int) -> list[list[float]]:
    """Return a copy with so many rows and columns: cut, or filled up with zeros.

    >>> resized([[1, 2], [3, 4]], 1, 3)
    [[1, 2, 0]]
    """
    kept = [list(row[:width]) + [0] * (width - len(row)) for row in rows[:height]]
    return kept + [[0] * width for _ in range(height - len(kept))]


def laid_over(below: Sequence[Sequence[float]], above: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return a table as large as both, with the numbers of ``above`` where it has any.

    >>> laid_over([[1, 2], [3, 4]], [[9]])
    [[9, 2], [3, 4]]
    """
    width = max((len(row) for row in (*below, *above)), default=0)
    result = resized(below, max(len(below), len(above)), width)
    for row, entries in zip(result, above, strict=False):
        row[: len(entries)] = entries
    return result

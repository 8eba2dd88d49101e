"""CheckTable: for each number of a gradient a tick or a cross with the relative error; pointing tells the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.presentation import numbers
from gui.widgets.sentences import tool_tip
from miniflow.engine.gradcheck import NodeCheck
from miniflow.overriding import override

MOST_ROWS_SHOWN = 8
Index = QModelIndex | QPersistentModelIndex


class CheckModel(QAbstractTableModel):
    """The check of one node as a table: a vector is a row."""

    def __init__(self, check: NodeCheck, good: QColor, bad: QColor, parent: Any = None) -> None:
        super().__init__(parent)
        self._good, self._bad = good, bad
        shape = np.shape(check.numerical)
        width = shape[-1] if shape else 1
        self._right, self._measured, self._error, self._analytic, self._numerical, self._h, self._kink = (
            np.reshape(each, (-1, width))
            for each in (
                check.right,
                check.measured,
                check.relative_error,
                check.analytic,
                check.numerical,
                check.step,
                check.at_kink,
            )
        )

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._right)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else int(self._right.shape[1])

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._mark(place)
            case Qt.ItemDataRole.ForegroundRole if self._measured[place]:
                return self._good if self._right[place] else self._bad
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(self._all_about(place))
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None

    def _mark(self, place: tuple[int, int]) -> str:
        """A tick or a cross with the error; neither where it could not be measured."""
        if not self._measured[place]:
            return "—"
        return f"{'✓' if self._right[place] else '✗'} {roughly(self._error[place])}"

    def _all_about(self, place: tuple[int, int]) -> str:
        lines = [
            self.tr("row {0}, column {1}").format(place[0] + 1, place[1] + 1),
            self.tr("by the backward pass: {0}").format(numbers.exact(self._analytic[place])),
            self.tr("measured: {0}").format(numbers.exact(self._numerical[place])),
            self.tr("h: {0}").format(numbers.number(self._h[place])),
            self.tr("relative error: {0}").format(roughly(self._error[place]))
            if self._measured[place]
            else self.tr("It cannot be checked: a number is infinite."),
        ]
        if self._kink[place]:
            lines.append(self.tr("There is a corner here: the slopes to both sides differ."))
        return "\n".join(lines)


class CheckTable(QTableView):
    """The table, as high as its rows, up to a few."""

    def __init__(self, check: NodeCheck, good: QColor, bad: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explain.check_table")
        self.setAccessibleName(self.tr("Gradient check, number by number"))
        self.setModel(CheckModel(check, good, bad, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setWordWrap(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(12)
        metrics = self.fontMetrics()
        self.horizontalHeader().setDefaultSectionSize(metrics.horizontalAdvance("✗ 1e−10") + 12)
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 6)
        self._fit_height()

    def _fit_height(self) -> None:
        rows = min(self.model().rowCount(), MOST_ROWS_SHOWN)
        height = rows * self.verticalHeader().defaultSectionSize() + 2 * self.frameWidth()
        height += self.horizontalHeader().sizeHint().height()
        if self.model().columnCount() * self.horizontalHeader().defaultSectionSize() > self.sizeHint().width():
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height)


def roughly(error: float) -> str:
    """Return an error with one digit: how large it is counts, not what it is."""
    return numbers.number(float(f"{float(error):.0e}"))

"""A value or a gradient in full: its shape, every number, and all of it for the clipboard."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.presentation import numbers
from gui.presentation.theme import Theme
from gui.widgets.array_grid import ArrayGrid

MOST_ROWS_SHOWN = 8


class ArrayView(QWidget):
    """Shows one array under a heading, or a dash where there is none."""

    def __init__(self, name: str, title: str, colour_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._colour_key = title, colour_key
        self._heading = QLabel(title)
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._about = QLabel()
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._grid = ArrayGrid(f"{name}.grid")
        self._grid.setAccessibleName(title)
        self._grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._digits = self._button(f"{name}.all_digits", self.tr("all digits"))
        self._digits.setCheckable(True)
        self._digits.toggled.connect(self._grid.numbers.set_exact)
        self._copy = self._button(f"{name}.copy", self.tr("copy"))
        self._copy.setToolTip(self.tr("Copy the selected numbers, or all, for a spreadsheet: every digit"))
        self._copy.clicked.connect(self._grid.copy)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._heading)
        row.addWidget(self._about, 1)
        row.addWidget(self._digits)
        row.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(row)
        column.addWidget(self._grid)
        self.show_array(None)

    def show_array(self, array: Any, stale: bool = False) -> None:
        """Show an array, or that none is computed; ``stale`` says that it is of an earlier state."""
        known = array is not None
        for part in (self._grid, self._digits, self._copy):
            part.setVisible(known)
        if not known:
            self._about.setText("—")
            return
        lengths = np.shape(array)
        shape = numbers.shape(lengths)
        self._about.setText(self.tr("{0} · stale").format(shape) if stale else shape)
        self._grid.numbers.show_array(array)
        for header in (self._grid.horizontalHeader(), self._grid.verticalHeader()):
            header.setVisible(bool(lengths))
        self._fit_height()

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._heading.setStyleSheet(f"color: {theme[self._colour_key]}; font-weight: 600;")
        self._about.setStyleSheet(f"color: {theme['text.faint']};")

    @staticmethod
    def _button(name: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(text)
        button.setAutoRaise(True)
        return button

    def _fit_height(self) -> None:
        grid = self._grid
        rows = min(grid.numbers.rowCount(), MOST_ROWS_SHOWN)
        height = sum(grid.rowHeight(row) for row in range(rows)) + 2 * grid.frameWidth()
        if not grid.horizontalHeader().isHidden():
            height += grid.horizontalHeader().sizeHint().height()
        widths = sum(grid.columnWidth(column) for column in range(min(grid.numbers.columnCount(), 50)))
        if widths > 220:
            height += grid.horizontalScrollBar().sizeHint().height()
        grid.setFixedHeight(height)

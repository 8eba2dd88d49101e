"""A value or a gradient in full: its shape, every number, and all of it for the clipboard."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.presentation import numbers
from gui.presentation.theme import Theme
from gui.widgets.array_grid import ENTER, ArrayGrid
from gui.widgets.sentence_label import SentenceLabel
from miniflow.overriding import override

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
        self.grid = ArrayGrid(f"{name}.grid")
        self.grid.setAccessibleName(title)
        self._message = SentenceLabel(f"{name}.message")
        self.grid.numbers.refused.connect(self._message.complain)
        self.grid.selectionModel().currentChanged.connect(self._say_what_is_wrong)
        self._digits = self._button(f"{name}.all_digits", self.tr("all digits"))
        self._digits.setCheckable(True)
        self._digits.toggled.connect(self.grid.numbers.set_exact)
        self._copy = self._button(f"{name}.copy", self.tr("copy"))
        self._copy.setToolTip(self.tr("Copy the selected numbers, or all, for a spreadsheet: every digit"))
        self._copy.clicked.connect(self.grid.copy)
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
        column.addWidget(self.grid)
        column.addWidget(self._message)
        self.show_array(None)

    def show_array(self, array: Any, stale: bool = False, editable: bool = False) -> None:
        """Show an array, or that none is computed; ``stale`` says that it is of an earlier state."""
        known = array is not None
        for part in (self.grid, self._digits, self._copy):
            part.setVisible(known)
        if not known:
            self._about.setText("—")
            self._message.complain("")
            return
        lengths = np.shape(array)
        shape = numbers.shape(lengths)
        self._about.setText(self.tr("{0} · stale").format(shape) if stale else shape)
        self.grid.numbers.show_array(array, editable)
        for header in (self.grid.horizontalHeader(), self.grid.verticalHeader()):
            header.setVisible(bool(lengths))
        self._fit_height()

    def begin(self) -> None:
        """Forget which cell is the current one, and what was said of it: another array comes."""
        self.grid.setCurrentIndex(QModelIndex())
        self._say_what_is_wrong()

    def _say_what_is_wrong(self) -> None:
        self._message.complain(self.grid.numbers.reason)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._heading.setStyleSheet(f"color: {theme[self._colour_key]}; font-weight: 600;")
        self._about.setStyleSheet(f"color: {theme['text.faint']};")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down at Enter where no cell is open, as a spreadsheet does."""
        if event.key() in ENTER:
            self.grid.move_on(1, 0)
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _button(name: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(text)
        button.setAutoRaise(True)
        return button

    def _fit_height(self) -> None:
        grid = self.grid
        rows = min(grid.numbers.rowCount(), MOST_ROWS_SHOWN)
        height = sum(grid.rowHeight(row) for row in range(rows)) + 2 * grid.frameWidth()
        if not grid.horizontalHeader().isHidden():
            height += grid.horizontalHeader().sizeHint().height()
        widths = sum(grid.columnWidth(column) for column in range(min(grid.numbers.columnCount(), 50)))
        if widths > 220:
            height += grid.horizontalScrollBar().sizeHint().height()
        grid.setFixedHeight(height)

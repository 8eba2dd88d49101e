"""PredictionBox: asks for the next number before it is shown, and says what is off about the answer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from gui.presentation.theme import Theme
from gui.widgets.array_grid import ArrayGrid
from gui.widgets.panel_parts import panel_stylesheet, plain_label, styled

MOST_ROWS_SHOWN = 6
MOST_LINES = 999
LONGEST_MARKED = "✗ −8.142e−10"


class PredictionBox(QFrame):
    """A question, a field, an answer, and the score of this run."""

    answered = Signal(str)
    """A text was entered."""
    table_answered = Signal(object)
    """The cells of the grid were entered: rows of numbers, None where a cell is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._question = plain_label("", self)
        self._question.setProperty("kind", "heading")
        self._field = QLineEdit(self)
        self._field.setObjectName("explain.prediction")
        self._field.setAccessibleName(self.tr("Your prediction"))
        self._field.returnPressed.connect(self._answer)
        self._field.textChanged.connect(self._take_back)
        self._grid = ArrayGrid("explain.prediction_grid", self)
        self._grid.setAccessibleName(self.tr("Your prediction, number by number"))
        self._grid.numbers.may_be_empty = True
        self._grid.numbers.refused.connect(self._refuse)
        self._grid.numbers.modelReset.connect(self._show_size)
        self._typed: dict[tuple[int, int], float] = {}
        self._rows = self._counter("explain.prediction_rows", self.tr("Rows of your prediction"))
        self._columns = self._counter("explain.prediction_columns", self.tr("Columns of your prediction"))
        self._size = QWidget(self)
        self._button = QPushButton(self.tr("Check"), self)
        self._button.setObjectName("explain.check_prediction")
        self._button.setAccessibleName(self.tr("Check the prediction"))
        self._button.clicked.connect(self._answer)
        self._verdict = plain_label("", self)
        self._verdict.setObjectName("explain.prediction_verdict")
        self._verdict.setProperty("kind", "problem")  # before its first style: one that comes later has no padding
        self._score = plain_label("", self)
        self._score.setProperty("kind", "quiet")
        self._lay_out()

    def _lay_out(self) -> None:
        size = QHBoxLayout(self._size)
        size.setContentsMargins(0, 0, 0, 0)
        for text, counter in ((self.tr("rows"), self._rows), (self.tr("columns"), self._columns)):
            size.addWidget(counter)
            size.addWidget(styled(plain_label(text, self), "quiet"))
        size.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self._field, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addWidget(self._question)
        column.addWidget(self._size)
        column.addWidget(self._grid)
        column.addLayout(row)
        column.addWidget(self._verdict)
        column.addWidget(self._score)
        self._verdict.hide()

    def leave(self) -> None:
        """Take the cursor out of the field, so that the keys of the run work again."""
        self._field.clearFocus()
        self._grid.clearFocus()

    def restyle(self, theme: Theme, scale: float) -> None:
        """Take the colours of a theme, and type of this scale."""
        self.setStyleSheet(panel_stylesheet(theme, scale))

    def ask_table(self, question: str, score: str) -> None:
        """Ask for numbers in rows and columns: how many of each is part of the answer."""
        self.ask(question, "", score)
        self._field.hide()
        self._typed = {}
        self._grid.numbers.show_rows([[None]], editable=True)
        self._size.show()
        self._grid.show()

    @property
    def table(self) -> list[list[float | None]]:
        """The cells of the grid, row by row; None where one is empty."""
        return [list(row) for row in self._grid.numbers.rows]

    def mark(self, right: Any) -> None:
        """Show number by number what is right."""
        self._grid.numbers.mark(right)

    def ask(self, question: str, example: str, score: str) -> None:
        """Ask another question; ``example`` shows how an answer may look."""
        self._grid.hide()
        self._size.hide()
        self._question.setText(question)
        self._field.clear()
        self._field.setPlaceholderText(example)
        self._set_open(True)
        self._take_back()
        self._score.setText(score)

    def wait(self, text: str, score: str) -> None:
        """Ask nothing for now, and say why."""
        self.ask(text, "", score)
        self._set_open(False)

    def show_verdict(self, text: str, kind: str, score: str) -> None:
        """Say what is off (``kind`` problem), or that it is right (``good``)."""
        self._verdict.setProperty("kind", kind)
        self._verdict.style().unpolish(self._verdict)
        self._verdict.style().polish(self._verdict)
        self._verdict.setText(text)
        self._verdict.show()
        self._score.setText(score)

    def _set_open(self, is_open: bool) -> None:
        self._field.setVisible(is_open)
        self._button.setVisible(is_open)

    def _counter(self, name: str, accessible_name: str) -> QSpinBox:
        counter = QSpinBox(self)
        counter.setObjectName(name)
        counter.setAccessibleName(accessible_name)
        counter.setRange(1, MOST_LINES)
        counter.valueChanged.connect(self._resize)
        return counter

    def _resize(self) -> None:
        """Give the grid another size: every number that has a place in it is there, cut off before or not."""
        self._grid.finish_cell()
        for row, numbers in enumerate(self.table):
            self._typed.update({(row, place): number for place, number in enumerate(numbers) if number is not None})
        columns = range(self._columns.value())
        rows = [[self._typed.get((row, place)) for place in columns] for row in range(self._rows.value())]
        self._grid.numbers.show_resized(rows)
        self._refuse(self._grid.numbers.reason)

    def _show_size(self) -> None:
        """Tell how many rows and columns there are now, pasted ones too, and have room for the first of them."""
        rows, columns = self._grid.numbers.rowCount(), self._grid.numbers.columnCount()
        for counter, count in ((self._rows, rows), (self._columns, columns)):
            with QSignalBlocker(counter):
                counter.setValue(count)
        width = self._grid.fontMetrics().horizontalAdvance(LONGEST_MARKED) + 12
        for column in range(columns):
            self._grid.setColumnWidth(column, width)
        height = min(rows, MOST_ROWS_SHOWN) * self._grid.verticalHeader().defaultSectionSize()
        bars = self._grid.horizontalHeader().sizeHint().height() + self._grid.horizontalScrollBar().sizeHint().height()
        self._grid.setFixedHeight(height + bars + 2 * self._grid.frameWidth())

    def _answer(self) -> None:
        if self._grid.isHidden():
            self.answered.emit(self._field.text())
        elif self._grid.numbers.reason:
            self._refuse(self._grid.numbers.reason)
        else:
            self.table_answered.emit(self.table)

    def _refuse(self, reason: str) -> None:
        if reason:
            self.show_verdict(reason, "problem", self._score.text())
        else:
            self._take_back()

    def _take_back(self) -> None:
        """Say no longer what was said of another answer."""
        self._verdict.hide()

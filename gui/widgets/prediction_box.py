"""PredictionBox: asks for the next number before it is shown, and says what is off about the answer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui.presentation.theme import Theme
from gui.widgets.array_grid import ArrayGrid
from gui.widgets.panel_parts import panel_stylesheet, plain_label

MOST_ROWS_SHOWN = 6
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
        self._grid = ArrayGrid("explain.prediction_grid", self)
        self._grid.setAccessibleName(self.tr("Your prediction, number by number"))
        self._grid.numbers.refused.connect(self._refuse)
        self._button = QPushButton(self.tr("Check"), self)
        self._button.setObjectName("explain.check_prediction")
        self._button.setAccessibleName(self.tr("Check the prediction"))
        self._button.clicked.connect(self._answer)
        self._verdict = plain_label("", self)
        self._verdict.setObjectName("explain.prediction_verdict")
        self._score = plain_label("", self)
        self._score.setProperty("kind", "quiet")
        row = QHBoxLayout()
        row.addWidget(self._field, 1)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addWidget(self._question)
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

    def ask_table(self, question: str, rows: int, columns: int, score: str) -> None:
        """Ask for so many numbers, each in a cell of its own."""
        self.ask(question, "", score)
        self._field.hide()
        self._grid.numbers.show_rows([[None] * columns for _ in range(rows)], editable=True)
        width = self._grid.fontMetrics().horizontalAdvance(LONGEST_MARKED) + 12
        for column in range(columns):
            self._grid.setColumnWidth(column, width)
        height = min(rows, MOST_ROWS_SHOWN) * self._grid.verticalHeader().defaultSectionSize()
        bars = self._grid.horizontalHeader().sizeHint().height() + self._grid.horizontalScrollBar().sizeHint().height()
        self._grid.setFixedHeight(height + bars + 2 * self._grid.frameWidth())
        self._grid.show()

    def mark(self, right: Any) -> None:
        """Show number by number what is right."""
        self._grid.numbers.mark(right)

    def ask(self, question: str, example: str, score: str) -> None:
        """Ask another question; ``example`` shows how an answer may look."""
        self._grid.hide()
        self._question.setText(question)
        self._field.clear()
        self._field.setPlaceholderText(example)
        self._set_open(True)
        self._verdict.hide()
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

    def _answer(self) -> None:
        if self._grid.isHidden():
            self.answered.emit(self._field.text())
        else:
            self.table_answered.emit(self._grid.numbers.rows)

    def _refuse(self, reason: str) -> None:
        if reason:
            self.show_verdict(reason, "problem", self._score.text())

"""PredictionBox: asks for the next number before it is shown, and says what is off about the answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui.presentation.theme import Theme
from gui.widgets.panel_parts import panel_stylesheet, plain_label


class PredictionBox(QFrame):
    """A question, a field, an answer, and the score of this run."""

    answered = Signal(str)
    """A text was entered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._question = plain_label("", self)
        self._question.setProperty("kind", "heading")
        self._field = QLineEdit(self)
        self._field.setObjectName("explain.prediction")
        self._field.setAccessibleName(self.tr("Your prediction"))
        self._field.returnPressed.connect(self._answer)
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
        column.addLayout(row)
        column.addWidget(self._verdict)
        column.addWidget(self._score)
        self._verdict.hide()

    def leave(self) -> None:
        """Take the cursor out of the field, so that the keys of the run work again."""
        self._field.clearFocus()

    def restyle(self, theme: Theme, scale: float) -> None:
        """Take the colours of a theme, and type of this scale."""
        self.setStyleSheet(panel_stylesheet(theme, scale))

    def ask(self, question: str, example: str, score: str) -> None:
        """Ask another question; ``example`` shows how an answer may look."""
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
        self.answered.emit(self._field.text())

"""Asking: a switch that makes the run ask for each number first, the box that asks, and the answer to each answer."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtWidgets import QWidget

from gui.controllers.predictions import Predictions, expected_shape, is_value
from gui.explaining.switched import Switched
from gui.presentation.value_text import parse_value
from gui.widgets.prediction_box import PredictionBox
from gui.widgets.sentences import say, short
from gui.workspace import Workspace
from miniflow.errors import MiniFlowError
from miniflow.explain.prediction import Judgement, NumberStep
from miniflow.explain.symbols import gradient_symbol
from miniflow.overriding import override

MOST_CELLS = 130
"""Up to so many numbers are asked for in a grid."""


class Asking(Switched):
    """What stands under the explanations: off by default."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, "predict", parent)
        self._predictions = Predictions(workspace.stepping, self)
        self._switch.setText(self.tr("Let me predict each number first"))
        self._switch.setAccessibleName(self._switch.text())
        self._switch.toggled.connect(self._predictions.turn)
        self._box = PredictionBox(self)
        self._box.answered.connect(self._judge_text)
        self._box.table_answered.connect(self._judge_table)
        self._column.setContentsMargins(12, 6, 12, 8)
        self._column.addWidget(self._box)
        self._column.addWidget(self._switch)
        self._predictions.changed.connect(self._ask)
        workspace.document_replaced.connect(self._ask)
        self._restyle()
        self._ask()

    @override
    def _restyle(self) -> None:
        self._box.restyle(self._workspace.appearance.theme, self._workspace.appearance.panel_scale)

    def _ask(self) -> None:
        self._box.setVisible(self._predictions.is_on)
        if not self._predictions.is_on:
            return
        step = self._predictions.asked
        if step is None:
            self._box.wait(self.tr("The next step computes no number to predict: step on."), self._score())
        elif 1 <= len(expected_shape(step)) <= 2 and int(np.prod(expected_shape(step))) <= MOST_CELLS:
            self._box.ask_table(self._question(step), self._score())
        else:
            self._box.ask(self._question(step), self._example(step), self._score())

    def _question(self, step: NumberStep) -> str:
        node = short(step.node)
        if is_value(step):
            return self.tr("What value will {0} get?").format(node)
        trace = self._workspace.stepping.trace
        assert trace is not None
        return self.tr("What is {0}?").format(gradient_symbol(trace, node).text())

    def _example(self, step: NumberStep) -> str:
        return self.tr("such as [[0.5, −1], [2, 0]]") if expected_shape(step) else self.tr("a number, such as −0.5")

    def _score(self) -> str:
        right, asked = self._predictions.score
        return self.tr("Right at the first try: {0} of {1}").format(right, asked)

    def _judge_table(self, rows: list[list[float | None]]) -> None:
        step = self._predictions.asked
        if step is None:
            return
        shape = _as_asked((len(rows), len(rows[0])), expected_shape(step))
        if any(number is None for row in rows for number in row):
            self._judge_shape(shape)
            return
        table = np.array(rows, dtype=np.float64)
        judgement = self._judge(table.reshape(shape))
        if judgement.right is not None:
            self._box.mark(judgement.right.reshape(table.shape))

    def _judge_shape(self, shape: tuple[int, ...]) -> None:
        """Say whether the rows and columns are right, as long as numbers are missing."""
        judgement = self._predictions.answer_shape(shape)
        if judgement is None:
            text = self.tr("✓ So many rows and columns. Now every number: choose a cell and type, or paste a table.")
            self._box.show_verdict(text, "good", self._score())
        else:
            self._box.show_verdict(self.tr("✗ {0}").format(say(judgement.sentence)), "problem", self._score())

    def _judge_text(self, text: str) -> None:
        try:
            value = np.array(parse_value(text).data, dtype=np.float64)[()]
        except MiniFlowError as error:
            self._box.show_verdict(say(error.sentence), "problem", self._score())
            return
        self._judge(value)

    def _judge(self, value: Any) -> Judgement:
        judgement = self._predictions.answer(value)
        sentence = say(judgement.sentence)
        if judgement.is_right:
            self._box.show_verdict(self.tr("✓ {0} Step on to see it.").format(sentence), "good", self._score())
            self._box.leave()
        else:
            self._box.show_verdict(self.tr("✗ {0}").format(sentence), "problem", self._score())
        return judgement


def _as_asked(shape: tuple[int, ...], expected: tuple[int, ...]) -> tuple[int, ...]:
    """The shape of a table as it was meant: where a list is expected, a row or a column is one."""
    return (max(shape),) if len(expected) == 1 and min(shape) == 1 else shape

"""GradientVerdict: a gradient against slopes that were measured: at once where that is quick, else at a click."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.presentation import numbers
from gui.widgets.sentences import say
from miniflow.engine.gradcheck import NodeCheck, gradient_checks
from miniflow.errors import MiniFlowError
from miniflow.graph.build import build
from miniflow.graph.records import GraphRecord

QUICK = 400
"""So many evaluations of nodes are made without being asked."""


class GradientVerdict(QWidget):
    """A strip that says whether the gradient of a node is right, and how far off it is at most."""

    def __init__(self, record: GraphRecord, node: str, numbers_in_it: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record = record
        self._node = node
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._button = QPushButton(self.tr("Check this gradient by measuring"), self)
        self._button.setObjectName("explain.check_gradient")
        self._button.setAccessibleName(self._button.text())
        self._button.setToolTip(self.tr("Moves each number up and down a little, and sees how the output follows."))
        self._button.clicked.connect(self.check)
        self._column.addWidget(self._button)
        if 2 * numbers_in_it * len(record.nodes) <= QUICK:
            self.check()

    def check(self) -> None:
        """Measure now."""
        graph = build(self._record)
        node = graph.nodes.get(self._node)
        if node is None or node not in graph.order or graph.output is None:
            self._button.setEnabled(False)
            return
        try:
            for each in graph.order:
                each.forward()
            check = next(gradient_checks(graph.order, graph.output, [node]))
        except MiniFlowError as error:
            self._show(say(error.sentence), "problem")
            return
        self._show(self._text(check), "good" if check.passed else "problem")

    def _text(self, check: NodeCheck) -> str:
        error = numbers.number(float(f"{check.max_relative_error:.0e}"))
        if check.passed:
            return self.tr("✓ Gradient check: relative error {0}").format(error)
        return self.tr("✗ Gradient check: relative error {0}, so it is wrong").format(error)

    def _show(self, text: str, kind: str) -> None:
        self._button.hide()
        label = QLabel(text, self)
        label.setObjectName("explain.verdict")
        label.setWordWrap(True)
        label.setProperty("kind", kind)
        self._column.addWidget(label)

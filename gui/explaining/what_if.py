"""WhatIf: a handle to move one number of an Input, and what the output does, beside what the gradient foretold."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from gui.explaining.switched import Switched
from gui.presentation.value_text import parse_number
from gui.widgets.panel_parts import panel_stylesheet, plain_label, styled
from gui.widgets.sentences import say, short
from gui.workspace import Workspace
from miniflow.errors import MiniFlowError
from miniflow.overriding import override

STEPS = 100
"""So many places the handle has to either side."""


class WhatIf(Switched):
    """What stands under the explanation of a small Input; closed until it is wanted."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, "what_if", parent)
        self._trying = workspace.trying
        self._node: str | None = None
        self._switch.setAccessibleName(self.tr("What if this value were another"))
        self._switch.toggled.connect(self._show)
        self._body = QWidget(self)
        self._lay_out_body()
        self._column.setContentsMargins(12, 6, 12, 0)
        self._column.addWidget(self._switch)
        self._column.addWidget(self._body)
        self._trying.changed.connect(self._show)
        workspace.edited.connect(self._show)
        workspace.stepping.moved.connect(self._show)
        workspace.training.state_changed.connect(self._show)
        self._restyle()
        self._show()

    def _lay_out_body(self) -> None:
        self._places = QComboBox(self._body)
        self._places.setObjectName("explain.what_if_place")
        self._places.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys of the run as they are
        self._places.setAccessibleName(self.tr("Which number"))
        self._places.activated.connect(self._show)
        self._handle = QSlider(Qt.Orientation.Horizontal, self._body)
        self._handle.setObjectName("explain.what_if_handle")
        self._handle.setAccessibleName(self.tr("Move the number"))
        self._handle.setRange(-STEPS, STEPS)
        self._handle.valueChanged.connect(self._follow_handle)
        self._field = QLineEdit(self._body)
        self._field.setObjectName("explain.what_if_number")
        self._field.setAccessibleName(self.tr("The number"))
        self._field.setFixedWidth(self._field.fontMetrics().horizontalAdvance("−0.0000000000") + 22)
        self._field.editingFinished.connect(self._follow_field)
        self._outcome = plain_label("", self._body)
        self._outcome.setObjectName("explain.what_if_outcome")
        self._places.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row = QHBoxLayout()
        row.addWidget(self._places)
        row.addWidget(self._handle, 1)
        row.addWidget(self._field)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(styled(self._outcome, "words"))

    def show_node(self, node: str | None) -> None:
        """Offer the numbers of a node, where it is an Input with a few of them."""
        if node != self._node:
            self._node = node
            self._places.clear()
        self._show()

    # --- what it shows --------------------------------------------------------------------------------------------

    def _show(self, *_: object) -> None:
        node = self._node
        is_offered = node is not None and self._trying.can_try(node)
        self.setVisible(is_offered)
        if node is None or not is_offered:
            return
        self._switch.setText(self.tr("What if {0} were another value?").format(short(node)))
        self._body.setVisible(self._switch.isChecked())
        if self._switch.isChecked():
            self._show_places(node)
            self._show_number(node)

    def _show_places(self, node: str) -> None:
        array = np.asarray(self._trying.array(node))
        places = list(np.ndindex(array.shape))
        if self._places.count() != len(places):
            self._places.clear()
            for place in places:
                self._places.addItem(", ".join(str(number + 1) for number in place), place)
        self._places.setVisible(len(places) > 1)

    def _show_number(self, node: str) -> None:
        number, original = self._number(node), self._original(node)
        with QSignalBlocker(self._handle), QSignalBlocker(self._field):
            self._handle.setValue(round((number - original) / self._span(original) * STEPS))
            self._field.setText(f"{number:.10g}".replace("-", "−"))
            self._field.setCursorPosition(0)  # what is too long is cut at its end, not at its sign
        nudge = self._trying.nudge()
        text = self.tr("Drag the handle: every value and gradient follows, and the document keeps its own.")
        self._outcome.setText(text if nudge is None else say(nudge.sentence(node, self._place)))

    def _number(self, node: str) -> float:
        return float(np.asarray(self._trying.array(node))[self._place])

    def _original(self, node: str) -> float:
        return float(np.asarray(self._trying.original(node))[self._place])

    @property
    def _place(self) -> tuple[int, ...]:
        return tuple(self._places.currentData() or ())

    @staticmethod
    def _span(original: float) -> float:
        """How far the handle goes to either side: as far as the number is from 0, and 1 at least."""
        return max(1.0, abs(original))

    @override
    def _restyle(self) -> None:
        self.setStyleSheet(panel_stylesheet(self._workspace.appearance.theme, self._workspace.appearance.panel_scale))

    # --- what the person does -------------------------------------------------------------------------------------

    def _follow_handle(self, steps: int) -> None:
        if self._node is not None:
            original = self._original(self._node)
            moved = original + steps / STEPS * self._span(original)
            self._trying.set_number(self._node, self._place, float(f"{moved:.10g}"))

    def _follow_field(self) -> None:
        if self._node is None:
            return
        try:
            number = float(parse_number(self._field.text()))
        except MiniFlowError as error:
            self._outcome.setText(say(error.sentence))
            return
        if number != float(f"{self._number(self._node):.10g}"):
            self._trying.set_number(self._node, self._place, number)

"""Checking: the gradient check in the Explain panel, of one node and of all; it follows while numbers are measured."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.widgets.check_table import CheckTable, roughly
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.panel_parts import NodeLink, plain_label, styled
from gui.widgets.sentences import say
from gui.widgets.style import colour
from gui.workspace import Workspace
from miniflow.engine.gradcheck import NodeCheck
from miniflow.errors import counted
from miniflow.overriding import override

MOST_WRONG = 6
"""So many wrong nodes are named."""


class Measured(QWidget):
    """A part of the Explain panel that follows the gradient check."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = workspace.appearance.theme
        self._checks = workspace.checks
        self._content: QWidget | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._checks.changed.connect(self._rebuild)
        self._rebuild()

    def fill(self, column: QVBoxLayout) -> None:
        """Add what there is to show now."""
        raise NotImplementedError

    def _rebuild(self) -> None:
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget(self)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.fill(column)
        self.setVisible(column.count() > 0)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._content)
        self._content.show()  # else it would be shown only later, by the event loop

    @staticmethod
    def _strip(column: QVBoxLayout, text: str, kind: str, name: str) -> None:
        label = plain_label(text)
        label.setObjectName(name)
        column.addWidget(styled(label, kind))

    @staticmethod
    def _button(name: str, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.clicked.connect(slot)
        return button


class NodeChecking(Measured):
    """What was measured of one gradient, number by number; where nothing was, a button."""

    def __init__(self, workspace: Workspace, node: str, parent: QWidget | None = None) -> None:
        self._node = node
        workspace.checks.check_if_quick(node)
        super().__init__(workspace, parent)

    @override
    def fill(self, column: QVBoxLayout) -> None:
        self._show_node(column, self._node)
        if not self._checks.is_running and not self._checks.has_all:
            button = self._button("explain.check_all", self.tr("Check all gradients"), self._check_all)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_node(self, column: QVBoxLayout, node: str) -> None:
        check = self._checks.found.get(node)
        if check is None:
            if not self._checks.is_running:
                button = self._button("explain.check_gradient", self.tr("Check this gradient"), self._check_node)
                column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            return
        kind = "good" if check.passed else "problem" if check.failed else "quiet"
        self._strip(column, self._verdict(check), kind, "explain.verdict")
        if np.ndim(check.numerical):
            good, bad = colour(self._theme["meaning.good"]), colour(self._theme["meaning.problem"])
            column.addWidget(CheckTable(check, good, bad))

    def _verdict(self, check: NodeCheck) -> str:
        error, h = roughly(check.max_relative_error), self._steps(check)
        if check.passed:
            return self.tr("✓ Gradient check: relative error {0}, {1}").format(error, h)
        if not check.failed:
            return self._about_unmeasured(check)
        wrong, total = int(np.sum(~check.right & check.measured)), check.right.size
        error = roughly(float(np.max(check.relative_error, where=check.measured, initial=0.0)))
        if total == 1:
            return self.tr("✗ Gradient check: relative error {0}, {1}").format(error, h)
        text = self.tr("✗ Gradient check: {0} of {1} numbers are wrong; relative error {2}, {3}")
        return text.format(wrong, total, error, h)

    def _about_unmeasured(self, check: NodeCheck) -> str:
        unmeasured, total = int(np.sum(~check.measured)), check.measured.size
        if unmeasured == total:
            return self.tr("The gradient cannot be checked: a number is infinite.")
        text = self.tr("{0} of {1} numbers cannot be checked: a number is infinite. The others are right.")
        return text.format(unmeasured, total)

    def _steps(self, check: NodeCheck) -> str:
        """The h that was used, or the least and the largest."""
        low, high = roughly(float(np.min(check.step))), roughly(float(np.max(check.step)))
        return self.tr("h = {0}").format(low) if low == high else self.tr("h from {0} to {1}").format(low, high)

    def _check_all(self) -> None:
        self._checks.check()

    def _check_node(self) -> None:
        self._checks.check(self._node)


class AllChecking(Measured):
    """How far the measuring has come, and, after all gradients were checked, which is the first wrong one."""

    chosen = Signal(str)
    """A node with a wrong gradient was clicked."""

    @override
    def fill(self, column: QVBoxLayout) -> None:
        if self._checks.problem is not None:
            self._strip(column, say(self._checks.problem), "problem", "explain.check_problem")
        if self._checks.is_running:
            self._show_progress(column)
        elif self._checks.has_all:
            self._show_all(column)

    def _show_progress(self, column: QVBoxLayout) -> None:
        done, total = self._checks.progress
        label = plain_label(self.tr("Measuring: {0} of {1} numbers").format(done, total))
        label.setObjectName("explain.check_progress")
        row = FlowLayout(gap=10)
        row.addWidget(styled(label, "quiet"))
        row.addWidget(self._button("explain.check_stop", self.tr("Stop"), self._checks.stop))
        column.addLayout(row)

    def _show_all(self, column: QVBoxLayout) -> None:
        found = self._checks.found
        wrong = [(node, check) for node, check in found.items() if check.failed]
        unmeasured = sum(not np.all(check.measured) for check in found.values())
        if unmeasured:
            text = self.tr("{0} of {1} gradients cannot be checked: a number is infinite.")
            self._strip(column, text.format(unmeasured, len(found)), "quiet", "explain.check_unmeasured")
        elif not wrong:
            largest = max((check.max_relative_error for check in found.values()), default=0.0)
            one, many = "✓ The gradient of the 1 node is right", "✓ The gradients of all {count} nodes are right"
            verdict = say(counted(len(found), one, many))
            text = self.tr("{0}; the largest relative error is {1}.").format(verdict, roughly(largest))
            self._strip(column, text, "good", "explain.check_all_verdict")
        if not wrong:
            return
        one, many = "✗ 1 of {all} gradients is wrong.", "✗ {count} of {all} gradients are wrong."
        verdict = say(counted(len(wrong), one, many, all=len(found)))
        self._strip(column, verdict, "problem", "explain.check_all_verdict")
        first = self._checks.first_wrong
        if first is not None:
            self._name(column, self.tr("The first wrong one on the way back:"), first)
        for node, check in [each for each in wrong if each[0] != first][: MOST_WRONG - 1]:
            self._name(column, self.tr("relative error {0}:").format(roughly(check.max_relative_error)), node)

    def _name(self, column: QVBoxLayout, text: str, node: str) -> None:
        row = FlowLayout(gap=6)
        row.addWidget(styled(plain_label(text), "quiet"))
        link = NodeLink(node)
        link.chosen.connect(self.chosen)
        row.addWidget(link)
        column.addLayout(row)

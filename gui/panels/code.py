"""The Code panel: the Python program that this graph is, with the line of the current step marked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from gui.panel import Panel
from gui.widgets.code_line import CodeLineView
from gui.widgets.panel_parts import plain_label, styled
from gui.widgets.rebuilt_area import RebuiltArea
from gui.widgets.sentences import say
from gui.workspace import Workspace
from miniflow.errors import counted
from miniflow.explain.program import program, running_line

MOST_LINES = 400


class CodePanel(Panel):
    """Mirrors the graph as a program; a click on a line selects its node, a selected node marks its lines."""

    name = "code"
    place = 3

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._area = RebuiltArea(self._fill, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        workspace.stepping.moved.connect(self._area.rebuild)
        workspace.selection.changed.connect(self._area.rebuild)
        workspace.edited.connect(self._refresh)
        workspace.document_replaced.connect(self._area.rebuild)
        workspace.appearance.changed.connect(self._restyle)
        self._restyle()

    @override
    def title(self) -> str:
        return self.tr("Code")

    def _refresh(self, *_: object) -> None:
        self._area.rebuild()

    def _restyle(self) -> None:
        self._area.restyle(self.workspace.appearance.theme, self.workspace.appearance.scale)
        self._area.rebuild()

    def _fill(self, column: QVBoxLayout) -> None:
        column.addWidget(styled(plain_label(self.tr("This network in Python")), "title"))
        hint = self.tr("It runs as it stands, beside the miniflow package. A click on a line selects its node.")
        column.addWidget(styled(plain_label(hint), "quiet"))
        stepping, selected = self.workspace.stepping, self.workspace.selection.nodes
        moment = None if stepping.stale else stepping.moment
        step = moment.step if moment is not None else None
        block = QVBoxLayout()
        block.setSpacing(0)
        lines = program(self.workspace.document.record())
        for line in lines[:MOST_LINES]:
            view = CodeLineView(line.text, line.node)
            is_running = step is not None and running_line(line, step.node, step.phase)
            view.setProperty("kind", "code now" if is_running else "code")
            view.setProperty("selected", line.node in selected)
            view.chosen.connect(self._choose)
            block.addWidget(view)
        column.addLayout(block)
        if len(lines) > MOST_LINES:
            one = "… 1 more line: copy the program to see all."
            many = "… {count} more lines: copy the program to see all."
            rest = counted(len(lines) - MOST_LINES, one, many)
            column.addWidget(styled(plain_label(say(rest)), "quiet"))
        column.addWidget(self._copy_button(), 0, Qt.AlignmentFlag.AlignLeft)

    def _copy_button(self) -> QPushButton:
        button = QPushButton(self.tr("Copy the program"))
        button.setObjectName("code.copy")
        button.setAccessibleName(button.text())
        button.setProperty("kind", "link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(self._copy)
        return button

    def _copy(self) -> None:
        lines = program(self.workspace.document.record())
        QGuiApplication.clipboard().setText("".join(f"{line.text}\n" for line in lines))

    def _choose(self, node: str) -> None:
        self.workspace.selection.select([node])
        self.workspace.viewport.reveal.emit(node)

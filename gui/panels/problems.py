"""The problems panel: what is wrong with the graph or missing, where, and a button that mends it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from gui.panel import Panel
from gui.widgets.problem_list import ProblemList
from gui.widgets.sentences import say
from gui.workspace import Workspace
from miniflow.graph.edits import AddNote, ChangeNote, Edit, Move, RemoveNote, SetTitle
from miniflow.graph.problem import Fix, Problem
from miniflow.overriding import override


class ProblemsPanel(Panel):
    """Mirrors what the rules say of the document; looks again once after each burst of edits."""

    name = "problems"
    place = 4

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._list = ProblemList()
        self._list.followed.connect(self._follow)
        self._list.fixed.connect(self._fix)
        self._list.value_asked.connect(self._edit_value)
        area = QScrollArea()
        area.setWidget(self._list)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show)
        workspace.edited.connect(self._hear)
        workspace.document_replaced.connect(self._show_soon)
        workspace.appearance.changed.connect(self._restyle)
        self._restyle()
        self._show()

    @override
    def title(self) -> str:
        return self.tr("Problems")

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the edits made while it was hidden."""
        super().showEvent(event)
        self._show()

    def _hear(self, edits: Sequence[Edit]) -> None:
        if any(not isinstance(edit, (Move, SetTitle, AddNote, RemoveNote, ChangeNote)) for edit in edits):
            self._show_soon()

    def _show_soon(self) -> None:
        if self.isVisible():
            self._soon.start()

    def _show(self) -> None:
        self._soon.stop()
        self._list.show_problems(self.workspace.structure.problems())

    def _restyle(self) -> None:
        self._list.set_theme(self.workspace.appearance.theme)

    def _follow(self, problem: Problem) -> None:
        if problem.node is not None and problem.node in self.workspace.document.nodes:
            self.workspace.selection.select([problem.node])
            self.workspace.viewport.reveal.emit(problem.node)

    def _fix(self, shown: Problem, chosen: Fix) -> None:
        """Mend a problem as the document is now: its card may have been moved since the problem was shown."""
        for problem in self.workspace.structure.problems():
            fix = next((fix for fix in problem.ways if fix.label == chosen.label), None)
            if problem.sentence == shown.sentence and fix is not None:
                self.workspace.mend(say(fix.label), *fix.edits)
                return

    def _edit_value(self, problem: Problem) -> None:
        self._follow(problem)
        if problem.node is not None:
            self.workspace.viewport.edit_value.emit(problem.node)

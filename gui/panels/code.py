"""The Code panel: the Python program that this graph is, with the line of the current step marked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.panel import Panel
from gui.widgets.code_line import CodeLineView
from gui.widgets.panel_parts import plain_label, styled
from gui.widgets.rebuilt_area import LazyArea
from gui.widgets.sentences import say, short
from gui.workspace import Workspace
from miniflow.errors import counted
from miniflow.explain.program import CodeLine, program, running_line
from miniflow.overriding import override

MOST_LINES = 400


class CodePanel(Panel):
    """Mirrors the graph as a program; a click on a line selects its node, a selected node marks its lines."""

    name = "code"
    place = 3

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._views: list[CodeLineView] = []
        self._area = LazyArea(self._show, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        workspace.stepping.moved.connect(self._area.refresh_soon)
        workspace.selection.changed.connect(self._area.refresh_soon)
        workspace.edited.connect(self._area.refresh_soon)
        workspace.document_replaced.connect(self._area.refresh_soon)
        workspace.appearance.changed.connect(self._restyle)
        self._restyle()

    @override
    def title(self) -> str:
        return self.tr("Code")

    def _restyle(self) -> None:
        self._views = []
        self._area.restyle(self.workspace.appearance.theme, self.workspace.appearance.panel_scale)
        self._area.put(self._fill)
        self._area.refresh()

    def _fill(self, column: QVBoxLayout) -> None:
        column.addWidget(styled(plain_label(self.tr("This network in Python")), "title"))
        hint = self.tr("It runs as it stands, beside the miniflow package. A click on a line selects its node.")
        column.addWidget(styled(plain_label(hint), "quiet"))
        self._tried = plain_label("")
        self._tried.setObjectName("code.what_if")
        column.addWidget(styled(self._tried, "stale"))
        self._block = QVBoxLayout()
        self._block.setSpacing(0)
        column.addLayout(self._block)
        self._rest = plain_label("")
        column.addWidget(styled(self._rest, "quiet"))
        column.addWidget(self._copy_button(), 0, Qt.AlignmentFlag.AlignLeft)

    def _show(self) -> None:
        """Show the program as it is now; a line that stays as it was keeps its widget."""
        stepping, selected = self.workspace.stepping, self.workspace.selection.nodes
        moment = None if stepping.stale else stepping.moment
        step = moment.step if moment is not None else None
        self._tell_what_is_tried()
        lines = self._program()
        shown = lines[:MOST_LINES]
        for view in self._views[len(shown) :]:
            view.hide()
            view.deleteLater()
        del self._views[len(shown) :]
        for place, line in enumerate(shown):
            if place == len(self._views):
                self._views.append(self._new_view(line))
            is_running = step is not None and running_line(line, step.node, step.phase)
            self._views[place].show_line(line.text, line.node)
            self._views[place].mark(is_running, line.node in selected)
        one = "… 1 more line: copy the program to see all."
        many = "… {count} more lines: copy the program to see all."
        self._rest.setText(say(counted(len(lines) - len(shown), one, many)))
        self._rest.setVisible(len(lines) > len(shown))

    def _new_view(self, line: CodeLine) -> CodeLineView:
        view = CodeLineView(line.text, line.node)
        view.chosen.connect(self._choose)
        self._block.addWidget(view)
        return view

    def _program(self) -> tuple[CodeLine, ...]:
        return program(self.workspace.trying.program_record())

    def _tell_what_is_tried(self) -> None:
        trying = self.workspace.trying
        if trying.can_be_kept:
            text = self.tr("What if: {0} has the value here that is tried out.")
        else:
            text = self.tr("What if: {0} has the document's own value here; what is tried out in a batch is not shown.")
        self._tried.setText(text.format(", ".join(map(short, trying.values))))
        self._tried.setVisible(bool(trying.values))

    def _copy_button(self) -> QPushButton:
        button = QPushButton(self.tr("Copy the program"))
        button.setObjectName("code.copy")
        button.setAccessibleName(button.text())
        button.setProperty("kind", "link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(self._copy)
        return button

    def _copy(self) -> None:
        lines = self._program()
        QGuiApplication.clipboard().setText("".join(f"{line.text}\n" for line in lines))

    def _choose(self, node: str) -> None:
        self.workspace.selection.select([node])
        self.workspace.viewport.reveal.emit(node)

"""The gradient check in the window: of one node, of all, number by number, and ended by an edit."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from gui.panels.explain import ExplainPanel
from gui.presentation.line_breaks import NO_BREAK
from gui.widgets.panel_parts import NodeLink
from gui.widgets.rebuilt_area import RebuiltArea
from gui.workspace import Workspace
from miniflow.bug import Bug
from miniflow.engine.trace import Phase
from miniflow.graph.edits import SetValue
from miniflow.graph.records import Literal
from miniflow.node import Node
from miniflow.overriding import override
from miniflow.values import Value
from tests.gui.boston import one_weight, workspace_with
from tests.gui.screen import on_screen
from tests.miniflow.random_records import given, graph, node

ROWS = tuple((float(k), 1.0) for k in range(400))


@pytest.fixture
def workspace(qtbot: QtBot) -> Workspace:
    """A workspace with the cost of two products, of which nothing has been run."""
    return workspace_with(
        graph(
            given("x", (1.0, 2.0)),
            given("w", (3.0, -1.0)),
            given("y", (0.5, 0.5)),
            node("p", "Mul", "x", "w"),
            node("cost", "MSE", "y", "p"),
        )
    )


@pytest.fixture
def panel(workspace: Workspace, qtbot: QtBot) -> ExplainPanel:
    """The panel on the screen, as wide as in the window."""
    return on_screen(qtbot, ExplainPanel(workspace), 340, 560)


class ForgetsTheTwo(Bug):
    """Forgets the 2 of the square on its way back through the cost."""

    @override
    def shares(self, node: Node, gradient: Value) -> Mapping[Node, Value]:
        forgotten = 2 if node.name == "cost" else 1
        return {source: share / forgotten for source, share in super().shares(node, gradient).items()}


class HalvesEveryShare(Bug):
    """Passes half of every share back."""

    @override
    def shares(self, node: Node, gradient: Value) -> Mapping[Node, Value]:
        return {source: share / 2 for source, share in super().shares(node, gradient).items()}


def click(panel: ExplainPanel, name: str) -> None:
    QTest.mouseClick(panel.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def text(panel: ExplainPanel, name: str) -> str:
    return "".join(label.text() for label in panel.findChildren(QLabel, name) if label.isVisible())


def wait_until_measured(workspace: Workspace, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not workspace.checks.is_running)


def test_every_number_has_its_tick_and_tells_h_and_both_slopes(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.stepping.go_to_step(Phase.BACKWARD, "w")
    assert "✓" in text(panel, "explain.verdict")
    assert "h from 6e−6 to 2e−5" in text(panel, "explain.verdict")
    model = panel.findChild(QTableView, "explain.check_table").model()
    assert [model.index(0, column).data()[0] for column in range(2)] == ["✓", "✓"]
    about = model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert all(word in about for word in ("backward pass: -5\n", "measured: -", "h: ", "relative error"))


def lines(label: QLabel, width: int) -> list[str]:
    """The lines in which a label of this width shows its text."""
    text = QLabel.text(label)
    layout = QTextLayout(text, label.font())
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    places = [(line.textStart(), line.textLength()) for line in map(layout.lineAt, range(layout.lineCount()))]
    return [text[start : start + length].strip(" ") for start, length in places]


def test_h_and_what_it_is_stand_in_one_line_in_a_panel_of_any_width(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.stepping.go_to_step(Phase.BACKWARD, "cost")
    verdict = panel.findChild(QLabel, "explain.verdict")
    assert verdict is not None
    broken = [lines(verdict, width) for width in range(150, 300)]
    assert {len(each) for each in broken} > {2, 3}
    assert all(any("h = 4e−5" in line.replace(NO_BREAK, " ") for line in each) for each in broken)


def test_all_gradients_are_checked_at_a_click(panel: ExplainPanel, workspace: Workspace, qtbot: QtBot) -> None:
    workspace.stepping.go_to_step(Phase.BACKWARD, "w")
    click(panel, "explain.check_all")
    wait_until_measured(workspace, qtbot)
    assert "all 5 nodes are right" in text(panel, "explain.check_all_verdict")


def test_the_first_wrong_node_is_a_link_away(panel: ExplainPanel, workspace: Workspace, qtbot: QtBot) -> None:
    workspace.stepping.way_back = ForgetsTheTwo().backward_pass
    workspace.stepping.go_to_step(Phase.BACKWARD, "w")
    assert "2 of 2 numbers are wrong" in text(panel, "explain.verdict")
    click(panel, "explain.check_all")
    wait_until_measured(workspace, qtbot)
    assert "4 of 5 gradients are wrong" in text(panel, "explain.check_all_verdict")
    assert workspace.checks.first_wrong == "p"
    QTest.mouseClick(panel.findChildren(NodeLink)[0], Qt.MouseButton.LeftButton)
    assert workspace.selection.current == "p"


def test_a_wrong_gradient_is_shown_where_it_came_about_though_the_weight_is_updated_since(
    panel: ExplainPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.show_record(one_weight())
    workspace.stepping.way_back = HalvesEveryShare().backward_pass
    workspace.stepping.last()
    workspace.checks.check()
    wait_until_measured(workspace, qtbot)
    link = next(link for link in panel.findChildren(NodeLink) if link.text() == "w")
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert panel.explanation is not None
    assert (panel.explanation.node, panel.explanation.phase) == ("w", Phase.BACKWARD)
    assert "✗" in text(panel, "explain.verdict")


def test_the_verdict_on_all_gradients_comes_into_sight(panel: ExplainPanel, workspace: Workspace, qtbot: QtBot) -> None:
    panel.resize(340, 240)
    workspace.stepping.go_to_step(Phase.BACKWARD, "w")
    area, button = panel.findChild(RebuiltArea), panel.findChild(QPushButton, "explain.check_all")
    area.ensureWidgetVisible(button)
    assert area.verticalScrollBar().value() > 0
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until_measured(workspace, qtbot)
    qtbot.waitUntil(lambda: not panel.findChild(QLabel, "explain.check_all_verdict").visibleRegion().isEmpty())


def test_a_long_check_says_how_far_it_is_and_can_be_stopped(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.show_record(graph(given("X", ROWS), node("f", "Tanh", "X"), node("g", "Square", "f")))
    workspace.stepping.last()
    workspace.checks.check()
    assert workspace.checks.is_running
    assert "of 2400 numbers" in text(panel, "explain.check_progress")
    click(panel, "explain.check_stop")
    assert not workspace.checks.is_running
    assert not workspace.checks.has_all


def test_an_edit_ends_the_check_and_what_was_found_is_forgotten(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.stepping.go_to_step(Phase.BACKWARD, "w")
    workspace.show_record(graph(given("X", ROWS), given("c", 2.0), node("f", "Mul", "X", "c")))
    workspace.stepping.last()
    workspace.checks.check()
    workspace.do("Set c", SetValue("c", Literal(2.0), Literal(3.0)))
    assert not workspace.checks.is_running
    assert not workspace.checks.found
    assert text(panel, "explain.verdict") == ""
    assert "changed since" in "\n".join(label.text() for label in panel.findChildren(QLabel))


def test_a_run_that_cannot_be_measured_says_why(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.show_record(graph(given("x", 2.0), node("f", "Square", "x"), node("g", "Tanh", "x")))
    workspace.stepping.last()
    workspace.checks.check()
    assert not workspace.checks.is_running
    assert not workspace.checks.found


def test_a_gradient_beside_infinity_is_called_neither_right_nor_wrong(
    panel: ExplainPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.show_record(graph(given("x", 1.7976931348623157e308), given("c", 1.0), node("f", "Mul", "x", "c")))
    workspace.stepping.go_to_step(Phase.BACKWARD, "x")
    assert text(panel, "explain.verdict") == "The gradient cannot be checked: a number is infinite."
    click(panel, "explain.check_all")
    wait_until_measured(workspace, qtbot)
    assert "3 of 3 gradients cannot be checked" in text(panel, "explain.check_unmeasured")
    assert text(panel, "explain.check_all_verdict") == ""
    assert workspace.checks.first_wrong is None


def test_huge_numbers_are_checked_as_long_as_nothing_overflows(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.show_record(graph(given("x", (1e308, 1e308)), given("c", 1.0), node("f", "Mul", "x", "c")))
    workspace.stepping.go_to_step(Phase.BACKWARD, "x")
    assert "✓ Gradient check" in text(panel, "explain.verdict")
    workspace.stepping.go_to_step(Phase.BACKWARD, "c")
    assert "cannot be checked" in text(panel, "explain.verdict")

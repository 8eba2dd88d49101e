"""The Order panel: the lines of Kahn's algorithm, its queue, its list, and a cycle."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.panels.order import OrderPanel
from gui.widgets.panel_parts import NodeLink
from gui.workspace import Workspace
from miniflow.graph.edits import AddNode
from tests.gui.boston import workspace_with
from tests.gui.screen import on_screen
from tests.miniflow.random_records import given, graph, node


@pytest.fixture
def workspace(qtbot: QtBot) -> Workspace:
    """A workspace with x² + c, of which nothing has been run."""
    return workspace_with(graph(given("x", 2.0), given("c", 3.0), node("s", "Square", "x"), node("f", "Add", "s", "c")))


@pytest.fixture
def panel(workspace: Workspace, qtbot: QtBot) -> OrderPanel:
    """The panel on the screen."""
    return on_screen(qtbot, OrderPanel(workspace), 340, 560)


def running(panel: OrderPanel) -> list[str]:
    """The lines of the algorithm that are marked."""
    return [label.text() for label in panel.findChildren(QLabel) if label.property("kind") == "code now"]


def told(panel: OrderPanel) -> dict[str, str]:
    """What stands beside the lines of the algorithm."""
    labels = [label for label in panel.findChildren(QLabel) if str(label.property("kind")).startswith("code")]
    return {
        line.text().removeprefix("▸ "): outcome.text()
        for line, outcome in pairwise(labels)
        if outcome.property("kind") == "code outcome" and outcome.text()
    }


def chips(panel: OrderPanel, kind: str) -> list[str]:
    return [chip.text() for chip in panel.findChildren(NodeLink) if chip.property("kind") == kind]


def click(panel: OrderPanel, text: str) -> None:
    chip = next(chip for chip in panel.findChildren(NodeLink) if chip.text() == text)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)


def test_one_line_is_marked_and_each_that_has_run_tells_what_it_came_to(
    panel: OrderPanel, workspace: Workspace
) -> None:
    assert running(panel) == []
    workspace.stepping.first()
    workspace.stepping.prepare()
    workspace.stepping.go_to(0)
    assert running(panel) == ["▸ ready ← all that wait for none"]
    assert told(panel) == {
        "count the inputs each waits for": "s: 1, f: 2",
        "ready ← all that wait for none": "x, c",
    }
    workspace.stepping.go_to(1)
    assert running(panel) == ["▸ give it the next number"]
    assert told(panel) == {
        "take the first out of ready": "x",
        "give it the next number": "1",
        "for each that takes its value:": "s",
        "it waits for one less": "s: 1 → 0",
        "waits for none? → ready": "s",
    }
    workspace.stepping.go_to(2)
    assert told(panel)["it waits for one less"] == "f: 2 → 1"
    assert told(panel)["waits for none? → ready"] == "none"


def test_at_its_end_the_algorithm_says_whether_any_is_left_over(panel: OrderPanel, workspace: Workspace) -> None:
    workspace.stepping.go_to(4)
    assert told(panel)["for each that takes its value:"] == "none"
    assert told(panel)["any left over? they form a cycle"] == "none"
    workspace.stepping.go_to(5)
    assert running(panel) == ["▸ any left over? they form a cycle"]
    workspace.show_record(graph(given("x", 1.0), node("a", "Add", "x", "b"), node("b", "Square", "a")))
    workspace.stepping.last()
    assert told(panel)["any left over? they form a cycle"] == "a, b"


def test_queue_list_and_counts_are_those_of_the_moment(panel: OrderPanel, workspace: Workspace) -> None:
    workspace.stepping.go_to(2)
    assert chips(panel, "ready") == ["s"]
    assert chips(panel, "current") == ["2 c"]
    assert chips(panel, "chip") == ["1 x", "f · 1"]


def test_where_there_is_no_node_it_says_what_to_do_first(panel: OrderPanel, workspace: Workspace) -> None:
    workspace.show_record(graph())
    assert any(label.text().startswith("First place a node") for label in panel.findChildren(QLabel))
    workspace.do("Add", AddNode(given("x", 1.0), 0))
    assert "Press → to let it take its first node." in [label.text() for label in panel.findChildren(QLabel)]


def test_a_cycle_leaves_the_list_short_and_is_shown(panel: OrderPanel, workspace: Workspace) -> None:
    workspace.show_record(
        graph(given("x", 1.0), node("a", "Add", "x", "b"), node("b", "Square", "a"), node("c", "Tanh", "b"))
    )
    workspace.stepping.last()
    assert chips(panel, "left over") == ["a · 1", "b · 1", "c · 1"]
    text = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert "a → b → a" in text or "b → a → b" in text


def test_a_node_of_the_list_can_be_gone_to(panel: OrderPanel, workspace: Workspace) -> None:
    workspace.stepping.go_to(1)
    click(panel, "1 x")
    assert workspace.selection.current == "x"


def test_any_ready_node_can_be_clicked_to_go_next(panel: OrderPanel, workspace: Workspace) -> None:
    workspace.stepping.go_to(1)
    assert chips(panel, "ready") == ["c", "s"]
    assert "There are 3 orders" in " ".join(label.text() for label in panel.findChildren(QLabel))
    click(panel, "s")
    assert chips(panel, "current") == ["2 s"]
    assert workspace.stepping.position == 2
    workspace.stepping.last()
    moment = workspace.stepping.moment
    assert moment is not None
    assert moment.ordered == ("x", "s", "c", "f")
    assert (moment.value("f"), moment.gradient("x")) == (7, 4)


def test_the_first_of_the_queue_may_be_clicked_too(panel: OrderPanel, workspace: Workspace) -> None:
    workspace.stepping.go_to(1)
    click(panel, "c")
    assert workspace.stepping.moment is not None
    assert workspace.stepping.moment.ordered == ("x", "c")
    assert not workspace.stepping.let_go_next("nobody")


def test_a_thousand_nodes_are_cut_to_what_can_be_read(panel: OrderPanel, workspace: Workspace) -> None:
    workspace.show_record(graph(*(given(f"x{k}", 1.0) for k in range(1000)), output="x0"))
    workspace.stepping.go_to(500)
    assert len(panel.findChildren(NodeLink)) < 150
    assert any("more" in label.text() for label in panel.findChildren(QLabel))


def test_hidden_it_does_nothing_and_catches_up_when_shown(panel: OrderPanel, workspace: Workspace) -> None:
    panel.hide()
    workspace.stepping.go_to(2)
    assert chips(panel, "current") == []
    panel.show()
    assert chips(panel, "current") == ["2 c"]

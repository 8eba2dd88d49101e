"""The Code panel: the program beside the graph."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.panels.code import CodePanel
from gui.widgets.code_line import CodeLineView
from gui.workspace import Workspace
from miniflow.graph.edits import SetValue
from miniflow.graph.records import Literal
from tests.gui.boston import one_weight, workspace_with
from tests.gui.screen import on_screen
from tests.miniflow.random_records import given, graph, node


@pytest.fixture
def workspace(qtbot: QtBot) -> Workspace:
    """A workspace with x²."""
    return workspace_with(graph(given("x", 2.0), node("f", "Square", "x")))


@pytest.fixture
def panel(workspace: Workspace, qtbot: QtBot) -> CodePanel:
    """The panel on the screen."""
    return on_screen(qtbot, CodePanel(workspace), 340, 560)


def lines(panel: CodePanel, kind: str) -> list[str]:
    QApplication.processEvents()
    return [line.whole for line in panel.findChildren(CodeLineView) if line.property("kind") == kind]


def test_it_shows_the_program_and_marks_the_step(panel: CodePanel, workspace: Workspace) -> None:
    assert "f = Square(x)" in lines(panel, "code")
    workspace.stepping.go_to(4)
    assert lines(panel, "code now") == ["f = Square(x)", "forward_and_backward(graph, f)"]


def test_a_click_on_a_line_selects_its_node_and_the_other_way_round(panel: CodePanel, workspace: Workspace) -> None:
    line = next(line for line in panel.findChildren(CodeLineView) if line.whole == "f = Square(x)")
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert workspace.selection.current == "f"
    workspace.selection.select(["x"])
    QApplication.processEvents()
    selected = [line.whole for line in panel.findChildren(CodeLineView) if line.property("selected")]
    assert selected == ["x = Input()", "    x: 2.0,"]


def test_it_follows_the_edits(panel: CodePanel, workspace: Workspace) -> None:
    workspace.do("Set x", SetValue("x", Literal(2.0), Literal(7.0)))
    assert "    x: 7.0," in lines(panel, "code")


def test_an_edit_leaves_the_lines_that_it_does_not_touch_alone(panel: CodePanel, workspace: Workspace) -> None:
    assert "    x: 2.0," in lines(panel, "code")
    before = {line: line.whole for line in panel.findChildren(CodeLineView)}
    workspace.do("Set x", SetValue("x", Literal(2.0), Literal(7.0)))
    workspace.stepping.go_to(4)
    lines(panel, "code")
    after = {line: line.whole for line in panel.findChildren(CodeLineView)}
    assert [text for line, text in after.items() if before[line] != text] == ["    x: 7.0,"]


def test_the_program_is_copied_whole_however_long_its_lines(panel: CodePanel, workspace: Workspace) -> None:
    numbers = tuple(float(k) for k in range(300))
    workspace.show_record(graph(given("x", numbers), node("f", "Square", "x")))
    QTest.mouseClick(panel.findChild(QPushButton, "code.copy"), Qt.MouseButton.LeftButton)
    assert "299.0]" in QGuiApplication.clipboard().text()
    assert all(line.width() <= panel.width() for line in panel.findChildren(CodeLineView))


def test_the_program_has_what_is_tried_out_and_says_so(panel: CodePanel, workspace: Workspace, qtbot: QtBot) -> None:
    workspace.stepping.last()
    workspace.trying.set_number("x", (), 5.0)
    qtbot.waitUntil(lambda: "    x: 5.0," in lines(panel, "code"))
    assert "tried out" in panel.findChild(QLabel, "code.what_if").text()
    QTest.mouseClick(panel.findChild(QPushButton, "code.copy"), Qt.MouseButton.LeftButton)
    assert "x: 5.0," in QGuiApplication.clipboard().text()
    workspace.trying.put_back()
    assert "    x: 2.0," in lines(panel, "code")
    assert not panel.findChild(QLabel, "code.what_if").isVisible()


def test_what_is_tried_out_in_a_later_batch_is_told_to_be_missing_from_the_program(
    panel: CodePanel, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.show_record(one_weight())
    workspace.stepping.last()
    workspace.stepping.next_batch()
    before = lines(panel, "code")
    workspace.trying.set_number("w", (), 2.0)
    qtbot.waitUntil(lambda: panel.findChild(QLabel, "code.what_if").isVisible())
    assert "document's own" in panel.findChild(QLabel, "code.what_if").text()
    assert [line for line in lines(panel, "code") if line in before] == before

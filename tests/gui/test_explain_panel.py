"""The Explain panel: whose number it explains, its links, and that names stay text."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.panels.explain import ExplainPanel
from gui.presentation.line_breaks import NO_BREAK
from gui.widgets.explanation_card import ExplanationCard
from gui.widgets.formula import FormulaView
from gui.widgets.number_view import NumberView, blocks
from gui.widgets.panel_parts import NodeLink
from gui.widgets.rebuilt_area import RebuiltArea
from gui.workspace import Workspace
from miniflow.engine.trace import Phase
from miniflow.graph.edits import AddNode, SetValue
from miniflow.graph.records import Literal
from tests.gui.boston import workspace_with
from tests.gui.screen import on_screen
from tests.miniflow.random_records import given, graph, node


@pytest.fixture
def workspace(qtbot: QtBot) -> Workspace:
    """A workspace with (2 + 3)², of which nothing has been run."""
    return workspace_with(
        graph(given("x", 2.0), given("c", 3.0), node("sum", "Add", "x", "c"), node("f", "Square", "sum"))
    )


@pytest.fixture
def panel(workspace: Workspace, qtbot: QtBot) -> ExplainPanel:
    """The panel on the screen, as wide as in the window."""
    return on_screen(qtbot, ExplainPanel(workspace), 340, 560)


def words(panel: ExplainPanel) -> str:
    """All that can be read on the panel."""
    texts = [label.text() for label in panel.findChildren(QLabel)]
    return "\n".join(texts + [formula.text for formula in panel.findChildren(FormulaView)])


def test_before_the_first_step_it_says_what_to_press(panel: ExplainPanel) -> None:
    assert "→" in words(panel)
    assert panel.explanation is None


def test_where_there_is_nothing_to_step_through_it_says_what_to_do_first(
    panel: ExplainPanel, workspace: Workspace
) -> None:
    workspace.show_record(graph())
    assert "First place a node" in words(panel)
    assert "→" not in words(panel)
    workspace.do("Add", AddNode(given("x", 2.0), 0))
    assert "Press → to take a step" in words(panel)
    workspace.undo()
    assert "First place a node" in words(panel)


def test_where_a_cycle_holds_up_every_node_it_says_so_in_place_of_what_to_press(
    panel: ExplainPanel, workspace: Workspace
) -> None:
    workspace.show_record(graph(node("a", "Square", "b"), node("b", "Square", "a")))
    assert "Press → to take a step" in words(panel)
    workspace.stepping.go_by(1)
    assert "Press →" not in words(panel)
    assert "There is a cycle, a → b → a" in words(panel)


def test_it_follows_the_steps(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.stepping.last()
    assert panel.explanation is not None
    assert (panel.explanation.node, panel.explanation.phase) == ("x", Phase.BACKWARD)
    assert "∂f/∂x = ∂f/∂sum · ∂sum/∂x" in words(panel)
    workspace.stepping.go_to(1)
    assert panel.explanation.phase is Phase.KAHN


def test_a_selected_node_wins_until_the_next_step(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.stepping.last()
    workspace.selection.select(["f"])
    assert panel.explanation is not None
    assert panel.explanation.node == "f"
    workspace.stepping.back()
    assert panel.explanation.node == "c"


def test_a_selected_node_is_explained_even_before_the_first_step(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.selection.select(["sum"])
    assert "sum still waits for x, c." in words(panel)


def test_a_link_selects_its_node_and_brings_it_into_sight(
    panel: ExplainPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.stepping.last()
    link = panel.findChildren(NodeLink)[0]
    with qtbot.waitSignal(workspace.viewport.reveal) as revealed:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert revealed.args == ["sum"]
    assert workspace.selection.current == "sum"


def test_the_number_shown_is_the_number_of_the_run(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.stepping.last()
    assert panel.findChildren(NumberView)[-1].text == "10"


def test_it_goes_to_where_the_node_was_computed(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.stepping.go_to_step(Phase.BACKWARD, "sum")
    QTest.mouseClick(panel.findChild(QPushButton, "explain.go_to_forward"), Qt.MouseButton.LeftButton)
    assert workspace.stepping.moment is not None
    assert (workspace.stepping.moment.phase, workspace.stepping.moment.step.node) == (Phase.FORWARD, "sum")  # type: ignore[union-attr]


def test_it_is_copied_as_text_and_as_latex(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.stepping.last()
    QTest.mouseClick(panel.findChild(QPushButton, "explain.copy_text"), Qt.MouseButton.LeftButton)
    assert "∂f/∂x = 10" in QGuiApplication.clipboard().text()
    QTest.mouseClick(panel.findChild(QPushButton, "explain.copy_latex"), Qt.MouseButton.LeftButton)
    assert r"\dfrac{\partial f}{\partial x}" in QGuiApplication.clipboard().text()


def test_a_large_matrix_is_copied_as_text_with_a_line_for_each_row_and_a_larger_one_as_its_range(
    panel: ExplainPanel, workspace: Workspace
) -> None:
    X, W = tuple((float(k), 0.5) for k in range(120)), tuple(tuple(float(k) for k in range(6)) for _ in range(2))
    workspace.show_record(graph(given("X", X), given("W", W), given("b", 0.0), node("f", "Linear", "X", "W", "b")))
    workspace.stepping.go_to_step(Phase.FORWARD, "f")
    QTest.mouseClick(panel.findChild(QPushButton, "explain.copy_text"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "from X (120, 2), from 0 to 119\n" in copied
    assert "from W (2, 6):\n   [0, 1, 2, 3, 4, 5]\n   [0, 1, 2, 3, 4, 5]\n" in copied
    assert "f = (120, 6), from 0 to 597.5" in copied


def test_pointing_at_a_number_of_a_product_lights_up_its_row_and_column(
    panel: ExplainPanel, workspace: Workspace
) -> None:
    X, W = ((1.0, 2.0), (3.0, 4.0)), ((5.0, 6.0), (7.0, 8.0))
    workspace.show_record(graph(given("X", X), given("W", W), given("b", 0.0), node("f", "Linear", "X", "W", "b")))
    workspace.stepping.go_to_step(Phase.FORWARD, "f")
    x, w, _, result = panel.findChildren(NumberView)
    before = [x.grab().toImage(), w.grab().toImage()]
    QTest.mouseMove(result, QPoint(result.width() - 12, result.height() - 8))
    assert "3 · 6 + 4 · 8 + 0 = 50" in words(panel)
    assert [x.grab().toImage() == before[0], w.grab().toImage() == before[1]] == [False, False]
    result.hovered.emit(-1, -1)
    assert "Point at a number" in words(panel)
    assert [x.grab().toImage() == before[0], w.grab().toImage() == before[1]] == [True, True]


def test_pointing_at_a_gradient_of_a_bias_lights_up_the_column_that_adds_up_to_it(
    panel: ExplainPanel, workspace: Workspace
) -> None:
    X, W = ((1.0,), (3.0,), (5.0,)), ((5.0, 6.0),)
    y = ((6.0, 0.0), (18.0, 0.0), (30.0, 0.0))
    bias = (given("b", (0.0, 0.0)), node("f", "Linear", "X", "W", "b"))
    workspace.show_record(graph(given("X", X), given("W", W), given("y", y), *bias, node("cost", "MSE", "y", "f")))
    workspace.stepping.go_to_step(Phase.BACKWARD, "b")
    views = panel.findChildren(NumberView)
    before = views[0].grab().toImage()
    QTest.mouseMove(views[-1], QPoint(views[-1].width() - 12, views[-1].height() // 2))
    assert "Column 2, 3 numbers: 2 + 6 + 10 = 18" in words(panel)
    assert views[0].grab().toImage() != before


def test_pointing_at_a_number_of_a_matrix_times_itself_lights_up_a_row_and_a_column_of_it(
    panel: ExplainPanel, workspace: Workspace
) -> None:
    X = ((1.0, 2.0), (3.0, 4.0))
    workspace.show_record(graph(given("X", X), given("b", 0.0), node("f", "Linear", "X", "X", "b")))
    workspace.stepping.go_to_step(Phase.FORWARD, "f")
    x, _, result = panel.findChildren(NumberView)
    result.hovered.emit(1, 0)
    assert "Row 2 · column 1, 2 products: 3 · 1 + 4 · 3 + 0 = 15" in words(panel)
    row_and_column = x.grab().toImage()
    x.light_up([[False, False], [True, True]])
    assert x.grab().toImage() != row_and_column
    x.light_up([[True, False], [True, True]])
    assert x.grab().toImage() == row_and_column


def test_pointing_at_a_gradient_at_the_cost_writes_out_what_made_it(panel: ExplainPanel, workspace: Workspace) -> None:
    y, a = ((1.0,), (2.0,)), ((3.0,), (5.0,))
    workspace.show_record(graph(given("y", y), given("a", a), node("cost", "MSE", "y", "a")))
    workspace.stepping.go_to_step(Phase.BACKWARD, "a")
    result = panel.findChildren(NumberView)[-1]
    QTest.mouseMove(result, QPoint(result.width() - 12, result.height() - 8))
    assert "Row 2 · column 1: 1 · (−2 · (2 − 5) / 2) = 3" in words(panel)
    workspace.stepping.go_to_step(Phase.FORWARD, "cost")
    views = panel.findChildren(NumberView)
    before = [view.grab().toImage() for view in views[:2]]
    views[-1].hovered.emit(0, 0)
    assert "The mean of 2 numbers: ((1 − 3)² + (2 − 5)²) / 2 = 6.5" in words(panel)
    assert all(view.grab().toImage() != image for view, image in zip(views[:2], before, strict=True))


def test_no_line_of_a_card_ends_within_a_shape(panel: ExplainPanel, workspace: Workspace) -> None:
    W = ((5.0,), (7.0,))
    nodes = [given("X", ((1.0, 2.0),)), given("W", W), given("b", (0.5,)), node("f", "Linear", "X", "W", "b")]
    workspace.show_record(graph(*nodes, node("t", "Tanh", "f"), node("c", "Square", "t")))
    workspace.stepping.go_to_step(Phase.BACKWARD, "W")
    said = [QLabel.text(label) for label in panel.findChildren(QLabel)]
    space = NO_BREAK
    assert f"The result, shape{space}(2,{space}1) like W" in said
    whole = "Shapes:~(2~×~1) ·~((1~×~1) ⊙~(1~×~1)) =~(2~×~1)"
    assert whole.replace("~", space) in said


def test_with_a_bug_on_a_product_still_tells_what_makes_it(panel: ExplainPanel, workspace: Workspace) -> None:
    X, W = ((1.0, 2.0), (3.0, 4.0)), ((5.0, 6.0), (7.0, 8.0))
    workspace.show_record(graph(given("X", X), given("W", W), given("b", 0.0), node("f", "Linear", "X", "W", "b")))
    workspace.bug_lab.switch_on("NoTranspose")
    workspace.stepping.go_to_step(Phase.BACKWARD, "W")
    assert "So says the rule. This run has another number:" in words(panel)
    panel.findChildren(NumberView)[2].hovered.emit(0, 1)
    assert "Row 1 · column 2, 2 products: 1 · 1 + 3 · 1 = 4" in words(panel)


def test_a_heat_map_frames_whole_rows_and_columns_and_single_numbers() -> None:
    row, column, single = (np.zeros((3, 4), bool) for _ in range(3))
    row[1], column[:, 2], single[2, 0] = True, True, True
    assert blocks(row) == [QRect(0, 1, 4, 1)]
    assert blocks(row | column | single) == [QRect(0, 1, 4, 1), QRect(2, 0, 1, 3), QRect(0, 2, 1, 1)]
    assert blocks(~np.zeros((3, 4), bool)) == [QRect(0, 0, 4, 3)]


def test_stale_numbers_are_marked_as_such(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.stepping.last()
    assert "changed since" not in words(panel)
    workspace.do("Set x", SetValue("x", Literal(2.0), Literal(5.0)))
    assert "changed since" in words(panel)
    assert all(card.graphicsEffect() is not None for card in panel.findChildren(ExplanationCard))
    assert panel.findChild(QLabel, "explain.verdict") is None


def test_what_made_the_numbers_stale_is_told_as_soon_as_it_changes(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.stepping.last()
    workspace.do("Set x", SetValue("x", Literal(2.0), Literal(5.0)))
    workspace.stepping.leave_behind(True)
    assert "Training is changing" in words(panel)
    workspace.stepping.leave_behind(False)
    assert "Training is changing" not in words(panel)
    assert "changed since" in words(panel)


def test_the_gradient_is_checked_by_measuring(panel: ExplainPanel, workspace: Workspace) -> None:
    workspace.stepping.last()
    assert "✓" in panel.findChild(QLabel, "explain.verdict").text()


def test_a_large_gradient_is_checked_only_when_asked(panel: ExplainPanel, workspace: Workspace, qtbot: QtBot) -> None:
    rows = tuple((float(k), 1.0) for k in range(400))
    workspace.show_record(graph(given("X", rows), node("f", "Tanh", "X")))
    workspace.stepping.last()
    assert panel.findChild(QLabel, "explain.verdict") is None
    QTest.mouseClick(panel.findChild(QPushButton, "explain.check_gradient"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.findChild(QLabel, "explain.verdict") is not None)
    assert "✓" in panel.findChild(QLabel, "explain.verdict").text()


def test_a_name_that_looks_like_html_is_text_everywhere(panel: ExplainPanel, workspace: Workspace) -> None:
    name = "<img src='file:///etc/hostname'>"
    workspace.show_record(graph(given(name, 2.0), node("f", "Square", name)))
    for position in range(1, 7):
        workspace.stepping.go_to(position)
        for label in panel.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText or "<" not in label.text()
    assert name in words(panel)


def test_nothing_is_wider_than_the_panel(panel: ExplainPanel, workspace: Workspace) -> None:
    names = ["a very long name of a node " + letter for letter in "xyz"]
    row = tuple(-1.2345678e-7 * (k + 1) for k in range(4))
    workspace.show_record(graph(given(names[0], row), given(names[1], row), node(names[2], "Mul", names[0], names[1])))
    for position in range(1, 10):
        workspace.stepping.go_to(position)
        QTest.qWait(0)
        for widget in panel.findChildren(ExplanationCard):
            for inner in widget.findChildren(NumberView):
                right = inner.mapTo(panel, inner.rect().topRight()).x()
                assert right <= panel.width()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_takes_the_colours_of_the_theme(panel: ExplainPanel, workspace: Workspace, theme: str) -> None:
    workspace.stepping.last()
    workspace.appearance.choose(theme)
    area = panel.findChild(RebuiltArea)
    assert workspace.appearance.theme["surface.panel"] in area.styleSheet()

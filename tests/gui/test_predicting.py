"""Predict, then reveal: the panel asks for the next number, and keeps the score of the run."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from gui.explaining.asking import Asking
from gui.widgets.array_grid import ArrayGrid
from gui.workspace import Workspace
from miniflow.engine.trace import Phase
from miniflow.graph.edits import SetValue
from miniflow.graph.records import Literal
from tests.gui.boston import one_weight, workspace_with
from tests.gui.screen import on_screen
from tests.miniflow.random_records import given, graph, node


@pytest.fixture
def workspace(qtbot: QtBot) -> Workspace:
    """A workspace with (2 + 3)², of which nothing has been run."""
    return workspace_with(
        graph(given("x", 2.0), given("c", 3.0), node("sum", "Add", "x", "c"), node("f", "Square", "sum"))
    )


@pytest.fixture
def asking(workspace: Workspace, qtbot: QtBot) -> Asking:
    """The switch and the box, on the screen."""
    return on_screen(qtbot, Asking(workspace))


def switch_on(asking: Asking) -> None:
    asking.findChild(QCheckBox, "explain.predict").setChecked(True)


def answer(asking: Asking, text: str) -> str:
    """Type an answer, and return what is said about it."""
    field = asking.findChild(QLineEdit, "explain.prediction")
    field.clear()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    return str(asking.findChild(QLabel, "explain.prediction_verdict").text())


def words(asking: Asking) -> str:
    return "\n".join(label.text() for label in asking.findChildren(QLabel))


def test_it_is_off_until_it_is_wanted(asking: Asking, workspace: Workspace) -> None:
    workspace.stepping.go_to(6)
    assert not asking.findChild(QLineEdit, "explain.prediction").isVisible()


def test_it_asks_for_the_next_number_and_judges_the_answer(asking: Asking, workspace: Workspace) -> None:
    switch_on(asking)
    workspace.stepping.go_to(6)
    assert "What value will sum get?" in words(asking)
    assert "only the sign is wrong" in answer(asking, "-5")
    assert "✓" in answer(asking, "5")
    assert "0 of 1" in words(asking)
    workspace.stepping.step()
    assert "✓" in answer(asking, "25")
    assert "1 of 2" in words(asking)


def test_a_gradient_is_asked_for_by_its_symbol(asking: Asking, workspace: Workspace) -> None:
    switch_on(asking)
    workspace.stepping.go_to_step(Phase.BACKWARD, "f")
    assert "What is ∂f/∂sum?" in words(asking)
    assert "✓" in answer(asking, "10")


def test_a_text_that_is_no_number_is_told_and_does_not_count(asking: Asking, workspace: Workspace) -> None:
    switch_on(asking)
    workspace.stepping.go_to(6)
    assert "number" in answer(asking, "five")
    assert "0 of 0" in words(asking)


def test_it_asks_nothing_where_nothing_is_computed(asking: Asking, workspace: Workspace) -> None:
    switch_on(asking)
    assert "step on" in words(asking)
    workspace.stepping.last()
    assert "step on" in words(asking)


def test_another_run_has_a_score_of_its_own(asking: Asking, workspace: Workspace) -> None:
    switch_on(asking)
    workspace.stepping.go_to(6)
    answer(asking, "5")
    workspace.do("Set x", SetValue("x", Literal(2.0), Literal(4.0)))
    workspace.stepping.go_to(6)
    assert "0 of 0" in words(asking)
    assert "✓" in answer(asking, "7")


def check(asking: Asking) -> str:
    """Press the button, and return what is said."""
    QTest.mouseClick(asking.findChild(QPushButton, "explain.check_prediction"), Qt.MouseButton.LeftButton)
    return str(asking.findChild(QLabel, "explain.prediction_verdict").text())


def choose_size(asking: Asking, rows: int, columns: int) -> None:
    """Type how many rows and columns the answer has."""
    for name, count in (("rows", rows), ("columns", columns)):
        counter = asking.findChild(QSpinBox, f"explain.prediction_{name}")
        counter.selectAll()
        QTest.keyClicks(counter, str(count))


def asked_for_a_square(asking: Asking, workspace: Workspace) -> ArrayGrid:
    workspace.show_record(graph(given("x", ((1.0, 2.0), (3.0, 4.0))), node("f", "Square", "x")))
    switch_on(asking)
    workspace.stepping.go_to_step(Phase.FORWARD, "x")
    return asking.findChild(ArrayGrid, "explain.prediction_grid")


def test_a_matrix_is_asked_for_in_a_grid_and_judged_number_by_number(asking: Asking, workspace: Workspace) -> None:
    grid = asked_for_a_square(asking, workspace)
    assert grid.isVisible()
    choose_size(asking, 2, 2)
    assert "✓ So many rows and columns. Now every number" in check(asking)
    fill(grid, "1 4 5 16")
    assert "3 of 4 numbers are right" in check(asking)
    assert [cell.data() for cell in cells(grid)] == ["✓ 1", "✓ 4", "✗ 5", "✓ 16"]
    fill(grid, "1 9 4 16")
    assert "transposed" in check(asking)
    fill(grid, "1 4 9 16")
    assert "✓ Right." in check(asking)
    assert "0 of 1" in words(asking)


def test_the_grid_does_not_give_the_shape_away(asking: Asking, workspace: Workspace) -> None:
    grid = asked_for_a_square(asking, workspace)
    assert len(cells(grid)) == 1
    assert "2, 2" not in words(asking)
    verdict = check(asking)
    assert verdict == "✗ Not this shape (1 × 1): look at the shapes that come in, x (2, 2)."
    assert "0 of 1" in words(asking)
    workspace.stepping.step()
    assert len(cells(grid)) == 1


def test_a_transposed_shape_is_told_to_be_one(asking: Asking, workspace: Workspace) -> None:
    X, W = ((1.0, 2.0, 3.0),), ((1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
    workspace.show_record(graph(given("X", X), given("W", W), given("b", 0.0), node("f", "Linear", "X", "W", "b")))
    switch_on(asking)
    workspace.stepping.go_to(workspace.stepping.prepare().positions[(Phase.BACKWARD, "W")] - 1)
    grid = asking.findChild(ArrayGrid, "explain.prediction_grid")
    choose_size(asking, 2, 3)
    assert check(asking) == "✗ A transpose: rows and columns are the other way round (2 × 3)."
    fill(grid, "1 2 3 1 2 3")
    assert check(asking) == "✗ The right numbers, but transposed: rows are columns."
    choose_size(asking, 3, 3)
    assert check(asking) == "✗ Not this shape (3 × 3): a gradient has the shape of what it belongs to. Look at W."


def test_typed_numbers_stay_where_they_are_when_the_size_is_changed(asking: Asking, workspace: Workspace) -> None:
    grid = asked_for_a_square(asking, workspace)
    fill(grid, "1")
    choose_size(asking, 2, 2)
    assert [cell.data() for cell in cells(grid)] == ["1", "", "", ""]


def test_numbers_that_were_cut_off_on_the_way_to_another_size_come_back(asking: Asking, workspace: Workspace) -> None:
    grid = asked_for_a_square(asking, workspace)
    choose_size(asking, 2, 3)
    fill(grid, "1 2 3 4 5 6")
    choose_size(asking, 3, 2)
    assert [cell.data() for cell in cells(grid)] == ["1", "2", "4", "5", "", ""]
    choose_size(asking, 12, 3)  # a 1 on the way to the 12
    assert [cell.data() for cell in cells(grid)][:6] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize("change", ["a cell", "a pasted table", "the shape"])
def test_a_verdict_goes_as_soon_as_the_table_is_another(asking: Asking, workspace: Workspace, change: str) -> None:
    grid = asked_for_a_square(asking, workspace)
    choose_size(asking, 2, 2)
    fill(grid, "1 9 4 16")
    assert "transposed" in check(asking)
    if change == "a cell":
        assert grid.numbers.setData(cells(grid)[1], "4")
    elif change == "a pasted table":
        QGuiApplication.clipboard().setText("1\t4\n9\t16")
        grid.paste()
    else:
        choose_size(asking, 2, 3)
    assert not asking.findChild(QLabel, "explain.prediction_verdict").isVisible()


def test_a_verdict_goes_as_soon_as_the_text_is_another(asking: Asking, workspace: Workspace) -> None:
    switch_on(asking)
    workspace.stepping.go_to(6)
    answer(asking, "-5")
    verdict = asking.findChild(QLabel, "explain.prediction_verdict")
    assert verdict.isVisible()
    QTest.keyClick(asking.findChild(QLineEdit, "explain.prediction"), Qt.Key.Key_1)
    assert not verdict.isVisible()


def test_a_pasted_table_brings_its_rows_and_columns(asking: Asking, workspace: Workspace) -> None:
    grid = asked_for_a_square(asking, workspace)
    QGuiApplication.clipboard().setText("1\t4\n9\t16")
    grid.setFocus()
    QTest.keySequence(grid, QKeySequence(QKeySequence.StandardKey.Paste))
    assert asking.findChild(QSpinBox, "explain.prediction_rows").value() == 2
    assert asking.findChild(QSpinBox, "explain.prediction_columns").value() == 2
    assert "✓ Right." in check(asking)


def test_what_is_no_number_stays_in_its_cell_when_the_table_gets_another_size(
    asking: Asking, workspace: Workspace
) -> None:
    grid = asked_for_a_square(asking, workspace)
    assert not grid.numbers.setData(grid.numbers.index(0, 0), "1,2x")
    choose_size(asking, 2, 2)
    assert grid.numbers.index(0, 0).data() == "⚠ 1,2x"
    assert "1,2x is not a number" in check(asking)


@pytest.mark.parametrize("size", [(1, 3), (3, 1)])
def test_a_list_may_be_given_as_a_row_or_as_a_column(
    asking: Asking, workspace: Workspace, size: tuple[int, int]
) -> None:
    workspace.show_record(graph(given("x", (1.0, 2.0, 3.0)), node("f", "Square", "x")))
    switch_on(asking)
    workspace.stepping.go_to_step(Phase.FORWARD, "x")
    choose_size(asking, *size)
    grid = asking.findChild(ArrayGrid, "explain.prediction_grid")
    fill(grid, "1 4 8")
    assert "2 of 3" in check(asking)
    assert [cell.data() for cell in cells(grid)] == ["✓ 1", "✓ 4", "✗ 8"]


def cells(grid: ArrayGrid) -> list[QModelIndex]:
    model = grid.numbers
    return [model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]


def fill(grid: ArrayGrid, text: str) -> None:
    """Give each cell a number, as the editor of the cell does."""
    for cell, number in zip(cells(grid), text.split(), strict=True):
        assert grid.numbers.setData(cell, number)


def test_after_a_right_answer_the_keys_of_the_run_work_again(asking: Asking, workspace: Workspace) -> None:
    switch_on(asking)
    workspace.stepping.go_to(6)
    field = asking.findChild(QLineEdit, "explain.prediction")
    field.setFocus()
    answer(asking, "5")
    assert not field.hasFocus()


def test_in_the_second_batch_what_it_computes_is_asked_for_and_an_update_is_not(
    asking: Asking, workspace: Workspace
) -> None:
    workspace.show_record(one_weight(learning_rate=0.05))
    switch_on(asking)
    stepping = workspace.stepping
    stepping.last()
    stepping.back()
    assert "computes no number to predict" in words(asking)
    stepping.next_batch()
    stepping.go_by(2)
    assert "What value will product get?" in words(asking)
    assert "✓" in answer(asking, "3.6")


def test_rows_and_columns_count_from_1_wherever_they_are_named(asking: Asking, workspace: Workspace) -> None:
    x = given("x", ((1.0, 2.0), (3.0, 4.0)))
    workspace.show_record(graph(x, node("f", "Square", "x")))
    switch_on(asking)
    workspace.stepping.go_to_step(Phase.FORWARD, "x")
    choose_size(asking, 2, 2)
    model = asking.findChild(ArrayGrid).model()
    for orientation in Qt.Orientation:
        assert [model.headerData(section, orientation) for section in range(2)] == ["1", "2"]

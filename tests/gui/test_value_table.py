"""The inspector's table of an Input's numbers is a spreadsheet: typed over, pasted into, undone change by change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QLineEdit

from gui.main_window import MainWindow
from gui.widgets.array_grid import ArrayGrid
from miniflow.graph.edits import SetValue
from miniflow.graph.records import DatasetPart, Literal, Nested, Normal
from tests.gui.boston import lesson_network

CONTROL, SHIFT, PLAIN = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


class Table:
    """The table of the node that is selected in a window, worked with mouse and keys."""

    def __init__(self, window: MainWindow, node: str) -> None:
        self.window, self.workspace = window, window.workspace
        dock = window.findChild(QDockWidget, "panel.inspector")
        dock.raise_()
        self.select(node)

    def select(self, *nodes: str) -> None:
        self.workspace.selection.select(nodes)
        QTest.qWait(1)

    @property
    def grid(self) -> ArrayGrid:
        found = self.window.findChild(ArrayGrid, "inspector.value.grid")
        assert isinstance(found, ArrayGrid)
        return found

    @property
    def message(self) -> str:
        found = self.window.findChild(QLabel, "inspector.value.message")
        assert isinstance(found, QLabel)
        return found.text() if found.isVisible() else ""

    @property
    def cell(self) -> tuple[int, int]:
        return self.grid.currentIndex().row(), self.grid.currentIndex().column()

    def shown(self, row: int, column: int) -> str:
        return str(self.grid.numbers.index(row, column).data())

    def value(self, node: str) -> Nested:
        value = self.workspace.document.nodes[node].value
        assert isinstance(value, Literal)
        return value.data

    def click(self, row: int, column: int, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        place = self.grid.visualRect(self.grid.numbers.index(row, column)).center()
        QTest.mouseClick(self.grid.viewport(), Qt.MouseButton.LeftButton, modifier, place)

    def keys(self, typed: str) -> None:
        for sign in typed:
            QTest.keyClick(QApplication.focusWidget(), sign)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)
        QTest.qWait(1)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.key(Qt.Key.Key_V, CONTROL)


@pytest.fixture
def table(window: MainWindow) -> Iterator[Table]:
    """The table of X of the first example: two rows, two columns."""
    yield Table(window, "X")
    window.workspace.history.mark_saved()


BEFORE = ((-1.0, -2.0), (-1.0, -2.0))


def test_a_cell_is_typed_over_and_enter_goes_down(table: Table) -> None:
    table.click(0, 1)
    table.keys("7.5")
    table.key(Qt.Key.Key_Return)
    assert table.value("X") == ((-1.0, 7.5), (-1.0, -2.0))
    assert (table.cell, QApplication.focusWidget()) == ((1, 1), table.grid)
    table.keys("-3")
    table.key(Qt.Key.Key_Return)
    assert table.value("X") == ((-1.0, 7.5), (-1.0, -3))


def test_each_cell_is_an_undo_step_of_its_own(table: Table) -> None:
    table.click(0, 0)
    for number in "123":
        table.keys(number)
        table.key(Qt.Key.Key_Tab)
    assert table.value("X") == ((1, 2), (3, -2.0))
    for left in (((1, 2), (-1.0, -2.0)), ((1, -2.0), (-1.0, -2.0)), BEFORE):
        table.workspace.undo()
        assert table.value("X") == left
    assert table.workspace.history.undo_text is None


def test_tab_goes_from_cell_to_cell_while_they_are_typed_and_else_to_the_next_field(table: Table) -> None:
    table.click(0, 0)
    table.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not table.grid
    table.click(0, 0)
    table.keys("5")
    table.key(Qt.Key.Key_Tab)
    table.key(Qt.Key.Key_Tab)
    assert (table.cell, QApplication.focusWidget()) == ((1, 0), table.grid)
    table.key(Qt.Key.Key_Backtab, SHIFT)
    assert table.cell == (0, 1)


def test_f2_and_a_double_click_open_the_number_that_is_there(table: Table) -> None:
    table.click(0, 1)
    table.key(Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == "-2"
    assert field.accessibleName() == "Row 1, column 2"
    table.key(Qt.Key.Key_End)
    table.keys("5")
    table.key(Qt.Key.Key_Return)
    assert table.value("X") == ((-1.0, -25), (-1.0, -2.0))
    place = table.grid.visualRect(table.grid.numbers.index(1, 0)).center()
    QTest.mouseClick(table.grid.viewport(), Qt.MouseButton.LeftButton, PLAIN, place)
    QTest.mouseDClick(table.grid.viewport(), Qt.MouseButton.LeftButton, PLAIN, place)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    table.key(Qt.Key.Key_Escape)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_empties_no_cell_and_no_node_and_says_so(table: Table, key: Qt.Key) -> None:
    table.click(0, 0)
    table.key(key)
    assert "There is a number in every cell" in table.message
    assert table.value("X") == BEFORE
    table.click(0, 1)
    assert not table.message


def test_what_is_no_number_stays_open_in_its_cell_with_a_sentence(table: Table) -> None:
    table.click(0, 0)
    table.keys("1,2x")
    table.key(Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == "1,2x"
    assert "1,2x is not a number" in table.message
    assert table.value("X") == BEFORE
    table.key(Qt.Key.Key_Backspace)
    table.key(Qt.Key.Key_Backspace)
    table.key(Qt.Key.Key_Backspace)
    table.key(Qt.Key.Key_Return)
    assert not table.message
    assert table.value("X") == ((1, -2.0), (-1.0, -2.0))


def test_what_is_no_number_is_marked_when_it_is_left_and_goes_by_escape(table: Table) -> None:
    table.click(0, 0)
    table.keys("abc")
    table.click(1, 1)
    assert table.shown(0, 0) == "⚠ abc"
    assert "abc is not a number" in table.message
    table.keys("9")
    table.key(Qt.Key.Key_Return)
    assert table.value("X") == ((-1.0, -2.0), (-1.0, 9))
    assert table.shown(0, 0) == "⚠ abc"
    table.click(0, 0)
    table.key(Qt.Key.Key_Escape)
    assert (table.shown(0, 0), table.message) == ("−1", "")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_no_number_can_be_read_where_its_cell_is_selected(table: Table, theme: str) -> None:
    table.workspace.appearance.choose(theme)
    table.click(0, 0)
    table.keys("abc")
    table.click(1, 1)
    table.click(0, 0)
    picture = table.grid.viewport().grab(table.grid.visualRect(table.grid.currentIndex())).toImage()
    inks = Counter(picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height()))
    ground = inks.most_common(1)[0][0]
    assert max(contrast(ink, ground) for ink in inks) > 4.5


def contrast(one: str, other: str) -> float:
    """Return how far two colours are apart, from 1 to 21, as WCAG 2 measures it."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(name: str) -> float:
    linear = [((part + 0.055) / 1.055) ** 2.4 for part in QColor(name).getRgbF()[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_what_is_no_number_waits_for_its_node_and_holds_up_closing(table: Table) -> None:
    table.click(0, 0)
    table.keys("abc")
    table.select("y")
    status = table.window.findChild(QLabel, "status.message")
    assert "What was typed for X cannot be its value" in status.text()
    assert not table.message
    table.window.close()
    QTest.qWait(1)
    assert table.window.isVisible()
    assert table.workspace.selection.current == "X"
    assert (table.shown(0, 0), table.cell) == ("⚠ abc", (0, 0))
    assert QApplication.focusWidget() is table.grid
    table.key(Qt.Key.Key_Escape)
    assert table.workspace.settle()


def test_a_number_that_is_still_being_typed_is_taken_when_another_node_is_selected(table: Table) -> None:
    table.click(1, 0)
    table.keys("4")
    table.select("y")
    assert table.value("X") == ((-1.0, -2.0), (4, -2.0))


@pytest.mark.parametrize("text", ["3\t4\r\n5\t6\r\n", "3,4\n5,6\n", "3;4\n5;6", "[[3, 4], [5, 6]]"])
def test_a_table_from_a_spreadsheet_is_pasted_as_one_undo_step(table: Table, text: str) -> None:
    table.click(0, 0)
    table.paste(text)
    assert table.value("X") == ((3, 4), (5, 6))
    table.workspace.undo()
    assert table.value("X") == BEFORE


def test_a_paste_beyond_the_edge_makes_the_value_larger(table: Table) -> None:
    table.click(1, 1)
    table.paste("3\t4\n5\t6")
    assert table.value("X") == ((-1.0, -2.0, 0), (-1.0, 3, 4), (0, 5, 6))
    assert table.grid.numbers.rowCount() == 3


def test_one_number_is_pasted_into_every_selected_cell(table: Table) -> None:
    table.click(0, 0)
    table.click(1, 1, SHIFT)
    table.paste("8")
    assert table.value("X") == ((8, 8), (8, 8))


def test_what_is_no_table_is_not_pasted_and_says_why(table: Table) -> None:
    table.click(0, 0)
    table.paste("3\tx")
    assert "Row 1, column 2: x is not a number" in table.message
    assert table.value("X") == BEFORE


def test_selected_cells_are_copied_and_come_back_the_same(table: Table) -> None:
    table.click(0, 0)
    table.click(1, 0, SHIFT)
    table.key(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "-1\n-1"
    table.click(0, 1)
    table.key(Qt.Key.Key_V, CONTROL)
    assert table.value("X") == ((-1.0, -1), (-1.0, -1))


def test_a_list_stays_a_list_and_a_single_number_a_number(table: Table) -> None:
    table.select("y")
    table.click(0, 1)
    table.keys("5")
    table.key(Qt.Key.Key_Return)
    assert table.value("y") == (1, 5)
    table.workspace.do("Set", SetValue("b", table.workspace.document.nodes["b"].value, Literal(3.0)))
    table.select("b")
    table.click(0, 0)
    table.keys("6")
    table.key(Qt.Key.Key_Return)
    assert table.value("b") == 6


def test_random_numbers_become_typed_ones_where_one_is_typed_over(table: Table) -> None:
    table.workspace.show_record(lesson_network())
    table.select("b2")
    table.workspace.do("Set", SetValue("b2", table.workspace.document.nodes["b2"].value, Normal((3,), 1)))
    table.select("b2")
    table.click(0, 1)
    table.keys("6")
    table.key(Qt.Key.Key_Tab)
    first, second, _third = table.value("b2")  # type: ignore[misc]
    assert (second, first) == (6, pytest.approx(0.3456, abs=1e-3))


@pytest.mark.parametrize(("node", "sentence"), [("X", "rows of a data set"), ("l1", "are computed")])
def test_what_cannot_be_typed_over_says_why(table: Table, node: str, sentence: str) -> None:
    table.workspace.show_record(lesson_network())
    table.workspace.stepping.last()
    table.select(node)
    for act in (
        lambda: table.keys("5"),
        lambda: table.key(Qt.Key.Key_Delete),
        lambda: table.paste("5"),
        lambda: QTest.mouseDClick(table.grid.viewport(), Qt.MouseButton.LeftButton, PLAIN, QPoint(5, 5)),
    ):
        table.click(1, 1)
        assert not table.message
        act()
        assert sentence in table.message
        table.click(0, 0)
    assert isinstance(table.workspace.document.nodes["X"].value, DatasetPart)
    assert table.workspace.history.undo_text is None


def test_numbers_that_an_update_has_made_are_not_taken_for_the_value(table: Table) -> None:
    table.workspace.show_record(lesson_network())
    table.workspace.stepping.last()
    table.select("W2")
    table.click(0, 0)
    table.keys("5")
    assert "the run has come to" in table.message
    table.workspace.stepping.first()
    table.click(1, 0)
    table.click(0, 0)
    table.keys("5")
    table.key(Qt.Key.Key_Return)
    assert table.value("W2")[0] == (5,)  # type: ignore[index]

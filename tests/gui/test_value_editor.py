"""An Input's value is edited in place, with real keys; what is no value stays in its field with a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.presentation.numbers import number
from gui.widgets.array_grid import ArrayGrid
from gui.widgets.value_editor import ValueEditor
from miniflow.graph.build import array_of
from miniflow.graph.records import DatasetPart, Literal, Normal, Ones, Uniform, ValueRecord, Zeros

TYPED, GRID, ZEROS, ONES, NORMAL, UNIFORM, DATASET = range(7)


class Desk:
    """An editor on the screen, and what came out of it."""

    def __init__(self, editor: ValueEditor) -> None:
        self.editor = editor
        self.accepted: list[ValueRecord] = []
        self.cancelled = 0
        editor.accepted.connect(self.accepted.append)
        editor.cancelled.connect(self._count)

    def _count(self) -> None:
        self.cancelled += 1

    def keys(self, typed: str) -> None:
        """Type to whatever has the focus."""
        for character in typed:
            QTest.keyClicks(self.focus, character)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus, key, modifier)
        QApplication.processEvents()

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def choose(self, kind: int) -> None:
        box = self.editor.findChild(QComboBox, "value.kind")
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(kind)
        box.activated.emit(kind)

    def line(self, name: str) -> QLineEdit:
        found = self.editor.findChild(QLineEdit, f"value.{name}")
        assert isinstance(found, QLineEdit)
        return found

    def click(self, name: str) -> None:
        found = self.editor.findChild(QPushButton, f"value.{name}")
        assert isinstance(found, QPushButton)
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    @property
    def grid(self) -> ArrayGrid:
        found = self.editor.findChild(ArrayGrid, "value.grid")
        assert isinstance(found, ArrayGrid)
        return found

    @property
    def message(self) -> str:
        found = self.editor.findChild(QLabel, "value.message")
        assert isinstance(found, QLabel)
        return found.text()

    @property
    def text(self) -> str:
        found = self.editor.findChild(QPlainTextEdit, "value.text")
        assert isinstance(found, QPlainTextEdit)
        return found.toPlainText()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    editor = ValueEditor()
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    return Desk(editor)


def test_open_type_five_enter(desk: Desk) -> None:
    desk.editor.edit(Literal(((1, 2), (3, 4))))
    desk.keys("5")
    desk.key(Qt.Key.Key_Return)
    assert desk.accepted == [Literal(5)]


def test_an_input_without_a_value_takes_the_keys_at_once(desk: Desk) -> None:
    desk.editor.edit(None)
    desk.keys("-1.5e3")
    desk.key(Qt.Key.Key_Enter)
    assert desk.accepted == [Literal(-1500.0)]


def test_nested_lists_are_typed_over_several_lines(desk: Desk) -> None:
    desk.editor.edit(None)
    desk.keys("[[1, 2],")
    desk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    desk.keys("[3, 4]]")
    desk.key(Qt.Key.Key_Return)
    assert desk.accepted == [Literal(((1, 2), (3, 4)))]


@pytest.mark.parametrize("typed", ["", "abc", "[1, 2", "[[1], [2, 3]]", "nan", "1_000", "1,5", "<b>7</b>"])
def test_a_bad_text_stays_with_a_sentence_and_nothing_is_given(desk: Desk, typed: str) -> None:
    desk.editor.edit(Literal(3))
    desk.key(Qt.Key.Key_Delete)
    desk.keys(typed)
    desk.key(Qt.Key.Key_Return)
    assert desk.accepted == []
    assert desk.text == typed
    assert desk.message
    desk.keys("0")
    assert not desk.message


def test_escape_gives_up_what_was_typed(desk: Desk) -> None:
    desk.editor.edit(Literal(3))
    desk.keys("99")
    desk.key(Qt.Key.Key_Escape)
    assert (desk.accepted, desk.cancelled, desk.text) == ([], 1, "3")


def test_a_table_pasted_into_the_text_becomes_a_list(desk: Desk) -> None:
    desk.editor.edit(None)
    desk.paste("1\t2\r\n3\t4\r\n")
    assert desk.text == "[[1, 2], [3, 4]]"


@given(rows=st.integers(1, 3), columns=st.integers(1, 3), data=st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_opened_is_accepted_unchanged(desk: Desk, rows: int, columns: int, data: Any) -> None:
    shape = (rows, columns)
    number = st.floats(-1e9, 1e9)
    literal = st.lists(st.tuples(*[number] * columns), min_size=rows, max_size=rows).map(lambda x: Literal(tuple(x)))
    seed = st.integers(0, 2**63 - 1)
    value = data.draw(
        st.one_of(
            literal,
            number.map(Literal),
            st.sampled_from([Zeros(shape), Ones(()), DatasetPart("boston", "target"), DatasetPart("xor", "features")]),
            st.builds(Normal, st.just(shape), seed, st.floats(0, 1e6)),
            st.builds(Uniform, st.just(shape), seed, st.floats(-1e6, 0), st.floats(0, 1e6)),
        )
    )
    desk.editor.edit(value)
    desk.editor.accept()
    assert desk.accepted.pop() == value


def test_zeros_take_the_shape_that_the_graph_suggests(desk: Desk) -> None:
    desk.editor.edit(None, suggested_shape=(13, 10))
    desk.choose(ZEROS)
    desk.key(Qt.Key.Key_Return)
    assert desk.accepted == [Zeros((13, 10))]


def test_rolling_again_takes_the_next_seed(desk: Desk) -> None:
    desk.editor.edit(Normal((13, 10), 4, 0.5))
    preview = desk.editor.findChild(QLabel, "value.normal_preview")
    assert isinstance(preview, QLabel)
    assert preview.text().endswith(", ".join(number(x) for x in array_of(Normal((13, 10), 4, 0.5))[0, :4]))
    desk.click("normal_roll")
    assert preview.text().endswith(", ".join(number(x) for x in array_of(Normal((13, 10), 5, 0.5))[0, :4]))
    desk.click("accept")
    assert desk.accepted == [Normal((13, 10), 5, 0.5)]


def test_the_first_numbers_are_never_cut_in_a_narrow_panel(desk: Desk) -> None:
    desk.editor.edit(Normal((13, 10), 4, 0.5))
    preview = desk.editor.findChild(QLabel, "value.normal_preview")
    desk.editor.setFixedWidth(260)
    QTest.qWait(1)
    assert preview.fontMetrics().horizontalAdvance(preview.text()) > preview.width()
    assert preview.height() >= preview.heightForWidth(preview.width())
    assert preview.heightForWidth(preview.width()) > preview.fontMetrics().height() * 1.5


@pytest.mark.parametrize(
    ("kind", "name", "typed"),
    [
        (ONES, "ones_shape", "two"),
        (ZEROS, "zeros_shape", "0"),
        (ZEROS, "zeros_shape", "99999, 99999"),
        (NORMAL, "normal_scale", "-1"),
        (NORMAL, "normal_seed", "1.5"),
        (NORMAL, "normal_seed", "-1"),
        (UNIFORM, "uniform_low", "x"),
        (UNIFORM, "uniform_high", "1e309"),
    ],
)
def test_a_recipe_that_cannot_be_says_why(desk: Desk, kind: int, name: str, typed: str) -> None:
    desk.editor.edit(None, suggested_shape=(2, 2))
    desk.choose(kind)
    line = desk.line(name)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert desk.accepted == []
    assert desk.message
    assert line.text() == typed


def test_a_form_keeps_the_shape_when_another_is_chosen(desk: Desk) -> None:
    desk.editor.edit(Zeros((4, 3)))
    desk.choose(UNIFORM)
    desk.key(Qt.Key.Key_Return)
    assert desk.accepted == [Uniform((4, 3))]


def test_zeros_become_numbers_that_can_be_typed_over(desk: Desk) -> None:
    desk.editor.edit(Zeros((2, 2)))
    desk.choose(TYPED)
    assert desk.text == "[[0.0, 0.0],\n [0.0, 0.0]]"


def test_a_data_set_is_chosen_by_its_part(desk: Desk) -> None:
    desk.editor.edit(None)
    desk.choose(DATASET)
    box = desk.editor.findChild(QComboBox, "value.part")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("target"))
    desk.click("accept")
    assert desk.accepted == [DatasetPart("boston", "target")]


# --- the grid ---------------------------------------------------------------------------------------------------------


def test_a_cell_is_typed_over_and_enter_accepts_the_grid(desk: Desk) -> None:
    desk.editor.edit(Literal(((1, 2), (3, 4))))
    desk.choose(GRID)
    desk.grid.setCurrentIndex(desk.grid.numbers.index(1, 0))
    desk.keys("7.5")
    desk.key(Qt.Key.Key_Return)
    assert desk.accepted == []
    desk.key(Qt.Key.Key_Return)
    assert desk.accepted == [Literal(((1, 2), (7.5, 4)))]


def test_a_bad_cell_keeps_the_old_number_and_says_why(desk: Desk) -> None:
    desk.editor.edit(Literal(((1, 2), (3, 4))))
    desk.choose(GRID)
    assert not desk.grid.numbers.setData(desk.grid.numbers.index(0, 0), "x")
    assert desk.message
    assert desk.grid.numbers.rows[0][0] == 1


@pytest.mark.parametrize("cell", [(0, 1), (1, 1)])
def test_a_bad_cell_is_not_lost_while_another_shape_is_typed(desk: Desk, cell: tuple[int, int]) -> None:
    desk.editor.edit(Literal(((1, 2), (3, 4))))
    desk.choose(GRID)
    desk.grid.setCurrentIndex(desk.grid.numbers.index(*cell))
    desk.keys("12x")
    desk.line("grid_shape").setFocus()
    desk.line("grid_shape").selectAll()
    desk.keys("2, 3")
    assert desk.grid.numbers.index(*cell).data() == "⚠ 12x"
    desk.editor.accept()
    assert "12x is not a number" in desk.message
    assert desk.accepted == []


def test_a_block_from_a_spreadsheet_makes_the_grid_grow(desk: Desk) -> None:
    desk.editor.edit(Literal(((1, 2), (3, 4))))
    desk.choose(GRID)
    desk.grid.setFocus()
    desk.grid.setCurrentIndex(desk.grid.numbers.index(1, 1))
    desk.paste("9\t8\t7\n6\t5\t4\n")
    assert desk.line("grid_shape").text() == "3, 4"
    desk.editor.accept()
    assert desk.accepted == [Literal(((1, 2, 0, 0), (3, 9, 8, 7), (0, 6, 5, 4)))]


def test_what_is_no_table_leaves_the_grid_as_it_was(desk: Desk) -> None:
    desk.editor.edit(Literal(((1, 2), (3, 4))))
    desk.choose(GRID)
    desk.grid.setFocus()
    desk.paste("1\tx")
    assert "column 2" in desk.message
    assert desk.grid.numbers.rows == [[1, 2], [3, 4]]


def test_copying_from_the_grid_keeps_every_digit(desk: Desk) -> None:
    desk.editor.edit(Literal(((0.1 + 0.2, 2), (3, 1e-300))))
    desk.choose(GRID)
    desk.grid.setFocus()
    desk.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "0.30000000000000004\t2\n3\t1e-300"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2, 3", ((1, 2, 0), (3, 4, 0))),
        ("1, 2", ((1, 2),)),
        ("3", (1, 2, 0)),
        ("()", 1),
        ("4, 1", ((1,), (3,), (0,), (0,))),
    ],
)
def test_the_grid_takes_the_shape_that_is_typed(desk: Desk, typed: str, value: Any) -> None:
    desk.editor.edit(Literal(((1, 2), (3, 4))))
    desk.choose(GRID)
    line = desk.line("grid_shape")
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, typed)
    desk.editor.accept()
    assert desk.accepted == [Literal(value)]


def test_many_numbers_open_in_the_grid(desk: Desk) -> None:
    value = Literal(tuple(tuple(float(row + column) for column in range(10)) for row in range(13)))
    desk.editor.edit(value)
    assert desk.grid.isVisible()
    desk.editor.accept()
    assert desk.accepted == [value]


@pytest.mark.parametrize("kind", range(7))
def test_nothing_is_cut_off_at_the_height_that_it_asks_for(qtbot: QtBot, desk: Desk, kind: int) -> None:
    desk.editor.edit(Normal((13, 10), 4, 0.5))
    desk.choose(kind)
    desk.editor.resize(376, desk.editor.fitting_height(376))
    QApplication.processEvents()
    for part in desk.editor.findChildren(QWidget):
        if part.isVisible() and part.objectName().startswith("value."):
            corner = part.mapTo(desk.editor, part.rect().bottomRight())
            assert desk.editor.rect().contains(corner), part.objectName()
            wrapped = part.heightForWidth(part.width())
            needed = wrapped if wrapped >= 0 else part.minimumSizeHint().height()
            assert part.height() >= needed, part.objectName()


def test_it_asks_for_room_for_a_sentence(desk: Desk) -> None:
    desk.editor.edit(None)
    before = desk.editor.fitting_height(376)
    changes: list[None] = []
    desk.editor.form_changed.connect(lambda: changes.append(None))
    desk.editor.accept()
    assert changes
    assert desk.editor.fitting_height(376) > before


def test_every_field_has_a_name_for_machines_and_one_for_people(desk: Desk) -> None:
    for kind in (QLineEdit, QComboBox, QPlainTextEdit, QPushButton, ArrayGrid):
        for part in desk.editor.findChildren(kind):
            if not part.objectName().startswith("qt_"):
                assert part.objectName().startswith("value."), part
                assert part.accessibleName(), part.objectName()


def test_a_shape_that_is_cleared_makes_no_single_number_of_a_matrix(desk: Desk) -> None:
    desk.editor.edit(Normal((13, 10)))
    desk.choose(NORMAL)
    desk.line("normal_shape").clear()
    desk.editor.accept()
    assert desk.accepted == []
    message = desk.editor.findChild(QLabel, "value.message")
    assert isinstance(message, QLabel)
    assert "Write a shape" in message.text()

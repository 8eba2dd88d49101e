"""The inspector: everything about the selected node or the document, edited through the workspace."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.panels.inspector import InspectorPanel
from gui.widgets.array_grid import ArrayGrid
from gui.widgets.link_list import LinkList
from gui.widgets.value_editor import ValueEditor
from miniflow.graph.build import array_of
from miniflow.graph.edits import AddNode, Connect, Rename, SetValue
from miniflow.graph.records import Literal, NodeRecord, Normal, Zeros
from tests.gui.boston import lesson_network, until, workspace_with


@pytest.fixture
def panel(qtbot: QtBot) -> InspectorPanel:
    panel = InspectorPanel(workspace_with(lesson_network(epochs=1_000_000)))
    qtbot.addWidget(panel)
    panel.resize(344, 500)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def select(qtbot: QtBot, panel: InspectorPanel, *nodes: str) -> None:
    panel.workspace.selection.select(nodes)
    settle(qtbot)


def settle(qtbot: QtBot) -> None:
    """Let zero timers fire."""
    qtbot.wait(1)


def line(panel: QWidget, name: str) -> QLineEdit:
    found = panel.findChild(QLineEdit, f"inspector.{name}")
    assert isinstance(found, QLineEdit)
    return found


def rename(panel: QWidget, typed: str) -> None:
    field = line(panel, "name")
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)


def grid(panel: QWidget, name: str) -> ArrayGrid:
    found = panel.findChild(ArrayGrid, f"inspector.{name}.grid")
    assert isinstance(found, ArrayGrid)
    return found


def links(panel: QWidget, name: str) -> list[QPushButton]:
    found = panel.findChild(LinkList, f"inspector.{name}")
    assert isinstance(found, LinkList)
    return [button for button in found.findChildren(QPushButton) if not button.isHidden()]


def click(panel: QWidget, name: str) -> None:
    found = panel.findChild(QAbstractButton, f"inspector.{name}")
    assert isinstance(found, QAbstractButton)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def visible_text(panel: QWidget) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_with_nothing_selected_it_shows_the_document(qtbot: QtBot, panel: InspectorPanel) -> None:
    assert line(panel, "title").text() == "Boston"
    assert "10 nodes, 9 wires, 4 trainable" in visible_text(panel)
    assert [button.text() for button in links(panel, "output")] == ["cost"]


def test_the_title_is_an_edit(qtbot: QtBot, panel: InspectorPanel) -> None:
    field = line(panel, "title")
    field.selectAll()
    QTest.keyClicks(field, "Houses")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.workspace.document.title == "Houses"
    panel.workspace.undo()
    settle(qtbot)
    assert field.text() == "Boston"


def test_a_node_shows_its_wires_as_links_that_lead_on(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "l1")
    feeds = [button.text() for button in links(panel, "inputs")]
    assert feeds == ["X ← X  (506, 13)", "W ← W1  (13, 10)", "b ← b1  (10,)"]
    assert [button.text() for button in links(panel, "consumers")] == ["s1 (port x)"]
    with qtbot.waitSignal(panel.workspace.viewport.reveal) as revealed:
        links(panel, "inputs")[1].click()
    assert revealed.args == ["W1"]
    assert panel.workspace.selection.current == "W1"


def test_renaming_is_an_edit_and_the_selection_follows(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "W1")
    rename(panel, "first weights")
    assert panel.workspace.document.nodes["l1"].inputs == ("X", "first weights", "b1")
    assert panel.workspace.selection.current == "first weights"
    panel.workspace.undo()
    settle(qtbot)
    assert line(panel, "name").text() == "W1"


@pytest.mark.parametrize("name", ["", " W", "W2", "x" * 201])
def test_a_name_that_cannot_be_stays_with_a_sentence(qtbot: QtBot, panel: InspectorPanel, name: str) -> None:
    select(qtbot, panel, "W1")
    rename(panel, name)
    assert "W1" in panel.workspace.document.nodes
    assert line(panel, "name").text() == name
    fault = panel.findChild(QLabel, "inspector.name_fault")
    assert isinstance(fault, QLabel)
    assert fault.isVisible()
    assert fault.text()


def fault(panel: QWidget) -> str:
    found = panel.findChild(QLabel, "inspector.name_fault")
    assert isinstance(found, QLabel)
    return found.text() if found.isVisible() else ""


@pytest.mark.parametrize("other", [("b1",), ("W2",), ()])
def test_a_name_that_cannot_be_waits_with_its_sentence_until_its_node_is_selected_again(
    qtbot: QtBot, panel: InspectorPanel, other: tuple[str, ...]
) -> None:
    told: list[str] = []
    panel.workspace.told.connect(lambda sentence: told.append(str(sentence)))
    select(qtbot, panel, "W1")
    rename(panel, "W2")
    select(qtbot, panel, *other)
    assert "W1 cannot be its name" in told[-1]
    assert (line(panel, "name").text(), fault(panel)) == ("".join(other), "")
    select(qtbot, panel, "W1")
    assert line(panel, "name").text() == "W2"
    assert "a node W2 already" in fault(panel)
    QTest.keyClick(line(panel, "name"), Qt.Key.Key_Escape)
    assert (line(panel, "name").text(), fault(panel)) == ("W1", "")
    assert panel.workspace.history.undo_text is None


def test_what_was_said_of_a_name_that_waits_is_taken_back_when_it_is_given_up(
    qtbot: QtBot, panel: InspectorPanel
) -> None:
    told: list[object] = []
    panel.workspace.told.connect(told.append)
    select(qtbot, panel, "W1")
    rename(panel, "W2")
    select(qtbot, panel, "b1")
    select(qtbot, panel, "W1")
    with qtbot.waitSignal(panel.workspace.taken_back) as taken_back:
        QTest.keyClick(line(panel, "name"), Qt.Key.Key_Escape)
    assert taken_back.args == told[-1:]


def test_a_name_that_waits_is_not_lost_by_an_edit_or_by_another_name_from_elsewhere(
    qtbot: QtBot, panel: InspectorPanel
) -> None:
    select(qtbot, panel, "W1")
    rename(panel, "W2")
    line(panel, "name").clearFocus()
    panel.workspace.do("Set", SetValue("b2", Zeros((1,)), Literal((3.0,))))
    panel.workspace.do("Rename", Rename("W1", "weights"))
    settle(qtbot)
    assert line(panel, "name").text() == "W2"
    assert fault(panel)
    select(qtbot, panel, "b1")
    select(qtbot, panel, "weights")
    assert line(panel, "name").text() == "W2"
    QTest.keyClick(line(panel, "name"), Qt.Key.Key_Escape)
    assert line(panel, "name").text() == "weights"


def test_a_name_that_was_taken_is_given_once_it_is_free(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "W1")
    rename(panel, "W2")
    select(qtbot, panel, "b1")
    panel.workspace.do("Rename", Rename("W2", "second weights"))
    select(qtbot, panel, "W1")
    assert (line(panel, "name").text(), fault(panel)) == ("W2", "")
    assert panel.workspace.settle()
    assert panel.workspace.document.nodes["l1"].inputs == ("X", "W2", "b1")


def test_a_name_that_waits_holds_up_closing_and_is_shown(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "W1")
    rename(panel, "W2")
    select(qtbot, panel, "b1")
    assert not panel.workspace.settle()
    settle(qtbot)
    assert panel.workspace.selection.current == "W1"
    assert line(panel, "name").text() == "W2"
    QTest.keyClick(line(panel, "name"), Qt.Key.Key_Escape)
    assert panel.workspace.settle()


def test_a_name_that_is_still_being_typed_goes_to_its_own_node(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "W1")
    field = line(panel, "name")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "weights")
    select(qtbot, panel, "b1")
    assert panel.workspace.document.nodes["l1"].inputs == ("X", "weights", "b1")
    assert line(panel, "name").text() == "b1"


def test_trainable_is_a_tick(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "W1")
    tick = panel.findChild(QCheckBox, "inspector.trainable")
    assert isinstance(tick, QCheckBox)
    tick.click()
    assert not panel.workspace.document.nodes["W1"].trainable
    panel.workspace.undo()
    settle(qtbot)
    assert tick.isChecked()


def test_a_value_is_changed_in_the_editor_and_undone(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "b2")
    click(panel, "change_value")
    editor = panel.findChild(ValueEditor)
    assert isinstance(editor, ValueEditor)
    assert editor.isVisible()
    editor.accepted.emit(Literal((5.0,)))
    settle(qtbot)
    assert panel.workspace.document.nodes["b2"].value == Literal((5.0,))
    assert not editor.isVisible()
    panel.workspace.undo()
    settle(qtbot)
    assert array_of(panel.workspace.document.nodes["b2"].value).tolist() == [0.0]


def type_value(panel: InspectorPanel, text: str) -> ValueEditor:
    """Open the editor of the value that the panel shows, and type over what stands there."""
    click(panel, "change_value")
    editor = panel.findChild(ValueEditor, "inspector.editor")
    assert isinstance(editor, ValueEditor)
    field = editor.findChild(QPlainTextEdit, "value.text")
    assert isinstance(field, QPlainTextEdit)
    editor.edit(Literal((0.0,)))
    field.selectAll()
    QTest.keyClicks(field, text)
    return editor


def typed_text(panel: InspectorPanel) -> str:
    field = panel.findChild(QPlainTextEdit, "value.text")
    assert isinstance(field, QPlainTextEdit)
    return field.toPlainText() if field.isVisible() else ""


@pytest.mark.parametrize("other", [("W1",), ("l1",), ()])
def test_a_value_that_is_typed_is_taken_when_something_else_is_selected(
    qtbot: QtBot, panel: InspectorPanel, other: tuple[str, ...]
) -> None:
    select(qtbot, panel, "b2")
    type_value(panel, "[7]")
    select(qtbot, panel, *other)
    assert panel.workspace.document.nodes["b2"].value == Literal((7.0,))
    assert panel.workspace.history.undo_text == "Change a value"
    assert panel.workspace.selection.nodes == other


def test_a_value_that_cannot_be_waits_with_its_sentence_until_its_node_is_selected_again(
    qtbot: QtBot, panel: InspectorPanel
) -> None:
    told: list[str] = []
    panel.workspace.told.connect(lambda sentence: told.append(str(sentence)))
    select(qtbot, panel, "b2")
    type_value(panel, "[7, oops")
    select(qtbot, panel, "W1")
    assert "b2 cannot be its value" in told[-1]
    assert typed_text(panel) == ""
    assert panel.workspace.history.undo_text is None
    panel.workspace.do("Rename", Rename("b2", "bias"))
    select(qtbot, panel, "bias")
    assert typed_text(panel) == "[7, oops"
    assert "oops is not a number" in visible_text(panel)
    field = panel.findChild(QPlainTextEdit, "value.text")
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "[8]")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.workspace.document.nodes["bias"].value == Literal((8.0,))
    select(qtbot, panel, "W1")
    select(qtbot, panel, "bias")
    assert typed_text(panel) == ""


def test_a_value_that_waits_is_not_lost_by_saving_or_closing(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "b2")
    type_value(panel, "[7, oops")
    select(qtbot, panel, "W1")
    assert not panel.workspace.settle()
    settle(qtbot)
    assert panel.workspace.selection.current == "b2"
    assert typed_text(panel) == "[7, oops"
    QTest.keyClick(panel.findChild(QPlainTextEdit, "value.text"), Qt.Key.Key_Escape)
    assert panel.workspace.settle()


def test_what_is_typed_while_the_panel_is_put_behind_another_is_not_lost(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "b2")
    type_value(panel, "[7]")
    panel.hide()
    select(qtbot, panel, "W1")
    assert panel.workspace.document.nodes["b2"].value == Literal((7.0,))


def test_what_is_typed_survives_another_value_that_comes_meanwhile(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "b2")
    type_value(panel, "[7]")
    panel.workspace.do("Set", SetValue("b2", Zeros((1,)), Literal((3.0,))))
    settle(qtbot)
    assert typed_text(panel) == "[7]"


def test_an_input_without_a_value_offers_the_editor_at_once(qtbot: QtBot, panel: InspectorPanel) -> None:
    panel.workspace.do("Empty", SetValue("W1", Normal((13, 10), 1), None))
    select(qtbot, panel, "W1")
    editor = panel.findChild(ValueEditor)
    assert isinstance(editor, ValueEditor)
    assert editor.isVisible()


def test_values_and_gradients_appear_as_the_run_reaches_them(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "l1")
    assert not grid(panel, "value").isVisible()
    panel.workspace.stepping.last()
    assert grid(panel, "value").isVisible()
    assert np.array_equal(grid(panel, "value").numbers.rows, panel.workspace.readings.of("l1").value)
    assert np.array_equal(grid(panel, "gradient").numbers.rows, panel.workspace.readings.of("l1").gradient)
    panel.workspace.stepping.first()
    assert not grid(panel, "gradient").isVisible()


def test_after_an_edit_old_numbers_say_that_they_are_old(qtbot: QtBot, panel: InspectorPanel) -> None:
    panel.workspace.stepping.last()
    select(qtbot, panel, "l1")
    assert "stale" not in visible_text(panel)
    panel.workspace.do("Set", SetValue("W1", Normal((13, 10), 1), Normal((13, 10), 2)))
    settle(qtbot)
    assert visible_text(panel).count("· stale") == 2


def test_a_copy_holds_every_digit(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "W1")
    button = panel.findChild(QToolButton, "inspector.value.copy")
    assert isinstance(button, QToolButton)
    button.click()
    rows = [[float(cell) for cell in row.split("\t")] for row in QGuiApplication.clipboard().text().splitlines()]
    assert np.array_equal(rows, array_of(Normal((13, 10), 1)))


def test_all_digits_are_a_button_away(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "W1")
    model = grid(panel, "value").numbers
    first = float(array_of(Normal((13, 10), 1))[0, 0])
    assert model.index(0, 0).data() == f"{first:.4f}"
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == repr(first)
    button = panel.findChild(QToolButton, "inspector.value.all_digits")
    assert isinstance(button, QToolButton)
    button.click()
    assert model.index(0, 0).data() == repr(first)


def test_any_node_can_be_the_one_to_differentiate(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "l2")
    click(panel, "differentiate")
    settle(qtbot)
    assert panel.workspace.document.output == "l2"
    assert "This is the output" in visible_text(panel)
    panel.workspace.undo()
    assert panel.workspace.document.output is None


def test_weights_follow_the_training(qtbot: QtBot, panel: InspectorPanel) -> None:
    select(qtbot, panel, "W1")
    before = np.array(grid(panel, "value").numbers.rows)
    panel.workspace.training.start()
    until(qtbot, lambda: not np.array_equal(before, grid(panel, "value").numbers.rows))
    panel.workspace.training.stop()
    settle(qtbot)
    assert np.array_equal(grid(panel, "value").numbers.rows, array_of(panel.workspace.document.nodes["W1"].value))


def test_a_name_that_looks_like_html_is_shown_as_it_stands(qtbot: QtBot, panel: InspectorPanel) -> None:
    name = "<b>&x</b>"
    panel.workspace.do("Add", AddNode(NodeRecord(name, "Sigmoid"), 10), Connect(name, 0, None, "l1"))
    select(qtbot, panel, "l1")
    assert f"{name.replace('&', '&&')} (port x)" in [button.text() for button in links(panel, "consumers")]
    select(qtbot, panel, name)
    assert line(panel, "name").text() == name


def test_undoing_the_node_that_it_shows_leads_back_to_the_document(qtbot: QtBot, panel: InspectorPanel) -> None:
    panel.workspace.do("Add", AddNode(NodeRecord("new", "Sigmoid"), 10))
    select(qtbot, panel, "new")
    panel.workspace.undo()
    settle(qtbot)
    assert line(panel, "title").isVisible()


def test_what_changed_while_it_was_hidden_shows_when_it_is_back(qtbot: QtBot, panel: InspectorPanel) -> None:
    panel.hide()
    panel.workspace.selection.select(["cost"])
    panel.show()
    assert line(panel, "name").text() == "cost"


@pytest.mark.parametrize("node", ["X", "W1", "l1", "cost"])
def test_nothing_reaches_beyond_the_panel_at_the_width_of_the_window(
    qtbot: QtBot, panel: InspectorPanel, node: str
) -> None:
    panel.workspace.stepping.last()
    select(qtbot, panel, node)
    panel.workspace.do("Set", SetValue("b2", Zeros((1,)), Zeros((1, 1))))
    settle(qtbot)
    change = panel.findChild(QPushButton, "inspector.change_value")
    if change is not None and change.isVisible():
        change.click()
    settle(qtbot)
    for part in panel.findChildren(QWidget):
        if part.isVisible() and part.objectName().startswith(("inspector.", "value.")):
            assert part.mapTo(panel, part.rect().topRight()).x() < panel.width(), part.objectName()

"""Keys that are shortcuts too, pressed in a field: the field gets them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDockWidget, QLineEdit, QSlider
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.widgets.value_editor import ValueEditor
from miniflow.graph.edits import Rename, SetValue
from tests.miniflow.random_records import given, graph, node


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The window on the screen, the Input X selected."""
    window.workspace.selection.select(["X"])
    return window


def field(window: MainWindow, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert found is not None
    return found


def test_return_in_the_name_field_renames_instead_of_opening_the_value(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window.canvas, Qt.Key.Key_F2)
    name = field(window, "name.text")
    qtbot.waitUntil(name.hasFocus)
    QTest.keyClicks(name, "inputs")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert "inputs" in window.workspace.document.nodes
    assert focus(window) == "canvas"


def test_return_in_a_training_field_accepts_it(window: MainWindow) -> None:
    epochs = field(window, "training.epochs")
    epochs.setFocus()
    epochs.selectAll()
    QTest.keyClicks(epochs, "3")
    QTest.keyClick(epochs, Qt.Key.Key_Return)
    assert window.workspace.document.to_dict()["training"]["epochs"] == 3


def test_return_on_the_canvas_opens_the_value(window: MainWindow, qtbot: QtBot) -> None:
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focus(window) == "value.text")


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_PageUp])
def test_the_keys_of_a_focused_slider_move_its_handle_and_not_the_run(window: MainWindow, key: Qt.Key) -> None:
    window.workspace.show_record(graph(given("X", 2.0), node("f", "Square", "X")))
    window.workspace.stepping.go_to(2)
    window.workspace.selection.select(["X"])
    window.findChild(QCheckBox, "explain.what_if").setChecked(True)
    handle = window.findChild(QSlider, "explain.what_if_handle")
    handle.setFocus()
    before = handle.value()
    QTest.keyClick(handle, key)
    assert handle.value() != before
    assert window.workspace.stepping.position == 2


def test_the_keys_of_the_focused_timeline_are_those_of_the_run(window: MainWindow) -> None:
    window.workspace.stepping.go_to(2)
    timeline = window.findChild(QSlider, "play_bar.timeline")
    timeline.setFocus()
    QTest.keyClick(timeline, Qt.Key.Key_PageDown)
    assert window.workspace.stepping.position == 3


def focus(window: MainWindow) -> str:
    focused = window.focusWidget()
    return focused.objectName() if focused is not None else ""


def test_renaming_an_input_without_a_value_leaves_the_keyboard_on_the_canvas(window: MainWindow, qtbot: QtBot) -> None:
    inspector = window.findChild(QDockWidget, "panel.inspector")
    assert inspector is not None
    inspector.raise_()
    window.canvas.setFocus()
    window.workspace.do("Empty it", SetValue("X", window.workspace.document.nodes["X"].value, None))
    editor = window.findChild(ValueEditor, "inspector.editor")
    assert editor is not None
    qtbot.waitUntil(editor.isVisible)
    window.workspace.do("Rename it", Rename("X", "inputs"))
    name = field(window, "inspector.name")
    qtbot.waitUntil(lambda: name.text() == "inputs")
    assert focus(window) == "canvas"

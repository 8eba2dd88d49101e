"""Nodes that are gone: nothing on the screen tells of them, from the moment at which they go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QWidget

from gui.main_window import MainWindow
from gui.widgets.formula import FormulaView
from gui.widgets.timeline_slider import TimelineSlider
from miniflow.graph import composing
from miniflow.graph.edits import Rename
from tests.gui.mouse import click

CONTROL, NO_KEY = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def press(window: MainWindow, key: Qt.Key, times: int = 1, keys: Qt.KeyboardModifier = NO_KEY) -> None:
    for _ in range(times):
        QTest.keyClick(window.canvas, key, keys)


def words(window: MainWindow) -> str:
    """All that can be read in Explain, in Order and at the timeline."""
    parts: list[QWidget] = [
        window.findChild(QDockWidget, "panel.explain"),
        window.findChild(QDockWidget, "panel.order"),
        window.findChild(QWidget, "play_bar"),
    ]
    texts = [label.text() for part in parts for label in part.findChildren(QLabel)]
    texts += [view.text for part in parts for view in part.findChildren(FormulaView)]
    return "\n".join(texts)


def position(window: MainWindow) -> str:
    return window.findChild(QLabel, "play_bar.position").text()


def build_and_step(window: MainWindow) -> None:
    """From an empty canvas, nodes with names of their own, wired as they come; and some steps."""
    press(window, Qt.Key.Key_N, keys=CONTROL)
    for entry in ("input", "sigmoid", "square"):
        press(window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, entry)
        QTest.keyClick(focused, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Right, 3)


def test_after_everything_is_undone_nothing_is_explained_and_the_timeline_begins_anew(window: MainWindow) -> None:
    build_and_step(window)
    assert "number 3" in words(window)
    press(window, Qt.Key.Key_Z, times=5, keys=CONTROL)
    assert not window.workspace.document.nodes
    assert position(window) == "0 / 0"
    assert "number 3" not in words(window)
    assert "Add nodes and wire them" in words(window)
    assert "The network has changed" not in words(window)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_node_that_is_deleted_while_it_is_explained_is_told_of_no_longer(window: MainWindow, key: Qt.Key) -> None:
    press(window, Qt.Key.Key_End)
    click(window.canvas, window.canvas.node_position("cost"))
    assert "cost" in words(window)
    press(window, key)
    assert "cost" not in words(window)
    slider = window.findChild(TimelineSlider)
    assert (slider.value(), slider.maximum()) == (0, 3 * 6 + 2)


def test_undo_brings_the_run_back_with_the_node_where_it_was(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Right, 12)
    before, said = position(window), words(window)
    click(window.canvas, window.canvas.node_position("cost"))
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Z, keys=CONTROL)
    assert position(window) == before
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Left)
    assert words(window) == said


def test_the_next_step_after_a_deletion_is_the_first_of_the_network_as_it_is(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Right, 12)
    click(window.canvas, window.canvas.node_position("cost"))
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Right)
    assert position(window).startswith("1 / ")


def test_undo_brings_the_run_back_where_it_was_though_another_node_had_the_name_meanwhile(window: MainWindow) -> None:
    workspace = window.workspace
    press(window, Qt.Key.Key_Right, 12)
    before, said = position(window), words(window)
    click(window.canvas, window.canvas.node_position("cost"))
    press(window, Qt.Key.Key_Delete)
    for old, new in (("X", "cost"), ("cost", "x"), ("y", "cost")):
        workspace.do("Rename", Rename(old, new))
    assert position(window).startswith("0 / ")
    press(window, Qt.Key.Key_Z, times=4, keys=CONTROL)
    assert position(window) == before
    assert not workspace.stepping.stale
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Left)
    assert words(window) == said


def test_undo_brings_the_run_back_also_where_two_nodes_that_are_gone_had_the_same_name(window: MainWindow) -> None:
    workspace = window.workspace
    press(window, Qt.Key.Key_Right, 12)
    before = position(window)
    for other in ("X", "y"):
        workspace.do("Delete", *composing.remove(workspace.document, ["cost"]))
        workspace.do("Rename", Rename(other, "cost"))
    press(window, Qt.Key.Key_Z, times=4, keys=CONTROL)
    assert position(window) == before
    assert not workspace.stepping.stale


def test_undo_brings_the_run_back_where_it_was_though_another_node_was_selected_meanwhile(window: MainWindow) -> None:
    canvas = window.canvas
    press(window, Qt.Key.Key_Right, 12)
    before, said = position(window), words(window)
    click(canvas, canvas.node_position("cost"))
    press(window, Qt.Key.Key_Delete)
    click(canvas, canvas.node_position("y"))
    press(window, Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "cost")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "cost" in window.workspace.document.nodes
    assert position(window).startswith("0 / ")
    press(window, Qt.Key.Key_Z, times=2, keys=CONTROL)
    press(window, Qt.Key.Key_Escape)
    assert position(window) == before
    assert words(window) == said


def test_undo_keeps_to_the_run_that_was_stepped_through_since_a_deletion(window: MainWindow) -> None:
    press(window, Qt.Key.Key_Right, 12)
    click(window.canvas, window.canvas.node_position("cost"))
    press(window, Qt.Key.Key_Delete)
    press(window, Qt.Key.Key_Right, 2)
    press(window, Qt.Key.Key_Z, keys=CONTROL)
    assert position(window).startswith("2 / ")

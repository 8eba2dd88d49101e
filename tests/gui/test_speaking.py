"""What assistive technology is told of the canvas."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from miniflow.graph.edits import Connect


def heard(window: MainWindow) -> str:
    QApplication.processEvents()
    interface = QAccessible.queryAccessibleInterface(window.canvas)
    return interface.text(QAccessible.Text.Description)


def test_the_selected_node_is_told_with_its_inputs_and_numbers(window: MainWindow) -> None:
    window.workspace.selection.select(["f"])
    assert heard(window).startswith("Linear f, input X, from X, input W, from W, input b, from b, feeds a")
    assert "value not computed" in heard(window)
    window.workspace.stepping.last()
    assert "value of shape 2 × 1" in heard(window) or "value of shape (2, 1)" in heard(window)
    window.workspace.selection.select(["cost"])
    assert "value 2.4999" in heard(window)


def test_an_edit_is_heard_too(window: MainWindow) -> None:
    window.workspace.selection.select(["f"])
    window.workspace.stepping.last()
    window.workspace.do("Disconnect", Connect("f", 1, "W", None))
    assert "input W, free" in heard(window)
    assert "its numbers are stale" in heard(window)


def test_a_selected_wire_is_told_by_its_ends(window: MainWindow) -> None:
    window.workspace.selection.select((), [("W", "f", 1)])
    assert heard(window) == "Wire from W to f, input W"


def test_nothing_is_told_where_nothing_is_selected(window: MainWindow) -> None:
    window.workspace.selection.select(["f", "a"])
    assert heard(window) == "2 nodes are selected"
    window.workspace.selection.select()
    assert heard(window) == ""

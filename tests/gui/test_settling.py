"""What is still being typed when the document is saved or closed: a good text is kept, a bad one holds it all up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.safety import keep_work
from gui.widgets.array_grid import ArrayGrid
from miniflow.errors import Sentence
from miniflow.graph.records import Literal, NodeRecord
from miniflow.io import files

LEFT = Qt.MouseButton.LeftButton


def saved(window: MainWindow, folder: Path) -> dict[str, NodeRecord]:
    """Save the document to a file, as Ctrl+S does, and return the nodes that are in it."""
    window.workspace.files.save(folder / "a.miniflow")
    return dict(files.read(folder / "a.miniflow").nodes)


def type_over(field: QWidget | None, text: str) -> None:
    assert isinstance(field, (QPlainTextEdit, QLineEdit))
    assert field.isVisible()
    field.selectAll()
    QTest.keyClicks(field, text)


def type_value_on_canvas(window: MainWindow, text: str) -> QPlainTextEdit:
    """Double-click y and type over its value."""
    QTest.mouseDClick(window.canvas.viewport(), LEFT, pos=window.canvas.node_position("y"))
    field = window.canvas.findChild(QPlainTextEdit, "value.text")
    type_over(field, text)
    assert field is not None
    return field


def type_name_in_inspector(window: MainWindow, text: str) -> QLineEdit:
    window.workspace.selection.select(["y"])
    QTest.qWait(0)
    field = window.findChild(QLineEdit, "inspector.name")
    type_over(field, text)
    assert field is not None
    return field


def question(window: MainWindow) -> QMessageBox | None:
    return window.findChild(QMessageBox, "dialog.unsaved")


def message(window: MainWindow) -> str:
    found = window.findChild(QLabel, "status.message")
    assert found is not None
    return found.text()


def test_a_value_that_is_being_typed_on_the_canvas_is_saved_too(window: MainWindow, tmp_path: Path) -> None:
    type_value_on_canvas(window, "[7, 8]")
    assert saved(window, tmp_path)["y"].value == Literal((7.0, 8.0))
    assert not window.workspace.files.modified


def test_closing_asks_about_a_value_that_is_being_typed(window: MainWindow) -> None:
    type_value_on_canvas(window, "[7, 8]")
    window.close()
    asked = question(window)
    assert window.isVisible()
    assert asked is not None
    asked.button(QMessageBox.StandardButton.Cancel).click()
    assert window.workspace.document.nodes["y"].value == Literal((7.0, 8.0))


def test_a_value_that_cannot_be_kept_holds_the_window_open_until_it_is_given_up(window: MainWindow) -> None:
    field = type_value_on_canvas(window, "[7, ")
    window.close()
    assert window.isVisible()
    assert question(window) is None
    assert field.isVisible()
    assert QApplication.focusWidget() is field
    assert "Esc" in message(window)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    window.close()
    assert not window.isVisible()


def test_a_new_document_does_not_take_the_place_of_one_with_a_bad_value_in_a_field(window: MainWindow) -> None:
    field = type_value_on_canvas(window, "[7, ")
    action = window.findChild(QAction, "file.new")
    assert action is not None
    action.trigger()
    assert "y" in window.workspace.document.nodes
    QTest.keyClick(field, Qt.Key.Key_Escape)


def test_saving_goes_on_with_the_old_value_where_the_new_one_is_bad(window: MainWindow, tmp_path: Path) -> None:
    old = window.workspace.document.nodes["y"].value
    field = type_value_on_canvas(window, "[7, ")
    assert saved(window, tmp_path)["y"].value == old
    assert field.toPlainText() == "[7, "
    assert "cannot be kept" in message(window)
    QTest.keyClick(field, Qt.Key.Key_Escape)


def bad_value_on_canvas(window: MainWindow) -> QWidget:
    return type_value_on_canvas(window, "[7, ")


def bad_name_on_canvas(window: MainWindow) -> QWidget:
    window.workspace.viewport.rename.emit("y")
    field = window.canvas.findChild(QLineEdit, "name.text")
    type_over(field, "X")
    assert field is not None
    return field


def bad_note(window: MainWindow) -> QWidget:
    window.workspace.viewport.add_note.emit()
    field = window.canvas.findChild(QPlainTextEdit, "note.text")
    assert field is not None
    field.setPlainText("much " * 2_000)
    return field


def bad_name_in_inspector(window: MainWindow) -> QWidget:
    return type_name_in_inspector(window, "X")


def bad_value_in_inspector(window: MainWindow) -> QWidget:
    type_name_in_inspector(window, "y")
    QTest.mouseClick(window.findChild(QWidget, "inspector.change_value"), LEFT)
    editor = window.findChild(QWidget, "inspector.editor")
    assert editor is not None
    field = editor.findChild(QPlainTextEdit, "value.text")
    type_over(field, "[7, ")
    assert field is not None
    return field


def bad_setting(window: MainWindow) -> QWidget:
    field = window.findChild(QLineEdit, "training.epochs")
    type_over(field, "many")
    assert field is not None
    return field


BAD = (bad_value_on_canvas, bad_name_on_canvas, bad_note, bad_name_in_inspector, bad_value_in_inspector, bad_setting)


@pytest.mark.parametrize("type_badly", BAD)
def test_what_was_said_of_a_bad_text_goes_when_escape_gives_it_up(
    window: MainWindow, type_badly: Callable[[MainWindow], QWidget]
) -> None:
    field = type_badly(window)
    assert not window.workspace.settle()
    assert "cannot be kept" in message(window)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert message(window) == ""


@pytest.mark.parametrize("type_badly", BAD)
def test_what_was_said_of_a_bad_text_goes_when_it_is_mended(
    window: MainWindow, type_badly: Callable[[MainWindow], QWidget]
) -> None:
    field = type_badly(window)
    assert not window.workspace.settle()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "7")
    assert message(window) == ""
    QTest.keyClick(field, Qt.Key.Key_Escape)


def test_another_sentence_said_meanwhile_stays_when_the_bad_text_is_given_up(window: MainWindow) -> None:
    field = type_value_on_canvas(window, "[7, ")
    assert not window.workspace.settle()
    window.workspace.tell(Sentence("The picture is on the clipboard."))
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert message(window) == "The picture is on the clipboard."


@pytest.mark.parametrize("editor", ["rename", "edit_value"])
def test_what_was_said_of_a_bad_name_that_waits_stays_while_something_else_is_edited(
    window: MainWindow, editor: str
) -> None:
    type_name_in_inspector(window, "X")
    window.workspace.selection.select(["W"])
    QTest.qWait(0)
    said = message(window)
    assert "waits for it" in said
    getattr(window.workspace.viewport, editor).emit("W")
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "7")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert message(window) == said
    window.workspace.selection.select(["y"])
    QTest.qWait(0)
    QTest.keyClick(window.findChild(QLineEdit, "inspector.name"), Qt.Key.Key_Escape)
    assert message(window) == ""


def test_a_cell_that_was_said_to_be_no_number_is_given_up_with_what_was_said(window: MainWindow) -> None:
    type_name_in_inspector(window, "y")
    grid = window.findChild(ArrayGrid, "inspector.value.grid")
    assert grid is not None
    grid.setCurrentIndex(grid.numbers.index(0, 0))
    QTest.keyClicks(grid, "x")
    assert not window.workspace.settle()
    assert "cannot be kept" in message(window)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert message(window) == ""


def test_an_editor_in_which_nothing_was_typed_changes_nothing(window: MainWindow) -> None:
    window.workspace.viewport.edit_value.emit("y")
    assert window.workspace.settle()
    assert not window.workspace.files.modified


def test_a_cell_of_the_grid_that_is_open_is_saved_too(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    type_value_on_canvas(window, "[7, 8]")
    kinds = window.canvas.findChild(QWidget, "value.kind")
    QTest.keyClick(kinds, Qt.Key.Key_Down)
    grid = window.canvas.findChild(QTableView, "value.grid")
    assert grid is not None
    grid.setCurrentIndex(grid.model().index(0, 1))
    QTest.keyClick(grid, Qt.Key.Key_9)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    assert saved(window, tmp_path)["y"].value == Literal((7.0, 9.0))


def test_a_name_that_is_being_typed_on_the_canvas_is_saved_too(window: MainWindow, tmp_path: Path) -> None:
    window.workspace.viewport.rename.emit("y")
    type_over(window.canvas.findChild(QLineEdit, "name.text"), "height")
    assert "height" in saved(window, tmp_path)


@pytest.mark.parametrize("typed", ["X", ""])
def test_a_name_on_the_canvas_that_cannot_be_holds_the_window_open(window: MainWindow, typed: str) -> None:
    window.workspace.viewport.rename.emit("y")
    field = window.canvas.findChild(QLineEdit, "name.text")
    assert field is not None
    field.clear()
    QTest.keyClicks(field, typed)
    window.close()
    assert window.isVisible()
    assert field.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)


def test_a_name_that_is_being_typed_in_the_inspector_is_saved_too(window: MainWindow, tmp_path: Path) -> None:
    type_name_in_inspector(window, "height")
    assert "height" in saved(window, tmp_path)


def test_a_name_in_the_inspector_that_cannot_be_holds_the_window_open(window: MainWindow) -> None:
    field = type_name_in_inspector(window, "X")
    window.close()
    assert window.isVisible()
    assert field.text() == "X"
    QTest.keyClick(field, Qt.Key.Key_Escape)


def test_a_value_that_is_being_typed_in_the_inspector_is_saved_too(window: MainWindow, tmp_path: Path) -> None:
    type_name_in_inspector(window, "y")
    change = window.findChild(QWidget, "inspector.change_value")
    QTest.mouseClick(change, LEFT)
    editor = window.findChild(QWidget, "inspector.editor")
    assert editor is not None
    type_over(editor.findChild(QPlainTextEdit, "value.text"), "[7, 8]")
    assert saved(window, tmp_path)["y"].value == Literal((7.0, 8.0))


def test_a_bad_value_in_the_inspector_behind_another_tab_comes_to_the_front_on_closing(window: MainWindow) -> None:
    field = bad_value_in_inspector(window)
    editor, dock = window.findChild(QWidget, "inspector.editor"), window.findChild(QDockWidget, "panel.explain")
    assert editor is not None
    assert dock is not None
    dock.raise_()
    QApplication.processEvents()
    assert editor.visibleRegion().isEmpty()
    window.close()
    assert window.isVisible()
    assert not editor.visibleRegion().isEmpty()
    assert QApplication.focusWidget() is field
    QTest.keyClick(field, Qt.Key.Key_Escape)


def test_a_value_typed_on_the_canvas_is_kept_when_the_next_one_is_opened(window: MainWindow) -> None:
    type_value_on_canvas(window, "[7, 8]")
    window.workspace.viewport.edit_value.emit("X")
    assert window.workspace.document.nodes["y"].value == Literal((7.0, 8.0))
    field = type_value_on_canvas(window, "[7, ")
    window.workspace.viewport.rename.emit("X")
    window.workspace.viewport.add_note.emit()
    assert field.isVisible()
    assert field.toPlainText() == "[7, "
    QTest.keyClick(field, Qt.Key.Key_Escape)


def test_a_training_setting_that_is_being_typed_is_saved_too(window: MainWindow, tmp_path: Path) -> None:
    type_over(window.findChild(QLineEdit, "training.epochs"), "77")
    window.workspace.files.save(tmp_path / "a.miniflow")
    training = files.read(tmp_path / "a.miniflow").training
    assert training is not None
    assert training.epochs == 77


def test_a_second_signal_to_end_keeps_what_was_being_typed(
    window: MainWindow, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window.workspace.keeping.begin(tmp_path / "recovery")
    window.workspace.files.save(tmp_path / "a.miniflow")
    type_value_on_canvas(window, "[7, 8]")
    keep_work(window.workspace)
    assert "is offered when the app is started again" in capsys.readouterr().out
    (kept,) = (tmp_path / "recovery").glob("*/document.miniflow")
    assert files.read(kept).nodes["y"].value == Literal((7.0, 8.0))

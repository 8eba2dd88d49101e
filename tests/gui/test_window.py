"""The window around the canvas: files, titles, keys, closing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDockWidget,
    QFileDialog,
    QLabel,
    QListWidget,
    QMenu,
    QMessageBox,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow, first_size
from gui.widgets.entry_rows import ENTRY, summary_font, words_room
from gui.widgets.palette_button import PaletteButton
from miniflow.errors import Sentence
from miniflow.graph.edits import SetTitle


def action(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction), name
    return found


def message(window: MainWindow) -> str:
    label = window.findChild(QLabel, "status.message")
    assert isinstance(label, QLabel)
    return label.text()


def answer(window: MainWindow, button: QMessageBox.StandardButton) -> None:
    question = window.findChild(QMessageBox, "dialog.unsaved")
    assert isinstance(question, QMessageBox)
    QTest.mouseClick(question.button(button), Qt.MouseButton.LeftButton)


def test_a_first_start_shows_the_gradient_example_and_says_what_right_does(window: MainWindow) -> None:
    assert list(window.workspace.document.nodes) == ["X", "W", "b", "y", "f", "a", "cost"]
    caption = window.findChild(QLabel, "play_bar.caption")
    assert isinstance(caption, QLabel)
    assert "→" in caption.text()
    assert not window.isWindowModified()


@pytest.mark.parametrize(
    ("screen", "size"), [((1920, 1080), (1280, 800)), ((1280, 800), (1280, 760)), ((1100, 720), (1100, 680))]
)
def test_at_first_the_window_is_on_the_screen_with_its_title(screen: tuple[int, int], size: tuple[int, int]) -> None:
    assert first_size(QSize(*screen)) == QSize(*size)


def test_without_a_screen_the_window_is_as_large_as_it_would_be_on_a_large_one(unshown_window: MainWindow) -> None:
    assert unshown_window.size() == QSize(1280, 800)


def test_every_action_and_every_panel_has_its_name(window: MainWindow) -> None:
    named = [each.objectName() for each in window.findChildren(QAction) if each.text() and not each.menu()]
    ours = [name for name in named if not name.startswith("_q_") and name]
    assert {"file.new", "file.save_as", "edit.undo", "run.step", "train.start", "graph.arrange"} <= set(ours)
    assert len(set(ours)) == len(ours)
    assert all(dock.objectName().startswith("panel.") for dock in window.findChildren(QDockWidget))


def test_a_saved_document_is_opened_again_as_it_was(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine.miniflow"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    before = window.workspace.document.to_dict()
    action(window, "file.save_as").trigger()
    assert json.loads(target.read_text(encoding="utf-8")) == before
    assert window.windowTitle().startswith("mine.miniflow")
    action(window, "file.new").trigger()
    assert not window.workspace.document.nodes
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    action(window, "file.open").trigger()
    assert window.workspace.document.to_dict() == before


def test_saving_keeps_what_can_be_undone(window: MainWindow, tmp_path: Path) -> None:
    window.workspace.do("Rename", SetTitle("One neuron", "Mine"))
    window.workspace.files.save(tmp_path / "mine.miniflow")
    assert not window.isWindowModified()
    action(window, "edit.undo").trigger()
    assert window.workspace.document.title == "One neuron"
    assert window.isWindowModified()


def test_a_malformed_file_changes_nothing_and_says_why(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.miniflow"
    bad.write_text('{"format": "miniflow-graph", "version": 1, "nodes": [}', encoding="utf-8")
    before, title = window.workspace.document.to_dict(), window.windowTitle()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bad), ""))
    action(window, "file.open").trigger()
    assert window.workspace.document.to_dict() == before
    assert window.windowTitle() == title
    assert "bad.miniflow" in message(window)


def test_closing_with_unsaved_changes_asks_and_cancel_keeps_the_window(window: MainWindow) -> None:
    window.workspace.do("Rename", SetTitle("One neuron", "Mine"))
    window.close()
    assert window.isVisible()
    answer(window, QMessageBox.StandardButton.Cancel)
    assert window.isVisible()
    assert window.workspace.document.title == "Mine"


def test_discarding_the_changes_closes_the_window(window: MainWindow) -> None:
    window.workspace.do("Rename", SetTitle("One neuron", "Mine"))
    window.close()
    answer(window, QMessageBox.StandardButton.Discard)
    assert not window.isVisible()


def test_new_asks_before_unsaved_changes_are_lost_and_can_save_them(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "kept.miniflow"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.workspace.do("Rename", SetTitle("One neuron", "Mine"))
    action(window, "file.new").trigger()
    assert window.workspace.document.nodes
    answer(window, QMessageBox.StandardButton.Save)
    assert json.loads(target.read_text(encoding="utf-8"))["title"] == "Mine"
    assert not window.workspace.document.nodes


def test_the_run_keys_step_and_a_focused_button_keeps_its_space(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    QTest.keyClick(window.canvas, Qt.Key.Key_PageDown)
    assert window.workspace.stepping.position == 2
    QTest.keyClick(window.canvas, Qt.Key.Key_Left)
    assert window.workspace.stepping.position == 1
    button = QPushButton("Again", window)
    button.show()
    button.setFocus()
    with qtbot.waitSignal(button.clicked, timeout=2000):
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert not window.workspace.stepping.playing


def test_step_is_disabled_at_the_end_and_back_at_the_start(window: MainWindow) -> None:
    assert not action(window, "run.step_back").isEnabled()
    action(window, "run.last").trigger()
    assert not action(window, "run.step").isEnabled()
    assert action(window, "run.step_back").isEnabled()
    action(window, "run.first").trigger()
    assert action(window, "run.step").isEnabled()
    assert not action(window, "run.step_back").isEnabled()


def test_presentation_mode_hides_the_panels_and_brings_them_back(window: MainWindow) -> None:
    shown = {dock for dock in window.findChildren(QDockWidget) if not dock.isHidden()}
    action(window, "view.present").trigger()
    assert all(dock.isHidden() for dock in shown)
    action(window, "view.present").trigger()
    assert not any(dock.isHidden() for dock in shown)


def test_no_key_belongs_to_two_commands_or_twice_to_one(window: MainWindow) -> None:
    keys = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def letters(menu: QMenu) -> list[str]:
    """The underlined letter of each entry of a menu that has one, and of those of its submenus, menu by menu."""
    entries = [action for action in menu.actions() if "&" in action.text()]
    own = [action.text()[action.text().index("&") + 1].lower() for action in entries]
    assert sorted(own) == sorted(set(own)), menu.title()
    for submenu in (action.menu() for action in menu.actions()):
        if isinstance(submenu, QMenu):
            letters(submenu)
    return own


def test_no_underlined_letter_stands_for_two_entries_of_a_menu(window: MainWindow) -> None:
    titles = [action.menu() for action in window.menuBar().actions()]
    assert all(letters(menu) for menu in titles if isinstance(menu, QMenu))


def test_the_sheet_of_shortcuts_has_what_keys_and_mouse_do_on_the_canvas(window: MainWindow) -> None:
    QTest.keyClick(window.canvas, Qt.Key.Key_F1)
    sheet = window.findChild(QDialog, "dialog.shortcuts")
    assert isinstance(sheet, QDialog)
    told = "\n".join(label.text() for label in sheet.findChildren(QLabel))
    assert all(words in told for words in ("Alt and an arrow", "Ctrl and an arrow", "Shift+F10", "Ctrl+L", "pinch"))
    sheet.reject()


def test_what_a_node_does_is_written_whole_in_the_palette_and_in_the_typed_list(window: MainWindow) -> None:
    window.resize(1280, 740)  # so low that the palette has a scroll bar
    QApplication.processEvents()
    window.grab()
    buttons = [button for button in window.findChildren(PaletteButton) if button.isVisible()]
    assert len(buttons) > 5
    assert not any(button.told.endswith("…") for button in buttons)
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    entries = window.findChild(QListWidget, "add.list")
    assert isinstance(entries, QListWidget)
    metrics = QFontMetrics(summary_font(entries.font()))
    room = words_room(QRectF(0, 0, entries.viewport().width() - 6, 30)).width()
    told = [entries.item(row).data(ENTRY).summary for row in range(entries.count())]
    assert [summary for summary in told if metrics.horizontalAdvance(summary) > room] == []


def test_what_was_taken_back_comes_again_with_the_key_for_it(window: MainWindow) -> None:
    document = window.workspace.document
    window.workspace.do("Title", SetTitle(document.title, "Another"))
    window.workspace.undo()
    QTest.keySequence(window.canvas, QKeySequence("Ctrl+Y"))
    assert document.title == "Another"


def test_esc_leaves_the_presentation_once_nothing_else_has_a_use_for_it(window: MainWindow) -> None:
    window.workspace.appearance.present(True)
    window.workspace.selection.select([*window.workspace.document.nodes][:1])
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert (window.workspace.selection.nodes, window.workspace.appearance.presenting) == ((), True)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert not window.workspace.appearance.presenting


def test_what_was_said_goes_when_a_step_or_a_training_succeeds(window: MainWindow, qtbot: QtBot) -> None:
    message = window.findChild(QLabel, "status.message")
    for act in (window.workspace.stepping.step, window.workspace.training.start):
        window.workspace.tell(Sentence("That did not work."))
        assert message.text()
        act()
        assert not message.text()
    window.workspace.training.stop()

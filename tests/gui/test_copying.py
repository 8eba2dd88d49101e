"""Cut, copy, paste and duplicate, by the keys of the platform, in the whole window."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QLabel, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from gui.app import create_window
from gui.canvas.pieces import around, rooms
from gui.main_window import MainWindow
from miniflow.graph import annotating
from miniflow.graph.records import NoteRecord
from miniflow.io.schema import from_text
from tests.gui.mouse import choose

EXAMPLES = Path(__file__).resolve().parents[2] / "resources" / "examples"
CTRL = Qt.KeyboardModifier.ControlModifier
PIECE = """{"format": "miniflow-graph", "version": 1, "nodes": [
    {"id": "a", "type": "Input", "value": 3},
    {"id": "s", "type": "Sigmoid", "inputs": ["a"]}
]}"""


def shown(qtbot: QtBot) -> MainWindow:
    window = create_window()
    window.resize(1280, 800)
    with qtbot.waitActive(window):
        window.show()
    QGuiApplication.clipboard().clear()
    return window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """Show the whole window with the first example, and nothing on the clipboard."""
    window = shown(qtbot)
    yield window
    window.workspace.history.mark_saved()
    window.close()
    window.deleteLater()


def press(window: MainWindow, key: QKeySequence.StandardKey | str) -> None:
    QTest.keySequence(window.canvas, QKeySequence(key))


def covered(window: MainWindow) -> list[tuple[str, str]]:
    """Return the pairs of cards of which one lies on the other."""
    pairs = combinations(window.canvas.mirror.nodes.values(), 2)
    return [(one.node_id, other.node_id) for one, other in pairs if one.card_rect().intersects(other.card_rect())]


def message(window: MainWindow) -> str:
    label = window.findChild(QLabel, "status.message")
    assert isinstance(label, QLabel)
    return label.text()


def test_what_is_copied_is_a_document_as_text(window: MainWindow) -> None:
    choose(window.canvas, "W", "f", "a")
    press(window, QKeySequence.StandardKey.Copy)
    piece = from_text(QGuiApplication.clipboard().text())
    assert {node.id: node.inputs for node in piece.nodes.values()} == {"W": (), "f": (None, "W"), "a": ("f",)}
    assert not window.isWindowModified()


def test_a_paste_keeps_inner_wires_drops_the_others_and_is_one_step(window: MainWindow) -> None:
    document = window.workspace.document
    before = document.to_dict()
    choose(window.canvas, "W", "f", "a")
    press(window, QKeySequence.StandardKey.Copy)
    press(window, QKeySequence.StandardKey.Paste)
    assert window.workspace.selection.nodes == ("W2", "f2", "a2")
    assert document.nodes["f2"].inputs == (None, "W2")
    assert document.nodes["a2"].inputs == ("f2",)
    assert document.nodes["W2"].value == document.nodes["W"].value
    press(window, QKeySequence.StandardKey.Undo)
    assert document.to_dict() == before


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_pasted_or_duplicated_covers_no_card_and_is_in_sight(window: MainWindow, seed: int) -> None:
    chance, workspace, canvas = random.Random(seed), window.workspace, window.canvas
    window.workspace.files.open(EXAMPLES / chance.choice(("xor.miniflow", "boston.miniflow", "fork.miniflow")))
    workspace.do("Add a note", *annotating.add_note(workspace.document, NoteRecord("n", "look\n" * 9, (-150.0, 40.0))))
    for _ in range(12):
        nodes, notes = list(workspace.document.nodes), list(workspace.document.notes)
        workspace.selection.select(chance.sample(nodes, chance.randint(1, 4)), (), chance.sample(notes, 1))
        canvas.navigator.pan(chance.randint(-900, 900), chance.randint(-600, 600))
        for keys in chance.choice(("Ctrl+D", "Ctrl+C Ctrl+V", "Ctrl+C Ctrl+V Ctrl+V", "Ctrl+X Ctrl+V")).split():
            press(window, keys)
        assert covered(window) == []
        copies = rooms(canvas.mirror, workspace.selection.nodes, workspace.selection.notes)
        assert canvas.navigator.visible().contains(around(copies))


@pytest.mark.parametrize("keys", ["Ctrl+C Ctrl+V", "Ctrl+D"])
def test_copies_too_large_to_be_seen_from_so_near_are_seen_whole_from_farther_away(
    window: MainWindow, keys: str
) -> None:
    canvas, selection = window.canvas, window.workspace.selection
    selection.select(window.workspace.document.nodes)
    canvas.navigator.zoom_at(canvas.rect().center().toPointF(), 3.0)
    before, scale = selection.nodes, canvas.navigator.scale
    for key in keys.split():
        press(window, key)
    assert len(selection.nodes) == len(before)
    assert not set(selection.nodes) & set(before)
    assert canvas.navigator.scale < scale
    assert canvas.navigator.visible().contains(around(rooms(canvas.mirror, selection.nodes, ())))


def test_a_copy_that_fits_is_brought_into_sight_as_near_as_it_was(window: MainWindow) -> None:
    canvas, selection = window.canvas, window.workspace.selection
    choose(canvas, "W")
    press(window, QKeySequence.StandardKey.Copy)
    canvas.navigator.zoom_at(canvas.rect().center().toPointF(), 2.0)
    canvas.navigator.pan(3000, 100)
    scale = canvas.navigator.scale
    press(window, QKeySequence.StandardKey.Paste)
    assert canvas.navigator.scale == scale
    assert canvas.navigator.visible().contains(around(rooms(canvas.mirror, selection.nodes, ())))


def test_what_is_pasted_covers_no_note_and_lies_on_none(window: MainWindow) -> None:
    workspace, sheets = window.workspace, window.canvas.mirror.notes.items
    workspace.do("Add a note", *annotating.add_note(workspace.document, NoteRecord("n", "look\n" * 9, (-600.0, 40.0))))
    workspace.selection.select(("W",), (), ("n",))
    for keys in ("Ctrl+C", "Ctrl+V", "Ctrl+V", "Ctrl+D"):
        press(window, keys)
    cards = window.canvas.mirror.nodes.values()
    assert len(sheets) == 4
    pairs = [*combinations(sheets.values(), 2)]
    assert not any(one.sheet().intersects(other.sheet()) for one, other in pairs)
    assert not any(sheet.sheet().intersects(card.card_rect()) for sheet in sheets.values() for card in cards)


def test_what_is_cut_is_gone_and_comes_back_where_it_was(window: MainWindow) -> None:
    nodes = window.workspace.document.nodes
    before = nodes["cost"]
    choose(window.canvas, "cost")
    press(window, QKeySequence.StandardKey.Cut)
    assert "cost" not in nodes
    press(window, QKeySequence.StandardKey.Paste)
    assert nodes["cost"].position == before.position
    press(window, QKeySequence.StandardKey.Undo)
    press(window, QKeySequence.StandardKey.Undo)
    assert nodes["cost"] == before


def test_a_duplicate_goes_on_being_fed_from_outside(window: MainWindow) -> None:
    choose(window.canvas, "f", "a")
    press(window, "Ctrl+D")
    document = window.workspace.document
    assert window.workspace.selection.nodes == ("f2", "a2")
    assert document.nodes["f2"].inputs == ("X", "W", "b")
    assert document.nodes["a2"].inputs == ("f2",)
    assert document.nodes["cost"].inputs == ("y", "a")
    assert window.workspace.history.undo_text == "Duplicate"


def test_a_piece_can_be_pasted_into_another_window(window: MainWindow, qtbot: QtBot) -> None:
    choose(window.canvas, "X", "W", "f")
    press(window, QKeySequence.StandardKey.Copy)
    text = QGuiApplication.clipboard().text()
    other = shown(qtbot)
    other.workspace.files.new()
    QGuiApplication.clipboard().setText(text)
    press(other, QKeySequence.StandardKey.Paste)
    assert {id: node.inputs for id, node in other.workspace.document.nodes.items()} == {
        "X": (), "W": (), "f": ("X", "W"),
    }  # fmt: skip
    other.workspace.history.mark_saved()
    other.close()
    other.deleteLater()


def test_a_piece_written_by_hand_is_arranged_in_sight(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText(PIECE)
    press(window, QKeySequence.StandardKey.Paste)
    document, canvas = window.workspace.document, window.canvas
    assert document.nodes["s"].inputs == ("a2",)
    sight = canvas.viewport().rect()
    assert all(sight.contains(canvas.node_position(node)) for node in ("a2", "s"))
    assert document.nodes["a2"].position != document.nodes["s"].position


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no nodes on the clipboard"),
        ("1\t2\n3\t4\n", "no nodes on the clipboard"),
        ('{"a": 1}', "no nodes on the clipboard"),
        (PIECE.replace('["a"]', '["gone"]'), "There is no node gone"),
        (PIECE.replace('"version": 1', '"version": 99'), "newer version"),
        ('{"format": "miniflow-graph", "version": 1, "nodes": []}', "no nodes on the clipboard"),
    ],
)
def test_what_is_no_piece_of_a_graph_is_refused_in_a_sentence(window: MainWindow, text: str, reason: str) -> None:
    before = window.workspace.document.to_dict()
    QGuiApplication.clipboard().setText(text)
    press(window, QKeySequence.StandardKey.Paste)
    assert reason in message(window)
    assert window.workspace.document.to_dict() == before
    assert window.workspace.history.undo_text is None


def test_nothing_selected_leaves_the_clipboard_alone(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("precious")
    for key in (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut, "Ctrl+D"):
        press(window, key)
    assert QGuiApplication.clipboard().text() == "precious"
    assert not window.isWindowModified()


def test_a_text_field_keeps_its_own_keys(window: MainWindow, qtbot: QtBot) -> None:
    before = window.workspace.document.to_dict()
    choose(window.canvas, "W")
    QGuiApplication.clipboard().setText(PIECE)
    press(window, "F2")
    field = window.findChild(QLineEdit, "name.text")
    assert isinstance(field, QLineEdit)
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "weights")
    for key in (Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_V, Qt.Key.Key_V, Qt.Key.Key_Z):
        QTest.keyClick(field, key, CTRL)
    assert field.text() == "weights"
    assert QGuiApplication.clipboard().text() == "weights"
    assert window.workspace.document.to_dict() == before


def test_a_table_keeps_the_keys_of_the_clipboard(window: MainWindow, qtbot: QtBot) -> None:
    choose(window.canvas, "X")
    table = window.findChild(QTableView, "inspector.value.grid")
    assert isinstance(table, QTableView)
    dock = window.findChild(QDockWidget, "panel.inspector")
    assert isinstance(dock, QDockWidget)
    dock.raise_()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().count("\t") == 2

"""The keyboard on the canvas, and which keys it leaves to the run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.workspace import Workspace
from miniflow.graph.records import GraphRecord, Literal, NodeRecord

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QMainWindow]:
    workspace = Workspace(Appearance("light"))
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(Canvas(workspace, window))
    window.resize(900, 600)
    with qtbot.waitActive(window):
        window.show()
    nodes = [
        NodeRecord("x", "Input", (0, 0), (), Literal(1.0)),
        NodeRecord("y", "Input", (0, 200), (), Literal(2.0)),
        NodeRecord("sum", "Add", (300, 100), ("x", "y")),
    ]
    workspace.show_record(GraphRecord({node.id: node for node in nodes}))
    window.centralWidget().setFocus()
    yield window
    workspace.stepping.pause()
    window.close()
    workspace.deleteLater()


@pytest.fixture
def canvas(window: QMainWindow) -> Canvas:
    canvas = window.centralWidget()
    assert isinstance(canvas, Canvas)
    return canvas


@pytest.mark.parametrize("key", ["Right", "Left", "Home", "End", "PgUp", "PgDown", "Del", "Backspace", "F"])
def test_a_key_of_the_menus_reaches_them_while_the_canvas_has_the_focus(window: QMainWindow, key: str) -> None:
    heard: list[str] = []
    shortcut = QShortcut(QKeySequence(key), window)
    shortcut.activated.connect(lambda: heard.append(key))
    QTest.keySequence(window.centralWidget(), QKeySequence(key))
    assert heard == [key]


def test_a_tap_on_the_space_bar_plays_and_pauses(canvas: Canvas) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    assert canvas.workspace.stepping.playing
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    assert not canvas.workspace.stepping.playing


def test_a_drag_with_the_space_bar_held_pans_and_does_not_play(canvas: Canvas) -> None:
    before = canvas.to_viewport(QPointF(0, 0))
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    start = canvas.node_position("x")
    QTest.mousePress(canvas.viewport(), LEFT, NO_KEY, start)
    QTest.mouseMove(canvas.viewport(), start + QPoint(70, 40))
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_KEY, start + QPoint(70, 40))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.to_viewport(QPointF(0, 0)) == before + QPointF(70, 40)
    assert not canvas.workspace.stepping.playing
    assert canvas.workspace.history.undo_text is None


def test_alt_and_arrows_walk_along_the_wires(canvas: Canvas) -> None:
    canvas.workspace.selection.select(("y",))
    QTest.keyClick(canvas, Qt.Key.Key_Right, ALT)
    assert canvas.workspace.selection.nodes == ("sum",)
    QTest.keyClick(canvas, Qt.Key.Key_Left, ALT)
    assert canvas.workspace.selection.nodes == ("x",)
    QTest.keyClick(canvas, Qt.Key.Key_Down, ALT)
    assert canvas.workspace.selection.nodes == ("y",)


def test_ctrl_and_arrows_nudge_the_selection(canvas: Canvas) -> None:
    canvas.workspace.selection.select(("x", "y"))
    QTest.keyClick(canvas, Qt.Key.Key_Right, CTRL)
    positions = [canvas.workspace.document.nodes[node].position for node in ("x", "y", "sum")]
    assert positions == [(12, 0), (12, 200), (300, 100)]


def test_escape_clears_the_selection(canvas: Canvas) -> None:
    canvas.workspace.selection.select(("x",))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.workspace.selection.nodes == ()

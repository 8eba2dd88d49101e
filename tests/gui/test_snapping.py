"""Dragged cards snap to their neighbours and to the grid, where that is chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsPathItem
from pytestqt.qtbot import QtBot

from gui.app import create_window
from gui.canvas.background import SPACING
from gui.canvas.view import Canvas
from gui.main_window import MainWindow
from miniflow.graph import composing
from miniflow.graph.records import GraphRecord, NodeRecord

LEFT, NO_KEY, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    nodes = (NodeRecord("p", "Sigmoid", (0, 0)), NodeRecord("q", "Linear", (300, 0), (None, "p")),
             NodeRecord("r", "Tanh", (10, 200)))  # fmt: skip
    window.workspace.show_record(GraphRecord({node.id: node for node in nodes}))
    window.canvas.navigator.actual_size()
    return window


def drag(canvas: Canvas, node: str, by: QPoint, held: Qt.KeyboardModifier = NO_KEY, let_go: bool = True) -> None:
    """Drag a card; the keys are held from when it moves."""
    start = canvas.node_position(node)
    QTest.mousePress(canvas.viewport(), LEFT, NO_KEY, start)
    for place in (start + by / 2, start + by):
        QTest.mouseEvent(QTest.MouseAction.MouseMove, canvas.viewport(), LEFT, held, place)
    if let_go:
        QTest.mouseRelease(canvas.viewport(), LEFT, held, start + by)


def switch(window: MainWindow, name: str) -> None:
    action = window.findChild(QAction, name)
    assert isinstance(action, QAction)
    action.trigger()


def place(window: MainWindow, node: str) -> tuple[float, float]:
    position = window.workspace.document.nodes[node].position
    assert position is not None
    return position


def guides(canvas: Canvas) -> list[QGraphicsPathItem]:
    return [item for item in canvas.mirror.items() if isinstance(item, QGraphicsPathItem) and not item.path().isEmpty()]


def test_a_card_that_comes_near_the_line_of_another_goes_on_it_and_lines_show_why(window: MainWindow) -> None:
    drag(window.canvas, "r", QPoint(-6, 40), let_go=False)
    assert len(guides(window.canvas)) == 1
    QTest.mouseRelease(window.canvas.viewport(), LEFT, NO_KEY, window.canvas.node_position("r"))
    assert place(window, "r")[0] == 0
    assert guides(window.canvas) == []
    window.workspace.undo()
    assert place(window, "r") == (10, 200)


def test_a_wire_runs_straight_once_its_ends_are_nearly_level(window: MainWindow) -> None:
    drag(window.canvas, "q", QPoint(40, -16))
    mirror = window.canvas.mirror
    assert mirror.nodes["q"].in_port(1).y() == pytest.approx(mirror.nodes["p"].out_port().y())


def test_control_held_lets_a_card_go_anywhere(window: MainWindow) -> None:
    drag(window.canvas, "r", QPoint(-6, 40), held=CTRL)
    assert place(window, "r") == (4, 240)


def test_switched_off_a_card_goes_anywhere_and_the_choice_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    switch(window, "view.snap_neighbours")
    drag(window.canvas, "r", QPoint(-6, 40))
    assert place(window, "r") == (4, 240)
    again = create_window()
    qtbot.addWidget(again)
    assert not again.workspace.snapping.to_neighbours
    assert not again.findChild(QAction, "view.snap_neighbours").isChecked()


def test_on_the_grid_cards_stand_on_its_points_and_the_keys_go_from_point_to_point(window: MainWindow) -> None:
    switch(window, "view.snap_grid")
    switch(window, "view.snap_neighbours")
    drag(window.canvas, "r", QPoint(100, 50))
    x, y = place(window, "r")
    assert (x % SPACING, y % SPACING) == (0, 0)
    QTest.keyClick(window.canvas, Qt.Key.Key_Right, CTRL)
    QTest.keyClick(window.canvas, Qt.Key.Key_Up, CTRL)
    assert place(window, "r") == (x + SPACING, y - SPACING)


def test_several_cards_keep_their_places_to_each_other_while_one_snaps(window: MainWindow) -> None:
    window.workspace.selection.select(("q", "r"))
    drag(window.canvas, "r", QPoint(-6, 40))
    assert place(window, "r")[0] == 0
    assert place(window, "q") == (290, place(window, "r")[1] - 200)


def test_escape_takes_the_lines_away_and_puts_the_card_back(window: MainWindow) -> None:
    drag(window.canvas, "r", QPoint(-6, 40), let_go=False)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert guides(window.canvas) == []
    assert window.canvas.mirror.nodes["r"].pos() == QPointF(10, 200)
    QApplication.processEvents()


def test_a_card_dragged_over_another_does_not_snap_under_it_and_lies_on_top(window: MainWindow) -> None:
    canvas = window.canvas
    drag(canvas, "p", QPoint(7, 203))
    over, under = canvas.mirror.nodes["p"], canvas.mirror.nodes["r"]
    assert over.pos() == QPointF(7, 203)
    shown = [item for item in canvas.mirror.items(under.card_rect().center()) if item in (over, under)]
    assert shown == [over, under]


def test_no_card_of_a_group_is_taken_onto_another_by_the_snap_of_the_one_in_hand(window: MainWindow) -> None:
    added = composing.add_node(window.workspace.document, "Tanh", (128, 300), "beside")
    window.workspace.do("Add", *added)
    window.workspace.selection.select(("q", "r"))
    drag(window.canvas, "r", QPoint(-5, 300))  # at -10 r would be in line with p, but q would cover the newcomer
    assert place(window, "r") == (5, 500)
    window.workspace.undo()
    window.workspace.selection.select(("r",))
    drag(window.canvas, "r", QPoint(-5, 300))
    assert place(window, "r") == (0, 500)


def test_the_grid_takes_no_card_onto_another(window: MainWindow) -> None:
    switch(window, "view.snap_grid")
    switch(window, "view.snap_neighbours")
    window.workspace.do("Delete", *composing.remove(window.workspace.document, ["p"]))
    drag(window.canvas, "r", QPoint(124, -200))  # the nearest point of the grid is 144, 0, where it would cover q
    assert place(window, "r") == (134, 0)

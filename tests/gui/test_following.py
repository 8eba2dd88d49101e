"""The canvas follows the step to a node out of sight, unless it is told not to, or a person is busy on it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.controllers.following import Following
from gui.main_window import MainWindow
from miniflow.graph.records import GraphRecord, Literal, NodeRecord


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The window, close to the first of two nodes that are far apart."""
    nodes = [NodeRecord("x", "Input", (0, 0), (), Literal(2.0)), NodeRecord("far", "Square", (5000, 0), ("x",))]
    window.workspace.show_record(GraphRecord({node.id: node for node in nodes}))
    window.canvas.navigator.actual_size()
    window.canvas.navigator.reveal("x")
    window.workspace.stepping.go_to(1)
    return window


def sees(window: MainWindow, node: str) -> bool:
    return window.canvas.viewport().rect().contains(window.canvas.card_in_viewport(node))


def step(window: MainWindow) -> None:
    action(window, "run.step").trigger()


def action(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction), name
    return found


def test_a_step_out_of_sight_is_brought_into_sight_without_zooming(window: MainWindow) -> None:
    scale = window.canvas.navigator.scale
    assert not sees(window, "far")
    step(window)
    assert sees(window, "far")
    assert window.canvas.navigator.scale == scale


def test_a_step_in_sight_moves_nothing(window: MainWindow) -> None:
    before = window.canvas.node_position("x")
    action(window, "run.step_back").trigger()
    step(window)
    assert window.canvas.node_position("x") == before


def test_the_view_stays_once_following_is_switched_off_and_that_is_remembered(window: MainWindow) -> None:
    action(window, "view.follow_step").trigger()
    step(window)
    assert not sees(window, "far")
    assert not Following().is_wanted


def test_the_view_stays_while_a_card_is_dragged(window: MainWindow) -> None:
    viewport, place = window.canvas.viewport(), window.canvas.node_position("x")
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(viewport, place + QPoint(20, 20))
    step(window)
    assert not sees(window, "far")
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place + QPoint(20, 20))


def test_the_view_stays_while_a_value_is_typed(window: MainWindow, qtbot: QtBot) -> None:
    window.canvas.editing.edit_value("x")
    step(window)
    assert not sees(window, "far")
    window.canvas.setFocus()

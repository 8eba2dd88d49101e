"""Kahn's algorithm on the canvas itself: any ready node can be clicked to go next, and a cycle is drawn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.canvas.card_painter import badge_room
from gui.canvas.face import Badge
from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.workspace import Workspace
from miniflow.graph.records import GraphRecord, Literal, NodeRecord
from tests.gui.mouse import click


def network() -> GraphRecord:
    """x and w are both ready at the start; m waits for them, and lone has nothing at its inputs."""
    nodes = (
        NodeRecord("x", "Input", (0, 0), (), Literal(2.0)),
        NodeRecord("w", "Input", (0, 160), (), Literal(3.0)),
        NodeRecord("empty", "Input", (0, 320)),
        NodeRecord("m", "Mul", (300, 80), ("x", "w")),
        NodeRecord("lone", "Square", (300, 260)),
    )
    return GraphRecord({node.id: node for node in nodes}, output="m")


def cycle() -> GraphRecord:
    nodes = (
        NodeRecord("x", "Input", (0, 0), (), Literal(2.0)),
        NodeRecord("a", "Add", (300, 0), ("x", "b")),
        NodeRecord("b", "Square", (300, 200), ("a",)),
    )
    return GraphRecord({node.id: node for node in nodes})


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:
    canvas = Canvas(Workspace(Appearance("light")))
    qtbot.addWidget(canvas)
    canvas.resize(900, 700)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.workspace.show_record(network())
    canvas.workspace.stepping.go_to(0)
    yield canvas
    canvas.close()
    canvas.workspace.deleteLater()


def badge(canvas: Canvas, node: str) -> str:
    return canvas.mirror.nodes[node].face().badge_text


def badge_position(canvas: Canvas, node: str) -> QPoint:
    item = canvas.mirror.nodes[node]
    middle = badge_room(item.look, item.card, item.face()).center()
    return canvas.mapFromScene(item.mapToScene(middle))


def ordered(canvas: Canvas) -> tuple[str, ...]:
    moment = canvas.workspace.stepping.moment
    assert moment is not None
    return moment.ordered


def test_a_click_on_the_badge_of_a_ready_node_lets_it_go_next(canvas: Canvas) -> None:
    click(canvas, badge_position(canvas, "w"))
    assert ordered(canvas) == ("w",)
    click(canvas, badge_position(canvas, "x"))
    assert ordered(canvas) == ("w", "x")


def test_a_click_on_the_name_only_selects(canvas: Canvas) -> None:
    click(canvas, canvas.node_position("w") - QPoint(20, 0))
    assert canvas.workspace.selection.nodes == ("w",)
    assert ordered(canvas) == ()


def test_a_node_that_waits_cannot_be_clicked_to_go(canvas: Canvas) -> None:
    assert badge(canvas, "m").startswith("waits")
    click(canvas, badge_position(canvas, "m"))
    assert ordered(canvas) == ()


def test_the_mouse_is_a_hand_over_a_badge_that_can_be_clicked(canvas: Canvas) -> None:
    QTest.mouseMove(canvas.viewport(), badge_position(canvas, "x"))
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(canvas.viewport(), canvas.node_position("m") + QPoint(0, 40))
    assert canvas.viewport().cursor().shape() != Qt.CursorShape.PointingHandCursor


def test_a_ready_node_that_can_never_be_computed_says_what_it_lacks_and_can_go_next_all_the_same(
    canvas: Canvas,
) -> None:
    assert [badge(canvas, node) for node in ("x", "empty", "lone")] == ["ready ▸", "no value ▸", "x is free ▸"]
    moment = canvas.workspace.stepping.moment
    assert moment is not None
    ready = [node for node, item in canvas.mirror.nodes.items() if item.face().badge is Badge.READY]
    assert tuple(ready) == moment.ready
    click(canvas, badge_position(canvas, "empty"))
    click(canvas, badge_position(canvas, "lone"))
    assert ordered(canvas) == ("empty", "lone")


def test_the_wires_of_a_cycle_are_marked_from_the_start_and_no_longer_once_it_is_broken(canvas: Canvas) -> None:
    canvas.workspace.show_record(cycle())
    canvas.workspace.stepping.go_to(0)
    marked = {key for key, wire in canvas.mirror.wires.items() if wire.state.is_on_cycle}
    assert marked == {("a", 1), ("b", 0)}
    canvas.grab()
    canvas.workspace.stepping.last()
    assert badge(canvas, "a") == "left over"
    canvas.workspace.selection.select((), [("a", "b", 0)])
    canvas.workspace.stepping.watch(canvas.workspace.document)
    assert not any(wire.state.is_on_cycle for wire in canvas.mirror.wires.values())


def test_a_node_that_waits_and_lacks_a_wire_names_the_free_input(canvas: Canvas) -> None:
    nodes = (NodeRecord("a", "Input", (0, 0), (), Literal(2.0)), NodeRecord("cost", "MSE", (300, 0), (None, "a")))
    canvas.workspace.show_record(GraphRecord({node.id: node for node in nodes}))
    canvas.workspace.stepping.first()
    assert badge(canvas, "cost") == "y is free"

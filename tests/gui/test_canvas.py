"""Drawing a graph on the canvas with a real mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.main_window import MainWindow
from gui.workspace import Workspace
from miniflow.graph.records import GraphRecord, Literal, NodeRecord
from tests.gui.mouse import SHIFT, click, drag, hold, let_go


def record(*nodes: NodeRecord) -> GraphRecord:
    return GraphRecord({node.id: node for node in nodes})


def neuron() -> GraphRecord:
    return record(
        NodeRecord("X", "Input", (0, 0), (), Literal(((1.0, 2.0), (3.0, 4.0)))),
        NodeRecord("W", "Input", (0, 140), (), Literal(((2.0,), (3.0,))), True),
        NodeRecord("b", "Input", (0, 280), (), Literal((-3.0,)), True),
        NodeRecord("f", "Linear", (320, 140)),
    )


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:
    workspace = Workspace(Appearance("light"))
    canvas = Canvas(workspace)
    qtbot.addWidget(canvas)
    canvas.resize(900, 600)
    with qtbot.waitExposed(canvas):
        canvas.show()
    workspace.show_record(neuron())
    yield canvas
    canvas.close()
    workspace.deleteLater()


def inputs(canvas: Canvas, node: str) -> tuple[str | None, ...]:
    return canvas.workspace.document.nodes[node].inputs


def test_a_wire_is_drawn_from_an_output_to_an_input(canvas: Canvas) -> None:
    drag(canvas, canvas.port_position("X", "out"), canvas.port_position("f", 0))
    assert inputs(canvas, "f") == ("X",)


def test_a_wire_is_drawn_from_an_input_back_to_an_output(canvas: Canvas) -> None:
    drag(canvas, canvas.port_position("f", 2), canvas.port_position("b", "out"))
    assert inputs(canvas, "f") == (None, None, "b")


def test_a_wire_to_an_occupied_input_replaces_the_old_one_in_one_undo_step(canvas: Canvas) -> None:
    drag(canvas, canvas.port_position("X", "out"), canvas.port_position("f", 0))
    drag(canvas, canvas.port_position("W", "out"), canvas.port_position("f", 0))
    assert inputs(canvas, "f") == ("W",)
    canvas.workspace.undo()
    assert inputs(canvas, "f") == ("X",)


def test_a_wire_between_two_outputs_is_refused_in_words_and_nothing_changes(canvas: Canvas) -> None:
    drag(canvas, canvas.port_position("X", "out"), canvas.port_position("W", "out"))
    assert canvas.workspace.history.undo_text is None
    assert canvas.overlay.notice.isVisible()
    assert "W" in canvas.overlay.notice.text()


@pytest.mark.parametrize(("source", "port"), [("X", 0), ("W", 1), ("b", 2)])
def test_a_wire_let_go_on_a_card_goes_to_the_free_port_that_is_meant(canvas: Canvas, source: str, port: int) -> None:
    drag(canvas, canvas.port_position(source, "out"), QPoint(300, 300), canvas.card_in_viewport("f").center())
    assert inputs(canvas, "f") == (*[None] * port, source)


def test_dragging_the_end_of_a_wire_off_removes_it(canvas: Canvas) -> None:
    drag(canvas, canvas.port_position("X", "out"), canvas.port_position("f", 0))
    drag(canvas, canvas.port_position("f", 0), canvas.port_position("f", 0) + QPoint(-60, -90))
    assert inputs(canvas, "f") == ()


def test_dragging_the_end_of_a_wire_to_another_port_moves_it(canvas: Canvas) -> None:
    drag(canvas, canvas.port_position("X", "out"), canvas.port_position("f", 0))
    drag(canvas, canvas.port_position("f", 0), canvas.port_position("f", 1))
    assert inputs(canvas, "f") == (None, "X")


def test_a_click_on_a_title_selects_only_that_node(canvas: Canvas) -> None:
    for node in ("X", "W"):
        click(canvas, canvas.node_position(node))
    assert canvas.workspace.selection.nodes == ("W",)


def test_a_shift_click_adds_to_the_selection_and_takes_away_again(canvas: Canvas) -> None:
    for node in ("X", "W", "X"):
        click(canvas, canvas.node_position(node), SHIFT)
    assert canvas.workspace.selection.nodes == ("W",)


def test_dragging_a_title_moves_the_whole_selection_as_one_undo_step(canvas: Canvas) -> None:
    for node in ("X", "W"):
        click(canvas, canvas.node_position(node), SHIFT)
    before = canvas.workspace.document.record()
    drag(canvas, canvas.node_position("X"), canvas.node_position("X") + QPoint(50, 20))
    moved = [node for node in before.nodes if canvas.workspace.document.nodes[node] != before.nodes[node]]
    assert moved == ["X", "W"]
    canvas.workspace.undo()
    assert canvas.workspace.document.record() == before


def test_a_dragged_card_stays_under_the_mouse(canvas: Canvas) -> None:
    target = canvas.node_position("f") + QPoint(35, -60)
    drag(canvas, canvas.node_position("f"), target)
    assert (canvas.node_position("f") - target).manhattanLength() <= 2


def test_escape_during_a_drag_leaves_everything_as_it_was(canvas: Canvas) -> None:
    before = canvas.node_position("X")
    hold(canvas, before, before + QPoint(80, 80))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    let_go(canvas, before + QPoint(80, 80))
    assert canvas.node_position("X") == before
    assert canvas.workspace.history.undo_text is None


def test_a_marquee_selects_the_cards_that_it_touches(canvas: Canvas) -> None:
    start = canvas.node_position("X") - QPoint(150, 30)
    end = canvas.node_position("W") + QPoint(10, 40)
    drag(canvas, start, end)
    assert set(canvas.workspace.selection.nodes) == {"X", "W"}


def test_an_opened_document_is_wholly_in_sight(canvas: Canvas, tmp_path: Path) -> None:
    far = record(NodeRecord("p", "Input", (-5000, 900)), NodeRecord("q", "Input", (4000, -900)))
    canvas.workspace.show_record(far)
    for node in far.nodes:
        assert canvas.viewport().rect().contains(canvas.node_position(node))
        assert canvas.viewport().rect().contains(canvas.port_position(node, "out"))


def test_a_new_document_in_the_middle_of_a_drag_ends_the_drag(window: MainWindow) -> None:
    canvas = window.canvas
    start = canvas.node_position("f")
    hold(canvas, start, start + QPoint(30, 20), start + QPoint(60, 40))
    QTest.keyClick(canvas, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert not window.workspace.document.nodes
    window.workspace.appearance.choose("dark")
    let_go(canvas, start + QPoint(90, 60))
    window.workspace.files.open_example("one-neuron")
    assert canvas.card_in_viewport("f").contains(canvas.node_position("f"))

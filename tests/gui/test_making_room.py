"""Making room: what goes into a wire, or grows by its value, covers nothing; what is behind moves in the same step."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from miniflow.graph import annotating
from miniflow.graph.records import GraphRecord, NodeRecord, NoteRecord, Zeros
from tests.gui.mouse import click, drag
from tests.gui.rooms import covered, taken

EXAMPLES = Path(__file__).resolve().parents[2] / "resources" / "examples"


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """Show a network whose cards stand as near to each other as Arrange puts them."""
    window.workspace.files.open(EXAMPLES / "boston.miniflow")
    return window


def middle(window: MainWindow, source: str, consumer: str, port: int) -> QPoint:
    canvas = window.canvas
    return (canvas.port_position(source, "out") + canvas.port_position(consumer, port)) / 2


def place(window: MainWindow, entry: str, where: QPoint) -> None:
    window.workspace.viewport.place_new.emit(entry)
    click(window.canvas, where)


def type_value(window: MainWindow, node: str, text: str) -> None:
    window.workspace.viewport.edit_value.emit(node)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize("entry", ["Tanh", "Add", "Linear"])
@pytest.mark.parametrize("wire", [("l1", "s1", 0), ("X", "l1", 0), ("l2", "cost", 1)])
def test_a_node_in_a_short_wire_has_what_is_behind_make_room(
    window: MainWindow, entry: str, wire: tuple[str, str, int]
) -> None:
    source, consumer, port = wire
    document, before, rooms = window.workspace.document, window.workspace.document.to_dict(), taken(window)
    place(window, entry, middle(window, *wire))
    (added,) = window.workspace.selection.nodes
    assert document.nodes[added].inputs == (source,)
    assert document.nodes[consumer].inputs[port] == added
    now = taken(window)
    assert covered(window) == []
    assert now[source].right() < now[added].left() < now[added].right() < now[consumer].left()
    assert all(now[each] == room for each, room in rooms.items() if room.left() <= rooms[source].left())
    window.workspace.undo()
    assert document.to_dict() == before


@pytest.mark.parametrize("part", [0.2, 0.5])
@pytest.mark.parametrize("wire", [("W1", "l1", 1), ("b1", "l1", 2), ("y", "cost", 0)])
def test_a_node_in_a_short_steep_wire_has_no_wire_lead_back_from_it(
    window: MainWindow, wire: tuple[str, str, int], part: float
) -> None:
    source, consumer, port = wire
    line = window.canvas.mirror.wires[consumer, port].path()
    place(window, "Square", window.canvas.to_viewport(line.pointAtPercent(part)).toPoint())
    (added,) = window.workspace.selection.nodes
    assert window.workspace.document.nodes[added].inputs == (source,)
    now = taken(window)
    assert covered(window) == []
    assert now[source].right() < now[added].left() < now[added].right() < now[consumer].left()


def test_a_node_in_a_level_wire_is_level_with_it(window: MainWindow) -> None:
    place(window, "Tanh", middle(window, "l1", "s1", 0) + QPoint(3, 2))
    window.canvas.arranger.finish()
    nodes = window.canvas.mirror.nodes
    assert nodes["tanh1"].in_port(0).y() == nodes["l1"].out_port().y() == nodes["s1"].in_port(0).y()


def test_a_node_in_a_wire_with_room_for_it_moves_nothing(window: MainWindow) -> None:
    canvas = window.canvas
    wire = ("l1", "s1", 0)
    place(window, "Tanh", middle(window, *wire))
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    drag(canvas, canvas.port_position("l1", "out"), canvas.port_position("s1", 0))
    rooms = taken(window)
    place(window, "ReLU", middle(window, *wire))
    assert window.workspace.document.nodes["s1"].inputs == ("relu1",)
    assert rooms.items() <= taken(window).items()


def test_a_layer_that_is_typed_at_a_short_wire_goes_into_it_and_covers_nothing(window: MainWindow) -> None:
    canvas, document = window.canvas, window.workspace.document
    where = middle(window, "l1", "s1", 0)
    canvas.adding.open_at(where.toPointF())
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "dense 4 tanh")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert document.nodes["l3"].inputs == ("l1", "W3", "b3")
    assert document.nodes["s1"].inputs == ("tanh3",)
    assert covered(window) == []


def test_notes_behind_a_node_that_needs_room_move_along(window: MainWindow) -> None:
    corner = taken(window)["s1"].topLeft()
    note = NoteRecord("n", "Squash", (corner.x(), corner.y() + 140))
    window.workspace.do("note", *annotating.add_note(window.workspace.document, note))
    before = taken(window)
    place(window, "Tanh", middle(window, "l1", "s1", 0))
    now = taken(window)
    assert now["note n"].left() - before["note n"].left() == now["s1"].left() - before["s1"].left() > 0


def test_a_value_that_makes_its_card_wider_has_what_is_beside_it_make_room(window: MainWindow) -> None:
    window.workspace.files.open(EXAMPLES / "one-neuron.miniflow")
    document, before, rooms = window.workspace.document, window.workspace.document.to_dict(), taken(window)
    type_value(window, "X", "[[1, 2, 3, 4]]")
    assert taken(window)["X"].right() > rooms["f"].left()
    assert covered(window) == []
    assert {each: taken(window)[each] for each in ("W", "b")} == {each: rooms[each] for each in ("W", "b")}
    after = document.to_dict()
    window.workspace.undo()
    assert (document.to_dict(), taken(window)) == (before, rooms)
    window.workspace.redo()
    assert document.to_dict() == after
    assert covered(window) == []


def test_a_wire_that_makes_what_depends_on_it_wider_has_the_rest_make_room(window: MainWindow) -> None:
    nodes = [
        NodeRecord("X", "Input", (0.0, 0.0), (), Zeros((4, 4))),
        NodeRecord("p", "Add", (420.0, 0.0), ("X",)),
        NodeRecord("q", "Sigmoid", (620.0, 0.0), ("p",)),
        NodeRecord("r", "Sigmoid", (820.0, 0.0), ("q",)),
    ]
    window.workspace.show_record(GraphRecord({node.id: node for node in nodes}))
    drag(window.canvas, window.canvas.port_position("X", "out"), window.canvas.port_position("p", 1))
    assert window.workspace.structure.shapes["r"] == (4, 4)
    assert covered(window) == []

"""Building a graph on the canvas: nodes come by the palette, by typing and by dropping; names and values in place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.canvas.view import Canvas
from miniflow.graph.edits import SetValue
from miniflow.graph.records import GraphRecord, Literal, NodeRecord, Zeros
from tests.gui.mouse import LEFT, NO_KEY, click, drag
from tests.gui.screen import canvas_on_screen


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:
    with canvas_on_screen(qtbot, 700) as canvas:
        canvas.activateWindow()
        canvas.setFocus()
        yield canvas


def field(canvas: Canvas, name: str) -> QWidget:
    found = canvas.findChild(QWidget, name)
    assert found is not None, name
    assert found.isVisible(), name
    return found


def place(canvas: Canvas, entry: str, where: QPoint) -> str:
    canvas.workspace.viewport.place_new.emit(entry)
    click(canvas, where)
    current = canvas.workspace.selection.current
    assert current is not None
    return current


def inputs(canvas: Canvas, node: str) -> tuple[str | None, ...]:
    return canvas.workspace.document.nodes[node].inputs


def test_a_node_comes_where_the_canvas_is_clicked_after_the_palette(canvas: Canvas) -> None:
    node = place(canvas, "Sigmoid", QPoint(400, 300))
    assert canvas.workspace.document.nodes[node].type == "Sigmoid"
    assert canvas.card_in_viewport(node).contains(QPoint(400, 300))


def test_a_second_click_places_nothing_more(canvas: Canvas) -> None:
    place(canvas, "Sigmoid", QPoint(400, 300))
    click(canvas, QPoint(700, 500))
    assert len(canvas.workspace.document.nodes) == 1


def test_escape_calls_placing_off(canvas: Canvas) -> None:
    canvas.workspace.viewport.place_new.emit("Add")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    click(canvas, QPoint(400, 300))
    assert not canvas.workspace.document.nodes


def test_a_trainable_is_an_input_that_is_trained(canvas: Canvas) -> None:
    node = canvas.workspace.document.nodes[place(canvas, "Trainable", QPoint(400, 300))]
    assert (node.type, node.trainable) == ("Input", True)


def test_an_entry_dragged_from_the_palette_is_placed_where_it_is_dropped(canvas: Canvas) -> None:
    data = QMimeData()
    data.setData("application/x-miniflow-node", b"Mul")
    where, copy = QPointF(300, 200), Qt.DropAction.CopyAction
    QApplication.sendEvent(canvas.viewport(), QDragEnterEvent(where.toPoint(), copy, data, LEFT, NO_KEY))
    QApplication.sendEvent(canvas.viewport(), QDropEvent(where, copy, data, LEFT, NO_KEY))
    (node,) = canvas.workspace.document.nodes.values()
    assert node.type == "Mul"
    assert canvas.card_in_viewport(node.id).contains(where.toPoint())


def test_adding_a_node_moves_no_other(canvas: Canvas) -> None:
    first = place(canvas, "Add", QPoint(300, 300))
    before = canvas.node_position(first)
    place(canvas, "Mul", QPoint(320, 310))
    assert canvas.node_position(first) == before


@pytest.mark.parametrize(("typed", "kind"), [("lin", "Linear"), ("+", "Add"), ("*", "Mul"), ("sig", "Sigmoid")])
def test_a_double_click_and_a_few_letters_add_a_node_there(canvas: Canvas, typed: str, kind: str) -> None:
    QTest.mouseDClick(canvas.viewport(), LEFT, NO_KEY, QPoint(420, 260))
    QTest.keyClicks(field(canvas, "add.text"), typed)
    QTest.keyClick(field(canvas, "add.text"), Qt.Key.Key_Return)
    (node,) = canvas.workspace.document.nodes.values()
    assert node.type == kind
    assert canvas.card_in_viewport(node.id).contains(QPoint(420, 260))


def test_tab_opens_the_list_and_escape_closes_it(canvas: Canvas) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    QTest.keyClick(field(canvas, "add.text"), Qt.Key.Key_Escape)
    assert not canvas.findChild(QWidget, "add").isVisible()
    assert not canvas.workspace.document.nodes


def test_a_wire_dropped_on_the_empty_canvas_brings_a_node_that_it_fits(canvas: Canvas) -> None:
    source = place(canvas, "Input", QPoint(200, 300))
    drag(canvas, canvas.port_position(source, "out"), QPoint(650, 320))
    QTest.keyClicks(field(canvas, "add.text"), "sig")
    QTest.keyClick(field(canvas, "add.text"), Qt.Key.Key_Return)
    added = canvas.workspace.selection.current
    assert added is not None
    assert inputs(canvas, added) == (source,)
    canvas.workspace.undo()
    assert list(canvas.workspace.document.nodes) == [source]


def test_a_wire_from_an_output_is_offered_no_input_node(canvas: Canvas) -> None:
    source = place(canvas, "Input", QPoint(200, 300))
    drag(canvas, canvas.port_position(source, "out"), QPoint(650, 320))
    offered = field(canvas, "add.list")
    assert isinstance(offered, QListWidget)
    names = {offered.item(row).data(Qt.ItemDataRole.UserRole).name for row in range(offered.count())}
    assert "Sigmoid" in names
    assert not names & {"Input", "Trainable"}


def test_a_node_placed_on_a_wire_goes_in_between(canvas: Canvas) -> None:
    source, end = place(canvas, "Input", QPoint(150, 300)), place(canvas, "Sigmoid", QPoint(800, 300))
    drag(canvas, canvas.port_position(source, "out"), canvas.port_position(end, 0))
    middle = (canvas.port_position(source, "out") + canvas.port_position(end, 0)) / 2
    between = place(canvas, "Tanh", middle)
    assert inputs(canvas, between) == (source,)
    assert inputs(canvas, end) == (between,)
    canvas.workspace.undo()
    assert inputs(canvas, end) == (source,)


def test_an_add_always_has_one_more_port(canvas: Canvas) -> None:
    add = place(canvas, "Add", QPoint(700, 300))
    sources = [place(canvas, "Input", QPoint(150, 150 + 160 * row)) for row in range(3)]
    for port, source in enumerate(sources):
        drag(canvas, canvas.port_position(source, "out"), canvas.port_position(add, port))
    assert inputs(canvas, add) == tuple(sources)


def test_f2_renames_in_place_and_wires_follow(canvas: Canvas) -> None:
    source, end = place(canvas, "Input", QPoint(150, 300)), place(canvas, "Sigmoid", QPoint(800, 300))
    drag(canvas, canvas.port_position(source, "out"), canvas.port_position(end, 0))
    click(canvas, canvas.node_position(source))
    QTest.keyClick(canvas, Qt.Key.Key_F2)
    QTest.keyClicks(field(canvas, "name.text"), "weights <b>")
    QTest.keyClick(field(canvas, "name.text"), Qt.Key.Key_Return)
    assert inputs(canvas, end) == ("weights <b>",)
    assert canvas.mirror.wires[end, 0].source == "weights <b>"


def test_a_name_that_is_taken_stays_in_the_field_with_a_sentence(canvas: Canvas) -> None:
    first, second = place(canvas, "Add", QPoint(200, 300)), place(canvas, "Mul", QPoint(700, 300))
    QTest.mouseDClick(canvas.viewport(), LEFT, NO_KEY, canvas.node_position(second))
    text = field(canvas, "name.text")
    assert isinstance(text, QLineEdit)
    QTest.keyClicks(text, first)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert text.text() == first
    message = field(canvas, "name.message")
    assert isinstance(message, QLabel)
    assert first in message.text()
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert set(canvas.workspace.document.nodes) == {first, second}


def test_a_name_that_is_taken_is_not_lost_by_a_click_elsewhere(canvas: Canvas) -> None:
    first, second = place(canvas, "Add", QPoint(200, 300)), place(canvas, "Mul", QPoint(700, 300))
    QTest.mouseDClick(canvas.viewport(), LEFT, NO_KEY, canvas.node_position(second))
    text = field(canvas, "name.text")
    assert isinstance(text, QLineEdit)
    QTest.keyClicks(text, first)
    text.clearFocus()
    click(canvas, QPoint(450, 600))
    assert (text.text(), text.isVisible(), field(canvas, "name.message").isVisible()) == (first, True, True)
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert not text.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_escape_gives_up_what_waits_in_an_editor_that_the_keyboard_has_left(canvas: Canvas, key: Qt.Key) -> None:
    place(canvas, "Input", QPoint(200, 300))
    QTest.keyClick(canvas, key)
    QTest.keyClicks(QApplication.focusWidget(), "  ,")
    click(canvas, QPoint(450, 600))
    canvas.setFocus()
    assert canvas.editing.is_open
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.editing.is_open


def test_a_double_click_on_an_input_edits_its_value_in_place(canvas: Canvas) -> None:
    node = place(canvas, "Input", QPoint(300, 300))
    QTest.mouseDClick(canvas.viewport(), LEFT, NO_KEY, canvas.node_position(node))
    typed = QApplication.focusWidget()
    assert typed is not None
    assert canvas.isAncestorOf(typed)
    heading = field(canvas, "canvas.value_heading")
    assert isinstance(heading, QLabel)
    assert heading.text() == f"Value of {node}"
    QTest.keyClicks(typed, "[[1, 2], [3, 4]]")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert canvas.workspace.document.nodes[node].value == Literal(((1, 2), (3, 4)))
    canvas.workspace.viewport.edit_value.emit(node)
    text = field(canvas, "value.text")
    assert isinstance(text, QPlainTextEdit)
    assert text.verticalScrollBar().maximum() == 0
    QTest.keyClick(text, Qt.Key.Key_Escape)
    canvas.workspace.undo()
    assert canvas.workspace.document.nodes[node].value is None


def test_arranging_is_one_step_to_undo_and_leaves_no_cards_overlapping(canvas: Canvas) -> None:
    nodes = [NodeRecord(f"n{i}", "Sigmoid", (0, 0), (f"n{i - 1}",) if i else ()) for i in range(6)]
    canvas.workspace.show_record(GraphRecord({node.id: node for node in nodes}))
    canvas.workspace.viewport.arrange.emit()
    canvas.arranger.finish()
    rects = [item.card_rect() for item in canvas.mirror.nodes.values()]
    assert not any(a.intersects(b) for i, a in enumerate(rects) for b in rects[:i])
    canvas.workspace.undo()
    assert all(node.position == (0, 0) for node in canvas.workspace.document.nodes.values())


def test_a_document_without_positions_is_laid_out_yet_not_edited(canvas: Canvas) -> None:
    nodes = [NodeRecord(f"n{i}", "Sigmoid", None, (f"n{i - 1}",) if i else ()) for i in range(4)]
    canvas.workspace.show_record(GraphRecord({node.id: node for node in nodes}))
    columns = [canvas.node_position(f"n{i}").x() for i in range(4)]
    assert columns == sorted(set(columns))
    assert canvas.workspace.history.is_saved
    assert all(node.position is None for node in canvas.workspace.document.nodes.values())


def test_moving_one_node_writes_down_where_the_unplaced_ones_are_shown(canvas: Canvas) -> None:
    canvas.workspace.show_record(GraphRecord({name: NodeRecord(name, "Add") for name in "pq"}))
    drag(canvas, canvas.node_position("p"), canvas.node_position("p") + QPoint(30, 50))
    assert all(node.position is not None for node in canvas.workspace.document.nodes.values())
    canvas.workspace.undo()
    assert all(node.position is None for node in canvas.workspace.document.nodes.values())


def test_a_dense_layer_brings_weights_that_fit_what_it_is_wired_to(canvas: Canvas) -> None:
    source = place(canvas, "Input", QPoint(150, 300))
    canvas.workspace.do("Set", SetValue(source, None, Zeros((50, 13))))
    drag(canvas, canvas.port_position(source, "out"), QPoint(650, 320))
    QTest.keyClicks(field(canvas, "add.text"), "dense 10 sig")
    QTest.keyClick(field(canvas, "add.text"), Qt.Key.Key_Return)
    last = canvas.workspace.selection.current
    assert last is not None
    assert canvas.workspace.document.nodes[last].type == "Sigmoid"
    assert canvas.workspace.structure.shapes[last] == (50, 10)
    canvas.workspace.undo()
    assert list(canvas.workspace.document.nodes) == [source]


def type_node(canvas: Canvas, words: str, keys: Qt.KeyboardModifier = NO_KEY) -> None:
    QTest.keyClicks(field(canvas, "add.text"), words)
    QTest.keyClick(field(canvas, "add.text"), Qt.Key.Key_Return, keys)


def test_control_and_enter_add_a_node_and_open_the_list_for_the_next(canvas: Canvas) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    type_node(canvas, "input", Qt.KeyboardModifier.ControlModifier)
    type_node(canvas, "sig", Qt.KeyboardModifier.ControlModifier)
    type_node(canvas, "mse")
    assert inputs(canvas, "s1") == ("x",)
    assert inputs(canvas, "cost") == (None, "s1")
    assert canvas.hasFocus()


def test_an_input_typed_beside_a_node_goes_to_its_next_free_port_and_a_trainable_to_w(canvas: Canvas) -> None:
    linear = place(canvas, "Linear", QPoint(600, 300))
    for words in ("trainable", "input", "trainable"):
        click(canvas, canvas.node_position(linear))
        QTest.keyClick(canvas, Qt.Key.Key_Tab)
        type_node(canvas, words)
    assert inputs(canvas, linear) == ("X", "W1", "b1")
    cards = [item.card_rect() for item in canvas.mirror.nodes.values()]
    assert not any(a.intersects(b) for i, a in enumerate(cards) for b in cards[:i])

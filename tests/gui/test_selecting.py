"""Selecting by what feeds what, aligning and distributing, through the menus of the whole window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QAction, QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.panels.explain import ExplainPanel
from miniflow.graph import composing
from miniflow.graph.edits import SetOutput
from tests.gui.mouse import LEFT, SHIFT, choose, click, drag


def action(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction), name
    return found


def test_keys_select_what_feeds_a_node_what_depends_on_it_and_nothing(window: MainWindow) -> None:
    selection = window.workspace.selection
    assert not action(window, "edit.select_upstream").isEnabled()
    choose(window.canvas, "f")
    QTest.keySequence(window.canvas, QKeySequence("U"))
    assert set(selection.nodes) == {"X", "W", "b", "f"}
    choose(window.canvas, "f")
    QTest.keySequence(window.canvas, QKeySequence("D"))
    assert set(selection.nodes) == {"f", "a", "cost"}
    QTest.keySequence(window.canvas, QKeySequence("Ctrl+Shift+A"))
    assert selection.nodes == ()
    assert not action(window, "edit.select_none").isEnabled()


def test_nudges_reach_the_canvas_and_phases_have_keys_of_their_own(window: MainWindow) -> None:
    choose(window.canvas, "f")
    before = window.canvas.mirror.nodes["f"].pos()
    for keys in ("Ctrl+Right", "Ctrl+Down", "Ctrl+Shift+Right", "Ctrl+Shift+Down"):
        QTest.keySequence(window.canvas, QKeySequence(keys))
    after = window.canvas.mirror.nodes["f"].pos()
    assert (after.x() - before.x(), after.y() - before.y()) == (13, 13)
    assert window.workspace.stepping.position == 0
    QTest.keySequence(window.canvas, QKeySequence("Shift+Right"))
    assert window.workspace.stepping.position == 7
    QTest.keySequence(window.canvas, QKeySequence("Shift+Left"))
    assert window.workspace.stepping.position == 0


def test_shift_and_two_quick_clicks_select_a_node_and_let_it_go_again(window: MainWindow) -> None:
    choose(window.canvas, "a")
    viewport, place = window.canvas.viewport(), window.canvas.node_position("f")
    QTest.mouseClick(viewport, LEFT, SHIFT, place)
    second = QEvent.Type.MouseButtonDblClick  # what a platform sends in place of a second press
    there = viewport.mapToGlobal(place)
    QApplication.sendEvent(viewport, QMouseEvent(second, place.toPointF(), there.toPointF(), LEFT, LEFT, SHIFT))
    QTest.mouseRelease(viewport, LEFT, SHIFT, place)
    assert window.workspace.selection.nodes == ("a",)
    assert QApplication.focusWidget() is window.canvas


def test_undoing_an_add_selects_again_what_was_selected_before(window: MainWindow) -> None:
    choose(window.canvas, "f", "a")
    for keys in ("Tab", "s", "i", "g", "Return"):
        QTest.keySequence(QApplication.focusWidget(), QKeySequence(keys))
    assert len(window.workspace.selection.nodes) == 1
    assert window.workspace.selection.nodes[0] not in ("f", "a")
    QTest.keySequence(window.canvas, QKeySequence("Ctrl+Z"))
    assert window.workspace.selection.nodes == ("f", "a")
    QTest.keySequence(window.canvas, QKeySequence("Ctrl+Z"))
    assert window.workspace.selection.nodes == ("f", "a")


def test_what_is_deleted_leaves_nothing_selected(window: MainWindow) -> None:
    choose(window.canvas, "f")
    choose(window.canvas, "a")
    QTest.keySequence(window.canvas, QKeySequence("Del"))
    assert window.workspace.selection.is_empty
    QTest.keySequence(window.canvas, QKeySequence("Ctrl+Z"))
    QTest.keySequence(window.canvas, QKeySequence("Ctrl+Y"))
    assert window.workspace.selection.is_empty


def edges(window: MainWindow, edge: str) -> set[float]:
    nodes = window.workspace.selection.nodes
    boxes = [window.canvas.mirror.nodes[node].card_rect() for node in nodes]
    return {round(getattr(box.center() if edge in "xy" else box, edge)(), 2) for box in boxes}


@pytest.mark.parametrize(
    ("name", "edge"),
    [("left", "left"), ("centre", "x"), ("right", "right"), ("top", "top"), ("middle", "y"), ("bottom", "bottom")],
)
def test_aligned_cards_stand_in_line_on_the_screen_as_one_step(window: MainWindow, name: str, edge: str) -> None:
    before = window.workspace.document.to_dict()
    choose(window.canvas, "W", "f", "cost")
    assert len(edges(window, edge)) > 1
    action(window, f"graph.align_{name}").trigger()
    assert len(edges(window, edge)) == 1
    action(window, "edit.undo").trigger()
    assert window.workspace.document.to_dict() == before
    assert window.workspace.history.undo_text is None


def test_distributed_cards_have_the_same_room_between_them(window: MainWindow) -> None:
    choose(window.canvas, "W")
    QTest.keySequence(window.canvas, QKeySequence("Ctrl+Down"))
    choose(window.canvas, "X", "W", "b")
    action(window, "graph.distribute_vertically").trigger()
    cards = sorted((window.canvas.mirror.nodes[node].card_rect() for node in "XWb"), key=lambda box: box.top())
    assert cards[1].top() - cards[0].bottom() == pytest.approx(cards[2].top() - cards[1].bottom(), abs=0.02)
    assert window.workspace.history.undo_text == "Distribute"


def test_one_card_has_nothing_to_stand_in_line_with(window: MainWindow) -> None:
    choose(window.canvas, "W")
    assert not action(window, "graph.align_left").isEnabled()
    choose(window.canvas, "W", "b")
    assert action(window, "graph.align_left").isEnabled()
    assert not action(window, "graph.distribute_vertically").isEnabled()


def test_a_click_on_the_node_that_is_selected_already_brings_its_explanation_back(window: MainWindow) -> None:
    window.workspace.stepping.last()
    choose(window.canvas, "W")
    QTest.keySequence(window.canvas, QKeySequence("Shift+End"))
    panel = window.findChild(ExplainPanel)
    assert isinstance(panel, ExplainPanel)
    assert panel.explanation is not None
    assert panel.explanation.node == "X"
    choose(window.canvas, "W")
    assert panel.explanation.node == "W"


def wire_middle(window: MainWindow, node: str, port: int) -> QPoint:
    path = window.canvas.mirror.wires[node, port].path()
    return window.canvas.to_viewport(path.pointAtPercent(0.5)).toPoint()


def test_shift_goes_on_from_wires_to_nodes_and_back_and_takes_either_away_again(window: MainWindow) -> None:
    canvas, selection = window.canvas, window.workspace.selection
    wires = [("f", "a", 0), ("a", "cost", 1)]
    first, second = (wire_middle(window, node, port) for _, node, port in wires)
    click(canvas, first)
    click(canvas, canvas.node_position("W"), SHIFT)
    assert (selection.nodes, list(selection.wires)) == (("W",), wires[:1])
    click(canvas, second, SHIFT)
    click(canvas, canvas.node_position("b"), SHIFT)
    assert (selection.nodes, list(selection.wires)) == (("W", "b"), wires)
    click(canvas, canvas.node_position("W"), SHIFT)
    click(canvas, first, SHIFT)
    assert (selection.nodes, list(selection.wires)) == (("b",), wires[1:])
    click(canvas, canvas.port_position("f", "out"), SHIFT)
    assert (selection.nodes, list(selection.wires)) == (("b", "f"), wires[1:])
    QTest.keySequence(canvas, QKeySequence("Del"))
    assert window.workspace.document.nodes["cost"].inputs == ("y",)
    assert {"b", "f"}.isdisjoint(window.workspace.document.nodes)


def test_a_frame_drawn_with_shift_keeps_selected_wires(window: MainWindow) -> None:
    canvas, selection = window.canvas, window.workspace.selection
    click(canvas, wire_middle(window, "a", 0))
    card = canvas.card_in_viewport("b")
    drag(canvas, card.bottomLeft() + QPoint(-6, 12), card.center(), keys=SHIFT)
    assert (selection.nodes, selection.wires) == (("b",), (("f", "a", 0),))


WHAT_NEEDS = {
    "a node": ("graph.arrange", "edit.select_all"),
    "a wire": ("graph.disconnect", "edit.select_wire"),
    "a port of another": ("graph.connect",),
    "another output": ("graph.output",),
}


def enabled(window: MainWindow) -> set[str]:
    return {need for need, names in WHAT_NEEDS.items() if all(action(window, name).isEnabled() for name in names)}


def test_what_can_do_nothing_as_the_drawing_is_cannot_be_chosen(window: MainWindow) -> None:
    workspace = window.workspace
    workspace.files.new()
    assert enabled(window) == set()
    workspace.do("add", *composing.add_node(workspace.document, "Sigmoid", (0.0, 0.0), "s"))
    workspace.selection.select(["s"])
    assert enabled(window) == {"a node", "another output"}
    workspace.do("output", SetOutput(None, "s"))
    assert enabled(window) == {"a node"}
    workspace.do("add", *composing.add_node(workspace.document, "Tanh", (300.0, 0.0), "t"))
    assert enabled(window) == {"a node", "a port of another"}
    workspace.do("wire", *composing.connect(workspace.document, "s", "t", 0))
    assert enabled(window) == {"a node", "a port of another", "a wire"}
    workspace.undo()
    workspace.selection.select(["s"])
    assert enabled(window) == {"a node", "a port of another"}

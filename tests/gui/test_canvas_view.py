"""Looking at a graph: zooming, panning, fitting, and what the cards show of the run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from gui.canvas.face import Badge
from gui.canvas.hits import Hit, Part
from gui.canvas.tips import tip
from gui.canvas.view import Canvas
from gui.canvas.wire_state import Flow
from miniflow.graph.edits import AddNode, Move, SetValue
from miniflow.graph.records import GraphRecord, Literal, NodeRecord, Normal
from tests.gui.screen import canvas_on_screen

SHOUT = "<h1>X</h1>"


def network() -> GraphRecord:
    nodes = [
        NodeRecord(SHOUT, "Input", (0, 0), (), Literal(((-1.0, -2.0), (-1.0, -2.0)))),
        NodeRecord("W", "Input", (0, 150), (), Literal(((2.0,), (3.0,))), True),
        NodeRecord("b", "Input", (0, 300), (), Literal((-3.0,)), True),
        NodeRecord("y", "Input", (300, 300), (), Literal((1.0, 2.0))),
        NodeRecord("f", "Linear", (300, 100), (SHOUT, "W", "b")),
        NodeRecord("a", "Sigmoid", (560, 100), ("f",)),
        NodeRecord("cost", "MSE", (820, 150), ("y", "a")),
        NodeRecord("large", "Input", (820, 400), (), Normal((40, 30))),
    ]
    return GraphRecord({node.id: node for node in nodes}, output="cost")


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:
    with canvas_on_screen(qtbot, 640) as canvas:
        canvas.workspace.show_record(network())
        yield canvas


def turn_wheel(canvas: Canvas, place: QPoint, notches: int, pixels: QPoint | None = None) -> None:
    globally = QPointF(canvas.viewport().mapToGlobal(place))
    event = QWheelEvent(
        QPointF(place),
        globally,
        pixels or QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)


def test_the_wheel_zooms_and_keeps_what_is_under_the_mouse(canvas: Canvas) -> None:
    place, scale = canvas.node_position("a"), canvas.navigator.scale
    turn_wheel(canvas, place, 3)
    assert canvas.navigator.scale > scale
    assert (canvas.node_position("a") - place).manhattanLength() <= 2


def test_two_fingers_on_a_trackpad_pan(canvas: Canvas) -> None:
    place, scale = canvas.node_position("a"), canvas.navigator.scale
    turn_wheel(canvas, place, 0, QPoint(-30, 12))
    assert canvas.node_position("a") == place + QPoint(-30, 12)
    assert canvas.navigator.scale == scale


def test_a_button_brings_a_graph_back_that_is_out_of_sight(canvas: Canvas) -> None:
    button = canvas.findChild(QPushButton, "canvas.fit")
    assert not button.isVisible()
    canvas.navigator.pan(5000, 0)
    assert button.isVisible()
    button.click()
    assert not button.isVisible()
    assert all(canvas.viewport().rect().contains(canvas.node_position(node)) for node in canvas.mirror.nodes)


@pytest.mark.parametrize("distance", [1e5, 1e9, 1e300])
def test_a_node_however_far_out_can_be_reached(canvas: Canvas, distance: float) -> None:
    nodes = [NodeRecord("near", "Add", (0, 0)), NodeRecord("far", "Add", (distance, -distance))]
    canvas.workspace.show_record(GraphRecord({node.id: node for node in nodes}))
    canvas.workspace.viewport.reveal.emit("far")
    canvas.navigator.actual_size()
    canvas.workspace.viewport.reveal.emit("far")
    assert canvas.viewport().rect().contains(canvas.node_position("far"))


def test_a_larger_window_fits_a_fitted_graph_again(canvas: Canvas) -> None:
    canvas.resize(400, 300)
    assert all(canvas.viewport().rect().contains(canvas.node_position(node)) for node in canvas.mirror.nodes)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_graph_is_painted_at_every_scale_and_moment(canvas: Canvas, theme: str) -> None:
    canvas.workspace.appearance.choose(theme)
    canvas.workspace.selection.select(("f", "large"), ((SHOUT, "f", 0),))
    for position in (0, 3, 10, 17, 99):
        canvas.workspace.stepping.go_to(position)
        for scale in (0.05, 0.3, 0.7, 2.0):
            canvas.navigator.zoom_at(QPointF(500, 300), scale / canvas.navigator.scale)
            assert not canvas.grab().toImage().isNull()


def test_hovering_tells_exact_numbers_and_a_name_is_never_markup(canvas: Canvas) -> None:
    place = canvas.node_position(SHOUT)
    QApplication.sendEvent(canvas.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, place, canvas.mapToGlobal(place)))
    assert "&lt;h1&gt;X&lt;/h1&gt;" in QToolTip.text()
    assert "-1\u00a0\u00a0\u00a0-2" in QToolTip.text()
    QToolTip.hideText()


def test_a_card_names_the_type_that_explain_and_the_inspector_name_and_its_tip_says_that_it_trains(
    canvas: Canvas,
) -> None:
    faces = {id: canvas.mirror.nodes[id].face() for id in ("W", "y")}
    assert {id: (face.kind, face.symbol) for id, face in faces.items()} == {"W": ("Input", "W"), "y": ("Input", "x")}
    tips = [tip(canvas.mirror, Hit(Part.BODY, node)) for node in ("W", "y")]
    assert ["trainable" in text for text in tips] == [True, False]


def test_a_row_of_a_matrix_is_one_line_of_the_tool_tip(canvas: Canvas) -> None:
    third = 1e-7 / 3
    old = canvas.workspace.document.nodes[SHOUT].value
    new = Literal(((-third, -2 * third), (third / 7, third / 11)))
    canvas.workspace.do("Set", SetValue(SHOUT, old, new))
    canvas.workspace.stepping.last()
    place = canvas.node_position(SHOUT)
    QApplication.sendEvent(canvas.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, place, canvas.mapToGlobal(place)))
    label = next(widget for widget in QApplication.topLevelWidgets() if widget.objectName() == "qtooltip_label")
    lines = QToolTip.text().count("\n") + 1
    assert lines >= 5
    assert label.height() < (lines + 1) * label.fontMetrics().lineSpacing()
    QToolTip.hideText()


def test_hovering_tells_that_numbers_are_stale(canvas: Canvas) -> None:
    canvas.workspace.stepping.last()
    canvas.workspace.do("Set", SetValue("b", canvas.workspace.document.nodes["b"].value, Literal((5.0,))))
    told = {}
    for node in ("cost", "b"):
        place = canvas.node_position(node)
        QApplication.sendEvent(canvas.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, place, canvas.mapToGlobal(place)))
        told[node] = QToolTip.text()
    QToolTip.hideText()
    assert "value (stale): " in told["cost"]
    assert "gradient (stale): 1" in told["cost"]
    assert "value (stale)" not in told["b"]
    assert "gradient (stale)" in told["b"]


def test_a_card_keeps_its_size_when_its_numbers_come(canvas: Canvas) -> None:
    before = {node: item.card_rect() for node, item in canvas.mirror.nodes.items()}
    canvas.workspace.stepping.last()
    assert {node: item.card_rect() for node, item in canvas.mirror.nodes.items()} == before


def test_nothing_is_shown_as_computed_before_it_is(canvas: Canvas) -> None:
    assert not canvas.mirror.nodes["f"].face().value.is_computed
    assert not canvas.mirror.nodes["f"].face().gradient.is_computed


def test_cards_count_down_what_they_wait_for_in_kahns_algorithm(canvas: Canvas) -> None:
    stepping = canvas.workspace.stepping
    seen = []
    for position in range(4):
        stepping.go_to(position)
        seen.append((canvas.mirror.nodes["f"].face().badge, canvas.mirror.nodes["f"].face().badge_text))
    assert [badge for badge, _ in seen] == [Badge.WAITS, Badge.WAITS, Badge.WAITS, Badge.READY]
    assert [text[-1] for _, text in seen[:3]] == ["3", "2", "1"]


def test_the_node_and_the_wires_of_the_step_stand_out(canvas: Canvas) -> None:
    stepping = canvas.workspace.stepping
    stepping.last()
    assert stepping.trace is not None
    order = len(stepping.trace.order)
    stepping.go_to(order + stepping.trace.order.index("f") + 1)
    assert [node for node, item in canvas.mirror.nodes.items() if item.face().is_current] == ["f"]
    live = {key: wire.state.flow for key, wire in canvas.mirror.wires.items() if wire.state.flow is not Flow.NONE}
    assert live == {("f", 0): Flow.FORWARD, ("f", 1): Flow.FORWARD, ("f", 2): Flow.FORWARD}


def test_old_numbers_are_marked_stale_after_an_edit(canvas: Canvas) -> None:
    canvas.workspace.stepping.last()
    old = canvas.workspace.document.nodes["b"].value
    canvas.workspace.do("Set", SetValue("b", old, Literal((5.0,))))
    face = canvas.mirror.nodes["f"].face()
    assert (face.value.stale, face.gradient.stale, face.badge) == (True, True, Badge.STALE)
    assert not canvas.mirror.nodes["b"].face().value.stale
    assert all(wire.state.flow is Flow.NONE for wire in canvas.mirror.wires.values())


def test_shapes_stand_on_the_wires_and_a_mismatch_is_told_in_words(canvas: Canvas) -> None:
    assert canvas.mirror.wires["f", 1].state.label == "(2, 1)"
    old = canvas.workspace.document.nodes["W"].value
    canvas.workspace.do("Set", SetValue("W", old, Literal(((1.0,), (2.0,), (3.0,)))))
    assert canvas.mirror.wires["f", 1].state.is_faulty
    assert "(3, 1)" in canvas.mirror.nodes["f"].face().fault
    canvas.workspace.undo()
    assert not canvas.mirror.wires["f", 1].state.is_faulty
    assert canvas.mirror.nodes["f"].face().fault == ""


def test_fitting_everything_leaves_in_sight_what_is_said_below_a_card(canvas: Canvas) -> None:
    canvas.workspace.do("Set", SetValue("W", canvas.workspace.document.nodes["W"].value, Literal(((1.0,),))))
    canvas.workspace.do("Move", Move("f", canvas.workspace.document.nodes["f"].position, (0.0, 900.0)))
    canvas.navigator.fit_all()
    assert canvas.navigator.visible().contains(canvas.mirror.nodes["f"].sceneBoundingRect())


@pytest.mark.parametrize(
    ("node", "port", "shape"), [("f", "out", "(2, 1)"), ("f", 1, "(2, 1)"), ("free", 0, "no shape")]
)
def test_hovering_over_a_port_tells_its_name_and_its_shape_or_that_it_has_none(
    node: str, port: int | str, shape: str, canvas: Canvas
) -> None:
    canvas.workspace.do(
        "Add", AddNode(NodeRecord("free", "Sigmoid", (0.0, 600.0)), len(canvas.workspace.document.nodes))
    )
    told = tip(canvas.mirror, Hit(Part.PORT, node, port))
    assert node in told
    assert shape in told.splitlines()[-1]


def test_a_wire_leads_around_a_card_in_its_way(canvas: Canvas) -> None:
    nodes = [
        NodeRecord("p", "Input", (0, 0), (), Literal(1.0)),
        NodeRecord("between", "Input", (300, 0), (), Literal(1.0)),
        NodeRecord("q", "Sigmoid", (600, 0), ("p",)),
    ]
    canvas.workspace.show_record(GraphRecord({node.id: node for node in nodes}))
    QApplication.processEvents()
    path, card = canvas.mirror.wires["q", 0].path(), canvas.mirror.nodes["between"].card_rect()
    assert not any(card.contains(path.pointAtPercent(part / 50)) for part in range(51))


def test_a_wire_leads_around_any_number_of_cards_in_its_way(canvas: Canvas) -> None:
    blocks = [(300 + 40 * (row % 2), 130 * row - 400) for row in range(7)]
    blocks += [(560, 130 * row - 650) for row in range(9)]
    nodes = [NodeRecord(f"c{number}", "Input", place, (), Literal(1.0)) for number, place in enumerate(blocks)]
    nodes += [NodeRecord("p", "Input", (0, 0), (), Literal(1.0)), NodeRecord("q", "Sigmoid", (900, 0), ("p",))]
    canvas.workspace.show_record(GraphRecord({node.id: node for node in nodes}))
    QApplication.processEvents()
    path = canvas.mirror.wires["q", 0].path()
    cards = [canvas.mirror.nodes[f"c{number}"].card_rect() for number in range(len(blocks))]
    assert not any(card.contains(path.pointAtPercent(part / 200)) for card in cards for part in range(201))


def test_selecting_a_node_shows_every_path_from_the_cost_to_it(canvas: Canvas) -> None:
    canvas.workspace.selection.select(("W",))
    marked = {key for key, wire in canvas.mirror.wires.items() if wire.state.is_on_path}
    assert marked == {("f", 1), ("a", 0), ("cost", 1)}
    canvas.workspace.selection.select(("large",))
    assert not any(wire.state.is_on_path for wire in canvas.mirror.wires.values())

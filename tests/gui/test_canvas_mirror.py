"""The canvas shows the document, whatever is done to it, by edits, by mouse and keys, by undo and redo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.canvas.edge_item import EdgeItem
from gui.canvas.node_item import NodeItem
from gui.canvas.structure import ports_of
from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.workspace import Workspace
from miniflow.graph import composing
from miniflow.graph.edits import Edit, Rename, SetTrainable, SetValue
from miniflow.graph.records import GraphRecord, Literal, NodeRecord, Zeros
from miniflow.graph.survey import Survey

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
KINDS = ("Input", "Add", "Mul", "Linear", "Sigmoid", "MSE")
VALUES = (None, Literal(((1.0, 2.0), (3.0, 4.0))), Zeros((2, 3)), Literal(1.0), Zeros((40, 7)))

numbers = st.integers(0, 10_000)
OFTEN = ("connect", "connect", "connect", "rename", "value", "undo", "drag wire")
ONCE = ("add", "disconnect", "remove", "move", "train", "drag card", "cut", "redo", "duplicate", "step", "arrange", "zoom")
things = st.sampled_from((*OFTEN, *ONCE, "delete selection"))


def start() -> GraphRecord:
    """A graph with values, wires and room for more of both."""
    kinds = ("Input", "Input", "Input", "Linear", "Sigmoid", "Mul", "Add", "MSE")
    inputs = {3: ("n0", "n1", "n2"), 4: ("n3",), 5: ("n4", "n4"), 6: ("n5", "n3")}
    nodes = [
        NodeRecord(f"n{i}", kind, (260.0 * (i // 3), 150.0 * (i % 3)), inputs.get(i, ()), VALUES[i + 1] if i < 3 else None)
        for i, kind in enumerate(kinds)
    ]
    return GraphRecord({node.id: node for node in nodes})


@contextmanager
def open_canvas() -> Iterator[Canvas]:
    workspace = Workspace(Appearance("light"))
    canvas = Canvas(workspace)
    canvas.resize(900, 600)
    canvas.show()
    try:
        yield canvas
    finally:
        canvas.close()
        canvas.deleteLater()
        workspace.deleteLater()
        QApplication.processEvents()


def drag(canvas: Canvas, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    QTest.mousePress(canvas.viewport(), LEFT, modifiers, start)
    QTest.mouseRelease(canvas.viewport(), LEFT, modifiers, end)
    canvas.adding.close()


def composed(canvas: Canvas, thing: str, a: int, b: int) -> tuple[Edit, ...]:
    """Edits of one kind, about nodes chosen by two numbers."""
    document = canvas.workspace.document
    nodes = list(document.nodes)
    first, second = nodes[a % len(nodes)], nodes[b % len(nodes)]
    record, ports = document.nodes[first], ports_of(document.nodes[first])
    match thing:
        case "connect" if ports:
            return composing.connect(document, second, first, b % len(ports))
        case "disconnect" if record.inputs:
            return composing.disconnect(document, [(first, b % len(record.inputs))])
        case "remove":
            return composing.remove(document, {first})
        case "move":
            return composing.move(document, {first: (float(a % 900), float(b % 700))})
        case "value" if record.type == "Input":
            return (SetValue(first, record.value, VALUES[b % len(VALUES)]),)
        case "train" if record.type == "Input":
            return (SetTrainable(first, record.trainable, not record.trainable),)
        case "rename":
            return (Rename(first, composing.fresh_id(nodes, f"n{b % 50}")),)
        case "duplicate":
            return composing.duplicate(document, {first, second}, (30.0, 30.0))
    return ()


def do(canvas: Canvas, thing: str, a: int, b: int) -> None:
    """Do one thing, as a person or as a menu does it."""
    workspace = canvas.workspace
    nodes = list(workspace.document.nodes)
    if thing == "add":
        canvas.placing.arm(KINDS[a % len(KINDS)])
        QTest.mouseClick(canvas.viewport(), LEFT, NO_KEY, QPoint(50 + a % 800, 50 + b % 500))
    elif thing == "undo":
        workspace.undo()
    elif thing == "redo":
        workspace.redo()
    elif thing == "zoom":
        canvas.navigator.zoom_at(QPointF(a % 900, b % 600), 0.5 + (b % 7) / 4)
    elif not nodes:
        return
    elif thing == "step":
        workspace.stepping.go_to(a % 30)
    elif thing == "arrange":
        workspace.viewport.arrange.emit()
    elif thing == "drag wire":
        source, target = nodes[a % len(nodes)], nodes[b % len(nodes)]
        if canvas.mirror.nodes[target].card.ports:
            drag(canvas, canvas.port_position(source, "out"), canvas.port_position(target, 0))
    elif thing == "drag card":
        place = canvas.node_position(nodes[a % len(nodes)])
        drag(canvas, place, place + QPoint(b % 60 - 30, a % 60 - 30))
    elif thing == "cut":
        drag(canvas, QPoint(a % 900, 0), QPoint(b % 900, 599), Qt.KeyboardModifier.ControlModifier)
    elif thing == "delete selection":
        workspace.do("Delete", *composing.remove(workspace.document, workspace.selection.nodes))
    else:
        workspace.do(thing, *composed(canvas, thing, a, b))


def assert_mirrors(canvas: Canvas) -> None:
    """Compare all that the canvas shows with the document, from scratch."""
    canvas.arranger.finish()
    mirror, document = canvas.mirror, canvas.workspace.document
    assert set(mirror.nodes) == set(document.nodes)
    assert {wire.key: wire.source for wire in mirror.wires.values()} == {
        (node.id, port): source
        for node in document.nodes.values()
        for port, source in enumerate(node.inputs)
        if source is not None
    }
    survey = Survey(document.record())
    for id, item in mirror.nodes.items():
        assert item.node_id == item.face().title == id
        assert item.pos() == QPointF(*(document.nodes[id].position or (0, 0)))
        assert mirror.structure.shape_of(id) == survey.shapes[id]
        assert len(item.card.ports) == len(item.face().ports)
    for wire in mirror.wires.values():
        assert wire.path().pointAtPercent(0) == mirror.nodes[wire.source].out_port()
        assert wire.path().currentPosition() == mirror.nodes[wire.consumer].in_port(wire.port)
    shown = mirror.items()
    assert sum(isinstance(item, NodeItem) for item in shown) == len(mirror.nodes)
    assert sum(isinstance(item, EdgeItem) for item in shown) == len(mirror.wires)
    assert set(canvas.workspace.selection.nodes) <= set(document.nodes)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(things, numbers, numbers), min_size=20, max_size=60))
def test_the_canvas_shows_the_document_after_anything(qapp: QApplication, doings: list[tuple[str, int, int]]) -> None:
    with open_canvas() as canvas:
        canvas.workspace.show_record(start())
        for thing, a, b in doings:
            do(canvas, thing, a, b)
            assert_mirrors(canvas)
        while canvas.workspace.history.undo_text is not None:
            canvas.workspace.undo()
            assert_mirrors(canvas)
        assert canvas.workspace.document.record() == start()

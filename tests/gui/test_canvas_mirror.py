"""The canvas shows the document, whatever is done to it, by edits, by mouse and keys, by undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

from gui.canvas.ports import ports_of
from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.workspace import Workspace
from miniflow.graph import composing
from miniflow.graph.edits import Edit, Rename, SetTrainable, SetValue
from miniflow.graph.naming import fresh_id
from miniflow.graph.records import GraphRecord, Literal, NodeRecord, Zeros
from tests.gui.mirroring import assert_mirrors
from tests.gui.mouse import click, drag

KINDS = ("Input", "Add", "Mul", "Linear", "Sigmoid", "MSE")
NUMBERS = st.integers(0, 10_000)
VALUES = (None, Literal(((1.0, 2.0), (3.0, 4.0))), Zeros((2, 3)), Literal(1.0), Zeros((40, 7)))


def start() -> GraphRecord:
    """A graph with values, wires and room for more of both."""
    kinds = ("Input", "Input", "Input", "Linear", "Sigmoid", "Mul", "Add", "MSE")
    inputs = {3: ("n0", "n1", "n2"), 4: ("n3",), 5: ("n4", "n4"), 6: ("n5", "n3")}
    places = [(260.0 * (i // 3), 150.0 * (i % 3)) for i in range(len(kinds))]
    values = (*VALUES[1:4], None, None, None, None, None)
    nodes = [NodeRecord(f"n{i}", kind, places[i], inputs.get(i, ()), values[i]) for i, kind in enumerate(kinds)]
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


def chosen(canvas: Canvas, number: int) -> NodeRecord:
    nodes = list(canvas.workspace.document.nodes.values())
    return nodes[number % len(nodes)]


def add(canvas: Canvas, a: int, b: int) -> None:
    canvas.placing.arm(KINDS[a % len(KINDS)])
    click(canvas, QPoint(50 + a % 800, 50 + b % 500))


def connect(canvas: Canvas, a: int, b: int) -> tuple[Edit, ...]:
    node, source, ports = chosen(canvas, a), chosen(canvas, b), len(ports_of(chosen(canvas, a)))
    return composing.connect(canvas.workspace.document, source.id, node.id, b % ports) if ports else ()


def disconnect(canvas: Canvas, a: int, b: int) -> tuple[Edit, ...]:
    node = chosen(canvas, a)
    return composing.disconnect(canvas.workspace.document, [(node.id, b % max(1, len(node.inputs)))])


def remove(canvas: Canvas, a: int, b: int) -> tuple[Edit, ...]:
    return composing.remove(canvas.workspace.document, {chosen(canvas, a).id})


def remove_selected(canvas: Canvas, a: int, b: int) -> tuple[Edit, ...]:
    return composing.remove(canvas.workspace.document, canvas.workspace.selection.nodes)


def move(canvas: Canvas, a: int, b: int) -> tuple[Edit, ...]:
    return composing.move(canvas.workspace.document, {chosen(canvas, a).id: (float(a % 900), float(b % 700))})


def set_value(canvas: Canvas, a: int, b: int) -> tuple[Edit, ...]:
    node = chosen(canvas, a)
    return (SetValue(node.id, node.value, VALUES[b % len(VALUES)]),) if node.type == "Input" else ()


def set_trainable(canvas: Canvas, a: int, b: int) -> tuple[Edit, ...]:
    node = chosen(canvas, a)
    return (SetTrainable(node.id, node.trainable, not node.trainable),) if node.type == "Input" else ()


def rename(canvas: Canvas, a: int, b: int) -> tuple[Edit, ...]:
    return (Rename(chosen(canvas, a).id, fresh_id(canvas.workspace.document.nodes, f"n{b % 50}")),)


def duplicate(canvas: Canvas, a: int, b: int) -> tuple[Edit, ...]:
    ids = {chosen(canvas, a).id, chosen(canvas, b).id}
    return composing.duplicate(canvas.workspace.document, ids, (30.0, 30.0))


def drag_wire(canvas: Canvas, a: int, b: int) -> None:
    source, target = chosen(canvas, a), chosen(canvas, b)
    if ports_of(target):
        drag(canvas, canvas.port_position(source.id, "out"), canvas.port_position(target.id, 0))
        canvas.adding.close()


def drag_card(canvas: Canvas, a: int, b: int) -> None:
    place = canvas.node_position(chosen(canvas, a).id)
    drag(canvas, place, place + QPoint(b % 60 - 30, a % 60 - 30))


def cut(canvas: Canvas, a: int, b: int) -> None:
    drag(canvas, QPoint(a % 900, 0), QPoint(b % 900, 599), keys=Qt.KeyboardModifier.ControlModifier)


def undo(canvas: Canvas, a: int, b: int) -> None:
    canvas.workspace.undo()


def redo(canvas: Canvas, a: int, b: int) -> None:
    canvas.workspace.redo()


def step(canvas: Canvas, a: int, b: int) -> None:
    canvas.workspace.stepping.go_to(a % 30)


def arrange(canvas: Canvas, a: int, b: int) -> None:
    canvas.workspace.viewport.arrange.emit()


def zoom(canvas: Canvas, a: int, b: int) -> None:
    canvas.navigator.zoom_at(QPointF(a % 900, b % 600), 0.5 + (b % 7) / 4)


Doing: TypeAlias = Callable[[Canvas, int, int], tuple[Edit, ...] | None]
OFTEN: tuple[Doing, ...] = (connect, connect, connect, rename, set_value, undo, drag_wire)
ONCE: tuple[Doing, ...] = (disconnect, remove, move, set_trainable, drag_card, cut, redo, duplicate, step, arrange)
FIRST: tuple[Doing, ...] = (add, undo, redo, zoom)
"""What can be done on an empty canvas too."""


def do(canvas: Canvas, doing: Doing, a: int, b: int) -> None:
    """Do one thing, as a person or as a menu does it."""
    if canvas.workspace.document.nodes or doing in FIRST:
        canvas.workspace.do(doing.__name__, *(doing(canvas, a, b) or ()))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from((*OFTEN, *ONCE, add, remove_selected, zoom)), NUMBERS, NUMBERS), min_size=20))
def test_the_canvas_shows_the_document_after_anything(qapp: QApplication, doings: list[tuple[Doing, int, int]]) -> None:
    with open_canvas() as canvas:
        canvas.workspace.show_record(start())
        for doing, a, b in doings:
            do(canvas, doing, a, b)
            assert_mirrors(canvas)
        while canvas.workspace.history.undo_text is not None:
            canvas.workspace.undo()
            assert_mirrors(canvas)
        assert canvas.workspace.document.record() == start()

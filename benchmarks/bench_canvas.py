"""What the canvas costs, as ratios within one run: small graphs against large ones, a bare scene and NodeGraphQt.

Run it with ``python -m benchmarks.bench_canvas``. Each figure is the median of several rounds.
"""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count
from unittest.mock import patch

from miniflow.graph.records import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QGraphicsScene

from gui.app import create_application, create_window
from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.main_window import MainWindow
from gui.workspace import Workspace
from miniflow.engine.steps import Phase
from miniflow.graph import composing
from miniflow.graph.edits import SetValue
from miniflow.graph.records import GraphRecord, Literal, NodeRecord

ROUNDS, TURNS = 15, 5
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def graph(size: int) -> GraphRecord:
    """A square of cards: a column of Inputs, and behind each a row of Tanh and Add, the latter wired across."""
    rows = math.isqrt(size)
    nodes: dict[str, NodeRecord] = {}
    for index in range(size):
        column, row = divmod(index, rows)
        place = (column * 260.0, row * 150.0)
        if column == 0:
            node = NodeRecord(f"n{index}", "Input", place, (), Literal(((0.1, 0.2), (0.3, float(row)))))
        elif column % 2:
            node = NodeRecord(f"n{index}", "Tanh", place, (f"n{index - rows}",))
        else:
            across = (row + 1) % rows + (column - 1) * rows
            node = NodeRecord(f"n{index}", "Add", place, (f"n{index - rows}", f"n{across}"))
        nodes[node.id] = node
    return GraphRecord(nodes)


def median_ms(
    action: Callable[[], object], rounds: int = ROUNDS, between: Callable[[], object] = lambda: None
) -> float:
    """How long ``action`` keeps the processor busy, in milliseconds: the same on a machine that others use too.

    What happens ``between`` two rounds is not measured.
    """
    action()
    times = []
    for _ in range(rounds):
        between()
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def in_turn(costs: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the medians of two costs that were measured in turn, so that both met the machine in the same mood.

    The third number is the median of their ratios.
    """
    one, other = (statistics.median(each) for each in zip(*costs, strict=True))
    return one, other, statistics.median(one / other for one, other in costs)


def settle() -> None:
    """Let everything happen that waits, and go what is to be deleted, as a running application does."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shown(size: int) -> Canvas:
    """A canvas of 1280 x 800 on a graph of so many nodes, its numbers computed."""
    workspace = Workspace(Appearance("light"))
    canvas = Canvas(workspace)
    canvas.resize(1280, 800)
    canvas.show()
    workspace.show_record(graph(size))
    workspace.stepping.last()
    QApplication.processEvents()
    return canvas


def at_full_size(canvas: Canvas) -> None:
    """Look at the middle of the graph at its own size."""
    canvas.navigator.fit_all()
    canvas.navigator.actual_size()
    QApplication.processEvents()


def pan(canvas: Canvas) -> float:
    at_full_size(canvas)
    steps = iter([(7, 5), (-7, -5)] * 1000)

    def frame() -> None:
        canvas.navigator.pan(*next(steps))
        QApplication.processEvents()

    return median_ms(frame)


def in_the_middle(canvas: Canvas) -> str:
    """A node that is well in sight."""
    inside = canvas.viewport().rect().adjusted(200, 200, -200, -200)
    return next(id for id in canvas.mirror.nodes if inside.contains(canvas.node_position(id)))


def around() -> Iterator[QPoint]:
    """Where a hand drags something, from where it took it: round and round, and seldom to the same place again."""
    return (QPoint(round(60 * math.sin(turn / 7)), round(45 * math.cos(turn / 11))) for turn in count())


def drag(canvas: Canvas) -> float:
    at_full_size(canvas)
    node = in_the_middle(canvas)
    start = canvas.node_position(node)
    QTest.mousePress(canvas.viewport(), LEFT, NO_KEY, start)
    places = around()

    def frame() -> None:
        QTest.mouseMove(canvas.viewport(), start + next(places))
        QApplication.processEvents()

    cost = median_ms(frame)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_KEY, start)
    return cost


def fit(canvas: Canvas) -> float:
    canvas.navigator.fit_all()

    def frame() -> None:
        canvas.viewport().update()
        QApplication.processEvents()

    return median_ms(frame)


def whole_window(size: int) -> MainWindow:
    """The whole window on a graph of so many nodes, its last one in the inspector, which is in front."""
    window = create_window()
    window.resize(1280, 800)
    window.show()
    record = graph(size)
    window.workspace.show_record(replace(record, output=list(record.nodes)[-1]))
    window.findChild(QDockWidget, "panel.inspector").raise_()
    window.workspace.selection.select((list(window.workspace.document.nodes)[-1],))
    at_full_size(window.canvas)
    return window


def edit(window: MainWindow) -> float:
    """Four edits of wires, a place and a value, each until the whole window shows it; no other node depends on them."""
    workspace, numbers = window.workspace, count()
    nodes = workspace.document.nodes
    first, last = next(iter(nodes)), list(nodes)[-2]
    source = nodes[last].inputs[0]
    x, y = nodes[last].position or (0.0, 0.0)

    def change() -> None:
        number = float(next(numbers))
        value = Literal(((0.1, 0.2), (0.3, number)))
        for make in (
            lambda: composing.connect(workspace.document, None, last, 0),
            lambda: composing.connect(workspace.document, source, last, 0),
            lambda: composing.move(workspace.document, {last: (x + number, y)}),
            lambda: (SetValue(first, nodes[first].value, value),),
        ):
            workspace.do("edit", *make())
            settle()

    return median_ms(change)


def step(window: MainWindow) -> float:
    """Four backward steps, each until the whole window shows it, with the explanation in front."""
    window.findChild(QDockWidget, "panel.explain").raise_()
    stepping = window.workspace.stepping
    middle = stepping.prepare().spans[Phase.BACKWARD].start + 8
    settle()

    def move() -> None:
        for position in range(middle, middle + 4):
            stepping.go_to(position)
            settle()

    return median_ms(move)


def all_values(canvas: Canvas) -> float:
    """Every card in sight gets numbers that it has not shown before."""
    canvas.navigator.fit_all()
    readings = canvas.workspace.readings
    read, held = readings.of, {node: readings.of(node).value for node in canvas.mirror.nodes}
    factors = (1.0 + step / 1000 for step in range(1, ROUNDS + 2))
    coming = iter([{node: value * factor for node, value in held.items()} for factor in factors])

    def change() -> None:
        values = next(coming)
        with patch.object(readings, "of", lambda node: read(node)._replace(value=values[node])):
            canvas.mirror.repaint_all()
            QApplication.processEvents()

    cost = median_ms(change)
    canvas.mirror.repaint_all()
    return cost


def full_repaint(canvas: Canvas) -> float:
    """The same frame painted without any picture of a card: each line, patch and name is drawn, as in print."""
    canvas.navigator.fit_all()
    sheet = QPixmap(canvas.viewport().size())

    def frame() -> None:
        painter = QPainter(sheet)
        painter.setRenderHints(canvas.renderHints())
        canvas.mirror.render(painter, QRectF(sheet.rect()), canvas.navigator.visible())
        painter.end()

    return median_ms(frame)


def new_values(canvas: Canvas) -> None:
    """Print what new values cost against a full repaint, and against a frame for which the cards' pictures are kept."""
    costs = [(all_values(canvas), full_repaint(canvas), fit(canvas)) for _ in range(TURNS)]
    new, full, in_full = in_turn([(new, full) for new, full, _ in costs])
    _, frame, in_frames = in_turn([(new, frame) for new, _, frame in costs])
    print(f"values   full repaint, none kept {full:6.2f} ms   new {new:6.2f} ms   ratio {in_full:5.2f}  (at most 2)")
    print(f"values   frame, pictures kept    {frame:6.2f} ms   new {new:6.2f} ms   ratio {in_frames:5.2f}")


def populate(size: int) -> float:
    workspace = Workspace(Appearance("light"))
    canvas = Canvas(workspace)
    workspace.show_record(graph(size))
    cost = median_ms(canvas.mirror.rebuild, between=settle)  # else what waits for the event loop piles up
    canvas.deleteLater()
    settle()
    return cost


def populate_bare(size: int) -> float:
    record = graph(size)
    wires = sum(len(node.inputs) for node in record.nodes.values())

    def fill() -> None:
        scene = QGraphicsScene()
        for node in record.nodes.values():
            x, y = node.position or (0.0, 0.0)
            scene.addRect(QRectF(x, y, 170, 110))
        for index in range(wires):
            scene.addLine(0, index, 100, index)

    return median_ms(fill, between=settle)


def against_nodegraphqt(few: Canvas) -> None:
    """Print what the same frames of 100 nodes, and filling a drawing with 400, cost in NodeGraphQt."""
    from benchmarks.with_nodegraphqt import InNodeGraphQt

    theirs = InNodeGraphQt()
    theirs.populate(graph(100))
    frames: dict[str, list[tuple[float, float]]] = {"pan": [], "drag": [], "fit": []}
    for _ in range(TURNS):
        frames["pan"].append((pan(few), theirs.pan(few.navigator.visible(), median_ms)))
        part, node = few.navigator.visible(), in_the_middle(few)
        frames["drag"].append((drag(few), theirs.drag(part, node, around(), median_ms)))
        frames["fit"].append((fit(few), theirs.fit(few.navigator.visible(), median_ms)))
    for name, costs in frames.items():
        ours, other, ratio = in_turn(costs)
        print(f"{name:8} ours {ours:6.2f} ms   NodeGraphQt {other:8.2f} ms   ratio {ratio:5.2f}  (at most 1)")
    start = time.process_time()
    InNodeGraphQt().populate(graph(400))
    other, ours = (time.process_time() - start) * 1000, populate(400)
    print(f"populate ours {ours:6.2f} ms   NodeGraphQt {other:8.2f} ms   ratio {other / ours:5.1f}  (at least 20)")


def main() -> None:
    """Print every figure and the ratios that matter."""
    app = create_application(["bench"])
    small_window, large_window = whole_window(20), whole_window(1000)
    edits = edit(small_window), edit(large_window)
    steps = step(small_window), step(large_window)
    few = shown(100)  # what is measured of one document alone comes before thousands of others are there
    new_values(few)
    ours, bare, filling = in_turn([(populate(400), populate_bare(400)) for _ in range(TURNS)])
    many = shown(5000)
    for name, cost in (("pan", pan), ("drag", drag), ("fit", fit)):
        small, large = cost(few), cost(many)
        print(f"{name:8} 100: {small:7.2f} ms   5000: {large:7.2f} ms   ratio {large / small:5.2f}  (at most 2)")
    for name, (small, large) in (("edit", edits), ("step", steps)):
        print(f"{name:8}  20: {small:7.2f} ms   1000: {large:7.2f} ms   ratio {large / small:5.2f}  (at most 2)")
    print(f"populate bare {bare:6.2f} ms   ours {ours:6.2f} ms   ratio {filling:5.2f}  (at most 10)")
    if find_spec("NodeGraphQt"):
        against_nodegraphqt(few)
    for window in (small_window, large_window):
        window.hide()
    del app


if __name__ == "__main__":
    main()

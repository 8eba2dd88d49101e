"""What the screen shows is what painting everything anew would show, whatever has just been done or is dragged."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.workspace import Workspace
from miniflow.graph import composing
from miniflow.graph.edits import SetValue
from miniflow.graph.records import GraphRecord, Literal, NodeRecord

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SIDE = 4
WIDTH, HEIGHT = 900, 600
MAP_WIDTH, MAP_HEIGHT = 230, 190
_SAME, _FEW = 48, 4
"""How far the colours of a pixel that looks the same may differ, and how many may look otherwise: a digit has more."""


def network() -> GraphRecord:
    """A square of cards, wired across, with numbers in them; one does not fit."""
    nodes = {
        f"x{row}": NodeRecord(f"x{row}", "Input", (0, row * 150), (), Literal(((0.1, row), (0.3, 4.0))), row == 1)
        for row in range(SIDE)
    }
    for column in range(1, SIDE):
        for row in range(SIDE):
            before = [id for id in nodes if nodes[id].position == (0.0 + (column - 1) * 260, row * 150)]
            across = [id for id in nodes if nodes[id].position == (0.0 + (column - 1) * 260, (row + 1) % SIDE * 150)]
            id = f"n{column}{row}"
            nodes[id] = NodeRecord(id, "Add", (column * 260, row * 150), (*before, *across))
    nodes["odd"] = NodeRecord("odd", "Input", (0, SIDE * 150), (), Literal((1.0, 2.0, 3.0)))
    nodes["misfit"] = NodeRecord("misfit", "Mul", (260, SIDE * 150), ("odd", "x0"))
    return GraphRecord(nodes, output="n33")


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:
    workspace = Workspace(Appearance("light"))
    workspace.snapping.snap_to_neighbours(False)
    canvas = Canvas(workspace)
    qtbot.addWidget(canvas)
    canvas.resize(WIDTH, HEIGHT)
    with qtbot.waitExposed(canvas):
        canvas.show()
    workspace.show_record(network())
    yield canvas
    canvas.close()
    workspace.deleteLater()


class Somebody:
    """Does things that each change a part of the picture."""

    def __init__(self, canvas: Canvas, seed: int) -> None:
        self.canvas, self.workspace = canvas, canvas.workspace
        self.chance = random.Random(seed)
        self.doings: list[Callable[[], None]] = [
            *[self.drag, self.step, self.pan] * 3,
            *[
                self.zoom,
                self.select,
                self.point,
                self.move,
                self.unplug,
                self.give_a_value,
                self.undo,
                self.start_over,
            ],
        ]

    def node(self) -> str:
        return self.chance.choice(list(self.canvas.mirror.nodes))

    def drag(self) -> None:
        viewport, start = self.canvas.viewport(), self.canvas.node_position(self.node())
        if viewport.rect().contains(start):
            QTest.mousePress(viewport, LEFT, NO_KEY, start)
            for _ in range(3):
                start += QPoint(self.chance.randint(-90, 90), self.chance.randint(-60, 60))
                QTest.mouseMove(viewport, start)
                self.look("in the middle of a drag")
            if self.chance.random() < 0.3:
                QTest.keyClick(self.canvas, Qt.Key.Key_Escape)
            QTest.mouseRelease(viewport, LEFT, NO_KEY, start)

    def pan(self) -> None:
        for _ in range(3):
            self.canvas.navigator.pan(self.chance.randint(-60, 60), self.chance.randint(-60, 60))
            self.look("in the middle of panning")

    def step(self) -> None:
        stepping = self.workspace.stepping
        stepping.go_to(max(0, stepping.position + self.chance.choice((-30, -1, 1, 2, 30))))

    def zoom(self) -> None:
        self.canvas.navigator.zoom_at(QPointF(300, 300), self.chance.choice((0.5, 0.8, 1.2, 1.5)))

    def start_over(self) -> None:
        self.chance.choice((self.canvas.navigator.fit_all, self.canvas.navigator.actual_size))()

    def select(self) -> None:
        wires = [(wire.source, *wire.key) for wire in self.canvas.mirror.wires.values()]
        self.workspace.selection.select((self.node(), self.node()), (self.chance.choice(wires),))

    def point(self) -> None:
        QTest.mouseMove(self.canvas.viewport(), QPoint(self.chance.randrange(WIDTH), self.chance.randrange(HEIGHT)))

    def move(self) -> None:
        place = (float(self.chance.randrange(800)), float(self.chance.randrange(600)))
        self.workspace.do("move", *composing.move(self.workspace.document, {self.node(): place}))

    def unplug(self) -> None:
        consumer, port = self.chance.choice(list(self.canvas.mirror.wires))
        source = self.chance.choice((None, f"x{self.chance.randrange(SIDE)}"))
        self.workspace.do("wire", *composing.connect(self.workspace.document, source, consumer, port))

    def give_a_value(self) -> None:
        id = f"x{self.chance.randrange(SIDE)}"
        value = Literal(((self.chance.random(), 0.0), (-1.0, float(self.chance.randrange(9)))))
        self.workspace.do("value", SetValue(id, self.workspace.document.nodes[id].value, value))

    def undo(self) -> None:
        self.workspace.undo()

    def look(self, what: str) -> None:
        """Let the screen show what is there, and now and then compare it with a painting for which nothing was kept."""
        QApplication.processEvents()
        if self.chance.random() < 0.5:
            shown = pixels(self.canvas.screen().grabWindow(self.canvas.winId()))
            self.canvas.stills.let_go()
            fresh = pixels(self.canvas.grab())
            stale = [*unlike(shown, fresh), *unlike(fresh, shown)]
            assert len(stale) < _FEW, f"{what}: down and across {stale[:5]}"


def pixels(picture: QPixmap) -> npt.NDArray[np.int16]:
    """Return the red, green and blue of a picture, but for the corner of the map, which follows a moment later."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = np.frombuffer(image.constBits(), np.uint8).reshape(HEIGHT, WIDTH, 4)[:, :, :3].astype(np.int16)
    colours[HEIGHT - MAP_HEIGHT :, WIDTH - MAP_WIDTH :] = 0
    return colours


def unlike(one: npt.NDArray[np.int16], other: npt.NDArray[np.int16]) -> npt.NDArray[np.int_]:
    """Return the places, down and across, of pixels that look like none of the other's there or just beside it.

    Rounding moves a line by a pixel, or its colour a little, where only a part of it is painted.
    """
    return np.array(
        [
            (y, x)
            for y, x in np.argwhere(np.abs(one - other).max(axis=2) > _SAME)
            if np.abs(other[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2] - one[y, x]).max(axis=2).min() > _SAME
        ]
    )


@pytest.mark.parametrize("seed", [1, 4, 8, 9])
def test_nothing_on_the_canvas_is_ever_stale(canvas: Canvas, seed: int) -> None:
    somebody = Somebody(canvas, seed)
    for number in range(25):
        doing = somebody.chance.choice(somebody.doings)
        doing()
        somebody.look(f"{number} {doing.__name__}")

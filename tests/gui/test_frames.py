"""What a frame of a drag shows, and who paints it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsItem
from pytestqt.qtbot import QtBot

from gui.canvas.view import Canvas
from miniflow.graph.records import GraphRecord, Literal, NodeRecord
from tests.gui.screen import canvas_on_screen

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_SAME = 5
"""How much lighter or darker a line may be where only a part of it is painted: nobody sees it."""
_PAINTS = """
import os
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from gui.app import create_application

app = create_application(["paints"])
picture = QPixmap(300, 2000)
painter = QPainter(picture)
painter.setRenderHint(QPainter.RenderHint.Antialiasing)
painter.drawEllipse(10, 10, 200, 1900)
painter.fillRect(picture.rect(), Qt.BrushStyle.Dense4Pattern)
painter.end()
for thread in os.listdir("/proc/self/task"):
    print(open(f"/proc/self/task/{thread}/comm").read())
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="tells threads as Linux does")
def test_no_other_thread_is_woken_to_paint_a_strip_of_a_frame() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "QT_NO_GUI_THREADPOOL"}
    done = subprocess.run([sys.executable, "-c", _PAINTS], capture_output=True, text=True, env=environment, check=True)
    assert "python" in done.stdout
    assert "pooled" not in done.stdout


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:
    with canvas_on_screen(qtbot, 700) as canvas:
        yield canvas


def columns(rows: int) -> GraphRecord:
    """Two columns of cards, with wires across that are taller than the canvas."""
    value = Literal(((0.1, 0.2), (0.3, 0.4)))
    left = [NodeRecord(f"x{row}", "Input", (0, 150 * row), (), value) for row in range(rows)]
    wired = [(f"x{row}", f"x{rows - 1 - row}", f"x{(row + 1) % rows}") for row in range(rows)]
    right = [NodeRecord(f"a{row}", "Add", (300, 150 * row), wires) for row, wires in enumerate(wired)]
    return GraphRecord({node.id: node for node in (*left, *right)}, output="a1")


def picture(canvas: Canvas) -> npt.NDArray[np.int16]:
    """What the screen shows of the canvas."""
    QApplication.processEvents()
    image = canvas.screen().grabWindow(canvas.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(np.int16)


def assert_fresh(canvas: Canvas, when: str) -> None:
    """Have the screen show what it would if all of the canvas were painted now."""
    shown = picture(canvas)
    canvas.viewport().update()
    differs = np.argwhere(np.abs(shown - picture(canvas)).max(axis=2) > _SAME)
    assert not len(differs), f"{when}, down and across {differs[:5]}"


@pytest.mark.parametrize(("rows", "snaps"), [(12, True), (12, False), (25, True), (25, False)])
def test_a_drag_leaves_nothing_where_it_was_and_hides_nothing_that_is_there(
    canvas: Canvas, rows: int, snaps: bool
) -> None:
    chance = random.Random(rows)
    canvas.workspace.snapping.snap_to_neighbours(snaps)
    canvas.workspace.overview.want(False)
    canvas.workspace.show_record(columns(rows))
    canvas.workspace.stepping.last()
    canvas.navigator.actual_size()
    place = canvas.node_position(f"a{rows // 2}")
    QTest.mousePress(canvas.viewport(), LEFT, NO_KEY, place)
    for move in range(20):
        place += QPoint(chance.randint(-40, 40), chance.randint(-30, 30))
        QTest.mouseMove(canvas.viewport(), place)
        assert_fresh(canvas, f"after move {move}")
    QTest.mouseRelease(canvas.viewport(), LEFT, NO_KEY, place)


def test_on_a_long_way_pictures_are_kept_only_of_what_is_or_just_was_in_sight(canvas: Canvas) -> None:
    nodes = [NodeRecord(f"x{column}", "Input", (260 * column, 0), (), Literal(1.0)) for column in range(80)]
    canvas.workspace.show_record(GraphRecord({node.id: node for node in nodes}))
    canvas.navigator.actual_size()
    for _ in range(35):
        canvas.navigator.pan(-260, 0)
        QApplication.processEvents()
    cards = canvas.mirror.nodes.values()
    in_sight = [card for card in cards if card.card_rect().intersects(canvas.navigator.visible())]
    kept = [card for card in cards if card.cacheMode() is not QGraphicsItem.CacheMode.NoCache]
    assert {*in_sight} <= {*kept}
    assert len(kept) < 4 * len(in_sight)


@pytest.mark.parametrize("rows", [12, 25])
def test_what_comes_into_sight_joins_what_was_there(canvas: Canvas, rows: int) -> None:
    chance = random.Random(rows)
    canvas.workspace.overview.want(False)
    canvas.workspace.show_record(columns(rows))
    canvas.navigator.actual_size()
    for move in range(12):
        canvas.navigator.pan(chance.randint(-30, 30), chance.randint(-90, 90))
        assert_fresh(canvas, f"after move {move}")

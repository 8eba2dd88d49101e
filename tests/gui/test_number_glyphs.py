"""Numbers that are set glyph by glyph look as Qt writes them, whatever number, theme or scale."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.canvas import look as looks
from gui.canvas.look import Look
from gui.canvas.number_glyphs import GAP, ROW_HEIGHT, set_in_rows
from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.presentation import numbers
from gui.presentation.theme import load_theme
from gui.workspace import Workspace
from miniflow.graph.edits import SetValue
from miniflow.graph.records import GraphRecord, Literal, NodeRecord

WIDTH, HEIGHT = 1800, 320
TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.lists(st.lists(st.floats(), min_size=columns, max_size=columns), min_size=1, max_size=4)
)


@cache
def one_look() -> Look:
    """Return a look that has set other tables before."""
    return Look(load_theme("light"))


def ink(dots: float, paint: Callable[[QPainter], None]) -> npt.NDArray[np.int16]:
    """Return how dark each pixel is of what is painted in the middle of a sheet with so many pixels in a unit."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.translate(WIDTH / 2, HEIGHT / 2)
    painter.scale(dots, dots)
    paint(painter)
    painter.end()
    return 255 - np.frombuffer(image.constBits(), np.uint8).reshape(HEIGHT, -1)[:, :WIDTH].astype(np.int16)


def written_by_qt(painter: QPainter, look: Look, cells: list[list[str]]) -> None:
    """Paint each number in the middle of its column with Qt's own layout."""
    painter.setFont(look.font(looks.FAR_VALUE))
    column = max(look.width(looks.FAR_VALUE, text) for row in cells for text in row) + GAP
    for down, row in enumerate(cells):
        y = (down - (len(cells) - 1) / 2) * ROW_HEIGHT
        for across, text in enumerate(row):
            x = (across - (len(row) - 1) / 2) * column
            painter.drawText(look.centred(looks.FAR_VALUE, text, x, y), text)


@given(TABLES, st.sampled_from([0.4, 1.0, 2.0]))
@settings(deadline=None, max_examples=100)
def test_a_table_is_set_where_qt_writes_its_numbers(qapp: QApplication, table: list[list[float]], dots: float) -> None:
    look, cells = one_look(), numbers.cells(np.array(table))
    ours = ink(dots, lambda painter: set_in_rows(look, cells).paint(painter, 0.0, 0.0, 1.0))
    theirs = ink(dots, lambda painter: written_by_qt(painter, look, cells))
    for axis in (0, 1):  # where the letters are along each side; rounding moves one by a fourth of a pixel
        assert np.abs(np.cumsum(ours.sum(axis) - theirs.sum(axis))).max() < 0.02 * theirs.sum() + 255 * 8


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    """A weight at two fifths of its size."""
    canvas = Canvas(Workspace(Appearance("light")))
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    node = NodeRecord("w", "Input", (0.0, 0.0), (), Literal(((1.0, 2.5), (-3.0, 4.0))))
    canvas.workspace.show_record(GraphRecord({"w": node}))
    canvas.grab()
    canvas.resetTransform()
    canvas.scale(0.4, 0.4)
    canvas.centerOn(QPointF(80, 60))
    return canvas


def colour_of_numbers(canvas: Canvas) -> bool:
    """Tell whether the colour of values, as the theme has it, is on the canvas."""
    image, wanted = canvas.grab().toImage(), canvas.mirror.look.colour("meaning.value")
    return any(image.pixelColor(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_numbers_from_afar_take_another_theme_at_once(canvas: Canvas) -> None:
    assert colour_of_numbers(canvas)
    canvas.workspace.appearance.choose("dark")
    assert colour_of_numbers(canvas)


def seen_from(canvas: Canvas, scale: float) -> QImage:
    """Return what the canvas shows at a scale."""
    canvas.resetTransform()
    canvas.scale(scale, scale)
    canvas.centerOn(QPointF(80, 60))
    return canvas.grab().toImage()


def test_numbers_from_afar_are_those_of_a_new_canvas_after_an_edit_and_at_each_scale(canvas: Canvas) -> None:
    workspace = canvas.workspace
    before = workspace.document.nodes["w"].value
    last = [seen_from(canvas, scale) for scale in (0.45, 0.3)]
    for value in (((7.0, 2.5), (-3.0, 0.125)), ((8.0, 2.5), (-3.0, 0.125)), ((1e-9, 2.5), (-3.0, 4.0))):
        workspace.do("value", SetValue("w", before, before := Literal(value)))
        shown = [seen_from(canvas, scale) for scale in (0.45, 0.3)]
        assert shown[0] != last[0]
        assert shown[1] != last[1]
        workspace.show_record(workspace.document.record())
        assert [seen_from(canvas, scale) for scale in (0.45, 0.3)] == shown
        last = shown

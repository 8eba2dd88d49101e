"""A number on a card, also one seen from afar, is whole, or smaller, but never cut; and so is a name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.canvas.card_painter import Sight, paint_card
from gui.canvas.face import Face
from gui.canvas.figure import Figure
from gui.canvas.geometry import LABELS, CardGeometry, card_geometry, cell_width
from gui.canvas.look import Look
from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.presentation.theme import load_theme
from gui.workspace import Workspace
from miniflow.graph.records import GraphRecord, Literal, NodeRecord


def card_from_afar(qtbot: QtBot, value: float | list[Any]) -> QImage:
    """Draw an Input with this value at two fifths of its size."""
    workspace = Workspace(Appearance("light"))
    canvas = Canvas(workspace)
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    node = NodeRecord("x", "Input", position=(0.0, 0.0), value=Literal(value))
    workspace.show_record(GraphRecord({"x": node}))
    canvas.grab()  # the document is fitted into view once the view has its size
    canvas.resetTransform()
    canvas.scale(0.4, 0.4)
    canvas.centerOn(QPoint(80, 60))
    return canvas.grab().toImage()


def test_two_exponents_look_different_from_afar(qtbot: QtBot) -> None:
    assert card_from_afar(qtbot, 2.5684e-05) != card_from_afar(qtbot, 2.5684e-09)
    assert card_from_afar(qtbot, 2.5684e-05) == card_from_afar(qtbot, 2.5684e-05)


def test_a_few_numbers_are_written_from_afar_and_many_are_colours(qtbot: QtBot) -> None:
    assert card_from_afar(qtbot, [[1.0, 2.0]]) != card_from_afar(qtbot, [[2.0, 4.0]])
    assert card_from_afar(qtbot, [[1.0, 2.0], [3.0, 4.0]]) != card_from_afar(qtbot, [[2.0, 4.0], [6.0, 8.0]])
    three_rows = [[1.0, 2.0, 3.0, 4.0]] * 3
    assert card_from_afar(qtbot, three_rows) == card_from_afar(qtbot, [[2.0, 4.0, 6.0, 8.0]] * 3)


def colours_of_a_node(qtbot: QtBot, scale: float, position: int) -> set[str]:
    """Draw (2)² at a scale after so many steps, and tell which of the two colours of numbers is on its card."""
    workspace = Workspace(Appearance("light"))
    canvas = Canvas(workspace)
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    x = NodeRecord("x", "Input", position=(0.0, 0.0), value=Literal(2.0))
    workspace.show_record(GraphRecord({"x": x, "f": NodeRecord("f", "Square", (300.0, 0.0), ("x",))}))
    canvas.grab()
    workspace.stepping.go_to(position)
    canvas.resetTransform()
    canvas.scale(scale, scale)
    canvas.centerOn(QPoint(380, 60))
    image = canvas.grab(
        QRect(300 - int(60 * scale), 200 - int(60 * scale), int(140 * scale), int(120 * scale))
    ).toImage()
    pixels = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    theme = workspace.appearance.theme
    return {name for name in ("value", "gradient") if theme[f"meaning.{name}"].lower() in pixels}


def test_a_card_at_half_its_size_shows_its_gradient_too_as_soon_as_it_is_computed(qtbot: QtBot) -> None:
    assert colours_of_a_node(qtbot, 0.45, 4) == {"value"}
    assert colours_of_a_node(qtbot, 0.45, 5) == {"value", "gradient"}
    assert colours_of_a_node(qtbot, 0.25, 5) == {"value"}


@pytest.mark.parametrize("scale", [0.15, 0.25, 0.33])
def test_a_weight_that_was_just_updated_is_marked_beside_its_name_from_afar_too(qtbot: QtBot, scale: float) -> None:
    workspace = Workspace(Appearance("light"))
    canvas = Canvas(workspace)
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    w = NodeRecord("w", "Input", (0.0, 0.0), (), Literal(2.0), trainable=True)
    workspace.show_record(GraphRecord({"w": w, "f": NodeRecord("f", "Square", (300.0, 0.0), ("w",))}))
    canvas.grab()
    canvas.resetTransform()
    canvas.scale(scale, scale)
    canvas.centerOn(QPoint(0, 0))
    name = QRect(300, 200, int(100 * scale), int(46 * scale))
    workspace.stepping.last()
    after = canvas.grab(name).toImage()
    workspace.stepping.back()
    assert canvas.grab(name).toImage() != after


def painted(card: CardGeometry, face: Face, level: float) -> QImage:
    """Paint one card alone, a pixel a unit, as it is at ``level``."""
    image = QImage(round(card.width), round(card.height), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_card(painter, Look(load_theme("light")), card, face, Sight(level))
    painter.end()
    return image


@pytest.mark.parametrize("name", ["out_o", "gjpqy"])
def test_what_hangs_below_the_line_of_a_name_is_still_on_its_colour(qapp: QApplication, name: str) -> None:
    image = painted(card_geometry((), None), Face(name, "", "", "inputs", (), Figure(""), Figure("")), 0.4)
    colours = {image.pixelColor(x, 45).name() for x in range(10, image.width() - 10)}
    assert len(colours) == 1
    ink = {image.pixelColor(x, y).lightness() > 240 for x in range(10, image.width() - 10) for y in range(40, 44)}
    assert ink == {True, False}


@pytest.mark.parametrize(("shape", "number"), [((2, 2), -8.0187654e-100), ((2, 4), -1.2345e-10)])
def test_a_number_does_not_reach_the_other_end_of_its_cell(
    qapp: QApplication, shape: tuple[int, int], number: float
) -> None:
    numbers = np.zeros(shape)
    numbers[:, 1] = number
    card = card_geometry((), shape)
    image = painted(card, Face("W", "", "", "inputs", (), Figure("", "", numbers), Figure("")), 1.0)
    left, top, width, height = card.figure(0)
    edge = left + width / 2 if shape[1] == 2 else left + cell_width(4)
    ground = image.pixelColor(round(edge) + 2, round(top + LABELS) + 1)
    column = range(round(top + LABELS + 1), round(top + height - 2))
    assert {image.pixelColor(round(edge) + 2, y).lightness() for y in column} <= {ground.lightness(), 255}
    inside = [image.pixelColor(x, y) for x in range(round(edge), round(edge + 60)) for y in column]
    assert min(colour.lightness() for colour in inside) < 150

"""A number on a card seen from afar is whole, or smaller, but never cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.workspace import Workspace
from miniflow.graph.records import GraphRecord, Literal, NodeRecord


def card_from_afar(qtbot: QtBot, value: float) -> QImage:
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

"""A number on a card seen from afar is whole, or smaller, but never cut."""

from __future__ import annotations

from PySide6.QtCore import QPoint
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

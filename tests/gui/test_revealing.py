"""What is out of sight is brought into sight, and no more than that."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from gui.main_window import MainWindow


@pytest.mark.parametrize(("node", "across"), [("X", -1), ("cost", 1)])
def test_a_card_beyond_the_edge_comes_in_at_that_edge(node: str, across: int, window: MainWindow) -> None:
    canvas = window.canvas
    width = canvas.viewport().width()
    canvas.navigator.pan(across * width, 0)
    assert not 0 < canvas.node_position(node).x() < width
    window.workspace.viewport.reveal.emit(node)
    from_edge = canvas.node_position(node).x() if across < 0 else width - canvas.node_position(node).x()
    assert 0 < from_edge < width / 3


def test_a_card_in_sight_moves_nothing(window: MainWindow) -> None:
    before = window.canvas.node_position("f")
    window.workspace.viewport.reveal.emit("f")
    assert window.canvas.node_position("f") == before


def test_a_card_does_not_come_to_lie_under_the_map(window: MainWindow) -> None:
    canvas = window.canvas
    canvas.navigator.zoom_at(QPointF(0, 0), 2.5)
    card, map_of_it = canvas.mirror.nodes["y"].card_rect(), canvas.findChild(QWidget, "canvas.minimap")
    canvas.navigator.look_at(card.center())
    canvas.navigator.pan(canvas.viewport().width() / 2 - 90, canvas.viewport().height() / 2 - 60)
    assert map_of_it.isVisible()
    assert map_of_it.geometry().intersects(canvas.card_in_viewport("y"))
    window.workspace.viewport.reveal.emit("y")
    assert not map_of_it.geometry().intersects(canvas.card_in_viewport("y"))
    assert canvas.viewport().rect().contains(canvas.card_in_viewport("y"))

"""What is out of sight is brought into sight, and no more than that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.app import create_window
from gui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on the screen with the gradient example, fitted into sight."""
    window = create_window()
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()
    window.deleteLater()


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

"""What a test of a view begins with: the view on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.workspace import Workspace

W = TypeVar("W", bound=QWidget)


def on_screen(qtbot: QtBot, widget: W, width: int = 0, height: int = 0) -> W:
    """Show a widget in a size, or in the one it asks for, until the test is over; return it."""
    qtbot.addWidget(widget)
    if width:
        widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@contextmanager
def canvas_on_screen(qtbot: QtBot, height: int) -> Iterator[Canvas]:
    """Show the canvas of a workspace of its own, a thousand pixels wide."""
    workspace = Workspace(Appearance("light"))
    canvas = on_screen(qtbot, Canvas(workspace), 1000, height)
    yield canvas
    canvas.close()
    workspace.deleteLater()

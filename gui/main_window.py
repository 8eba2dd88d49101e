"""The main window: an empty frame that can be painted at once. ``gui/contents.py`` fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from gui.canvas.view import Canvas
    from gui.workspace import Workspace


class MainWindow(QMainWindow):
    """The window. What it shows, ``workspace`` and ``canvas``, comes with its contents, after the first paint."""

    workspace: Workspace
    canvas: Canvas

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("MiniFlow Studio")
        self.resize(QSize(1280, 800))

"""The main window: an empty frame that can be painted at once. ``gui/contents.py`` fills it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from gui.canvas.view import Canvas
    from gui.workspace import Workspace


_WISHED, _LEAST = QSize(1280, 800), QSize(1080, 660)
"""What shows a graph and what is said of it side by side; and what that takes at the least."""
_TITLE_BAR = 40


class MainWindow(QMainWindow):
    """The window. What it shows, ``workspace`` and ``canvas``, comes with its contents, after the first paint."""

    workspace: Workspace
    canvas: Canvas

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("MiniFlow Studio")
        has_screen = QGuiApplication.platformName() != "offscreen"  # where Qt tells of one of 800 x 800
        self.resize(first_size(self.screen().availableSize()) if has_screen else _WISHED)


def first_size(screen: QSize) -> QSize:
    """Return how large the window is at first: such that its title bar is on the screen too.

    >>> first_size(QSize(1920, 1080)), first_size(QSize(1280, 800))
    (PySide6.QtCore.QSize(1280, 800), PySide6.QtCore.QSize(1280, 760))
    """
    return (screen - QSize(0, _TITLE_BAR)).boundedTo(_WISHED).expandedTo(_LEAST)

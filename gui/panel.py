"""Panel: the contract that every file in ``panels/`` signs. A panel is a widget about the workspace, in a dock."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gui.workspace import Workspace


class Panel(QWidget):
    """A widget that mirrors the workspace. The main window puts it in a QDockWidget called ``panel.<name>``."""

    name: ClassVar[str]
    area: ClassVar[Qt.DockWidgetArea] = Qt.DockWidgetArea.RightDockWidgetArea
    place: ClassVar[int] = 0
    """Its place among the panels of its area, from the left or the top."""

    wanted = Signal()
    """It must be seen: something in it waits for the person."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace

    def title(self) -> str:
        """What the dock is called, in the person's language."""
        raise NotImplementedError

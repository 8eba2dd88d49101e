"""Switched: what stands under an explanation, closed until its switch opens it."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gui.workspace import Workspace


class Switched(QWidget):
    """A switch, and whatever it opens."""

    def __init__(self, workspace: Workspace, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._switch = QCheckBox(self)
        self._switch.setObjectName(f"explain.{name}")
        self._column = QVBoxLayout(self)
        workspace.appearance.changed.connect(self._restyle)

    def _restyle(self) -> None:
        """Take on the colours of the theme, and the size of its type."""
        raise NotImplementedError

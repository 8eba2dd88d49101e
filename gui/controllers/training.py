"""Training as the person sees it: started, paused, stopped; the weights come home as one undoable edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from gui.workspace import Workspace


class Training(QObject):
    """Pulls the training generator in slices of a few milliseconds from a timer in the GUI thread."""

    advanced = Signal()
    state_changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace

    def live_value(self, node: str) -> Any:
        """The value of a parameter while it is being trained; None when it is not."""
        return None

"""Whether the map of the graph may be shown; remembered from one start of the app to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, Signal

_MAP = "canvas/map"


class Overview(QObject):
    """The choice of the View menu."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_wanted = bool(QSettings().value(_MAP, True, bool))

    @property
    def is_wanted(self) -> bool:
        """Whether the canvas shows a map while not all of the graph is in sight."""
        return self._is_wanted

    def want(self, wanted: bool) -> None:
        """Show the map from now on, or no longer."""
        self._is_wanted = wanted
        QSettings().setValue(_MAP, wanted)
        self.changed.emit()

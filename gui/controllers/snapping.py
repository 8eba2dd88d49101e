"""Whether dragged cards snap, and to what; remembered from one start of the app to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings

_NEIGHBOURS, _GRID = "canvas/snap_to_neighbours", "canvas/snap_to_grid"


class Snapping(QObject):
    """The two choices of the View menu."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        settings = QSettings()
        self._to_neighbours = bool(settings.value(_NEIGHBOURS, True, bool))
        self._to_grid = bool(settings.value(_GRID, False, bool))

    @property
    def to_neighbours(self) -> bool:
        """Whether a dragged card goes in line with others, and its wires straight."""
        return self._to_neighbours

    @property
    def to_grid(self) -> bool:
        """Whether cards stand on the points of the grid."""
        return self._to_grid

    def snap_to_neighbours(self, wanted: bool) -> None:
        """Snap to other cards from now on, or no longer."""
        self._to_neighbours = wanted
        QSettings().setValue(_NEIGHBOURS, wanted)

    def snap_to_grid(self, wanted: bool) -> None:
        """Snap to the grid from now on, or no longer."""
        self._to_grid = wanted
        QSettings().setValue(_GRID, wanted)

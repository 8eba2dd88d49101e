"""Whether the canvas follows the step to where it is made; remembered from one start of the app to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings

_FOLLOW = "canvas/follow_step"


class Following(QObject):
    """The choice of the View menu."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_wanted = bool(QSettings().value(_FOLLOW, True, bool))

    @property
    def is_wanted(self) -> bool:
        """Whether the node of the step just made is brought into sight."""
        return self._is_wanted

    def want(self, wanted: bool) -> None:
        """Follow the step from now on, or no longer."""
        self._is_wanted = wanted
        QSettings().setValue(_FOLLOW, wanted)

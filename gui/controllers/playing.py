"""Playing: what steps by itself, at a speed, until it is told to pause."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Steps a second."""


class Playing(QObject):
    """A clock for steps; whoever plays says in ``tick`` what a step is."""

    played = Signal(bool)
    speed_changed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speed = 1.0
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)

    @property
    def playing(self) -> bool:
        """Whether it steps by itself."""
        return self._clock.isActive()

    @property
    def speed(self) -> float:
        """Steps a second while it plays."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Play at so many steps a second."""
        self._speed = float(speed)
        if self.playing:
            self._clock.start(round(1000 / self._speed))
        self.speed_changed.emit(self._speed)

    def start_clock(self) -> None:
        """Make the first step after a while, and then one after the other."""
        self._clock.start(round(1000 / self._speed))
        self.played.emit(True)

    def pause(self) -> None:
        """Stop stepping by itself."""
        if self.playing:
            self._clock.stop()
            self.played.emit(False)

    def tick(self) -> None:
        """Make one step."""
        raise NotImplementedError

    def _tick(self) -> None:
        self.tick()

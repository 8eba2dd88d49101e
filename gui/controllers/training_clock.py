"""The clock of a training: how much is trained at each tick, and when the next one comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from gui.presentation.pace import Pace

if TYPE_CHECKING:
    from gui.controllers.training_run import TrainingRun

SLICE_SECONDS = 0.004
MILLISECONDS_PER_EPOCH = 1000
MOST_TICKS_PER_EPOCH = 25


class TrainingClock(QTimer):
    """Ticks while a training runs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("training.clock")
        self.setInterval(0)
        self._pace = Pace.FAST

    @property
    def pace(self) -> Pace:
        """How fast it goes: kept for as long as the window is there, whatever document it shows."""
        return self._pace

    def set_pace(self, pace: Pace) -> None:
        """Go on at another pace, from the next tick on."""
        self._pace = pace
        self.setInterval(0)

    def advance(self, run: TrainingRun) -> None:
        """Train for one tick; raises as ``TrainingRun.pull`` does."""
        if self._pace is Pace.FAST:
            run.pull(SLICE_SECONDS)
            return
        steps = -(-run.steps_per_epoch // MOST_TICKS_PER_EPOCH)
        for _ in range(max(1, steps)):
            run.pull(0)
        self.setInterval(MILLISECONDS_PER_EPOCH * max(1, steps) // max(1, run.steps_per_epoch))

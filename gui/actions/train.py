"""The Train menu."""

from __future__ import annotations

from gui.controllers.training import TrainingState
from gui.menu import Menu
from miniflow.overriding import override


class TrainMenu(Menu):
    """Start, pause and stop training."""

    name = "train"
    place = 6

    @override
    def title_text(self) -> str:
        return self.tr("&Train")

    @override
    def fill(self) -> None:
        training = self.workspace.training
        self._start = self.add("start", self.tr("&Start"), training.start, "Ctrl+R")
        self._pause = self.add("pause", self.tr("&Pause"), self._toggle_pause)
        self._stop = self.add("stop", self.tr("S&top"), training.stop, "Ctrl+.")
        training.state_changed.connect(self._mirror)
        self._mirror()

    def _toggle_pause(self) -> None:
        training = self.workspace.training
        if training.state == TrainingState.PAUSED:
            training.resume()
        else:
            training.pause()

    def _mirror(self) -> None:
        state = self.workspace.training.state
        self._start.setEnabled(state == TrainingState.IDLE)
        self._pause.setEnabled(state != TrainingState.IDLE)
        self._pause.setText(self.tr("&Resume") if state == TrainingState.PAUSED else self.tr("&Pause"))
        self._stop.setEnabled(state != TrainingState.IDLE)

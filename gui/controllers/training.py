"""Training as the person sees it: started, paused, stopped; the weights come home as one undoable edit."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gui.controllers.giving_way import HARMLESS, GivingWay
from gui.controllers.training_clock import TrainingClock
from gui.controllers.training_run import TrainingRun, homecoming
from gui.controllers.way_back import WayBack
from miniflow.errors import DivergenceError, MiniFlowError, Sentence
from miniflow.graph.edits import Edit, Rename, SetValue
from miniflow.training.history import TrainingHistory

if TYPE_CHECKING:
    from gui.workspace import Workspace

ANNOUNCE_SECONDS = 1 / 30
MOST_EARLIER = 3


class TrainingState(Enum):
    """What training is doing."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"


class Training(QObject):
    """Pulls the training generator in slices of a few milliseconds from a timer in the GUI thread.

    While it runs, the document keeps the old weights and ``live_value`` gives the new; at the end, the weights come
    home as one entry of the history. An edit that touches values, wires or nodes ends the training first.
    """

    advanced = Signal()
    """Steps were made, or their losses forgotten; at most about thirty times a second while it runs."""
    state_changed = Signal()
    """Started, paused, resumed or ended; or the problem, or the way back, has changed."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._state = TrainingState.IDLE
        self._run: TrainingRun | None = None
        self.earlier: list[tuple[Sequence[float], int]] = []
        """The losses of the batches of the trainings before the one that shows, and how many make an epoch."""
        self._problem: Sentence | None = None
        self.way_back = WayBack(workspace)
        self.giving_way = GivingWay(self, workspace)
        self._announced = 0.0
        self.clock = TrainingClock(self)
        self.clock.timeout.connect(self._make_steps)
        workspace.document_replaced.connect(self._forget)

    # --- what views read ------------------------------------------------------------------------------------------

    @property
    def state(self) -> TrainingState:
        """Whether it is idle, running or paused."""
        return self._state

    @property
    def active(self) -> bool:
        """Whether it is running or paused: the weights that show are not yet the document's."""
        return self._state is not TrainingState.IDLE

    @property
    def epoch(self) -> int:
        """The epoch of the last step, from 1; 0 before the first."""
        return self._run.last.epoch if self._run and self._run.last else 0

    @property
    def epochs(self) -> int:
        """How many epochs the run that shows has, or had; 0 where there is none."""
        return self._run.settings.epochs if self._run else 0

    @property
    def steps_per_epoch(self) -> int:
        """How many batches make an epoch of the run that shows; 0 before its first step."""
        return self._run.steps_per_epoch if self._run else 0

    @property
    def progress(self) -> float:
        """How much of the run is done, from 0 to 1."""
        return self._run.progress if self._run else 0.0

    @property
    def history(self) -> TrainingHistory | None:
        """The losses of the run that shows; None where nothing has been trained."""
        return self._run.history if self._run else None

    @property
    def problem(self) -> Sentence | None:
        """Why training could not start, or had to end, or what is wrong with the weights that it left."""
        return self._problem or (None if self.active else self.way_back.sentence)

    @property
    def taken_back(self) -> bool:
        """Whether the run that shows has ended, and what it learnt is not in the document any more."""
        return not self.active and self._run is not None and self._run.is_taken_back(self._workspace.document.nodes)

    def live_value(self, node: str) -> Any:
        """The value of a parameter while it is being trained; None when it is not."""
        return self._run.value(node) if self.active and self._run else None

    # --- what the person does -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Train the document with its own settings; go on where it was paused. Where it cannot, say why."""
        if self._state is TrainingState.PAUSED:
            self.resume()
        elif self._state is TrainingState.IDLE:
            try:
                run = TrainingRun(self._workspace.document.record())
            except MiniFlowError as error:
                self._fail(error.sentence)
                return
            if self._run and self._run.last:
                self.earlier = [*self.earlier, self._run.curve][-MOST_EARLIER:]
            self._run = run
            self._problem = None
            self.giving_way.forget()
            self._enter(TrainingState.RUNNING)
            self._workspace.stepping.leave_behind(True)

    def pause(self) -> None:
        """Stand still, ready to go on."""
        if self._state is TrainingState.RUNNING:
            self._enter(TrainingState.PAUSED)
            self.advanced.emit()

    def resume(self) -> None:
        """Go on after a pause."""
        if self._state is TrainingState.PAUSED:
            self._enter(TrainingState.RUNNING)

    def stop(self) -> bool:
        """End the training here; what was learnt comes home as one undoable edit. Tell whether anything was."""
        if not self.active or self._run is None:
            return False
        was_open = self.way_back.is_open
        edits = self._come_home(self._run.values)
        self.way_back.ended(edits, self._run.history.batch_losses, was_open)
        self.state_changed.emit()
        return bool(edits)

    def hear(self, edits: Sequence[Edit]) -> None:
        """Learn of edits that were made: a parameter may have another name, a problem be mended, weights be gone."""
        for edit in edits:
            if isinstance(edit, Rename):
                self.way_back.rename(edit.old, edit.new)
                if self._run:
                    self._run.rename(edit.old, edit.new)
        if not self.active and (self._run or self._problem) and not all(isinstance(edit, HARMLESS) for edit in edits):
            self._problem = None
            self.state_changed.emit()

    # --- what happens ---------------------------------------------------------------------------------------------

    def _make_steps(self) -> None:
        """Train for one slice; the interface has its turn before the next."""
        assert self._run is not None
        try:
            self.clock.advance(self._run)
        except StopIteration:
            self.stop()
        except DivergenceError as error:
            last_finite = {str(node.name): value for node, value in error.last_finite.items()}
            was_open = self.way_back.is_open
            edits = self._come_home(last_finite)
            self._fail(self.way_back.diverged(error, edits, self._run.history.batch_losses, was_open))
        except MiniFlowError as error:
            self.stop()
            self._fail(error.sentence)
        else:
            self._announce()

    def _announce(self) -> None:
        now = time.perf_counter()
        if now - self._announced >= ANNOUNCE_SECONDS:
            self._announced = now
            self.advanced.emit()

    def _come_home(self, values: Mapping[str, Any]) -> Sequence[SetValue]:
        """Be idle again, with these values in the document; return the edits that brought them."""
        self._enter(TrainingState.IDLE)
        try:
            edits = homecoming(values, self._workspace.document.nodes)
        except MiniFlowError as error:
            edits = []
            self._fail(error.sentence)
        if self._run:
            self._run.close()
            self._run.learnt = edits
        self._workspace.do(self.tr("Train"), *edits)
        self._workspace.stepping.leave_behind(False)
        self.advanced.emit()
        return edits

    def _fail(self, sentence: Sentence) -> None:
        self._problem = sentence
        self._workspace.tell(sentence)
        self.state_changed.emit()

    def _enter(self, state: TrainingState) -> None:
        self._state = state
        if state is TrainingState.RUNNING:
            self.clock.start()
        else:
            self.clock.stop()
        self.state_changed.emit()

    def _forget(self) -> None:
        self._run, self._problem, self.earlier = None, None, []
        self.way_back.forget()
        self.giving_way.forget()
        self.state_changed.emit()
        self.advanced.emit()

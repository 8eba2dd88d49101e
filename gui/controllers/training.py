"""Training as the person sees it: started, paused, stopped; the weights come home as one undoable edit."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gui.controllers.training_clock import TrainingClock
from gui.controllers.training_run import TrainingRun, fitted, homecoming
from miniflow.errors import DivergenceError, MiniFlowError, Sentence
from miniflow.graph.edits import AddNote, ChangeNote, Edit, Move, RemoveNote, Rename, SetTitle, SetTraining, SetValue
from miniflow.training.history import TrainingHistory

if TYPE_CHECKING:
    from gui.workspace import Workspace

ANNOUNCE_SECONDS = 1 / 30
HARMLESS = (Move, SetTitle, SetTraining, Rename, AddNote, RemoveNote, ChangeNote)
"""Edits that a running training need not end for."""


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
        self._problem: Sentence | None = None
        self._way_back: tuple[SetValue, ...] = ()
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
        """Why training could not start, or had to end."""
        return self._problem

    @property
    def taken_back(self) -> bool:
        """Whether the run that shows has ended, and what it learnt is not in the document any more."""
        return not self.active and self._run is not None and self._run.is_taken_back(self._workspace.document.nodes)

    @property
    def can_go_back(self) -> bool:
        """Whether training diverged and its weights are still there, so that ``go_back`` can bring back the old."""
        nodes = self._workspace.document.nodes
        untouched = (edit.node in nodes and nodes[edit.node].value == edit.old for edit in self._way_back)
        return bool(self._way_back) and all(untouched)

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
                self._run = TrainingRun(self._workspace.document.record())
            except MiniFlowError as error:
                self._fail(error.sentence)
                return
            self._problem, self._way_back = None, ()
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
        return bool(self._come_home(self._run.values)) if self.active and self._run else False

    def go_back(self) -> None:
        """Bring back the weights from before a training that diverged."""
        if self.can_go_back and self._workspace.history.undo_text == self.tr("Train"):
            self._workspace.undo()
        elif self.can_go_back:
            self._workspace.do(self.tr("Bring the weights back"), *self._way_back)

    def make_way(self, edits: Sequence[Edit]) -> Sequence[Edit]:
        """End a training that ``edits`` would disturb, and return them fitted to the weights that came home.

        The workspace asks before it changes the document, so that what was learnt is an entry of its own before them.
        """
        if not self.active or all(isinstance(edit, HARMLESS) for edit in edits):
            return edits
        nodes = self._workspace.document.nodes
        before = {id: node.value for id, node in nodes.items() if self._run and id in self._run.values}
        self.stop()
        learnt = {id: (old, nodes[id].value) for id, old in before.items()}
        return fitted(edits, learnt)

    def hear(self, edits: Sequence[Edit]) -> None:
        """Learn of edits that were made: a parameter may have another name, a problem be mended, weights be gone."""
        for edit in edits:
            if self._run and isinstance(edit, Rename):
                self._run.rename(edit.old, edit.new)
        if not self.active and (self._run or self._problem) and not all(isinstance(edit, HARMLESS) for edit in edits):
            self._problem, self._way_back = None, ()
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
            self._way_back = tuple(edit.inverse() for edit in self._come_home(last_finite))
            self._fail(error.sentence)
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
        self._run, self._problem, self._way_back = None, None, ()
        self.state_changed.emit()
        self.advanced.emit()

"""Keeping: unsaved work is written away by itself, so that a crash or a power cut takes no more than some seconds."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from gui.controllers.kept_work import KeptWork
from gui.controllers.training_run import with_values
from miniflow.errors import MiniFlowError, Sentence
from miniflow.graph.records import GraphRecord

if TYPE_CHECKING:
    from gui.workspace import Workspace

MILLISECONDS_AFTER_AN_EDIT = 3_000
MILLISECONDS_IN_TRAINING = 30_000
MILLISECONDS_BEFORE_ANOTHER_TRY = 30_000
SHARE_OF_TIME = 1 / 20
"""A document that takes long to write is written more seldom: that takes no larger a share of the time."""


class _Snapshot(NamedTuple):
    """What is to be kept, frozen: another thread writes it."""

    record: GraphRecord
    learnt: dict[str, Any]
    name: str
    path: Path | None


class Keeping(QObject):
    """Watches one workspace, and keeps its document while that differs from its file.

    It does nothing until it is told where; the writing is done in a thread, for a disk may take its time.
    """

    _written = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._work: KeptWork | None = None
        self._kept: object = None
        self._writer: threading.Thread | None = None
        self._pause = 0
        self._has_complained = False
        self._clock = QTimer(self)
        self._clock.setObjectName("keeping.clock")
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._keep)
        self._written.connect(self._learn)

    def begin(self, place: Path) -> None:
        """Keep unsaved work in a folder of its own in ``place`` from now on."""
        self._work = KeptWork(place)
        workspace = self._workspace
        workspace.history_changed.connect(self._note)
        workspace.files.changed.connect(self._note)
        workspace.training.state_changed.connect(self._note)
        workspace.training.advanced.connect(self._note)
        self._note()

    def adopt(self, work: KeptWork) -> None:
        """Go on with what another process has left, and what the workspace shows now: nothing has to be written."""
        if self._work is not None:
            self._forget()
            self._work = work
            self._kept = self._mark()

    def keep_now(self) -> bool:
        """Write the work away before going on; tell whether there was any. Raises MiniFlowError where it cannot be."""
        if self._work is None or not self._workspace.files.modified:
            return False
        self._wait()
        self._write(self._work, self._snapshot())
        return True

    def end(self) -> None:
        """Stop, and keep nothing: the person has closed the document."""
        self._forget()
        self._work = None

    # --- what happens ---------------------------------------------------------------------------------------------

    def _note(self) -> None:
        """Something may have changed: see to it after a while, or forget what was kept where nothing is unsaved."""
        if self._work is None:
            return
        if not self._workspace.files.modified:
            self._forget()
            return
        is_training = self._workspace.training.active
        wait = max(self._pause, MILLISECONDS_IN_TRAINING if is_training else MILLISECONDS_AFTER_AN_EDIT)
        if not self._clock.isActive() or self._clock.remainingTime() > wait:
            self._clock.start(wait)

    def _forget(self) -> None:
        self._clock.stop()
        self._wait()
        self._kept = None
        if self._work is not None:
            self._work.clear()

    def _wait(self) -> None:
        if self._writer is not None:
            self._writer.join()
            self._writer = None

    def _keep(self) -> None:
        """Have the work written away, unless it is as it was when that was last done."""
        work, mark = self._work, self._mark()
        if work is None or mark == self._kept or not self._workspace.files.modified:
            return
        self._wait()
        self._kept = mark
        snapshot = self._snapshot()
        self._writer = threading.Thread(target=self._write_and_tell, args=(work, snapshot), name="keeping")
        self._writer.start()

    def _mark(self) -> object:
        """Return what is another whenever the work has changed."""
        workspace = self._workspace
        history = workspace.training.history if workspace.training.active else None
        steps = len(history.batch_losses) if history is not None else None
        return workspace.document, workspace.document.revision, steps, workspace.files.path

    def _snapshot(self) -> _Snapshot:
        workspace = self._workspace
        record = workspace.document.record()
        live = {id: workspace.training.live_value(id) for id, node in record.nodes.items() if node.trainable}
        learnt = {id: value for id, value in live.items() if value is not None}
        return _Snapshot(record, learnt, workspace.files.display_name, workspace.files.path)

    @staticmethod
    def _write(work: KeptWork, snapshot: _Snapshot) -> None:
        work.write(with_values(snapshot.record, snapshot.learnt), snapshot.name, snapshot.path)

    def _write_and_tell(self, work: KeptWork, snapshot: _Snapshot) -> None:
        """Write, in a thread of its own, and have the window learn how that went."""
        begun = time.perf_counter()
        fault = None
        try:
            self._write(work, snapshot)
        except MiniFlowError as error:
            fault = error.sentence
        self._written.emit((fault, time.perf_counter() - begun))

    def _learn(self, outcome: tuple[Sentence | None, float]) -> None:
        """Say once that work cannot be kept; a fault of the disk is no reason to disturb it again and again."""
        fault, seconds = outcome
        self._pause = round(1000 * seconds / SHARE_OF_TIME)
        if fault is not None and not self._has_complained:
            sentence = "No copy of your unsaved work can be kept, so save it often. {reason}"
            self._workspace.tell(Sentence(sentence, {"reason": fault}))
        self._has_complained = fault is not None
        if fault is not None:
            self._kept = None
            self._clock.start(MILLISECONDS_BEFORE_ANOTHER_TRY)

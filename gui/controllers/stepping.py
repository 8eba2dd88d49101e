"""Where the person is in the run: one timeline over Kahn's algorithm and every batch that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.controllers.given_up_names import GivenUpNames
from gui.controllers.put_aside import PutAside, computes_alike
from gui.controllers.walking import Walking
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import (
    AddNote,
    ChangeNote,
    Edit,
    Move,
    RemoveNote,
    Rename,
    SetTitle,
    SetTrainable,
    SetTraining,
)
from miniflow.graph.records import GraphRecord
from miniflow.overriding import override

if TYPE_CHECKING:
    from miniflow.engine.backward import WayBack
    from miniflow.engine.trace import Moment, Trace

HARMLESS = (Move, Rename, SetTitle, AddNote, RemoveNote, ChangeNote)
"""Edits after which every computed number is still true."""

ABOUT_TRAINING = (SetTrainable, SetTraining)
"""Edits after which every number before the first update is still true, unless other rows are drawn."""


class Stepping(Walking):
    """The run and the position in it. An edit makes the run stale; asking to step again records it anew."""

    moved = Signal()
    """The position, the run or its staleness has changed."""

    def __init__(self, document: GraphDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._is_empty = not document.nodes
        self._trace: Trace | None = None
        self._position = 0
        self._last: tuple[Trace | None, int, Moment | None] = None, 0, None
        """The moment that was asked for last, and what it is of: every card asks for it."""
        self._stale = False
        self._is_torn = False
        """Whether a node of the run is gone. Such a run tells nothing, and waits for undo to bring the node back."""
        self._is_left_behind = False
        self._runs, self._names, self._aside = 0, GivenUpNames(), PutAside()
        self.variant: Callable[[Trace], Trace] = lambda trace: trace
        """What is shown in place of the document's own run."""
        self.way_back: WayBack | None = None
        """What goes back in place of the library, with a mistake to be found."""

    # --- what views read ------------------------------------------------------------------------------------------

    @property
    def moment(self) -> Moment | None:
        """The run as it stands; None where there is none. Check ``stale`` before showing its numbers as true."""
        if self._trace is None or self._is_torn:
            return None
        if self._last[0] is not self._trace or self._last[1] != self._position:
            self._last = self._trace, self._position, self._trace.at(self._position)
        return self._last[2]

    @property
    def trace(self) -> Trace | None:
        """The whole run, seen from the batch of the position; None before anything was run, or once a node is gone."""
        return None if self._trace is None or self._is_torn else self._trace.at(self._position).trace

    @property
    def runs(self) -> int:
        """How many runs were recorded: a new one has nothing to do with the one before."""
        return self._runs

    @property
    @override
    def position(self) -> int:
        """How many steps have been made."""
        return 0 if self._is_torn else self._position

    @property
    def stale(self) -> bool:
        """Whether the document has changed since the run was recorded, or its weights are being trained away from."""
        return (self._stale and not self._is_torn) or (self._is_left_behind and self.position > 0)

    @property
    def is_left_behind(self) -> bool:
        """Whether the weights are being trained, so that even a new run is of those from before."""
        return self._is_left_behind

    @property
    def at_end(self) -> bool:
        """Whether there is nothing to step forward to."""
        return self._is_empty or (self._trace is not None and not self._stale and self._position >= len(self._trace))

    @property
    def is_empty(self) -> bool:
        """Whether the document has no node that could be stepped through."""
        return self._is_empty

    @property
    def can_go_to_next_batch(self) -> bool:
        """Whether there is another batch behind the one that shows, or there can be."""
        trace = self.trace
        return trace is not None and not self._stale and (trace.batch + 1 < len(trace.batches) or trace.can_go_on)

    # --- what the person does -------------------------------------------------------------------------------------

    @override
    def prepare(self) -> Trace:
        """Record the run if there is none, or only a stale one, and return it; the position stays if the order does."""
        if self._trace is None or self._stale:
            from miniflow.training.recording import record_trace

            order, batches = (self._trace.order, len(self._trace.batches)) if self._trace else ((), 1)
            if self._trace is not None and self._is_torn:
                self._aside = PutAside((self._trace, self._position, self._names))
            self._trace = self.variant(record_trace(self._document.record(), (), self.way_back, batches))
            if self._is_torn or self._trace.order != order:
                self._position = 0
            self._stale = self._is_torn = False
            self._runs, self._names = self._runs + 1, GivenUpNames()
        return self._trace.at(self._position).trace

    def next_batch(self) -> None:
        """Go to the first step of the next batch; at the end of the run, have the run go on by one."""
        from miniflow.training.recording import with_next_batch

        self.pause()
        trace = self.prepare()
        batch = trace.batch_at(self._position)
        if batch + 1 == len(trace.batches):
            trace = self._trace = with_next_batch(trace)
        if batch + 1 < len(trace.batches):
            self._show(trace.batches[batch].end + 1)

    @override
    def go_by(self, steps: int) -> None:
        """Go so many steps forward, or back where negative."""
        self.pause()
        self.prepare()
        self._show(self._position + steps)

    @override
    def go_to(self, position: int) -> None:
        """Go to a position, as the slider does."""
        self.pause()
        self.prepare()
        self._show(position)

    def let_go_next(self, node: str) -> bool:
        """Let a ready node be the next that Kahn's algorithm takes, and take it; False where it is not ready."""
        from miniflow.training.recording import record_trace

        self.pause()
        moment = self.prepare().at(self._position)
        if node not in moment.ready:
            return False
        if node != moment.ready[0]:
            self._trace = self.variant(record_trace(moment.trace.record, (*moment.ordered, node), self.way_back))
            self._runs += 1
        self._show(self._position + 1)
        return True

    def run_again(self) -> None:
        """Record the run anew, though the document is the same: something else about it has changed."""
        self.pause()
        self._stale, self._aside = True, PutAside()
        self._show(self._position)

    def play(self) -> None:
        """Step by itself from here; from the start where it is at the end."""
        if self.at_end:
            self._show(0)
        self.prepare()
        self.start_clock()

    # --- what happens ---------------------------------------------------------------------------------------------

    def hear(self, edits: Sequence[Edit]) -> None:
        """Learn of a batch of edits: the run is stale unless they leave every number true."""
        was_empty, self._is_empty = self._is_empty, not self._document.nodes
        if (back := self._aside.after(edits, self._document)) is not None:
            (self._trace, self._position, self._names), self._stale, self._runs = back, False, self._runs + 1
        if self._trace is None:
            if self._is_empty != was_empty:
                self.moved.emit()
            return
        for edit in edits:
            if back is None and isinstance(edit, Rename):
                self._trace = self._names.renamed(self._trace, edit)
        if any(not isinstance(edit, HARMLESS) for edit in edits):
            self.pause()
            self._is_torn = not self._trace.record.nodes.keys() <= self._document.nodes.keys()
            was_stale, self._stale = self._stale, not computes_alike(self._trace, self._document.record())
            if self._stale and self._position == 0:
                self._forget()
            elif self._stale and not was_stale and all(isinstance(edit, HARMLESS + ABOUT_TRAINING) for edit in edits):
                new = _with_another_update(self._trace, self._document.record(), self._position)
                self._trace, self._stale = new or self._trace, new is None
        self.moved.emit()

    def leave_behind(self, is_training: bool) -> None:
        """Learn that the weights are being trained from now on, or no longer."""
        self.pause()
        self._is_left_behind = is_training
        self.moved.emit()

    def watch(self, document: GraphDocument) -> None:
        """Turn to another document, of which nothing has been run."""
        self.pause()
        self._document, self._is_empty, self._aside = document, not document.nodes, PutAside()
        self._forget()
        self.moved.emit()

    def _forget(self) -> None:
        self._trace, self._position, self._stale, self._is_torn = None, 0, False, False

    def _show(self, position: int) -> None:
        self._position = max(0, min(int(position), len(self.prepare())))
        self._aside = PutAside() if self._position else self._aside
        self.moved.emit()

    @override
    def tick(self) -> None:
        self.prepare()
        self._show(self._position + 1)
        if self.at_end:
            self.pause()


def _with_another_update(old: Trace, record: GraphRecord, position: int) -> Trace | None:
    """Return the run of ``record``, where it is up to ``position`` what the old one was: only its updates differ."""
    from miniflow.training.recording import record_trace

    new = record_trace(record, old.choices, old.way_back, len(old.batches))
    until_the_update = max(positions[-1] for phase, positions in old.spans.items() if phase.value != "update")
    return new if position <= until_the_update and new.batches[0].rows == old.batches[0].rows else None

"""Where the person is in the run: one timeline over Kahn's algorithm, the forward and the backward pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

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

if TYPE_CHECKING:
    from miniflow.engine.backward import WayBack
    from miniflow.engine.trace import Moment, Phase, Trace

HARMLESS = (Move, Rename, SetTitle, SetTrainable, SetTraining, AddNote, RemoveNote, ChangeNote)
"""Edits after which every computed number is still true."""

SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Steps a second."""


class Stepping(QObject):
    """The run and the position in it. An edit makes the run stale; asking to step again records it anew."""

    moved = Signal()
    """The position, the run or its staleness has changed."""
    played = Signal(bool)
    speed_changed = Signal(float)

    def __init__(self, document: GraphDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._trace: Trace | None = None
        self._position = 0
        self._stale = False
        self.variant: Callable[[GraphRecord], GraphRecord] = lambda record: record
        """What is run in place of the document."""
        self.way_back: WayBack | None = None
        """What goes back in place of the library, with a mistake to be found."""
        self._speed = 1.0
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._play_one)

    # --- what views read ------------------------------------------------------------------------------------------

    @property
    def moment(self) -> Moment | None:
        """The run as it stands; None before anything was run. Check ``stale`` before showing its numbers as true."""
        return self._trace.at(self._position) if self._trace else None

    @property
    def trace(self) -> Trace | None:
        """The whole run, or None before anything was run."""
        return self._trace

    @property
    def position(self) -> int:
        """How many steps have been made."""
        return self._position

    @property
    def stale(self) -> bool:
        """Whether the document has changed since the run was recorded."""
        return self._stale

    @property
    def at_start(self) -> bool:
        """Whether there is nothing to step back to."""
        return self._position == 0

    @property
    def at_end(self) -> bool:
        """Whether there is nothing to step forward to."""
        return self._trace is not None and not self._stale and self._position >= len(self._trace)

    @property
    def playing(self) -> bool:
        """Whether it steps by itself."""
        return self._clock.isActive()

    @property
    def speed(self) -> float:
        """Steps a second while it plays."""
        return self._speed

    # --- what the person does -------------------------------------------------------------------------------------

    def prepare(self) -> Trace:
        """Record the run if there is none, or only a stale one, and return it; the position stays if the order does."""
        if self._trace is None or self._stale:
            from miniflow.engine.trace import record_trace

            old_order = self._trace.order if self._trace else ()
            self._trace = record_trace(self.variant(self._document.record()), way_back=self.way_back)
            self._stale = False
            if self._trace.order != old_order:
                self._position = 0
        return self._trace

    def first(self) -> None:
        """Go back to before the first step."""
        self.go_to(0)

    def back(self) -> None:
        """Go one step back."""
        self.go_by(-1)

    def step(self) -> None:
        """Go one step forward."""
        self.go_by(1)

    def last(self) -> None:
        """Go to the end of the run."""
        self.pause()
        self._show(len(self.prepare()))

    def next_phase(self) -> None:
        """Go to the end of this phase, or, from there, to the end of the next."""
        ends = [span[-1] for span in self.prepare().spans.values()]
        self.go_to(next((end for end in ends if end > self._position), self._position))

    def previous_phase(self) -> None:
        """Go back to the end of the phase before, or to the start."""
        ends = [span[-1] for span in self.prepare().spans.values()]
        self.go_to(max((end for end in ends if end < self._position), default=0))

    def go_by(self, steps: int) -> None:
        """Go so many steps forward, or back where negative."""
        self.pause()
        self.prepare()
        self._show(self._position + steps)

    def go_to(self, position: int) -> None:
        """Go to a position, as the slider does."""
        self.pause()
        self.prepare()
        self._show(position)

    def let_go_next(self, node: str) -> bool:
        """Let a ready node be the next that Kahn's algorithm takes, and take it; False where it is not ready."""
        from miniflow.engine.trace import record_trace

        self.pause()
        moment = self.prepare().at(self._position)
        if node not in moment.ready:
            return False
        if node != moment.ready[0]:
            self._trace = record_trace(moment.trace.record, (*moment.ordered, node), self.way_back)
        self._show(self._position + 1)
        return True

    def run_again(self) -> None:
        """Record the run anew, though the document is the same: something else about it has changed."""
        self.pause()
        self._stale = True
        self._show(self._position)

    def go_to_step(self, phase: Phase, node: str) -> bool:
        """Go to just after the step of ``node`` in ``phase``; False where the run has no such step."""
        position = self.prepare().positions.get((phase, node))
        if position is not None:
            self.go_to(position)
        return position is not None

    def play(self) -> None:
        """Step by itself from here; from the start where it is at the end."""
        if self.at_end:
            self._show(0)
        self.prepare()
        self._clock.start(round(1000 / self._speed))
        self.played.emit(True)

    def pause(self) -> None:
        """Stop stepping by itself."""
        if self._clock.isActive():
            self._clock.stop()
            self.played.emit(False)

    def set_speed(self, speed: float) -> None:
        """Play at so many steps a second."""
        self._speed = float(speed)
        if self._clock.isActive():
            self._clock.start(round(1000 / self._speed))
        self.speed_changed.emit(self._speed)

    # --- what happens ---------------------------------------------------------------------------------------------

    def hear(self, edits: Sequence[Edit]) -> None:
        """Learn of a batch of edits: the run is stale unless they leave every number true."""
        if self._trace is None:
            return
        for edit in edits:
            if isinstance(edit, Rename):
                self._trace = self._trace.renamed(edit.old, edit.new)
        if any(not isinstance(edit, HARMLESS) for edit in edits):
            self.pause()
            self._stale = not _compute_alike(self._trace.record, self._document.record())
            if self._stale and self._position == 0:
                self._forget()
        self.moved.emit()

    def watch(self, document: GraphDocument) -> None:
        """Turn to another document, of which nothing has been run."""
        self.pause()
        self._document = document
        self._forget()
        self.moved.emit()

    def _forget(self) -> None:
        self._trace, self._position, self._stale = None, 0, False

    def _show(self, position: int) -> None:
        self._position = max(0, min(int(position), len(self.prepare())))
        self.moved.emit()

    def _play_one(self) -> None:
        self.prepare()
        self._show(self._position + 1)
        if self.at_end:
            self.pause()


def _compute_alike(one: GraphRecord, other: GraphRecord) -> bool:
    """Tell whether two graphs give the same run: all is equal but the places on the canvas and what is trained."""
    if one.output != other.output or list(one.nodes) != list(other.nodes):
        return False
    return all(
        (a.type, a.inputs) == (b.type, b.inputs) and (a.value is b.value or a.value == b.value)
        for a, b in zip(one.nodes.values(), other.nodes.values(), strict=True)
    )

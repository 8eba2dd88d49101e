"""Walking: the ways to go through a run from where one is: by one step, by a phase, to the start, and to a node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.controllers.playing import Playing

if TYPE_CHECKING:
    from miniflow.engine.trace import Phase, Trace


class Walking(Playing):
    """Goes to another position of a run; whoever has the run says how to get there."""

    @property
    def at_start(self) -> bool:
        """Whether there is nothing to step back to."""
        return self.position == 0

    def first(self) -> None:
        """Go back to before the first step."""
        self.go_to(0)

    def last(self) -> None:
        """Go to the end of the run."""
        self.go_to(len(self.prepare()))

    def back(self) -> None:
        """Go one step back."""
        self.go_by(-1)

    def step(self) -> None:
        """Go one step forward."""
        self.go_by(1)

    def next_phase(self) -> None:
        """Go to the end of this phase, or, from there, to the end of the next."""
        ends = [stretch.positions[-1] for stretch in self.prepare().stretches]
        self.go_to(next((end for end in ends if end > self.position), self.position))

    def previous_phase(self) -> None:
        """Go back to the end of the phase before, or to the start."""
        ends = [stretch.positions[-1] for stretch in self.prepare().stretches]
        self.go_to(max((end for end in ends if end < self.position), default=0))

    def go_to_step(self, phase: Phase, node: str) -> bool:
        """Go to just after the step of ``node`` in ``phase``; False where the run has no such step."""
        position = self.prepare().positions.get((phase, node))
        if position is not None:
            self.go_to(position)
        return position is not None

    @property
    def position(self) -> int:
        """How many steps have been made."""
        raise NotImplementedError

    def prepare(self) -> Trace:
        """Return the run, recorded where there is none."""
        raise NotImplementedError

    def go_by(self, steps: int) -> None:
        """Go so many steps forward, or back where negative."""
        raise NotImplementedError

    def go_to(self, position: int) -> None:
        """Go to a position."""
        raise NotImplementedError

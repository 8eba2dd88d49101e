"""Bookmarks: steps that the person wants to come back to, as long as the document is on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal

from miniflow.graph.edits import Edit, Rename

if TYPE_CHECKING:
    from gui.controllers.stepping import Stepping
    from miniflow.engine.trace import Phase

_Mark: TypeAlias = "tuple[Phase, int, str]"


class Bookmarks(QObject):
    """Marks steps by phase, batch and node, so that they are found again in a run that was recorded anew."""

    changed = Signal()

    def __init__(self, stepping: Stepping, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stepping = stepping
        self._marks: dict[_Mark, None] = {}

    @property
    def positions(self) -> tuple[int, ...]:
        """Where the marked steps are in the run, in order; those that it has not are left out."""
        trace = self._stepping.trace
        if trace is None:
            return ()
        there = (mark for mark in self._marks if mark[1] < len(trace.batches))
        places = (trace.seen_from(batch).positions.get((phase, node)) for phase, batch, node in there)
        return tuple(sorted(place for place in places if place is not None))

    @property
    def is_here(self) -> bool:
        """Whether the step just made is marked."""
        return self._here in self._marks

    @property
    def next(self) -> int | None:
        """The position of the next bookmark, if there is one."""
        return next((place for place in self.positions if place > self._stepping.position), None)

    @property
    def previous(self) -> int | None:
        """The position of the bookmark before, if there is one."""
        return next((place for place in reversed(self.positions) if place < self._stepping.position), None)

    def toggle(self) -> None:
        """Mark the step just made, or take its mark away."""
        here = self._here
        if here is None:
            return
        if here in self._marks:
            del self._marks[here]
        else:
            self._marks[here] = None
        self.changed.emit()

    def go_to_next(self) -> None:
        """Go to the next bookmark."""
        if self.next is not None:
            self._stepping.go_to(self.next)

    def go_to_previous(self) -> None:
        """Go to the bookmark before."""
        if self.previous is not None:
            self._stepping.go_to(self.previous)

    def hear(self, edits: Sequence[Edit]) -> None:
        """Follow nodes that were renamed."""
        for edit in edits:
            if isinstance(edit, Rename):
                names = {edit.old: edit.new}
                self._marks = {(phase, batch, names.get(node, node)): None for phase, batch, node in self._marks}

    def forget(self) -> None:
        """Have no bookmarks: another document is on the screen."""
        self._marks = {}
        self.changed.emit()

    @property
    def _here(self) -> _Mark | None:
        moment = self._stepping.moment
        if moment is None or moment.step is None:
            return None
        in_kahn = moment.step.phase.value == "kahn"
        return moment.step.phase, 0 if in_kahn else moment.trace.batch, moment.step.node

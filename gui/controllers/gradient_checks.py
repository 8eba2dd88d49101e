"""Gradients against slopes that are measured, in slices of a few milliseconds, so that the window stays alive."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from miniflow.errors import MiniFlowError, Sentence

if TYPE_CHECKING:
    from gui.controllers.stepping import Stepping
    from miniflow.engine.gradcheck import NodeCheck
    from miniflow.engine.trace import Trace

SLICE_SECONDS = 0.012
ANNOUNCE_SECONDS = 0.15
QUICK = 400
"""A node is checked unasked where it takes no more evaluations of nodes than this."""


class GradientChecks(QObject):
    """What was measured of the run on the screen. An edit ends the measuring, and what was found is forgotten."""

    changed = Signal()
    """A check began, has come further, or is over; or what was found holds no more."""
    all_begun = Signal()
    """The person wants all gradients checked; it has begun, and may be over."""

    def __init__(self, stepping: Stepping, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stepping = stepping
        self._trace: Trace | None = None
        self._found: dict[str, NodeCheck] = {}
        self._slices: Iterator[tuple[str, NodeCheck] | None] = iter(())
        self._only: str | None = None
        self._has_all = False
        self._done = self._total = 0
        self._problem: Sentence | None = None
        self._announced = 0.0
        self._clock = QTimer(self)
        self._clock.setInterval(0)
        self._clock.timeout.connect(self._measure_some)
        stepping.moved.connect(self._follow)

    # --- what views read ------------------------------------------------------------------------------------------

    @property
    def found(self) -> Mapping[str, NodeCheck]:
        """The checks that are complete, by node."""
        return self._found

    @property
    def first_wrong(self) -> str | None:
        """The first node on the way back whose gradient is wrong, among those that were checked."""
        on_the_way_back = reversed(self._trace.order) if self._trace else ()
        return next((node for node in on_the_way_back if node in self._found and self._found[node].failed), None)

    def finds_wrong(self, node: str) -> bool:
        """Tell whether a node was checked and its gradient is wrong."""
        return node in self._found and self._found[node].failed

    @property
    def wrong(self) -> frozenset[str]:
        """Every node that was checked and whose gradient is wrong."""
        return frozenset(filter(self.finds_wrong, self._found))

    @property
    def is_running(self) -> bool:
        """Whether it is measuring."""
        return self._clock.isActive()

    @property
    def progress(self) -> tuple[int, int]:
        """How many numbers were measured, and of how many."""
        return self._done, self._total

    @property
    def has_all(self) -> bool:
        """Whether every gradient of the run was checked."""
        return self._has_all

    @property
    def problem(self) -> Sentence | None:
        """Why it could not measure."""
        return self._problem

    # --- what the person does -------------------------------------------------------------------------------------

    def check(self, node: str | None = None) -> None:
        """Check one node, or, where none is named, all, from the output back."""
        if self._stepping.trace is None or self._stepping.stale:
            self._stepping.go_to(self._stepping.position)
        self._begin(node)
        self._clock.start()
        self._measure_some()
        if node is None:
            self.all_begun.emit()

    def check_if_quick(self, node: str) -> None:
        """Check a node at once where that takes no time, unless it was checked, or something is being measured."""
        from miniflow.explain.checking import numbers_in

        trace = self._stepping.trace
        if trace is None or self.is_running or node in self._found or self._problem is not None:
            return
        if 2 * numbers_in(trace, node) * len(trace.record.nodes) <= QUICK:
            self._begin(node)
            while self._measure_one():
                pass
            self._end()

    def stop(self) -> None:
        """Measure no further; what is complete stays."""
        if self.is_running:
            self._clock.stop()
            self._slices = iter(())
            self.changed.emit()

    # --- what happens ---------------------------------------------------------------------------------------------

    def _begin(self, node: str | None) -> None:
        from miniflow.explain.checking import checks_of_run, numbers_in

        self._trace = trace = self._stepping.prepare()
        self._only, self._problem = node, None
        self._done, self._total = 0, numbers_in(trace, node)
        self._slices = checks_of_run(trace, node)

    def _measure_some(self) -> None:
        end = time.monotonic() + SLICE_SECONDS
        is_over = False
        while not is_over and time.monotonic() < end:
            is_over = not self._measure_one()
        if is_over:
            self._end()
        elif time.monotonic() - self._announced > ANNOUNCE_SECONDS:
            self._announced = time.monotonic()
            self.changed.emit()

    def _end(self) -> None:
        self._clock.stop()
        self._has_all = self._has_all or (self._only is None and self._problem is None)
        self.changed.emit()

    def _measure_one(self) -> bool:
        """Measure one number; return False where there is none left."""
        try:
            found = next(self._slices)
        except StopIteration:
            return False
        except MiniFlowError as error:
            self._problem = error.sentence
            return False
        if found is None:
            self._done += 1
        else:
            self._found[found[0]] = found[1]
        return True

    def _follow(self) -> None:
        if self._stepping.trace is self._trace and not self._stepping.stale:
            return
        self._clock.stop()
        self._trace, self._found, self._problem, self._has_all = None, {}, None, False
        self._slices = iter(())
        self.changed.emit()

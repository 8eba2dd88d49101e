"""A run recorded as data: Kahn's algorithm, the forward pass and the backward pass as one list of frozen steps.

The run is computed once; every view shows the moment after step k of it. Stepping back is showing k - 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TypeAlias

import numpy as np

from miniflow.engine.passes import backward_pass
from miniflow.errors import MiniFlowError, Sentence
from miniflow.graph.build import BuiltGraph, build
from miniflow.graph.records import GraphRecord
from miniflow.graph.rules import blocking_problem, kahn_order
from miniflow.node import Node
from miniflow.values import Value


class Phase(Enum):
    """The parts of a run, in order."""

    KAHN = "kahn"
    FORWARD = "forward"
    BACKWARD = "backward"


@dataclass(frozen=True, slots=True)
class OrderStep:
    """Kahn: ``node`` leaves the ready queue and gets its ``place`` in the order, from 1."""

    node: str
    place: int
    lowered: tuple[tuple[str, int], ...]
    became_ready: tuple[str, ...]
    phase: Phase = Phase.KAHN


@dataclass(frozen=True, slots=True)
class ForwardStep:
    """Forward: ``node`` gets its value."""

    node: str
    value: Value
    phase: Phase = Phase.FORWARD


@dataclass(frozen=True, slots=True)
class Term:
    """What one consumer passes back to a node; ``consumer`` is None for the 1 that the output starts from."""

    consumer: str | None
    share: Value


@dataclass(frozen=True, slots=True)
class BackwardStep:
    """Backward: ``node`` gets its gradient, the sum of its terms. ``reaches_output``: the output depends on it."""

    node: str
    gradient: Value
    terms: tuple[Term, ...]
    reaches_output: bool
    phase: Phase = Phase.BACKWARD


Step: TypeAlias = OrderStep | ForwardStep | BackwardStep


@dataclass(frozen=True)
class Trace:
    """A whole run. ``stopped`` says why it could not go on to the end, where it could not."""

    record: GraphRecord
    steps: tuple[Step, ...]
    output: str | None
    stopped: Sentence | None

    def __len__(self) -> int:
        return len(self.steps)

    def at(self, position: int) -> Moment:
        """The run as it stands after ``position`` steps, 0 to ``len(trace)``."""
        return Moment(self, max(0, min(position, len(self.steps))))

    @cached_property
    def spans(self) -> dict[Phase, range]:
        """For each phase that has steps, the positions just after its steps."""
        found: dict[Phase, range] = {}
        for phase in Phase:
            indexes = [index for index, step in enumerate(self.steps) if step.phase is phase]
            if indexes:
                found[phase] = range(indexes[0] + 1, indexes[-1] + 2)
        return found

    @cached_property
    def positions(self) -> dict[tuple[Phase, str], int]:
        """The position just after the step of a node in a phase."""
        return {(step.phase, step.node): index for index, step in enumerate(self.steps, start=1)}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The Kahn order, as far as it goes."""
        return tuple(step.node for step in self.steps if isinstance(step, OrderStep))

    @cached_property
    def _lowerings(self) -> dict[str, tuple[list[int], list[int]]]:
        found: dict[str, tuple[list[int], list[int]]] = {}
        for position, step in enumerate(self.steps, start=1):
            if isinstance(step, OrderStep):
                for consumer, count in step.lowered:
                    positions, counts = found.setdefault(consumer, ([], []))
                    positions.append(position)
                    counts.append(count)
        return found

    @cached_property
    def waiting_for_at_start(self) -> dict[str, int]:
        """For every node, how many different nodes feed it."""
        return {id: len(set(node.inputs) - {None}) for id, node in self.record.nodes.items()}

    def unmet(self, node: str, position: int) -> int:
        """How many inputs ``node`` still waits for in Kahn's algorithm after ``position`` steps."""
        positions, counts = self._lowerings.get(node, ([], []))
        index = bisect_right(positions, position)
        return counts[index - 1] if index else self.waiting_for_at_start[node]


@dataclass(frozen=True)
class Moment:
    """The run as it stands after ``position`` steps: what every view shows."""

    trace: Trace
    position: int

    @property
    def step(self) -> Step | None:
        """The step just made; None at the start."""
        return self.trace.steps[self.position - 1] if self.position else None

    @property
    def next_step(self) -> Step | None:
        """The step to come; None at the end."""
        return self.trace.steps[self.position] if self.position < len(self.trace) else None

    @property
    def phase(self) -> Phase | None:
        """The phase of the step just made."""
        return self.step.phase if self.step else None

    def _made(self, phase: Phase, node: str) -> Step | None:
        position = self.trace.positions.get((phase, node))
        return self.trace.steps[position - 1] if position is not None and position <= self.position else None

    def value(self, node: str) -> Value | None:
        """The value of ``node`` as computed by now, or None."""
        step = self._made(Phase.FORWARD, node)
        return step.value if isinstance(step, ForwardStep) else None

    def gradient(self, node: str) -> Value | None:
        """d(output)/d(node) as computed by now, or None."""
        step = self._made(Phase.BACKWARD, node)
        return step.gradient if isinstance(step, BackwardStep) else None

    def place(self, node: str) -> int | None:
        """The number of ``node`` in the Kahn order, if it has one by now."""
        step = self._made(Phase.KAHN, node)
        return step.place if isinstance(step, OrderStep) else None

    def unmet(self, node: str) -> int:
        """How many inputs ``node`` still waits for in Kahn's algorithm."""
        return self.trace.unmet(node, self.position)

    @property
    def ordered(self) -> tuple[str, ...]:
        """The order so far."""
        return self.trace.order[: self.position]

    @property
    def ready(self) -> tuple[str, ...]:
        """The ready queue: what waits for nothing and has not been taken yet, first in, first out."""
        arrived = [node for node, count in self.trace.waiting_for_at_start.items() if count == 0]
        for step in self.trace.steps[: self.position]:
            if isinstance(step, OrderStep):
                arrived.extend(step.became_ready)
        return tuple(arrived[len(self.ordered) :])


def record_trace(record: GraphRecord) -> Trace:
    """Run ``record`` as far as it goes, and return the run as data."""
    ordering = [
        OrderStep(step.node, place, step.lowered, step.became_ready)
        for place, step in enumerate(kahn_order(record), start=1)
    ]
    graph = build(record)
    problem = blocking_problem(record)
    stopped = problem.sentence if problem else None
    with np.errstate(all="ignore"):
        forward, error = _forward_steps(graph.order)
        stopped = stopped or error
        backward = [] if stopped else _backward_steps(graph)
    output = str(graph.output.name) if graph.output else None
    return Trace(record, (*ordering, *forward, *backward), output, stopped)


def _forward_steps(order: Sequence[Node]) -> tuple[list[ForwardStep], Sentence | None]:
    steps: list[ForwardStep] = []
    for node in order:
        try:
            node.forward()
        except MiniFlowError as error:
            return steps, error.sentence
        steps.append(ForwardStep(str(node.name), node.value))
    return steps, None


def _backward_steps(graph: BuiltGraph) -> list[BackwardStep]:
    if graph.output is None:
        return []
    backward_pass(graph.order, graph.output)
    return [_backward_step(node, graph) for node in reversed(graph.order)]


def _backward_step(node: Node, graph: BuiltGraph) -> BackwardStep:
    inside = set(graph.order)
    terms = [Term(None, node.gradients[node])] if node is graph.output else []
    terms += [Term(str(c.name), c.gradients[node]) for c in node.outbound_nodes if c in inside]
    reaches = node is graph.output or any(np.any(term.share) for term in terms)
    return BackwardStep(str(node.name), node.gradients[node], tuple(terms), bool(reaches))

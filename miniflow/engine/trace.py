"""A run recorded as data: Kahn's algorithm, the forward pass and the backward pass as one list of frozen steps.

The run is computed once; every view shows the moment after step k of it. Stepping back is showing k - 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from miniflow.engine.backward import WayBack
from miniflow.engine.choosing import count_orders, ordering
from miniflow.engine.passes import ancestors, backward_pass
from miniflow.engine.steps import BackwardStep, ForwardStep, OrderStep, Phase, Step, Term
from miniflow.engine.steps import renamed as renamed_step
from miniflow.errors import MiniFlowError, Sentence
from miniflow.graph.build import BuiltGraph, build
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import Rename
from miniflow.graph.naming import fresh_id
from miniflow.graph.records import GraphRecord
from miniflow.graph.rules import blocking_problem
from miniflow.node import Node
from miniflow.values import Value

__all__ = [
    "BackwardStep",
    "ForwardStep",
    "Moment",
    "OrderStep",
    "Phase",
    "Step",
    "Term",
    "Trace",
    "record_trace",
]


@dataclass(frozen=True)
class Trace:
    """A whole run. ``stopped`` says why it could not go on to the end, where it could not."""

    record: GraphRecord
    steps: tuple[Step, ...]
    output: str | None
    stopped: Sentence | None
    choices: tuple[str, ...] = ()
    """The nodes that the person let go first in Kahn's algorithm."""
    way_back: WayBack | None = None
    """What computed the gradients, where that was not the library: in the bug lab, a program with a mistake."""

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
    def left_over(self) -> tuple[str, ...]:
        """The nodes that get no place in the order, since they wait for each other in a circle, or for such ones."""
        placed = set(self.order)
        return tuple(node for node in self.record.nodes if node not in placed)

    @cached_property
    def possible_orders(self) -> int | None:
        """How many orders Kahn's algorithm could give, exactly; None where they are too many to count."""
        return count_orders(self.record)

    @cached_property
    def not_computed(self) -> tuple[str, ...]:
        """The nodes that get no value, for whatever reason."""
        return tuple(node for node in self.record.nodes if (Phase.FORWARD, node) not in self.positions)

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
    def _queue(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Everything that ever joins the ready queue, in order, and how much of it has joined after each Kahn step."""
        joined = [node for node, count in self.waiting_for_at_start.items() if count == 0]
        lengths = [len(joined)]
        for step in self.steps:
            if isinstance(step, OrderStep):
                joined.extend(step.became_ready)
                lengths.append(len(joined))
        return tuple(joined), tuple(lengths)

    @cached_property
    def waiting_for_at_start(self) -> dict[str, int]:
        """For every node, how many different nodes feed it."""
        return {id: len(set(node.inputs) - {None}) for id, node in self.record.nodes.items()}

    def unmet(self, node: str, position: int) -> int:
        """How many inputs ``node`` still waits for in Kahn's algorithm after ``position`` steps."""
        positions, counts = self._lowerings.get(node, ([], []))
        index = bisect_right(positions, position)
        return counts[index - 1] if index else self.waiting_for_at_start[node]

    def ready(self, position: int) -> tuple[str, ...]:
        """The ready queue after ``position`` steps, first in, first out."""
        joined, lengths = self._queue
        taken = min(position, len(self.order))
        if self.choices:
            gone = set(self.order[:taken])
            return tuple(node for node in joined[: lengths[taken]] if node not in gone)
        return joined[taken : lengths[taken]]

    def step_of(self, phase: Phase, node: str) -> Step | None:
        """The step of ``node`` in ``phase``, or None where the run has none."""
        position = self.positions.get((phase, node))
        return None if position is None else self.steps[position - 1]

    def renamed(self, old: str, new: str) -> Trace:
        """The same run with a node called otherwise: no number changes, and nothing is computed again.

        A node that came after the run was recorded is not in it; a node that has gone since gives its name up.
        """
        if old not in self.record.nodes:
            return self
        if new in self.record.nodes:
            gone = fresh_id(self.record.nodes, f"{new[:180]} (removed)")
            return self.renamed(new, gone).renamed(old, new)
        document = GraphDocument(self.record)
        document.apply(Rename(old, new))
        steps = tuple(renamed_step(step, old, new) for step in self.steps)
        output = new if self.output == old else self.output
        stopped = self.stopped
        if stopped:
            fields = {key: new if field == old else field for key, field in stopped.fields.items()}
            stopped = replace(stopped, fields=fields)
        choices = tuple(new if node == old else node for node in self.choices)
        return Trace(document.record(), steps, output, stopped, choices, self.way_back)


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

    def has_made(self, phase: Phase, node: str) -> bool:
        """Whether the step of ``node`` in ``phase`` has been made by now."""
        return self._made(phase, node) is not None

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
        return self.trace.ready(self.position)

    def arrived(self, node: str) -> tuple[Term, ...]:
        """The terms of the gradient of ``node`` that its consumers have passed back by now."""
        step = self.trace.step_of(Phase.BACKWARD, node)
        if not isinstance(step, BackwardStep):
            return ()
        if self.has_made(Phase.BACKWARD, node):
            return step.terms
        return tuple(term for term in step.terms if term.consumer and self.has_made(Phase.BACKWARD, term.consumer))


def record_trace(record: GraphRecord, choices: Sequence[str] = (), way_back: WayBack | None = None) -> Trace:
    """Run ``record`` as far as it goes, and return the run as data.

    Args:
        choices: the nodes that go first in Kahn's algorithm, in this order, as long as each is ready.
        way_back: what computes the gradients, where it is not to be the library itself.
    """
    ordered = ordering(record, choices)
    graph = build(record)
    if choices:
        computable = {str(node.name) for node in graph.order}
        graph = replace(graph, order=[graph.nodes[step.node] for step in ordered if step.node in computable])
    problem = blocking_problem(record)
    stopped = problem.sentence if problem else None
    backward: list[BackwardStep] = []
    with np.errstate(all="ignore"):
        forward, error = _forward_steps(graph.order)
        stopped = stopped or error
        if not stopped:
            backward, stopped = _backward_steps(graph, way_back)
    output = str(graph.output.name) if graph.output else None
    return Trace(record, (*ordered, *forward, *backward), output, stopped, tuple(choices), way_back)


def _forward_steps(order: Sequence[Node]) -> tuple[list[ForwardStep], Sentence | None]:
    steps: list[ForwardStep] = []
    for node in order:
        try:
            node.forward()
        except MiniFlowError as error:
            return steps, error.sentence
        steps.append(ForwardStep(str(node.name), node.value))
    return steps, None


def _backward_steps(graph: BuiltGraph, way_back: WayBack | None) -> tuple[list[BackwardStep], Sentence | None]:
    if graph.output is None:
        return [], None
    try:
        if way_back is None:
            backward_pass(graph.order, graph.output)
        else:
            way_back(graph.record, graph.order, graph.output)
    except MiniFlowError as error:
        return [], error.sentence
    inside, reaching = set(graph.order), ancestors([graph.output])
    return [
        BackwardStep(str(node.name), node.gradients[node], _terms(node, graph.output, inside), node in reaching)
        for node in reversed(graph.order)
    ], None


def _terms(node: Node, output: Node, inside: set[Node]) -> tuple[Term, ...]:
    seed = [Term(None, np.ones_like(node.value)[()])] if node is output else []
    shape = np.shape(node.value)
    consumers = (consumer for consumer in node.outbound_nodes if consumer in inside)
    return (*seed, *(Term(str(c.name), np.reshape(c.gradients[node], shape)[()]) for c in consumers))

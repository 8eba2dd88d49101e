"""A run recorded step by step: Kahn's algorithm once, then forward, backward and update, batch after batch.

What stepping shows is what training does: the rows of each batch are those that ``train()`` draws with the same seed,
and after so many batches the weights are the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from miniflow.engine.backward import WayBack
from miniflow.engine.choosing import ordering
from miniflow.engine.passes import ancestors, backward_pass
from miniflow.engine.steps import BackwardStep, ForwardStep, Step, Term, UpdateStep
from miniflow.engine.trace import Batch, Moment, Trace, Trial
from miniflow.errors import MiniFlowError, Sentence
from miniflow.graph.build import build
from miniflow.graph.records import DatasetPart, GraphRecord, TrainingRecord
from miniflow.graph.rules import blocking_problem, output_of, training_problem
from miniflow.graph.survey import Survey
from miniflow.node import Node
from miniflow.training.batches import rows_of_batch
from miniflow.training.sgd import sgd_update
from miniflow.values import Value


def record_trace(
    record: GraphRecord, choices: Sequence[str] = (), way_back: WayBack | None = None, batches: int = 1
) -> Trace:
    """Run ``record`` as far as it goes, and return the run as data.

    Args:
        choices: the nodes that go first in Kahn's algorithm, in this order, as long as each is ready.
        way_back: what computes the gradients, where it is not to be the library itself.
        batches: how many batches the run has, as long as each leaves something for the next.
    """
    ordered = ordering(record, choices)
    course = _Course(record, [step.node for step in ordered], way_back)
    trace = _extended(Trace(record, tuple(ordered), course.output, None, (), tuple(choices), way_back), course)
    return _continued(trace, course, batches)


def learners_of(record: GraphRecord) -> tuple[str, ...]:
    """Return the nodes that an update moves: none where the graph cannot be trained, or nothing in it is to learn."""
    output = output_of(record)
    if output is None or not any(node.trainable for node in record.nodes.values()) or training_problem(record):
        return ()
    needed = Survey(record).ancestors(output)
    learning = (id for id, node in record.nodes.items() if node.trainable and id in needed)
    return tuple(id for id in learning if not isinstance(record.nodes[id].value, DatasetPart))


def with_trial(trace: Trace, trial: Trial) -> Trace:
    """Return the run as it is where some Inputs hold other values in one batch; the batches after it follow.

    A run that never comes to that batch is returned as it is.
    """
    course = _Course(trace.record, trace.order, trace.way_back)
    trace = _continued(trace, course, trial.batch + 1)
    if trial.batch >= len(trace.batches):
        return trace
    before = trace.batches[: trial.batch]
    steps = trace.steps[: before[-1].end if before else len(trace.order)]
    start = replace(trace, steps=steps, stopped=None, batches=before, batch=0, trial=trial, _views={})
    return _continued(_extended(start, course), course, len(trace.batches))


def with_next_batch(trace: Trace) -> Trace:
    """Return the run with one more batch at its end, which goes on with the updated weights."""
    return _extended(trace, _Course(trace.record, trace.order, trace.way_back)) if trace.can_go_on else trace


def _continued(trace: Trace, course: _Course, batches: int) -> Trace:
    while len(trace.batches) < batches and trace.can_go_on:
        trace = _extended(trace, course)
    return trace


def _extended(trace: Trace, course: _Course) -> Trace:
    number = len(trace.batches)
    tried = trace.trial.values if trace.trial and trace.trial.batch == number else {}
    steps, stopped, rows = course.run(number, trace.at(len(trace)) if number else None, tried)
    batches = (*trace.batches, Batch(len(trace) + len(steps), rows))
    return replace(trace, steps=(*trace.steps, *steps), stopped=stopped, batches=batches, _views={})


class _Course:
    """A document built to be run batch after batch."""

    def __init__(self, record: GraphRecord, order: Sequence[str], way_back: WayBack | None) -> None:
        self._record, self._way_back = record, way_back
        graph, problem = build(record), blocking_problem(record)
        self._problem = problem.sentence if problem else None
        self._settings = record.training or TrainingRecord()
        self._output = graph.output
        self._reaching = ancestors([graph.output]) if graph.output else set()
        learners = learners_of(record)
        self._trainables = [node for node in graph.trainables if str(node.name) in learners]
        self._data = graph.batches_from if self._trainables else {}
        computable = Survey(record, self._settings.batch_size if self._trainables else None).computable
        self._order = [graph.nodes[id] for id in order if id in computable]
        self._inputs = [node for node in self._order if not node.inbound_nodes]

    @property
    def output(self) -> str | None:
        """The node that is differentiated, where it can be computed."""
        return str(self._output.name) if self._output else None

    def run(
        self, number: int, before: Moment | None, tried: Mapping[str, Value]
    ) -> tuple[list[Step], Sentence | None, tuple[int, ...] | None]:
        """Run one batch that goes on from the end of the one before; return its steps, what stopped it, its rows.

        Some Inputs may hold what is ``tried``. Where the document has a problem, what can be computed is computed all
        the same.
        """
        if before is not None:
            self._go_on(before)
        rows = self._feed(number, tried)
        with np.errstate(all="ignore"):
            forward, error = self._forward()
            stopped = self._problem or error
            if stopped or self._output is None:
                return [*forward], stopped, rows
            backward, stopped = self._backward(self._output)
            if stopped or not self._trainables:
                return [*forward, *backward], stopped, rows
            updates, stopped = self._update(float(np.sum(self._output.value)))
        return [*forward, *backward, *updates], stopped, rows

    def _go_on(self, before: Moment) -> None:
        """Let the nodes have what the batch before has left: the Inputs their values, all their gradients."""
        for node in self._order:
            value, gradient = before.value(str(node.name)), before.gradient(str(node.name))
            if not node.inbound_nodes and value is not None:
                node.value = value
            if gradient is not None:
                node.gradients = {node: gradient}

    def _feed(self, number: int, tried: Mapping[str, Value]) -> tuple[int, ...] | None:
        rows = self._feed_data(number) if self._data else None
        for node in self._inputs:
            if str(node.name) in tried:
                node.value = tried[str(node.name)]
        return rows

    def _feed_data(self, number: int) -> tuple[int, ...]:
        examples = np.shape(next(iter(self._data.values())))[0]
        rows = rows_of_batch(number, examples, self._settings.batch_size, self._settings.seed)
        for node, data in self._data.items():
            node.value = np.ascontiguousarray(data)[rows]
        return tuple(int(row) for row in rows)

    def _forward(self) -> tuple[list[ForwardStep], Sentence | None]:
        steps: list[ForwardStep] = []
        for node in self._order:
            try:
                node.forward()
            except MiniFlowError as error:
                return steps, error.sentence
            steps.append(ForwardStep(str(node.name), node.value))
        return steps, None

    def _backward(self, output: Node) -> tuple[list[BackwardStep], Sentence | None]:
        try:
            if self._way_back is None:
                backward_pass(self._order, output)
            else:
                self._way_back(self._record, self._order, output)
        except MiniFlowError as error:
            return [], error.sentence
        inside = set(self._order)
        return [
            BackwardStep(str(node.name), node.gradients[node], _terms(node, output, inside), node in self._reaching)
            for node in reversed(self._order)
        ], None

    def _update(self, loss: float) -> tuple[list[UpdateStep], Sentence | None]:
        if not math.isfinite(loss):
            return [], Sentence(
                "The loss is {loss}, so there is no way down from here, and nothing is updated. Try a smaller learning "
                "rate.",
                {"loss": loss},
            )
        before = [(node, node.value, node.gradients[node]) for node in self._trainables]
        rate = self._settings.learning_rate
        sgd_update(self._trainables, rate)
        return [UpdateStep(str(node.name), old, gradient, rate, node.value) for node, old, gradient in before], None


def _terms(node: Node, output: Node, inside: set[Node]) -> tuple[Term, ...]:
    seed = [Term(None, np.ones_like(node.value)[()])] if node is output else []
    shape = np.shape(node.value)
    consumers = (consumer for consumer in node.outbound_nodes if consumer in inside)
    return (*seed, *(Term(str(c.name), np.reshape(c.gradients[node], shape)[()]) for c in consumers))

"""One step of training on one batch: by a plan where the graph allows it, else by the teaching passes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from contextvars import Context, copy_context
from typing import Any, NoReturn

import numpy as np

from miniflow.engine.backward import backward_pass
from miniflow.engine.finite import first_non_finite, what_is_not_finite
from miniflow.engine.forward import compute_values
from miniflow.engine.plan import Plan
from miniflow.errors import DivergenceError, MiniFlowError
from miniflow.node import Node
from miniflow.overriding import override
from miniflow.training.batches import Rows
from miniflow.training.sgd import sgd_update
from miniflow.values import Value

FEW_STEPS = 10
"""Making a plan takes as long as so many steps without one."""


def make_stepper(
    graph: Sequence[Node],
    output: Node,
    trainables: Sequence[Node],
    data: Mapping[Node, Any],
    batch_size: int,
    steps: int,
) -> Stepper:
    """Return what trains this graph for so many steps; a first batch of the data sets is in the nodes already."""
    for node, examples in data.items():
        node.value = examples[:batch_size]
    if steps < FEW_STEPS:
        return Stepper(graph, output, trainables, data)
    try:
        return PlannedStepper(graph, output, trainables, data)
    except MiniFlowError:
        raise
    except Exception:  # whatever cannot be put into a plan, the teaching passes can do, or say what is wrong
        return Stepper(graph, output, trainables, data)


class Stepper:
    """Steps by the teaching passes: every node by its own ``forward`` and ``backward``."""

    def __init__(
        self, graph: Sequence[Node], output: Node, trainables: Sequence[Node], data: Mapping[Node, Any]
    ) -> None:
        self._graph, self._output, self._trainables, self._data = graph, output, list(trainables), data
        self._quietly = _without_warnings()
        self._epoch, self._batches = 0, np.zeros((0, 0), dtype=np.intp)
        self._at_start: dict[Node, Value] = {}

    def begin_epoch(self, epoch: int, batches: Rows) -> None:
        """Remember where the epoch starts, in case it does not end well."""
        self._epoch, self._batches = epoch, batches
        self._at_start = {node: np.array(node.value)[()] for node in self._trainables}

    def step(self, batch: Any, learning_rate: float) -> float:
        """Run both passes on the rows of one batch, update if the loss is finite, and return it."""
        return self._quietly.run(self._step, batch, learning_rate)

    def release(self) -> None:
        """Leave every number with its node."""

    def diverged(self, step: int, learning_rate: float) -> NoReturn:
        """Say where the numbers stopped being finite. The epoch is gone through again, to before it happened."""
        here = {node: node.value for node in self._trainables}
        last_finite = self._quietly.run(self._last_finite, step, learning_rate)
        for node, value in here.items():
            node.value = value
        culprit = self._quietly.run(self._first_culprit, step)
        holds = what_is_not_finite(culprit.value) or "numbers whose sum is inf"
        raise DivergenceError(culprit, self._epoch, step, last_finite, holds)

    def _first_culprit(self, step: int) -> Node:
        for node, examples in self._data.items():
            node.value = examples[self._batches[step - 1]]
        compute_values(self._graph)
        return first_non_finite(self._graph) or self._output

    def _last_finite(self, step: int, learning_rate: float) -> dict[Node, Value]:
        finite = self._at_start
        for node, value in finite.items():
            node.value = value
        for batch in self._batches[: step - 1]:
            self._step(batch, learning_rate)
            values = {node: node.value for node in self._trainables}
            if not all(np.isfinite(value).all() for value in values.values()):
                break
            finite = values
        return finite

    def _step(self, batch: Any, learning_rate: float) -> float:
        for node, examples in self._data.items():
            node.value = examples[batch]
        compute_values(self._graph)
        backward_pass(self._graph, self._output)
        loss = float(np.sum(self._output.value))
        if math.isfinite(loss):
            sgd_update(self._trainables, learning_rate)
        return loss


class PlannedStepper(Stepper):
    """Steps by a plan: the same numbers, without allocating any array."""

    def __init__(
        self, graph: Sequence[Node], output: Node, trainables: Sequence[Node], data: Mapping[Node, Any]
    ) -> None:
        super().__init__(graph, output, trainables, data)
        self._make_plan()

    def _make_plan(self) -> None:
        self._plan = Plan(self._graph, self._output, self._trainables)
        self._gather = [(examples.take, self._plan.array_of(node)) for node, examples in self._data.items()]
        loss = self._plan.value_array(self._output)
        self._read_loss: Callable[[], Any] = loss.item if loss.size == 1 else loss.sum

    @override
    def release(self) -> None:
        self._plan.release()

    @override
    def _step(self, batch: Any, learning_rate: float) -> float:
        if self._plan.is_released:  # somebody ran the graph between two steps
            for node, examples in self._data.items():
                node.value = examples[batch]
            self._make_plan()
        for take, array in self._gather:
            take(batch, 0, array, "clip")
        self._plan.run()
        loss = float(self._read_loss())
        if math.isfinite(loss):
            self._plan.update(self._trainables, learning_rate)
        return loss


def _without_warnings() -> Context:
    """Return a context in which NumPy computes inf and nan without a warning: divergence is looked for, and told."""
    context = copy_context()
    settings: Callable[..., Any] = np.seterr
    context.run(settings, all="ignore")
    return context

"""The training loop: draw a batch, forward, backward, update; again and again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from miniflow.engine.backward import not_in_the_graph
from miniflow.engine.forward import as_sorted
from miniflow.errors import GraphError, ValueTypeError, a
from miniflow.node import Node
from miniflow.training.arguments import listed_nodes, step_downhill, whole_number
from miniflow.training.batches import draw_epoch, row_count
from miniflow.training.stepper import make_stepper
from miniflow.values import as_value


class TrainingStep(NamedTuple):
    """What one step of training did; immutable."""

    epoch: int
    """From 1."""
    step: int
    """Within the epoch, from 1."""
    steps_per_epoch: int
    loss: float
    """The output's value for this batch, before the update; the sum of its elements where it has several."""


def train(
    graph: Iterable[Node],
    output: Node,
    trainables: Sequence[Node],
    batches_from: Mapping[Node, Any],
    *,
    learning_rate: float = 0.01,
    epochs: int = 10,
    batch_size: int = 11,
    seed: int = 0,
) -> Iterator[TrainingStep]:
    """Train by stochastic gradient descent; yields after each step, and does nothing until the next is asked for.

    Rows are drawn with replacement; without data sets every batch is the values as they stand, one an epoch. At each
    yield, and after the end, nodes hold what the last step left.

    Args:
        graph, output, trainables: the sorted nodes; of them the cost, to be made small; and those that learn.
        batches_from: the Inputs that receive batches, each with its whole data set, one example a row.
        learning_rate, seed: how far a step goes against the gradient; the same seed gives the same losses.
        epochs, batch_size: how often as many examples as there are are drawn, and how many of them make one step.

    Raises GraphError or ValueTypeError at once where arguments do not fit, DivergenceError at a loss of inf or nan.

    >>> from miniflow import MSE, Input, Linear, topological_sort, train
    >>> X, W, b, y = Input(), Input(), Input(), Input()
    >>> cost = MSE(y, Linear(X, W, b))
    >>> data = {X: [[0.0], [1.0], [2.0], [3.0]], y: [1.0, 3.0, 5.0, 7.0]}
    >>> graph = topological_sort({**data, W: [[0.0]], b: 0.0})
    >>> for step in train(graph, cost, [W, b], data, learning_rate=0.1, epochs=200, batch_size=2):
    ...     pass
    >>> print(W.value.round(3), b.value.round(3))
    [[2.]] 1.0
    """
    _check_members(graph := as_sorted(graph), output, trainables, batches_from)
    learning_rate = step_downhill(learning_rate)
    epochs, seed = whole_number("number of epochs", epochs, 1), whole_number("seed", seed, 0)
    batch_size = whole_number("batch size", batch_size, 1)
    rows = row_count(batches_from, batch_size)
    return _steps(graph, output, trainables, batches_from, rows, learning_rate, epochs, batch_size, seed)


def _steps(
    graph: Sequence[Node],
    output: Node,
    trainables: Sequence[Node],
    batches_from: Mapping[Node, Any],
    rows: int,
    learning_rate: float,
    epochs: int,
    batch_size: int,
    seed: int,
) -> Iterator[TrainingStep]:
    data = {node: np.ascontiguousarray(as_value(given, node._label)) for node, given in batches_from.items()}
    rng = np.random.default_rng(seed)
    steps = epochs * (rows // batch_size if data else 1)
    stepper = make_stepper(graph, output, trainables, data, batch_size, steps)
    try:
        for epoch in range(1, epochs + 1):
            batches = draw_epoch(rng, rows, batch_size) if data else np.zeros((1, 0), dtype=np.intp)
            stepper.begin_epoch(epoch, batches)
            count = len(batches)
            for step in range(1, count + 1):
                loss = stepper.step(batches[step - 1], learning_rate)
                if not math.isfinite(loss):
                    stepper.diverged(step, learning_rate)
                yield TrainingStep(epoch, step, count, loss)
    finally:
        stepper.release()


def _check_members(
    graph: Sequence[Node], output: Node, trainables: Sequence[Node], batches_from: Mapping[Node, Any]
) -> None:
    if not isinstance(batches_from, Mapping):
        raise ValueTypeError(
            "The data sets are a dict, from each Input that receives batches to all its rows, not {came}.",
            came=a(batches_from),
        )
    members = set(graph)
    for node in (output, *listed_nodes(trainables, "The trainables"), *batches_from):
        if not isinstance(node, Node):
            raise ValueTypeError("A node of the graph belongs where {came} is: name the node.", came=a(node))
        if node not in members:
            raise not_in_the_graph(node)
    for node in batches_from:
        if node.inbound_nodes:
            raise GraphError(
                "{node} computes its value, so it can receive no batches: name an Input.", node=node._label
            )
    for number, node in enumerate(trainables):
        if node.inbound_nodes:
            raise GraphError(
                "{node} computes its value, so it cannot be trained: name Inputs, such as a weight.", node=node._label
            )
        if node in trainables[:number]:
            raise GraphError("{node} is twice among the trainables: name it once.", node=node._label)
        if node in batches_from:
            raise GraphError("{node} receives batches of data, so it cannot be trained as well.", node=node._label)
    if not trainables:
        raise GraphError("There is nothing to train: name at least one trainable Input, such as a weight.")

"""The training loop: draw a batch, forward, backward, update; again and again."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from miniflow.errors import GraphError
from miniflow.node import Node
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
    graph: Sequence[Node],
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
        graph, output, trainables: the sorted nodes; of them the cost, to be made small; and those that are to learn.
        batches_from: the Inputs that receive batches, each with its whole data set, one example a row.
        learning_rate: how far a step goes against the gradient.
        epochs, batch_size: how often as many examples as there are are drawn, and how many of them make one step.
        seed: where the drawing of rows starts; the same seed gives the same losses.

    Raises GraphError at once where the arguments do not fit, DivergenceError where the loss becomes inf or nan.

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
    _check_members(graph, output, trainables, batches_from)
    _check_settings(learning_rate, epochs, batch_size)
    rows = row_count(batches_from, batch_size)
    data = {node: np.ascontiguousarray(as_value(given, node._label)) for node, given in batches_from.items()}
    return _steps(graph, output, trainables, data, rows, learning_rate, epochs, batch_size, seed)


def _steps(
    graph: Sequence[Node],
    output: Node,
    trainables: Sequence[Node],
    data: dict[Node, Any],
    rows: int,
    learning_rate: float,
    epochs: int,
    batch_size: int,
    seed: int,
) -> Iterator[TrainingStep]:
    rng = np.random.default_rng(seed)
    stepper = make_stepper(graph, output, trainables, data, batch_size)
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
    members = set(graph)
    for node in (output, *trainables, *batches_from):
        if node not in members:
            raise GraphError("{node} is not in the graph that was sorted: feed what it needs.", node=node._label)
    for node in trainables:
        if node in batches_from:
            raise GraphError("{node} receives batches of data, so it cannot be trained as well.", node=node._label)


def _check_settings(learning_rate: float, epochs: int, batch_size: int) -> None:
    if not (math.isfinite(learning_rate) and learning_rate >= 0):
        raise GraphError("The learning rate is {came}: give a number from 0 up.", came=learning_rate)
    for name, count in (("number of epochs", epochs), ("batch size", batch_size)):
        if count < 1:
            raise GraphError("The {name} is {came}: give a whole number from 1 up.", name=name, came=count)

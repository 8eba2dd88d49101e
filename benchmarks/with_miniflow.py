"""The project itself: ``train()``, and the lesson's exact calls."""

from __future__ import annotations

from typing import Any

import numpy as np
from networks import Matrix, Network

from miniflow import MSE, Input, Linear, Sigmoid, forward_and_backward, sgd_update, topological_sort, train
from miniflow.node import Node


class Calls:
    """``forward_and_backward(graph)`` and ``sgd_update(trainables)``, every gradient kept, the loss read."""

    label = "MiniFlow, the lesson's calls"

    def __init__(self, network: Network) -> None:
        self.network = network
        self.X, self.y = Input(), Input()
        node: Node = self.X
        feed: dict[Node, Any] = {self.X: network.X[: network.batch], self.y: network.y[: network.batch]}
        weights, biases = [], []
        for place, (weight, bias) in enumerate(zip(network.weights, network.biases, strict=True)):
            W, b = Input(), Input()
            feed |= {W: weight, b: bias}
            weights.append(W)
            biases.append(b)
            node = Linear(node, W, b)
            if place < len(network.weights) - 1:
                node = Sigmoid(node)
        self.cost = MSE(self.y, node)
        self.graph = topological_sort(feed)
        self.trainables = [*weights, *biases]

    def parameters(self) -> list[Matrix]:
        return [node.value for node in self.trainables]

    def step(self, rows: Any) -> float:
        self.X.value, self.y.value = self.network.X[rows], self.network.y[rows]
        forward_and_backward(self.graph)
        sgd_update(self.trainables, self.network.rate)
        return float(self.cost.value)


class Train(Calls):
    """``train()``, which draws its own rows."""

    label = "MiniFlow, train()"

    def __init__(self, network: Network) -> None:
        super().__init__(network)
        data = {self.X: network.X, self.y: network.y}
        self._steps = train(
            self.graph,
            self.cost,
            self.trainables,
            data,
            learning_rate=network.rate,
            epochs=10**9,
            batch_size=network.batch,
            seed=0,
        )

    def step(self, rows: Any = None) -> float:
        return next(self._steps).loss


def rows_of_first_epoch(network: Network) -> Any:
    """The rows that ``train`` draws with seed 0, for the others to follow."""
    from miniflow.training.batches import draw_epoch

    return draw_epoch(np.random.default_rng(0), network.rows, network.batch)

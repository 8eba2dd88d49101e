"""The floor: the step of training written for this one kind of network with every trick that NumPy allows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from networks import Matrix, Network


class Floor:
    """A flat list of calls on arrays made beforehand, all parameters side by side in one vector.

    ``x.dot(w, out)``; a row of ones times a matrix for its sum over the rows; 0-d arrays for constants;
    e = exp(min(x, 709)), s = e / (1 + e) and its derivative s / (1 + e); one update for all parameters.
    """

    label = "the NumPy floor"

    def __init__(self, network: Network) -> None:
        self.network = network
        shapes = [each.shape for each in [*network.weights, *network.biases]]
        self.values, self.gradients = (np.zeros(sum(map(np.prod, shapes))) for _ in range(2))
        self.trained, self.d_trained = (_views(vector, shapes) for vector in (self.values, self.gradients))
        for view, start in zip(self.trained, [*network.weights, *network.biases], strict=True):
            view[...] = start
        self.calls: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []
        self.x = np.empty((network.batch, network.sizes[0]))
        self.y = np.empty((network.batch, network.sizes[-1]))
        delta, below = self._forward()
        self._backward(delta, below)

    def _do(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.calls.append((function, arguments))

    def _forward(self) -> tuple[Matrix, list[tuple[Matrix, Matrix, Matrix]]]:
        one, largest = np.array(1.0), np.array(709.0)
        depth, x = len(self.network.weights), self.x
        layers = []
        for place, weight in enumerate(self.trained[:depth]):
            z, e = np.empty((len(x), weight.shape[1])), np.empty((len(x), weight.shape[1]))
            layers.append((x, z, e))
            self._do(x.dot, weight, z)
            self._do(np.add, z, self.trained[depth + place], z)
            if place < depth - 1:
                self._do(partial(np.minimum, out=z), z, largest)
                self._do(np.exp, z, z)
                self._do(np.add, z, one, e)
                self._do(np.divide, z, e, z)
            x = z
        self.difference = np.empty_like(x)
        self._do(np.subtract, x, self.y, self.difference)
        delta = np.empty_like(x)
        self._do(np.multiply, self.difference, np.array(2.0 / x.size), delta)
        return delta, layers

    def _backward(self, delta: Matrix, layers: list[tuple[Matrix, Matrix, Matrix]]) -> None:
        depth, ones = len(layers), np.ones(len(delta))
        for place in range(depth - 1, -1, -1):
            x = layers[place][0]
            self._do(x.T.dot, delta, self.d_trained[place])
            self._do(ones.dot, delta, self.d_trained[depth + place])
            if place:
                _, s, e = layers[place - 1]
                passed = np.empty_like(s)
                self._do(delta.dot, self.trained[place].T, passed)
                self._do(np.divide, s, e, e)
                self._do(np.multiply, passed, e, passed)
                delta = passed
        self._do(np.multiply, self.gradients, np.array(self.network.rate), self.gradients)
        self._do(np.subtract, self.values, self.gradients, self.values)

    def parameters(self) -> list[Matrix]:
        return self.trained

    def step(self, rows: Any) -> float:
        self.network.X.take(rows, 0, self.x, "clip")
        self.network.y.take(rows, 0, self.y, "clip")
        for function, arguments in self.calls:
            function(*arguments)
        difference = self.difference.ravel()
        return float(difference.dot(difference)) / difference.size


def _views(vector: Matrix, shapes: list[tuple[int, ...]]) -> list[Matrix]:
    ends = np.cumsum([np.prod(shape) for shape in shapes])
    return [vector[end - np.prod(shape) : end].reshape(shape) for end, shape in zip(ends, shapes, strict=True)]

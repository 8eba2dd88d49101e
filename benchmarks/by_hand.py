"""Contestants without a library: the lesson's algorithm, plain NumPy, and NumPy with preallocated arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from networks import Matrix, Network


class ByHand:
    """Plain NumPy as one would write it at a first go, without classes for nodes."""

    label = "plain NumPy by hand"

    def __init__(self, network: Network) -> None:
        self.network = network
        self.weights = [weight.copy() for weight in network.weights]
        self.biases = [bias.copy() for bias in network.biases]

    def parameters(self) -> list[Matrix]:
        return [*self.weights, *self.biases]

    def step(self, rows: Any) -> float:
        rate, last = self.network.rate, len(self.weights) - 1
        activations = [self.network.X[rows]]
        for place, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            z = activations[-1] @ weight + bias
            activations.append(z if place == last else 1 / (1 + np.exp(-z)))
        difference = activations[-1] - self.network.y[rows]
        loss = np.mean(difference**2)
        delta = 2 / difference.size * difference
        for place in range(last, -1, -1):
            d_weight, d_bias = activations[place].T @ delta, delta.sum(axis=0)
            if place:
                s = activations[place]
                delta = (delta @ self.weights[place].T) * s * (1 - s)
            self.weights[place] -= rate * d_weight
            self.biases[place] -= rate * d_bias
        return float(loss)


class _Layer:
    """One layer's parameters, gradients and scratch, and the views that the steps need."""

    def __init__(self, weight: Matrix, bias: Matrix, x: Matrix) -> None:
        self.weight, self.bias, self.x = weight.copy(), bias.copy(), x
        self.d_weight, self.d_bias = np.empty_like(weight), np.empty_like(bias)
        self.z, self.delta, self.scratch = (np.empty((len(x), weight.shape[1])) for _ in range(3))
        self.x_transposed, self.weight_transposed = x.T, self.weight.T


class Preallocated:
    """NumPy with every array allocated beforehand and ``out=`` everywhere: the yardstick."""

    label = "NumPy by hand, preallocated, out="

    def __init__(self, network: Network) -> None:
        self.network = network
        self.X = x = np.empty((network.batch, network.sizes[0]))
        self.layers: list[_Layer] = []
        for weight, bias in zip(network.weights, network.biases, strict=True):
            self.layers.append(_Layer(weight, bias, x))
            x = self.layers[-1].z
        self.y = np.empty((network.batch, network.sizes[-1]))
        self.difference, self.squares = np.empty_like(self.y), np.empty_like(self.y)

    def parameters(self) -> list[Matrix]:
        return [*(layer.weight for layer in self.layers), *(layer.bias for layer in self.layers)]

    def step(self, rows: Any) -> float:
        network, layers = self.network, self.layers
        network.X.take(rows, axis=0, out=self.X, mode="clip")
        network.y.take(rows, axis=0, out=self.y, mode="clip")
        last = layers[-1]
        for layer in layers:
            z = layer.z
            np.dot(layer.x, layer.weight, out=z)
            np.add(z, layer.bias, out=z)
            if layer is not last:
                np.negative(z, out=z)
                np.exp(z, out=z)
                np.add(z, 1.0, out=z)
                np.divide(1.0, z, out=z)
        np.subtract(last.z, self.y, out=self.difference)
        np.multiply(self.difference, self.difference, out=self.squares)
        loss = float(self.squares.sum()) / self.squares.size
        np.multiply(self.difference, 2.0 / self.difference.size, out=last.delta)
        self._backward()
        return loss

    def _backward(self) -> None:
        layers, rate = self.layers, self.network.rate
        for place in range(len(layers) - 1, -1, -1):
            layer = layers[place]
            np.dot(layer.x_transposed, layer.delta, out=layer.d_weight)
            layer.delta.sum(axis=0, out=layer.d_bias)
            if place:
                below = layers[place - 1]
                np.dot(layer.delta, layer.weight_transposed, out=below.delta)
                np.subtract(1.0, below.z, out=below.scratch)
                np.multiply(below.scratch, below.z, out=below.scratch)
                np.multiply(below.delta, below.scratch, out=below.delta)
        for layer in layers:
            np.multiply(layer.d_weight, rate, out=layer.d_weight)
            np.subtract(layer.weight, layer.d_weight, out=layer.weight)
            np.multiply(layer.d_bias, rate, out=layer.d_bias)
            np.subtract(layer.bias, layer.d_bias, out=layer.bias)


class _Node:
    """A node as the lesson teaches it: every value and every gradient anew at each pass, zeros first."""

    def __init__(self, inbound: tuple[_Node, ...] = ()) -> None:
        self.inbound, self.outbound = inbound, []
        self.value: Any = None
        self.gradients: dict[_Node, Any] = {}
        for node in inbound:
            node.outbound.append(self)

    outbound: list[_Node]

    def forward(self) -> None: ...

    def backward(self) -> None:
        self.gradients = {self: np.zeros_like(self.value)}
        for consumer in self.outbound:
            self.gradients[self] += consumer.gradients[self]


class _Linear(_Node):
    def forward(self) -> None:
        X, W, b = (node.value for node in self.inbound)
        self.value = np.dot(X, W) + b

    def backward(self) -> None:
        X, W, b = self.inbound
        self.gradients = {node: np.zeros_like(node.value) for node in self.inbound}
        for consumer in self.outbound:
            arriving = consumer.gradients[self]
            self.gradients[X] += np.dot(arriving, W.value.T)
            self.gradients[W] += np.dot(X.value.T, arriving)
            self.gradients[b] += np.sum(arriving, axis=0)


class _Sigmoid(_Node):
    def forward(self) -> None:
        self.value = 1.0 / (1.0 + np.exp(-self.inbound[0].value))

    def backward(self) -> None:
        (x,) = self.inbound
        self.gradients = {x: np.zeros_like(x.value)}
        for consumer in self.outbound:
            self.gradients[x] += self.value * (1 - self.value) * consumer.gradients[self]


class _MSE(_Node):
    def forward(self) -> None:
        y, a = (node.value for node in self.inbound)
        self.difference = y - a
        self.value = np.mean(self.difference**2)

    def backward(self) -> None:
        y, a = self.inbound
        share = 2 / self.difference.size * self.difference
        self.gradients = {y: share, a: -share}


class Lesson:
    """The lesson's algorithm, written anew: a class for each node, a loop forward, a loop backward, an update."""

    label = "the lesson's algorithm"

    def __init__(self, network: Network) -> None:
        self.network = network
        self.X, self.y = _Node(), _Node()
        self.graph: list[_Node] = [self.X, self.y]
        self.weights, self.biases = [], []
        node = self.X
        for place, (weight, bias) in enumerate(zip(network.weights, network.biases, strict=True)):
            W, b = _Node(), _Node()
            W.value, b.value = weight.copy(), bias.copy()
            node = _Linear((node, W, b))
            self.graph += [W, b, node]
            self.weights.append(W)
            self.biases.append(b)
            if place < len(network.weights) - 1:
                node = _Sigmoid((node,))
                self.graph.append(node)
        self.cost = _MSE((self.y, node))
        self.graph.append(self.cost)

    def parameters(self) -> list[Matrix]:
        return [node.value for node in [*self.weights, *self.biases]]

    def step(self, rows: Any) -> float:
        self.X.value, self.y.value = self.network.X[rows], self.network.y[rows]
        for node in self.graph:
            node.forward()
        for node in reversed(self.graph):
            node.backward()
        for node in [*self.weights, *self.biases]:
            node.value -= self.network.rate * node.gradients[node]
        return float(self.cost.value)

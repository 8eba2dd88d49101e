"""Nodes as a student or a plug-in writes them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from miniflow.node import Labels, Node
from miniflow.operation import Elementwise, Operation
from miniflow.overriding import override
from miniflow.values import Shape, Value


class OwnInput(Node):
    """The lesson's own Input, as it writes it."""

    def __init__(self) -> None:
        Node.__init__(self)

    def forward(self) -> None:
        pass

    def backward(self) -> None:
        self.gradients = {self: 0}
        for n in self.outbound_nodes:
            grad_cost = n.gradients[self]
            self.gradients[self] += grad_cost * 1


class Softmax(Operation):
    """A node that mixes all of its numbers."""

    ports = ("x",)

    @override
    @classmethod
    def infer_shape(cls, shapes: Sequence[Shape], labels: Labels) -> Shape:
        return shapes[0]

    @override
    def compute(self, *inputs: Value) -> Value:
        powers = np.exp(inputs[0])
        return powers / powers.sum()

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        return (value * (upstream - np.sum(upstream * value)),)


class Softplus(Elementwise):
    """A node that says nothing of itself but its rule."""

    ports = ("x",)

    @override
    def compute(self, *inputs: Value) -> Value:
        return np.log1p(np.exp(inputs[0]))[()]

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        return (upstream / (1 + np.exp(-inputs[0])),)


class Halved(Operation):
    """A node that computes both passes itself, without a rule of its own."""

    ports = ("x",)

    @override
    @classmethod
    def infer_shape(cls, shapes: Sequence[Shape], labels: Labels) -> Shape:
        return shapes[0]

    @override
    def forward(self) -> None:
        self.value = self.inbound_nodes[0].value / 2

    @override
    def backward(self) -> None:
        (x,) = self.inbound_nodes
        self.gradients = {self: self.arriving_gradient()}
        self.gradients[x] = self.gradients[self] / 2

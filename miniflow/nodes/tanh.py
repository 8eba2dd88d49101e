"""Tanh: squashes every number into −1 to 1."""

from __future__ import annotations

import numpy as np

from miniflow.operation import Elementwise
from miniflow.overriding import override
from miniflow.values import Value


class Tanh(Elementwise):
    """tanh(x) = (eˣ − e^(−x)) / (eˣ + e^(−x)). ∂out/∂x = 1 − tanh²(x).

    The value has the shape of x. As an activation: LeCun, Bottou, Orr and Müller, "Efficient backprop", 1998.

    >>> from miniflow import Input, Tanh, forward_and_backward, topological_sort
    >>> x = Input()
    >>> squashed = Tanh(x)
    >>> forward_and_backward(topological_sort({x: [0, 1000]}))
    >>> print(squashed.value, x.gradients[x])
    [0. 1.] [1. 0.]
    """

    symbol = "th"
    group = "Activations"
    summary = "Squashes numbers to −1 … 1."
    ports = ("x",)
    rule = "{out} = tanh({x})"
    derivatives = ("1 − {out}²",)

    @override
    def compute(self, *inputs: Value) -> Value:
        (x,) = inputs
        return np.tanh(x)

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        return (upstream * (1 - value * value),)

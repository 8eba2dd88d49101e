"""Sigmoid: squashes every number into 0 to 1."""

from __future__ import annotations

import numpy as np

from miniflow.operation import Elementwise
from miniflow.overriding import override
from miniflow.values import Value


class Sigmoid(Elementwise):
    """σ(x) = eˣ / (1 + eˣ), which is 1 / (1 + e^(−x)). ∂out/∂x = σ(x) · (1 − σ(x)) = σ(x) / (1 + eˣ).

    So written, nothing overflows, and the derivative keeps all its digits where σ(x) is nearly 1. The value has the
    shape of x. As what a neuron does: Rumelhart, Hinton and Williams, "Learning representations by back-propagating
    errors", Nature 323, 533-536, 1986.

    >>> from miniflow import Input, Sigmoid, forward_and_backward, topological_sort
    >>> x = Input()
    >>> squashed = Sigmoid(x)
    >>> forward_and_backward(topological_sort({x: [0, -1000]}))
    >>> print(squashed.value, x.gradients[x])
    [0.5 0. ] [0.25 0.  ]
    """

    symbol = "σ"
    group = "Activations"
    summary = "Squashes numbers to 0 … 1."
    ports = ("x",)
    rule = "{out} = σ({x}) = 1 / (1 + e^(−{x}))"
    derivatives = ("{out} · (1 − {out})",)

    @override
    def compute(self, *inputs: Value) -> Value:
        (x,) = inputs
        e_to_x = _exp(x)
        return e_to_x / (1 + e_to_x)

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        (x,) = inputs
        return (upstream * value / (1 + _exp(x)),)


def _exp(x: Value) -> Value:
    """Return eˣ, or a number so large that σ is 1 where eˣ would overflow."""
    largest = 88.0 if x.dtype == np.float32 else 709.0
    return np.exp(np.minimum(x, largest))

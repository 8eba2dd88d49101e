"""ReLU: keeps what is positive, and makes the rest 0."""

from __future__ import annotations

import numpy as np

from miniflow.operation import Elementwise
from miniflow.overriding import override
from miniflow.values import Value


class ReLU(Elementwise):
    """max(0, x). ∂out/∂x = 1 where x > 0, else 0; at 0 itself it is taken as 0, as everywhere in practice.

    The value has the shape of x. Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines",
    International Conference on Machine Learning, 2010.

    >>> from miniflow import Input, ReLU, forward_and_backward, topological_sort
    >>> x = Input()
    >>> kept = ReLU(x)
    >>> forward_and_backward(topological_sort({x: [-2, 0, 3]}))
    >>> print(kept.value, x.gradients[x])
    [0. 0. 3.] [0. 0. 1.]
    """

    symbol = "⌐"
    group = "Activations"
    summary = "Keeps what is positive, and makes the rest 0."
    ports = ("x",)
    rule = "{out} = max(0, {x})"
    derivatives = ("(1 if {x} > 0, else 0)",)

    @override
    def compute(self, *inputs: Value) -> Value:
        (x,) = inputs
        return np.maximum(x, 0)

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        (x,) = inputs
        return (upstream * (x > 0),)

"""Add: the sum of two or more inputs."""

from __future__ import annotations

import operator
from functools import reduce

from miniflow.operation import Elementwise
from miniflow.overriding import override
from miniflow.values import Value


class Add(Elementwise):
    """x1 + x2 + …; shapes broadcast as in NumPy, and those that cannot raise ShapeError.

    Each input's share is all of what arrives: ∂out/∂x = 1.

    >>> from miniflow import Add, Input, forward_and_backward, topological_sort
    >>> x, y = Input(), Input()
    >>> total = Add(x, y)
    >>> forward_and_backward(topological_sort({x: [1, 2], y: 10}))
    >>> print(total.value, x.gradients[x], y.gradients[y])
    [11. 12.] [1. 1.] 2.0
    """

    symbol = "+"
    group = "Arithmetic"
    summary = "The sum of its inputs, element by element."
    ports = ("x", "x")
    repeats_last_port = True
    rule = "{out} = {x1} + {x2}"
    derivatives = ("1",)

    @override
    def compute(self, *inputs: Value) -> Value:
        return reduce(operator.add, inputs)

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        return (upstream,) * len(inputs)

"""Mul: the product of two or more inputs."""

from __future__ import annotations

import operator
from functools import reduce

from miniflow.operation import Elementwise
from miniflow.overriding import override
from miniflow.values import Value


class Mul(Elementwise):
    """x1 · x2 · …; shapes broadcast as in NumPy, and those that cannot raise ShapeError.

    Each input's share is what arrives times the product of the *other* inputs: never value / x, which fails at 0.

    >>> from miniflow import Input, Mul, forward_and_backward, topological_sort
    >>> x, y = Input(), Input()
    >>> product = Mul(x, x, y)
    >>> forward_and_backward(topological_sort({x: 3, y: 5}))
    >>> print(product.value, x.gradients[x], y.gradients[y])
    45.0 30.0 9.0
    """

    symbol = "×"
    group = "Arithmetic"
    summary = "The product of its inputs, element by element."
    ports = ("x", "x")
    repeats_last_port = True
    rule = "{out} = {x1} · {x2}"
    derivatives = ("{others}",)

    @override
    def compute(self, *inputs: Value) -> Value:
        return reduce(operator.mul, inputs)

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        if len(inputs) == 2:
            x1, x2 = inputs
            return upstream * x2, upstream * x1
        before, after = [upstream], inputs[-1]
        for x in inputs[:-1]:
            before.append(before[-1] * x)
        shares = [before.pop()]
        for x in inputs[-2:0:-1]:
            shares.append(before.pop() * after)
            after = after * x
        shares.append(upstream * after)
        return tuple(reversed(shares))

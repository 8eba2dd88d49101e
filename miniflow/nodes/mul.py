"""Mul: the product of two or more inputs."""

from __future__ import annotations

from functools import reduce

import numpy as np
from typing_extensions import override

from miniflow.node import Elementwise
from miniflow.values import Value


class Mul(Elementwise):
    """x1 · x2 · …; broadcasts as NumPy does.

    Each input's share is what arrives times the product of the *other* inputs: never value / x, which fails at 0.
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
        return reduce(np.multiply, inputs)

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        before = [upstream]
        for x in inputs[:-1]:
            before.append(before[-1] * x)
        shares = [before[-1]]
        after = inputs[-1]
        for x, product_before in zip(inputs[-2::-1], before[-2::-1], strict=True):
            shares.append(product_before * after)
            after = after * x
        return tuple(reversed(shares))

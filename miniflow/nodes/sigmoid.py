"""Sigmoid: squashes every number into 0 to 1."""

from __future__ import annotations

import numpy as np
from typing_extensions import override

from miniflow.node import Elementwise
from miniflow.values import Value


class Sigmoid(Elementwise):
    """σ(x) = 1 / (1 + e^(−x)). ∂out/∂x = σ(x) · (1 − σ(x)).

    Computed as e^(−|x|) / (1 + e^(−|x|)), or 1 over the same, whichever side x is on: nothing overflows.
    """

    symbol = "σ"
    group = "Activations"
    summary = "Squashes every number into 0 to 1."
    ports = ("x",)
    rule = "{out} = σ({x}) = 1 / (1 + e^(−{x}))"
    derivatives = ("{out} · (1 − {out})",)

    @override
    def compute(self, *inputs: Value) -> Value:
        (x,) = inputs
        small = np.exp(-np.abs(x))
        return np.where(x < 0, small, 1) / (1 + small)

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        return (upstream * value * (1 - value),)

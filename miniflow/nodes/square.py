"""Square: each element times itself."""

from __future__ import annotations

from typing_extensions import override

from miniflow.operation import Elementwise
from miniflow.values import Value


class Square(Elementwise):
    """x². ∂out/∂x = 2x."""

    symbol = "x²"
    group = "Arithmetic"
    summary = "Each element times itself."
    ports = ("x",)
    rule = "{out} = {x}²"
    derivatives = ("2 · {x}",)

    @override
    def compute(self, *inputs: Value) -> Value:
        (x,) = inputs
        return x * x

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        (x,) = inputs
        return (upstream * 2 * x,)

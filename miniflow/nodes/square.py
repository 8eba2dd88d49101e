"""Square: each element times itself."""

from __future__ import annotations

from miniflow.operation import Elementwise
from miniflow.overriding import override
from miniflow.values import Value


class Square(Elementwise):
    """x², in the shape of x. ∂out/∂x = 2x.

    >>> from miniflow import Input, Square, forward_and_backward, topological_sort
    >>> x = Input()
    >>> square = Square(x)
    >>> forward_and_backward(topological_sort({x: [3, -1]}))
    >>> print(square.value, x.gradients[x])
    [9. 1.] [ 6. -2.]
    """

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

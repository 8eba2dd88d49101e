"""Sub: the difference of two inputs."""

from __future__ import annotations

from miniflow.operation import Elementwise
from miniflow.overriding import override
from miniflow.values import Value


class Sub(Elementwise):
    """a − b; shapes broadcast as in NumPy, and those that cannot raise ShapeError. ∂out/∂a = 1 and ∂out/∂b = −1.

    >>> from miniflow import Input, Sub, forward_and_backward, topological_sort
    >>> a, b = Input(), Input()
    >>> difference = Sub(a, b)
    >>> forward_and_backward(topological_sort({a: 7, b: 5}))
    >>> print(difference.value, a.gradients[a], b.gradients[b])
    2.0 1.0 -1.0
    """

    symbol = "−"
    group = "Arithmetic"
    summary = "The first minus the second, element by element."
    ports = ("a", "b")
    rule = "{out} = {a} − {b}"
    derivatives = ("1", "−1")

    @override
    def compute(self, *inputs: Value) -> Value:
        a, b = inputs
        return a - b

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        return upstream, -upstream

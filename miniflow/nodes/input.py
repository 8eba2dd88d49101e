"""Input: a value from outside, such as data, weights or a bias."""

from __future__ import annotations

from collections.abc import Sequence

from miniflow.errors import ArityError
from miniflow.node import Labels, Node, refuse_no_numbers
from miniflow.overriding import override
from miniflow.values import Shape, Value


class Input(Node):
    """A value that is fed to the graph: data, a target, or something to train.

    >>> from miniflow import Input
    >>> x = Input()
    >>> x.value = [1, 2]
    >>> x.value
    array([1., 2.])
    """

    symbol = "x"
    group = "Inputs"
    summary = "A value from outside: data, a target, or a weight to train."
    rule = "{out} is given"

    def __init__(self, *inputs: object, **named: object) -> None:
        if inputs or named:
            raise ArityError(
                "Input takes no inputs of its own: write x = Input(), put its value into feed_dict, and set x.name for "
                "a name."
            )
        super().__init__()

    @override
    def forward(self, value: object = None) -> None:
        """Keep the value as it is; the lesson's first version may be given a new one here."""
        if value is not None:
            self.value = value
        refuse_no_numbers(self.known_value(), self)

    @override
    @classmethod
    def infer_shape(cls, shapes: Sequence[Shape], labels: Labels) -> Shape:
        """Raise: an Input's shape is that of its value, which no rule tells."""
        raise NotImplementedError

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        """Pass nothing on: an Input has no inputs of its own."""
        return ()

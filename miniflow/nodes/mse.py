"""MSE: how far the predictions are from the targets, as one number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from miniflow.errors import ShapeError
from miniflow.node import Labels, refuse_empty
from miniflow.operation import Operation
from miniflow.overriding import override
from miniflow.values import Shape, Value, is_column_of


class MSE(Operation):
    """The mean of (y − a)² over all elements: the mean squared error.

    The sum of the squares is the differences' dot product with themselves. With m elements, ∂cost/∂a = −2 (y − a) / m
    and ∂cost/∂y = 2 (y − a) / m. A target of shape (n,) is taken as a column (n, 1) against a prediction of that shape,
    and the other way round; other shapes that are not equal raise ShapeError.

    >>> from miniflow import MSE, Input, forward_and_backward, topological_sort
    >>> y, a = Input(), Input()
    >>> cost = MSE(y, a)
    >>> forward_and_backward(topological_sort({y: [1, 2], a: [[3], [4]]}))
    >>> print(cost.value, a.gradients[a].tolist(), y.gradients[y])
    4.0 [[2.0], [2.0]] [-2. -2.]
    """

    symbol = "L"
    group = "Cost"
    summary = "The mean squared error: how far off predictions are."
    ports = ("y", "a")
    rule = "{out} = mean(({y} − {a})²)"
    reads_lists_as_columns = True
    derivatives = ("2 · ({y} − {a}) / {m}", "−2 · ({y} − {a}) / {m}")

    @override
    @classmethod
    def infer_shape(cls, shapes: Sequence[Shape], labels: Labels) -> Shape:
        y, a = shapes
        for shape, label in zip(shapes, labels.inputs, strict=True):
            refuse_empty(shape, label, labels.node)
        if y != a and not is_column_of(y, a):
            raise ShapeError(
                "{node} cannot compare {y} of shape {came} with {a} of shape {expected}: "
                "every prediction needs one target.",
                node=labels.node,
                y=labels.inputs[0],
                a=labels.inputs[1],
                came=y,
                expected=a,
            )
        return ()

    @override
    def compute(self, *inputs: Value) -> Value:
        y, a = inputs
        difference = np.ravel(np.reshape(y, a.shape) - a)
        return np.dot(difference, difference) / difference.size

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        y, a = inputs
        difference = np.reshape(y, a.shape) - a
        d_a = upstream * (-2 / difference.size) * difference
        return np.reshape(-d_a, y.shape)[()], d_a

"""Linear: the weighted sum of a layer, X · W + b."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from miniflow.errors import ShapeError
from miniflow.node import Labels, refuse_empty
from miniflow.operation import Operation
from miniflow.overriding import override
from miniflow.values import Shape, Value


class Linear(Operation):
    """X · W + b, for X of shape (n, d), W of shape (d, k) and b of any shape that broadcasts to (n, k).

    With Z the value: ∂cost/∂X = ∂cost/∂Z · Wᵀ, ∂cost/∂W = Xᵀ · ∂cost/∂Z, and ∂cost/∂b is ∂cost/∂Z added up over the
    rows. A vector X or W gives a vector, or a plain number where both are vectors; a number times a number is one too.
    Shapes that do not fit raise ShapeError. The formulas of a layer are algorithms 6.3 and 6.4 of Goodfellow, Bengio
    and Courville, "Deep Learning", MIT Press, 2016.

    >>> from miniflow import Input, Linear, forward_and_backward, topological_sort
    >>> X, W, b = Input(), Input(), Input()
    >>> f = Linear(X, W, b)
    >>> forward_and_backward(topological_sort({X: [[-1, -2], [3, 4]], W: [[2], [3]], b: [-3]}))
    >>> print(f.value.tolist(), W.gradients[W].tolist(), b.gradients[b])
    [[-11.0], [15.0]] [[2.0], [2.0]] [2.]
    """

    symbol = "XW"
    group = "Layers"
    summary = "The weighted sum of a layer: X · W + b."
    ports = ("X", "W", "b")
    broadcast_ports = ("b",)
    rule = "{out} = {X} · {W} + {b}"
    derivatives = ("{W}ᵀ", "{X}ᵀ", "1")
    shares = ("{d_out} · {W}ᵀ", "{X}ᵀ · {d_out}", "{d_out}")

    @override
    @classmethod
    def infer_shape(cls, shapes: Sequence[Shape], labels: Labels) -> Shape:
        X, W, b = shapes
        for shape, label in zip(shapes, labels.inputs, strict=True):
            refuse_empty(shape, label, labels.node)
        product = _product_shape(X, W, labels)
        try:
            fits = np.broadcast_shapes(product, b) == product
        except ValueError:
            fits = False
        if not fits:
            raise ShapeError(
                "{node} cannot add {b} of shape {came} to {X} · {W}, which has shape {expected}: "
                "a bias must broadcast to that shape.",
                node=labels.node,
                X=labels.inputs[0],
                W=labels.inputs[1],
                b=labels.inputs[2],
                came=b,
                expected=product,
            )
        return product

    @override
    def compute(self, *inputs: Value) -> Value:
        X, W, b = inputs
        return np.dot(X, W) + b

    @override
    def differentiate(self, upstream: Value, value: Value, *inputs: Value) -> tuple[Value, ...]:
        X, W, _ = inputs
        rows, columns = np.atleast_2d(X), W if W.ndim == 2 else np.reshape(W, (-1, 1))
        d_product = np.reshape(upstream, (rows.shape[0], columns.shape[1]))
        dX = np.reshape(np.dot(d_product, columns.T), X.shape)
        dW = np.reshape(np.dot(rows.T, d_product), W.shape)
        return dX[()], dW[()], upstream


def _product_shape(X: Shape, W: Shape, labels: Labels) -> Shape:
    if len(X) == len(W) == 0 or (1 <= len(X) <= 2 and 1 <= len(W) <= 2 and X[-1] == W[0]):
        return X[:-1] + W[1:]
    remedy = "{W} needs as many rows as {X} has columns."
    if max(len(X), len(W)) > 2:
        remedy = "both need rows and columns, and no more than those."
    elif not (X and W):
        remedy = "a plain number goes with a plain number, for others use Mul and Add."
    raise ShapeError(
        "{node} cannot multiply {X} of shape {came} by {W} of shape {expected}: " + remedy,
        node=labels.node,
        X=labels.inputs[0],
        W=labels.inputs[1],
        came=X,
        expected=W,
    )

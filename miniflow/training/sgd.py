"""Stochastic gradient descent: one small step downhill.

Robbins, H. and Monro, S., "A stochastic approximation method", Annals of Mathematical Statistics 22 (3), 400-407, 1951.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from miniflow.errors import MissingValueError, ShapeError
from miniflow.node import Node
from miniflow.training.arguments import listed_nodes, step_length


def sgd_update(trainables: Iterable[Node], learning_rate: float = 1e-2) -> None:
    """Move each trainable against its gradient: value − learning_rate · gradient. Never writes to a caller's array.

    Args:
        trainables: the nodes to move; each has its gradient from ``forward_and_backward``.
        learning_rate: how far a step goes against the gradient.

    Raises:
        MissingValueError: a node has no gradient yet.
        ShapeError: a node has had a value of another shape since then.
        GraphError, ValueTypeError: the learning rate is not a finite number, or something in the list is not a node.

    >>> from miniflow import Input, Mul, forward_and_backward, sgd_update, topological_sort
    >>> w = Input()
    >>> square = Mul(w, w)
    >>> graph = topological_sort({w: 3.0})
    >>> forward_and_backward(graph)
    >>> sgd_update([w], learning_rate=0.1)
    >>> print(round(w.value, 6))
    2.4
    """
    if type(learning_rate) is not float or not math.isfinite(learning_rate):
        learning_rate = step_length(learning_rate)
    nodes = list(trainables) if type(trainables) is list else listed_nodes(trainables, "The trainables")
    first = nodes[0] if nodes else None
    if isinstance(first, Node) and first._keeper is not None and first._keeper.update(nodes, learning_rate):
        return
    for node in listed_nodes(nodes, "The trainables"):
        _refuse_without_gradient(node)
    for place, node in enumerate(nodes, start=1):
        change = learning_rate * node.gradients[node]
        node.value = np.asarray(node.value - change, dtype=node.value.dtype)[()]
        node._trained = place


def _refuse_without_gradient(node: Node) -> None:
    if node not in node.gradients:
        raise MissingValueError("{node} has no gradient yet: run forward_and_backward first.", node=node._label)
    came, expected = np.shape(node.gradients[node]), np.shape(node.known_value())
    if came != expected:
        raise ShapeError(
            "The gradient of {node} has shape {came}, but its value has shape {expected}: "
            "run forward_and_backward again first.",
            node=node._label,
            came=came,
            expected=expected,
        )

"""Stochastic gradient descent: one small step downhill."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from miniflow.errors import MissingValueError
from miniflow.node import Node


def sgd_update(trainables: Iterable[Node], learning_rate: float = 1e-2) -> None:
    """Move each trainable against its gradient: value − learning_rate · gradient. Never writes to a caller's array.

    Args:
        trainables: the nodes to move; each has its gradient from ``forward_and_backward``.
        learning_rate: how far a step goes against the gradient.

    Raises:
        MissingValueError: a node has no gradient yet.

    >>> from miniflow import Input, Mul, forward_and_backward, sgd_update, topological_sort
    >>> w = Input()
    >>> square = Mul(w, w)
    >>> graph = topological_sort({w: 3.0})
    >>> forward_and_backward(graph)
    >>> sgd_update([w], learning_rate=0.1)
    >>> print(round(w.value, 6))
    2.4
    """
    nodes = list(trainables)
    if nodes and nodes[0]._keeper is not None and nodes[0]._keeper.update(nodes, learning_rate):
        return
    for node in nodes:
        if node not in node.gradients:
            raise MissingValueError("{node} has no gradient yet: run forward_and_backward first.", node=node._label)
    for place, node in enumerate(nodes, start=1):
        change = float(learning_rate) * node.gradients[node]
        node.value = np.asarray(node.value - change, dtype=node.value.dtype)[()]
        node._trained = place

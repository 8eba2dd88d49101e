"""Where numbers stop being finite: the first node, on the way forward or back, that holds inf or nan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from miniflow.engine.forward import listed
from miniflow.node import Node


def first_non_finite(graph: Iterable[Node]) -> Node | None:
    """Return the first node in the order whose value holds inf or nan, or None where all are finite.

    Raises ValueTypeError for anything but nodes one after the other.

    >>> from miniflow import Input, Mul, first_non_finite, topological_sort
    >>> x, y = Input(), Input()
    >>> product = Mul(x, y)
    >>> graph = topological_sort({x: 0.0, y: float("inf")})
    >>> first_non_finite(graph) is y
    True
    """
    computed = (node for node in listed(graph) if node.value is not None)
    return next((node for node in computed if not np.isfinite(node.value).all()), None)


def first_non_finite_gradient(graph: Iterable[Node]) -> Node | None:
    """Return the first node in the backward order whose gradient holds inf or nan, or None where all are finite.

    Raises ValueTypeError for anything but nodes one after the other.

    >>> from miniflow import Input, Mul, first_non_finite_gradient, forward_and_backward, topological_sort
    >>> x, y = Input(), Input()
    >>> product = Mul(x, y)
    >>> graph = topological_sort({x: 2.0, y: float("inf")})
    >>> forward_and_backward(graph)
    >>> first_non_finite_gradient(graph) is x
    True
    """
    computed = (node for node in reversed(listed(graph)) if node in node.gradients)
    return next((node for node in computed if not np.isfinite(node.gradients[node]).all()), None)


def what_is_not_finite(value: Any) -> str:
    """Return in words what of ``inf``, ``-inf`` and ``nan`` a value holds; an empty text where it is finite.

    >>> what_is_not_finite([1.0, float("nan"), float("inf")]), what_is_not_finite(2.0)
    ('inf and nan', '')
    """
    array = np.asarray(value)
    found = {"inf": array == np.inf, "-inf": array == -np.inf, "nan": np.isnan(array)}
    return " and ".join(name for name, where in found.items() if where.any())

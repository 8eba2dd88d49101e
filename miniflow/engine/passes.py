"""The two passes of the lesson: values forward, gradients backward."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from miniflow.engine.backward import ancestors, backward_pass, not_in_the_graph, outputs_of
from miniflow.engine.forward import as_sorted, compute_values, listed, refuse_a_forward_without_value
from miniflow.engine.plan import plan_for_all_gradients
from miniflow.engine.waves import run_in_waves
from miniflow.errors import ValueTypeError, a
from miniflow.node import Node

__all__ = [
    "ancestors",
    "backward_pass",
    "first_non_finite",
    "first_non_finite_gradient",
    "forward_and_backward",
    "forward_pass",
    "outputs_of",
]


def forward_pass(output_node: Node, sorted_nodes: Iterable[Node]) -> Any:
    """Compute every node's value in order, and return that of ``output_node``.

    Raises GraphError where the output is not in the graph, MissingValueError or ShapeError where a node cannot compute.

    >>> from miniflow import Input, Mul, forward_pass, topological_sort
    >>> x, y = Input(), Input()
    >>> product = Mul(x, y)
    >>> print(forward_pass(product, topological_sort({x: 4, y: 5})))
    20.0
    """
    if not isinstance(output_node, Node):
        raise ValueTypeError("The output is a node, not {came}: write forward_pass(f, graph).", came=a(output_node))
    graph = as_sorted(sorted_nodes)
    compute_values(graph)
    if output_node not in graph and getattr(output_node, "inbound_nodes", True):
        raise not_in_the_graph(output_node)
    if output_node.value is None:
        refuse_a_forward_without_value([output_node])
    return output_node.known_value()


def forward_and_backward(graph: Iterable[Node], output: Node | None = None) -> None:
    """Compute every value forward, then every gradient backward.

    Afterwards ``node.gradients[node]`` is d(output)/d(node) for every node, in the shape of its value; what the output
    does not depend on has zeros. A graph that is run again and again gets a plan (``engine/plan.py``), which computes
    the same. Raises as ``forward_pass`` does, and MissingMethodError where a class has no ``backward``.

    Args:
        graph: the nodes in an order as ``topological_sort`` gives it.
        output: the node to differentiate; left out, every node that nothing consumes, except Inputs.

    >>> from miniflow import Input, Mul, forward_and_backward, topological_sort
    >>> x, y = Input(), Input()
    >>> product = Mul(x, y)
    >>> forward_and_backward(topological_sort({x: 4, y: 5}))
    >>> print(product.value, x.gradients[x], y.gradients[y])
    20.0 5.0 4.0
    """
    nodes = graph if type(graph) is list else listed(graph)
    if not nodes:
        return
    last = nodes[-1]
    if not isinstance(last, Node):
        listed(nodes)
    if last._keeper is not None and last._keeper.run_again(nodes, output):
        return
    if run_in_waves(nodes, output):
        return
    as_sorted(nodes)
    compute_values(nodes)
    backward_pass(nodes, output)
    last._passes += 1
    if last._passes >= 2 and last._passes.bit_count() == 1:
        plan_for_all_gradients(nodes, output)


def first_non_finite(graph: Sequence[Node]) -> Node | None:
    """Return the first node in the order whose value holds inf or nan, or None where all are finite.

    >>> from miniflow import Input, Mul, first_non_finite, topological_sort
    >>> x, y = Input(), Input()
    >>> product = Mul(x, y)
    >>> graph = topological_sort({x: 0.0, y: float("inf")})
    >>> first_non_finite(graph) is y
    True
    """
    return next((node for node in graph if node.value is not None and not np.isfinite(node.value).all()), None)


def what_is_not_finite(value: Any) -> str:
    """Return in words what of ``inf``, ``-inf`` and ``nan`` a value holds; an empty text where it is finite.

    >>> what_is_not_finite([1.0, float("nan"), float("inf")]), what_is_not_finite(2.0)
    ('inf and nan', '')
    """
    array = np.asarray(value)
    found = {"inf": array == np.inf, "-inf": array == -np.inf, "nan": np.isnan(array)}
    return " and ".join(name for name, where in found.items() if where.any())


def first_non_finite_gradient(graph: Sequence[Node]) -> Node | None:
    """Return the first node in the backward order whose gradient holds inf or nan, or None where all are finite.

    >>> from miniflow import Input, Mul, first_non_finite_gradient, forward_and_backward, topological_sort
    >>> x, y = Input(), Input()
    >>> product = Mul(x, y)
    >>> graph = topological_sort({x: 2.0, y: float("inf")})
    >>> forward_and_backward(graph)
    >>> first_non_finite_gradient(graph) is x
    True
    """
    computed = (node for node in reversed(graph) if node in node.gradients)
    return next((node for node in computed if not np.isfinite(node.gradients[node]).all()), None)

"""The two passes of the lesson: values forward, gradients backward."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from miniflow.engine.backward import ancestors, backward_pass, not_in_the_graph, outputs_of
from miniflow.engine.forward import as_sorted, compute_values, listed, refuse_a_forward_without_value
from miniflow.engine.plan import plan_for_all_gradients
from miniflow.engine.waves import run_in_waves
from miniflow.errors import ValueTypeError, a
from miniflow.node import Node

__all__ = [
    "ancestors",
    "backward_pass",
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
    if output_node not in graph:
        if getattr(output_node, "inbound_nodes", True):
            raise not_in_the_graph(output_node)
        if output_node.value is None:
            compute_values([output_node])
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

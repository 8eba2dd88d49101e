"""The two passes of the lesson: values forward, gradients backward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from miniflow.errors import GraphError
from miniflow.node import Node
from miniflow.nodes.input import Input


class Seed(Node):
    """Stands behind an output during a backward pass, and sends it the gradient that it starts from: ones."""

    def __init__(self, output: Node) -> None:
        super().__init__()
        self.inbound_nodes = [output]
        self.gradients = {output: np.ones_like(output.value)[()]}


def forward_pass(output_node: Node, sorted_nodes: Sequence[Node]) -> Any:
    """Compute every node's value in order, and return that of ``output_node``."""
    for node in sorted_nodes:
        node.forward()
    return output_node.value


def forward_and_backward(graph: Sequence[Node], output: Node | None = None) -> None:
    """Compute every value forward, then every gradient backward.

    Afterwards ``node.gradients[node]`` is d(output)/d(node) for every node, in the shape of its value; what the output
    does not depend on has zeros. A graph that is run again and again gets a plan (``engine/plan.py``), which computes
    the same.

    Args:
        graph: the nodes in an order as ``topological_sort`` gives it.
        output: the node to differentiate; left out, every node that nothing consumes, except Inputs.
    """
    if not graph:
        return
    last = graph[-1]
    if last.keeper is not None and last.keeper.run_again(graph, output):
        return
    for node in graph:
        node.forward()
    backward_pass(graph, output)
    last.passes += 1
    if last.passes >= 2 and last.passes.bit_count() == 1:
        _make_a_plan(graph, output)


def _make_a_plan(graph: Sequence[Node], output: Node | None) -> None:
    from miniflow.engine.plan import plan_for_all_gradients

    plan_for_all_gradients(graph, output)


def backward_pass(graph: Sequence[Node], output: Node | None = None) -> None:
    """Compute every gradient from the values that a forward pass has left."""
    outputs = outputs_of(graph) if output is None else [output]
    relevant = ancestors(outputs)
    inside = set(graph)
    with _seeded(outputs):
        for node in reversed(graph):
            if node in relevant:
                _silence_outsiders(node, inside)
                node.backward()
                if node not in node.gradients or type(node.gradients[node]) in (int, float):
                    node.gradients[node] = node.arriving_gradient()
            else:
                _set_zero_gradients(node)


def outputs_of(graph: Sequence[Node]) -> list[Node]:
    """Return the nodes that are differentiated when none is named: those that nothing consumes, except Inputs."""
    return [node for node in graph if not node.outbound_nodes and not isinstance(node, Input)]


def ancestors(outputs: Sequence[Node]) -> set[Node]:
    """Return the outputs and every node that they depend on."""
    found = set(outputs)
    frontier = list(outputs)
    while frontier:
        for node in frontier.pop().inbound_nodes:
            if node not in found:
                found.add(node)
                frontier.append(node)
    return found


def first_non_finite(graph: Sequence[Node]) -> Node | None:
    """Return the first node in the order whose value holds inf or nan, or None where all are finite."""
    return next((node for node in graph if node.value is not None and not np.isfinite(node.value).all()), None)


def first_non_finite_gradient(graph: Sequence[Node]) -> Node | None:
    """Return the first node in the backward order whose gradient holds inf or nan, or None where all are finite."""
    computed = (node for node in reversed(graph) if node in node.gradients)
    return next((node for node in computed if not np.isfinite(node.gradients[node]).all()), None)


@contextmanager
def left_as_it_was(graph: Sequence[Node]) -> Iterator[None]:
    """Give every node back its value and its gradients at the end, whatever happens in between."""
    before = [(node, node.value, node.gradients, node.keeper) for node in graph]
    for node in graph:
        node.keeper = None
    try:
        yield
    finally:
        for node, value, gradients, keeper in before:
            node._value, node._gradients, node.keeper = value, gradients, keeper


@contextmanager
def _seeded(outputs: Sequence[Node]) -> Iterator[None]:
    for output in outputs:
        if output.value is None:
            raise GraphError("{node} is not in the graph that was sorted: feed what it needs.", node=output.label)
    for output in outputs:
        output.outbound_nodes.append(Seed(output))
    try:
        yield
    finally:
        for output in outputs:
            output.outbound_nodes.pop()


def _silence_outsiders(node: Node, inside: set[Node]) -> None:
    """Let consumers that are not part of this graph send back zeros."""
    for consumer in node.outbound_nodes:
        if consumer not in inside and not isinstance(consumer, Seed):
            consumer.gradients[node] = np.zeros_like(node.value)[()]


def _set_zero_gradients(node: Node) -> None:
    node.gradients = {each: np.zeros_like(each.value)[()] for each in (node, *node.inbound_nodes)}
